"""What takes a report back, and what only sounds like it."""

from __future__ import annotations

import pytest

from domain.retraction import TakenBack, takes_back


@pytest.mark.parametrize(
    "text",
    [
        "era broma jajaja",
        "jajaja que es broma hombre, que llueve mucho",
        "nada jajaja era broma, es el día de calor",
        "era joda che",
        "perdón, grupo equivocado",
        "los estaba troleando 😂",
        "feliz día de los inocentes!!",
    ],
)
def test_a_joke_is_taken_back(text: str) -> None:
    assert takes_back(text) is TakenBack.JOKE


@pytest.mark.parametrize(
    "text",
    [
        "falsa alarma, estaba desconectada",
        "olvídenlo ya jaló",
        "olvidadlo, ya va",
        "cancelen el reporte por fa",
        "ya no hace falta, prendió sola",
        "no era nada, perdón",
    ],
)
def test_a_false_alarm_is_taken_back(text: str) -> None:
    assert takes_back(text) is TakenBack.FALSE_ALARM


@pytest.mark.parametrize(
    "text",
    [
        "no es broma, sigue sin prender",
        "es broma verdad?",
        "no me ignoren por favor",
        "no olviden cerrar la puerta de bodega",
        "no se les olvide firmar",
        "el cliente quiere cancelar su compra",
        "parece broma pero otra vez no prende",
        "esto no es falsa alarma, sale humo",
        "ya quedó, gracias",
        "esto es una broma, llevamos tres días sin red",
        "mañana hay reunión 9.30 no se olviden",
    ],
)
def test_what_only_sounds_like_it_takes_nothing_back(text: str) -> None:
    assert takes_back(text) is None
