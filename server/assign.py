"""Decide where the ripe turns of a chat belong: an open incident, a new one, or nothing.

Short, under the chat's lock, and without any model: a candidate exists from the first report on,
so that a second person's report finds it even while the first is still being classified. Where the
evidence is close, a turn may wait for a model that is asked elsewhere (server/close_calls.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog

from domain.answers import refuse_stranger, take_from_colleague, take_late
from domain.assignment import Decision
from domain.deciding.beginning import begin_anyway, may_be_another, refuse_beginning
from domain.deciding.besides import BESIDES
from domain.deciding.harmed import begin_of_harm
from domain.deciding.kinship import OUTAGE_MINUTES
from domain.deciding.second_matter import tell_apart
from domain.incident import Status
from domain.message import MessageKind
from domain.person import Person, Role
from domain.ports import Clock
from domain.reading import code_of
from domain.room import OpenIncident, TurnFacts
from domain.sayings.all_mended import refuse_all_clear
from domain.sayings.assumed import take_where
from domain.sayings.orders import QUESTIONS, Order, direct, names_something, order_of
from domain.sayings.reopening import go_on_anew
from domain.sayings.replied import take_reply
from domain.sayings.waiting import go_on_waiting
from server import vouched
from server.clarify import ask_which, asked_lately, is_guess, take_which
from server.close_calls import CloseCalls, Doubt
from server.hands import Hands
from server.home import Home
from server.judge import Judge
from server.lead_in import begin_of_few_words, take_along, take_question
from server.metrics import Metrics
from server.persistence.assignments import keep_decision
from server.persistence.chatter import keep_chatter
from server.persistence.database import Connection, Pool
from server.persistence.incidents import (
    create_incident,
    outages_elsewhere,
    touch_incident,
)
from server.persistence.matters import divide_turn
from server.persistence.people import load_person
from server.persistence.quotes import part_by_quotes
from server.persistence.senses import packed
from server.persistence.turns import StoredTurn, let_go, lock_chat, ripen, settle_turn
from server.queue import Queue, defer_glimpse, defer_run
from server.shares import shares_of
from server.sight import Sight
from server.situation import Situation, told_of
from server.told_elsewhere import unless_told_elsewhere
from server.unasked import say_nothing_open

log = structlog.get_logger(__name__)


class Assigner:
    """Assigns turns to incidents. `staff` are the bare ids of support people."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        hands: Hands,
        clock: Clock,
        judge: Judge,
        metrics: Metrics,
        close_calls: CloseCalls,
        staff: frozenset[str] = frozenset(),
        home: Callable[[str], Home] = lambda chat: Home(),
        reopens_within: Callable[[str], float] = lambda chat: 172_800.0,
        leads_within: float = 600.0,
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._hands = hands
        self._clock = clock
        self._judge = judge
        self._sight = Sight(clock, judge, staff, home)
        self._metrics = metrics
        self._staff = staff
        self._reopens_within = reopens_within
        self._close_calls = close_calls
        self._leads_within = leads_within

    async def assign_chat(self, chat: str, only: int | None = None) -> None:
        """Assign every turn of a chat that is due, oldest first; one transaction, one at a time.

        With `only`, that turn alone. While somebody else is at it nothing is done: what they miss
        is found by the next look.
        """
        with self._hands.offered() as take:
            async with self._pool.connection() as conn, conn.pipeline(), conn.transaction():
                if not await lock_chat(conn, chat):
                    return
                for incident in await self._assign_due(conn, chat, only):
                    if not take(incident=incident):
                        await defer_run(self._queue, conn, incident)

    async def _assign_due(self, conn: Connection, chat: str, only: int | None) -> list[str]:
        """Assign what is due; the incidents that have something to run now."""
        touched: dict[str, None] = {}
        ripe, waits_for = await ripen(conn, chat, self._clock.now())
        for turn in ripe:
            # What answers a burst that is still being written waits for it, so that it finds
            # its incident: no longer than a burst may last. A quote needs nobody's order.
            if waits_for is not None and waits_for < turn.id and not turn.points:
                break
            if only not in (None, turn.id):
                continue
            parts = await part_by_quotes(conn, turn)
            for part in parts:
                found = await self._assign_all(conn, part, whole=len(parts) == 1)
                touched |= dict.fromkeys(map(str, found or ()))
                if found is None:  # so does what comes after a turn that a model is asked about
                    waits_for = min(turn.id, waits_for or turn.id)
        return list(touched)

    async def _assign_all(
        self, conn: Connection, turn: StoredTurn, *, whole: bool
    ) -> list[UUID] | None:
        """Assign a turn, or each of the matters that it tells of; what one of them went to, the
        others cannot be about. None: a model is asked first, as it may be of a whole turn."""
        if turn.person_id is None or not turn.messages:
            await settle_turn(conn, turn.id, None)
            return []
        person = await load_person(conn, turn.person_id, self._staff)
        shares = await shares_of(conn, turn, self._judge) if person.role is Role.STAFF else []
        turns = await divide_turn(conn, turn, shares) if shares else [turn]
        found: list[UUID] = []
        for one in turns:
            others, may_wait = frozenset(map(str, found)), whole and len(turns) == 1
            went = await self._assign_turn(conn, one, person, others, may_wait=may_wait)
            if went is None:
                return None
            found += [incident for incident in went if incident not in found]
        return found

    async def _assign_turn(
        self,
        conn: Connection,
        turn: StoredTurn,
        person: Person,
        others: frozenset[str],
        *,
        may_wait: bool,
    ) -> list[UUID] | None:
        seen = await self._sight.look(conn, turn, person, others)
        facts = seen.facts
        asked = order_of(facts.gist.text, to_bot=facts.mentions_bot or facts.quotes_bot)
        directed = asked and direct(asked, facts, seen.incidents, self._judge.same_system)
        local = directed or self._weigh(seen)
        taken = self._close_calls.answer(turn, local)
        decision = taken or local
        decision = self._overrule(seen, decision) if directed is None else decision
        met = seen.incident_of(decision)
        near = met or next(iter(seen.incidents), None)
        if near is not None and is_guess(decision, facts, met):
            # Asked once; who quotes it again without a word more means what they spoke of last.
            decision, met = replace(decision, outcome="join", incident_id=near.id), near
            if not await asked_lately(conn, turn, now := self._clock.now()):
                await ask_which(conn, self._queue, turn, near.id, decision, person.name, now)
                return []
        within = timedelta(seconds=self._reopens_within(turn.chat))
        decision = go_on_anew(decision, facts, met, within, seen.incidents)
        doubt = Doubt(turn, facts, local, seen.incidents, seen.room, person.name, seen.group)
        if may_wait and seen.held is None and await self._close_calls.leave(conn, doubt, decision):
            return None
        by = await self._close_calls.settle(conn, doubt, taken, decision)
        decision = await unless_told_elsewhere(conn, seen, decision)
        if decision.outcome == "new":
            decision = await self._under_outage(conn, seen, decision)
        told = told_of(seen, decision, asked, directed=directed is not None)
        await take_question(conn, seen, decision.incident_id)
        await vouched.take_up(conn, seen, self._judge.reader)
        incident = await self._apply(conn, turn, facts, decision, told)
        await self._answer(conn, seen, decision, told)
        await self._keep(conn, seen, decision, incident, by)
        return [] if incident is None else [incident]

    def _weigh(self, seen: Situation) -> Decision:
        """Where the evidence, and who waits for whom, put a turn."""
        facts, incidents, said = seen.facts, seen.incidents, seen.room.remarks
        decision = self._judge.decide(facts, incidents, seen.room)
        decision = take_from_colleague(decision, facts, incidents, said)
        decision = take_late(take_where(decision, facts, incidents, said), facts, incidents)
        return go_on_waiting(take_reply(decision, facts, incidents, said), facts, incidents)

    def _overrule(self, seen: Situation, decision: Decision) -> Decision:
        """What rules make of a decision, whoever made it."""
        facts, judge, near = seen.facts, self._judge, seen.incidents
        name, room = seen.person.name, seen.room
        decision = refuse_stranger(decision, facts, seen.incident_of(decision), room.names)
        decision = refuse_all_clear(decision, facts, near, name, room)
        decision = tell_apart(decision, facts, near, judge.same_system, room, judge.divide)
        decision = begin_anyway(decision, facts, name, near)
        decision = begin_of_harm(decision, facts, near, room)
        decision = begin_of_few_words(decision, seen, judge)
        decision = refuse_beginning(decision, facts, name, near, room)
        return vouched.begin(take_which(decision, seen), seen, judge.is_shared)

    async def _under_outage(
        self, conn: Connection, seen: Situation, decision: Decision
    ) -> Decision:
        """A new incident, under the outage that it is another report of."""
        turn, facts, outage = seen.turn, seen.facts, decision.parent
        elsewhere: list[OpenIncident] = []
        if shared := self._judge.is_shared(facts.gist.system):  # else it cannot be an outage's
            since = turn.last_at - timedelta(minutes=OUTAGE_MINUTES)
            elsewhere = await outages_elsewhere(conn, turn.account, turn.chat, since)
            outage = outage or seen.told_beside(self._judge.same_system)
        kin = None if elsewhere else decision.kin  # found among those of this chat
        outage = outage or self._judge.outage(facts, [*seen.incidents, *elsewhere], seen.room, kin)
        quoted = decision.parent is not None and facts.quotes_something
        own = (decision.reason == BESIDES and not shared) or seen.as_before
        apart = decision.follows or own or not (quoted or may_be_another(facts))
        return replace(decision, parent=None if apart else outage)

    async def _answer(
        self, conn: Connection, seen: Situation, decision: Decision, told: Mapping[str, Any]
    ) -> None:
        """Answer what no run will: a question for what is open where nothing is."""
        order, joined = told.get("order"), seen.incident_of(decision)
        gone = joined is None or joined.status == Status.WITHDRAWN
        unmet = order == Order.PERSON and decision.outcome == "none"
        if order is not None and (unmet or (gone and order in QUESTIONS)):
            now = self._clock.now()
            await say_nothing_open(conn, self._queue, seen.turn, seen.person.name, order, now)
        if order in QUESTIONS and not names_something(seen.facts.gist):
            await let_go(conn, seen.turn.id)

    async def _keep(
        self,
        conn: Connection,
        seen: Situation,
        decision: Decision,
        incident: UUID | None,
        by: str,
    ) -> None:
        """Keep a decision and its author, and what comes of a turn that went nowhere."""
        turn, held, now = seen.turn, seen.held, self._clock.now()
        if held is not None and incident is not None:
            await settle_turn(conn, held.id, incident, {"who": "staff"})
            await keep_decision(conn, held, incident, decision, now)
        self._metrics.turns.inc()
        self._metrics.assignments.labels(outcome=decision.outcome).inc()
        await keep_decision(conn, turn, incident, decision, now, by)
        log.info(
            "assigned",
            outcome=decision.outcome,
            incident=incident and str(incident),
            reason=decision.reason,
            confidence=round(decision.confidence, 3),
            by=by,
            channel=turn.channel,
            trace_id=turn.trace_id,
        )
        if incident is not None:
            return
        await keep_chatter(conn, turn, seen.facts)
        pictured = any(a["mimetype"].startswith("image/") for a in turn.files)
        if pictured and not seen.facts.gist.text.strip() and not seen.facts.from_support:
            await defer_glimpse(self._queue, conn, turn.id)

    async def _apply(
        self,
        conn: Connection,
        turn: StoredTurn,
        facts: TurnFacts,
        decision: Decision,
        told: Mapping[str, Any],
    ) -> UUID | None:
        assert turn.person_id is not None  # noqa: S101 - checked by the caller
        gist = facts.gist
        read = {
            "confidence": decision.confidence,
            "corrects": bool(gist.signs.get("corrects")),
            **told,
            "who": "support" if facts.from_support else "staff",
            **({"danger": True} if gist.signs.get("danger") else {}),
            **({"sense": packed(gist.sense)} if gist.sense else {}),
        }
        only_pointers = all(m.kind in (MessageKind.EDIT, MessageKind.REVOKE) for m in turn.messages)
        nothing_left = only_pointers and not (gist.text.strip() or facts.quoted_incident)
        if decision.outcome == "none" or nothing_left:
            await settle_turn(conn, turn.id, None, read)
            return None
        said = {"store": gist.store, "system": gist.system, "error": code_of(gist.error)}
        if decision.outcome == "new":
            self._metrics.conversations.inc()
            incident = UUID(decision.incident_id) if decision.incident_id else uuid4()
            await create_incident(
                conn,
                incident,
                {
                    **turn.opening,
                    "meaning": list(gist.meaning),
                    "parent": UUID(decision.parent) if decision.parent else None,
                    "follows": UUID(decision.follows) if decision.follows else None,
                    **said,
                },
            )
            await take_along(conn, incident, turn, gist, self._judge.reader, self._leads_within)
        else:
            incident = UUID(decision.incident_id)
            if told.get("order") not in QUESTIONS:
                await touch_incident(conn, incident, turn.person_id, turn.last_at, said)
        await settle_turn(conn, turn.id, incident, read)
        return incident
