"""One person with many ids: LID, phone number, push name; the ids meet late."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """staff report incidents; support does not open any."""

    STAFF = "staff"
    SUPPORT = "support"


@dataclass(frozen=True)
class Person:
    """A known person of a group. `store` is None until it was said, shown or learnt."""

    id: str
    name: str
    lid: str | None = None
    phone: str | None = None
    role: Role = Role.STAFF
    store: str | None = None


_NOT_DIGITS = re.compile(r"\D+")


def bare_id(value: str) -> str:
    """An id as a setting may spell it, comparable: '+52 1 55…', '5255…@c.us', '111@lid'.

    Phone numbers become digits; a LID keeps its suffix, since its digits are no phone number.
    """
    value = value.strip().lower()
    user, _, server = value.partition("@")
    user = user.split(":")[0]
    if server == "lid":
        return f"{user}@lid"
    return _NOT_DIGITS.sub("", user) or user
