"""Looks at the settings, this machine and everything configured, and says what to mend.

`examine` never raises for what it finds; what is not configured is not looked at.
"""

import asyncio
import json
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

import httpx
import psycopg
from rich.console import Console
from rich.table import Table

from server.doctor_outside import Check, Trouble, outside_checks
from server.embedded.postgres import running_database
from server.settings import Settings, SettingsError

MigrationsPending = Callable[[str], Awaitable[bool]]
"""Whether the database at this address lacks migrations; it may raise Trouble."""

_LONGEST_CHECK = 15.0
_LEAST_FREE = 1024**3
_LARGEST_SKEW = 5.0


@dataclass(frozen=True)
class Finding:
    """What one check found: one sentence, and when it is not well how to mend it."""

    name: str
    ok: bool
    sentence: str
    mend: str = ""


async def examine(
    settings: Settings | SettingsError, *, migrations_pending: MigrationsPending | None = None
) -> list[Finding]:
    """Every finding, the settings' own first; what is outside is asked at the same time."""
    findings: list[Finding] = []
    if isinstance(settings, SettingsError):
        findings += [
            Finding("settings", False, problem, "Change it in the environment or in .env.")
            for problem in settings.problems
        ]
        if settings.settings is None:
            return findings
        settings = settings.settings
    else:
        findings.append(Finding("settings", True, f"The settings fit, in {settings.mode} mode."))
    checks = [
        *_machine_checks(settings),
        *_database_checks(settings, migrations_pending),
        *outside_checks(settings),
    ]
    return findings + list(await asyncio.gather(*(_run(name, check) for name, check in checks)))


def is_well(findings: Sequence[Finding]) -> bool:
    """Whether nothing needs mending: the command then ends with 0, else with 1."""
    return all(finding.ok for finding in findings)


def to_json(findings: Sequence[Finding]) -> str:
    """One object: `ok`, and `findings` with name, ok, sentence and mend."""
    held = {"ok": is_well(findings), "findings": [asdict(finding) for finding in findings]}
    return json.dumps(held, ensure_ascii=False)


def render(findings: Sequence[Finding], console: Console) -> None:
    """One line each, and under what is wrong how to mend it."""
    table = Table.grid(padding=(0, 1))
    for finding in findings:
        mark = "[green]✓[/]" if finding.ok else "[red]✗[/]"
        table.add_row(mark, f"[bold]{finding.name}[/]", _plain(finding.sentence))
        if finding.mend:
            table.add_row("", "", f"[yellow]→[/] {_plain(finding.mend)}")
    console.print(table)
    wrong = sum(not finding.ok for finding in findings)
    console.print(f"{wrong} to mend." if wrong else "All is well.")


def _plain(text: str) -> str:
    return text.replace("[", r"\[")


async def _run(name: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        async with asyncio.timeout(_LONGEST_CHECK):
            return Finding(name, True, await check())
    except Trouble as trouble:
        return Finding(name, False, trouble.sentence, trouble.mend)
    except TimeoutError:
        slow = f"No answer within {_LONGEST_CHECK:g} s."
        return Finding(name, False, slow, "Look whether it is overloaded or a firewall is between.")


def _machine_checks(settings: Settings) -> list[Check]:
    async def python() -> str:
        running = ".".join(map(str, sys.version_info[:3]))
        if not (3, 11) <= sys.version_info[:2] < (3, 14):
            raise Trouble(f"This is Python {running}.", "Use Python 3.11, 3.12 or 3.13.")
        return f"Python {running}, langgraph {version('langgraph')}."

    async def data_dir() -> str:
        place = settings.data_dir.expanduser().resolve()
        try:
            place.mkdir(parents=True, exist_ok=True)
            probe = place / ".doctor"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise Trouble(
                f"The data directory {place} cannot be written: {error.strerror}.",
                "Set RECADO_DATA_DIR to a directory of the user that runs Recado.",
            ) from error
        return f"The data directory {place} can be written."

    async def disk() -> str:
        place = settings.data_dir.expanduser().resolve()
        while not place.is_dir():
            place = place.parent
        free = shutil.disk_usage(place).free
        if free < _LEAST_FREE:
            raise Trouble(
                f"Only {free // 1024**2} MB are free at {place}.",
                "Free some space, or move RECADO_DATA_DIR to a larger disk.",
            )
        return f"{free / 1024**3:.0f} GB are free."

    async def port() -> str:
        return await _examine_port(settings.host, settings.port)

    async def time_zone() -> str:
        try:
            return f"The time zone is {settings.zone.key}."
        except (KeyError, ValueError, OSError) as error:
            raise Trouble(
                f'There is no time zone "{settings.tz}".',
                "Set TZ to a name such as America/Bogota; the names come with tzdata.",
            ) from error

    async def checkpoints() -> str:
        from langgraph.checkpoint.serde import _msgpack  # slow to import, and read at import

        if not _msgpack.STRICT_MSGPACK_ENABLED:
            raise Trouble(
                "Checkpoints may name any class when they are read.",
                "Set LANGGRAPH_STRICT_MSGPACK=true before Python starts, as `recado` does.",
            )
        return "Checkpoints are read strictly."

    return [
        ("python", python),
        ("data directory", data_dir),
        ("disk", disk),
        ("port", port),
        ("time zone", time_zone),
        ("checkpoints", checkpoints),
    ]


async def _examine_port(host: str, port: int) -> str:
    """Free, or held by Recado itself."""
    try:
        listener = await asyncio.start_server(lambda _r, w: w.close(), host, port)
    except OSError as error:
        shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 (only compared)
        try:
            async with httpx.AsyncClient(timeout=3.0, trust_env=False) as client:
                answer = await client.get(f"http://{shown}:{port}/health")
            if answer.is_success and "uptime" in answer.text:
                return f"Recado answers on port {port}."
        except httpx.HTTPError:
            pass
        raise Trouble(
            f"Port {port} on {host} cannot be listened on: {error.strerror}.",
            "End the program that has it, or set RECADO_PORT to another.",
        ) from error
    listener.close()
    await listener.wait_closed()
    return f"Port {port} is free."


def _database_checks(
    settings: Settings, migrations_pending: MigrationsPending | None
) -> list[Check]:
    url = (
        settings.database_url.get_secret_value()
        if settings.database_url
        else running_database(settings.data_dir)
    )

    async def embedded() -> str:
        return "Postgres is embedded: `recado serve` starts it."

    async def database() -> str:
        return await _examine_database(url or "")

    async def migrations() -> str:
        if migrations_pending is not None and url and await migrations_pending(url):
            raise Trouble(
                "The database lacks migrations.",
                "Start `recado serve` once, which applies them, or run `recado data migrate`.",
            )
        return "The database has every migration."

    if url is None:
        return [("database", embedded)]
    return [
        ("database", database),
        *([("migrations", migrations)] if migrations_pending is not None else []),
    ]


async def _examine_database(url: str) -> str:
    """Reachable, a Postgres that is new enough, and of one mind with us about the time."""
    try:
        async with await psycopg.AsyncConnection.connect(url, connect_timeout=5) as connection:
            row = await (
                await connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
            ).fetchone()
            server = connection.info.server_version
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
        raise Trouble(
            f"The database cannot be reached: {reason}.",
            "Start Postgres and look at DATABASE_URL; unset, Recado runs one of its own.",
        ) from error
    skew = abs(time.time() - float(row[0])) if row else 0.0
    if skew > _LARGEST_SKEW:
        raise Trouble(
            f"The database's clock and this one differ by {skew:.0f} s.",
            "Let both machines take their time from NTP.",
        )
    if server < 140000:
        raise Trouble(f"Postgres {server // 10000} is too old.", "Use Postgres 14 or newer.")
    return f"Postgres {server // 10000} answers, and its clock is right."
