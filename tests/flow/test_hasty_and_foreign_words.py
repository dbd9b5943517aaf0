"""Who types in a hurry, by ear, or in the language from over the border is heard as well, and
thanks in another language are no thing that fails.

Dani:   nose puede entrar ala caja tda 13       -> a ticket for store 13, whatever 12 has
Joana:  a impressora não imprime, loja 7        -> a ticket for store 7
Montse: merci                                   -> not a word
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat

HASTY = [
    ("la cja 3 no habre tda 31", "31"),
    ("nose puede entrar ala caja tda 13", "13"),
    ("no anda la enpresora de la tda 9", "9"),
    ("el datafono no cirve tienda 9", "9"),
    ("no ensiende la compu tienda 9", "9"),
    ("la caja no avre, suc 40", "40"),
    ("se callo el sistema aki en la 14", "14"),
    ("no ay lus en la 15", "15"),
    ("nesesitamos rollos tienda 9", "9"),
]
FOREIGN = [
    ("bom dia, a impressora não está imprimindo na loja 7", "7"),
    ("o sistema caiu na loja 12", "12"),
    ("sem internet na loja 9", "9"),
    ("bon dia, no funciona la caixa 2 de la botiga 9", "9"),
    ("ha caigut el sistema, botiga 31", "31"),
    ("no va el datàfon a la botiga 8", "8"),
]


@pytest.mark.parametrize(("text", "store"), [*HASTY, *FOREIGN])
async def test_they_are_heard_and_need_no_question(group: GroupChat, text: str, store: str) -> None:
    await group.says("la computadora de la oficina no prende, suc 12", by=LUPITA, pause=55)
    await group.says(text, by=RAUL, pause=55)
    rows = await group.rows("SELECT store FROM incidents ORDER BY opened_at")
    assert [row["store"] for row in rows] == ["12", store]
    assert len(group.tickets) == len(group.replies) == 2


@pytest.mark.parametrize("thanks", ["merci", "moltes gràcies", "obrigado", "muito obrigada", "thx"])
async def test_thanks_name_no_thing(group: GroupChat, thanks: str) -> None:
    await group.says("no funciona, tienda 45", by=LUPITA)
    asked = len(group.replies)
    await group.says(thanks, by=LUPITA)
    rows = await group.rows("SELECT system FROM incidents")
    assert [row["system"] for row in rows] in ([], [None])
    assert len(group.replies) == asked


@pytest.mark.parametrize("said", ["nose", "nose q tienda es", "no sé"])
async def test_who_does_not_know_is_not_asked_again(group: GroupChat, said: str) -> None:
    await group.says("no prende la compu de la oficina", by=LUPITA)
    await group.says(said, by=LUPITA)
    assert await group.status() == ["escalated"]


@pytest.mark.parametrize(
    "text",
    [
        "se calló la boca el jefe",
        "no ay de que",
        "nose jaja",
        "ala qué bonito",
        "tengo mucho sueño",
    ],
)
async def test_small_talk_stays_small_talk(group: GroupChat, text: str) -> None:
    await group.says(text, by=LUPITA)
    assert group.replies == []
