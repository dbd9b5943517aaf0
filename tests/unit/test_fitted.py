"""The numbers beside the weights stand in one place."""

from __future__ import annotations

import json
from pathlib import Path

from tools.models.local.fitted import FITTED, fitted, save_urgent_bias
from tools.models.local.haste import URGENT_BIAS
from tools.models.local.reader import INCIDENT_THRESHOLD


def test_what_ships_is_what_the_reader_decides_by() -> None:
    stored = json.loads(FITTED.read_text())
    assert stored == {"incident_threshold": INCIDENT_THRESHOLD, "urgent_bias": URGENT_BIAS}


def test_a_refit_writes_its_bias_and_leaves_the_chosen_threshold(tmp_path: Path) -> None:
    path = tmp_path / "fitted.json"
    save_urgent_bias(-1.23456, path)
    assert json.loads(path.read_text()) == {
        "incident_threshold": fitted().incident_threshold,
        "urgent_bias": -1.2346,
    }
