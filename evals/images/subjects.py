"""Pictures in which there is nothing to read, or nothing of a device: what groups send as well."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from evals.images.scenes import HIGH, WIDE, Dice, Light, finish, wall


def picture(subject: str, dice: Dice) -> bytes:
    """A photo of something else, JPEG. KeyError when the subject is unknown."""
    return finish(SUBJECTS[subject](dice), dice)


def _shelf(dice: Dice) -> Light:
    """A shelf with goods, without a word on them."""
    found = wall(dice)
    for row in range(3):
        floor = 300 + row * 290
        cv2.rectangle(found, (0, floor), (WIDE, floor + 24), (96.0, 72.0, 50.0), -1)
        left = 20
        while left < WIDE - 120:
            wide, high = int(dice.integers(60, 150)), int(dice.integers(110, 220))
            colour = tuple(float(v) for v in dice.uniform(30, 240, 3))
            cv2.rectangle(found, (left, floor - high), (left + wide, floor), colour, -1)
            band = tuple(float(v) for v in dice.uniform(120, 255, 3))
            cv2.rectangle(
                found, (left, floor - high // 2), (left + wide, floor - high // 2 + 24), band, -1
            )
            left += wide + int(dice.integers(4, 40))
    return found


def _dog(dice: Dice) -> Light:
    """An animal that lies in the way."""
    found = wall(dice)
    fur = tuple(float(v) for v in np.array([150, 110, 70]) * float(dice.uniform(0.6, 1.3)))
    cv2.ellipse(found, (700, 620), (330, 170), 0, 0, 360, fur, -1)
    cv2.circle(found, (370, 460), 140, fur, -1)
    for ear in (290, 450):
        cv2.ellipse(found, (ear, 380), (44, 110), 14, 0, 360, tuple(v * 0.6 for v in fur), -1)
    for eye in (325, 415):
        cv2.circle(found, (eye, 440), 16, (20.0, 16.0, 14.0), -1)
    cv2.ellipse(found, (368, 520), (34, 24), 0, 0, 360, (24.0, 18.0, 18.0), -1)
    for leg in (500, 620, 800, 930):
        cv2.rectangle(found, (leg, 720), (leg + 60, 900), fur, -1)
    return found


def _person(dice: Dice) -> Light:
    """Somebody who photographs themself."""
    found = wall(dice)
    skin = tuple(float(v) for v in np.array([224, 176, 146]) * float(dice.uniform(0.5, 1.05)))
    shirt = tuple(float(v) for v in dice.uniform(30, 220, 3))
    cv2.ellipse(found, (640, 1010), (430, 330), 0, 0, 360, shirt, -1)
    cv2.ellipse(found, (640, 440), (190, 250), 0, 0, 360, skin, -1)
    cv2.ellipse(found, (640, 300), (210, 150), 0, 180, 360, (50.0, 34.0, 26.0), -1)
    for eye in (565, 715):
        cv2.ellipse(found, (eye, 420), (30, 16), 0, 0, 360, (245.0, 245.0, 245.0), -1)
        cv2.circle(found, (eye, 420), 13, (50.0, 34.0, 20.0), -1)
    cv2.ellipse(found, (640, 560), (70, 26), 0, 0, 180, (160.0, 60.0, 66.0), -1)
    return found


def _floor(dice: Dice) -> Light:
    """A leak on a tiled floor."""
    found = wall(dice)
    for at in range(0, WIDE, 160):
        cv2.line(found, (at, 0), (at + 60, HIGH), (90.0, 88.0, 84.0), 5)
    for at in range(0, HIGH, 160):
        cv2.line(found, (0, at), (WIDE, at), (90.0, 88.0, 84.0), 5)
    wet = found.copy()
    cv2.ellipse(wet, (640, 600), (400, 190), 8, 0, 360, (70.0, 90.0, 110.0), -1)
    return (0.5 * found + 0.5 * wet).astype(np.float32)


def _black(dice: Dice) -> Light:
    """A pocket."""
    return np.full((HIGH, WIDE, 3), float(dice.uniform(2, 14)), np.float32)


def _wall(dice: Dice) -> Light:
    return wall(dice)


def _off(dice: Dice) -> Light:
    """A screen that stays dark, with a lamp in it."""
    found = wall(dice)
    cv2.rectangle(found, (200, 140), (1080, 720), (30.0, 30.0, 32.0), -1)
    cv2.rectangle(found, (230, 170), (1050, 680), (8.0, 8.0, 10.0), -1)
    at = (int(dice.integers(300, 900)), int(dice.integers(220, 600)))
    cv2.ellipse(found, at, (70, 40), 20, 0, 360, (120.0, 124.0, 120.0), -1)
    return found


def _cables(dice: Dice) -> Light:
    """The back of a cabinet."""
    found = wall(dice)
    for _ in range(26):
        points = dice.uniform([0, 0], [WIDE, HIGH], (4, 2)).astype(np.int32).reshape(-1, 1, 2)
        colour = tuple(float(v) for v in dice.uniform(10, 230, 3))
        cv2.polylines(found, [points], False, colour, int(dice.integers(6, 16)), cv2.LINE_AA)
    return found


SUBJECTS: dict[str, Callable[[Dice], Light]] = {
    "shelf": _shelf,
    "dog": _dog,
    "person": _person,
    "floor": _floor,
    "black": _black,
    "wall": _wall,
    "screen off": _off,
    "cables": _cables,
}
