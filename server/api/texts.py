"""Texts that come in over the API: what neither Postgres nor a URL can hold is refused."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field


def _storable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("it holds a NUL or half a character")
    return text


Text = Annotated[str, AfterValidator(_storable)]
# The number of a row: Postgres counts them in 64 bits.
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
