"""`recado worker` with the settling switched off: what nobody answered is sent again at once."""

from __future__ import annotations

from dataclasses import replace

from server import wiring
from server.cli import app
from server.engine import Pace
from server.settings import Settings

_usual = wiring.pace_of


def blind(settings: Settings) -> Pace:
    """The usual pace, but for the one guard."""
    pace = _usual(settings)
    return replace(pace, send=replace(pace.send, settling=False))


if __name__ == "__main__":
    wiring.pace_of = blind
    app(["worker"])
