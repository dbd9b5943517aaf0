"""What of a turn belongs to which problem: its own matters, or those of the message it changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from domain.answers import ANSWERED_WITHIN
from domain.deciding.second_matter import answer_in_front
from domain.matters import Matter, left_out, newly_told
from domain.message import MessageKind
from domain.room import Alike, OpenIncident
from domain.sayings.several import share_out
from server.asked_of_each import shares_of_question
from server.each_store import shares_of_stores
from server.judge import Judge
from server.numbered import shares_of_each, shares_of_several
from server.persistence.database import Connection
from server.persistence.matters import LEFT_OUT, Share, Told, told_of
from server.persistence.questions import APART, asked_lately_for_store, waiting_for_store
from server.persistence.turns import StoredTurn

# Of a share that tells what works again.
MENDED = "mended"
Divide = Callable[[Sequence[str]], list[Matter]]
CHANGES = (MessageKind.EDIT, MessageKind.REVOKE)


async def shares_of(conn: Connection, turn: StoredTurn, judge: Judge) -> list[Share]:
    """The shares of a turn; none when it is one matter."""
    divide = judge.divide
    if all(m.kind in CHANGES and m.target for m in turn.messages):
        return await _of_changes(conn, turn, divide)
    if answers := await _of_answers(conn, turn, judge):
        return answers
    if any(m.quotes or m.target for m in turn.messages):
        return []
    several = await shares_of_several(conn, turn, judge)
    if len(several) > 1:
        return several
    if each := await shares_of_each(conn, turn, judge):
        return each
    if asked := await shares_of_question(conn, turn):
        return asked
    texts = [m.text for m in turn.messages]
    if answered := await _answer_and_more(conn, turn, texts, judge):
        return answered
    matters = divide(texts)
    if len(matters) < 2:
        return []
    told = [matter.texts(texts) for matter in matters]
    # A photo goes with the words before it; the first ones with the words after them.
    for place, text in enumerate(texts):
        if not text.strip():
            before = [n for n, words in enumerate(told) if any(p < place for p in words)]
            told[before[-1] if before else 0][place] = text
    return [
        Share(
            {turn.messages[place].row: text for place, text in sorted(words.items())},
            {
                **({"store": matter.store} if matter.store else {}),
                **({MENDED: True} if matter.mended else {}),
            },
        )
        for matter, words in zip(matters, told, strict=True)
    ]


async def _answer_and_more(
    conn: Connection, turn: StoredTurn, texts: Sequence[str], judge: Judge
) -> list[Share]:
    """The store that its writer was asked for, and the second matter told behind it; none where
    they were not asked or go on about the same thing."""
    end = answer_in_front(texts)
    if end is None:
        return []
    behind = [texts[0][end:], *texts[1:]]
    answer, more = judge.reader.read(texts[0][:end]), judge.reader.read("\n".join(behind).strip())
    numbers = re.findall(r"\d+", answer.text)
    store = answer.said_store or (numbers[0] if len(numbers) == 1 else None)
    if not store or not answer.signs.get("names_store") or answer.system or not more.system:
        return []
    if (more.said_store or store) != store or not (more.problem or more.signs.get("also")):
        return []
    things = [one.system for one in await waiting_for_store(conn, turn.chat, turn.person_id)]
    if not things or any(not thing or judge.same_system(more.system, thing) for thing in things):
        return []
    rows = [message.row for message in turn.messages]
    told = {row: text for row, text in zip(rows, behind, strict=True) if text.strip()}
    for row, message in zip(rows, turn.messages, strict=True):
        if not message.text.strip():  # a photo
            told[row] = message.text
    return [Share({rows[0]: texts[0][:end]}, {}), Share(told, {"store": store})]


def left_for(
    turn: StoredTurn,
    system: str | None,
    same_system: Alike,
    incidents: Sequence[OpenIncident],
    others: frozenset[str],
) -> list[OpenIncident]:
    """The incidents that a turn may be about: none that another share of its burst went to; and
    that a thing works again, beside what fails now, is said of that thing alone."""
    mended = turn.data.get(MENDED, False)
    return [
        i for i in incidents if i.id not in others and (not mended or same_system(system, i.system))
    ]


async def _of_answers(conn: Connection, turn: StoredTurn, judge: Judge) -> list[Share]:
    """An answer that says for several reports of its writer, or for one of them, where it is."""
    texts = [m.text for m in turn.messages]
    answer = judge.answer_for_several(texts)
    if not answer.told or any(m.attachments or m.target for m in turn.messages):
        return []
    waiting = await waiting_for_store(conn, turn.chat, turn.person_id)
    if not waiting and answer.names_which:
        since = turn.last_at - ANSWERED_WITHIN
        waiting = await asked_lately_for_store(conn, turn.chat, since)
        if answer.many not in (None, len(waiting)):
            return []
    if each := await shares_of_stores(conn, turn, answer, waiting, judge):
        return each
    rows = {m.row: m.text for m in turn.messages}
    return [
        Share(
            {turn.messages[one.told.place].row: one.told.text} if one.told.text else rows,
            {
                "about": one.id,
                "store": one.told.store,
                **({APART: True} if one.apart else {}),
            },
        )
        for one in share_out(answer, waiting, judge.same_system)
    ]


async def _of_changes(conn: Connection, turn: StoredTurn, divide: Divide) -> list[Share]:
    """An edit or a revoke of a message that tells of several incidents is about each of them; one
    that an edit has nothing of any more is as good as deleted. What an edit adds to a message is a
    matter of its own."""
    found = await told_of(conn, turn.chat, [m.target for m in turn.messages if m.target])
    told = [one for one in found if not one.gone] or found
    texts = [m.text for m in turn.messages]
    matters = divide(texts)
    if len(told) == 1:
        alone = Share({m.row: m.text for m in turn.messages}, {"about": str(told[0].incident)})
        return _added(turn, told[0], matters) or ([alone] if len(found) > 1 else [])
    gone: frozenset[int] = frozenset()
    if len(matters) < len(told) and all(m.kind == MessageKind.EDIT for m in turn.messages):
        gone = left_out([one.text for one in told], "\n".join(texts))
    shares, place = [], 0
    for n, one in enumerate(told):
        # As many matters as before: each has its own new words.
        apart = len(matters) == len(told) - len(gone) and n not in gone
        own = matters[place].texts(texts) if apart else {}
        place += n not in gone
        words = {m.row: own.get(p, m.text) for p, m in enumerate(turn.messages)}
        about: dict[str, Any] = {"about": str(one.incident)}
        if n in gone:
            words, about = dict.fromkeys(words, ""), {**about, LEFT_OUT: True}
        shares.append(Share(words, about))
    return shares


def _added(turn: StoredTurn, told: Told, matters: Sequence[Matter]) -> list[Share]:
    """The shares of an edit that tells of more than the one incident of its message."""
    if len(turn.messages) != 1 or len(matters) < 2:
        return []
    (message,) = turn.messages
    words = [matter.texts([message.text]).get(0, "") for matter in matters]
    new = newly_told(told.text, words)
    if message.kind != MessageKind.EDIT or not new:
        return []
    return [
        Share(
            {message.row: text},
            {"about": None, **({"store": matter.store} if matter.store else {})}
            if n in new
            else {"about": str(told.incident)},
        )
        for n, (matter, text) in enumerate(zip(matters, words, strict=True))
    ]
