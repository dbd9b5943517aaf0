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
                _drain(child, child.stdout, self._limits.largest_output),
                _drain(child, child.stderr, _CHUNK),
            )
            code = await child.wait()
        finally:
            await _end(child)
        if len(png) > self._limits.largest_output:
            raise MediaRefused("the image was not taken: it grew too large")
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


async def _drain(
    child: asyncio.subprocess.Process, stream: asyncio.StreamReader | None, most: int
) -> bytes:
    """All that comes; with more than `most` the child is ended, and the rest thrown away."""
    kept = bytearray()
    while stream is not None and (part := await stream.read(_CHUNK)):
        if len(kept) <= most:
            kept += part
        else:
            _kill(child)
    return bytes(kept)


async def _end(child: asyncio.subprocess.Process) -> None:
    """The child is gone and its pipes are read to their end, which closes them."""
    _kill(child)
    for stream in (child.stdout, child.stderr):
        while stream is not None and await stream.read(_CHUNK):
            pass
    await child.wait()


def _kill(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
