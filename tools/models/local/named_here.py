"""Stores that no list of places knows, where a report leaves no doubt that its writer is in one:
'acá en San Juan la CPU se apaga', 'Aquí en el Outlet no hay luz', and 'sí, ramos' to who asked
'estás en Ramos, ¿no?'."""

from __future__ import annotations

import re

from tools.models.local.lexicon import read_words
from tools.models.local.places import all_names, in_title_case, longest_name
from tools.models.local.spelling import fold, is_shouted
from tools.models.local.spoken_places import common_words, is_in_no_store
from tools.models.local.systems import find_system

# A longer message tells more than where its writer is.
LONGEST_READ = 300
# Shorter names are initials of anything: 'aquí en TI'.
SHORTEST = 4
_WORD = r"[A-ZÁÉÍÓÚÑ][^\W\d_]+"
_NAME = rf"{_WORD}(?: (?:(?:de|del|la|las|los) ){{0,2}}{_WORD}){{0,2}}"
_HERE = re.compile(
    rf"(?<!\w)(?:[Aa]qu[ií]|[Aa]c[aá])(?: mismo)? en (?P<the>(?:el|la|los|las) )?(?P<name>{_NAME})"
)
_SUPPOSED = re.compile(
    rf"\b(?:en|de|eres|sos|es) (?:el |la |los |las )?(?P<name>{_NAME})(?=[^\w?]*(?:\w+\W*)?\?)"
)
_YES = re.compile(
    r"\W*(?:si+|sip|sep|simon|aja|exacto|correcto|claro)\b[\s,.!]*"
    r"(?:(?:en|de|estoy|soy|aca|aqui)\b[\s,.!]*)*(?P<said>[^\W\d_]+(?: [^\W\d_]+){0,3})\W*$"
)


def here_by_name(text: str) -> str | None:
    """The name of what a text says that its writer is in; None where that may be no store: a
    device, a part of the shop, a city, and what is asked."""
    if len(text) > LONGEST_READ or "?" in text or is_shouted(text):
        return None
    found = _HERE.search(text)
    name = found["name"] if found else ""
    known = longest_name(name, all_names())
    if known and fold(known) not in read_words("cities.txt"):
        return in_title_case(known)
    return in_title_case(name) if _may_be_a_store(name) else None


def named_again(offered: str, answer: str) -> str | None:
    """The store that was supposed to be theirs, of one who says yes and its name."""
    if max(len(offered), len(answer)) > LONGEST_READ or "?" in answer:
        return None
    said = _YES.match(fold(answer))
    if said is None:
        return None
    names = (one["name"] for one in _SUPPOSED.finditer(offered))
    same = (name for name in names if fold(name) == said["said"] and _may_be_a_store(name))
    found = next(same, None)
    return in_title_case(found) if found else None


def _may_be_a_store(name: str) -> bool:
    folded = fold(name)
    first = folded.split()[0] if folded else ""
    no_names = common_words() | read_words("not_store_names.txt") | read_words("cities.txt")
    return (
        len(folded) >= SHORTEST
        and not ({folded, first} & no_names)
        and not is_in_no_store(name)
        and not find_system(name)
        and first not in read_words("given_names.txt")
    )


def is_described(store: str, text: str) -> bool:
    """Whether what was taken for a store is a word that a text goes on to explain: 'es el único que
    hay', which says of no 'Único' that it is theirs."""
    word = re.escape(fold(store))
    found = re.search(rf"\b(?:el|la|los|las) (?P<word>{word}) que\b", fold(text))
    return found is not None and text[found.start("word")].islower()
