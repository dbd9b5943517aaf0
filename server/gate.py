"""The last look before an effect leaves: who owns the incident, and is it still true?

Read in the same transaction that marks the attempt, so that no bot message leaves once a person
has taken over (flow.md, step 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.effect import notice_key
from domain.incident import Field
from server.budget import room_for
from server.doubts import still_to_wait, what_it_was
from server.persistence import outbox
from server.persistence.database import Connection
from server.persistence.outages import is_told_by_another
from server.persistence.outbox import Row
from server.persistence.questions import (
    answered_elsewhere,
    asked_in_vain,
    is_being_asked,
    store_told,
)
from server.talked_on import why_let_go

# What is said although a person owns the incident: the word that hands it to them.
SAID_ANYWAY = frozenset({"escalation"})
# What newer words of the incident, or of whoever is answered, hold back and may make untrue.
OVERTAKEN_BY_WORDS = frozenset({"ask", "reply", "clarify"})
ANSWERS = frozenset({"reply", "clarify"})
ENDINGS = (":escalated", ":closed")
ENDED_BADLY = frozenset({"dead", "dropped"})


@dataclass(frozen=True)
class Verdict:
    """Drop it, hold it (for `seconds`, or until something else wakes the lane), or let it go.

    `told_store` answers a question that has not left; its incident is still to hear of it.
    """

    drop: bool = False
    hold: bool = False
    seconds: float = 0.0
    why: str = ""
    channel: str = ""
    chat: str = ""
    text: str = ""
    quote: str | None = None
    told_store: str = ""


class Gate:
    """Judges effects. `patience` in seconds is how often a held effect is looked at again;
    `budget` how many messages a group may be sent an hour, 0 for as many as there are; `repeat`
    for how many seconds an answer is not given again, `doubt` for how many a question waits about
    what may be no incident."""

    def __init__(
        self, patience: float, budget: int = 0, repeat: float = 0.0, doubt: float = 0.0
    ) -> None:
        self._patience = min(patience, 2.0)
        self._budget = budget
        self._repeat = timedelta(seconds=repeat)
        self._doubt = timedelta(seconds=doubt)

    async def judge(self, conn: Connection, row: Row, now: datetime) -> Verdict:
        """Whether this effect may leave now, in business time."""
        text = str(row.payload.get("text", ""))
        if row.needs:
            needed = await outbox.find_effect(conn, row.needs)
            if needed is None or needed["state"] in ENDED_BADLY:
                return Verdict(drop=True, why=f"what it needs did not happen: {row.needs}")
            if needed["state"] != "done":
                return Verdict(hold=True, why=f"waits for {row.needs}")
            number = str((needed["remote"] or {}).get("number", ""))
            text = text.replace("{ticket_number}", number)
        if row.lane == "desk":
            return await self._judge_desk(conn, row, text)
        return await self._judge_words(conn, row, text, now)

    async def _judge_desk(self, conn: Connection, row: Row, text: str) -> Verdict:
        """No ticket for what a person set aside; two tickets name each other once both are there,
        by the word of the later one."""
        if row.kind == "open_ticket":
            aside = await (
                await conn.execute(
                    """SELECT set_aside_at IS NOT NULL AS aside FROM incidents WHERE id = %s
                       FOR SHARE""",
                    (row.incident_id,),
                )
            ).fetchone()
            gone = aside is None or aside["aside"]
            return Verdict(drop=gone, why="a person set the incident aside" if gone else "")
        other = row.payload.get("other")
        if other is None:
            return Verdict(text=text)
        there = await outbox.find_effect(conn, f"ticket:{other}")
        if there is None or there["state"] in ENDED_BADLY:
            return Verdict(drop=True, why="the other incident has no ticket")
        if there["state"] != "done":
            if row.payload.get("wait"):
                return Verdict(hold=True, seconds=self._patience, why="waits for the other ticket")
            return Verdict(drop=True, why="the other ticket is not there: it will say so itself")
        ours = await outbox.find_effect(conn, f"ticket:{row.incident_id}")
        if not row.payload.get("wait") and ours and ours["done_at"] < there["done_at"]:
            return Verdict(drop=True, why="the other ticket is the later one: it says so itself")
        number = str((there["remote"] or {}).get("number", ""))
        return Verdict(text=text.replace("{other_number}", number))

    async def _judge_words(self, conn: Connection, row: Row, text: str, now: datetime) -> Verdict:
        incident = await (
            await conn.execute(
                """SELECT owner, status, pending, asked, set_aside_at FROM incidents WHERE id = %s
                   FOR SHARE""",
                (row.incident_id,),
            )
        ).fetchone()
        if incident is None:
            return Verdict(drop=True, why="the incident is gone")
        if incident["set_aside_at"] is not None:
            return Verdict(drop=True, why="a person set the incident aside")
        if row.purpose == "notice" and (why := await is_told_by_another(conn, row)):
            return Verdict(drop=True, why=why)
        last_word = row.effect_key == notice_key(str(row.incident_id), "withdrawn")
        if incident["status"] == "withdrawn" and row.purpose == "notice" and not last_word:
            return Verdict(drop=True, why="the report was taken back")
        if incident["owner"] and not _calls_owner(row, incident["owner"]):
            return Verdict(drop=True, why="a person owns the incident")
        if row.purpose in OVERTAKEN_BY_WORDS or row.effect_key.endswith(ENDINGS):
            if await self._something_newer(conn, row):
                return Verdict(hold=True, seconds=self._patience, why="something newer came")
            if why := await self._overtaken(conn, row, incident):
                return Verdict(drop=True, why=why)
            if row.purpose == "ask" and (why := await what_it_was(conn, row, self._doubt)):
                return Verdict(drop=True, why=why)
            if row.purpose == "ask" and (left := still_to_wait(row, now, self._doubt)):
                return Verdict(hold=True, seconds=left, why="the room may show what it was")
            if row.purpose == "ask" and await is_being_asked(conn, row):
                return Verdict(hold=True, why="the person is being asked something else")
            if _presses(row) and await asked_in_vain(conn, row):
                return Verdict(drop=True, why="was asked the same beside it, and did not answer")
            if _presses(row) and await answered_elsewhere(conn, row.incident_id):
                return Verdict(drop=True, why="was told in another group, with its store")
            if _presses(row) and (why := await why_let_go(conn, row)):
                return Verdict(drop=True, why=why)
            told = await store_told(conn, row.incident_id) if _asks_store(row) else None
            if told:
                why = "the store was said for what was told in the same breath"
                return Verdict(hold=True, seconds=self._patience, why=why, told_store=told)
        if row.effect_key.endswith(":waiting") and incident["status"] != "queued":
            return Verdict(drop=True, why="overtaken: the ticket is there")
        address = await self.address(conn, row)
        again = self._repeat and row.purpose in ANSWERS
        if again and await outbox.said_since(conn, row, text, now - self._repeat):
            return Verdict(drop=True, why="the group has just read this answer")
        room = await room_for(conn, row, address.chat, self._budget, now)
        if not room.free:
            hold = not room.drop
            return Verdict(drop=room.drop, hold=hold, seconds=room.seconds, why=room.why)
        return Verdict(channel=address.channel, chat=address.chat, quote=address.quote, text=text)

    async def address(self, conn: Connection, row: Row) -> Verdict:
        """Where it goes: channel, chat, and the message to quote in the channel's own id."""
        found = await (
            await conn.execute(
                """SELECT i.channel, i.chat, (SELECT coalesce(m.wire_id, m.message_id)
                     FROM messages m WHERE m.chat = i.chat AND m.message_id = %s
                     ORDER BY m.id LIMIT 1) AS quote
                   FROM incidents i WHERE i.id = %s""",
                (row.payload.get("quote"), row.incident_id),
            )
        ).fetchone()
        if found is None:
            return Verdict(drop=True)
        return Verdict(channel=found["channel"], chat=found["chat"], quote=found["quote"])

    async def _overtaken(self, conn: Connection, row: Row, incident: Mapping[str, Any]) -> str:
        """Why these words are no longer true or wanted; empty when they are."""
        if row.purpose == "ask":
            field = row.payload.get("field")
            if (incident["pending"] or {}).get("field") != field:
                return "overtaken: it is no longer what is missing"
            if incident["asked"].get(field) != int(row.effect_key.rpartition(":")[2]):
                return "overtaken: it was asked again"
        if row.purpose == "reply":
            newer = await (
                await conn.execute(
                    """SELECT 1 FROM outbox WHERE incident_id = %s AND purpose = 'reply' AND id > %s
                       LIMIT 1""",
                    (row.incident_id, row.id),
                )
            ).fetchone()
            if newer is not None:
                return "overtaken: a newer question is answered"
            if row.payload.get("while", incident["status"]) != incident["status"]:
                return "overtaken: it is no longer so"
        for ending, status in (("escalated", "escalated"), ("closed", "closed")):
            with_ticket = ending == "escalated" and row.payload.get("with_ticket")
            overtaken = incident["status"] != status and not with_ticket
            if row.effect_key.endswith(f":{ending}") and overtaken:
                return "overtaken: the incident has gone on"
        return ""

    async def _something_newer(self, conn: Connection, row: Row) -> bool:
        """A turn that no run has taken yet, or a burst that is still going on: the reporter's, or
        that of whoever is answered."""
        found = await (
            await conn.execute(
                """SELECT 1 FROM turns WHERE incident_id = %(incident)s AND state = 'assigned'
                     AND (kind = 'message' OR kind = 'fact' AND name = 'told')
                   UNION ALL
                   SELECT 1 FROM turns t JOIN incidents i ON i.chat = t.chat
                   WHERE i.id = %(incident)s AND t.state IN ('open', 'ripe', 'asked')
                     AND (t.person_id = i.reporter_id OR t.person_id IN (
                       SELECT m.person_id FROM messages m
                       WHERE m.chat = i.chat AND m.message_id = %(quote)s))
                   LIMIT 1""",
                {"incident": row.incident_id, "quote": row.payload.get("quote")},
            )
        ).fetchone()
        return found is not None


def _presses(row: Row) -> bool:
    """Whether it asks for something, or says that it was asked for in vain and calls nobody."""
    said = row.payload
    ended = row.effect_key.endswith(ENDINGS) and not (
        said.get("mentions") or said.get("with_ticket")
    )
    return row.purpose == "ask" or ended


def _asks_store(row: Row) -> bool:
    return row.purpose == "ask" and row.payload.get("field") == Field.STORE


def _calls_owner(row: Row, owner: str) -> bool:
    """Whether this is the very word that calls its owner; whoever took it since needs none."""
    mentions = row.payload.get("mentions") or []
    return row.purpose in SAID_ANYWAY and ",".join(map(str, mentions)) == owner
