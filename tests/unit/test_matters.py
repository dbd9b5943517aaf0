"""One problem told in two ways is one matter; two problems told in one breath are two."""

from __future__ import annotations

import pytest

from evals.matters import EXAMPLES, tell
from tools.models.local.clauses import matters_of


@pytest.mark.parametrize("part", ["tune", "unseen"])
def test_the_labelled_texts_are_divided_as_published(part: str) -> None:
    told = tell(EXAMPLES / f"{part}.jsonl")
    needless = [t.text for t in told if len(t.labelled) == 1 and len(t.found) > 1]
    assert needless == []
    assert sum(t.is_right for t in told) >= 29


def test_each_matter_has_its_words_and_its_store() -> None:
    burst = ["buenas, no prende la impresora", "tienda 45", "y otra cosa", "la cortina no sube"]
    first, second = matters_of(burst)
    assert first.texts(burst) == {0: "buenas, no prende la impresora", 1: "tienda 45"}
    assert second.texts(burst)[3] == "la cortina no sube"
    assert (first.store, second.store) == ("45", "45")


def test_a_pasted_log_is_one_matter() -> None:
    assert len(matters_of(["la impresora no imprime. la báscula no pesa. " * 30])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "la caja 1 no prende y la caja 2 tampoco",
        "no prenden la caja y la impresora",
        "la cerradura está trabada y nos quedamos encerrados",
        "no me deja entrar al punto de venta, que contraseña vencida",
        "los clientes no ven ni el precio, los focos de la entrada se quemaron",
        "la gaveta se trabó y no tenemos cómo dar cambio",
        "la gaveta se trabó y no podemos dar cambio",
    ],
)
def test_what_only_looks_like_two_is_one(text: str) -> None:
    assert len(matters_of([text])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ya cobran doble las terminales, y la impresora no imprime",
        "ya imprime puro negro la impresora, y la báscula no pesa",
        "Ya me pasa lo mismo con la terminal, y la impresora no imprime",
    ],
)
def test_what_fails_worse_is_not_mended(text: str) -> None:
    assert not any(matter.mended for matter in matters_of([text]))


@pytest.mark.parametrize(
    "text",
    [
        "la gente no puede pagar con la terminal y la impresora no imprime",
        "la báscula no pesa y no podemos cobrar con la terminal",
        "los clientes no ven el precio en el verificador, y aparte no abre la cortina",
    ],
)
def test_what_people_cannot_do_with_a_thing_is_a_matter_of_its_own(text: str) -> None:
    assert len(matters_of([text])) == 2


def test_two_tills_with_a_fault_each_are_two() -> None:
    assert len(matters_of(["la caja 1 no prende y la caja 3 no lee códigos"])) == 2
