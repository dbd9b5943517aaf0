"""What WAHA's webhooks become, whichever engine made them, and what becomes of rubbish."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.message import OURSELVES, Message, MessageKind
from tools.channels.waha.parse import Parsed, parse_delivery

GROUP = "120363041234567890@g.us"
LUPITA = "111111111111111@lid"
AT = 1_790_000_000
NOW = datetime.fromtimestamp(AT + 60, UTC)
STANZA = "3EB0000000000000000001"
ID = f"false_{GROUP}_{STANZA}_111111111111111@lid"


def event(kind: str = "message", **payload: Any) -> dict[str, Any]:
    """An event as facts/channels.md D1 shows it, with some of its payload replaced."""
    return {
        "id": "evt_01hz5q8x3v8rz7t1kx5j2wq7n9",
        "timestamp": AT * 1000 + 485,
        "event": kind,
        "session": "default",
        "metadata": {"apikey": "no"},
        "me": {"id": "919811111111@c.us", "pushName": "Bot", "lid": "999@lid"},
        "engine": "NOWEB",
        "environment": {"tier": "CORE", "version": "2026.7.1"},
        "payload": {
            "id": ID,
            "timestamp": AT,
            "from": GROUP,
            "fromMe": False,
            "source": "app",
            "to": "919811111111@c.us",
            "participant": "111111111111111@lid",
            "body": "No imprime",
            "hasMedia": False,
            "media": None,
            "replyTo": None,
            "ack": 1,
            "vCards": [],
            "_data": {},
        }
        | payload,
    }


def parse(*events: Any) -> Parsed:
    body = events[0] if len(events) == 1 else list(events)
    return parse_delivery(json.dumps(body).encode(), NOW)


def one(*events: Any) -> Message:
    """The one message of a delivery in which nothing else was."""
    parsed = parse(*events)
    assert parsed.bad == []
    assert parsed.ignored == 0
    (message,) = parsed.messages
    return message


def test_a_text_of_a_group() -> None:
    message = one(event())
    assert message.key == ("default", GROUP, STANZA, "text", 0)
    assert message.channel == "waha"
    assert message.text == "No imprime"
    assert message.sender.ids() == (("lid", "111111111111111@lid"),)
    assert message.sent_at == datetime.fromtimestamp(AT, UTC)
    assert message.wire_id == ID
    assert message.raw == {
        "event_id": "evt_01hz5q8x3v8rz7t1kx5j2wq7n9",
        "event": "message",
        "engine": "NOWEB",
    }
    assert one(event("message.any")).key == message.key


def test_the_same_message_under_another_sender_id_has_the_same_key() -> None:
    other = event(id=f"false_{GROUP}_{STANZA}_5215512345678@c.us", participant="5215512345678@c.us")
    assert one(other).key == one(event()).key
    assert one(other).sender.phone == "5215512345678"


@pytest.mark.parametrize(
    ("more", "lid", "phone", "name"),
    [
        ({"participant": "5215512345678:12@s.whatsapp.net"}, LUPITA, "5215512345678", None),
        (
            {"_data": {"key": {"participantAlt": "5215512345678@c.us"}, "pushName": "Lupita"}},
            LUPITA,
            "5215512345678",
            "Lupita",
        ),
        (
            {"_data": {"Info": {"SenderAlt": "5215512345678:3@s.whatsapp.net", "PushName": "Lu"}}},
            LUPITA,
            "5215512345678",
            "Lu",
        ),
        ({"participant": {"_serialized": "111111111111111:2@lid"}}, LUPITA, None, None),
        ({"participant": None, "notifyName": " Ana "}, LUPITA, None, "Ana"),
        ({"_data": {"notifyName": "Ana"}}, LUPITA, None, "Ana"),
        ({"participant": 7, "_data": [], "pushName": 5}, LUPITA, None, None),
        ({"id": f"false_{GROUP}_{STANZA}", "participant": None}, None, None, None),
    ],
)
def test_who_wrote_by_every_id_that_is_given(
    more: dict[str, Any], lid: str | None, phone: str | None, name: str | None
) -> None:
    sender = one(event(**more)).sender
    assert (sender.lid, sender.phone, sender.name) == (lid, phone, name)


def test_our_own_message_is_kept_and_marked() -> None:
    own = event("message.any", id=f"true_{GROUP}_{STANZA}", fromMe=True, participant=None)
    own["payload"] |= {"from": "919811111111@c.us", "to": GROUP}
    message = one(own)
    assert message.from_me
    assert message.chat == GROUP
    assert message.sender.ids() == (("lid", "999@lid"), ("phone", "919811111111"))


@pytest.mark.parametrize(
    ("id_", "from_", "chat", "stanza"),
    [
        ("false_5215512345678@c.us_AAA", "x", "5215512345678@c.us", "AAA"),
        ("false_5215512345678@s.whatsapp.net_AAA", "x", "5215512345678@c.us", "AAA"),
        ("false_111@lid_AAA", "x", "111@lid", "AAA"),
        ("AAA", "5215512345678:9@s.whatsapp.net", "5215512345678@c.us", "AAA"),
        (f"{GROUP}_AAA", "x", GROUP, "AAA"),
        ({"_serialized": f"false_{GROUP}_AAA_1@lid"}, "x", GROUP, "AAA"),
        ({"id": "AAA"}, GROUP, GROUP, "AAA"),
        ("false_52155-140000@g.us_A_B.C-D_111@lid", "x", "52155-140000@g.us", "A_B.C-D"),
    ],
)
def test_a_chat_has_one_id_however_it_is_spelt(
    id_: Any, from_: str, chat: str, stanza: str
) -> None:
    message = one(event(id=id_, **{"from": from_}))
    assert (message.chat, message.id) == (chat, stanza)


def test_a_persons_chat_is_that_of_the_phone_when_it_is_told() -> None:
    data = {"key": {"remoteJidAlt": "5215512345678@s.whatsapp.net"}}
    message = one(event(id="false_111@lid_AAA", participant=None, _data=data))
    assert message.chat == "5215512345678@c.us"
    assert message.sender.ids() == (("lid", "111@lid"), ("phone", "5215512345678"))


@pytest.mark.parametrize(
    "id_", ["false_status@broadcast_AAA_1@c.us", "false_12@newsletter_AAA", "false_1@broadcast_A"]
)
def test_statuses_and_channels_are_nobodys_report(id_: str) -> None:
    assert parse(event(id=id_)) == Parsed(ignored=1)


@pytest.mark.parametrize(
    "kind", ["session.status", "group.join", "message.ack", "poll.vote", "engine.event", "", "new"]
)
def test_other_events_are_counted(kind: str) -> None:
    assert parse(event(kind)).ignored == 1


def test_group_events_tell_the_groups_name() -> None:
    joined = event("group.v2.update", group={"id": GROUP, "subject": "Tiendas Norte"})
    assert parse(joined).names == {GROUP: "Tiendas Norte"}
    said = parse(event(_data={"chat": {"name": "Tiendas Sur"}}))
    assert said.names == {GROUP: "Tiendas Sur"}
    assert said.messages[0].chat_name == "Tiendas Sur"


# -- content --------------------------------------------------------------------------------------


def media(
    mimetype: str | None, url: str | None = "http://waha:3000/api/files/x", **more: Any
) -> Any:
    return {"url": url, "mimetype": mimetype, "filename": None, "error": None} | more


@pytest.mark.parametrize(
    ("file", "data", "kind", "mimetype"),
    [
        (media("image/jpeg"), {}, MessageKind.IMAGE, "image/jpeg"),
        (media("IMAGE/PNG; x=1"), {}, MessageKind.IMAGE, "image/png"),
        (media("video/mp4"), {}, MessageKind.VIDEO, "video/mp4"),
        (media("audio/ogg; codecs=opus"), {"type": "ptt"}, MessageKind.AUDIO, "audio/ogg"),
        (media("application/pdf", filename="x.pdf"), {}, MessageKind.DOCUMENT, "application/pdf"),
        (media("image/webp"), {}, MessageKind.STICKER, "image/webp"),
        (media("image/webp", filename="a.webp"), {}, MessageKind.IMAGE, "image/webp"),
        (media("image/webp"), {"message": {"imageMessage": {}}}, MessageKind.IMAGE, "image/webp"),
        (media("image/png"), {"type": "sticker"}, MessageKind.STICKER, "image/png"),
        (media("../etc"), {}, MessageKind.DOCUMENT, "application/octet-stream"),
        (media(None), {"Message": {"imageMessage": {}}}, MessageKind.IMAGE, "image/jpeg"),
    ],
)
def test_the_mimetype_decides_the_kind(
    file: Any, data: Any, kind: MessageKind, mimetype: str
) -> None:
    message = one(event(hasMedia=True, media=file, _data=data))
    assert message.kind is kind
    assert message.attachments[0].mimetype == mimetype
    assert message.attachments[0].error is None
    assert message.text == "No imprime"


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (media("image/jpeg", url=None), "not downloaded"),
        (None, "not downloaded"),
        ("soup", "not downloaded"),
        (media("image/jpeg", url=None, error="timed out"), "timed out"),
        (media("image/jpeg", url=None, error={"message": "gone"}), "gone"),
        (media("image/jpeg", url=None, error=[1]), "download failed"),
    ],
)
def test_a_file_that_was_not_downloaded_says_why(file: Any, error: str) -> None:
    (attachment,) = one(event(hasMedia=True, media=file)).attachments
    assert attachment.url is None
    assert attachment.error == error


def test_a_place() -> None:
    place = {"latitude": "19.4", "longitude": -99.1, "description": "Tienda 45"}
    message = one(event(body="/9j/" + "A" * 2000, location=place, _data={"type": "location"}))
    assert message.kind is MessageKind.LOCATION
    assert message.text == "Tienda 45\n19.400000, -99.100000"
    raw = {"locationMessage": {"degreesLatitude": 1, "degreesLongitude": 2, "name": "Bodega"}}
    assert one(event(body=None, _data={"message": raw})).text == "Bodega\n1.000000, 2.000000"


def test_a_contact_card() -> None:
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Soporte POS\nitem1.TEL;waid=5215512345678:+52 1 55\nEND:VCARD"
    )
    message = one(event(body=card, vCards=[card]))
    assert (message.kind, message.text) == (MessageKind.CONTACT, "Soporte POS +52 1 55")
    raw = {"contactsArrayMessage": {"contacts": [{"vcard": card}, 5, None]}}
    assert one(event(body="", _data={"message": raw})).text == "Soporte POS +52 1 55"


def test_a_poll() -> None:
    raw = {"pollCreationMessageV3": {"name": "¿Abren?", "options": [{"optionName": "Sí"}, 3]}}
    message = one(event(body="", _data={"message": raw}))
    assert (message.kind, message.text) == (MessageKind.POLL, "¿Abren?\nSí")


def test_an_answer_knows_its_quote_and_whom_it_mentions() -> None:
    reply = {"id": "false_1@c.us_3EB0AA", "participant": "222@lid", "body": "¿Qué tienda?"}
    message = one(event(replyTo=reply, mentions=["333@lid", {"_serialized": "525512345678@c.us"}]))
    assert message.quotes == "3EB0AA"
    assert message.quoted_text == "¿Qué tienda?"
    assert message.mentions == ("333@lid", "525512345678")
    context = {"stanzaId": "3EB0BB", "mentionedJid": ["444:1@lid", "444@lid", 5]}
    raw = {"ephemeralMessage": {"message": {"extendedTextMessage": {"contextInfo": context}}}}
    inner = one(event(replyTo={"body": None}, _data={"message": raw}))
    assert (inner.quotes, inner.mentions) == ("3EB0BB", ("444@lid",))


@pytest.mark.parametrize("own", ["5215500000009@c.us", "999@lid"])
def test_a_mention_of_the_bot_is_known_under_either_of_its_ids(own: str) -> None:
    delivery = event(mentions=["333@lid", own])
    delivery["me"] = {"id": "5215500000009@c.us", "lid": "999@lid", "pushName": "Recado"}
    assert one(delivery).mentions == ("333@lid", OURSELVES)


def test_what_cannot_be_decrypted_yet_keeps_its_place() -> None:
    waiting = one(event("message.waiting", body=None))
    assert (waiting.kind, waiting.id) == (MessageKind.PLACEHOLDER, STANZA)
    assert one(event(body=None, _data={"messageStubType": 2})).kind is MessageKind.PLACEHOLDER
    assert one(event(body=None, _data={"type": "ciphertext"})).kind is MessageKind.PLACEHOLDER


def test_what_says_nothing_is_ignored() -> None:
    assert parse(event(body=None)).ignored == 1
    assert parse(event(body=" \n")).ignored == 1


# -- edits, revokes, reactions --------------------------------------------------------------------


def test_an_edit() -> None:
    message = one(
        event(
            "message.edited",
            id=f"false_{GROUP}_3EB0EDIT_111111111111111@lid",
            editedMessageId=STANZA,
            body="tienda 54",
        )
    )
    assert message.key == ("default", GROUP, "3EB0EDIT", "edit", AT * 1000)
    assert (message.target, message.text) == (STANZA, "tienda 54")


def test_two_edits_under_one_id_are_two() -> None:
    """WEBJS gives an edit the id and the time of the original."""
    first = event("message.edited", editedMessageId=STANZA, body="uno")
    second = event("message.edited", editedMessageId=STANZA, body="dos")
    second["timestamp"] += 5000
    assert one(first).key != one(second).key
    assert one(first).key == one(copy.deepcopy(first)).key
    timed = event(
        "message.edited",
        editedMessageId=STANZA,
        _data={"latestEditSenderTimestampMs": AT * 1000 + 7},
    )
    assert one(timed).version == AT * 1000 + 7


def test_an_edits_key_is_the_same_whenever_it_comes() -> None:
    edit = event("message.edited", editedMessageId=STANZA, timestamp=None)
    edit["timestamp"] = None
    raw = json.dumps(edit).encode()
    later = NOW + timedelta(days=1)
    assert parse_delivery(raw, NOW).messages[0].key == parse_delivery(raw, later).messages[0].key


def test_a_revoke_names_what_it_takes_back_and_who_did() -> None:
    after = {"id": f"false_{GROUP}_3EB0REV_777@lid", "participant": "777@lid", "timestamp": AT}
    revoked = event("message.revoked")
    revoked["payload"] = {"after": after, "before": None, "revokedMessageId": STANZA}
    message = one(revoked)
    assert message.key == ("default", GROUP, "3EB0REV", "revoke", 0)
    assert (message.target, message.sender.lid, message.text) == (STANZA, "777@lid", "")
    revoked["payload"] = {"after": None, "before": {"id": ID, "body": "x"}}
    assert (one(revoked).target, one(revoked).chat) == (STANZA, GROUP)
    revoked["payload"] = {"after": None, "before": None}
    assert len(parse(revoked).bad) == 1


def test_a_reaction_and_its_taking_back() -> None:
    for text in ("👍", "", None):
        message = one(
            event("message.reaction", body=None, reaction={"text": text, "messageId": ID})
        )
        assert (message.kind, message.target) == (MessageKind.REACTION, STANZA)
        assert message.text == (text or "")
    assert len(parse(event("message.reaction")).bad) == 1


# -- time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stamp",
    [
        AT,
        AT * 1000,
        float(AT),
        str(AT),
        str(AT * 1000),
        {"low": AT, "high": 0, "unsigned": True},
        {"low": AT - 2**32, "high": 0, "unsigned": False},
        {"low": AT},
    ],
)
def test_time_comes_in_many_forms(stamp: Any) -> None:
    assert one(event(timestamp=stamp)).sent_at == datetime.fromtimestamp(AT, UTC)


@pytest.mark.parametrize(
    "stamp",
    [
        None,
        0,
        -1,
        5,
        AT + 3 * 86_400,
        10**17,
        10**90,
        "soon",
        "",
        "1e9",
        True,
        [],
        {},
        {"low": "x", "high": 0},
        {"low": AT, "high": 10**30},
        1e308,
        "9" * 18,
    ],
)
def test_absurd_times_give_way_to_the_envelopes_then_to_now(stamp: Any) -> None:
    told = event(timestamp=stamp)
    assert one(told).sent_at == datetime.fromtimestamp(AT + 0.485, UTC)
    told["timestamp"] = stamp
    assert one(told).sent_at == NOW
