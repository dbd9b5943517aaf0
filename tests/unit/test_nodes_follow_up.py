"""Once there is a ticket: what people add, what the desk says, and who is told."""

from __future__ import annotations

from typing import Any

import pytest

from domain.reading import FollowUp, ModelCall
from graph.state import Turn
from tests.unit.story import COMPLETE, INCIDENT, Story, keep, ticketed

SUPPORT = "5215500000001@c.us"


def means(act: Any, reply: str | None = None) -> FollowUp:
    """What a model made of a turn."""
    return FollowUp(act=act, reply=reply)


# -- what people say ------------------------------------------------------------------------------


async def test_a_detail_becomes_a_comment_with_its_files() -> None:
    story = await ticketed()
    photo = await keep(story, b"ERROR E-9")
    await story.says("además suena raro", files=[photo])
    assert story.keys == ["comment:m3", f"attach:{photo['sha256']}"]
    assert [effect["needs"] for effect in story.new] == [f"ticket:{INCIDENT}"] * 2
    text = story.new[0]["payload"]["text"]
    assert text == "Lupita: además suena raro\nTexto en la foto: ERROR E-9"
    assert story.state["status"] == "ticketed"


async def test_a_detail_before_the_desk_answered_waits_for_the_ticket() -> None:
    story = Story()
    await story.says(COMPLETE)
    await story.says("además suena raro")
    assert story.keys == ["comment:m2"]
    assert story.state["status"] == "queued"


@pytest.mark.parametrize("act", ["ack", "chatter"])
async def test_thanks_and_chatter_leave_no_trace(act: str) -> None:
    story = await ticketed()
    story.models.script("follow_up", means(act, reply="¡De nada!"))
    await story.says("gracias")
    assert story.new == []


async def test_a_file_is_kept_even_with_small_talk() -> None:
    story = await ticketed()
    photo = await keep(story, b"\x00")
    refused = {"name": "a.zip", "mimetype": "application/zip", "error": "no se acepta"}
    story.models.script("follow_up", means("chatter"))
    await story.says("miren", files=[photo, refused])
    assert story.keys == ["comment:m3", f"attach:{photo['sha256']}"]
    assert "Adjunto rechazado: a.zip (no se acepta)" in story.new[0]["payload"]["text"]


async def test_a_status_question_is_answered_once_out_of_facts() -> None:
    story = await ticketed()
    story.models.script(
        "follow_up", means("status_question", "Mañana a las 9, http://evil.example")
    )
    asked = await story.says("¿cómo va?", name="Raúl")
    assert story.keys == ["reply:m3"]
    assert story.new[0]["payload"]["quote"] == asked
    number = next(iter(story.desk.tickets.values())).number
    assert story.said[0].startswith(f"Raúl, el ticket #{number} está en estado «abierto».")


async def test_a_photo_without_words_asks_for_no_status() -> None:
    story = await ticketed()
    photo = await keep(story, b"VENTA DEL DIA")
    story.models.script("follow_up", means("status_question"))
    await story.says("", files=[photo], name="Soporte Walter")
    assert not any(key.startswith("reply:") for key in story.keys)


async def test_a_status_question_is_answered_with_what_the_desk_says_now() -> None:
    story = await ticketed()
    [ticket] = story.desk.tickets.values()
    story.desk.set_status(ticket.id, "On Hold")

    async def look(call: ModelCall, tools: Any) -> FollowUp:
        await tools.use("get_ticket_status", {})
        return means("status_question")

    story.models.script("follow_up", look)
    await story.says("¿cómo va?")
    assert "«en espera»" in story.said[0]
    assert {"tool": "get_ticket_status"} in story.state["trace"]


async def test_a_status_question_while_the_desk_is_away() -> None:
    story = Story()
    await story.says(COMPLETE)
    await story.says("¿cómo va?")
    assert "en cuanto el sistema de tickets esté disponible" in story.said[0]


async def test_a_model_may_raise_the_priority_of_a_ticket_that_is_there() -> None:
    async def rise(call: ModelCall, tools: Any) -> FollowUp:
        await tools.use("update_ticket", {"priority": "urgent"})
        return means("detail")

    story = await ticketed()
    story.models.script("follow_up", rise)
    await story.says("ya no podemos vender")
    assert story.keys == ["update:priority:urgent", "comment:m3"]
    story = Story()
    await story.says(COMPLETE)
    story.models.script("follow_up", rise)
    await story.says("ya no podemos vender")
    assert story.keys == ["comment:m2"]


async def test_fixed_after_the_ticket_is_a_comment() -> None:
    story = await ticketed()
    await story.says("ya quedó")
    assert story.new[0]["payload"]["text"] == (
        "Lupita indica en el grupo que ya quedó resuelto: ya quedó"
    )
    assert story.state["status"] == "ticketed"


@pytest.mark.parametrize(
    ("act", "comments"), [("detail", ["Lupita: la otra sí funciona"]), ("chatter", [])]
)
async def test_what_works_of_another_is_no_end_whatever_a_model_says(
    act: str, comments: list[str]
) -> None:
    story = await ticketed()
    story.models.script("follow_up", means("fixed"))
    turn = Turn(
        number=story.number + 1,
        kind="message",
        at=story.now.isoformat(),
        messages=[story.message("la otra sí funciona")],
        act=act,
        ends_nothing=True,
    )
    await story.takes(turn)
    assert [effect["payload"]["text"] for effect in story.new] == comments


async def test_what_support_writes_is_not_taken_for_the_reporter() -> None:
    story = await ticketed()
    story.models.script("follow_up", means("fixed"))
    await story.says("ya quedó", who="support", name="Marta")
    assert story.new[0]["payload"]["text"] == "Marta: ya quedó"


# -- reopening ------------------------------------------------------------------------------------


async def closed(**knobs: Any) -> Story:
    """A story whose ticket the desk has closed."""
    story = await ticketed(**knobs)
    await story.fact("ticket_changed", status="Closed", closed=True)
    assert story.state["status"] == "resolved"
    return story


async def test_still_broken_on_an_open_ticket_is_a_comment() -> None:
    story = await ticketed()
    await story.says("sigue igual")
    assert story.keys == ["comment:m3"]
    assert "el problema continúa: sigue igual" in story.new[0]["payload"]["text"]


async def test_still_broken_inside_the_window_reopens_once() -> None:
    story = await closed()
    story.passes(hours=47)
    await story.says("sigue igual")
    assert [effect["kind"] for effect in story.new] == ["add_comment", "update_ticket"]
    assert story.new[1]["payload"] == {"changes": {"status": "Open"}}
    assert story.state["status"] == "ticketed"
    await story.says("sigue igual")
    assert story.keys == ["comment:m5"]


async def test_still_broken_outside_the_window_is_asked_for_anew() -> None:
    story = await closed()
    story.passes(hours=49)
    await story.says("sigue igual")
    assert [effect["kind"] for effect in story.new] == ["add_comment", "say"]
    assert "registraremos un ticket nuevo" in story.said[0]
    assert story.state["status"] == "closed"
    await story.says("otra vez la impresora")
    assert story.keys == ["reply:m5"]


async def test_a_change_without_a_new_status_does_not_widen_the_window() -> None:
    story = await closed()
    story.passes(hours=40)
    await story.fact("ticket_changed", status="Closed", closed=True)
    story.passes(hours=40)
    await story.says("sigue igual")
    assert story.state["status"] == "closed"


async def test_thanks_do_not_reopen() -> None:
    story = await closed()
    await story.says("muchas gracias")
    assert (story.state["status"], story.new) == ("resolved", [])


# -- corrections and deletions --------------------------------------------------------------------


async def test_an_edit_after_the_ticket_is_a_correction() -> None:
    story = await ticketed()
    await story.says("No funciona la caja 2", kind="edit", target="m1", id="m1")
    first = story.new[0]
    assert first["payload"]["text"].splitlines() == [
        "Corrección de Lupita: No funciona la caja 2"
        " (antes decía: «No funciona la impresora de la tienda 45»)",
        "Cambia qué ocurre: No funciona la caja 2"
        " (antes: No funciona la impresora de la tienda 45)",
        "Cambia el equipo o sistema: caja (antes: impresora)",
    ]
    story.passes(minutes=1)
    await story.says("No funciona la caja 3", kind="edit", target="m1", id="m1")
    assert story.new[0]["key"] != first["key"]
    assert story.models.asked("follow_up") == []


async def test_a_deletion_after_the_ticket_is_a_comment() -> None:
    story = await ticketed()
    await story.says("", kind="revoke", target="m1", id="r1")
    assert story.keys == ["comment:r1:revoke", "update:withdraw"]
    assert story.new[0]["payload"]["text"] == (
        f"Lupita eliminó del grupo un mensaje anterior: «{COMPLETE}»"
    )
    assert story.state["status"] == "ticketed"


async def test_a_correction_among_thanks_still_reaches_the_desk() -> None:
    story = await ticketed()
    edit = story.message("caja 2", kind="edit", target="m1", id="e1")
    await story.hears([edit, story.message("gracias", id="m3")])
    assert [key.split(":")[:2] for key in story.keys] == [["comment", "e1"], ["update", "amend"]]


# -- facts of the desk ----------------------------------------------------------------------------


async def test_a_ticket_that_was_opened_says_nothing_more() -> None:
    story = await ticketed()
    assert story.new == []
    assert (story.state["ticket"] or {})["number"]
    assert story.state["status"] == "ticketed"


async def test_a_new_status_is_told_once() -> None:
    story = await ticketed()
    for _ in range(2):
        await story.fact("ticket_changed", status="On Hold", closed=False)
    texts = [e["payload"]["text"] for key, e in story.outbox.items() if ":status:" in key]
    assert len(texts) == 1
    assert "«en espera»" in texts[0]
    await story.fact("ticket_changed", status="En tránsito", closed=False)
    assert "«En tránsito»" in story.said[0]
    await story.fact("ticket_changed", status="Resolved in store", closed=True)
    assert "resuelto" in story.said[0]
    assert story.state["status"] == "resolved"


@pytest.mark.parametrize("support", ["", SUPPORT])
async def test_a_ticket_that_the_desk_refuses_ends_in_a_person(support: str) -> None:
    story = Story(human_support=support)
    await story.says(COMPLETE)
    await story.fact("ticket_refused", reason="INVALID_DATA")
    assert story.state["status"] == "escalated"
    assert story.keys == ["notice:ticket_refused"]
    assert "no fue posible registrar el ticket" in story.said[0]
    assert story.new[0]["payload"]["mentions"] == ([support] if support else [])
    assert story.state["timers"] == []
    await story.says("además suena raro")
    assert story.new == []
    assert story.state["status"] == "escalated"


async def test_a_ticket_that_a_person_opens_after_all_is_taken_in() -> None:
    story = Story(max_reasks=0)
    await story.says("No funciona la impresora")
    await story.timer("reask")
    await story.fact("ticket_opened", id="9", number="900", status="Open", closed=False)
    assert (story.state["status"], story.state["timers"]) == ("ticketed", [])
    await story.says("además suena raro")
    assert story.keys == ["comment:m4"]


async def test_other_facts_and_stale_timers_change_nothing() -> None:
    story = await ticketed()
    for happens in (story.fact("something"), story.timer("close"), story.timer("reask")):
        await happens
        assert (story.state["status"], story.new) == ("ticketed", [])


async def test_once_a_person_owns_it_the_group_hears_nothing_from_us() -> None:
    story = await ticketed()
    story.owner = "Marta"
    await story.says("¿cómo va?")
    await story.says("además suena raro")
    await story.fact("ticket_changed", status="On Hold", closed=False)
    await story.fact("ticket_changed", status="Closed", closed=True)
    story.passes(days=9)
    await story.says("sigue igual")
    await story.says("otra vez la impresora")
    later = [e for e in story.outbox.values() if e["lane"] == "chat"]
    assert [effect["purpose"] for effect in later] == ["notice"]
    assert [e["key"] for e in later] == [f"notice:{INCIDENT}:created"]
