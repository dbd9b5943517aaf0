"""The album that reading pictures is measured on, and how a reading is judged."""

from __future__ import annotations

import io
import json
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from domain.reading import ImageDescription
from evals.images.album import HERE, LEGIBLE, PARTS, Photo, album
from evals.images.measure import figures, judge
from evals.images.readers import NOTHING


def photo_named(name: str) -> Photo:
    return next(photo for part in PARTS for photo in album(part) if photo.name == name)


def reading(text: str, error: str | None = None, system: str | None = None) -> ImageDescription:
    return ImageDescription(readable=True, text=text, error=error, system=system)


def test_each_part_has_every_trouble_and_pictures_without_words() -> None:
    for part in PARTS:
        photos = list(album(part))
        legible = [photo for photo in photos if photo.truth.legible]
        assert len(legible) >= 60
        assert min(Counter(photo.trouble for photo in legible)[name] for name in LEGIBLE) >= 5
        assert len(photos) - len(legible) >= 20


def test_what_is_tuned_on_shares_nothing_with_what_is_reported() -> None:
    dev, report = (list(album(part)) for part in PARTS)
    assert {photo.seed for photo in dev}.isdisjoint({photo.seed for photo in report})
    raw = json.loads((HERE / "screens.json").read_text(encoding="utf-8"))["screens"]
    layouts = [{one["layout"] for one in raw if one["part"] == part} for part in PARTS]
    codes = [
        {
            text
            for one in raw
            if one["part"] == part
            for role, text in one["lines"]
            if role == "code"
        }
        for part in PARTS
    ]
    assert layouts[0].isdisjoint(layouts[1])
    assert codes[0].isdisjoint(codes[1])


def test_the_truth_is_written_on_the_screen() -> None:
    for photo in (photo for part in PARTS for photo in album(part)):
        for error in photo.truth.error:
            assert error in " ".join(photo.truth.words), photo.name


@pytest.mark.parametrize("name", ["d1-glare", "r11-straight", "cables-1", "d3-hopeless"])
def test_a_photo_is_the_same_each_time_and_a_picture(name: str) -> None:
    photo = photo_named(name)
    taken = photo.take()
    assert taken == photo.take()
    image = Image.open(io.BytesIO(taken))
    assert image.format == "JPEG"
    assert np.asarray(image).std() > 0


def test_a_hopeless_photo_has_lost_its_strokes() -> None:
    """A photo that nobody can read differs from one that can be: its edges are gone."""

    def edges(name: str) -> float:
        grey = np.asarray(Image.open(io.BytesIO(photo_named(name).take())).convert("L"), float)
        return float(np.percentile(np.abs(np.diff(grey[::4, ::4], axis=1)), 99.5))

    assert edges("d1-hopeless") < edges("d1-straight") / 3


def test_a_code_must_be_right_to_the_letter() -> None:
    photo = photo_named("d1-straight")
    right = judge(photo, reading("Código de error: PV-3017", "pv-3017"), 0.1)
    assert (right.error, right.false) == (True, False)
    wrong = judge(photo, reading("Código de error: PV-3O17", "PV-3O17"), 0.1)
    assert (wrong.error, wrong.false) == (False, True)
    named = judge(photo_named("r2-blur"), reading("x", "ERR_COMECTION_TMED_OUT"), 0.1)
    assert (named.error, named.false) == (False, True)


def test_a_screen_without_an_error_makes_any_error_false() -> None:
    said = judge(photo_named("d3-hand"), reading("Cambio: $ 51.50", "51.50"), 0.1)
    assert said.error is None
    assert said.false_error


def test_silence_is_honest_where_nothing_can_be_read_and_a_loss_elsewhere() -> None:
    quiet = [judge(photo_named(name), NOTHING, 0.1) for name in ("d1-straight", "dog-1")]
    found = figures(quiet)
    assert (found["honest"], found["silent"], found["false"]) == (1.0, 1.0, 0.0)
    loud = figures([judge(photo_named("dog-1"), reading("O"), 0.1)])
    assert (loud["honest"], loud["false"], loud["invented"]) == (0.0, 1.0, 1.0)
