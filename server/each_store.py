"""Gives every store of an answer its own incident: '45 y 46', asked for the store of one report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.assignment import Decision
from domain.gist import Gist
from domain.sayings.several import AnswerForSeveral, Waiting
from server.judge import Judge
from server.persistence.database import Connection
from server.persistence.matters import Share
from server.persistence.questions import APART
from server.persistence.turns import StoredTurn

THERE_TOO = "names another store in the answer to which store it is"
# Of the share of each further store: what was reported, and the outage that it is of.
ALSO = "also_there"
_NUMBER = re.compile(r"\d+")


async def shares_of_stores(
    conn: Connection,
    turn: StoredTurn,
    answer: AnswerForSeveral,
    waiting: Sequence[Waiting],
    judge: Judge,
) -> list[Share]:
    """A share for each store that an answer names for the only report that waits for one; none
    where it says what they are for, or where that report has not said yet what happens."""
    stores = list(dict.fromkeys(one.store for one in answer.told))
    numbers = [n for message in turn.messages for n in _NUMBER.findall(message.text)]
    named = len(waiting) == 1 and not any(one.systems for one in answer.told)
    if not named or answer.of_all or len(stores) < 2 or stores != [str(int(n)) for n in numbers]:
        return []
    row = await (
        await conn.execute(
            "SELECT fields ->> 'problem' AS problem FROM incidents WHERE id = %s",
            (UUID(waiting[0].id),),
        )
    ).fetchone()
    system = waiting[0].system
    if row is None or not row["problem"] or not system:
        return []
    parent = waiting[0].id if judge.is_shared(system) else None
    also = {"problem": row["problem"], "system": system, "parent": parent}
    first, *others = answer.told
    return [
        Share(
            {turn.messages[first.place].row: first.text},
            {"about": waiting[0].id, "store": first.store, APART: True},
        ),
        *(
            Share({turn.messages[one.place].row: one.text}, {"store": one.store, ALSO: also})
            for one in others
        ),
    ]


def begin_there(decision: Decision, data: Mapping[str, Any], gist: Gist) -> Decision:
    """The same decision, or the beginning of what a further store of an answer has too."""
    if not (also := data.get(ALSO)):
        return decision
    return Decision("new", None, max(gist.incident, 0.9), THERE_TOO, parent=also["parent"])


def told_there(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the run of such a share is told: what happens, and to what."""
    if not (also := data.get(ALSO)):
        return {}
    return {
        "besides": True,
        "as_before": also["problem"],
        "as_thing": also["system"],
        "where": data["store"],
    }
