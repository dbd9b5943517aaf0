"""What each node of a run did: which model answered with which prompt, for how much, how fast.

A run opens a `RunTrace`; whoever asks a model adds to it, in whichever task the node runs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import prompts
from tools.models.hosted.usage import ModelUse

# What a node writes that is long, or is shown elsewhere.
_NOT_SHOWN = frozenset(
    {"messages", "lines", "files", "incoming", "turn", "effects", "trace", "rules", "readers"}
)
_LONGEST = 2_000


@dataclass
class Step:
    """One node's part in a run. `usd` is None when no price is known; `model` when none was asked.

    `remembered` says that the answer was kept from an earlier run of the same turn.
    """

    node: str
    seconds: float = 0.0
    model: str | None = None
    prompt_version: int | None = None
    remembered: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = None
    learnt: dict[str, Any] = field(default_factory=dict)


@dataclass
class RunTrace:
    """The steps of one run, in the order they ended."""

    steps: list[Step] = field(default_factory=list)
    _open: dict[str, tuple[Step, float]] = field(default_factory=dict)

    def take(self, task: Mapping[str, Any]) -> None:
        """What LangGraph tells of a task: once when it starts, once when it ends."""
        name, key = str(task["name"]), str(task["id"])
        if "result" not in task:
            self._open[key] = (Step(name), time.perf_counter())
            return
        step, started = self._open.pop(key, (Step(name), time.perf_counter()))
        step.seconds = time.perf_counter() - started
        step.learnt = _short(task.get("result"))
        if not task.get("interrupts"):
            self.steps.append(step)

    def of(self, node: str) -> Step:
        """The step of a node that is under way."""
        for step, _ in self._open.values():
            if step.node == node:
                return step
        return Step(node)


_current: ContextVar[RunTrace | None] = ContextVar("recado_run_trace", default=None)


@contextmanager
def tracing() -> Iterator[RunTrace]:
    """Collect what the nodes do while the body runs."""
    trace = RunTrace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


def asked(node: str, *, remembered: bool) -> None:
    """A node has its answer: from a hosted model that told its use before, else our own rules."""
    if (trace := _current.get()) is None:
        return
    step = trace.of(node)
    step.prompt_version = prompts.load(node).version
    step.remembered = remembered
    if step.model is None and not remembered:
        step.model, step.usd = "local", 0.0


def used(use: ModelUse) -> None:
    """A hosted model was asked; what failed costs too, and who answered last is named."""
    if (trace := _current.get()) is None:
        return
    step = trace.of(use.node)
    step.input_tokens += use.input_tokens
    step.output_tokens += use.output_tokens
    if use.cost_usd is not None:
        step.usd = (step.usd or 0.0) + use.cost_usd
    if use.outcome == "answered":
        step.model = f"{use.provider}:{use.model}"


def _short(result: object) -> dict[str, Any]:
    """What a node learnt, without what is long."""
    if isinstance(result, list):
        result = dict(result)
    if not isinstance(result, dict):
        return {}
    told = {name: value for name, value in result.items() if name not in _NOT_SHOWN}
    planned = [effect["key"] for effect in result.get("effects", []) if "key" in effect]
    if planned:
        told["planned"] = planned
    return {name: value for name, value in told.items() if len(repr(value)) <= _LONGEST}
