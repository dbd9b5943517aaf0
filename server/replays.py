"""Replays that the page asked for: each is `recado replay` in a process of its own, so that the
doors stay quick, and what it found is kept until three newer ones are there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

import structlog

log = structlog.get_logger(__name__)
KEPT = 3
END_SECONDS = 10
FAILED = "replay_failed"
_LONGEST_LINE = 2**26
ROOT = Path(__file__).parent.parent
State = Literal["running", "done", "failed"]


class Busy(Exception):
    """One replay at a time: it takes a whole core."""


@dataclass
class Replay:
    """One replay: how far it is, and at its end what it found, or why it failed: a sentence, and
    a code that the page has words for."""

    id: UUID
    name: str
    state: State = "running"
    done: int = 0
    total: int = 0
    incidents: int = 0
    why: str = ""
    code: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    html: str = ""


class Replays:
    """The replays of this process."""

    def __init__(self) -> None:
        self._all: dict[UUID, Replay] = {}
        self._task: asyncio.Task[None] | None = None

    def find(self, replay: UUID) -> Replay | None:
        """One of the newest."""
        return self._all.get(replay)

    def start(self, name: str, content: bytes, language: str | None = None) -> Replay:
        """Replay a file; its report is in `language`. Raises Busy while another one runs."""
        if self._task is not None and not self._task.done():
            raise Busy
        replay = Replay(uuid4(), Path(name).name or "chat.txt")
        self._all[replay.id] = replay
        for old in list(self._all)[:-KEPT]:
            del self._all[old]
        self._task = asyncio.create_task(self._run(replay, content, language))
        return replay

    async def close(self) -> None:
        """End what runs."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, replay: Replay, content: bytes, language: str | None) -> None:
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="recado-upload-"))
        try:
            suffix = ".zip" if content.startswith(b"PK") else ".txt"
            # The group's name is in the file's; nothing else of it is taken.
            chat = folder / (Path(replay.name).stem.replace("\x00", "")[:80] + suffix)
            await asyncio.to_thread(chat.write_bytes, content)
            await self._ask(replay, chat, folder / "report.html", language)
        except OSError as error:
            replay.state, replay.code = "failed", FAILED
            replay.why = error.strerror or str(error)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _ask(self, replay: Replay, chat: Path, html: Path, language: str | None) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server.cli", "replay", "--json", "--progress"),
            *(("--language", language) if language else ()),
            *("--html", str(html), "--", str(chat)),
            env=None,
            cwd=None,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
        )
        assert process.stdout is not None  # noqa: S101 - both are pipes
        assert process.stderr is not None  # noqa: S101 - likewise
        try:
            found, said = await asyncio.gather(
                process.stdout.read(), self._listen(replay, process.stderr)
            )
            code = await process.wait()
        finally:
            await _end(process)
        if code != 0:
            replay.state, replay.code = "failed", replay.code or FAILED
            replay.why = said.removeprefix("recado: ") or f"ended with {code}"
            log.warning("replay failed", reason=replay.why)
            return
        replay.result = json.loads(found)
        replay.html = await asyncio.to_thread(html.read_text, encoding="utf-8")
        replay.done = replay.total = int(replay.result["messages"])
        replay.state = "done"

    async def _listen(self, replay: Replay, lines: asyncio.StreamReader) -> str:
        """Take the progress; the last line that is none, which says why when it fails."""
        last = ""
        async for raw in lines:
            line = raw.decode(errors="replace").strip()
            if not line.startswith(('{"done"', '{"failed"')):
                last = line if line.startswith("recado: ") else last
                continue
            told = json.loads(line)
            if "failed" in told:
                replay.code = told["failed"]
                continue
            replay.done, replay.total = told["done"], told["total"]
            replay.incidents = told["incidents"]
        return last


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave nobody behind: a signal that lets it tidy up, then one that does not."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
