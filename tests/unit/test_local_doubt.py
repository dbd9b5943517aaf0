"""What the local engine is sure of: small talk in words that nobody wrote down before is not taken
for a report, and a report in such words still is one."""

from __future__ import annotations

import asyncio

import pytest

from domain.reading import Line, ModelCall
from evals.simulate.phrases import words
from graph.context import Context
from tools.models.local.engine import LocalModels
from tools.models.local.plain_reports import tells_what_was_done
from tools.models.local.reader import LocalReader

MODELS = LocalModels()
SURE = Context().sure_confidence
# Words of the development families that the reader was not fitted on.
FAMILIES = ("second", "third")


def chance(text: str) -> float:
    """How surely the text is an incident, in the engine's judgement."""
    line = Line("1", "2026-03-02T10:00:00+00:00", "staff", "Ana", text)
    answer = asyncio.run(MODELS.classify(ModelCall("i", "classify", "", (line,), 1)))
    return answer.confidence if answer.is_incident else 1.0 - answer.confidence


@pytest.mark.parametrize("family", FAMILIES)
def test_hardly_any_small_talk_in_other_words_is_asked_about_and_none_is_sure(family: str) -> None:
    said = [text for part in words("talk")["chatter"].values() for text in part[family] if text]
    chances = [chance(text) for text in said]
    assert max(chances) < SURE
    assert sum(one >= 0.5 for one in chances) <= len(said) / 15


@pytest.mark.parametrize(
    "text",
    [
        "ya los puse junto a la caja y se van solos",
        "ya mandé la factura de la reparación a contabilidad",
        "acá igual, nada más se vendieron paraguas",
        "va, te los mando mañana con el transporte de las nueve",
        "solo los de piel, los demás no",
    ],
)
def test_what_says_of_no_failure_is_no_incident(text: str) -> None:
    assert chance(text) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Qué pena molestar, la tiquetera imprime puros garabatos, acá en la 45",
        "familia, la caja 2 anda rara, llamo de la tienda 45",
        "muy buenas, se sale el agua del baño gracias",
        "Cordial saludo, no baja el agua del baño, que tengan bonito día",
    ],
)
def test_what_hides_behind_its_greeting_is_a_report(text: str) -> None:
    assert chance(text) >= SURE


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("ya los puse junto a la caja", True),
        ("yo la firmé ayer", True),
        ("ya sale agua del baño", False),
        ("la caja se apagó", False),
    ],
)
def test_what_somebody_did_is_told_from_what_happened(text: str, done: bool) -> None:
    assert tells_what_was_done(text) is done


@pytest.mark.parametrize(
    ("text", "plea"),
    [
        ("me ayudan con la caja 2 porfa", True),
        ("ey, ¿pueden revisar la caja 2?", True),
        ("no sé qué tiene la terminal", True),
        ("la terminal anda rara, tienda 45", True),
        ("jefe, ¿puede revisar el correo que le mandé?", False),
        ("¿quién me ayuda con el pedido de temporada?", False),
        ("¿me ayudan con la caja de mañana? es para el evento", False),
        ("me ayudan con la caja que me gané jajaja", False),
    ],
)
def test_who_asks_for_help_with_a_device_is_told_from_who_wants_a_hand(
    text: str, plea: bool
) -> None:
    gist = LocalReader().read(text)
    assert bool(gist.signs["plea"]) is plea
    assert (chance(text) >= 0.5) is plea


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("chicos, algo pasa con la caja 2", "plea"),
        ("otra vez lo de siempre con la caja 2", "plea"),
        ("oigan, la caja 2 me tiene harta", "plea"),
        ("no hemos podido cobrar con tareta a nadie en toda la mañana", "fault"),
        ("nos quedamos a oscuras local Caballito", "fault"),
        ("al computador se le va la imagen", "fault"),
        ("la balanza pesa lo que quiere, tienda 36", "fault"),
        ("mando el cierre por el correo y me rebota", "fault"),
    ],
)
def test_what_fails_in_other_words_is_an_incident(text: str, sign: str) -> None:
    assert LocalReader().read(text).signs[sign]
    assert chance(text) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "no he podido ir al banco por cambio",
        "no me ha podido pagar el cliente, al rato viene",
        "mi marido me tiene harta con la computadora",
        "no sé qué hacer con el celular viejo",
        "los niños me tienen loca con el celular",
    ],
)
def test_what_is_no_matter_of_the_desk_is_none_in_such_words(text: str) -> None:
    assert chance(text) < 0.5


@pytest.mark.parametrize("text", ["se metieron a robar anoche", "huele a gas en la bodega"])
def test_danger_is_sure_enough_to_be_asked_about_again(text: str) -> None:
    assert chance(text) >= Context().insist_confidence
