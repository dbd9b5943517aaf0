"""Files that are exports, files that are not, and archives that mean harm."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.errors import BadInput
from domain.message import MessageKind
from tools.channels.export.reader import Export, read_export
from tools.channels.export.source import ArchiveLimits

UTC_ZONE = ZoneInfo("UTC")
CHAT = (
    "12/3/25, 09:10 - Ana: La impresora no imprime, señal roja\n"
    "12/3/25, 09:11 - Ana: IMG-20250312-WA0001.jpg (archivo adjunto)\nasí está\n"
    "12/3/25, 09:12 - Ana: IMG-20250312-WA0009.jpg (archivo adjunto)\n"
)
PHOTO = b"\xff\xd8\xff\xe0 not really a photo"


def read(path: Path, limits: ArchiveLimits | None = None) -> Export:
    return read_export(path, zone=UTC_ZONE, limits=limits)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_zip_with_media(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "Chat de WhatsApp con Tiendas Norte.zip",
        {
            "notas.txt": b"12/3/25, 09:10 - Otro: no soy el chat" * 100,
            "Chat de WhatsApp con Tiendas Norte.txt": CHAT.encode(),
            "IMG-20250312-WA0001.jpg": PHOTO,
            "__MACOSX/._IMG-20250312-WA0001.jpg": b"x",
        },
    )
    export = read(path)
    text, there, gone = export.messages
    assert export.group_name == "Tiendas Norte"
    assert text.text == "La impresora no imprime, señal roja"
    assert there.attachments[0].error is None
    assert there.attachments[0].size == len(PHOTO)
    assert there.text == "así está"
    assert gone.attachments[0].error == "omitted"
    assert set(export.media) == {"IMG-20250312-WA0001.jpg", "notas.txt"}
    assert export.media["IMG-20250312-WA0001.jpg"]() == PHOTO


def test_zip_of_an_iphone(tmp_path: Path) -> None:
    chat = (
        "[12/3/25, 14:33:40] Ana: hola\n"
        "\u200e[12/3/25, 14:33:41] Ana: \u200e<adjunto: 00000002-PHOTO-2025.jpg>\n"
    )
    path = zipped(
        tmp_path / "WhatsApp Chat - Tiendas Sur (1).zip",
        {"_chat.txt": chat.encode(), "00000002-PHOTO-2025.jpg": PHOTO},
    )
    export = read(path)
    assert export.group_name == "Tiendas Sur"
    assert [m.kind for m in export.messages] == [MessageKind.TEXT, MessageKind.IMAGE]


def test_a_path_in_a_zip_is_only_a_name(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "x.zip",
        {
            "a/b/_chat.txt": CHAT.encode(),
            "../../IMG-20250312-WA0001.jpg": PHOTO,
            "/etc/passwd": b"",
        },
    )
    export = read(path)
    assert set(export.media) == {"IMG-20250312-WA0001.jpg", "passwd"}
    assert export.count == 3


def test_an_accent_spelt_apart_in_a_zip_still_matches(tmp_path: Path) -> None:
    chat = "12/3/25, 09:11 - Ana: Men\u00fa.pdf (archivo adjunto)\n"
    path = zipped(tmp_path / "x.zip", {"_chat.txt": chat.encode(), "Menu\u0301.pdf": b"%PDF"})
    (message,) = read(path).messages
    assert message.attachments[0].error is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.replace("\n", newline).encode(encoding))
    messages = list(read(path).messages)
    assert messages[0].text == "La impresora no imprime, señal roja"
    assert messages[1].text == "así está"


def test_utf_16_big_endian(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"\xfe\xff" + CHAT.encode("utf-16-be"))
    assert read(path).count == 3


def test_wrong_encoding_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    data = CHAT.encode("cp1252")
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read(path)
    assert str(caught.value) == (
        f"chat.txt is not UTF-8 or UTF-16 text (byte 0xF1 at offset {data.index(0xF1)}); "
        "export it again from WhatsApp"
    )


def test_wrong_byte_far_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    data = b"\xef\xbb\xbf" + ("12/3/25, 09:10 - Ana: año\n" * 100_000).encode() + b"\xf1o\n"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=rf"0xF1 at offset {len(data) - 3}\)"):
        read(path)


def test_a_file_cut_within_a_character(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("12/3/25, 09:10 - Ana: señ".encode()[:-1])
    with pytest.raises(BadInput, match="0xC3"):
        read(path)


def test_utf_16_cut_within_a_character(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.encode("utf-16")[:-1])
    with pytest.raises(BadInput, match="not UTF-8 or UTF-16"):
        read(path)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n \n"])
def test_empty_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"chat\.txt is empty"):
        read(path)


def test_not_an_export(tmp_path: Path) -> None:
    path = tmp_path / "factura.txt"
    path.write_text("\n  Factura " + "9" * 200 + "\nTotal: 45\n" * 2_000)
    with pytest.raises(BadInput, match=r"factura\.txt is not a WhatsApp chat export") as caught:
        read(path)
    assert "Factura 999" in str(caught.value)
    assert "9" * 80 not in str(caught.value)


def test_a_line_that_no_chat_has(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("a" * 3_000_000)
    with pytest.raises(BadInput, match="line of more than"):
        read(path)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        read(tmp_path / "no.txt")
    with pytest.raises(BadInput, match="is a folder"):
        read(tmp_path)


def test_zip_without_a_chat(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no chat text"):
        read(zipped(tmp_path / "x.zip", {"foto.jpg": PHOTO}))
    with pytest.raises(BadInput, match="no chat text"):
        read(zipped(tmp_path / "empty.zip", {}))


def test_a_zip_in_name_only_and_a_damaged_one(tmp_path: Path) -> None:
    fake = tmp_path / "fake.zip"
    fake.write_text(CHAT)
    with pytest.raises(BadInput, match="is not a zip archive"):
        read(fake)
    path = zipped(tmp_path / "x.zip", {"_chat.txt": CHAT.encode() * 50})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="is damaged"):
        read(path)
    path.write_bytes(whole[:50] + bytes(20) + whole[70:])
    with pytest.raises(BadInput, match="is damaged"):
        read(path)


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": CHAT.encode()})
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + flags
        struct.pack_into("<H", data, at, 1)
    path.write_bytes(data)
    with pytest.raises(BadInput, match="protected with a password"):
        read(path)


def test_a_zip_packed_in_an_unknown_way(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": CHAT.encode()})
    data = bytearray(path.read_bytes())
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(signature) + method, 99)
    path.write_bytes(data)
    with pytest.raises(BadInput, match="not read here"):
        read(path)


def test_zip_bombs(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"_chat.txt": CHAT.encode(), "a.jpg": bytes(300_000)})
    with pytest.raises(BadInput, match=r"a\.jpg in it unpacks to .* zip bomb"):
        read(path, ArchiveLimits(ratio_from_bytes=100_000))
    with pytest.raises(BadInput, match="would unpack to"):
        read(path, ArchiveLimits(total_bytes=100_000))
    with pytest.raises(BadInput, match="holds 2 files"):
        read(path, ArchiveLimits(files=1))
    many = zipped(tmp_path / "y.zip", {f"{n}.txt": bytes(60_000) for n in range(10)})
    with pytest.raises(BadInput, match="it unpacks to"):
        read(many, ArchiveLimits(ratio_from_bytes=100_000))


def test_a_hundred_thousand_lines(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    lines = (
        f"{1 + n // 4000 % 28}/3/25, {n // 60 % 24:02}:{n % 60:02} - Ana {n % 7}: texto {n}\nsigue"
        for n in range(50_000)
    )
    path.write_text("\n".join(lines))
    export = read(path)
    assert export.count == 50_000
    assert sum(message.text.endswith("sigue") for message in export.messages) == 50_000


def test_a_chat_taken_out_of_its_zip_is_named_after_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "WhatsApp Chat - Tiendas Sur"
    folder.mkdir()
    path = folder / "_chat.txt"
    path.write_text("[12/3/25, 14:33:40] Ana: hola\n")
    assert read(path).group_name == "Tiendas Sur"
