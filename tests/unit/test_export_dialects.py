"""Exported chats as Android and iOS phones write them, in Spanish and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.message import Message, MessageKind
from tools.channels.export.reader import Export, chat_id, read_export

FIXTURES = Path(__file__).parents[1] / "fixtures" / "exports"
MEXICO = ZoneInfo("America/Mexico_City")
K = MessageKind


def fixture(name: str) -> tuple[Export, list[Message]]:
    export = read_export(FIXTURES / name, zone=MEXICO)
    return export, list(export.messages)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], tuple[Export, list[Message]]]:
    def read_text(text: str, zone: ZoneInfo = MEXICO) -> tuple[Export, list[Message]]:
        path = tmp_path / "grupo.txt"
        path.write_text(text, encoding="utf-8")
        export = read_export(path, zone=zone)
        return export, list(export.messages)

    return read_text


Read = Callable[[str], tuple[Export, list[Message]]]


def local(message: Message) -> str:
    return f"{message.sent_at.astimezone(MEXICO):%Y-%m-%d %H:%M:%S}"


def test_android_in_spanish() -> None:
    export, messages = fixture("Chat de WhatsApp con Tiendas Norte.txt")
    assert export.group_name == "Tiendas Norte"
    assert export.chat == "export:tiendas-norte"
    assert (export.dialect.platform, export.dialect.language) == ("android", "es")
    assert (export.dialect.day_first, export.dialect.twelve_hour) == (True, False)
    assert export.count == len(messages) == 17
    assert export.system_lines == 7
    assert [(s.text, s.reason) for s in export.skipped] == [
        ("Algo que WhatsApp nunca escribió", "no sender, and no notice we know")
    ]
    assert [m.kind for m in messages] == [
        *(K.TEXT, K.TEXT, K.IMAGE, K.TEXT, K.DOCUMENT, K.TEXT),
        *(K.REVOKED_UNSEEN, K.REVOKED_UNSEEN, K.POLL, K.LOCATION, K.CONTACT, K.AUDIO),
        *(K.STICKER, K.PLACEHOLDER, K.TEXT, K.TEXT, K.TEXT),
    ]
    assert messages[0].sender.name == "Lupita Caja"
    assert messages[0].sender.phone is None
    assert messages[0].sent_at == datetime(2025, 3, 12, 15, 14, tzinfo=UTC)
    assert messages[0].chat_name == "Tiendas Norte"
    assert messages[0].channel == "export"
    assert messages[1].text == "ya la reinicié\ny sigue igual:\n- luz roja\n\n- sale E-102"
    assert messages[-1].text == "tienda 45"
    assert local(messages[-1]) == "2025-03-13 08:00:00"


def test_android_in_english_on_a_us_phone() -> None:
    export, messages = fixture("WhatsApp Chat with North Stores.txt")
    assert export.group_name == "North Stores"
    assert (export.dialect.language, export.dialect.day_first) == ("en", False)
    assert export.dialect.twelve_hour
    assert export.system_lines == 4
    assert export.skipped == []
    assert [m.kind for m in messages] == [
        *(K.TEXT, K.DOCUMENT, K.IMAGE, K.TEXT, K.REVOKED_UNSEEN, K.REVOKED_UNSEEN),
        *(K.POLL, K.LOCATION, K.TEXT),
    ]
    assert local(messages[0]) == "2025-03-12 21:12:00"
    assert local(messages[-2]) == "2025-03-13 00:05:00"
    assert local(messages[-1]) == "2025-03-13 12:05:00"
    assert messages[6].text == "Close early?\n- Yes\n- No"
    assert messages[3].text == "Which store?"
    assert messages[3].raw["edited"] is True


def test_ios_in_spanish_with_odd_spaces() -> None:
    export, messages = fixture("ios-es.txt")
    assert export.group_name == "Tiendas Sur"
    assert (export.dialect.platform, export.dialect.language) == ("ios", "es")
    assert (export.dialect.day_first, export.dialect.twelve_hour) == (True, True)
    assert export.system_lines == 5
    assert export.skipped == []
    assert [m.kind for m in messages] == [
        *(K.TEXT, K.IMAGE, K.IMAGE, K.DOCUMENT, K.IMAGE, K.VIDEO, K.AUDIO, K.STICKER),
        *(K.VIDEO, K.DOCUMENT, K.CONTACT, K.TEXT, K.REVOKED_UNSEEN, K.PLACEHOLDER),
        *(K.LOCATION, K.POLL, K.TEXT, K.TEXT),
    ]
    assert local(messages[0]) == "2025-03-12 14:35:00"
    assert messages[0].text == "No hay internet en la tienda\ndesde las 12:00"
    assert local(messages[-1]) == "2025-03-12 00:05:00"
    assert messages[2].text == "mira el módem"
    assert messages[3].text == ""
    assert [m.attachments[0].filename for m in messages[1:4]] == [
        "00000012-PHOTO-2025-03-12-14-35-10.jpg",
        "00000013-PHOTO-2025-03-12-14-35-20.jpg",
        "00000014-Corte.pdf",
    ]
    assert messages[9].attachments[0].filename == "Corte.pdf"
    assert messages[9].attachments[0].mimetype == "application/pdf"
    assert all(m.attachments[0].error == "omitted" for m in messages[1:11])
    assert (messages[11].sender.name, messages[11].text) == ("Beto", "sale error")
    assert messages[11].raw["edited"] is True
    assert messages[13].raw["placeholder"] == "view_once"
    assert messages[14].text == "https://maps.google.com/?q=19.40,-99.10"
    assert messages[15].raw["poll"] == {"question": "¿Cerramos?", "options": ["Sí", "No"]}
    assert "12/3/25, 09:10 - Juan: mensaje pegado de un Android" in messages[16].text


def test_ios_in_english_with_the_year_first() -> None:
    export, messages = fixture("ios-en.txt")
    assert export.group_name == "South Stores"
    assert export.dialect.language == "en"
    assert not export.dialect.twelve_hour
    assert export.system_lines == 3
    assert [m.kind for m in messages] == [K.TEXT, K.IMAGE, K.AUDIO, K.REVOKED_UNSEEN]
    assert local(messages[0]) == "2025-03-12 14:35:00"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("12/03/2025 9:10 a. m. - Ana: hola", "2025-03-12 09:10:00"),
        ("12/03/2025, 9:10\u202fp.\u00a0m. - Ana: hola", "2025-03-12 21:10:00"),
        ("12/03/2025, 9:10 p.m. - Ana: hola", "2025-03-12 21:10:00"),
        ("12/3/25, 12:10\u202fa. m. – Ana: hola", "2025-03-12 00:10:00"),
        ("12.03.25, 14:33 - Ana: hola", "2025-03-12 14:33:00"),
        ("12-03-25 14:33 - Ana: hola", "2025-03-12 14:33:00"),
        ("2025-03-12, 14:33 - Ana: hola", "2025-03-12 14:33:00"),
        ("[12/3/25, 14:33:40] Ana: hola", "2025-03-12 14:33:40"),
        ("[12/03/2025 14:33:40] Ana: hola", "2025-03-12 14:33:40"),
        ("\u200e[12/3/25, 2:33:40\u202fPM] Ana: hola", "2025-03-12 14:33:40"),
        ("[2025-03-12, 14:33:40] Ana: hola", "2025-03-12 14:33:40"),
        ("\ufeff[2025/03/12, 2:33:40 p. m.] \u200eAna: hola", "2025-03-12 14:33:40"),
        ("[12.03.25, 14.33.40] Ana: hola", "2025-03-12 14:33:40"),
    ],
)
def test_headers(read: Read, line: str, at: str) -> None:
    _, (message,) = read(line)
    assert (message.sender.name, message.text, local(message)) == ("Ana", "hola", at)


def test_a_later_day_over_12_decides_for_the_month_first(read: Read) -> None:
    export, messages = read(
        "3/4/25, 09:10 - Ana: no imprime la impresora\n3/15/25, 09:10 - Ana: ya quedó\n"
    )
    assert not export.dialect.day_first
    assert local(messages[0]) == "2025-03-04 09:10:00"


def test_a_later_day_over_12_decides_for_the_day_first(read: Read) -> None:
    export, messages = read(
        "3/4/25, 9:10 PM - Ana: the printer is down\n15/4/25, 9:10 PM - Ana: it is fine\n"
    )
    assert export.dialect.day_first
    assert local(messages[0]) == "2025-04-03 21:10:00"


def test_time_that_runs_backwards_decides(read: Read) -> None:
    month_first, _ = read("1/12/25, 09:10 - Ana: hola\n2/3/25, 09:10 - Ana: la\n")
    assert not month_first.dialect.day_first
    day_first, _ = read("12/1/25, 9:10 PM - Ana: the\n3/2/25, 9:10 PM - Ana: is\n")
    assert day_first.dialect.day_first


def test_language_decides_what_nothing_else_does(read: Read) -> None:
    spanish, _ = read("3/4/25, 9:10 p. m. - Ana: no hay luz en la tienda\n")
    british, _ = read("03/04/2025, 09:10 - Ann: the printer is down\n")
    american, _ = read("3/4/25, 9:10 PM - Ann: the printer is down\n")
    assert spanish.dialect.day_first
    assert british.dialect.day_first
    assert not american.dialect.day_first


def test_days_that_lie_close_together_decide_in_english(read: Read) -> None:
    export, _ = read(
        "".join(f"03/0{day}/2025, 09:10 - Ann: the printer is down\n" for day in range(1, 8))
    )
    assert not export.dialect.day_first


def test_the_hour_that_comes_twice_does_not_run_backwards(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("26/10/25, 02:50 - Ana: a\n26/10/25, 02:10 - Ana: b\n", encoding="utf-8")
    first, second = read_export(path, zone=ZoneInfo("Europe/Madrid")).messages
    assert (second.sent_at - first.sent_at).total_seconds() == 20 * 60


def test_a_chat_id_is_stable_and_never_empty() -> None:
    assert chat_id("Tiendas Ñuñoa / Norte 🏪") == "export:tiendas-nunoa-norte"
    assert chat_id("🏪🏪") == chat_id("🏪🏪") != chat_id("🏪")
