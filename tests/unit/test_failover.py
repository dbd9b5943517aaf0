"""When one model cannot answer, the next one does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import ModelFailed, ModelUnavailable, RateLimited, RecadoError
from domain.ports import Models
from domain.reading import Line, ModelCall
from tests.fakes.models import ScriptedModels
from tools.models.failover import FailoverModels

CALL = ModelCall(
    incident_id="i1",
    node="classify",
    instructions="Classify.",
    conversation=(Line("m1", "2026-03-02T09:00:00-06:00", "staff", "Ana", "no funciona la caja"),),
    new=1,
)


class Three:
    """Three scripted models behind one failover, and who was given up on."""

    def __init__(self) -> None:
        self.first, self.second, self.local = ScriptedModels(), ScriptedModels(), ScriptedModels()
        self.given_up: list[tuple[str, type[RecadoError]]] = []
        named: list[tuple[str, Models]] = [
            ("openai", self.first),
            ("gemini", self.second),
            ("local", self.local),
        ]
        self.models = FailoverModels(
            named, observe_failover=lambda name, error: self.given_up.append((name, type(error)))
        )


@pytest.fixture
def three() -> Three:
    return Three()


async def test_the_first_answers_alone(three: Three) -> None:
    answer = await three.models.classify(CALL)
    assert answer.is_incident
    assert (len(three.first.calls), len(three.second.calls), three.given_up) == (1, 0, [])


@pytest.mark.parametrize("error", [ModelUnavailable("x"), ModelFailed("x"), RateLimited("x", 3)])
async def test_the_next_answers_when_one_cannot(three: Three, error: RecadoError) -> None:
    three.first.script("extract", error)
    three.second.script("extract", ModelUnavailable("also down"))
    answer = await three.models.extract(CALL)
    assert answer.system == "caja"
    assert three.given_up == [("openai", type(error)), ("gemini", ModelUnavailable)]


async def test_a_named_provider_goes_first_and_only_it_sees_the_model(three: Three) -> None:
    three.second.script("follow_up", ModelUnavailable("down"))
    await three.models.follow_up(replace(CALL, model="gemini:gemini-2.5-flash"))
    assert three.second.asked("follow_up")[0].model == "gemini:gemini-2.5-flash"
    assert three.first.asked("follow_up")[0].model is None


async def test_when_none_can_it_says_whether_to_try_again(three: Three) -> None:
    three.first.script("describe_image", ModelUnavailable("openai is over its limits"))
    three.second.script("describe_image", ModelFailed("garbage"))
    three.local.script("describe_image", ModelFailed("cannot see"))
    with pytest.raises(ModelUnavailable, match=r"over its limits.*garbage.*cannot see"):
        await three.models.describe_image(CALL, b"x", "image/png")
    for one in (three.first, three.second, three.local):
        one.script("classify", ModelFailed("garbage"))
    with pytest.raises(ModelFailed):
        await three.models.classify(CALL)


async def test_a_fault_of_ours_does_not_fail_over(three: Three) -> None:
    three.first.script("classify", ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await three.models.classify(CALL)
    assert three.second.calls == []


def test_there_must_be_one() -> None:
    with pytest.raises(ValueError, match="at least one"):
        FailoverModels([])
