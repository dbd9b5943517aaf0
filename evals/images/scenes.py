"""What happens to a screen when somebody photographs it in a shop: a scene, seeded, as JPEG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from evals.images.screens import Pixels

Light = NDArray[np.float32]
Dice = np.random.Generator
WIDE, HIGH = 1280, 960
# Around a screen that is photographed in no way badly: how far its corners stray, its share of the
# picture, and the quality of the JPEG.
STRAY, SHARE, QUALITY = 0.03, 0.72, 82


def photograph(screen: Pixels, trouble: str, dice: Dice) -> bytes:
    """A photo of a screen with this trouble, JPEG. KeyError when the trouble is unknown."""
    stray, share, turn = STRAY, SHARE, float(dice.uniform(-2, 2))
    if trouble == "perspective":
        stray = 0.22
    elif trouble == "turned":
        turn = float(dice.choice([-1, 1])) * float(dice.uniform(14, 32))
    elif trouble == "far":
        share = 0.3
    light = _place(screen, wall(dice), dice, stray=stray, share=share, turn=turn)
    light = TROUBLES[trouble](light, dice)
    quality = {"forwarded": 18, "far": 60}.get(trouble, QUALITY)
    return finish(light, dice, quality, shrink=0.5 if trouble == "forwarded" else 1.0)


def wall(dice: Dice) -> Light:
    """What is behind: a plain colour, unevenly lit, a little rough."""
    colour = float(dice.uniform(70, 190)) + dice.uniform(-25, 25, 3)
    slope = np.linspace(float(dice.uniform(0.7, 1)), float(dice.uniform(0.8, 1.2)), WIDE)
    rough = cv2.GaussianBlur(dice.normal(0, 12, (HIGH, WIDE, 1)).astype(np.float32), (0, 0), 3)
    found = colour[None, None, :] * slope[None, :, None] + rough[:, :, None]
    return np.clip(found, 0, 255).astype(np.float32)


def finish(light: Light, dice: Dice, quality: int = QUALITY, shrink: float = 1.0) -> bytes:
    """What the camera makes of it: grain, and a JPEG."""
    grain = dice.normal(0, 3, light.shape).astype(np.float32)
    pixels = np.clip(light + grain, 0, 255).astype(np.uint8)
    if shrink != 1.0:
        pixels = cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    _, coded = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return coded.tobytes()


def _place(
    screen: Pixels, behind: Light, dice: Dice, *, stray: float, share: float, turn: float
) -> Light:
    """The screen as a plane in space, before what is behind."""
    high, wide = screen.shape[:2]
    fit = min(WIDE * share / wide, HIGH * share / high)
    half = np.array([wide, high]) * fit / 2
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float64) * half
    corners += dice.uniform(-stray, stray, (4, 2)) * half * 2
    angle = np.deg2rad(turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ spin.T
    corners /= max(1.0, float(np.abs(corners / [WIDE * 0.49, HIGH * 0.49]).max()))
    room = np.array([WIDE, HIGH]) / 2 - np.abs(corners).max(axis=0)
    middle = np.array([WIDE, HIGH]) / 2 + dice.uniform(-0.5, 0.5, 2) * room
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(flat, (corners + middle).astype(np.float32))
    # Softened first, as a lens does: a far screen must not be read pixel by pixel.
    soft = cv2.GaussianBlur(screen, (0, 0), max(0.5, 0.45 / fit)).astype(np.float32)
    seen = cv2.warpPerspective(soft, matrix, (WIDE, HIGH), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.ones((high, wide), np.float32), matrix, (WIDE, HIGH))[:, :, None]
    return (seen * mask + behind * (1 - mask)).astype(np.float32)


def _nothing(light: Light, dice: Dice) -> Light:
    return light


def _glare(light: Light, dice: Dice) -> Light:
    """Lamps and a window that the glass throws back."""
    y, x = np.mgrid[0:HIGH, 0:WIDE].astype(np.float32)
    found = light * 0.92
    for _ in range(2):
        at = dice.uniform(0.25, 0.75, 2) * [WIDE, HIGH]
        size = dice.uniform(60, 150, 2)
        blob = np.exp(-(((x - at[0]) / size[0]) ** 2 + ((y - at[1]) / size[1]) ** 2))
        found = found + 255 * 1.1 * blob[:, :, None]
    band = np.exp(-(((x * 0.6 + y - float(dice.uniform(300, 1100))) / 60) ** 2))
    return _as_light(np.minimum(found + 70 * band[:, :, None], 255))


def _moire(light: Light, dice: Dice) -> Light:
    """The grid of the screen against the grid of the camera, colour by colour."""
    y, x = np.mgrid[0:HIGH, 0:WIDE].astype(np.float32)
    waves = []
    for channel in range(3):
        pitch, angle = dice.uniform(4, 11), dice.uniform(0, np.pi)
        bend = 6 * np.sin(x / dice.uniform(150, 320) + y / dice.uniform(150, 320) + channel)
        along = x * np.cos(angle) + y * np.sin(angle) + bend
        waves.append(1 + 0.28 * np.sin(2 * np.pi * along / pitch))
    return _as_light(light * np.stack(waves, axis=2))


def _blur(light: Light, dice: Dice) -> Light:
    """A hand that moved, and a lens that had not found its distance."""
    length, angle = int(dice.integers(7, 13)), float(dice.uniform(0, 180))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    spin = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), angle, 1)
    kernel = cv2.warpAffine(kernel, spin, (length, length)).astype(np.float32)
    moved = cv2.filter2D(light, -1, kernel / kernel.sum())
    return _as_light(cv2.GaussianBlur(moved, (0, 0), float(dice.uniform(1.0, 2.2))))


def _hand(light: Light, dice: Dice) -> Light:
    """Two fingers that point, from below or from the side."""
    found = light.copy()
    skin = np.array([224, 172, 142]) * float(dice.uniform(0.5, 1.05))
    side = float(dice.choice([-1, 1]))
    for finger in range(2):
        tip = np.array([WIDE / 2 + side * (150 + 110 * finger), HIGH * 0.62 + 40 * finger])
        root = tip + np.array([side * 160, 520.0])
        tip = tip + dice.uniform(-40, 40, 2)
        shade = tuple(float(v) for v in skin * (0.92 + 0.08 * finger))
        ends = (tuple(map(int, tip)), tuple(map(int, root)))
        cv2.line(found, ends[0], ends[1], tuple(v * 0.75 for v in shade), 104, cv2.LINE_AA)
        cv2.line(found, ends[0], ends[1], shade, 88, cv2.LINE_AA)
        nail = tuple(map(int, tip - [0, 14]))
        cv2.ellipse(found, nail, (22, 28), 0, 0, 360, tuple(min(v * 1.1, 255) for v in shade), -1)
    return found


def _dark(light: Light, dice: Dice) -> Light:
    """A back room: little light, so the camera adds grain."""
    dim = 255 * (light / 255) ** 1.2 * float(dice.uniform(0.14, 0.22))
    return (dim + dice.normal(0, 7, light.shape)).astype(np.float32)


def _hopeless(light: Light, dice: Dice) -> Light:
    """So far out of focus that no person reads it either."""
    return cv2.GaussianBlur(light, (0, 0), float(dice.uniform(16, 22))).astype(np.float32)


def _as_light(found: NDArray[Any]) -> Light:
    return np.asarray(found, dtype=np.float32)


TROUBLES: dict[str, Callable[[Light, Dice], Light]] = {
    "straight": _nothing,
    "perspective": _nothing,
    "turned": _nothing,
    "glare": _glare,
    "moire": _moire,
    "blur": _blur,
    "hand": _hand,
    "dark": _dark,
    "far": _nothing,
    "forwarded": _nothing,
    "hopeless": _hopeless,
}
