"""Answers who asks the bot how it goes, or what it can do, or for support, where nothing is open.

What leaves belongs to an incident: this word has one of its own, which is over before it begins,
so that nothing joins it, nobody counts it and no run is made of it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from domain.incident import Status
from domain.sayings.orders import Order
from server.clarify import plan_reply
from server.persistence.database import Connection
from server.persistence.incidents import create_incident
from server.persistence.turns import StoredTurn
from server.queue import Queue

_SECTIONS = {Order.HELP.value: "help", Order.PERSON.value: "person_none"}


async def say_nothing_open(
    conn: Connection, queue: Queue, turn: StoredTurn, name: str, order: str, now: datetime
) -> None:
    """Plan one answer to the newest message of the turn."""
    incident, said = uuid4(), turn.messages[-1].id
    await create_incident(conn, incident, turn.opening, Status.DISMISSED)
    section = _SECTIONS.get(order, "status_none")
    await plan_reply(conn, queue, incident, section, said, name, now)
