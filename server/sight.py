"""Looks at a turn: what it says and quotes, who wrote it and where they are, what is open in the
chat and what was said there lately."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.message import OURSELVES
from domain.person import Person, Role
from domain.ports import Clock
from domain.room import TurnFacts
from domain.turn import words_left
from server.clarify import held_back
from server.home import Home
from server.judge import Judge
from server.numbered import named_by_number
from server.persistence.database import Connection
from server.persistence.incidents import reachable_incidents
from server.persistence.people import people_of
from server.persistence.quotes import follow_pointers
from server.persistence.room import ask_own, ask_room, load_room
from server.persistence.turns import StoredTurn
from server.shares import left_for
from server.situation import Situation
from server.whereabouts import place

# How long after its last message an incident can still be meant without being quoted.
REACH = timedelta(days=14)


class Sight:
    """Sees what a turn is decided by. `staff` are the bare ids of support people."""

    def __init__(
        self,
        clock: Clock,
        judge: Judge,
        staff: frozenset[str],
        home: Callable[[str], Home],
    ) -> None:
        self._clock = clock
        self._judge = judge
        self._staff = staff
        self._home = home

    async def look(
        self, conn: Connection, turn: StoredTurn, person: Person, others: frozenset[str]
    ) -> Situation:
        """All that is known of a turn and around it."""
        now = self._clock.now()  # in a pipeline what is asked here comes with what is read first
        group = await conn.execute("SELECT name FROM chats WHERE chat = %s", (turn.chat,))
        said = await ask_room(conn, turn)
        own = await ask_own(conn, turn, person.id)
        held = await held_back(conn, turn, now)
        row = await group.fetchone()
        name = row["name"] if row else ""
        facts = await self._facts(conn, turn, person, held, name)
        reach = await reachable_incidents(
            conn, turn.chat, now - REACH, quoted=facts.quoted_incident
        )
        incidents = left_for(turn, facts.gist.system, self._judge.same_system, reach, others)
        beside = [one for one in reach if one.id in others]
        room = await load_room(conn, said, own, incidents, (person.id, person.name))
        placed = await place(
            conn,
            facts,
            person,
            room,
            turn.chat,
            self._home(turn.chat).name or name,
            now,
            self._judge.reader,
            self._judge.stores_of,
        )
        return Situation(turn, person, name, held, placed, incidents, room, beside)

    async def _facts(
        self,
        conn: Connection,
        turn: StoredTurn,
        person: Person,
        held: StoredTurn | None,
        group: str,
    ) -> TurnFacts:
        written = [*(held.messages if held else []), *turn.messages]
        text = words_left(written)
        mentions = {mention for message in written for mention in message.mentions}
        pointed = await follow_pointers(conn, turn)
        quoted = next((one.incident for one in pointed.values() if one.incident), None)
        group_name = (home := self._home(turn.chat)).name or group
        read = self._judge.reader.read
        # Of an empty text only the names tell: the store that nobody has to be asked for.
        named = read("", group_name=group_name, sender_name=person.name)
        gist = read(text, group_name=group_name, sender_name=person.name)
        if shown := turn.data.get("shown"):
            gist = read(shown, group_name=group_name, sender_name=person.name)
            gist = replace(gist, error=turn.data["shown_error"] or gist.error, said_store=None)
            gist = replace(gist, store=named.store)
        if (store := turn.data.get("store")) and not gist.said_store:
            gist = replace(gist, store=store, said_store=store)
        quoted, gist = await named_by_number(conn, turn, quoted, gist, self._judge)
        return TurnFacts(
            person_id=person.id,
            at=turn.last_at,
            gist=gist,
            quoted_incident=str(quoted) if quoted else None,
            # An edit of what went nowhere is a text like any other.
            quotes_something=quoted is not None or any(m.quotes for m in turn.messages),
            quotes_bot=any(one.ours for one in pointed.values()),
            quote_unreadable=any(not one.known for one in pointed.values()),
            mentions_bot=any(OURSELVES in m.mentions for m in turn.messages),
            # Who tags support with every report calls nobody in particular.
            mentioned=await people_of(conn, mentions - {OURSELVES}, self._staff) - {person.id},
            has_media=any(m.attachments for m in turn.messages),
            home_store=turn.data.get("store") or person.store or home.store,
            from_support=person.role is not Role.STAFF,
            message_ids=tuple(m.id for m in turn.messages),
            shows_error=bool(turn.data.get("shown")),
            numbered=quoted is not None and not pointed and "about" not in turn.data,
        )
