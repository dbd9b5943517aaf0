"""`make run`, the first of the two commands: it says where to go next, ends all of it at SIGTERM,
and goes on with what it had."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.service.conftest import Run
from tests.service.stage import PATIENCE, Program, Waha, eventually, free_port

pytestmark = pytest.mark.slow

# The environment is there already, or this test would not run.
MAKE = ["make", "-o", ".venv/.installed", "run"]
GROUP_AT = r"  group +(http://\S+)"


async def answers(url: str) -> bool:
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        try:
            return (await http.get(url)).status_code == 200
        except httpx.TransportError:
            return False


async def start(run: Run, place: Path, port: int) -> tuple[Program, str]:
    """`make run` on this data, ready; and how long that took, on the clock and of processors."""
    began = time.monotonic()
    env = {"RECADO_DATA_DIR": str(place), "RECADO_PORT": str(port), "QUIET_SECONDS": "0.5"}
    program = await run("make", MAKE, env=env, says="Recado is ready")
    await eventually(lambda: answers(f"http://127.0.0.1:{port}/ready"), what="not ready")
    took = time.monotonic() - began
    spent = sum(sum(process.cpu_times()[:2]) for process in program.family())
    return program, f"{took:.1f} s ({spent:.1f} s of processors)"


async def test_it_says_where_to_go_and_everything_it_says_answers(run: Run, tmp_path: Path) -> None:
    port = free_port()
    program, first = await start(run, tmp_path / "data", port)
    await program.says("Ctrl-C ends it")
    addresses = re.findall(r"http://127\.0\.0\.1:\d+\S*", program.text())
    assert len(addresses) >= 5
    assert f"http://127.0.0.1:{port}" in addresses
    for address in addresses:
        assert await answers(address), address

    waha = Waha((await program.says(GROUP_AT))[1])
    await waha.say("La impresora de tickets no funciona")
    question = await waha.wait_for("tienda")
    await waha.http.aclose()

    family = program.family()
    names = {process.name() for process in family}
    assert "postgres" in names
    took = await program.end(signal.SIGTERM)
    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []
    assert "stopped" in program.text()
    assert "Traceback" not in program.text()

    again, second = await start(run, tmp_path / "data", free_port())
    waha = Waha((await again.says(GROUP_AT))[1])
    await waha.say("tienda 45", quote=question["id"])
    await waha.wait_for("Se creó el ticket")
    assert len(await waha.sent()) == 2
    await waha.http.aclose()
    family = again.family()
    # A terminal sends Ctrl-C to make and to what it runs.
    for process in psutil.Process(again.pid).children():
        process.send_signal(signal.SIGINT)
    await again.end(signal.SIGINT)
    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []
    print(f"ready after {first}, ended in {took:.1f} s, ready again after {second}")  # noqa: T201 - the figures
