"""What is over before anybody was told of it: the same person says so in the same breath.

Lupita: no prende la impresora de tickets
Lupita: ya prendió                                 (six seconds later: no question, no ticket)

Lupita: no prende la impresora de tickets
Lupita: ya prendió
Lupita: se volvió a apagar, tienda 45              -> ticket 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

PRINTER = "no prende la impresora de tickets"
SCREEN = "no enciende la pantalla de la 21"
LINE = "se fue el internet en la tienda 45"
# In the words of six countries; what was wrong may be told with it.
OVER = (
    "ya prendió",
    "ya quedó gracias",
    "listo, ya se arregló solo",
    "ya jaló, una disculpa",
    "ya volvió, era el cable",
    "perdón, ya volvió",
    "nada, estaba desconectada",
    "bot cancela",
    "bot cancela, ya prendió",
)


@pytest.mark.parametrize("report", [PRINTER, SCREEN, LINE])
@pytest.mark.parametrize("words", OVER)
async def test_what_is_over_in_the_same_breath_is_nothing(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report, pause=6)
    await group.says(words)
    await group.passes(7_200)
    assert group.replies == []
    assert group.tickets == []
    assert set(await group.status()) <= {"dismissed"}


@pytest.mark.parametrize(
    "then",
    [
        ["ya prendió", "se volvió a apagar"],
        ["ya prendió", "ah no, sigue igual"],
        ["ya prendió pero no imprime"],
        ["ya prendió la otra, esta no"],
        ["ya revisé los cables y nada"],
        ["ya quedó la caja, la impresora no"],
        ["nada, sigue sin prender"],
        ["nada, ya la conecté y desconecté"],
        ["ya se lo dije al de sistemas"],
        ["perdón, es la de la caja 2"],
        ["ya subió a 16"],
        ["ya quedó trabada"],
        ["ya quedó fuera de servicio"],
        ["ya empezó a oler a quemado"],
        ["ya hay fila"],
        ["¿ya quedó?"],
        ["ya le avisé al gerente"],
        ["ya vino el técnico y no pudo"],
        ["con la otra sí se puede"],
    ],
)
async def test_what_still_fails_is_reported(group: GroupChat, then: list[str]) -> None:
    await group.says(f"{PRINTER} de la tienda 45", pause=6)
    for words in then[:-1]:
        await group.says(words, pause=6)
    await group.says(then[-1])
    await group.passes(120)
    assert len(group.tickets) == 1


async def test_what_works_at_a_colleagues_is_none_of_it(group: GroupChat) -> None:
    await group.says(f"{PRINTER} de la tienda 45", pause=6)
    await group.says("a mí ya me quedó", by=RAUL)
    await group.passes(120)
    assert len(group.tickets) == 1
