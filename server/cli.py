"""The command `recado`. Each subcommand imports what it needs when it runs: --help is instant."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from server.commands import data, evaluate, sandbox, zoho
from server.commands.replay import replay
from server.commands.simulate import simulate
from server.commands.terminal import fail, say

if TYPE_CHECKING:
    from server.settings import Settings

# Before anything imports LangGraph, which reads it once (facts: CVE-2026-28277).
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
# Before numpy: one text is too little work for two threads, which would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = typer.Typer(
    name="recado",
    help="Turns WhatsApp group chats of retail stores into help-desk tickets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(zoho.app, name="zoho")
app.add_typer(data.app, name="data")
app.add_typer(evaluate.app, name="eval")
app.command()(replay)
app.command()(simulate)
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def start_logs(settings: Settings) -> None:
    """JSON lines to standard error; readable text when that is a terminal."""
    from server.logs import configure_logs

    form = settings.log_format
    if form == "auto":
        form = "text" if sys.stderr.isatty() else "json"
    configure_logs(level=settings.log_level.upper(), format=form)


@app.command()
def serve() -> None:
    """Run the server; with embedded defaults also Postgres, Chroma and one worker."""
    import uvloop

    from server.embedded.ownership import AlreadyOwned
    from server.embedded.postgres import PostgresFailed
    from server.embedded.process import ChildFailed
    from server.settings import SettingsError, load_settings, tell_langsmith

    try:
        settings = load_settings()
        tell_langsmith(settings)
        start_logs(settings)
        # It takes seconds to load: what is wrong with the settings is said before.
        from server.serve import serve as run

        uvloop.run(run(settings, say))
    except SettingsError as error:
        raise fail(*error.problems) from error
    except (AlreadyOwned, PostgresFailed, ChildFailed) as error:
        raise fail(str(error)) from error


@app.command()
def worker() -> None:
    """Run one more worker on the same database."""
    import uvloop

    from server.settings import SettingsError, load_settings, tell_langsmith

    try:
        settings = load_settings()
        tell_langsmith(settings)
        start_logs(settings)
        from server.serve import run_worker  # as above

        uvloop.run(run_worker(settings, say))
    except SettingsError as error:
        raise fail(*error.problems) from error


@app.command()
def doctor(json: Json = False) -> None:
    """Check the settings and every configured dependency; exit 1 when something is to mend."""
    from rich.console import Console

    from server.doctor import examine, is_well, render, to_json
    from server.persistence.migrate import pending
    from server.settings import SettingsError, load_settings

    found: Settings | SettingsError
    try:
        found = load_settings()
    except SettingsError as error:
        found = error
    findings = asyncio.run(examine(found, migrations_pending=pending))
    if json:
        print(to_json(findings))  # noqa: T201 - the result
    else:
        render(findings, Console())
    if not is_well(findings):
        raise typer.Exit(1)


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
