"""When incidents are alike, and how the figures about that are made."""

from __future__ import annotations

import json

import numpy as np
import pytest

from domain.ports import Document
from domain.ticket import what_happens
from evals.similar import Labelled, fit_threshold, judge, load, measure, ranked, same_group
from server.wiring import FITTED_SIMILARITY
from tools.knowledge.likeness import (
    FITTED,
    LikenessEncoder,
    encoder_name,
    failures_in,
    in_one_register,
    without_place,
)

ENCODER = LikenessEncoder()


def similarity(one: str, other: str) -> float:
    a, b = ENCODER.encode([one, other])
    return float(np.dot(a, b))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("la impresora de tickets no imprime", "la tiquetera no bota el recibo"),
        ("el datáfono no tiene señal", "el posnet se quedó sin conexión"),
        ("la nevera no enfría", "el refri está caliente"),
        ("se cayó el internet en la tienda 45", "internet caído en la sucursal 9"),
        ("la cortina metálica no sube", "la persiana no abre"),
    ],
)
def test_the_same_failure_of_the_same_thing_is_alike(one: str, other: str) -> None:
    assert similarity(one, other) >= FITTED_SIMILARITY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("la impresora no imprime, tienda 45", "el internet está lento, tienda 45"),
        ("la terminal no prende", "la terminal cobró doble"),
        ("el aire acondicionado no enfría", "el aire acondicionado gotea"),
        ("la báscula no prende", "la computadora no prende"),
        ("se cayó el internet", "gracias a todos, buen fin de semana"),
    ],
)
def test_another_failure_or_another_thing_is_not(one: str, other: str) -> None:
    assert similarity(one, other) < FITTED_SIMILARITY


@pytest.mark.parametrize("other", ["en la tienda 7", "tienda 102", "suc 9"])
def test_the_store_makes_no_difference(other: str) -> None:
    text = "la impresora de tickets no imprime"
    assert similarity(f"{text} en la tienda 45", f"{text} {other}") == pytest.approx(1, abs=1e-6)


def test_vectors_are_of_one_length_and_in_order() -> None:
    texts = ["", "😀", "la caja no abre", "x" * 5000, "la caja no abre"]
    vectors = ENCODER.encode(texts)
    assert len({len(vector) for vector in vectors}) == 1
    assert vectors[2] == vectors[4] != vectors[1]
    assert all(np.linalg.norm(vector) == pytest.approx(1, abs=1e-3) for vector in vectors)
    assert ENCODER.encode([]) == []


def test_what_is_compared_is_the_thing_and_its_failure() -> None:
    assert in_one_register("el posnet no cobra") == in_one_register("el datáfono no cobra")
    assert "45" not in without_place("Buenos días, la caja no abre en la tienda 45")
    assert failures_in("la nevera no enfría y gotea") == ["fuga", "temperatura"]
    assert failures_in("feliz cumpleaños") == []


def test_a_ticket_is_found_by_what_happens() -> None:
    fields = {"system": "caja", "problem": "no abre", "store": "45"}
    assert what_happens(fields) == "caja: no abre"
    assert what_happens({"system": "caja", "problem": "la Caja no abre"}) == "la Caja no abre"
    assert what_happens({"store": "45"}) == ""
    assert Document("1", "ticket", "Caja no abre, tienda 45").found_by == "Caja no abre, tienda 45"
    assert Document("1", "ticket", "x", {"about": "caja: no abre"}).found_by == "caja: no abre"


def test_the_name_of_the_encoder_is_stable() -> None:
    assert encoder_name() == encoder_name()
    assert encoder_name().startswith("use3-likeness-")


def texts_of(*groups: str) -> list[Labelled]:
    return [Labelled(f"t{n}", group, "fit", f"t{n}") for n, group in enumerate(groups)]


def test_nothing_is_alike_to_itself_or_to_chatter() -> None:
    alike = same_group(texts_of("a", "a", "b", "", ""))
    assert alike.tolist()[0] == [False, True, False, False, False]
    assert not alike[2:].any()


def test_figures_by_hand() -> None:
    texts = texts_of("a", "a", "b")
    matrix = np.array([[1, 0.9, 0.5], [0.9, 1, 0.8], [0.5, 0.8, 1.0]])
    found = ranked(matrix, texts, ["fit"], ["fit"])
    figures = judge(found, 0.7)
    # Named: 0-1, 1-0 rightly; 1-2, 2-1 falsely.
    assert (figures.queries, figures.named, figures.false_share) == (3, 4, 0.5)
    assert (figures.recall_at_5, figures.named_right, figures.recall_named) == (1, 1, 1)
    assert fit_threshold(found, 0.9) == pytest.approx(0.9)
    nothing = judge(found, 1.1)
    assert (nothing.named, nothing.false_share, nothing.named_right) == (0, 0, 0)


def test_a_threshold_that_cannot_be_kept_names_nothing() -> None:
    matrix = np.array([[1, 0.9], [0.9, 1]])
    found = ranked(matrix, texts_of("a", "b"), ["fit"], ["fit"])
    figures = judge(found, fit_threshold(found))
    assert (figures.named, figures.recall_at_5, figures.recall_named) == (0, 0, 0)


def test_the_labelled_texts_are_enough_and_no_group_is_in_two_splits() -> None:
    texts = load()
    assert sum(bool(one.group) for one in texts) >= 150
    parts: dict[str, set[str]] = {}
    for one in texts:
        parts.setdefault(one.part, set()).add(one.group)
    assert parts["fit"] & parts["report"] == set()
    assert parts["chatter"] == {""}
    assert len({one.text for one in texts}) == len(texts)


@pytest.mark.slow
def test_like_incidents_are_found_and_few_are_named_falsely() -> None:
    found = measure(FITTED_SIMILARITY)
    report, unseen = found["report"], found["unseen"]
    assert report["recall_at_5"] >= 0.85
    assert report["false_share"] <= 0.10
    assert report["named_right"] >= 0.80
    assert unseen["recall_at_5"] >= 0.75
    assert unseen["false_share"] <= 0.25
    for other in found["baselines"].values():
        assert other["report"]["recall_at_5"] < report["recall_at_5"]
        assert other["unseen"]["recall_at_5"] < unseen["recall_at_5"]
        assert other["report"]["named_right"] < report["named_right"]
    assert len(found["worst"]) == 10
    kept = json.loads(FITTED.read_text(encoding="utf-8"))
    assert kept["threshold"] == FITTED_SIMILARITY
    assert kept["report"]["false_share"] == pytest.approx(report["false_share"], abs=0.03)
