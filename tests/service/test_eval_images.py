"""`recado eval images`: a few photos of the album, read by what ships and by the baselines."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from server.cli import app

pytestmark = pytest.mark.slow


def test_the_command_prints_one_object_beside_its_baselines() -> None:
    asked = ["eval", "images", "--part", "dev", "--trouble", "black", "--json"]
    found = CliRunner().invoke(app, asked)
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert (told["pictures"], told["synthetic"]) == (2, True)
    assert (told["honest"], told["false"]) == (1.0, 0.0)
    assert told["by_trouble"]["black"]["nothing_to_read"] == 2
    assert set(told["baselines"]) == {"plain OCR", "reads nothing"}


def test_what_the_album_has_not_is_said_in_a_sentence() -> None:
    for asked, sentence in (("--part", "There is no part"), ("--trouble", "No photo")):
        found = CliRunner().invoke(app, ["eval", "images", asked, "rain"])
        assert found.exit_code == 1
        assert sentence in found.output
