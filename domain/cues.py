"""What a line of chat shows without being understood: its words, whom it names, what it looks like.

No language is built in beyond short lists of greetings, thanks and yes or no in English and
Spanish; how rare a word is comes from the chat itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["said", "action", "bot", "system"]
# How surely a name in a line addresses its bearer.
ADDRESSED, FIRST, LAST, AMONG = 4, 3, 2, 1
SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W_][\w'./+-]*[^\W_]|[^\W_]")
_TRIM = " \t:,.;!?()[]{}<>\"'@~*-_`^|"
_TAIL = re.compile(r"[\d_`^|\[\]\-]+$")
_ENDS_ADDRESS = (":", ",", ";", ">")

_OPENINGS: dict[str, str] = {
    "yes_no": "yes yeah yep yup no nope nah ok okay sure right true exactly si sí claro listo vale "
    "dale",
    "asks": "how what why where who when which does do is can could anyone anybody any has should "
    "would como cómo que qué donde dónde quien quién cuando cuándo alguien cual cuál",
    "carries_on": "and but or so then also because well y pero o entonces tambien",
    "tries": "try use check install run open type go intenta prueba revisa usa abre",
    "thanks": "thanks thank thx ty tnx thankyou cheers gracias np welcome yw nada agradezco",
    "greets": "hi hello hey hiya greetings morning evening hola buenas buenos",
}
_PLACE = {
    word: place
    for place, words in reversed(list(enumerate(_OPENINGS.values(), start=1)))
    for word in words.split()
}
ASKS, THANKS, GREETINGS = (
    frozenset(_OPENINGS[kind].split()) for kind in ("asks", "thanks", "greets")
)


@dataclass(frozen=True)
class Look:
    """What a text shows. `first` is its first word after the names it begins with."""

    words: frozenset[str]
    first: str
    length: int
    question: bool
    greeting: bool
    thanks: bool
    link: bool
    command: bool


def look_at(text: str, skipped: int = 0) -> Look:
    """The look of a text whose first `skipped` tokens only name people."""
    tokens = text.split()[skipped:]
    found = _WORD.findall(" ".join(tokens).lower())
    return Look(
        words=frozenset(found),
        first=found[0] if found else "",
        length=len(found),
        question="?" in text or bool(found and found[0] in ASKS),
        greeting=bool(GREETINGS.intersection(found[:3])),
        thanks=bool(THANKS.intersection(found[:6])),
        link="http" in text or "www." in text,
        command=text[:1] in "!@/" and len(text) > 1,
    )


def opening(first: str) -> int:
    """How a line begins, as a number: 0 nothing told by it."""
    return _PLACE.get(first, 0)


def forms(name: str) -> list[str]:
    """The ways a name is written: as it is, without decoration, without a number at its end."""
    whole = name.lower()
    bare = whole.strip(_TRIM)
    short = _TAIL.sub("", bare)
    return list(dict.fromkeys(f for f in (whole, bare, short) if len(f) >= SHORTEST_NAME))


def named_in(
    text: str, names: Mapping[str, str], common: Mapping[str, int], lines: int
) -> tuple[dict[str, int], int, bool]:
    """Who is named in a text: person and how surely, how many tokens at its start only name, and
    whether it addresses somebody unknown. `common` counts in how many of `lines` a word was."""
    found: dict[str, int] = {}
    tokens = text.split()
    skipped, stranger = 0, False
    for place, token in enumerate(tokens):
        person, core = _bearer(token, names)
        addressed = place == skipped and token.endswith(_ENDS_ADDRESS) and len(core) > 1
        if addressed and place < 3:
            person = person or _begins(core, names)
            skipped = place + 1
            stranger = stranger or person is None
        if person is None:
            continue
        sure = (
            ADDRESSED
            if addressed or token.startswith("@")
            else FIRST
            if place == 0
            else LAST
            if place == len(tokens) - 1
            else AMONG
        )
        if sure < ADDRESSED and common.get(core, 0) > max(3, lines // 100):
            continue  # A word that everybody uses is no name, even if somebody is called so.
        found[person] = max(found.get(person, 0), sure)
    return found, skipped, stranger


def _bearer(token: str, names: Mapping[str, str]) -> tuple[str | None, str]:
    whole = token.lower().rstrip(":,.;!?)")
    core = whole.strip(_TRIM)
    return names.get(whole) or names.get(core), core


def _begins(core: str, names: Mapping[str, str]) -> str | None:
    """The one person whose name begins so; None when there are none or several."""
    if len(core) < SHORTEST_NAME:
        return None
    bearers = {person for name, person in names.items() if name.startswith(core)}
    return bearers.pop() if len(bearers) == 1 else None
