"""What may be no incident is asked about a little later: at a joke somebody laughs, and who was
only talking goes on to talk.

Lupita:  la impresora hace lo suyo y no imprime
Raúl:    jajaja la de siempre                      -> nothing is asked
"""

from __future__ import annotations

import pytest

from domain.ports import Models
from domain.reading import Classification, ModelCall
from tests.flow.chat import LUPITA, RAUL, GroupChat
from tools.models.local.engine import LocalModels

DOUBTFUL = "la impresora hace lo suyo y no imprime"


class Unsure(LocalModels):
    """Doubts whatever it takes for an incident, unless it tells of cobrar."""

    async def classify(self, call: ModelCall) -> Classification:
        answer = await super().classify(call)
        said = " ".join(line.text for line in call.conversation)
        sure = 0.95 if "cobrar" in said else 0.6
        return answer.model_copy(update={"is_incident": True, "confidence": sure})


@pytest.fixture
def models() -> Models:
    return Unsure()


@pytest.mark.parametrize(
    "words",
    ["jajaja la de siempre", "😂😂", "jajajaja qué ocurrencia", "jejeje pobre", "🤣", "JAJAJA ya"],
)
async def test_what_is_laughed_at_is_not_asked_about(group: GroupChat, words: str) -> None:
    await group.says(DOUBTFUL, by=LUPITA)
    await group.says(words, by=RAUL)
    await group.passes(95_000)
    assert group.replies == []
    assert group.tickets == []


@pytest.mark.parametrize(
    "words",
    [
        "la visita de la regional es el miércoles, uniforme completo",
        "feliz cumpleaños Beto, que la pases muy bonito",
        "yo llevo el pastel mañana, no se preocupen",
        "buenos días a todas, bonito fin de semana",
        "quién se apunta para la comida del viernes?",
        "ayer vendimos 112 por ciento, felicidades equipo",
    ],
)
async def test_whoever_goes_on_to_talk_is_not_asked(group: GroupChat, words: str) -> None:
    await group.says(DOUBTFUL, by=LUPITA)
    await group.passes(25)
    await group.says(words, by=LUPITA)
    await group.passes(95_000)
    assert group.replies == []


@pytest.mark.parametrize(
    "words",
    [
        "ya la reinicié y nada",
        "sale la hoja en blanco",
        "¿alguien me ayuda?",
        "muchas gracias",
        "tengo gente esperando",
        "ni siquiera prende la lucecita",
    ],
)
async def test_whoever_goes_on_about_it_is_heard(group: GroupChat, words: str) -> None:
    await group.says(DOUBTFUL, by=LUPITA)
    await group.passes(25)
    await group.says(words, by=LUPITA)
    await group.passes(120)
    assert len(group.replies) == 1


async def test_a_photo_is_no_small_talk(group: GroupChat) -> None:
    await group.says(DOUBTFUL, by=LUPITA)
    await group.says(photo=b"no picture", by=LUPITA)
    await group.passes(120)
    assert len(group.replies) == 1


async def test_small_talk_of_others_holds_nothing_back(group: GroupChat) -> None:
    await group.says(DOUBTFUL, by=LUPITA)
    await group.says("yo llevo el pastel mañana", by=RAUL)
    await group.passes(120)
    assert len(group.replies) == 1


async def test_an_answer_in_time_needs_no_question(group: GroupChat) -> None:
    await group.says(DOUBTFUL, by=LUPITA)
    await group.passes(25)
    await group.says("no podemos cobrar, tienda 45", by=LUPITA)
    assert len(group.tickets) == 1
    assert len(group.replies) == 1


async def test_what_is_sure_is_asked_about_at_once_whoever_laughs(group: GroupChat) -> None:
    await group.says("se trabó la caja y no podemos cobrar", by=LUPITA)
    await group.says("jajaja otra vez", by=RAUL)
    assert len(group.replies) == 1
