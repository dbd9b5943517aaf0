"""What differs between providers: how an answer is asked for, and what their errors mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel

from domain.ports import Tool

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable


class Verdict(StrEnum):
    """What an error of a provider's client means for us."""

    UNAVAILABLE = "unavailable"  # not reached, over its limits, or our key is not taken
    UNUSABLE = "unusable"  # answered, but nothing that can be read: ask once more
    REFUSED = "refused"  # our request itself was not taken: the same one never will be


class Dialect(Protocol):
    """One provider's way of speaking, over its LangChain class."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Everything its client is known to raise."""
        ...

    def bind(
        self, model: BaseChatModel, answer: type[BaseModel], tools: Sequence[Tool]
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model made to answer with this class only, or to call one of the tools."""
        ...

    def judge(self, error: Exception) -> tuple[Verdict, str]:
        """What this error means, and a sentence without secrets that says so."""
        ...
