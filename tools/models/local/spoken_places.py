"""The places that one message names as ones that somebody is in, whoever its writer is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tools.models.local.here import is_topic, topics
from tools.models.local.lexicon import read_words
from tools.models.local.places import all_names, in_title_case, longest_name, proper_names, towns
from tools.models.local.spelling import fold, is_shouted
from tools.models.local.systems import find_system

CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w'’]{2,}"
_PLACE = (
    rf"(?:(?:El|La|Los|Las|San|Santa) |L['’])?{CAPITAL}(?: (?:(?:de|del|la) )?{CAPITAL}){{0,2}}"
)
# 'En Modelia', 'acá en Liberia', 'soy de Niza': a name that somebody is in.
_IN = re.compile(rf"(?:^|\W)(?P<in>(?i:en|desde|soy de|somos de|ac[aá]|aqu[ií])) (?=({_PLACE}))")
_IN_SMALL = re.compile(
    r"\b(?:en|soy de|somos de) (?P<place>[a-z]{5,})"
    r"(?=\W*$|[,.]| (?:no|se|la|los|tampoco|tambien|ya)\b)"
)
_ECHOED_SMALL = re.compile(r"^(?:x ?\d|idem|igual) (?P<place>[a-z]{5,})$")
_SMALL = re.compile(r"\b(?:en|de|del|a|x ?\d) ([a-z]{5,})\b")
_ANY = re.compile(rf"(?:^|\W)(?=({_PLACE}))")
# A place's name has so many words.
MOST_WORDS = 3


@dataclass(frozen=True)
class Named:
    """A name that somebody is in, and whether it is known to be a place's."""

    place: str
    known: bool


@lru_cache(maxsize=2048)
def named_in(text: str) -> tuple[Named, ...]:
    """Names that somebody is in."""
    return () if is_shouted(text) else (*_in_capitals(text), *_in_small(text))


@lru_cache(maxsize=2048)
def known_in(text: str) -> tuple[str, ...]:
    """Places that are known by their name, whatever is said of them."""
    shown = () if is_shouted(text) else (place[1] for place in _ANY.finditer(text))
    named = [place for place in shown if fold(place) in proper_names()]
    folded = fold(text)
    spans = [m.span(1) for m in _SMALL.finditer(folded)]
    spans += [(at, at + len(place)) for at in topics(folded) for place in _runs(folded[at:])]
    small = [
        in_title_case(text[start:end])
        for start, end in spans
        if folded[start:end] in known_places() and folded[start:end] not in common_words()
    ]
    return (*named, *small)


def _runs(folded: str) -> Iterable[str]:
    """The first words of a text, one to MOST_WORDS of them, where they open what is said of it."""
    words = folded.split(" ", MOST_WORDS)
    runs = (
        " ".join(words[:size]).rstrip(".,:;!") for size in range(1, min(len(words), MOST_WORDS) + 1)
    )
    return (run for run in runs if is_topic(folded[len(run) :]))


@lru_cache(maxsize=1)
def known_places() -> frozenset[str]:
    """Names of places and towns."""
    return all_names() | towns()


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that are no place's name, however they are written."""
    return (
        read_words("spoken_words.txt")
        | read_words("not_answers.txt")
        | read_words("empty_words.txt")
    ) - proper_names()


def is_in_no_store(place: str) -> bool:
    """Whether a name holds what people are 'en' that is no store: 'Agosto', 'Cruz Azul'."""
    folded = fold(place)
    if folded in known_places():
        return False
    parts = folded.split(" de ")[0].split()  # 'Plaza de Mayo' is no month
    return bool(read_words("not_places.txt") & {*parts, folded.replace(" ", "")})


def _in_capitals(text: str) -> Iterable[Named]:
    for found in _IN.finditer(text):
        place = found.group(2)
        known = longest_name(place, known_places()) is not None
        # 'Acá Sofi': who writes is called so, unless it is a place that all know.
        calls = fold(found["in"]) in ("aca", "aqui")
        person = calls and (not known or fold(place) in read_words("given_names.txt"))
        if person or find_system(place) or is_in_no_store(place):
            continue
        if not set(fold(place).split()) <= common_words():
            yield Named(place, known)


def _in_small(text: str) -> Iterable[Named]:
    folded = fold(text)
    for pattern in (_IN_SMALL, _ECHOED_SMALL):
        for found in pattern.finditer(folded):
            place = found["place"]
            if place in common_words() or find_system(place) or is_in_no_store(place):
                continue
            shown = in_title_case(text[found.start("place") : found.end("place")])
            yield Named(shown, place in known_places())
