"""Who is asked for their store and is in a hurry has said it all the same.

Lupita: no prende la caja
Recado: ¿De qué tienda se trata?
Lupita: 45 por favor, urge, llevamos 2 horas
Recado: Se creó el ticket #101 ... tienda 45
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "words",
    [
        "45 por favor, urge, llevamos 2 horas",
        "45 urge llevamos 2 horas así",
        "es la 45 apúrenle llevamos 1 hora esperando",
        "45 porfa hay 10 clientes esperando",
        "45 no podemos cobrar, ayuda",
        "45 urgente ya hay cola",
        "tienda 45 urge!! tenemos fila",
        "45, ya van 3 horas sin vender",
        "en la 45 porfa apúrense",
    ],
)
async def test_the_number_in_front_is_the_store(group: GroupChat, words: str) -> None:
    await group.says("no prende la caja")
    await group.says(words, pause=60)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize(
    "words",
    [
        "llevamos 45 minutos esperando, urge",
        "45 minutos, urge",
        "hay 45 clientes esperando por favor",
        "van 3 horas, urge",
        "caja 2, urge",
        "son las 10, urge",
        "45 clientes esperando, urge",
        "Marisol, llevamos 2 horas",
    ],
)
async def test_what_is_counted_is_no_store(group: GroupChat, words: str) -> None:
    await group.says("no prende la caja")
    await group.says(words, pause=60)
    assert group.tickets == []


@pytest.mark.parametrize(
    "words",
    [
        "No deja pagar con tarjeta",
        "no deja pagar con tarjeta de débito",
        "no me deja pagar con tarjeta de crédito",
        "no acepta tarjetas",
        "no acepta ninguna tarjeta",
        "no nos permite pagar con tarjeta",
        "no se puede pagar con tarjeta",
    ],
)
async def test_who_says_what_cannot_be_paid_is_asked_where_alone(
    group: GroupChat, words: str
) -> None:
    await group.says(words, pause=60)
    assert ["tienda se trata" in text for text in group.replies] == [True]
    await group.says("45", pause=60)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words",
    [
        "mi esposo no me deja pagar con tarjeta jaja",
        "en el mercado no se puede pagar con tarjeta",
        "en el oxxo no se puede pagar con tarjeta",
        "no puedo pagar con tarjeta mi celular",
        "no se puede pagar con tarjeta la posada",
        "¿se puede pagar con tarjeta la posada?",
        "no acepta tarjeta el taxi",
        "el doctor no acepta tarjetas",
    ],
)
async def test_what_others_do_not_take_is_small_talk(group: GroupChat, words: str) -> None:
    await group.says(words, pause=60)
    assert group.sent == []
