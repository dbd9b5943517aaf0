"""Opens what WhatsApp's "Export chat" gave, a `.txt` or a `.zip` with media; trusts none of it."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from domain.errors import BadInput

MediaLoader = Callable[[], bytes]

MIB = 1024 * 1024
_ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_WHATSAPP_TEXT = re.compile(r"_chat\.txt$|whatsapp.*\.txt$", re.IGNORECASE)
# Bit 0 of a member's flags: its bytes are encrypted (APPNOTE.TXT 4.4.4).
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class ArchiveLimits:
    """What a zip may unpack to, so that a small file cannot fill the memory or the disk."""

    total_bytes: int = 2 * 1024 * MIB
    ratio: int = 100
    ratio_from_bytes: int = 50 * MIB
    files: int = 20_000


@dataclass(frozen=True)
class ChatFile:
    """The text of a chat and the media beside it. `open` may be called again to read again."""

    label: str
    names: tuple[str, ...]
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    media: Mapping[str, MediaLoader] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


def open_chat(path: Path, limits: ArchiveLimits) -> ChatFile:
    """Find the chat text. Raises BadInput with a sentence for whoever gave the file."""
    try:
        if path.is_dir():
            raise BadInput(
                f"{path.name} is a folder; give the exported .txt or .zip file", "not_a_chat"
            )
        with path.open("rb") as handle:
            head = handle.read(4)
    except FileNotFoundError as error:
        raise BadInput(f"{path} does not exist", "no_such_file") from error
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror or error}", "no_such_file"
        ) from error
    if not head:
        raise BadInput(f"{path.name} is empty; export the chat again from WhatsApp", "empty_export")
    if head in _ZIP_SIGNATURES:
        return _open_archive(path, limits)
    if path.suffix.lower() == ".zip":
        raise BadInput(
            f"{path.name} is not a zip archive; export the chat again from WhatsApp",
            "damaged_export",
        )
    return ChatFile(label=path.name, names=(path.name,), open=partial(_open_text, path))


def media_key(name: str) -> str:
    """The one spelling of a file name: its last part, composed (macOS zips decompose accents)."""
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)


def _open_text(path: Path) -> IO[bytes]:
    return path.open("rb")


def _open_archive(path: Path, limits: ArchiveLimits) -> ChatFile:
    with _said_plainly(path.name), zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not _is_clutter(info)]
    _refuse_bomb(path, members, limits)
    text = _chat_text(path, members)
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise BadInput(
            f"{path.name} is protected with a password; unpack it and give the .txt file in it",
            "protected_export",
        )
    by_name: dict[str, zipfile.ZipInfo] = {}
    for info in members:
        if info is not text:
            by_name.setdefault(media_key(info.filename), info)
    return ChatFile(
        label=f"{media_key(text.filename)} in {path.name}",
        names=(media_key(text.filename), path.name),
        open=partial(_open_member, path, text),
        media={name: partial(_read_member, path, info) for name, info in by_name.items()},
        sizes={name: info.file_size for name, info in by_name.items()},
    )


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    name = media_key(info.filename)
    return info.is_dir() or not name or name.startswith("._") or "__MACOSX/" in info.filename


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    """Judge the declared sizes: zipfile never unpacks more of a member than it declared."""
    if len(members) > limits.files:
        raise BadInput(
            f"{path.name} holds {len(members):,} files; more than {limits.files:,} are not read",
            "export_too_big",
        )
    total = sum(info.file_size for info in members)
    if total > limits.total_bytes:
        raise BadInput(
            f"{path.name} would unpack to {total / MIB:,.0f} MB; "
            f"more than {limits.total_bytes / MIB:,.0f} MB are not read",
            "export_too_big",
        )
    for info in members:
        packed = max(info.compress_size, 1)
        if info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * packed:
            raise BadInput(
                f"{path.name} is refused: {media_key(info.filename)} in it unpacks to "
                f"{info.file_size // packed:,} times its size, as only a zip bomb does",
                "export_too_big",
            )
    packed = max(sum(info.compress_size for info in members), 1)
    if total > limits.ratio_from_bytes and total > limits.ratio * packed:
        raise BadInput(
            f"{path.name} is refused: it unpacks to {total // packed:,} times its size, "
            "as only a zip bomb does",
            "export_too_big",
        )


def _chat_text(path: Path, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The chat among the texts: the one with WhatsApp's name, else the largest."""
    texts = [info for info in members if media_key(info.filename).lower().endswith(".txt")]
    if not texts:
        raise BadInput(
            f"{path.name} has no chat text (.txt) in it; in WhatsApp use Export chat on the group",
            "no_chat_in_zip",
        )
    named = [info for info in texts if _WHATSAPP_TEXT.search(media_key(info.filename))]
    return max(named or texts, key=lambda info: info.file_size)


@contextmanager
def _open_member(path: Path, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    with (
        _said_plainly(path.name),
        zipfile.ZipFile(path) as archive,
        archive.open(info) as handle,
    ):
        yield handle


def _read_member(path: Path, info: zipfile.ZipInfo) -> bytes:
    with _open_member(path, info) as handle:
        return handle.read()


@contextmanager
def _said_plainly(name: str) -> Iterator[None]:
    """Turn what zipfile raises for damaged or unusual archives into a sentence."""
    try:
        yield
    except NotImplementedError as error:
        raise BadInput(
            f"{name} is packed in a way that is not read here ({error}); pack it as a plain zip",
            "odd_zip",
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BadInput(
            f"{name} is damaged ({error}); export the chat again from WhatsApp",
            "damaged_export",
        ) from error
