"""`recado eval assignment`: an invented log in the corpus' format, taken apart by what ships."""

from __future__ import annotations

import json
import random
from itertools import cycle
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.fit_linking import main as fit_main
from evals.irc import JUDGED_FROM, read_folder
from evals.linking import measure
from evals.paired import difference, figures, interval, read_all
from evals.paired import main as paired_main
from server.cli import app
from tools.ranking.trees import DATA

PAIRS = (("marta", "quino"), ("lucas99", "bea"), ("sofia_", "teo"))
WORDS = ("printer", "driver", "kernel", "sound", "screen", "network", "update", "disk", "menu")


def write_log(folder: Path, seed: int, judged: int = 100) -> None:
    """Three pairs who talk at once, each naming the other, with newcomers who ask in between."""
    dice = random.Random(seed)
    lines: list[str] = []
    links: list[str] = []
    last: dict[int, int] = {}
    turns = [cycle(pair) for pair in PAIRS]
    for number in range(JUDGED_FROM + judged):
        clock = f"[{(20 + number // 240) % 24:02}:{number // 4 % 60:02}]"
        talk = dice.randrange(len(PAIRS))
        said = f"my {dice.choice(WORDS)} and the {dice.choice(WORDS)}"
        parent = number
        if dice.random() < 0.1:
            lines.append(f"=== guest{number} is now known as guest{number}_")
        else:
            speaker = next(turns[talk])
            other = next(name for name in PAIRS[talk] if name != speaker)
            lines.append(f"{clock} <{speaker}> {other}: {said}")
            parent = last.get(talk, number)
            last[talk] = number
        if number >= JUDGED_FROM:
            links.append(f"{parent} {number} -")
    (folder / f"day{seed}.ascii.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / f"day{seed}.annotation.txt").write_text("\n".join(links) + "\n", encoding="utf-8")


def test_the_command_prints_one_object_and_beats_the_rules(tmp_path: Path) -> None:
    write_log(tmp_path, seed=1)
    found = CliRunner().invoke(app, ["eval", "assignment", "--irc", str(tmp_path), "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert "day1" in found.stderr
    assert told["messages"] == 100
    for part in ("full", "chunks"):
        figures = told[part]
        assert set(figures) == {"link", "exact", "one_to_one", "vi", "ari"}
        assert set(figures["link"]) == set(figures["exact"]) == {"p", "r", "f"}
        assert all(0 <= value <= 1 for value in figures["link"].values())
        for rule in told["baselines"].values():
            assert figures["one_to_one"] >= rule[part]["one_to_one"]
    assert told["full"]["link"]["f"] > 0.9
    assert told["milliseconds"]["median"] > 0


def test_for_people_it_prints_a_table(tmp_path: Path) -> None:
    write_log(tmp_path, seed=2)
    found = CliRunner().invoke(app, ["eval", "assignment", "--irc", str(tmp_path)])
    assert found.exit_code == 0, found.output
    assert "previous" in found.stdout
    assert "recado, full" in found.stdout


def test_a_folder_that_is_no_corpus_is_said_in_a_sentence(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["eval", "assignment", "--irc", str(tmp_path), "--json"])
    assert found.exit_code == 1
    assert found.stdout == ""
    assert "holds no *.ascii.txt" in found.stderr


@pytest.mark.slow
def test_fitting_again_gives_the_same_bytes_and_weights_that_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = tmp_path / "train"
    logs.mkdir()
    for seed in range(4):
        write_log(logs, seed)
    weights = [tmp_path / "one", tmp_path / "two"]
    for folder in weights:
        arguments = ["fit", "--irc", str(logs), "--out", str(folder), "--rounds", "12", "12"]
        monkeypatch.setattr("sys.argv", arguments)
        fit_main()
    for name in ("first.npz", "second.npz"):
        assert (weights[0] / name).read_bytes() == (weights[1] / name).read_bytes()
    unseen = tmp_path / "unseen"
    unseen.mkdir()
    write_log(unseen, seed=9)
    found = measure(unseen, lambda _: None, weights[0])
    assert found["full"]["link"]["f"] > 0.9


def test_fits_are_compared_on_the_same_logs_and_on_logs_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in (3, 4):
        write_log(tmp_path, seed)
    logs = read_folder(tmp_path)
    shipped = read_all(DATA, logs)
    both = measure(tmp_path, lambda _: None)
    assert figures(shipped.both)[0] == pytest.approx(both["full"]["link"]["f"], abs=1e-4)
    apart = [a - b for a, b in zip(figures(shipped.both), figures(shipped.first), strict=True)]
    assert difference(shipped, [0, 1]) == pytest.approx(apart)
    low, high = interval([shipped], draws=3)[0]
    assert low <= high
    arguments = ["paired", "--irc", str(tmp_path), "--weights", str(DATA), "--draws", "2"]
    monkeypatch.setattr("sys.argv", arguments)
    paired_main()
    assert "both less first" in capsys.readouterr().out
