"""How lines reach the door: WAHA's webhooks, now and then late, twice, out of order, in the dark,
and under another id of the same person."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from evals.group.run import KINDS
from evals.simulate.truth import Line, Person
from sandbox.waha.wire import Json, Media, Message, envelope, message_id, message_payload

BASE_URL = "http://waha"
SESSION = "default"
ME: Json = {"id": "999000000000@c.us", "pushName": "Recado", "lid": "900000000000000@lid"}
TWICE, MUCH_LATER, LATE, IN_THE_DARK = 0.04, 0.25, 0.03, 0.005


@dataclass(frozen=True)
class Delivery:
    """One webhook: when it comes and its raw body."""

    at: datetime
    body: bytes


def deliveries(line: Line, chance: random.Random) -> list[Delivery]:
    """The webhooks of one line. Its own time stays what it is, however late it comes."""
    delay = chance.uniform(5, 45) if chance.random() < LATE else chance.uniform(0, 2)
    at = line.at + timedelta(seconds=delay)
    body = _body(line, chance)
    found = [Delivery(at, body)]
    if chance.random() < IN_THE_DARK and not (line.edits or line.revokes):
        found = [
            Delivery(at, envelope("message.waiting", _payload(line, chance), SESSION, ME)[1]),
            Delivery(at + timedelta(seconds=chance.uniform(3, 30)), body),
        ]
    if chance.random() < TWICE:
        wait = chance.uniform(300, 7200) if chance.random() < MUCH_LATER else chance.uniform(0, 8)
        found.append(Delivery(found[-1].at + timedelta(seconds=wait), body))
    return found


def _body(line: Line, chance: random.Random) -> bytes:
    if line.revokes:
        payload: Json = {
            "after": _payload(line, chance),
            "before": None,
            "revokedMessageId": line.revokes,
            "_data": {},
        }
        return envelope("message.revoked", payload, SESSION, ME)[1]
    if line.edits:
        said = _message(line, chance)
        payload = _payload(line, chance) | {
            "id": message_id(said, line.id),
            "editedMessageId": line.edits,
        }
        return envelope("message.edited", payload, SESSION, ME)[1]
    return envelope("message", _payload(line, chance), SESSION, ME)[1]


def _payload(line: Line, chance: random.Random) -> Json:
    return message_payload(_message(line, chance), None, str(ME["id"]), BASE_URL)


def _message(line: Line, chance: random.Random) -> Message:
    sender, phone = _ids(line.person, chance)
    return Message(
        chat=line.group,
        stanza=line.id,
        sender=sender,
        name=line.person.name,
        text=line.text,
        at=int(line.at.timestamp()),
        quote=line.quotes,
        media=media_of(line),
        voice=any(photo.kind == "voice" for photo in line.photos),
        phone=phone,
    )


def _ids(person: Person, chance: random.Random) -> tuple[str, str | None]:
    """The id that a message comes under, and the other one where the gateway tells it."""
    if not person.flips:
        return person.lid, None
    draw = chance.random()
    if draw < 0.25:
        return person.phone, None
    return person.lid, person.phone if draw < 0.7 else None


def media_of(line: Line) -> Media | None:
    """The file of a line under WAHA's name for it."""
    if not line.photos:
        return None
    _, mimetype = KINDS[line.photos[0].kind]
    name = f"{line.id}.{mimetype.partition('/')[2]}"
    return Media(name, mimetype, "documento.pdf" if line.photos[0].kind == "document" else None)
