"""Reads the text in a picture (rapidocr, models bundled); loaded when the first picture comes.

A picture that was not read well is looked at once more, softened: the gaps between the dots of a
display and the waves of a photographed screen are finer than its letters, and vanish first.
"""

from __future__ import annotations

import io
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter, UnidentifiedImageError

if TYPE_CHECKING:
    from rapidocr import RapidOCR

# Lines read with less confidence are left out: what they say is mostly not there.
LINE_CONFIDENCE = 0.75
# A line read with less makes a second look worth its time.
SURE = 0.9
# How far the second look is softened: the longest side over this many pixels.
SOFTNESS = 640
# A nought between letters is an O: IMPRES0RA.
_NOUGHT = re.compile(r"(?<=[^\W\d_]{2})0(?=[^\W\d_]{2})")
_LOCK = threading.Lock()


@dataclass(frozen=True)
class PictureText:
    """What a picture says: lines from top to bottom, and their mean confidence, 0 to 1."""

    text: str
    confidence: float


@dataclass(frozen=True)
class _Seen:
    text: str
    score: float


@lru_cache(maxsize=1)
def _engine() -> RapidOCR:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def read_picture(data: bytes) -> PictureText:
    """The text of an encoded image; empty when there is none or the bytes are no image.

    Takes about a second of one core, two where it has to look twice; call it off the event loop.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            image = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError):
        return PictureText("", 0.0)
    seen = _look(image)
    if not seen or min(line.score for line in seen) < SURE:
        softer = image.filter(ImageFilter.GaussianBlur(max(image.size) / SOFTNESS))
        seen = max(seen, _look(softer), key=_worth)
    found = [line for line in seen if line.score >= LINE_CONFIDENCE]
    if not found:
        return PictureText("", 0.0)
    return PictureText(
        "\n".join(line.text for line in found), sum(line.score for line in found) / len(found)
    )


def _look(image: Image.Image) -> list[_Seen]:
    """The lines that are writing. Edges of goods on a shelf are read as dashes, and icons as
    single letters."""
    pixels = np.asarray(image)[:, :, ::-1].copy()
    with _LOCK:
        result = _engine()(pixels)
    # The engine's type covers its partial modes too; detection with recognition gives both.
    texts, scores = getattr(result, "txts", None) or (), getattr(result, "scores", None) or ()
    lines = [_Seen(_spell(str(t)), float(s)) for t, s in zip(texts, scores, strict=True)]
    return [line for line in lines if _is_writing(line.text)]


def _spell(text: str) -> str:
    return _NOUGHT.sub(lambda at: "O" if text[at.start() - 1].isupper() else "o", text).strip()


def _is_writing(text: str) -> bool:
    signs = [sign for sign in text if not sign.isspace()]
    plain = sum(sign.isalnum() and sign < "\u0250" for sign in signs)
    return plain >= 2 and 2 * plain > len(signs)


def _worth(seen: list[_Seen]) -> float:
    """How much was read surely: letters count by how far above the threshold they are."""
    return sum(len(line.text) * (line.score - LINE_CONFIDENCE) for line in seen)
