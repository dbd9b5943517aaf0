"""What a seed writes down: the same each time, shaped like a real group, in words of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.message import MessageKind
from evals.simulate.personas import asked_field
from evals.simulate.phrases import Voice, says, words
from evals.simulate.script import COUNTRIES, MONDAY, write_script
from evals.simulate.shape import REAL, shape, vocabulary
from evals.simulate.transport import deliveries
from evals.simulate.truth import FAMILIES, FAMILIES_FROM, dice
from tools.channels.waha.parse import parse_delivery

# How far an aggregate may be from a real group's, as a factor either way.
LOOSE = {
    "media": 1.35,
    "edited": 1.8,
    "deleted": 1.8,
    "thanks_and_greetings": 1.5,
    "same_second": 1.5,
    "median_text": 1.8,
    "messages_a_day": 1.35,
    "interleaved": 1.8,
    "burst_30_s": 1.25,
    "burst_60_s": 1.15,
}

# The fifth family greets at a length that the aggregate does not count as a greeting.
WORDY = {"fifth": {"thanks_and_greetings"}}


def test_a_seed_writes_the_same_script_each_time() -> None:
    first, again = write_script(5, 3, 3), write_script(5, 3, 3)
    assert first == again
    assert write_script(6, 3, 3).lines != first.lines


@pytest.mark.parametrize("family", FAMILIES)
def test_a_script_is_shaped_like_a_real_group(family: str) -> None:
    days, groups, seed = 20, 6, FAMILIES_FROM[family] + 7
    found = shape(write_script(seed, days, groups).lines, days, groups)
    for name in LOOSE.keys() - WORDY.get(family, set()):
        factor = LOOSE[name]
        assert REAL[name] / factor <= found[name] <= REAL[name] * factor, (name, found[name])
    assert found["most_a_day"] > 2 * found["messages_a_day"]


def test_reported_seeds_speak_in_words_that_nobody_developed_with() -> None:
    for family in set(FAMILIES) - {"report"}:
        assert vocabulary(family) & vocabulary("report") == frozenset(), family
    assert min(len(vocabulary(family)) for family in FAMILIES) > 200


def test_groups_of_all_countries_have_several_incidents_alive_and_outages() -> None:
    script = write_script(9, 8, 6)
    assert len({group.country for group in script.groups}) >= 3
    assert {group.country for group in script.groups} <= set(COUNTRIES)
    alive = 0
    for one in script.incidents.values():
        alive = max(
            alive,
            sum(
                one.group == other.group
                and timedelta() <= one.opened_at - other.opened_at < timedelta(hours=2)
                for other in script.incidents.values()
            ),
        )
    assert alive >= 3
    children = [one for one in script.incidents.values() if one.parent]
    assert children
    assert all(script.incidents[str(one.parent)].store != one.store for one in children)


def test_some_jokes_carry_trigger_words_and_some_reports_carry_none() -> None:
    triggers = ("urgente", "no funciona", "cerrado", "error", "ayuda", "problema")
    for split in FAMILIES:
        jokes = words("talk")["chatter"]["joke"][split]
        assert any(word in joke.lower() for joke in jokes for word in triggers)
        reports = [text for problem in words("problems") for text in problem[split]]
        silent = [text for text in reports if not any(word in text for word in triggers)]
        assert len(silent) > len(reports) / 2


def test_what_a_text_says_is_known_from_its_words() -> None:
    script = write_script(3, 5, 3)
    incident = next(one for one in script.incidents.values() if one.concept == "terminal")
    incident = replace(incident, store="45", error="E-91")
    assert says("no podemos cobrar con tarjeta", incident) == {"problem", "system"}
    assert says("ayuda, tienda 45", incident, vague=True) == {"store"}
    assert says("marca E-91", incident) == {"problem", "error"}
    assert "store" not in says("son las 450", incident)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Gracias por avisar, Ana. ¿De qué tienda se trata (número o nombre)?", "store"),
        ("Ana, ¿puede confirmarnos qué equipo o sistema es el afectado?", "system"),
        ("¿Podría indicarnos qué ocurre exactamente?", "problem"),
        ("Se creó el ticket #4 para su reporte: el sistema no abre, tienda 4.", None),
    ],
)
def test_people_understand_what_the_bot_asks_by_its_words(text: str, field: str | None) -> None:
    assert asked_field(text) == field


def test_words_come_through_the_gateway_as_they_were_written() -> None:
    script = write_script(11, 4, 3)
    twice = late = 0
    for line in script.lines:
        brought = deliveries(line, dice("test", line.id))
        twice += len(brought) > 1
        late += brought[0].at - line.at > timedelta(seconds=4)
        [message] = parse_delivery(brought[-1].body, MONDAY + timedelta(days=9)).messages
        assert message.sent_at == line.at
        assert message.text == line.text or line.revokes
        assert message.sender.name == line.person.name
        assert message.target == (line.edits or line.revokes)
        assert (message.kind is MessageKind.EDIT) == bool(line.edits)
        assert bool(message.attachments) == bool(line.photos)
    assert twice
    assert late


def test_a_dictated_report_has_no_signs() -> None:
    said = Voice("MX", "dev").dictated(dice(1), "La caja 2 no prende, ¿qué hago?")
    assert "?" not in said
    assert "caja 2 no prende" in said
