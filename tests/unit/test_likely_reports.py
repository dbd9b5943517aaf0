"""When words without their greetings and pleas likely report, and when plain ones are believed:
each sign that is looked at may change the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.deciding.one_line import is_likely
from domain.deciding.small_numbers import names_another_digit, was_assumed
from domain.gist import Act, Gist
from tools.models.local.chance import ASKED_ABOUT, BELIEVED, _plainly
from tools.models.local.here import is_a_thing, stands_alone

_CORE = Gist(
    "la caja no prende",
    0.9,
    {Act.REPORT: 0.7, Act.DETAIL: 0.2},
    system="caja",
    problem="no prende",
)
_WHOLE = Gist("hola, la caja no prende, ayuda", 0.5)
_PLAIN = Gist(
    "la caja no prende",
    0.6,
    {Act.REPORT: 0.9},
    system="caja",
    problem="no prende",
    signs={"fault_and_system": 1.0},
)
_NOT_MEANT = [
    *("laugh", "past", "conditional", "staffing", "new", "good", "fixed"),
    "fault_and_joke",
]


def test_the_core_of_a_plea_likely_reports() -> None:
    assert is_likely(_WHOLE, _CORE)
    by_sign = replace(_CORE, problem=None, signs={"fault": 1.0})
    assert is_likely(_WHOLE, by_sign)
    assert is_likely(_WHOLE, replace(_CORE, problem=None, acts={Act.REPORT: 0.8}))


@pytest.mark.parametrize("sign", [*_NOT_MEANT, "private", "notice"])
def test_nothing_is_likely_that_is_not_meant(sign: str) -> None:
    assert not is_likely(replace(_WHOLE, signs={sign: 1.0}), _CORE)


@pytest.mark.parametrize(
    "core",
    [
        replace(_CORE, text=_WHOLE.text),
        replace(_CORE, system=None),
        replace(_CORE, signs={"trade": 1.0}),
        replace(_CORE, problem=None),
        replace(_CORE, incident=0.3),
        replace(_CORE, acts={Act.DETAIL: 0.5, Act.REPORT: 0.4}),
        replace(_CORE, acts={Act.REPORT: 0.3, Act.CHATTER: 0.2}),
    ],
)
def test_nor_what_names_nothing_or_tells_no_failure(core: Gist) -> None:
    assert not is_likely(_WHOLE, core)


def test_nor_what_is_small_talk_with_its_plea() -> None:
    assert not is_likely(replace(_WHOLE, incident=0.39), _CORE)


def test_plain_words_are_believed_where_the_models_waver() -> None:
    assert _plainly(_PLAIN, 0.6) == BELIEVED
    assert _plainly(_PLAIN, 0.59) == ASKED_ABOUT
    assert _plainly(replace(_PLAIN, acts={Act.DETAIL: 1.0}), 0.6) == ASKED_ABOUT


@pytest.mark.parametrize("sign", ["private", "notice", "trade", "question"])
def test_what_is_said_in_passing_is_only_asked_about(sign: str) -> None:
    passing = replace(_PLAIN, signs={"fault_and_system": 1.0, sign: 1.0})
    assert _plainly(passing, 0.9) == ASKED_ABOUT


@pytest.mark.parametrize("sign", _NOT_MEANT)
def test_what_is_not_meant_is_not_asked_about(sign: str) -> None:
    assert _plainly(replace(_PLAIN, signs={"fault_and_system": 1.0, sign: 1.0}), 0.9) == 0.0


@pytest.mark.parametrize(
    "gist",
    [
        replace(_PLAIN, signs={}),
        replace(_PLAIN, problem=None),
        replace(_PLAIN, system=None),
        replace(_PLAIN, incident=0.49),
    ],
)
def test_what_is_not_plain_is_not_asked_about(gist: Gist) -> None:
    assert _plainly(gist, 0.9) == 0.0


@pytest.mark.parametrize(
    ("place", "text", "thing"),
    [
        ("El Banco", "el banco tampoco abre", True),
        ("La Entrada", "la entrada está mojada", True),
        ("Los Baños", "los baños se taparon", True),
        ("Las Bolsas", "las bolsas se acabaron", True),
        ("El Banco", "el banco", False),
        ("El Banco", "El Banco tampoco abre", False),
        ("Un Banco", "un banco tampoco abre", False),
        ("La Milagrosa", "la milagrosa tampoco abre", False),
        ("El Xyzal", "el xyzal tampoco abre", False),
    ],
)
def test_a_town_that_is_named_like_a_thing(place: str, text: str, thing: bool) -> None:
    assert is_a_thing(place, text) is thing


@pytest.mark.parametrize(
    ("front", "behind", "alone"),
    [
        ("hola ", " sin sistema", True),
        ("buen dia ", " ok", True),
        ("buenos dias ", "", True),
        ("buenas tardes ", " x2", True),
        ("hola a todos, ", " tampoco", True),
        ("mi dia ", " ok", False),
        ("mandaron a ", " sin sistema", False),
        ("hola ", " manda el pedido", False),
        ("hola ", " sin sistema?", False),
        ("-", " sin sistema", False),
        ("hola ", " 45% ", False),
    ],
)
def test_a_store_that_stands_alone(front: str, behind: str, alone: bool) -> None:
    assert stands_alone(front, behind) is alone


@pytest.mark.parametrize(
    "text",
    ["acá la 6 no lee", "aquí la 6 no lee", "en la 6 no lee", "no lee la 6", "la 6"],
)
def test_a_place_with_another_digit(text: str) -> None:
    assert names_another_digit(text, "5", frozenset())
    assert not names_another_digit(text, "6", frozenset())
    assert not names_another_digit(text, "5", frozenset({"6"}))
    assert not names_another_digit(text, "45", frozenset())
    assert not names_another_digit(text, "S", frozenset())
    assert not names_another_digit(text, None, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        *("en la 6 horas", "en la 6 am", "en la 6 pm", "en la 6 de la tarde", "en la 6 y media"),
        *("en la 6 5", "desde la 6", "a la 6", "hasta la 6", "no lee"),
    ],
)
def test_an_hour_is_no_place(text: str) -> None:
    assert not names_another_digit(text, "5", frozenset())


def test_no_store_but_a_digit_is_assumed_by_its_words() -> None:
    assert not was_assumed("3", "said", None)
    assert not was_assumed("(", "said", "la impresora de la (")
