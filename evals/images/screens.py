"""Screens as the devices of a store show them, drawn flat from the words in screens.json.

Nothing here comes from what reads pictures, and the fonts are those that OpenCV and Pillow bring.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
Shown = Sequence[tuple[str, str]]
Colour = tuple[int, int, int]
# Which of the seven strokes are lit: top, upper left and right, middle, lower left and right,
# bottom.
_SEGMENTS = {
    "0": "1110111", "1": "0010010", "2": "1011101", "3": "1011011", "4": "0111010",
    "5": "1101011", "6": "1101111", "7": "1010010", "8": "1111111", "9": "1111011",
    "E": "1101101", "r": "0001100", "-": "0001000", " ": "0000000",
}  # fmt: skip


def draw_screen(layout: str, lines: Shown, dice: np.random.Generator) -> Pixels:
    """The screen of a device, RGB, straight from the front. KeyError for an unknown layout."""
    return LAYOUTS[layout](lines, dice)


def _dialog(lines: Shown, dice: np.random.Generator) -> Pixels:
    """A window of a desktop program."""
    image = Image.new("RGB", (760, 430), _of(dice, (58, 110, 165), (0, 90, 90), (70, 70, 80)))
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, 700, 370), fill=(238, 238, 236), outline=(90, 90, 90), width=2)
    pen.rectangle((60, 60, 700, 104), fill=_of(dice, (20, 60, 140), (90, 90, 96)))
    pen.ellipse((85, 150, 145, 210), fill=(200, 30, 30))
    pen.line((102, 167, 128, 193), fill="white", width=6)
    pen.line((128, 167, 102, 193), fill="white", width=6)
    top, weight = 140, int(dice.choice([300, 400, 600]))
    for role, text in lines:
        if role == "title":
            _write(image, (72, 68), text, (250, 250, 250), 24, 700)
            continue
        _write(image, (170, top), text, (20, 20, 20), 26, weight)
        top += 46
    pen.rectangle((330, 312, 450, 354), fill=(222, 222, 222), outline=(110, 110, 110))
    return np.asarray(image)


def _terminal(lines: Shown, dice: np.random.Generator) -> Pixels:
    """A card terminal: a small display of dots above its keys."""
    image = Image.new("RGB", (460, 720), _of(dice, (40, 42, 46), (64, 66, 72), (24, 30, 44)))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((36, 60, 424, 270), 10, fill=_of(dice, (176, 196, 160), (190, 206, 214)))
    for place, (_, text) in enumerate(lines):
        _dots(image, text, (48, 78 + place * 58), 366, (28, 36, 30))
    for row in range(4):
        for column in range(3):
            at = (60 + column * 120, 320 + row * 88)
            pen.rounded_rectangle((*at, at[0] + 98, at[1] + 64), 12, fill=(208, 208, 204))
    return np.asarray(image)


def _printer(lines: Shown, dice: np.random.Generator) -> Pixels:
    """The panel of a printer: two lines of dots, lit from behind."""
    image = Image.new("RGB", (760, 300), _of(dice, (205, 205, 200), (60, 60, 62)))
    pen = ImageDraw.Draw(image)
    lit, ink = _pair(dice, ((150, 190, 40), (20, 40, 10)), ((30, 60, 170), (225, 235, 255)))
    pen.rectangle((60, 60, 560, 220), fill=lit, outline=(30, 30, 30), width=6)
    for place, (_, text) in enumerate(lines):
        _dots(image, text, (78, 82 + place * 68), 460, ink)
    for place in range(3):
        pen.ellipse((610, 66 + place * 56, 650, 106 + place * 56), fill=(120, 120, 118))
    return np.asarray(image)


def _segments(lines: Shown, dice: np.random.Generator) -> Pixels:
    """A label plate above glowing digits of seven strokes."""
    image = Image.new("RGB", (560, 330), _of(dice, (225, 226, 228), (30, 30, 32)))
    pen = ImageDraw.Draw(image)
    pen.rectangle((50, 110, 510, 290), fill=(14, 10, 10))
    glow = _of(dice, (255, 50, 40), (255, 170, 30), (60, 240, 120))
    for role, text in lines:
        if role == "label":
            dark = image.getpixel((4, 4)) == (30, 30, 32)
            pen.text(
                (54, 48),
                text,
                fill="white" if dark else (30, 30, 30),
                font=ImageFont.load_default(40),
            )
            continue
        step = 100 if len(text) < 5 else 84
        for place, sign in enumerate(text):
            _segment(pen, sign, (80 + place * step, 130), glow)
    return np.asarray(image)


def _browser(lines: Shown, dice: np.random.Generator) -> Pixels:
    """A page in a browser."""
    image = Image.new("RGB", (900, 520), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 900, 64), fill=_of(dice, (222, 225, 230), (53, 54, 58)))
    pen.rounded_rectangle((120, 14, 860, 50), 18, fill=(250, 250, 250))
    for place in range(3):
        pen.ellipse((18 + place * 30, 24, 34 + place * 30, 40), fill=(150, 150, 155))
    top = 130
    for role, text in lines:
        size = {"title": 40, "code": 24}.get(role, 28)
        ink = {"title": (40, 40, 44), "code": (110, 110, 114)}.get(role, (70, 70, 74))
        _write(image, (110, top), text, ink, size, 400)
        top += size + 34
    return np.asarray(image)


def _kiosk(lines: Shown, dice: np.random.Generator) -> Pixels:
    """A screen for customers: few words, large, on colour."""
    ground = _of(dice, (170, 20, 40), (20, 30, 90), (240, 240, 240))
    ink = (30, 30, 30) if sum(ground) > 500 else (250, 250, 250)
    pixels: Pixels = np.full((640, 900, 3), ground, dtype=np.uint8)
    cv2.rectangle(pixels, (0, 540), (900, 640), _of(dice, (250, 200, 0), (90, 90, 100)), -1)
    for place, (role, text) in enumerate(lines):
        scale, thick = (1.5, 4) if role == "title" else (1.2, 2)
        face = cv2.FONT_HERSHEY_DUPLEX if role == "title" else cv2.FONT_HERSHEY_SIMPLEX
        at = (60, 150 + place * 105)
        cv2.putText(pixels, _plain(text), at, face, scale, ink, thick, cv2.LINE_AA)
    return pixels


def _phone(lines: Shown, dice: np.random.Generator) -> Pixels:
    """An application on a phone."""
    ground = _of(dice, (245, 246, 250), (24, 25, 30))
    dark = sum(ground) < 200
    image = Image.new("RGB", (540, 900), ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 540, 110), fill=_of(dice, (0, 120, 110), (90, 40, 150), (210, 80, 20)))
    pen.rounded_rectangle((30, 240, 510, 660), 26, fill=(44, 46, 52) if dark else (255, 255, 255))
    top = 300
    for role, text in lines:
        if role == "title":
            _write(image, (30, 44), text, (255, 255, 255), 34, 600)
            continue
        ink = (235, 235, 235) if dark else (40, 40, 40)
        for part in _wrap(text, 24):
            _write(image, (60, top), part, ink, 32 if role == "body" else 27, 400)
            top += 46
        top += 30
    return np.asarray(image)


def _router(lines: Shown, dice: np.random.Generator) -> Pixels:
    """A small display of a network device, between lamps and sockets."""
    pixels: Pixels = np.full((320, 900, 3), _of(dice, (34, 36, 40), (210, 212, 214)), np.uint8)
    cv2.rectangle(pixels, (60, 60), (520, 260), (6, 8, 14), -1)
    ink = _of(dice, (120, 200, 255), (240, 240, 240), (250, 220, 60))
    for place, (_, text) in enumerate(lines):
        at = (80, 115 + place * 58)
        cv2.putText(pixels, _plain(text), at, cv2.FONT_HERSHEY_PLAIN, 2.6, ink, 2, cv2.LINE_AA)
    for place in range(4):
        cv2.circle(pixels, (570 + place * 34, 80), 7, (60, 220, 90), -1, cv2.LINE_AA)
        cv2.rectangle(pixels, (560 + place * 76, 150), (620 + place * 76, 210), (80, 80, 84), -1)
    return pixels


LAYOUTS: dict[str, Callable[[Shown, np.random.Generator], Pixels]] = {
    "dialog": _dialog,
    "terminal": _terminal,
    "printer": _printer,
    "fridge": _segments,
    "scale": _segments,
    "browser": _browser,
    "kiosk": _kiosk,
    "phone": _phone,
    "router": _router,
}


def _dots(image: Image.Image, text: str, at: tuple[int, int], width: int, ink: Colour) -> None:
    """A line of a display of dots: the bitmap font of Pillow, each of its pixels a dot."""
    plain = _plain(text)
    mask = Image.new("L", (6 * len(plain) + 2, 12))
    ImageDraw.Draw(mask).text((0, 0), plain, fill=255, font=ImageFont.load_default_imagefont())
    size = min(width // mask.width, 5)
    pen = ImageDraw.Draw(image)
    for y, row in enumerate(np.asarray(mask) > 127):
        for x in np.flatnonzero(row):
            left, top = at[0] + int(x) * size, at[1] + y * size
            pen.rectangle((left, top, left + size - 1, top + size - 1 - (size > 3)), fill=ink)


def _segment(pen: ImageDraw.ImageDraw, sign: str, at: tuple[int, int], glow: Colour) -> None:
    x, y, w, h, t = at[0], at[1], 66, 64, 12
    strokes = (
        (x + t, y, x + w - t, y + t),
        (x, y + t, x + t, y + h),
        (x + w - t, y + t, x + w, y + h),
        (x + t, y + h - t // 2, x + w - t, y + h + t // 2),
        (x, y + h + t // 2, x + t, y + 2 * h),
        (x + w - t, y + h + t // 2, x + w, y + 2 * h),
        (x + t, y + 2 * h - t // 2, x + w - t, y + 2 * h + t // 2),
    )
    for lit, stroke in zip(_SEGMENTS[sign], strokes, strict=True):
        pen.rectangle(stroke, fill=glow if lit == "1" else (30, 20, 18))


def _write(
    image: Image.Image, at: tuple[int, int], text: str, ink: Colour, size: int, weight: int
) -> None:
    """A line of text whose top left is at `at`, in OpenCV's own font, which has accents."""
    pixels = np.array(image)
    base = (at[0], at[1] + round(size * 0.85))
    cv2.putText(pixels, text, base, ink, cv2.FontFace("sans"), size, weight)
    image.paste(Image.fromarray(pixels))


def _plain(text: str) -> str:
    """Without accents, as devices write that have none."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _wrap(text: str, width: int) -> list[str]:
    parts = [""]
    for word in text.split():
        if parts[-1] and len(parts[-1]) + len(word) + 1 > width:
            parts.append(word)
        else:
            parts[-1] = f"{parts[-1]} {word}".strip()
    return parts


def _of(dice: np.random.Generator, *choices: Colour) -> Colour:
    return choices[int(dice.integers(len(choices)))]


def _pair(dice: np.random.Generator, *choices: tuple[Colour, Colour]) -> tuple[Colour, Colour]:
    return choices[int(dice.integers(len(choices)))]
