"""What may be no incident is asked about once; where nobody answers, it ends without a word.

Lupita:  el camión llega a las 11, tengan despejada la entrada    -> asked what is wrong
(nobody answers)                                                  -> nothing more is said, no ticket
"""

from __future__ import annotations

import pytest

from domain.ports import Models
from domain.reading import Classification, ModelCall
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person
from tools.models.local.engine import LocalModels

DOUBTFUL = "la impresora hace lo suyo y no imprime"
COMPLETE = DOUBTFUL + ", tienda 45"
LIKELY = "la báscula no pesa"


class Unsure(LocalModels):
    """Takes everything for an incident, and is only sure where nobody can sell."""

    async def classify(self, call: ModelCall) -> Classification:
        answer = await super().classify(call)
        said = " ".join(line.text for line in call.conversation)
        confidence = 0.95 if "cobrar" in said else 0.85 if LIKELY in said else 0.6
        told = {"is_incident": True, "confidence": confidence}
        return answer.model_copy(update=told)


@pytest.fixture
def models() -> Models:
    return Unsure()


async def test_nobody_is_asked_twice_and_no_word_closes_it(group: GroupChat) -> None:
    await group.says(DOUBTFUL)
    await group.passes(100)
    assert ["tienda" in reply for reply in group.replies] == [True]
    await group.passes(95_000)
    assert len(group.replies) == 1
    assert group.tickets == []
    assert await group.status() == ["closed"]


async def test_what_lacks_nothing_is_asked_about_before_it_gets_a_ticket(group: GroupChat) -> None:
    await group.says(COMPLETE)
    await group.passes(100)
    assert ["qué ocurre" in reply for reply in group.replies] == [True]
    assert group.tickets == []
    await group.passes(95_000)
    assert len(group.replies) == 1
    assert group.tickets == []


@pytest.mark.parametrize("wait", [120, 2700])
async def test_an_answer_makes_its_ticket(group: GroupChat, wait: int) -> None:
    await group.says(COMPLETE)
    await group.passes(wait)
    await group.says("sale la hoja en blanco y no imprime nada", by=LUPITA)
    [ticket] = group.tickets
    assert "hoja en blanco" in ticket.description
    assert ticket.number in group.replies[-1]
    assert len(group.replies) == 2


async def test_an_answered_store_makes_its_ticket(group: GroupChat) -> None:
    await group.says(DOUBTFUL)
    await group.says("tienda 45", by=LUPITA)
    assert ["45" in ticket.subject for ticket in group.tickets] == [True]


@pytest.mark.parametrize("words", ["era broma jaja", "nada nada, todo bien", "ok"])
async def test_who_answers_that_nothing_is_wrong_ends_it(group: GroupChat, words: str) -> None:
    await group.says(COMPLETE)
    await group.passes(100)
    await group.says(words, by=RAUL, quotes=group.sent[0].id)
    await group.passes(95_000)
    assert len(group.replies) == 1
    assert group.tickets == []


async def test_what_is_surely_told_later_is_an_incident(group: GroupChat) -> None:
    await group.says(COMPLETE)
    await group.says("la impresora no sirve, no podemos cobrar", by=LUPITA)
    assert len(group.tickets) == 1


async def test_nothing_is_wrong_says_who_was_asked_of_a_sure_report(group: GroupChat) -> None:
    await group.says("se trabó la caja y no podemos cobrar")
    await group.says("nada, todo bien ya")
    await group.passes(95_000)
    assert len(group.replies) == 1
    assert group.tickets == []


@pytest.mark.parametrize(
    "words", ["nada nada, todo bien", "perdón, no era nada", "la foto va luego"]
)
async def test_what_was_let_go_is_not_asked_about_again(group: GroupChat, words: str) -> None:
    await group.says(COMPLETE)
    await group.passes(9000)
    assert await group.status() == ["closed"]
    await group.says(words, by=RAUL, quotes=group.sent[0].id)
    await group.passes(9000)
    assert len(group.replies) == 1


@pytest.mark.parametrize("report", [DOUBTFUL, LIKELY])
@pytest.mark.parametrize("words", ["la 45", "perdón, es la tienda 45"])
async def test_what_was_let_go_takes_its_store_late(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report)
    await group.passes(9000)
    assert await group.status() == ["closed"]
    await group.says(words)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    ("by", "words", "wait"),
    [
        (RAUL, "la 45", 9000),
        (LUPITA, "gracias", 9000),
        (LUPITA, "la 45", 200_000),
        (LUPITA, "llevo cambio a la 45", 9000),
    ],
)
async def test_what_was_let_go_takes_nothing_else(
    group: GroupChat, by: Person, words: str, wait: int
) -> None:
    await group.says(DOUBTFUL)
    await group.passes(wait)
    await group.says(words, by=by)
    assert group.tickets == []
    assert len(group.replies) == 1


async def test_what_was_let_go_begins_anew_when_it_surely_fails(group: GroupChat) -> None:
    await group.says(COMPLETE)
    await group.passes(9000)
    await group.says("no sirve nada, no podemos cobrar", quotes=group.sent[0].id)
    assert len(group.tickets) == 1


async def test_what_is_likely_is_asked_for_its_store_once(group: GroupChat) -> None:
    await group.says(LIKELY)
    assert ["tienda" in reply for reply in group.replies] == [True]
    await group.passes(95_000)
    assert len(group.replies) == 1
    assert await group.status() == ["closed"]


async def test_what_is_likely_and_complete_is_a_ticket(group: GroupChat) -> None:
    await group.says(LIKELY + " en la tienda 45")
    assert len(group.tickets) == 1


async def test_an_answer_makes_what_is_likely_an_incident_like_any_other(group: GroupChat) -> None:
    await group.says(LIKELY)
    await group.says("no sé")
    assert await group.status() == ["escalated"]


async def test_what_is_sure_is_asked_for_again(group: GroupChat) -> None:
    await group.says("la caja no abre y no podemos cobrar")
    await group.passes(2_000)
    assert ["tienda" in reply for reply in group.replies] == [True, True]


async def test_what_is_likely_and_cannot_wait_is_asked_for_again(group: GroupChat) -> None:
    await group.says(LIKELY + ", se fue la luz en todo el local")
    await group.passes(2_000)
    assert ["tienda" in reply for reply in group.replies] == [True, True]


async def test_what_is_likely_and_surely_told_later_is_asked_for_again(group: GroupChat) -> None:
    await group.says(LIKELY)
    await group.says("no pesa nada y así no puedo cobrar")
    await group.passes(7_500)
    assert ["tienda" in reply for reply in group.replies] == [True, True]
