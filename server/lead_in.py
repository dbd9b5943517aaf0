"""Gives an incident what was said just before, and had gone nowhere: a new one what its reporter
sent, and one that waits for an answer the colleague's question that it may be the answer to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.assignment import Decision
from domain.deciding.asked_around import begin_of_answer
from domain.deciding.bare_failure import begin_of_failure, said_lately
from domain.deciding.halves import begin_of_halves, other_half
from domain.deciding.lead_in import Before, leads_in, question_before
from domain.deciding.one_line import begin_of_core
from domain.gist import Gist
from domain.message import MessageKind
from domain.ports import Reader
from server.judge import Judge
from server.persistence.database import Connection
from server.persistence.turns import StoredTurn, earlier_turns, lost_turn, settle_along
from server.situation import Situation

# Longer bursts are read as one text only.
LINES = 6


async def take_along(
    conn: Connection,
    incident: UUID,
    turn: StoredTurn,
    gist: Gist,
    reader: Reader,
    within: float,
) -> None:
    """Settle the turns of the last `within` seconds that lead in to this one, oldest first."""
    if turn.person_id is None or not within:
        return
    limit = timedelta(seconds=within)
    since = turn.last_at - limit
    rows = await earlier_turns(conn, turn.chat, turn.person_id, since, turn.last_at)
    said: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        said.setdefault(row["id"], []).append(row)
    before = [_before(messages, reader) for messages in said.values()]
    for one in leads_in(before, turn.last_at, limit, gist):
        await settle_along(conn, one, incident, turn.last_at)


async def take_question(conn: Connection, seen: Situation, incident: str | None) -> None:
    """Settle the question that a turn may answer in the incident that the turn goes to."""
    met = next((i for i in seen.incidents if i.id == incident), None)
    question = question_before(seen.facts, met, seen.room)
    if question is None or met is None:
        return
    turn = await lost_turn(conn, seen.turn.chat, question.id)
    if turn is not None:
        await settle_along(conn, turn, UUID(met.id), seen.turn.last_at)


def begin_of_few_words(decision: Decision, seen: Situation, judge: Judge) -> Decision:
    """The same decision, unless it takes for nothing the second half of a report, the answer to who
    asks whether others have it, the only words of a report ('no jala'), or one line of a burst, or
    what stands between greetings and pleas."""
    reader = judge.reader
    said = other_half(seen.facts, seen.room.remarks)
    before = reader.read(said.text) if said is not None else None
    decision = begin_of_halves(decision, seen.facts, before)
    decision = begin_of_answer(decision, seen.facts, seen.room.remarks, seen.incidents)
    lately = said_lately(seen.room, seen.facts)
    talk = [reader.read(one.text) for one in lately]
    name = seen.person.name
    decision = begin_of_failure(decision, seen.facts, name, seen.incidents, talk)
    if decision.outcome != "none":
        return decision
    text = seen.facts.gist.text
    lines = text.splitlines() if len(seen.turn.messages) > 1 else []
    lone = [reader.read(line) for line in lines] if 1 < len(lines) <= LINES else []
    core = judge.core(text)
    read = seen.facts.gist if core == text else reader.read(core)
    return begin_of_core(decision, seen.facts, name, seen.incidents, lone, read)


def _before(messages: list[dict[str, Any]], reader: Reader) -> Before:
    text = "\n".join(m["text"] for m in messages if m["text"])
    return Before(
        turn=messages[0]["id"],
        at=messages[0]["last_at"],
        gist=reader.read(text) if text else Gist("", 0.0),
        has_files=any(m["files"] for m in messages),
        nowhere=messages[0]["state"] in ("nothing", "shown"),
        gone=any(m["gone"] for m in messages),
        deletes=all(m["kind"] == MessageKind.REVOKE for m in messages),
    )
