"""The bench of single decisions measures what it says: fresh texts among so many incidents."""

from __future__ import annotations

from bench.judging import WARM, make_scene, time_encoder, time_scene
from evals.simulate.script import write_script
from server.wiring import choose_judge
from tools.models.local.meaning import _embed


def test_a_scene_has_as_many_open_incidents_and_no_text_twice() -> None:
    judge = choose_judge()
    scene = make_scene(write_script(1, 3, 2), judge, 50, 30)
    assert len({one.id for one in scene.incidents}) == 50
    assert len({line.text for line in scene.texts}) == 30
    took, worked, yardsticks = time_scene(scene, judge)
    assert len(took) == len(worked) == len(yardsticks) == 30 - WARM
    assert all(seconds > 0 for seconds in (*took, *yardsticks))
    assert len(time_encoder(scene)) == 30 - WARM


def test_the_encoder_is_timed_on_texts_that_it_does_not_remember() -> None:
    judge, script = choose_judge(), write_script(1, 3, 2)
    few, many = (make_scene(script, judge, size, 30) for size in (50, 60))
    time_encoder(few)
    known = _embed.cache_info().misses
    time_encoder(many)
    assert _embed.cache_info().misses == known + 30
