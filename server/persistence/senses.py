"""The sense of a turn as it is kept with it: half-precision numbers in one short text."""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode

from domain.deciding.sense import Sense


def packed(sense: Sense) -> str:
    """A sense as text; a third of the length of its digits."""
    return b64encode(struct.pack(f"<{len(sense)}e", *sense)).decode("ascii")


def unpacked(text: str | None) -> Sense:
    """The sense again; nothing for a turn that has none."""
    raw = b64decode(text or "")
    return struct.unpack(f"<{len(raw) // 2}e", raw)
