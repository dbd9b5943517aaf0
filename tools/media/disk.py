"""Files on disk by the sha256 of their bytes."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from pathlib import Path

from domain.errors import MediaRefused, RetryLater

_SHA256 = re.compile(r"\A[0-9a-f]{64}\Z")


class DiskMedia:
    """Keeps media under a directory of ours; implements domain.ports.MediaStore.

    A file is there whole or not at all, also after a crash; only our own user reads it. Its
    mimetype lies beside it. Raises RetryLater when the disk does not take it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, data: bytes, mimetype: str) -> str:
        """Keep the bytes; their sha256 in hex. Keeping the same bytes twice is once."""
        try:
            return await asyncio.to_thread(self._put, data, mimetype)
        except OSError as error:
            raise RetryLater(f"the disk does not take media: {error.strerror}") from error

    async def get(self, sha256: str) -> tuple[bytes, str]:
        """The bytes and their mimetype. Raises MediaRefused when missing or damaged."""
        try:
            return await asyncio.to_thread(self._get, sha256)
        except FileNotFoundError as error:
            raise MediaRefused(f"no media {sha256[:12]}") from error
        except OSError as error:
            raise RetryLater(f"the disk does not give media: {error.strerror}") from error

    def _put(self, data: bytes, mimetype: str) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if _holds(path, sha256):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The type first: where the bytes are, their type is too.
        _write(_type_of(path), mimetype.encode())
        _write(path, data)
        _sync_directory(path.parent)
        return sha256

    def _get(self, sha256: str) -> tuple[bytes, str]:
        path = self._path(sha256)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise MediaRefused(f"media {sha256[:12]} is damaged on disk")
        return data, _type_of(path).read_text()

    def _path(self, sha256: str) -> Path:
        if not _SHA256.match(sha256):
            raise MediaRefused("that is not the sha256 of anything")
        return self._root / sha256[:2] / sha256[2:4] / sha256


def _type_of(path: Path) -> Path:
    return path.with_suffix(".type")


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256 and _type_of(path).is_file()
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Atomically: a temporary neighbour (made 0600), flushed, then renamed over."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
