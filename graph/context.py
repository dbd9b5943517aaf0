"""What can be tuned per run: prompts, models and limits. Studio draws its forms from this.

What a run says beats the environment; the environment only fills the defaults that
`server/run.py` passes (house.md, convention 6).
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

import prompts


def _prompt(node: str) -> Any:
    return Field(
        default=prompts.load(node).sections["system"],
        description=f"System prompt of {node}",
        json_schema_extra={"langgraph_nodes": [node], "langgraph_type": "prompt"},
    )


def _model(node: str) -> Any:
    return Field(
        default="",
        description=f"Model of {node} as provider:name; empty for the configured order",
        json_schema_extra={"langgraph_nodes": [node]},
    )


class Context(BaseModel):
    """Knobs of one run. Durations in seconds."""

    model_config = ConfigDict(frozen=True)

    classify_prompt: str = _prompt("classify")
    extract_prompt: str = _prompt("extract")
    describe_image_prompt: str = _prompt("describe_image")
    follow_up_prompt: str = _prompt("follow_up")
    classify_model: str = _model("classify")
    extract_model: str = _model("extract")
    describe_image_model: str = _model("describe_image")
    follow_up_model: str = _model("follow_up")
    min_confidence: float = Field(default=0.5, ge=0, le=1, description="Below it: no incident")
    reask_seconds: float = Field(default=1800, ge=0, description="Ask again after")
    max_reasks: int = Field(default=3, ge=0, description="Ask again at most so often")
    close_after_seconds: float = Field(default=86400, ge=0, description="Close what stays open")
    reopen_within_seconds: float = Field(default=172800, ge=0, description="Reopen within")
    similarity_threshold: float = Field(
        default=0.5, description="Similar incidents are named above"
    )
    human_support: str = Field(default="", description="Whom an escalation mentions in this group")
    required_fields: dict[str, list[str]] = Field(
        default={}, description="Required fields by category; empty for the defaults"
    )
    time_zone: str = Field(default="UTC", description="Zone of the times written in tickets")
