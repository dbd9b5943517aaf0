"""Chroma in the data directory: the vendor's own server on loopback, and its only owner."""

import importlib.util
import os
import socket
import sys
from pathlib import Path

import psutil

from server.embedded.lifetime import Lifetime
from server.embedded.loopback import answers
from server.embedded.ownership import Ownership
from server.embedded.process import Child, ChildFailed

_STARTS = 3
_PROGRAM = "chromadb_rust_bindings"
# What the vendor's command `chroma` comes to. The command itself first imports the whole client,
# a second of a processor at every start, and uses nothing of it.
_RUN = f"""\
import sys
sys.path.append(sys.argv.pop(1))
import {_PROGRAM}
{_PROGRAM}.cli(["chroma", *sys.argv[1:]])
"""


class EmbeddedChroma(Lifetime):
    """A Chroma server of our own, from `start` to `stop`; `async with` does both.

    Its index can always be built again from Postgres, so losing its folder loses nothing.
    """

    def __init__(self, data_dir: Path) -> None:
        """`data_dir` is Recado's; the index is its folder `chroma`."""
        self._data_dir = data_dir.expanduser().resolve()
        self._index = self._data_dir / "chroma"
        self._ownership = Ownership(self._data_dir / "chroma.lock")
        self._note = _note_of(self._data_dir)
        self._child: Child | None = None
        self._url: str | None = None

    @property
    def url(self) -> str:
        """Its address; it stays the same until `stop`. Raises RuntimeError before `start`."""
        if self._url is None:
            raise RuntimeError("the embedded Chroma is not started")
        return self._url

    async def start(self) -> str:
        """Start it on a free port and answer its address. Raises AlreadyOwned or ChildFailed."""
        self._ownership.take()
        try:
            self._end_leftover()
            self._index.mkdir(parents=True, exist_ok=True)
            for attempt in range(1, _STARTS + 1):
                port = free_port()
                self._url = f"http://127.0.0.1:{port}"
                self._child = self._child_on(port)
                try:
                    await self._child.start()
                    break
                except ChildFailed:  # the port may have gone to somebody else meanwhile
                    if attempt == _STARTS:
                        raise
            pid = self._child.pid if self._child else None
            self._note.write_text(f"{self._url}\n{pid}\n")
        except BaseException:
            await self.stop()
            raise
        return self.url

    async def stop(self) -> None:
        """Stop it; does nothing when it is not running."""
        if self._child is not None:
            await self._child.stop()
            self._child = None
            self._note.unlink(missing_ok=True)
        self._url = None
        self._ownership.give_up()

    def _child_on(self, port: int) -> Child:
        argv = [sys.executable, "-c", _RUN, str(_packages())]
        argv += ["run", "--path", str(self._index), "--host", "127.0.0.1"]
        return Child(
            "The embedded Chroma",
            [*argv, "--port", str(port)],
            log_path=self._data_dir / "logs" / "chroma.log",
            ready=self._answers,
            env={"PATH": os.defpath, "HOME": str(self._index), "LC_ALL": "C.UTF-8"},
            cwd=self._index,
            stop_within=5.0,
        )

    async def _answers(self) -> bool:
        return await answers(f"{self.url}/api/v2/heartbeat")

    def _end_leftover(self) -> None:
        """End a server that a killed owner left, where the kernel did not do it."""
        if not self._note.exists():
            return
        lines = self._note.read_text().splitlines()
        self._note.unlink()
        if len(lines) < 2 or not lines[1].isdecimal():
            return
        try:
            process = psutil.Process(int(lines[1]))
            if str(self._index) in process.cmdline():
                process.kill()
                process.wait(5)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return


def running_chroma(data_dir: Path) -> str | None:
    """The address of the embedded Chroma that another process runs in this data directory."""
    note = _note_of(data_dir.expanduser().resolve())
    if not note.exists():
        return None
    url, _, pid = note.read_text().strip().partition("\n")
    return url if pid.isdecimal() and psutil.pid_exists(int(pid)) else None


def free_port() -> int:
    """A port of loopback that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _packages() -> Path:
    """Where Chroma is installed; found without importing it."""
    found = importlib.util.find_spec(_PROGRAM)
    if found is None or not found.submodule_search_locations:
        raise ChildFailed("Chroma is not installed: set CHROMA_URL instead.")
    return Path(next(iter(found.submodule_search_locations))).parent


def _note_of(data_dir: Path) -> Path:
    return data_dir / "chroma.url"
