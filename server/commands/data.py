"""`recado data`: care for what is stored."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from server.commands.terminal import fail, say, show

app = typer.Typer(help="Care for what is stored.", no_args_is_help=True)


@app.command("migrate")
def migrate_database() -> None:
    """Bring the database up to date, as every start does."""
    import psycopg

    from server.persistence.migrate import migrate
    from server.serve import reach, stores
    from server.settings import SettingsError, load_settings

    async def run() -> None:
        async with stores(reach(load_settings()), say) as settings:
            assert settings.database_url is not None  # noqa: S101 - stores fill it in
            await migrate(settings.database_url.get_secret_value())

    try:
        asyncio.run(run())
    except SettingsError as error:
        raise fail(*error.problems) from error
    except psycopg.Error as error:
        raise fail(f"The database could not be migrated: {error}".strip()) from error
    say("The database is up to date.")


@app.command("rebuild-vectors")
def rebuild_vectors(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Build Chroma's index again from Postgres; `recado serve` may be running or not."""
    from rich.console import Console
    from rich.progress import Progress

    from domain.errors import RecadoError
    from server.serve import reach, stores
    from server.settings import SettingsError, load_settings
    from server.wiring import open_parts

    async def run() -> int:
        settings = reach(load_settings())
        async with stores(settings, say) as settings, open_parts(settings) as parts:
            with Progress(console=Console(stderr=True), transient=True) as bar:
                task = bar.add_task("indexing", total=None)

                def progress(done: int, of: int) -> None:
                    bar.update(task, completed=done, total=of)

                return await parts.indexer.rebuild(progress)

    try:
        documents = asyncio.run(run())
    except SettingsError as error:
        raise fail(*error.problems) from error
    except RecadoError as error:
        raise fail(f"Chroma could not be rebuilt: {error}.") from error
    if json:
        show({"documents": documents})
    else:
        say(f"{documents} documents indexed.")
