"""What is over stays over: small talk of somebody whose problem went away asks nothing anew.

Lupita: tengo un problema con la caja 2, se queda colgada al cobrar
Recado: ¿De qué tienda se trata?
Lupita: listo, ya funciona la caja                   -> withdrawn
Lupita: en un rato los mando                         (nothing)
Lupita: otra vez se trabó la caja de la tienda 45    -> ticket 101
"""

from __future__ import annotations

from tests.flow.chat import LUPITA, GroupChat


async def test_small_talk_does_not_begin_a_mended_report_anew(group: GroupChat) -> None:
    report = await group.says("tengo un problema con la caja 2, se queda colgada al cobrar")
    asked = len(group.sent)
    assert asked == 1
    await group.says("listo, ya funciona la caja", quotes=report)
    assert await group.status() == ["withdrawn"]
    await group.passes(600)
    await group.says("en un rato los mando", quotes=report)
    await group.passes(4000)
    assert await group.status() == ["withdrawn"]
    assert len(group.sent) == asked


async def test_who_says_that_it_fails_again_begins_it_anew(group: GroupChat) -> None:
    report = await group.says("tengo un problema con la caja 2, se queda colgada al cobrar")
    await group.says("listo, ya funciona la caja", by=LUPITA, quotes=report)
    assert await group.status() == ["withdrawn"]
    await group.says("otra vez se trabó la caja de la tienda 45", quotes=report)
    [ticket] = group.tickets
    assert "tienda 45" in ticket.subject
