"""`recado replay`: the backtest of an exported chat, at a terminal."""

from __future__ import annotations

import asyncio
import signal
import sys
from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.commands.terminal import fail, say, show

if TYPE_CHECKING:
    from domain.message import Message
    from server.replay.report import ReplayResult
    from server.settings import Settings
    from tools.channels.export.reader import Export


class Language(StrEnum):
    """What the HTML file is written in; what people wrote stays as they wrote it."""

    ES = "es"
    EN = "en"


def replay(
    chat: Annotated[
        Path, typer.Argument(help="What Export chat gave: a .txt, or a .zip with media")
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(help="`local`, or provider:model; unset: the configured ones, as live"),
    ] = None,
    until_closed: Annotated[
        bool, typer.Option(help="Let time run on after the last message until nothing is open")
    ] = False,
    database: Annotated[
        str | None,
        typer.Option(help="Use a new database on this Postgres instead of starting one"),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Also write it as one HTML file, chat and decisions side by side"),
    ] = None,
    language: Annotated[
        Language | None, typer.Option(help="Of that file's own words; unset: RECADO_LANGUAGE")
    ] = None,
    progress: Annotated[
        bool, typer.Option(hidden=True, help="Tell the progress as JSON lines on standard error")
    ] = False,
    keep: Annotated[
        bool, typer.Option(help="Leave the replay's database and files, and say where they are")
    ] = False,
) -> None:
    """Backtest an exported WhatsApp chat: what would become tickets, be asked, and cost.

    Nothing is sent: no ticket, no message. Only hosted models, where they are configured, are
    really asked; `--model local` asks none.
    """
    from rich.console import Console

    from domain.errors import BadInput
    from server.embedded.postgres import PostgresFailed
    from server.embedded.process import ChildFailed
    from server.logs import configure_logs
    from server.replay.options import replay_settings
    from server.replay.report import print_report, to_json
    from server.settings import tell_langsmith
    from tools.channels.export.reader import read_export

    configure_logs(level="error", format="text" if sys.stderr.isatty() else "json")
    try:
        settings, problems = replay_settings(model)
        tell_langsmith(settings)
        export = read_export(chat, zone=settings.zone)
        result = asyncio.run(
            _replay(
                export,
                settings,
                until_closed=until_closed,
                database=database,
                keep=keep,
                tell=progress,
            )
        )
    except (BadInput, PostgresFailed, ChildFailed) as error:
        if progress and isinstance(error, BadInput):
            say(dumps({"failed": error.code}))
        raise fail(str(error)) from error
    except (KeyboardInterrupt, asyncio.CancelledError) as error:
        say("recado: stopped; nothing of the replay is left")
        raise typer.Exit(130) from error
    result.warnings.extend(f"not as configured: {problem}" for problem in problems)
    if html is not None:
        _write_html(html, result, export, settings, language or settings.language)
    if json:
        show(to_json(result))
    else:
        print_report(result, Console(), settings.zone)


def _write_html(
    path: Path, result: ReplayResult, export: Export, settings: Settings, language: str
) -> None:
    from server.replay.html import Said, to_html

    said = (
        Said(one.id, one.sent_at, one.sender.name or one.sender.phone or "", _words(one))
        for one in export.messages
    )
    try:
        path.write_text(to_html(result, said, settings.zone, language), encoding="utf-8")
    except OSError as error:
        raise fail(f"{path} cannot be written: {error.strerror}") from error


def _words(message: Message) -> str:
    """What a message says, and the names of its files."""
    return " ".join(filter(None, [message.text, *(a.filename or "" for a in message.attachments)]))


async def _replay(
    export: Export,
    settings: Settings,
    *,
    until_closed: bool,
    database: str | None,
    keep: bool,
    tell: bool = False,
) -> ReplayResult:
    """Run it with a bar on standard error, where that is a terminal; SIGTERM ends it tidily."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from server.replay.backtest import backtest
    from server.replay.scratch import scratch

    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    console = Console(stderr=True)
    columns = (
        TextColumn("replay"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("messages, {task.fields[incidents]} incidents"),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        shown = bar.add_task("replay", total=export.count, incidents=0)

        def progress(done: int, incidents: int) -> None:
            bar.update(shown, completed=done, incidents=incidents)
            if tell:
                say(dumps({"done": done, "total": export.count, "incidents": incidents}))

        async with scratch(server=database, keep=keep) as place:
            if keep:
                say(f"kept: {place.directory}, {place.database}")
            return await backtest(
                export, settings, place, until_closed=until_closed, progress=progress
            )
