"""The fault tests' stage: stand-ins as processes, and one seed for all that is left to chance."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import nullcontext

import pytest

from tests.service.conftest import outside as outside
from tests.service.conftest import run as run

SEED = "FAULT_SEED"
Tell = Callable[[str], None]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Print a line for whoever runs the tests, whether they pass or not."""
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def write(line: str) -> None:
        with capture.global_and_fixture_disabled() if capture else nullcontext():
            sys.stdout.write(f"\n{line}\n")

    return write


@pytest.fixture
def seed(tell: Tell) -> int:
    """What chance is drawn from: FAULT_SEED, or a new one; it is printed."""
    given = os.environ.get(SEED)
    drawn = int(given) if given else secrets.randbelow(1_000_000)
    tell(f"{SEED}={drawn}")
    return drawn
