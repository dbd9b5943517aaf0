"""An operator who corrects where messages belong, as the page and the API let them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from domain.correction import CorrectionKind, Plan, Wish
from server.correct import Order
from tests.flow.chat import GroupChat

MARTA = "Marta"


class Operator:
    """Marta, with her reasons."""

    def __init__(self, group: GroupChat) -> None:
        self._group = group

    async def does(
        self,
        kind: CorrectionKind,
        incident: str,
        *messages: str,
        other: str | None = None,
        why: str = "",
        key: str | None = None,
    ) -> dict[str, Any]:
        """A correction, and everything that follows from it; its row."""
        wish = Wish(kind, incident, messages, other)
        order = Order(wish, MARTA, why, key or str(uuid4()))
        made = await self._group.engine.corrector.correct(order)
        await self._group.works()
        return made

    async def sees(
        self, kind: CorrectionKind, incident: str, *messages: str, other: str | None = None
    ) -> Plan:
        """What it would come to."""
        return await self._group.engine.corrector.preview(Wish(kind, incident, messages, other))

    async def incidents(self) -> list[str]:
        """The incidents of the group, the one that was reported first in front."""
        rows = await self._group.rows("SELECT id FROM incidents ORDER BY opened_at, id")
        return [str(row["id"]) for row in rows]

    async def row(self, incident: str) -> dict[str, Any]:
        """An incident as the page reads it."""
        rows = await self._group.rows(f"SELECT * FROM incidents WHERE id = '{incident}'")  # noqa: S608 - our own id
        return rows[0]

    async def said_in(self, incident: str) -> list[str]:
        """The texts of people in an incident, oldest first."""
        rows = await self._group.rows(
            f"""SELECT text FROM messages WHERE incident_id = '{incident}' AND NOT from_me
                ORDER BY sent_at, id"""  # noqa: S608 - our own id
        )
        return [row["text"] for row in rows]
