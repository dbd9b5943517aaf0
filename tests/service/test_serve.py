"""`recado serve` for real: from what a store writes to the ticket and the word about it, through
restarts, kills and a desk that is away."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import os
import pwd
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageDraw

from tests.conftest import Cluster
from tests.service.conftest import Demo, Outside, Real, Recado, Run
from tests.service.stage import GROUP, PATIENCE, RECADO, ROOT, eventually, free_port
from tests.service.test_corrections import settled

pytestmark = pytest.mark.slow

INCOMPLETE = "La impresora de tickets no funciona"
COMPLETE = "En la tienda 45 la terminal bancaria no funciona, marca error E-102"
RAUL = {"who": "100000000000002", "name": "Raúl"}


def photo(text: str) -> str:
    """A picture with words on it, in base64."""
    image = Image.new("RGB", (640, 200), "white")
    ImageDraw.Draw(image).text((20, 60), text, fill="black", font_size=64)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


async def test_a_report_becomes_one_ticket_and_the_group_is_told(demo: Demo) -> None:
    recado = await demo(from_nothing=True)
    report = await recado.waha.say(INCOMPLETE)
    question = await recado.waha.wait_for("tienda")
    assert question["quote"] == report
    assert await recado.zoho.tickets() == []

    await recado.waha.say("tienda 45")
    (ticket,) = await recado.zoho.wait_for_tickets(1)
    notice = await recado.waha.wait_for(f"#{ticket['ticketNumber']}")
    assert ticket["cf"]["cf_source_ref"]
    assert INCOMPLETE in ticket["description"]
    contacts = {one["id"]: one for one in await recado.zoho.contacts()}
    assert contacts[ticket["contactId"]]["lastName"] == "Lupita"

    photo_id = await recado.waha.say(
        "así sale", media={"base64": photo("ERROR E-102"), "mimetype": "image/png"}
    )
    await recado.waha.say("ya la reiniciamos y sigue sin imprimir")
    assert photo_id

    async def whole() -> bool:
        (now,) = await recado.zoho.tickets()
        words = " ".join(comment["content"] for comment in now["comments"])
        return len(now["attachments"]) == 1 and "ya la reiniciamos" in words

    await eventually(whole, what="no attachment or comment")
    assert [one["text"] for one in await recado.waha.sent()] == [question["text"], notice["text"]]
    assert len(await recado.zoho.tickets()) == 1


async def test_a_photo_sent_with_the_report_is_on_the_ticket(demo: Demo) -> None:
    recado = await demo()
    media = {"base64": photo("ERROR E-102"), "mimetype": "image/png"}
    await recado.waha.say("En la tienda 45 la terminal bancaria no funciona", media=media)
    await recado.zoho.wait_for_tickets(1)

    async def attached() -> bool:
        return len((await recado.zoho.tickets())[0]["attachments"]) == 1

    await eventually(attached, what="no attachment")


async def test_the_group_s_name_tells_the_store(demo: Demo) -> None:
    recado = await demo(QUIET_SECONDS="6")
    await recado.waha.say("La impresora de tickets no funciona", chat_name="Soporte Tienda 45")
    (ticket,) = await recado.zoho.wait_for_tickets(1)
    assert "45" in ticket["subject"]
    assert "Soporte Tienda 45" in ticket["description"]
    await recado.waha.wait_for(f"#{ticket['ticketNumber']}")
    assert len(await recado.waha.sent()) == 1


async def test_chatter_leaves_neither_incident_nor_checkpoint(demo: Demo) -> None:
    recado = await demo()
    for text in ("Buenos días a todos", "jajaja", "feliz cumpleaños Raúl!!", "👍"):
        await recado.waha.say(text)

    async def heard() -> bool:
        return await recado.count("messages") == 4

    await eventually(heard, what="not every message comes in")
    await settled(recado)
    assert await recado.count("turns", "state = 'nothing'") >= 1
    for table in ("incidents", "checkpoints", "checkpoint_blobs", "checkpoint_writes", "outbox"):
        assert await recado.count(table) == 0, table
    assert await recado.waha.sent() == []


async def test_a_second_start_goes_on_where_the_first_one_stopped(demo: Demo) -> None:
    first = await demo()
    await first.waha.say(INCOMPLETE)
    question = await first.waha.wait_for("tienda")
    await first.program.end(signal.SIGTERM)

    second = await demo()
    await second.waha.say("tienda 45", quote=question["id"])
    await second.zoho.wait_for_tickets(1)
    await second.waha.wait_for("Se creó el ticket")
    assert len(await second.waha.sent()) == 2


async def test_sigterm_leaves_no_process_behind(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.say(COMPLETE)
    family = recado.program.family()
    assert {"postgres", "python"} & {process.name() for process in family}
    await recado.program.end(signal.SIGTERM)
    assert recado.program.process is not None
    assert recado.program.process.returncode == 0
    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []


async def test_a_page_that_went_leaves_nothing_to_complain_of_at_the_end(demo: Demo) -> None:
    recado = await demo()
    async with recado.http.stream("GET", "/api/demo/events") as events:
        assert events.status_code == 200
        await recado.waha.say(COMPLETE)
        await anext(events.aiter_raw())
    await recado.waha.say("gracias")
    await recado.zoho.wait_for_tickets(1)
    await recado.program.end(signal.SIGTERM)
    assert [line for line in recado.logged() if line["level"] == "error"] == []


async def test_a_killed_server_starts_again_and_loses_nothing(demo: Demo) -> None:
    first = await demo(LEASE_SECONDS="5")
    await first.waha.say(INCOMPLETE)
    question = await first.waha.wait_for("tienda")
    family = first.program.family()
    await first.waha.say("tienda 45", quote=question["id"])
    await first.program.end(signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []

    second = await demo(LEASE_SECONDS="5", DESK_SETTLE_SECONDS="1")
    await second.zoho.wait_for_tickets(1)
    await second.waha.wait_for("Se creó el ticket")
    assert len(await second.zoho.tickets()) == 1
    assert len(await second.waha.sent()) == 2


async def test_a_taken_port_stops_the_start_with_a_sentence(run: Run, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {"RECADO_MODE": "demo", "RECADO_PORT": str(port), "RECADO_DATA_DIR": str(tmp_path)}
        program = await run("recado", [str(RECADO), "serve"], env=env)
        assert await program.wait() == 1
    assert program.text().strip() == f"recado: Port {port} is taken: set RECADO_PORT to a free one."


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"QUIET_SECONDS": "90"}, "QUIET_SECONDS (90) is longer than LONGEST_WAIT_SECONDS (60)"),
        ({"WAHA_URL": "http://127.0.0.1:3000"}, "WAHA_HMAC_KEY"),
        ({"RECADO_MODE": "real"}, "no channel is configured"),
        ({"RECADO_HOST": "0.0.0.0"}, "RECADO_API_KEY"),  # noqa: S104 - what is tested
    ],
)
async def test_contradicting_settings_stop_the_start(
    run: Run, tmp_path: Path, env: dict[str, str], sentence: str
) -> None:
    base = {"RECADO_DATA_DIR": str(tmp_path), "RECADO_PORT": str(free_port())}
    program = await run("recado", [str(RECADO), "serve"], env={**base, **env})
    assert await program.wait() == 1
    text = program.text()
    assert sentence in text
    assert "Traceback" not in text


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may write in, outside of pytest's own."""
    with tempfile.TemporaryDirectory(prefix="recado-as-user-", dir="/tmp") as name:
        place = Path(name)
        place.chmod(0o777)
        yield place


def python_for(user: int | None, place: Path) -> str | None:
    """A Python of our version in an environment of this user's own, who may not enter root's: it
    has what ours has. None where there is no such Python."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/local/bin/{version}", f"/usr/bin/{version}"):
        try:
            argv = [candidate, "-m", "venv", "--without-pip", str(place)]
            subprocess.run(argv, check=True, capture_output=True, user=user, cwd="/")
        except (OSError, subprocess.CalledProcessError):
            continue
        python = place / "bin" / "python"
        (packages,) = place.glob("lib/python*/site-packages")
        ours = sysconfig.get_path("purelib")
        (packages / "recado.pth").write_text(f"{ROOT}\n{ours}\n")
        return str(python)
    return None


async def test_an_ordinary_user_can_run_it(demo: Demo, open_folder: Path) -> None:
    user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    python = await asyncio.to_thread(python_for, user, open_folder / "venv")
    if python is None:
        pytest.fail(
            "install a Python with venv that an ordinary user may run, such as python3-venv"
        )
    recado = await demo(
        open_folder / "data",
        user=user,
        from_nothing=True,
        argv=[python, "-m", "server.cli"],
    )
    await recado.waha.say(COMPLETE)
    await recado.zoho.wait_for_tickets(1)
    await recado.waha.wait_for("Se creó el ticket")
    users = set()
    for process in recado.program.family():
        with contextlib.suppress(psutil.NoSuchProcess):
            users.add(process.username())
    assert users == {psutil.Process(recado.program.pid).username()}
    assert "root" not in users
    await recado.program.end()


async def test_a_postgres_that_died_is_started_again_and_work_goes_on(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.say(INCOMPLETE)
    question = await recado.waha.wait_for("tienda")
    postmaster = int((Path(recado.data_dir) / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    await recado.waha.say("tienda 45", quote=question["id"])
    await recado.zoho.wait_for_tickets(1)
    await recado.waha.wait_for("Se creó el ticket")
    await recado.waha.say(COMPLETE, **RAUL)
    await recado.zoho.wait_for_tickets(2)
    assert len(await recado.zoho.tickets()) == 2


async def test_sigterm_ends_it_while_the_database_is_away(
    real: Real, cluster: Cluster, outside: Outside
) -> None:
    recado = await real()
    await outside.waha.say(INCOMPLETE)
    await outside.waha.wait_for("tienda")
    await cluster.drop(recado.database_url)
    await asyncio.sleep(3)
    assert recado.program.running
    await recado.program.end(signal.SIGTERM)


async def _is_told_that_it_will_follow(recado: Recado) -> None:
    await recado.waha.say(COMPLETE)
    await recado.waha.wait_for("se creará automáticamente")


async def test_a_desk_that_is_away_makes_the_ticket_wait(real: Real, outside: Outside) -> None:
    recado = await real(DESK_NOTICE_SECONDS="1", DESK_RETRY_SECONDS="1", DESK_SETTLE_SECONDS="1")
    await outside.zoho.faults(refuse=True)
    await _is_told_that_it_will_follow(recado)
    await outside.zoho.faults()
    await outside.waha.wait_for("Se creó el ticket")
    assert len(await outside.zoho.tickets()) == 1
    assert len(await outside.waha.sent(GROUP)) == 2


async def test_a_desk_that_is_stopped_makes_the_ticket_wait(real: Real, outside: Outside) -> None:
    recado = await real(DESK_NOTICE_SECONDS="1", DESK_RETRY_SECONDS="1", DESK_SETTLE_SECONDS="1")
    await outside.programs["zoho"].end()
    await _is_told_that_it_will_follow(recado)
    await outside.programs["zoho"].start()
    await outside.waha.wait_for("Se creó el ticket")
    assert len(await outside.zoho.tickets()) == 1
    assert len(await outside.waha.sent(GROUP)) == 2


async def test_a_portal_without_our_categories_still_gets_the_ticket(
    real: Real, outside: Outside
) -> None:
    recado = await real()
    # The stand-in knows the category `technical` alone; this one is operational.
    await outside.waha.say("En la tienda 45 no tenemos las llaves y no podemos abrir la tienda")
    (ticket,) = await outside.zoho.wait_for_tickets(1)
    assert not ticket["category"]
    await outside.waha.wait_for("Se creó el ticket")
    assert recado.program.running


async def test_lost_answers_of_both_sides_double_nothing(real: Real, outside: Outside) -> None:
    await real(DESK_SETTLE_SECONDS="0.5")
    await outside.zoho.faults(lost_answer={"value": 1, "times": 2, "only": ["POST /api/v1/*"]})
    await outside.waha.faults(lost_answer=1)
    await outside.waha.say(INCOMPLETE)
    question = await outside.waha.wait_for("tienda")
    await outside.waha.say("tienda 45", quote=question["id"])
    await outside.waha.wait_for("Se creó el ticket")
    assert len(await outside.zoho.tickets()) == 1
    assert len(await outside.waha.sent(GROUP)) == 2
