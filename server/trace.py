"""What each node of a run did: which model answered with which prompt, for how much, how fast.

A run opens a `RunTrace`; whoever asks a model adds to it, in whichever task the node runs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import prompts
from tools.models.hosted.usage import ModelUse

# What a node writes that is long, or is shown elsewhere.
_NOT_SHOWN = frozenset(
    {"messages", "lines", "files", "incoming", "turn", "effects", "trace", "rules", "readers"}
)
_LONGEST = 2_000
_UNDER_WAY = "under_way"


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

    def so_far(self) -> list[dict[str, Any]]:
        """Every step as plain JSON, those that are under way as well, for whoever goes on."""
        now = time.perf_counter()
        under_way = [
            {**asdict(step), "seconds": now - started, _UNDER_WAY: True}
            for step, started in self._open.values()
        ]
        return [*map(asdict, self.steps), *under_way]

    def adopt(
        self, told: Sequence[Mapping[str, Any]], ended: Mapping[str, object], coming: Sequence[str]
    ) -> None:
        """Take over what a worker did that died before it recorded it: what it had `told` with its
        newest checkpoint, without the nodes still `coming`. `ended` are results by node."""
        for one in told:
            step = Step(**{name: value for name, value in one.items() if name != _UNDER_WAY})
            if _UNDER_WAY not in one:
                self.steps.append(step)
            elif step.node not in coming:
                self.steps.append(replace(step, learnt=_short(ended.get(step.node))))

    def of(self, node: str) -> Step:
        """The step of a node that is under way."""
        for step, _ in self._open.values():
            if step.node == node:
                return step
        return Step(node)


@dataclass
class Use:
    """What one answer cost: the model that gave it, and everything that was asked on the way."""

    model: str | None = None
    prompt_version: int | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = None


_current: ContextVar[RunTrace | None] = ContextVar("recado_run_trace", default=None)
_counted: ContextVar[Use | None] = ContextVar("recado_answer_use", default=None)


@contextmanager
def tracing() -> Iterator[RunTrace]:
    """Collect what the nodes do while the body runs."""
    trace = RunTrace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


def so_far() -> list[dict[str, Any]]:
    """The steps of the run at hand until now, as plain JSON."""
    trace = _current.get()
    return [] if trace is None else trace.so_far()


@contextmanager
def counting(node: str) -> Iterator[Use]:
    """Count what the one answer costs that the body asks for, also into the node's step."""
    use = Use(prompt_version=prompts.load(node).version)
    token = _counted.set(use)
    try:
        yield use
    finally:
        _counted.reset(token)
    if use.model is None:  # no hosted model answered: our own rules did
        use.model, use.usd = "local", use.usd or 0.0
    if (trace := _current.get()) is not None:
        step = trace.of(node)
        step.model, step.prompt_version = use.model, use.prompt_version
        if use.model == "local" and step.usd is None:
            step.usd = 0.0


def remembered(node: str, use: Use, *, is_paid: bool) -> None:
    """A node has an answer that an earlier run was given; `is_paid` when that run told its cost."""
    if (trace := _current.get()) is None:
        return
    step = trace.of(node)
    step.remembered = True
    step.prompt_version = use.prompt_version or prompts.load(node).version
    step.model = use.model
    if is_paid:
        return
    step.input_tokens += use.input_tokens
    step.output_tokens += use.output_tokens
    if use.usd is not None:
        step.usd = (step.usd or 0.0) + use.usd


def used(use: ModelUse) -> None:
    """A hosted model was asked; what failed costs too, and who answered last is named."""
    trace = _current.get()
    for one in (_counted.get(), None if trace is None else trace.of(use.node)):
        if one is None:
            continue
        one.input_tokens += use.input_tokens
        one.output_tokens += use.output_tokens
        if use.cost_usd is not None:
            one.usd = (one.usd or 0.0) + use.cost_usd
        if use.outcome == "answered":
            one.model = f"{use.provider}:{use.model}"


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
