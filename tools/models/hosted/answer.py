"""From what a model wrote to an answer of the right shape and size, or the reason why not."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

from langchain_core.messages import AIMessage
from pydantic import BaseModel, ValidationError

A = TypeVar("A", bound=BaseModel)

LONGEST_ANSWER = 16_000
LONGEST_TEXT = 2_000
LONGEST_LIST = 20

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class Unusable(Exception):
    """A model's answer cannot be read; `wrote` is what it wrote, if anything."""

    def __init__(self, reason: str, wrote: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.wrote = wrote


def read_answer(message: AIMessage, answer: type[A], sources: str = "") -> A:
    """The structured answer in a message, with its texts capped and cleaned.

    Links that are not in `sources` are taken out: a model must not bring new ones.
    Raises Unusable for a refusal, an empty text, or anything that is not the named keys.
    """
    if message.tool_calls or message.invalid_tool_calls:
        raise Unusable("it called a tool where the answer was due")
    if message.additional_kwargs.get("refusal"):
        raise Unusable("it refused to answer")
    text = str(message.text).strip()
    if not text:
        raise Unusable("it was empty")
    if len(text) > LONGEST_ANSWER:
        raise Unusable(f"it was {len(text)} characters long", text[:LONGEST_TEXT])
    fenced = _FENCE.match(text)
    try:
        found = answer.model_validate_json(fenced.group(1) if fenced else text)
    except ValidationError as error:
        raise Unusable(_flaws(error), text[:LONGEST_TEXT]) from error
    return found.model_copy(
        update={name: _clean(getattr(found, name), sources) for name in answer.model_fields}
    )


def _flaws(error: ValidationError) -> str:
    """What pydantic found wrong, without the values: they may hold what people wrote."""
    flaws = error.errors(include_url=False, include_context=False, include_input=False)[:5]
    return "; ".join(
        f"{'.'.join(str(part) for part in flaw['loc']) or 'answer'}: {flaw['type']}"
        for flaw in flaws
    )


def _clean(value: object, sources: str) -> object:
    if isinstance(value, str):
        kept = _LINK.sub(lambda link: link.group() if link.group() in sources else "", value)
        return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) != "Cc")[
            :LONGEST_TEXT
        ].strip()
    if isinstance(value, list):
        return [_clean(item, sources) for item in value[:LONGEST_LIST]]
    return value
