"""`recado replay` as a command: exported chats of both phones and languages, what would have become
tickets, and that nothing leaves."""

from __future__ import annotations

import asyncio
import io
import json
import os
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from tests.conftest import Cluster
from tests.service.conftest import Outside
from tests.service.stage import RECADO

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CHATS, EXPORTS = FIXTURES / "chats", FIXTURES / "exports"
VALLE = CHATS / "Chat de WhatsApp con Tiendas Valle.txt"
KEYS = {"messages", "store", "system", "category", "priority", "missing", "subject", "would_ask"}


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def incidents(self) -> list[dict[str, Any]]:
        """The incidents of the one JSON object on standard output."""
        assert (self.code, self.out.count("\n")) == (0, 1), self.err
        found = json.loads(self.out)["incidents"]
        assert all(set(one) >= KEYS for one in found)
        return list(found)

    def known(self) -> list[tuple[str | None, str | None, str, list[str]]]:
        """Store, system, priority and what is missing of each incident."""
        return [(i["store"], i["system"], i["priority"], i["missing"]) for i in self.incidents]


Replay = Callable[..., Awaitable[Ended]]


@pytest.fixture
def replay(cluster: Cluster, tmp_path: Path) -> Replay:
    """Run `recado replay` with nothing configured: `await replay(path, "--json")`."""

    async def run(chat: Path, *more: str, env: Mapping[str, str] | None = None) -> Ended:
        process = await asyncio.create_subprocess_exec(
            *(str(RECADO), "replay", str(chat), "--model", "local"),
            *("--database", cluster.url, *more),
            env={
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "HOME": str(tmp_path),
                "TZ": "America/Mexico_City",
                **(env or {}),
            },
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())

    return run


async def test_three_plain_incidents_in_a_chat_with_chatter_become_three(
    replay: Replay, outside: Outside
) -> None:
    """With a desk and a channel configured, so that something could be sent."""
    ended = await replay(VALLE, "--json", env=outside.env)
    assert ended.known() == [
        ("45", "impresora de tickets", "normal", []),
        ("12", "terminal bancaria", "urgent", []),
        ("88", "internet", "normal", []),
    ]
    printer, terminal, network = ended.incidents
    assert printer["messages"] == [
        "En la tienda 45 la impresora de tickets no funciona",
        "ya la reinicié y sigue igual\nmarca error E-102",
    ]
    # An edited message without its mark; a deleted one is none.
    assert terminal["messages"] == [
        "La terminal bancaria de la tienda 12 no cobra, rechaza todas las tarjetas"
    ]
    # 1:05 p. m. in Mexico City, with narrow spaces in it.
    assert network["opened_at"] == "2026-03-03T19:05:00+00:00"
    assert [one["would_ask"] for one in ended.incidents] == [[], [], []]
    whole = json.loads(ended.out)
    assert (whole["group"], whole["messages"], whole["chatter"]) == ("Tiendas Valle", 13, 9)
    assert (whole["tickets"], whole["skipped"], whole["usd"]) == (3, 0, 0.0)

    assert await outside.zoho.tickets() == []
    assert await outside.waha.sent() == []
    calls = [line for line in await outside.zoho.log() if "/api/" in str(line)]
    assert calls == []


async def test_what_is_missing_would_be_asked(replay: Replay) -> None:
    """Month before day and a 12-hour clock, as an iPhone in the United States writes."""
    ended = await replay(CHATS / "WhatsApp Chat - Valley Stores.txt", "--json")
    printer, terminal = ended.incidents
    assert printer["opened_at"].startswith("2026-03-14T15:10:30")
    assert (printer["store"], printer["missing"]) == (None, ["store"])
    (question,) = printer["would_ask"]
    assert "tienda" in question
    assert terminal["opened_at"].startswith("2026-03-14T22:45:09")
    assert (terminal["store"], terminal["priority"]) == ("12", "urgent")
    assert json.loads(ended.out)["tickets"] == 1


def photo(text: str) -> bytes:
    """A picture with words on it."""
    image = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(image).text((30, 100), text, fill="black", font_size=72)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


PHOTOGRAPHED = """\
3/3/26, 09:00 - Lupita: Buenos días
3/3/26, 09:10 - Lupita: IMG-20260303-WA0001.jpg (archivo adjunto)
En la tienda 45 no funciona, sale esto
"""


async def test_a_photo_in_the_archive_is_read(replay: Replay, tmp_path: Path) -> None:
    """What the photo alone tells is not asked; without the photo it would be."""
    text = tmp_path / "Chat de WhatsApp con Tiendas Foto.txt"
    text.write_text(PHOTOGRAPHED)
    archive = tmp_path / "Chat de WhatsApp con Tiendas Foto.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(text, text.name)
        made.writestr("IMG-20260303-WA0001.jpg", photo("IMPRESORA ERROR E-102"))
    with_photo, without = await asyncio.gather(replay(archive, "--json"), replay(text, "--json"))
    assert [i["missing"] for i in without.incidents] == [["system"]]
    assert with_photo.known() == [("45", "impresora", "normal", [])]


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("Chat de WhatsApp con Tiendas Norte.txt", 17),
        ("WhatsApp Chat with North Stores.txt", 9),
        ("ios-es.txt", 18),
        ("ios-en.txt", None),
    ],
)
async def test_every_phone_and_language_goes_through(
    replay: Replay, name: str, messages: int | None
) -> None:
    ended = await replay(EXPORTS / name, "--json")
    assert isinstance(ended.incidents, list)
    whole = json.loads(ended.out)
    assert messages in (None, whole["messages"])
    assert whole["messages"] == whole["chatter"] + sum(len(i["messages"]) for i in ended.incidents)


async def test_a_person_gets_a_report_whatever_the_encoding(replay: Replay, tmp_path: Path) -> None:
    path = tmp_path / VALLE.name
    path.write_bytes(VALLE.read_text().encode("utf-16"))
    ended = await replay(path)
    assert (ended.code, ended.err) == (0, "")
    assert "Impresora de tickets no funciona, tienda 45" in ended.out
    assert "Nothing was sent: no ticket, no message." in ended.out


NOT_UTF8 = "12/3/25, 09:10 - Ana: mañana".encode("latin-1")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("chat.txt", NOT_UTF8, "is not UTF-8 or UTF-16 text (byte 0xF1"),
        ("chat.txt", b"", "chat.txt is empty"),
        ("chat.txt", b"\n \n", "chat.txt is empty"),
        ("lista.txt", b"pan\nleche\nhuevos\n", "lista.txt is not a WhatsApp chat export"),
        ("chat.zip", b"PK\x03\x04 but no archive", "chat.zip is damaged"),
        ("chat.zip", b"hola", "chat.zip is not a zip archive"),
        ("no-such-chat.txt", None, "does not exist"),
    ],
)
async def test_what_is_no_export_is_told_in_a_sentence(
    replay: Replay, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ended = await replay(path, "--json")
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert ended.err.startswith("recado: ")
    assert ended.err.count("\n") == 1
