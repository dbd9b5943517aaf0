"""A webhook body of WAHA becomes messages; what cannot be used is set aside, never its neighbours.

The body is signed but still untrusted: whatever it holds, nothing but BadInput is raised.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NoReturn

from pydantic import ValidationError

from domain.errors import BadInput
from domain.message import OURSELVES, Message, MessageKind, Sender
from domain.person import bare_id
from tools.channels.waha.content import TEXT_CAP, content_of, context_of, read_content
from tools.channels.waha.ids import (
    MessageId,
    chat_id,
    id_text,
    is_broadcast,
    message_id,
    person_ids,
    stanza_of,
)
from tools.channels.waha.wire import Envelope, Payload, dig, seconds, words

_EVENTS_CAP = 1_000
_MENTIONS_CAP = 200
_DIGITS_CAP = 100
_BAD_CAP = 8_192
_UNSTORABLE = re.compile("[\ud800-\udfff]")
_SAID = frozenset({"message", "message.any"})


@dataclass(frozen=True)
class BadEvent:
    """An event that cannot be used: why, in few words, and its JSON as text, cut at 8 KB."""

    reason: str
    body: str


@dataclass
class Parsed:
    """What one delivery held. `ignored` counts events that say nothing; `names` are of chats."""

    messages: list[Message] = field(default_factory=list)
    bad: list[BadEvent] = field(default_factory=list)
    ignored: int = 0
    names: dict[str, str] = field(default_factory=dict)


def parse_delivery(raw: bytes, now: datetime) -> Parsed:
    """The messages in one body, which is an event or an array of them.

    `now` stands in for times that are missing or absurd. Raises BadInput for unreadable JSON.
    """
    tree = _read_json(raw)
    events = tree if isinstance(tree, list) else [tree]
    if not isinstance(tree, list | dict):
        raise BadInput("the body is no JSON object or array")
    if len(events) > _EVENTS_CAP:
        raise BadInput(f"too many events in one body: more than {_EVENTS_CAP}")
    parsed = Parsed()
    for event in events:
        try:
            message = _read_event(event, now, parsed.names)
        except ValidationError as error:
            parsed.bad.append(BadEvent(_reason(error), _shown(event)))
        except BadInput as error:
            parsed.bad.append(BadEvent(str(error), _shown(event)))
        else:
            if message is None:
                parsed.ignored += 1
            else:
                parsed.messages.append(message)
    return parsed


# -- JSON -----------------------------------------------------------------------------------------


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _read_int(digits: str) -> int:
    if len(digits) > _DIGITS_CAP:
        raise ValueError("a number is too long")
    return int(digits)


def _read_json(raw: bytes) -> object:
    try:
        text = raw.decode("utf-8-sig")
        tree: object = json.loads(text, parse_constant=_refuse_constant, parse_int=_read_int)
    except RecursionError as error:
        raise BadInput("the body is nested too deeply") from error
    except ValueError as error:  # also JSONDecodeError and UnicodeDecodeError
        raise BadInput("the body is not JSON in UTF-8") from error
    # NULs and lone surrogates can only come as escapes; ordinary bodies skip the walk.
    return _storable_tree(tree) if "\\u" in text else tree


def _storable(text: str) -> str:
    """Without what Postgres cannot keep: NULs go, lone surrogates become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\0", ""))


def _storable_tree(tree: object) -> object:
    """The same JSON with every string storable; a loop, since trees may be deep."""
    if isinstance(tree, str):
        return _storable(tree)
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            items = [(_storable(key), value) for key, value in node.items()]
            node.clear()
            node.update((key, _leaf(value, todo)) for key, value in items)
        elif isinstance(node, list):
            node[:] = [_leaf(value, todo) for value in node]
    return tree


def _leaf(value: object, todo: list[object]) -> object:
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, dict | list):
        todo.append(value)
    return value


def _shown(event: object) -> str:
    try:
        return json.dumps(event, ensure_ascii=False)[:_BAD_CAP]
    except RecursionError:
        return "(nested too deeply to show)"


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'event'}: {first['type']}"


# -- events ---------------------------------------------------------------------------------------


def _read_event(event: object, now: datetime, names: dict[str, str]) -> Message | None:
    """One event's message; None when it is of a kind that says nothing."""
    kind = dig(event, "event")
    if isinstance(kind, str) and kind.startswith("group."):
        _learn_name(event, names)
        return None
    if isinstance(kind, str) and kind not in _READERS:
        return None
    envelope = Envelope.model_validate(event)
    payload = Payload.model_validate(envelope.payload)
    message = _READERS[envelope.event](_Event(envelope, payload, now))
    if message is not None and message.chat_name:
        names[message.chat] = message.chat_name
    return message


def _learn_name(event: object, names: dict[str, str]) -> None:
    """Group events tell the group's name; nothing else of them is used."""
    group = dig(event, "payload", "group")
    chat = chat_id(dig(group, "id"))
    name = words(dig(group, "subject")) or words(dig(group, "name"))
    if chat and name:
        names[chat] = name


class _Event:
    """One event and what is common to all kinds: its chat, sender and time."""

    def __init__(self, envelope: Envelope, payload: Payload, now: datetime) -> None:
        self.envelope = envelope
        self.payload = payload
        self.data = payload.data or {}
        self.now = now

    def message(self, kind: MessageKind, text: str = "") -> Message | None:
        """The message of this kind; None for a status or a channel. Raises BadInput."""
        payload = self.payload
        found = message_id(payload.id) or message_id(dig(self.data, "key", "id"))
        if found is None:
            raise BadInput("payload.id: no message id")
        from_me = payload.fromMe if payload.fromMe is not None else bool(found.from_me)
        given = found.chat or id_text(payload.to if from_me else payload.from_)
        if is_broadcast(given):
            return None
        chat = chat_id(given)
        if chat is None:
            raise BadInput("payload.id: no chat id")
        return Message(
            channel="waha",
            account=self.envelope.session,
            chat=self._one_chat(chat),
            id=found.stanza,
            kind=kind,
            sender=self.me() if from_me else self._sender(chat, found),
            sent_at=datetime.fromtimestamp(self.time() or self.now.timestamp(), UTC),
            text=text,
            from_me=from_me,
            chat_name=self._chat_name() if chat.endswith("@g.us") else None,
            wire_id=id_text(payload.id),
            raw={
                "event_id": words(self.envelope.id),
                "event": self.envelope.event,
                "engine": words(self.envelope.engine),
            },
        )

    def time(self) -> float | None:
        """Seconds since 1970, of the message or else of the envelope; None when neither is sane."""
        own = seconds(self.payload.timestamp, self.now)
        return own if own is not None else seconds(self.envelope.timestamp, self.now)

    def _one_chat(self, chat: str) -> str:
        """A person's chat comes under a LID or a phone (WAHA #1627): the phone, if it is told."""
        if not chat.endswith("@lid"):
            return chat
        _, phone = person_ids([dig(self.data, "key", "remoteJidAlt")])
        return f"{phone}@c.us" if phone else chat

    def _sender(self, chat: str, found: MessageId) -> Sender:
        payload, data = self.payload, self.data
        candidates: list[object] = [
            payload.participant,
            payload.author,
            found.participant,
            dig(data, "key", "participant"),
            dig(data, "author"),
            dig(data, "Info", "Sender"),
            payload.participantAlt,
            dig(data, "key", "participantAlt"),
            dig(data, "participantAlt"),
            dig(data, "Info", "SenderAlt"),
        ]
        if not chat.endswith("@g.us"):
            candidates += [chat, payload.from_, dig(data, "key", "remoteJidAlt")]
        lid, phone = person_ids(candidates)
        called = (
            payload.notifyName,
            payload.pushName,
            dig(data, "notifyName"),
            dig(data, "pushName"),
            dig(data, "Info", "PushName"),
        )
        return Sender(lid=lid, phone=phone, name=next(filter(None, map(words, called)), None))

    def me(self) -> Sender:
        """The account that the event was heard by: ourselves."""
        me = self.envelope.me
        if me is None:
            return Sender()
        lid, phone = person_ids([me.id, me.lid])
        return Sender(lid=lid, phone=phone, name=words(me.pushName))

    def _chat_name(self) -> str | None:
        payload, data = self.payload, self.data
        named = (
            payload.chatName,
            payload.groupName,
            payload.group and (payload.group.subject or payload.group.name),
            dig(data, "chat", "name"),
            dig(data, "chatName"),
            dig(data, "groupName"),
            dig(data, "groupSubject"),
        )
        return next(filter(None, map(words, named)), None)


def _read_said(event: _Event) -> Message | None:
    """`message` and `message.any`: the same message, whichever is subscribed to."""
    found = read_content(event.payload)
    if found is None:
        return None
    kind, text, attachments = found
    message = event.message(kind, text)
    return replace(_linked(message, event), attachments=attachments) if message else None


def _linked(message: Message, event: _Event) -> Message:
    """The message with what it refers to: the one it answers, and whom it mentions."""
    payload, data = event.payload, event.data
    context = context_of(content_of(data))
    quotes = stanza_of(payload.replyTo.id if payload.replyTo else None)
    for other in (context.get("stanzaId"), context.get("stanzaID"), data.get("quotedStanzaID")):
        quotes = quotes or stanza_of(other)
    lists = (
        payload.mentions,
        data.get("mentionedIds"),
        data.get("mentionedJidList"),
        data.get("mentionedJid"),
        context.get("mentionedJid"),
        context.get("mentionedJID"),
    )
    named = [
        bare_id(chat_id(one) or "")
        for listed in lists
        if isinstance(listed, list)
        for one in listed[:_MENTIONS_CAP]
    ]
    ours = {bare_id(value) for _, value in event.me().ids()}
    return replace(
        message,
        quotes=quotes,
        quoted_text=words(payload.replyTo.body, TEXT_CAP) if payload.replyTo else None,
        mentions=tuple(dict.fromkeys(OURSELVES if one in ours else one for one in named if one)),
    )


def _read_waiting(event: _Event) -> Message | None:
    """Not decrypted yet: the content may follow under the same id."""
    return event.message(MessageKind.PLACEHOLDER)


def _read_edited(event: _Event) -> Message | None:
    """A message's new text. WEBJS repeats the original's id and time, hence `version`."""
    payload = event.payload
    if payload.body is None:
        raise BadInput("payload.body: an edit without a text")
    target = stanza_of(payload.editedMessageId) or stanza_of(payload.id)
    message = event.message(MessageKind.EDIT, payload.body[:TEXT_CAP])
    if message is None:
        return None
    return replace(_linked(message, event), target=target, version=_edit_time(event))


def _edit_time(event: _Event) -> int:
    """When the edit was made, in ms; the same in every delivery of it, so never our own clock."""
    protocol = [
        dig(event.data, "editedMessage", "message", "protocolMessage", "timestampMs"),
        dig(event.data, "message", "protocolMessage", "timestampMs"),
        dig(event.data, "message", "editedMessage", "message", "protocolMessage", "timestampMs"),
        dig(event.data, "Message", "protocolMessage", "timestampMS"),
        dig(event.data, "latestEditSenderTimestampMs"),
    ]
    own = stanza_of(event.payload.id) != stanza_of(event.payload.editedMessageId)
    last = [event.payload.timestamp, event.envelope.timestamp]
    for value in (*protocol, *(last if own else reversed(last))):
        found = seconds(value, event.now)
        if found is not None:
            return int(found * 1000)
    return zlib.crc32((event.payload.body or "").encode())


def _read_revoked(event: _Event) -> Message | None:
    """A message was deleted, by its author or by an admin; what it said is rarely told."""
    outer = event.payload
    before = outer.before or {}
    act = outer.after or (before if id_text(outer.id) is None else None)
    if act is not None:
        event = _Event(event.envelope, Payload.model_validate(act), event.now)
    target = stanza_of(outer.revokedMessageId) or stanza_of(before.get("id"))
    target = target or stanza_of(event.payload.id)
    message = event.message(MessageKind.REVOKE)
    return replace(message, target=target) if message else None


def _read_reaction(event: _Event) -> Message | None:
    """An emoji on a message; an empty text takes it back."""
    reaction = event.payload.reaction
    target = stanza_of(reaction.messageId) if reaction else None
    if reaction is None or target is None:
        raise BadInput("payload.reaction: no target")
    message = event.message(MessageKind.REACTION, (reaction.text or "")[:200])
    return replace(message, target=target) if message else None


_READERS = {
    **dict.fromkeys(_SAID, _read_said),
    "message.waiting": _read_waiting,
    "message.edited": _read_edited,
    "message.revoked": _read_revoked,
    "message.reaction": _read_reaction,
}
