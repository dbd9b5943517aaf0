"""`recado eval group`, as a program sees it: labelled chats in, one JSON object out."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cluster

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
RECADO = str(Path(sys.executable).with_name("recado"))
HEAD = {
    "group": "Tiendas Norte",
    "country": "MX",
    "incidents": {
        "i1": {
            "store": "45",
            "system": "impresora",
            "category": "technical",
            "priority": "normal",
            "error": "E-102",
        }
    },
}
I1 = "i1"
Written = tuple[str, str, str, str, str | None, dict[str, Any]]
CHAT: list[Written] = [
    ("p1", "Lupita T45", "la impresora de tickets no imprime nada", "report", I1, {}),
    ("p1", "Lupita T45", "", "detail", I1, {"media": [{"type": "image", "text": "ERROR E-102"}]}),
    ("p2", "Beto", "alguien va a pedir tacos?", "chatter", None, {}),
    ("p1", "Lupita T45", "ya la reinicié y sigue igual", "detail", I1, {"quotes": "m1"}),
]


def write(path: Path) -> Path:
    lines = [json.dumps(HEAD)]
    for n, (who, name, text, kind, incident, more) in enumerate(CHAT, 1):
        said = {
            "id": f"m{n}",
            "at": f"2026-03-02T09:{n:02}:00-06:00",
            "from": who,
            "name": name,
            "text": text,
            "gold": {"kind": kind, "incident": incident},
            **more,
        }
        lines.append(json.dumps(said, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


async def run(*arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        RECADO, "eval", "group", *arguments, stdout=-1, stderr=-1
    )
    out, told = await process.communicate()
    return process.returncode or 0, out.decode(), told.decode()


async def test_prints_one_object_with_figures_and_baselines(
    tmp_path: Path, cluster: Cluster
) -> None:
    chat = write(tmp_path / "chat.jsonl")
    code, out, told = await run(str(chat), "--json", "--database", cluster.url)
    assert code == 0, told
    found = json.loads(out)
    assert found["messages"] == 4
    assert found["model_calls_per_message"] == 0
    assert found["incident"]["f1"] == 1.0
    assert found["assignment"]["exact_f"] == 1.0
    assert found["fields"]["error"] == 1.0
    assert set(found["baselines"]) == {"keyword", "newest-open-incident", "same-sender", "tf-idf"}
    for key in ("outage", "priority", "usd_per_incident", "seconds"):
        assert key in found


async def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    chat = tmp_path / "chat.jsonl"
    chat.write_text('{"group": "x"}\n{"id": "m1"}\n', encoding="utf-8")
    code, out, told = await run(str(chat), "--json")
    assert (code, out) == (1, "")
    assert "chat.jsonl, line 2" in told
