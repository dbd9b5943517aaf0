"""How the commands that measure run: with the configured models or the named one, and every way
that it may fail told in a sentence."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from server.commands.terminal import fail, say

if TYPE_CHECKING:
    from server.settings import Settings

Found = TypeVar("Found")


def run_measured(
    model: str | None, work: Callable[[Settings], Awaitable[Found]], what: str
) -> Found:
    """Do `work` with the settings that are fit for measuring. Raises typer.Exit.

    `what` it is, for whoever stops it.
    """
    from domain.errors import BadInput
    from server.embedded.postgres import PostgresFailed
    from server.embedded.process import ChildFailed
    from server.logs import configure_logs
    from server.replay.options import replay_settings
    from server.settings import tell_langsmith

    async def working() -> Found:
        return await work(settings)

    configure_logs(level="error", format="text" if sys.stderr.isatty() else "json")
    try:
        settings, problems = replay_settings(model)
        tell_langsmith(settings)
        for problem in problems:
            say(f"not as configured: {problem}")
        return asyncio.run(working())
    except (BadInput, PostgresFailed, ChildFailed) as error:
        raise fail(str(error)) from error
    except (KeyboardInterrupt, asyncio.CancelledError) as error:
        say(f"recado: stopped; nothing of the {what} is left")
        raise typer.Exit(130) from error
