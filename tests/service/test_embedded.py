"""The embedded servers with real processes: kept data, take-over, one owner, no leftovers."""

import asyncio
import os
import pwd
import signal
import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from server.embedded.chroma import EmbeddedChroma, running_chroma
from server.embedded.ownership import AlreadyOwned
from server.embedded.postgres import EmbeddedPostgres, _programs, running_database
from server.embedded.process import Child, ChildFailed
from tests.service.stage import PATIENCE, eventually, until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OWNER = """
    import asyncio, sys
    from pathlib import Path
    from server.embedded.chroma import EmbeddedChroma
    from server.embedded.postgres import EmbeddedPostgres

    async def main():
        part = EmbeddedPostgres if sys.argv[2] == "postgres" else EmbeddedChroma
        async with part(Path(sys.argv[1])) as server:
            print(server.url, flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

    asyncio.run(main())
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data directory, whose processes are all gone after the test."""
    yield tmp_path / "data"
    _, left = psutil.wait_procs(processes_in(tmp_path), PATIENCE)
    assert [process.info for process in left] == []


def processes_in(place: Path) -> list[psutil.Process]:
    """The processes that name this place in their command line."""
    return [
        process
        for process in psutil.process_iter(["pid", "cmdline"])
        if any(str(place) in part for part in process.info["cmdline"] or ())
        and process.pid != os.getpid()
    ]


def owner_of(
    data_dir: Path, part: str, user: int | None = None, python: str = sys.executable
) -> subprocess.Popen[str]:
    """A process of its own that starts the part and holds it until its standard input ends."""
    packages = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    return subprocess.Popen(
        [python, "-c", textwrap.dedent(OWNER), str(data_dir), part],
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": packages, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )


def python_for(user: int) -> str | None:
    """A Python of our version that this user may run; the one we run may be root's alone."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/local/bin/{version}", f"/usr/bin/{version}"):
        try:
            subprocess.run([candidate, "--version"], check=True, capture_output=True, user=user)
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    return None


def told(owner: subprocess.Popen[str]) -> str:
    """What the owner says first: its address."""
    assert owner.stdout is not None
    return owner.stdout.readline().strip()


def end(owner: subprocess.Popen[str]) -> None:
    """Let the owner end by itself."""
    owner.communicate(timeout=PATIENCE)
    assert owner.returncode == 0


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """A connection that commits each statement."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        yield connection


async def value_of(url: str, query: str) -> object:
    """The first value that a query answers."""
    async with connected(url) as connection:
        row = await (await connection.execute(query.encode())).fetchone()
    assert row is not None
    return row[0]


async def test_a_second_start_finds_the_data(data_dir: Path) -> None:
    async with EmbeddedPostgres(data_dir) as postgres, connected(postgres.url) as connection:
        assert running_database(data_dir) == postgres.url
        await connection.execute("CREATE TABLE kept (word text)")
        await connection.execute("INSERT INTO kept VALUES ('recado')")
    assert running_database(data_dir) is None
    async with EmbeddedPostgres(data_dir) as postgres:
        assert await value_of(postgres.url, "SELECT word FROM kept") == "recado"


async def test_commits_are_kept_and_accents_understood(data_dir: Path) -> None:
    async with EmbeddedPostgres(data_dir) as postgres:
        assert await value_of(postgres.url, "SHOW fsync") == "on"
        assert await value_of(postgres.url, "SHOW synchronous_commit") == "on"
        assert await value_of(postgres.url, "SHOW listen_addresses") == ""
        assert await value_of(postgres.url, "SELECT lower('ÁÑ')") == "áñ"
        names = "SELECT count(*) FROM pg_available_extensions WHERE name IN ('vector', 'pg_trgm')"
        assert await value_of(postgres.url, names) == 2


async def test_the_environment_does_not_lead_astray(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATABASE", "elsewhere")
    async with EmbeddedPostgres(data_dir) as postgres:
        assert await value_of(postgres.url, "SELECT current_database()") == "recado"


async def test_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 90) / "data, of ours"
    async with EmbeddedPostgres(deep) as postgres:
        assert await value_of(postgres.url, "SELECT 1") == 1
        sockets = Path(postgres._socket_dir or "")
        assert not sockets.is_relative_to(deep)
    assert sockets not in list(sockets.parent.glob("recado-pg-*"))


async def test_the_next_start_takes_over_after_a_kill(data_dir: Path) -> None:
    owner = owner_of(data_dir, "postgres")
    url = await asyncio.to_thread(told, owner)
    async with connected(url) as connection:
        await connection.execute("CREATE TABLE kept (word text)")
    owner.kill()
    owner.communicate()
    async with EmbeddedPostgres(data_dir) as postgres:
        assert await value_of(postgres.url, "SELECT count(*) FROM kept") == 0


async def test_a_server_without_owner_is_ended_first(data_dir: Path) -> None:
    async with EmbeddedPostgres(data_dir):
        pass
    cluster = data_dir / "postgres"
    owner = cluster.stat()
    programs = _programs()
    orphan = await asyncio.create_subprocess_exec(
        *map(str, [programs / "postgres", "-D", cluster, "-k", cluster]),
        *("-c", "listen_addresses="),
        cwd="/",
        user=owner.st_uid,
        group=owner.st_gid,
        stderr=subprocess.DEVNULL,
    )
    await until((cluster / ".s.PGSQL.5432").exists)
    async with EmbeddedPostgres(data_dir) as postgres:
        assert await value_of(postgres.url, "SELECT 1") == 1
        await asyncio.wait_for(orphan.wait(), PATIENCE)


async def test_a_stale_note_of_a_reused_number_is_forgotten(data_dir: Path) -> None:
    async with EmbeddedPostgres(data_dir):
        pass
    (data_dir / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data_dir}\n")
    async with EmbeddedPostgres(data_dir) as postgres:
        assert await value_of(postgres.url, "SELECT 1") == 1


async def test_a_postgres_that_dies_is_started_again(data_dir: Path) -> None:
    async with EmbeddedPostgres(data_dir) as postgres:
        note = data_dir / "postgres" / "postmaster.pid"
        first = int(note.read_text().split()[0])
        os.kill(first, signal.SIGKILL)

        await until(lambda: not psutil.pid_exists(first))

        async def answers() -> bool:
            try:
                return await value_of(postgres.url, "SELECT 1") == 1
            except psycopg.OperationalError:
                return False

        await eventually(answers, what="no Postgres again")
        assert int(note.read_text().split()[0]) != first


@pytest.mark.parametrize("part", ["postgres", "chroma"])
async def test_a_second_owner_is_refused_by_a_sentence(data_dir: Path, part: str) -> None:
    owner = owner_of(data_dir, part)
    url = await asyncio.to_thread(told, owner)
    other = EmbeddedPostgres(data_dir) if part == "postgres" else EmbeddedChroma(data_dir)
    with pytest.raises(AlreadyOwned, match=f"in use by process {owner.pid}: stop it"):
        await other.start()
    kept = {"postgres": running_database, "chroma": running_chroma}[part](data_dir)
    assert kept == url
    await asyncio.to_thread(end, owner)


@pytest.mark.parametrize("part", ["postgres", "chroma"])
async def test_nothing_outlives_a_killed_owner(data_dir: Path, part: str) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child of its parent's death")
    owner = owner_of(data_dir, part)
    assert await asyncio.to_thread(told, owner)
    assert len(processes_in(data_dir)) >= 2
    owner.kill()
    owner.communicate()
    await until(lambda: processes_in(data_dir) == [])


async def test_an_ordinary_user_may_own_it(data_dir: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("every other test here already runs as an ordinary user")
    user = pwd.getpwnam("nobody").pw_uid
    python = await asyncio.to_thread(python_for, user)
    if python is None:
        pytest.skip("not run: needs a Python that an ordinary user may run")
    for folder in [data_dir, *data_dir.parents]:
        folder.mkdir(exist_ok=True)
        folder.chmod(folder.stat().st_mode | 0o005)
    os.chown(data_dir, user, user)
    owner = owner_of(data_dir, "postgres", user, python)
    url = await asyncio.to_thread(told, owner)
    assert await value_of(url, "SELECT 1") == 1
    assert (data_dir / "postgres").stat().st_uid == user
    await asyncio.to_thread(end, owner)


async def test_chroma_keeps_what_it_was_given(data_dir: Path) -> None:
    place = "api/v2/tenants/default_tenant/databases/default_database/collections"
    async with EmbeddedChroma(data_dir) as chroma, httpx.AsyncClient() as client:
        made = await client.post(f"{chroma.url}/{place}", json={"name": "kept"})
        assert made.status_code == httpx.codes.OK
        assert running_chroma(data_dir) == chroma.url
    async with EmbeddedChroma(data_dir) as chroma, httpx.AsyncClient() as client:
        found = (await client.get(f"{chroma.url}/{place}")).json()
    assert [collection["name"] for collection in found] == ["kept"]


async def test_a_child_that_cannot_start_says_why(tmp_path: Path) -> None:
    async def never() -> bool:
        return False

    child = Child(
        "The toy",
        [sys.executable, "-c", "raise SystemExit('no paper')"],
        log_path=tmp_path / "toy.log",
        ready=never,
    )
    with pytest.raises(ChildFailed, match=r"The toy ended at once \(no paper\); its log is"):
        await child.start()
    assert child.pid is None


async def test_a_deaf_child_is_ended_by_force(tmp_path: Path) -> None:
    log = tmp_path / "deaf.log"

    async def spoke() -> bool:
        return "deaf" in log.read_text()

    program = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True)"
    argv = [sys.executable, "-c", f"{program}; time.sleep(60)"]
    async with Child("The toy", argv, log_path=log, ready=spoke, stop_within=0.2) as child:
        pid = child.pid
    assert pid is not None
    assert not psutil.pid_exists(pid)
