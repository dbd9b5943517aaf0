"""Untrusted images, opened in a child process that may die in our stead."""

from __future__ import annotations

import asyncio
import contextlib
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from domain.errors import MediaRefused
from tools.media import decode

_CHUNK = 1 << 16


@dataclass(frozen=True)
class InspectionLimits:
    """What one image may take: seconds on the clock, bytes of memory, bytes in and out."""

    seconds: float = 10.0
    memory: int = 512 << 20
    largest_input: int = 20 << 20
    largest_output: int = 32 << 20
    children: int = 2


class ChildInspector:
    """Normalises images in short-lived children; implements domain.ports.Inspector.

    At most `limits.children` at a time; the others wait. A child inherits no environment.
    """

    def __init__(self, limits: InspectionLimits | None = None) -> None:
        self._limits = limits or InspectionLimits()
        self._free = asyncio.Semaphore(self._limits.children)

    async def normalise_image(self, data: bytes) -> bytes:
        """The first frame as an upright PNG of at most 2,000 px a side. Raises MediaRefused."""
        if not data:
            raise MediaRefused("the image is empty")
        if len(data) > self._limits.largest_input:
            raise MediaRefused(f"the image is larger than {self._limits.largest_input >> 20} MB")
        async with self._free:
            try:
                async with asyncio.timeout(self._limits.seconds):
                    return await self._decode(data)
            except TimeoutError as error:
                raise MediaRefused(
                    f"the image could not be opened within {self._limits.seconds:g} s"
                ) from error

    async def _decode(self, data: bytes) -> bytes:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(Path(decode.__file__)),
            str(self._limits.memory),
            str(math.ceil(self._limits.seconds)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={"OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
        )
        try:
            _, png, words = await asyncio.gather(
                _feed(child, data),
                _drain(child.stdout, self._limits.largest_output),
                _drain(child.stderr, _CHUNK),
            )
            code = await child.wait()
        finally:
            await _end(child)
        if code == decode.REFUSED:
            raise MediaRefused(f"the image was not taken: {words.decode(errors='replace').strip()}")
        if code != 0 or not png:
            raise MediaRefused("the image was not taken: opening it needs too much, or breaks")
        return png


async def _feed(child: asyncio.subprocess.Process, data: bytes) -> None:
    if child.stdin is None:
        raise MediaRefused("the image could not be handed over")
    # A child that refuses early closes its end.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(data)
        await child.stdin.drain()
    child.stdin.close()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        await child.stdin.wait_closed()


async def _drain(stream: asyncio.StreamReader | None, most: int) -> bytes:
    """All that comes, if it is not more than `most`."""
    parts: list[bytes] = []
    size = 0
    while stream is not None and (part := await stream.read(_CHUNK)):
        size += len(part)
        if size > most:
            raise MediaRefused("the image was not taken: it grew too large")
        parts.append(part)
    return b"".join(parts)


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
