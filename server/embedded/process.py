"""A program that runs as our child: started, watched, started again when it dies, and stopped."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.embedded.lifetime import Lifetime

_log = logging.getLogger(__name__)

_TETHER = Path(__file__).with_name("tether.py")
_LONGEST_LOG = 10 * 1024**2
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0
_GRACE_AFTER_KILL = 5.0


class ChildFailed(Exception):
    """A program did not start; the message is one sentence and names its log."""


@dataclass(frozen=True)
class Account:
    """A system user that a child runs as."""

    uid: int
    gid: int


def tethered(argv: Sequence[str], account: Account | None, at_our_end: signal.Signals) -> list[str]:
    """The command line that runs `argv` as `account` and signals it when this process is gone."""
    who = account or Account(-1, -1)
    numbers = [os.getpid(), int(at_our_end), who.uid, who.gid]
    return [sys.executable, "-I", "-S", str(_TETHER), *map(str, numbers), "--", *argv]


class Child(Lifetime):
    """One program, from `start` to `stop`; `async with` does both.

    It is the only child under this object: when it dies by itself it is started again, after a
    pause that grows to 10 s. It leads its own session, so that a Ctrl-C on the terminal reaches
    us alone and its end stays in our hands; on Linux it dies with us, even by SIGKILL. Start it
    from the event loop's thread: the kernel watches over the thread that made it.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        log_path: Path,
        ready: Callable[[], Awaitable[bool]],
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: Account | None = None,
        stop_signals: Sequence[signal.Signals] = (signal.SIGTERM,),
        ready_within: float = 60.0,
        stop_within: float = 10.0,
    ) -> None:
        """`env` replaces the environment; each of `stop_signals` has `stop_within` seconds."""
        self.name = name
        self.log_path = log_path
        self._argv = list(argv)
        self._ready = ready
        self._env = None if env is None else dict(env)
        self._cwd = cwd
        self._account = account
        self._stop_signals = tuple(stop_signals)
        self._ready_within = ready_within
        self._stop_within = stop_within
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def start(self) -> None:
        """Run it until it is ready. Raises ChildFailed, and then nothing of it is left."""
        self._roll_log()
        try:
            await self._run_until_ready()
        except BaseException:
            await self._end()
            raise
        self._watch = asyncio.create_task(self._keep_running(), name=f"watch {self.name}")

    async def stop(self) -> None:
        """End it: politely, then by force. Does nothing when it is not running."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        await self._end()

    async def _run_until_ready(self) -> None:
        started_at = self.log_path.stat().st_size if self.log_path.exists() else 0
        await self._spawn()
        try:
            async with asyncio.timeout(self._ready_within):
                while not await self._ready():
                    if self.pid is None:
                        raise ChildFailed(self._why(started_at, "ended at once"))
                    await asyncio.sleep(0.02)
        except TimeoutError:
            late = f"was not ready within {self._ready_within:g} s"
            raise ChildFailed(self._why(started_at, late)) from None
        if self.pid is None:  # something else answered in its place
            raise ChildFailed(self._why(started_at, "ended at once"))

    async def _spawn(self) -> None:
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *tethered(self._argv, self._account, self._stop_signals[0]),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._env,
                cwd=self._cwd,
                start_new_session=True,
            )

    async def _keep_running(self) -> None:
        pause = _FIRST_PAUSE
        while self._process is not None:
            code = await self._process.wait()
            _log.error("%s ended by itself (%s); starting it again", self.name, code)
            await asyncio.sleep(pause)
            try:
                await self._run_until_ready()
            except (ChildFailed, OSError) as error:
                _log.error("%s", error)
                await self._end()
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                pause = _FIRST_PAUSE

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        for sent in self._stop_signals:
            if process.returncode is not None:
                return
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(sent)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), self._stop_within)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.wait_for(process.wait(), _GRACE_AFTER_KILL)

    def _roll_log(self) -> None:
        if self.log_path.exists() and self.log_path.stat().st_size > _LONGEST_LOG:
            self.log_path.replace(self.log_path.with_name(f"{self.log_path.name}.1"))

    def _why(self, since: int, what: str) -> str:
        said = ""
        if self.log_path.exists():
            with self.log_path.open("rb") as log:
                log.seek(since)
                lines = log.read(65536).decode(errors="replace").strip().splitlines()
            grave = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines
            said = f" ({grave[-1].strip()})" if grave else ""
        return f"{self.name} {what}{said}; its log is {self.log_path}."
