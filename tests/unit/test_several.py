"""What one answer says for several reports, and who hears what of it."""

from __future__ import annotations

import pytest

from domain.sayings.several import AnswerForSeveral, StoreTold, Waiting, share_out
from tools.models.local.answers_for_several import answer_for_several, store_beside
from tools.models.local.systems import same_system

BALANCE, PHONE, TILL = Waiting("b", "balanza"), Waiting("p", "teléfono"), Waiting("t", "caja")


def heard(text: str, *waiting: Waiting) -> dict[str, str]:
    return {
        one.id: one.told.store
        for one in share_out(answer_for_several(text.split("|")), waiting, same_system)
    }


@pytest.mark.parametrize(
    "text",
    [
        "la balanza es de la 4 y el telefono de la 5",
        "balanza 4, telefono 5",
        "la balanza: 4 / el telefono: 5",
        "4 la balanza y 5 el teléfono",
        "el telefono en la 5|la balanza en la 4",
        "lo de la balanza es de la 4 y lo del telefono de la 5, gracias",
        "hola, la báscula es de tienda 4 y el tel de tienda 5",
        "la balanza de la 4 y el otro de la 5",
        "el telefono de la 5 y lo otro de la 4",
        "la 4 y la 5",
        "4 y 5, en ese orden",
    ],
)
def test_each_hears_its_own_store(text: str) -> None:
    assert heard(text, BALANCE, PHONE) == {"b": "4", "p": "5"}


@pytest.mark.parametrize(
    "text",
    [
        "ambos de la 4",
        "ambas, tienda 4",
        "si, los dos son de la 4",
        "los 2 de la 4 gracias",
        "todo es de la 4",
        "todo eso en la 4",
        "la 4 para ambos",
        "es la 4 los dos",
        "son de la misma tienda, la 4",
        "la misma sucursal: 4",
        "la balanza y el telefono son de la 4",
        "la balanza es de la 4 y el telefono igual",
    ],
)
def test_all_hear_the_one_store(text: str) -> None:
    assert heard(text, BALANCE, PHONE) == {"b": "4", "p": "4"}


def test_one_hears_what_is_said_of_it_alone() -> None:
    assert heard("la balanza es de la 4", BALANCE, PHONE) == {"b": "4"}


@pytest.mark.parametrize(
    "text",
    [
        "la 4",
        "tienda 45",
        "las dos",
        "las dos de la tarde",
        "a las 2 y a las 4",
        "todos los días a las 4",
        "todo bien en la 4",
        "los dos cajeros no pueden entrar en la 4",
        "la balanza es nueva y el telefono de gerencia",
        "la balanza marca 4 y el telefono 5",
        "la balanza pesa 4 y 5 kilos",
        "no prende la balanza de la 4 ni el telefono de la 5",
        "la balanza es de la 4 y el telefono de la 5?",
        "ya prendió la balanza, el telefono no",
        "caja 1 y caja 2",
        "la caja 4",
        "vengan a las 4 o 5",
        "llevamos 2 horas y 4 minutos",
        "el horno de la 4 y el telefono de la 5",
        "la 4, la 5, la 6 y la 7",
        "",
    ],
)
def test_what_is_not_plain_is_said_for_none(text: str) -> None:
    assert heard(text, BALANCE, PHONE, TILL) == {}
    assert heard(text, BALANCE, PHONE) == {}


def test_of_two_alike_none_is_meant() -> None:
    assert heard("la balanza es de la 4", BALANCE, Waiting("c", "báscula")) == {}


def test_who_waits_alone_hears_an_answer_as_ever() -> None:
    assert heard("ambos de la 4", BALANCE) == {}
    assert share_out(AnswerForSeveral((StoreTold("4", "la 4"),)), [BALANCE], same_system) == []


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("la balanza es de la 4", "4"),
        ("ambas de la 45", "45"),
        ("la 4 y la 5", None),
        ("la balanza ya prendió", None),
        ("el horno de la caja 4", None),
    ],
)
def test_the_store_beside_what_it_is_for(text: str, store: str | None) -> None:
    assert store_beside(text) == store
