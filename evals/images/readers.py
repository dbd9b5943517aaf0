"""Who reads the pictures: what ships, and baselines that need nothing of ours."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from domain.reading import ImageDescription
from evals.images.measure import Read
from tools.models.local.engine import describe_picture

if TYPE_CHECKING:
    from rapidocr import RapidOCR

_CODE = re.compile(r"\b(?=\w*\d)[A-Z]{1,4}[-_ ]?\d{1,6}\b|\berror\b[^\n]{0,30}", re.IGNORECASE)
_DEVICES = re.compile(
    r"\b(?:impresora|terminal|caja|cajero|router|switch|servidor|b[aá]scula|congelador|lector)\b",
    re.IGNORECASE,
)
NOTHING = ImageDescription(readable=False, text="", error=None, system=None)


def plain(data: bytes) -> ImageDescription:
    """The same OCR engine as it comes, whatever it returns, and two regular expressions."""
    text = "\n".join(getattr(_engine()(data), "txts", None) or ())
    code, device = _CODE.search(text), _DEVICES.search(text)
    return ImageDescription(
        readable=bool(text),
        text=text,
        error=code.group().strip() if code else None,
        system=device.group() if device else None,
    )


def blind(data: bytes) -> ImageDescription:
    """Never reads anything: honest, and of no use."""
    return NOTHING


@cache
def _engine() -> RapidOCR:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


READERS: dict[str, Read] = {"recado": describe_picture, "plain OCR": plain, "reads nothing": blind}
