"""`recado simulate`: the bot among simulated store groups, measured, at a terminal."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from server.commands.measuring import run_measured
from server.commands.terminal import say, show

if TYPE_CHECKING:
    from evals.simulate.play import Played
    from server.settings import Settings


def simulate(
    personas: Annotated[
        bool, typer.Option("--personas", help="People answer what the bot asks them.")
    ] = False,
    seed: Annotated[
        list[int] | None,
        typer.Option(help="Once or more; below 1000 in the words that were developed with"),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="Days of each seed")] = 5,
    groups: Annotated[int, typer.Option(min=1, max=50, help="Groups of each seed")] = 3,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
    model: Annotated[
        str | None, typer.Option(help="`local`, or provider:model; unset: the configured ones")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="Work on this Postgres instead of starting one")
    ] = None,
) -> None:
    """Play synthetic store groups on the path of live traffic, and score what came of it.

    Nothing leaves: WhatsApp and Zoho are played, only hosted models that are configured are asked.
    """
    from rich.console import Console

    from evals.simulate.report import print_report, report
    from evals.simulate.truth import REPORTED_FROM

    seeds = seed or [REPORTED_FROM]
    plays = run_measured(
        model,
        lambda using: _simulate(seeds, days, groups, using, personas=personas, database=database),
        "simulation",
    )
    found = report(plays, personas=personas)
    if json:
        show(found)
    else:
        print_report(found, Console())


async def _simulate(
    seeds: list[int],
    days: int,
    groups: int,
    settings: Settings,
    *,
    personas: bool,
    database: str | None,
) -> list[Played]:
    """Run it with a bar on standard error, where that is a terminal; SIGTERM ends it tidily."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from evals.simulate.report import simulate as run

    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("messages"),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        shown = bar.add_task("simulate", total=None)

        def progress(seed: int, done: int, total: int) -> None:
            bar.update(shown, description=f"seed {seed}", completed=done, total=max(total, done))

        return await run(
            seeds,
            days,
            groups,
            settings,
            personas=personas,
            database=database,
            tell=say,
            progress=progress,
        )
