"""What the models see of a text's spelling."""

from __future__ import annotations

import numpy as np
import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.grams import CHAR_PLACES, LONGEST_TEXT, PLACES, grams_of
from tools.models.local.urgency import find_urgency


def test_pieces_and_words_weigh_one_each() -> None:
    places, amounts = grams_of("No jala la terminal")
    pieces = places < CHAR_PLACES
    assert pieces.any()
    assert not pieces.all()
    assert places.max() < PLACES
    assert np.linalg.norm(amounts[pieces]) == pytest.approx(1)
    assert np.linalg.norm(amounts[~pieces]) == pytest.approx(1)


def test_case_and_accents_do_not_count_and_spelling_does() -> None:
    assert set(grams_of("NO ENFRÍA")[0]) == set(grams_of("no enfria")[0])
    assert set(grams_of("no enfria")[0]) != set(grams_of("no enfriaba")[0])


def test_nothing_has_no_grams_and_a_long_text_is_cut() -> None:
    assert len(grams_of("  ")[0]) == 0
    assert set(grams_of("a b " * LONGEST_TEXT)[0]) == set(grams_of("a b " * (LONGEST_TEXT * 2))[0])


async def urgency(text: str) -> str:
    line = Line("m1", "2026-03-02T15:00:00+00:00", "staff", "Lupita", text)
    return (await LocalModels().classify(ModelCall("i1", "classify", "", (line,), new=1))).priority


@pytest.mark.parametrize(
    "text",
    [
        "sin agua desde las 6, no puedo lavar ni hacer masa ni abrir",
        "se me murió el datáfono y hay gente en fila",
    ],
)
async def test_urgency_that_no_rule_knows_is_learnt(text: str) -> None:
    assert find_urgency(text) is None
    assert await urgency(text) == "urgent"


async def test_what_is_no_hurry_stays_so() -> None:
    assert await urgency("se quemó un foco del probador") == "normal"
    assert await urgency("se quedó pegado el datáfono pero cobramos con la otra") == "normal"
