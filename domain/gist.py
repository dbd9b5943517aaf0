"""What a message seems to say, read without any LLM: the evidence that assignment weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from domain.deciding.sense import Seeks
from domain.incident import Category, Priority


class Act(StrEnum):
    """What the writer does with a message (contract.md: kinds of a labelled chat)."""

    REPORT = "report"
    DETAIL = "detail"
    ANSWER = "answer"
    SAME_PROBLEM = "same_problem"
    ACK = "ack"
    FIXED = "fixed"
    STILL_BROKEN = "still_broken"
    STATUS_QUESTION = "status_question"
    COMMAND = "command"
    REFUSAL = "refusal"
    CHATTER = "chatter"


@dataclass(frozen=True)
class Gist:
    """What one text seems to say.

    `incident` is the fitted probability, 0 to 1, that the text belongs to an incident at all;
    `acts` the probability of each act, `urgent` that such an incident is urgent, likewise. Fields
    are None when not said. `store` is normalised ('45', 'Polanco'), and `said_store` the same but
    only when this very text says it;
    `signs` are cheap signals of the text by name; `system` a short noun; `meaning` a unit vector,
    empty when there is no text; `sense` and `seeks` tie it to what was said before.
    """

    text: str
    incident: float
    acts: dict[Act, float] = field(default_factory=dict)
    category: Category = Category.TECHNICAL
    category_confidence: float = 0.0
    priority: Priority = Priority.NORMAL
    urgent: float = 0.0
    store: str | None = None
    said_store: str | None = None
    system: str | None = None
    error: str | None = None
    problem: str | None = None
    trigger_words: tuple[str, ...] = ()
    meaning: tuple[float, ...] = ()
    signs: Mapping[str, float] = field(default_factory=dict)
    sense: tuple[float, ...] = ()
    seeks: Seeks | None = None

    @cached_property
    def act(self) -> Act:
        """The most probable act; chatter when nothing is known."""
        return max(self.acts, key=lambda a: self.acts[a]) if self.acts else Act.CHATTER


# Of words that say so and are meant, the least that was met; of somebody's own car it is less.
_MEANT = 0.15
_NOT_MEANT = ("laugh", "private", "past", "question")


def cannot_sell(gist: Gist) -> bool:
    """Whether words, however like small talk they look, say that a store cannot sell or operate:
    said beside what is reported, they tell that it got worse."""
    told = gist.priority is Priority.URGENT and gist.signs.get("fault")
    meant = gist.incident >= _MEANT and not any(gist.signs.get(name) for name in _NOT_MEANT)
    return bool(told and meant)
