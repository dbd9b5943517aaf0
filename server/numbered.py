"""Tickets that a turn names by their numbers, and bursts that are of several tickets at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from domain.gist import Act, Gist
from domain.incident import OPEN_STATUSES, Status
from domain.likeness import agree
from domain.message import MessageKind
from domain.sayings.mended import works_again
from domain.sayings.mended_together import Together, mended_together, still_together
from domain.sayings.orders import order_of
from domain.sayings.reopening import asks_to_reopen, denies_the_end, is_back
from domain.sayings.ticket_number import Numbers, numbers_in, without_numbers
from domain.sayings.told_of_each import Reported, each_of, pieces_of, says_works
from domain.sayings.uncancelled import wants_it_after_all
from server.judge import Judge
from server.persistence.database import Connection
from server.persistence.matters import Share
from server.persistence.turns import StoredTurn

# Reports of one person that 'all of them' may mean lie so far back at most.
TOGETHER_WITHIN = timedelta(days=2)
# So long after they cancelled it 'no lo cancelen' is said of it.
REGRETTED_WITHIN = timedelta(hours=2)
_CHANGES = (MessageKind.EDIT, MessageKind.REVOKE)
_REPORTS = frozenset({Act.REPORT, Act.SAME_PROBLEM})
_ASKING = ("status", "question")


@dataclass(frozen=True)
class Ticketed:
    """An incident and what is known of it."""

    incident: str
    number: str | None
    system: str | None


async def named_by_number(
    conn: Connection, turn: StoredTurn, quoted: Any, gist: Gist, judge: Judge
) -> tuple[Any, Gist]:
    """The incident that a turn points at: what it has `quoted`, else whose ticket it names by
    number, or what its writer took back and says to fail after all; and the turn's gist without
    the number, which is no store. Both as they were where it names none of this chat or several,
    or reports what plainly is something else."""
    quoted = turn.data.get("about", quoted)
    if quoted is not None:
        return quoted, gist
    found = await _of_numbers(conn, turn.chat, _numbers(gist))
    if len(found) != 1:
        return await _taken_back(conn, turn, gist, judge), gist
    [one] = found
    bare = judge.reader.read(without_numbers(gist.text, [one.number or ""]))
    another = bare.system and one.system and not judge.same_system(bare.system, one.system)
    if gist.act in _REPORTS and another:
        return None, gist
    store = bare.said_store or (None if gist.said_store else gist.store)
    rest = replace(gist, store=store, said_store=bare.said_store, system=bare.system)
    return one.incident, replace(rest, signs={**gist.signs, "names_store": 0.0})


async def _taken_back(conn: Connection, turn: StoredTurn, gist: Gist, judge: Judge) -> Any:
    """The report with a ticket that somebody took back last, where they say, and name nothing
    else, that it fails after all: 'no, sigue fallando'."""
    regrets = wants_it_after_all(gist.text)
    fails = gist.act is Act.STILL_BROKEN or denies_the_end(gist.text) or is_back(gist.text)
    if not (fails or regrets):
        return None
    row = await (
        await conn.execute(
            """SELECT id, status, system, store, ticket_id, last_at FROM incidents
               WHERE chat = %s AND reporter_id = %s AND last_at >= %s
                 AND status NOT IN ('dismissed', 'merged')
                 AND merged_into IS NULL AND set_aside_at IS NULL
               ORDER BY last_at DESC, id LIMIT 1""",
            (turn.chat, turn.person_id, turn.last_at - TOGETHER_WITHIN),
        )
    ).fetchone()
    if row is None or row["status"] != Status.WITHDRAWN or row["ticket_id"] is None:
        return None
    if not fails and turn.last_at - row["last_at"] > REGRETTED_WITHIN:
        return None
    # 'Reabran el ticket' names none.
    thing = None if asks_to_reopen(gist.text) else gist.system
    another = thing and row["system"] and not judge.same_system(thing, row["system"])
    elsewhere = gist.said_store and row["store"] and not agree(gist.said_store, row["store"])
    return None if another or elsewhere else row["id"]


async def shares_of_several(conn: Connection, turn: StoredTurn, judge: Judge) -> list[Share]:
    """A share for each of the tickets that one text tells to be mended, or asks about; fewer than
    two where it speaks of no more."""
    if any(m.quotes or m.target or m.kind in _CHANGES for m in turn.messages):
        return []
    text = " ".join(m.text for m in turn.messages if m.text)
    told = mended_together(text) or still_together(text)
    if told is not None:
        own = await _own(conn, turn)
        found = _meant(told, own, judge)
        if len(found) < 2 and not told.things:
            found = _meant(told, await _of_their_store(conn, turn), judge) or found
    elif len(numbers := _all(numbers_in(text, asks="?" in text))) > 1:
        gist = judge.reader.read(text)
        asks = gist.act is Act.STATUS_QUESTION or bool(gist.signs.get("status"))
        if not (works_again(text) or asks):
            return []
        found = await _of_numbers(conn, turn.chat, Numbers(perhaps=numbers))
    else:
        return []
    words = {m.row: m.text for m in turn.messages}
    return [Share(words, {"about": one.incident}) for one in found]


async def shares_of_each(conn: Connection, turn: StoredTurn, judge: Judge) -> list[Share]:
    """A share for each open report of which a text tells how it is by now: 'el aire ya enfría, la
    tele sigue apagada'; none where it tells that of fewer than two."""
    if any(m.quotes or m.target or m.kind in _CHANGES or m.attachments for m in turn.messages):
        return []
    said = [m for m in turn.messages if m.text.strip()]
    if not any(says_works(m.text) for m in said):
        return []

    def read(words: str) -> tuple[str | None, str | None]:
        gist = judge.reader.read(words)
        return gist.system, gist.said_store

    pieces = [(m.row, piece) for m in said for piece in pieces_of(m.text, read)]
    if len(pieces) < 2:
        return []
    told = [piece for _, piece in pieces]
    each = each_of(told, await _reported(conn, turn), judge.same_system)
    rows = {piece.text: row for row, piece in pieces}
    return [Share({rows[words]: words}, {"about": one}) for one, words in each.items()]


async def _reported(conn: Connection, turn: StoredTurn) -> list[Reported]:
    """What is open in the chat and was lately spoken of."""
    rows = await (
        await conn.execute(
            """SELECT id, system, store, reporter_id FROM incidents
               WHERE chat = %s AND status = ANY (%s) AND last_at >= %s
                 AND merged_into IS NULL AND set_aside_at IS NULL
               ORDER BY last_at DESC, id""",
            (
                turn.chat,
                [status.value for status in OPEN_STATUSES],
                turn.last_at - TOGETHER_WITHIN,
            ),
        )
    ).fetchall()
    return [
        Reported(str(r["id"]), r["system"], r["store"], r["reporter_id"] == turn.person_id)
        for r in rows
    ]


def _numbers(gist: Gist) -> Numbers:
    asks = gist.act is Act.STATUS_QUESTION or all(gist.signs.get(sign) for sign in _ASKING)
    ordered = order_of(gist.text)  # 'bot, cancela el 101'
    return numbers_in(gist.text, asks=asks or (ordered is not None and ordered.addressed))


def _all(numbers: Numbers) -> tuple[str, ...]:
    return (*numbers.surely, *numbers.perhaps)


def _meant(told: Together, own: Sequence[Ticketed], judge: Judge) -> list[Ticketed]:
    """Which of their open reports somebody means who says that several things work again."""
    if not told.things:
        return list(own) if told.many in (None, len(own)) else []
    found: dict[str, Ticketed] = {}
    for thing in told.things:
        system = judge.reader.read(f"no funciona {thing}").system
        alike = [one for one in own if one.system and judge.same_system(system, one.system)]
        found |= {one.incident: one for one in alike[:1]}
    return list(found.values())


async def _own(conn: Connection, turn: StoredTurn) -> list[Ticketed]:
    """What who writes has reported lately and is still open, newest first."""
    rows = await (
        await conn.execute(
            """SELECT id, ticket_number, system FROM incidents
               WHERE chat = %s AND reporter_id = %s AND status = ANY (%s) AND last_at >= %s
                 AND merged_into IS NULL AND set_aside_at IS NULL
               ORDER BY last_at DESC, id""",
            (
                turn.chat,
                turn.person_id,
                [status.value for status in OPEN_STATUSES],
                turn.last_at - TOGETHER_WITHIN,
            ),
        )
    ).fetchall()
    return [Ticketed(str(row["id"]), row["ticket_number"], row["system"]) for row in rows]


async def _of_their_store(conn: Connection, turn: StoredTurn) -> list[Ticketed]:
    """What is open in the store of who writes, whoever reported it, newest first: the store that is
    known of them, or that of what they have open here."""
    rows = await (
        await conn.execute(
            """SELECT id, ticket_number, system FROM incidents
               WHERE chat = %(chat)s AND status = ANY (%(open)s) AND last_at >= %(since)s
                 AND merged_into IS NULL AND set_aside_at IS NULL
                 AND store = coalesce(
                   (SELECT p.store FROM persons p WHERE p.id = %(person)s),
                   (SELECT min(o.store) FROM incidents o
                    WHERE o.chat = %(chat)s AND o.status = ANY (%(open)s)
                      AND %(person)s = ANY (o.participants)
                    HAVING count(DISTINCT o.store) = 1))
               ORDER BY last_at DESC, id""",
            {
                "chat": turn.chat,
                "open": [status.value for status in OPEN_STATUSES],
                "since": turn.last_at - TOGETHER_WITHIN,
                "person": turn.person_id,
            },
        )
    ).fetchall()
    return [Ticketed(str(row["id"]), row["ticket_number"], row["system"]) for row in rows]


async def _of_numbers(conn: Connection, chat: str, numbers: Numbers) -> list[Ticketed]:
    """The incidents of a chat with these tickets; a number that may be a store's counts only where
    no store that the chat knows has it."""
    if not numbers:
        return []
    rows = await (
        await conn.execute(
            """SELECT DISTINCT ON (coalesce(i.merged_into, i.id))
                 coalesce(i.merged_into, i.id) AS id, i.ticket_number, i.system
               FROM incidents i
               WHERE i.chat = %(chat)s AND i.status <> 'dismissed'
                 AND (i.ticket_number = ANY (%(surely)s) OR i.ticket_number = ANY (%(perhaps)s)
                   AND NOT EXISTS (SELECT FROM incidents o
                     WHERE o.chat = i.chat AND o.store = i.ticket_number)
                   AND NOT EXISTS (SELECT FROM chats c
                     WHERE c.chat = i.chat AND c.store = i.ticket_number)
                   AND NOT EXISTS (SELECT FROM persons p
                     WHERE p.store = i.ticket_number AND p.id = ANY (
                       SELECT unnest(o.participants) FROM incidents o WHERE o.chat = i.chat)))
               ORDER BY coalesce(i.merged_into, i.id), i.opened_at""",
            {"chat": chat, "surely": list(numbers.surely), "perhaps": list(numbers.perhaps)},
        )
    ).fetchall()
    return [Ticketed(str(row["id"]), row["ticket_number"], row["system"]) for row in rows]
