"""What can be tuned per run: prompts, models and limits. Studio draws its forms from this.

What a run says beats the environment; the environment only fills the defaults that
`server/run.py` passes (house.md, convention 6).
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

import prompts

Category = Literal["technical", "operational"]
FieldName = Literal["problem", "system", "store", "error"]


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


def _knob(default: Any, node: str, description: str, **limits: Any) -> Any:
    return Field(
        default=default,
        description=description,
        json_schema_extra={"langgraph_nodes": [node]},
        **limits,
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
    min_confidence: float = _knob(0.5, "classify", "Below it: no incident", ge=0, le=1)
    sure_confidence: float = _knob(
        0.8, "classify", "Below it: no ticket before an answer; asked about once", ge=0, le=1
    )
    insist_confidence: float = _knob(
        0.87,
        "classify",
        "Below it and not urgent: asked once, let go without an answer",
        ge=0,
        le=1,
    )
    reask_seconds: float = _knob(1800, "ask_missing", "Ask again after", ge=0)
    max_reasks: int = _knob(3, "ask_missing", "Ask again at most so often", ge=0)
    close_after_seconds: float = _knob(86400, "ask_missing", "Close what stays open after", ge=0)
    reopen_within_seconds: float = _knob(172800, "follow_up", "Reopen within", ge=0)
    outage_urgent_stores: int = _knob(3, "follow_up", "An outage of so many stores is urgent", ge=1)
    similarity_threshold: float = _knob(0.5, "open_ticket", "Name similar incidents above it")
    human_support: str = _knob(
        "", "escalate", "Whom an escalation mentions in this group; several by commas"
    )
    required_fields: dict[Category, list[FieldName]] = _knob(
        {}, "extract", "Required fields by category; empty for the defaults"
    )
    time_zone: str = Field(default="UTC", description="Zone of the times written in tickets")
