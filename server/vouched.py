"""Has what went nowhere assigned anew once whoever helps takes it up."""

from __future__ import annotations

from collections.abc import Callable

from domain.assignment import Decision
from domain.deciding.and_store import begin_and_there
from domain.deciding.vouched import begin_vouched, may_be_told, taken_up
from domain.ports import Reader
from server.each_store import begin_there
from server.persistence.database import Connection
from server.persistence.turns import lost_turn
from server.situation import Situation

# Of a turn that went nowhere before a helper took it up.
VOUCHED = "vouched"
Shared = Callable[[str | None], bool]


def begin(decision: Decision, seen: Situation, shared: Shared) -> Decision:
    """The same decision, or a beginning of what a helper has taken up, or of what a
    further store of an answer has too."""
    vouched = bool(seen.turn.data.get(VOUCHED))
    begun = begin_vouched(decision, seen.facts.gist, vouched=vouched)
    begun = begin_there(begun, seen.turn.data, seen.facts.gist)
    open_ones = [one for one in seen.incidents if shared(one.system)]
    return begin_and_there(begun, seen.facts, open_ones, seen.room.remarks)


async def take_up(conn: Connection, seen: Situation, reader: Reader) -> None:
    """Have the turn that a helper's is for assigned again, as soon as this one is done."""
    quoted = frozenset(m.quotes for m in seen.turn.messages if m.quotes)
    told = taken_up(seen.facts, seen.person.name, seen.room, quoted)
    if told is None or not may_be_told(reader.read(told.text)):
        return
    turn = await lost_turn(conn, seen.turn.chat, told.id)
    if turn is not None:
        await conn.execute(
            """UPDATE turns SET state = 'shown', due_at = %s, data = data || '{"vouched": true}',
                 updated_at = now() WHERE id = %s AND state = 'nothing'""",
            (seen.facts.at, turn),
        )
