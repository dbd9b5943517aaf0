"""No text, however odd, holds a worker: what is heard of it is short, and no pattern that judges it
takes twice as long for each word more."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from time import perf_counter
from types import ModuleType

import pytest

import domain
import nodes
import tools.models.local
from domain.hearing import LONGEST_HEARD, heard

# Twice as many words cost eight times as much where three stars stand in a row; where a word can be
# read in two ways, five hundred times.
FEW, MANY, AT_MOST = 9, 18, 60.0
# Seconds: less is the clock's own noise.
LEAST = 2e-5


def _modules() -> Iterator[ModuleType]:
    for package in (domain, nodes, tools.models.local):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _within(pair)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _within(one)


def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        f"{module.__name__}.{name}:{n}": pattern
        for module in _modules()
        for name, value in vars(module).items()
        for n, pattern in enumerate(_within(value))
    }


def _words(pattern: str) -> set[str]:
    """The words that a pattern names, and the pieces of them that may stand alone."""
    plain = re.sub(r"\[([^\]])[^\]]*\]", r"\1", re.sub(r"\\[a-zA-Z]", " ", pattern))
    kept, dropped = re.sub(r"(\w)\?", r"\1", plain), re.sub(r"\w\?", "", plain)
    return {
        word for text in (kept, dropped) for word in re.findall(r"[^\W\d_]+(?: [^\W\d_]+)*", text)
    }


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    """What the whole text takes at best of three: nobody else's work is counted."""
    taken = []
    for _ in range(3):
        begun = perf_counter()
        pattern.match(text)
        pattern.fullmatch(text)
        taken.append(perf_counter() - begun)
    return max(min(taken), LEAST)


def _growth(pattern: re.Pattern[str], word: str) -> float:
    """How much longer twice as many words take, at worst of what may stand between and behind."""
    return max(
        _seconds(pattern, (word + between) * MANY + "¡9")
        / _seconds(pattern, (word + between) * FEW + "¡9")
        for between in (" ", ", ")
    )


@pytest.mark.parametrize("room", ["domain", "nodes", "tools"])
def test_no_pattern_reads_a_word_in_two_ways(room: str) -> None:
    of_room = {name: one for name, one in _patterns().items() if name.startswith(room)}
    within = {"domain.sayings.", "domain.deciding."} if room == "domain" else set()
    assert not {one for one in within if not any(name.startswith(one) for name in of_room)}
    slow = {
        f"{name} {word!r}": growth
        for name, pattern in of_room.items()
        for word in _words(pattern.pattern)
        if (growth := _growth(pattern, word)) > AT_MOST
    }
    assert of_room or room == "nodes"
    assert slow == {}


def test_a_pattern_that_reads_a_word_in_two_ways_is_found() -> None:
    assert _growth(re.compile(r"(?:(?:oiga\w*|oigan) )*fin"), "oigan") > AT_MOST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no sirve   la\timpresora", "no sirve la impresora"),
        ("hola \n\n  la 45 ", "hola\nla 45 "),
        ("n" + "o" * 300, "n" + "o" * 8),
        ("ja" * 200 + " ay", "ja" * 8 + " ay"),
        ("aca, " * 100 + "la 45", "aca, " * 8 + "la 45"),
        ("jajajajajajajajajajajaja ay", "jajajajajajajajajajajaja ay"),
        (". " * 500 + "la 4", ". " * 8 + "la 4"),
        ("serie 000000000000", "serie 000000000000"),
        ("no no no, no sirve!!!", "no no no, no sirve!!!"),
    ],
)
def test_what_is_said_again_and_again_is_heard_eight_times(text: str, said: str) -> None:
    assert heard(text) == said


def test_a_pasted_log_is_heard_up_to_its_limit() -> None:
    log = " ".join(f"linea{n}" for n in range(9000))
    assert heard(log) == log[:LONGEST_HEARD]
    assert heard(heard(log)) == heard(log)
