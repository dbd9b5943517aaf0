"""Media in memory: the twins of tools.media."""

from __future__ import annotations

import hashlib

from domain.errors import MediaRefused


class MemoryMedia:
    """Implements domain.ports.MediaStore."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}

    async def put(self, data: bytes, mimetype: str) -> str:
        """Keep the bytes; their sha256 in hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.files.setdefault(sha256, (data, mimetype))
        return sha256

    async def get(self, sha256: str) -> tuple[bytes, str]:
        """The bytes and their mimetype."""
        if sha256 not in self.files:
            raise MediaRefused(f"no media {sha256[:12]}")
        return self.files[sha256]


class TrustingInspector:
    """Implements domain.ports.Inspector for tests about something else: bytes go through.

    Empty bytes, and bytes that begin with `BAD`, are refused.
    """

    async def normalise_image(self, data: bytes) -> bytes:
        """The same bytes."""
        if not data or data.startswith(b"BAD"):
            raise MediaRefused("the image was not taken: it is cut off or damaged")
        return data
