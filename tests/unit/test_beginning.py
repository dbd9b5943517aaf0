"""What plainly fails begins an incident although the chat speaks of something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.assignment import Decision
from domain.deciding.beginning import PLAIN, begin_anyway
from domain.room import TurnFacts
from evals.simulate.phrases import words
from tools.models.local.reader import LocalReader

READER = LocalReader()
NOTHING = Decision("none", None, 0.7, "chatter")


def begun(text: str, name: str = "Ana") -> Decision:
    """What becomes of a text that was taken for small talk."""
    gist = READER.read(text)
    turn = TurnFacts(person_id="1", at=datetime(2026, 3, 2, tzinfo=UTC), gist=gist)
    return begin_anyway(NOTHING, turn, name)


@pytest.mark.parametrize(
    "text",
    [
        "muy buenas, se sale el agua del baño gracias",
        "hola chicos, con el internet así no se puede trabajar, todo tarda",
        "me ayudan con la caja 2 porfa",
        "ey, ¿pueden revisar la terminal?",
    ],
)
def test_what_plainly_fails_begins_although_it_was_taken_for_small_talk(text: str) -> None:
    assert (begun(text).outcome, begun(text).reason) == ("new", PLAIN)


@pytest.mark.parametrize("text", ["me ayudan con la caja 2", "no imprime la impresora"])
def test_not_of_who_helps_by_trade(text: str) -> None:
    assert begun(text, "Moni Soporte") is NOTHING


@pytest.mark.parametrize("family", ["dev", "second", "third"])
def test_small_talk_in_whatever_words_begins_nothing(family: str) -> None:
    said = [text for part in words("talk")["chatter"].values() for text in part[family]]
    assert [text for text in said if begun(text) is not NOTHING] == []
