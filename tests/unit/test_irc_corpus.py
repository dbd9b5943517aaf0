"""Reading the corpus: names that change, clocks that wrap, links in either order, broken files."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.irc import BadCorpus, parse_links, parse_log, read_folder

LOG = """[23:58] <ana_> hi, my printer is dead
=== ana_ is now known as ana
[23:59] <ubottu> ana: please see my private message
[00:01]  * ana sighs
[00:00] <beto> ana: which model?
"""


def test_a_person_who_changes_name_stays_one_person() -> None:
    lines = list(parse_log(LOG))
    assert [line.author for line in lines] == ["ana_", "ana_", "ubottu", "ana_", "beto"]
    assert [line.kind for line in lines] == ["said", "system", "bot", "action", "said"]
    assert lines[3].text == "sighs"


def test_time_goes_on_past_midnight_and_never_back() -> None:
    minutes = [line.minute for line in parse_log(LOG)]
    assert [minute - minutes[0] for minute in minutes] == [0, 0, 1, 3, 3]


def test_the_later_message_answers_whichever_comes_first() -> None:
    links = parse_links("1001 1003 -\n1003 1000 -\n1002 1002 -\n\n", 1004, "a")
    assert links == {(1003, 1001), (1003, 1000), (1002, 1002)}


def test_links_before_the_judged_part_are_left_out() -> None:
    assert parse_links("900 950 -\n950 1000 -\n", 1001, "a") == {(1000, 950)}


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ("1000 x -", "line 1"),
        ("1000 1001 1002 -", "line 1"),
        ("1000 1000 -\n1000 4000 -", "no message 4000"),
    ],
)
def test_a_broken_line_is_named(links: str, says: str) -> None:
    with pytest.raises(BadCorpus, match=says):
        parse_links(links, 1500, "a.annotation.txt")


def test_a_folder_without_logs_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(BadCorpus, match="holds no"):
        read_folder(tmp_path)
    with pytest.raises(BadCorpus, match="not a folder"):
        read_folder(tmp_path / "nowhere")


def test_a_log_without_links_is_no_silent_zero(tmp_path: Path) -> None:
    (tmp_path / "day.ascii.txt").write_text(LOG, encoding="utf-8")
    with pytest.raises(BadCorpus, match="beside it"):
        read_folder(tmp_path)
    (tmp_path / "day.annotation.txt").write_text("", encoding="utf-8")
    with pytest.raises(BadCorpus, match="links no message"):
        read_folder(tmp_path)
    (tmp_path / "day.ascii.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadCorpus, match="cannot be read"):
        read_folder(tmp_path)
