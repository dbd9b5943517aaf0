"""A quote that cannot be read is asked about and not guessed: its words wait for the answer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import prompts
from domain.assignment import Decision
from domain.effect import Effect, EffectKind, Lane, reply_key
from domain.incident import OPEN_STATUSES
from domain.likeness import agree
from domain.room import OpenIncident, TurnFacts
from server.persistence.assignments import keep_decision
from server.persistence.database import Connection
from server.persistence.outbox import plan_effects
from server.persistence.turns import StoredTurn, settle_turn, unclear_turn
from server.queue import Queue, defer_send
from server.situation import Situation

# How long the answer may take to be one.
WAITS = timedelta(minutes=30)
# So few words say no more than where it is.
ANSWER_WORDS = 4
THERE = "says in which store what they mean is"
UNCLEAR = "quotes what cannot be read: asked which one is meant"


def is_guess(decision: Decision, facts: TurnFacts, met: OpenIncident | None) -> bool:
    """Whether only an unreadable quote could say which incident is meant: the words do not.

    Who was asked there and quotes what we have no id of quotes our question: the answer to its
    sending was lost.
    """
    if not facts.quote_unreadable or decision.outcome == "none":
        return False
    if met is not None and met.pending_field and met.asked_person == facts.person_id:
        return False
    gist = facts.gist
    return not (gist.system and (gist.said_store or facts.home_store)) and not gist.error


def take_which(decision: Decision, seen: Situation) -> Decision:
    """The same decision, unless it takes for nothing the store alone, said by whom we have just
    asked which one they mean: that is the one thing open there."""
    words = " ".join(message.text for message in seen.turn.messages)
    if seen.held is None or decision.outcome != "none" or len(words.split()) > ANSWER_WORDS:
        return decision
    numbers = re.findall(r"(?<!\w)\d{1,4}(?!\w)", words)
    store = numbers[0] if len(numbers) == 1 else seen.facts.gist.said_store
    there = [i for i in seen.incidents if i.status in OPEN_STATUSES and agree(store, i.store)]
    return Decision("join", there[0].id, 0.9, THERE) if len(there) == 1 else decision


async def held_back(conn: Connection, turn: StoredTurn, now: datetime) -> StoredTurn | None:
    """The turn of this person about which they were asked just now."""
    if turn.person_id is None:
        return None
    return await unclear_turn(conn, turn.chat, turn.person_id, now - WAITS)


async def asked_lately(conn: Connection, turn: StoredTurn, now: datetime) -> bool:
    """Whether this person was asked so just now, whatever came of it."""
    found = await (
        await conn.execute(
            """SELECT 1 FROM turns WHERE chat = %s AND person_id = %s AND data ? 'unclear'
                 AND last_at >= %s LIMIT 1""",
            (turn.chat, turn.person_id, now - WAITS),
        )
    ).fetchone()
    return found is not None


async def ask_which(
    conn: Connection,
    queue: Queue,
    turn: StoredTurn,
    near: str,
    decision: Decision,
    name: str,
    now: datetime,
) -> None:
    """Hold the turn back, and ask its writer what they mean, in the lane of the incident that is
    likely meant."""
    await settle_turn(conn, turn.id, None, {"unclear": True})
    unclear = Decision("none", None, decision.confidence, UNCLEAR)
    await keep_decision(conn, turn, None, unclear, now)
    await plan_reply(conn, queue, UUID(near), "which_one", turn.messages[-1].id, name, now)


async def plan_reply(
    conn: Connection,
    queue: Queue,
    incident: UUID,
    text: str,
    said: str,
    name: str,
    now: datetime,
) -> None:
    """Plan words of `follow_up` for the writer of the message `said`, in the lane of an incident
    of which they do not speak: who quotes them means none."""
    effect = Effect(
        key=reply_key(str(incident), said),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        purpose="clarify",
        payload={
            "text": prompts.load("follow_up").say(text, person=prompts.address(name)),
            "quote": said,
            "mentions": [],
        },
    )
    for lane in await plan_effects(conn, incident, [effect], 0, now):
        await defer_send(queue, conn, str(incident), lane)
