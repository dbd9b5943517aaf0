"""Reads the text in a picture (rapidocr, models bundled); loaded when the first picture comes."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, UnidentifiedImageError

if TYPE_CHECKING:
    from rapidocr import RapidOCR

# Lines read with less confidence are left out.
LINE_CONFIDENCE = 0.6
_LOCK = threading.Lock()


@dataclass(frozen=True)
class PictureText:
    """What a picture says: lines from top to bottom, and their mean confidence, 0 to 1."""

    text: str
    confidence: float


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

    Takes about a second of one core; call it off the event loop.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            pixels = np.asarray(opened.convert("RGB"))[:, :, ::-1].copy()
    except (UnidentifiedImageError, OSError, ValueError):
        return PictureText("", 0.0)
    with _LOCK:
        result = _engine()(pixels)
    # The engine's type covers its partial modes too; detection with recognition gives both.
    texts, scores = getattr(result, "txts", None) or (), getattr(result, "scores", None) or ()
    found = [
        (str(text).strip(), float(score))
        for text, score in zip(texts, scores, strict=True)
        if float(score) >= LINE_CONFIDENCE and str(text).strip()
    ]
    if not found:
        return PictureText("", 0.0)
    return PictureText(
        "\n".join(text for text, _ in found), sum(score for _, score in found) / len(found)
    )
