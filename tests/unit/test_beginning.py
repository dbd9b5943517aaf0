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


@pytest.mark.parametrize(
    "text",
    [
        "otra vez el TPV colgado",
        "hoy vinieron a reparar el aire y volvió a fallar",
        "ya se arregló el aire pero ahora gotea",
        "gracias, ya quedó, pero ahora no abre el cajón",
        "no prenden los focos",
        "el router parpadea en naranja",
        "se botó el breaker",
        "tronó el transformador",
        "no deja hacer retiros",
        "¿ya llamaron al técnico? el refri está descongelado todo",
        "ya lo reportaron? no hay internet en la 30",
        "saben si ya quedó el sistema? acá en la 12 no abre",
        "¿alguien sabe por qué no jala la terminal?",
        "alguien sabe por qué el sistema está tan lento?",
        "¿a quién le reporto que no sirve el aire?",
    ],
)
def test_so_does_what_reads_like_a_detail_a_repair_or_a_question(text: str) -> None:
    assert begun(text).outcome == "new"


@pytest.mark.parametrize(
    "text",
    [
        "otra vez la misma canción en la radio",
        "ya quedó todo pero falta limpiar",
        "ya llegó el camión pero no trae la caja de vasos",
        "ya terminamos el inventario pero no cuadra por 3 piezas",
        "ya salí, dejé todo apagado y la alarma puesta",
        "whatsapp anda lento o soy yo",
        "no me ha llegado ningún yape todavía",
        "alguien sabe por qué no vino el camión?",
        "alguien sabe por qué no abre el banco hoy?",
        "saben por qué cambiaron el sistema?",
        "con quién veo lo del uniforme que no me llegó?",
        "ya comieron? aquí no hay nada abierto",
        "alguien tiene el correo de rh? no me llega",
        "el piso está recién levantado, cuidado",
        "ya valió la quincena",
        "alguien sabe el precio del volcánico 10 mm? no me aparece con el codigo",
        "me piden disco de clutch, precio público? aquí no me aparece",
        "tronó un cuete afuera",
        "ayer no prendían los focos, ya quedó",
    ],
)
def test_what_people_say_of_their_day_does_not(text: str) -> None:
    assert begun(text) is NOTHING


@pytest.mark.parametrize("text", ["me ayudan con la caja 2", "no imprime la impresora"])
def test_not_of_who_helps_by_trade(text: str) -> None:
    assert begun(text, "Moni Soporte") is NOTHING


@pytest.mark.parametrize("family", ["dev", "second", "third"])
def test_small_talk_in_whatever_words_begins_nothing(family: str) -> None:
    said = [text for part in words("talk")["chatter"].values() for text in part[family]]
    assert [text for text in said if begun(text) is not NOTHING] == []
