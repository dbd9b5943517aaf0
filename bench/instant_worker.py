"""`recado worker` with a model that answers at once: what is left is our own cost.

Everything else is the worker's own: reader, graph, checkpoints, queue. With `--no-send` effects
stay in the outbox, where a turn of the benchmark ends; whoever is to send them puts them down.
"""

from __future__ import annotations

import sys
from typing import Any

import uvloop

import server.cli  # noqa: F401 - sets what must be set before LangGraph is imported
from server import wiring
from server.commands.terminal import say
from server.logs import configure_logs
from server.sender import Sender
from server.serve import run_worker
from server.settings import load_settings
from tests.fakes.models import ScriptedModels


class Forgetful(list[Any]):
    """Keeps nothing: a benchmark must not grow by its own fakes."""

    def append(self, item: Any) -> None:
        """Do nothing."""


def instant_models(*_: object, **__: object) -> ScriptedModels:
    """Stands in for `server.wiring.choose_models`."""
    models = ScriptedModels()
    models.calls = Forgetful()
    return models


async def leave(self: Sender, incident: str, lane: str) -> None:
    """Stands in for `Sender.send_lane`."""


def main() -> None:
    """Run one worker until a signal ends it."""
    wiring.choose_models = instant_models
    if "--no-send" in sys.argv:
        Sender.send_lane = leave  # type: ignore[method-assign]  # what it is for
    settings = load_settings(env_file=None)
    configure_logs(level=settings.log_level, format="json")
    uvloop.run(run_worker(settings, say))


if __name__ == "__main__":
    main()
