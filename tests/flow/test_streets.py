"""A store that is called by its street is understood as the answer, and where it is said.

Lupita: no imprime la impresora
Recado: ¿De qué tienda se trata?
Lupita: sucursal av. juárez
Recado: Se creó el ticket #101 ... tienda Av. Juárez
"""

from __future__ import annotations

from tests.flow.chat import GroupChat


async def test_a_street_is_an_answer(group: GroupChat) -> None:
    await group.says("no imprime la impresora")
    await group.says("sucursal av. juárez")
    assert [t.subject for t in group.tickets] == ["No imprime la impresora, tienda Av. Juárez"]


async def test_a_street_behind_the_noun_is_not_asked_for(group: GroupChat) -> None:
    await group.says("no abre la caja en sucursal av. insurgentes")
    assert len(group.tickets) == len(group.replies) == 1
