"""Whatever people say, in whichever dialect it was exported, comes back the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.channels.export.reader import read_export

ZONE = ZoneInfo("America/Mexico_City")
START = datetime(2025, 1, 14, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Spoken:
    """One message as it was; `at` is local."""

    at: datetime
    sender: str
    text: str


def half(at: datetime, am: str, pm: str) -> str:
    return am if at.hour < 12 else pm


def twelve(at: datetime) -> int:
    return at.hour % 12 or 12


# Each writes what stands before 'Sender: text', as a kind of phone does.
DIALECTS: dict[str, Callable[[datetime], str]] = {
    "android 24 h": lambda at: f"{at.day}/{at.month}/{at:%y, %H:%M} - ",
    "android padded": lambda at: f"{at:%d/%m/%Y %H:%M} - ",
    "android 12 h es": lambda at: (
        f"{at.day}/{at.month}/{at:%y}, {twelve(at)}:{at:%M}\u202f{half(at, 'a.', 'p.')}\u00a0m. - "
    ),
    "android us": lambda at: (
        f"{at.month}/{at.day}/{at:%y}, {twelve(at)}:{at:%M}\u202f{half(at, 'AM', 'PM')} - "
    ),
    "android dots": lambda at: f"{at:%d.%m.%y, %H:%M} - ",
    "ios 24 h": lambda at: f"[{at.day}/{at.month}/{at:%y, %H:%M:%S}] ",
    "ios 12 h es": lambda at: (
        f"[{at.day}/{at.month}/{at:%y}, {twelve(at)}:{at:%M:%S}\u202f{half(at, 'a.', 'p.')} m.] "
    ),
    "ios us": lambda at: (
        f"[{at.month}/{at.day}/{at:%y}, {twelve(at)}:{at:%M:%S}\u202f{half(at, 'AM', 'PM')}] "
    ),
    "ios iso": lambda at: f"[{at:%Y-%m-%d, %H:%M:%S}] ",
}

# Letters of people, and what else tempts a parser; no lines that are headers themselves.
WORDS = st.text(alphabet="abcñéüÑ XYZ019:.,-/[]()<>¿?¡!@#🏪👨\u200d🔧\u00a0", max_size=40)
NAMES = st.text(alphabet="abcñé XYZ.🏪", min_size=1, max_size=20).map(lambda name: "N" + name)


def clean(lines: list[str]) -> str:
    return "\n".join(lines).strip()


SAID = st.lists(WORDS, min_size=1, max_size=4).map(clean).filter(bool)
MINUTES = st.integers(min_value=0, max_value=3_000)


@st.composite
def chats(draw: st.DrawFn) -> list[Spoken]:
    """A chat over days, in order; seconds are zero since Android does not tell them."""
    at = START
    said: list[Spoken] = []
    for minutes in draw(st.lists(MINUTES, min_size=1, max_size=12)):
        at += timedelta(minutes=minutes)
        name = " ".join(draw(NAMES).split())
        said.append(Spoken(at.astimezone(ZONE), name, draw(SAID)))
    return said


@settings(max_examples=150, deadline=None)
@given(chat=chats(), dialect=st.sampled_from(sorted(DIALECTS)), newline=st.sampled_from("nr"))
def test_senders_texts_and_times_come_back(chat: list[Spoken], dialect: str, newline: str) -> None:
    # The first day is the 14th, so the file itself tells day from month.
    lines = (f"{DIALECTS[dialect](said.at)}{said.sender}: {said.text}" for said in chat)
    end = "\r\n" if newline == "r" else "\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grupo.txt"
        path.write_bytes((end.join(lines) + end).encode())
        export = read_export(path, zone=ZONE)
        messages = list(export.messages)
    assert export.skipped == []
    assert [(m.sender.name, m.text, m.sent_at) for m in messages] == [
        (said.sender, said.text, said.at.astimezone(UTC)) for said in chat
    ]
    assert [export.dialect.platform] * len(messages) == [dialect.split()[0]] * len(messages)


@settings(max_examples=150, deadline=None)
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_any_text_after_a_header_is_read_or_refused_in_words(data: bytes) -> None:
    text = data.decode("utf-8", "replace").encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grupo.txt"
        path.write_bytes(b"12/3/25, 09:10 - Ana: hola " + text)
        export = read_export(path, zone=ZONE)
        assert len(list(export.messages)) == export.count
