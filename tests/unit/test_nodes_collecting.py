"""From the report to the ticket: what is asked, how often, and how it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.ports import Document
from domain.reading import Classification, Extraction, ModelCall
from tests.fakes.models import plain_classification
from tests.unit.story import COMPLETE, INCIDENT, NO_STORE, START, Story, keep

SUPPORT = "5215500000001@c.us"


def read(**fields: Any) -> Extraction:
    """What a model extracted; nothing but what is given."""
    nothing: dict[str, Any] = dict.fromkeys(("problem", "system", "store", "error", "affected"))
    return Extraction(**{**nothing, "refused": False, **fields})


def judged(**more: Any) -> Any:
    """A classification by the plain rules, changed."""

    def answer(call: ModelCall, tools: object) -> Classification:
        return plain_classification(call).model_copy(update=more)

    return answer


# -- asking and answering -------------------------------------------------------------------------


async def test_a_complete_report_is_one_ticket_and_one_text() -> None:
    story = Story()
    await story.says(COMPLETE)
    assert story.keys == ["ticket", "notice:created"]
    ticket, notice = story.new
    assert ticket["payload"]["subject"].endswith("tienda 45")
    assert f"Lupita: {COMPLETE}" in ticket["payload"]["description"]
    assert notice["needs"] == ticket["key"] == f"ticket:{INCIDENT}"
    assert "#{ticket_number} (prioridad normal)" in notice["payload"]["text"]
    assert story.state["timers"] == []


async def test_chatter_is_dismissed_without_a_word() -> None:
    story = Story()
    await story.says("buenos días a todos")
    assert (story.state["status"], story.new) == ("dismissed", [])


async def test_what_is_missing_is_asked_and_the_answer_makes_the_ticket() -> None:
    story = Story()
    report = await story.says(NO_STORE)
    [question] = story.new
    assert story.keys == ["ask:store:1"]
    assert question["payload"]["quote"] == report
    assert question["payload"]["field"] == "store"
    assert question["payload"]["person_id"] == "p1"
    assert story.state["timers"] == [
        {"name": "reask", "due_at": (START + timedelta(seconds=1800)).isoformat()},
        {"name": "close", "due_at": (START + timedelta(days=1)).isoformat()},
    ]
    await story.says("45", act="answer")
    assert story.state["status"] == "queued"
    assert story.state["fields"]["store"] == "45"
    assert story.state["sources"] == {"problem": "m1", "system": "m1", "store": "m2"}
    assert story.state["pending"] is None


async def test_several_fields_in_one_answer() -> None:
    story = Story()
    story.models.script("extract", read(problem="no jala"))
    await story.says("urgente, no jala")
    assert story.keys == ["ask:system:1"]
    await story.says("la caja, tienda 45")
    assert story.state["status"] == "queued"
    assert len([key for key in story.outbox if key.startswith("ask:")]) == 1


async def test_an_answer_to_another_question_leaves_the_first_one_out() -> None:
    story = Story()
    story.models.script("extract", read(problem="no jala"))
    await story.says("urgente, no jala")
    await story.says("tienda 45", act="answer")
    assert story.new == []
    assert (story.state["pending"] or {})["field"] == "system"
    await story.says("es la caja", act="answer")
    assert story.state["status"] == "queued"


async def test_chatter_while_a_question_is_out_changes_nothing() -> None:
    story = Story()
    await story.says(NO_STORE)
    pending, timers = story.state["pending"], story.state["timers"]
    for act in ("chatter", "ack"):
        await story.says("ok gracias", act=act)
        assert story.new == []
        assert (story.state["pending"], story.state["timers"]) == (pending, timers)
    assert story.models.asked("follow_up") == []


async def test_a_known_store_is_not_asked() -> None:
    story = Story()
    story.where = "12"
    story.models.script("extract", read(problem="no imprime", system="impresora"))
    await story.says(NO_STORE)
    assert story.state["fields"]["store"] == "12"
    assert story.state["status"] == "queued"


async def test_required_fields_may_be_fewer() -> None:
    story = Story(required_fields={"technical": ["problem", "system"]})
    await story.says(NO_STORE)
    assert story.state["status"] == "queued"


async def test_a_correction_wins_but_the_first_telling_of_the_problem_stays() -> None:
    story = Story()
    story.models.script("extract", read(problem="no prende", store="45"))
    await story.says("urgente, no prende, tienda 45")
    story.models.script("extract", read(problem="ya la reinicié", store="54", system="caja"))
    await story.says("perdón, tienda 54, la caja, ya la reinicié", act="answer")
    assert story.state["fields"] == {"problem": "no prende", "store": "54", "system": "caja"}


async def test_the_priority_rises_with_what_is_said_later() -> None:
    story = Story()
    await story.says(NO_STORE)
    story.models.script("classify", judged(priority="urgent", category="operational"))
    await story.says("tienda 45 y no podemos vender", act="answer")
    assert story.effect("ticket:")["payload"]["priority"] == "High"
    assert story.effect("ticket:")["payload"]["category"] == "technical"
    assert "prioridad urgente" in story.said[0]


async def test_a_late_doubt_never_dismisses_what_was_asked_about() -> None:
    story = Story()
    await story.says(NO_STORE)
    story.models.script("classify", judged(is_incident=False, priority="urgent"))
    await story.says("tienda 45", act="answer")
    assert story.state["status"] == "queued"
    assert story.effect("ticket:")["payload"]["priority"] == "Medium"


# -- asking again, and a person -------------------------------------------------------------------


async def test_after_the_last_asking_a_person_is_mentioned_and_the_bot_is_silent() -> None:
    story = Story(human_support=SUPPORT)
    await story.says(NO_STORE)
    for n in (2, 3, 4):
        await story.timer("reask")
        assert story.keys == [f"ask:store:{n}"]
        assert story.now == START + timedelta(seconds=1800 * (n - 1))
    await story.says("mmm", act="chatter")
    assert story.new == []
    await story.timer("reask")
    assert story.keys == ["notice:escalated"]
    assert story.new[0]["payload"]["mentions"] == [SUPPORT]
    assert story.said[0].startswith("@5215500000001, ")
    assert "la tienda" in story.said[0]
    assert story.state["owner"] == SUPPORT
    for text in ("tienda 45", "¿cómo va?", "ya funciona"):
        await story.says(text)
        assert story.new == []
    assert story.state["status"] == "escalated"
    await story.timer("close")
    assert (story.state["status"], story.new) == ("closed", [])


async def test_with_nobody_to_mention_the_group_is_told_and_a_late_answer_counts() -> None:
    story = Story(max_reasks=0)
    await story.says(NO_STORE)
    await story.timer("reask")
    assert story.state["status"] == "escalated"
    assert story.state["owner"] is None
    assert "personal de soporte" in story.said[0]
    await story.says("¿cómo va?", act="status_question")
    assert "a cargo del personal de soporte" in story.said[0]
    await story.says("tienda 45", act="answer")
    assert story.state["status"] == "queued"


async def test_a_refusal_skips_the_other_askings() -> None:
    story = Story(human_support=f"{SUPPORT}, 5215500000002")
    await story.says(NO_STORE)
    await story.says("no sé", act="refusal")
    assert story.keys == ["notice:escalated"]
    assert story.state["refused"] == ["store"]
    assert story.said[0].startswith("@5215500000001 @5215500000002, ")


async def test_danger_goes_to_a_person_at_once() -> None:
    story = Story()
    story.models.script("classify", judged(requires_human_escalation=True))
    await story.says("urgente, sale humo de la caja")
    assert story.state["status"] == "escalated"
    assert story.keys == ["notice:escalated"]
    # Nothing was asked: it is not closed for lack of an answer.
    assert story.state["timers"] == []


async def test_the_closing_word_is_said_once_where_nobody_owns_it() -> None:
    story = Story()
    await story.says(NO_STORE)
    await story.timer("close")
    assert story.keys == ["notice:closed"]
    assert (story.state["status"], story.state["timers"]) == ("closed", [])
    await story.timer("close")
    await story.timer("reask")
    assert story.new == []


async def test_a_timer_that_fired_is_not_set_again() -> None:
    story = Story()
    await story.says(NO_STORE)
    story.owner = "Marta"
    await story.timer("reask")
    assert story.new == []
    assert [timer["name"] for timer in story.state["timers"]] == ["close"]


async def test_where_a_person_has_it_the_ticket_comes_without_a_word() -> None:
    story = Story()
    await story.says("No funciona")
    story.owner = "Marta"
    await story.says("la impresora", act="answer")
    assert story.new == []
    await story.says("tienda 45", act="answer")
    assert story.keys == ["ticket"]


async def test_a_closed_report_starts_anew_when_somebody_says_more_than_thanks() -> None:
    story = Story()
    await story.says(NO_STORE)
    await story.timer("close")
    await story.says("gracias", act="ack")
    assert (story.state["status"], story.new) == ("closed", [])
    await story.says("tienda 45", act="answer")
    assert story.state["status"] == "queued"
    assert datetime.fromisoformat(story.state["opened_at"]) == story.now


# -- fixed, edited, deleted -----------------------------------------------------------------------


@pytest.mark.parametrize("act", ["fixed", None])
async def test_fixed_before_the_ticket_is_withdrawn_quietly(act: str | None) -> None:
    story = Story()
    await story.says(NO_STORE)
    await story.says("ya funciona, gracias", act=act)
    assert (story.state["status"], story.new, story.state["timers"]) == ("withdrawn", [], [])


async def test_an_answer_that_sounded_like_fixed_is_read_as_an_answer() -> None:
    story = Story()
    await story.says(NO_STORE)
    await story.says("tienda 45", act="fixed")
    assert story.state["status"] == "queued"


async def test_who_asks_how_it_goes_is_told_what_is_missing() -> None:
    story = Story()
    await story.says(NO_STORE)
    await story.says("¿cómo va?", act="status_question")
    assert story.said == ["Lupita, para registrar su reporte aún falta indicar: la tienda."]


async def test_an_edit_replaces_its_line() -> None:
    story = Story()
    await story.says("No funciona la impresora, tienda 54")
    assert story.state["status"] == "queued"
    story = Story()
    await story.says("No funciona")
    report = story.state["lines"][0]["id"]
    await story.says("No funciona la impresora, tienda 45", kind="edit", target=report)
    assert [line["text"] for line in story.state["lines"]] == [
        "No funciona la impresora, tienda 45"
    ]
    assert story.state["fields"]["problem"] == "No funciona la impresora, tienda 45"
    assert story.state["sources"]["store"] == report
    assert story.state["status"] == "queued"
    newest = story.models.asked("extract")[-1]
    assert (newest.new, newest.conversation[-1].text) == (1, "No funciona la impresora, tienda 45")


async def test_a_deleted_answer_takes_its_field_and_files_with_it() -> None:
    story = Story()
    story.models.script("extract", read(problem="no jala"))
    await story.says("urgente, no jala")
    photo = await keep(story, b"nothing to see")
    answer = await story.says("tienda 45", files=[photo])
    assert story.state["fields"]["store"] == "45"
    await story.says("", kind="revoke", target=answer)
    assert "store" not in story.state["fields"]
    assert story.state["files"] == []
    assert story.state["status"] == "collecting"


async def test_a_report_that_is_deleted_whole_is_withdrawn_quietly() -> None:
    story = Story()
    report = await story.says(NO_STORE)
    await story.says("", kind="revoke", target=report)
    assert (story.state["status"], story.new, story.state["timers"]) == ("withdrawn", [], [])
    story = Story()
    said = story.message(NO_STORE)
    await story.hears([said, story.message("", id="r", kind="revoke", target=said["id"])])
    assert (story.state["status"], story.models.calls) == ("withdrawn", [])


# -- photos and neighbours ------------------------------------------------------------------------


async def test_what_a_photo_shows_is_read_with_the_texts() -> None:
    story = Story()
    photo = await keep(story, b"ERROR E-102 tienda 45")
    refused = {"name": "video.mp4", "mimetype": "video/mp4", "error": "demasiado grande"}
    photo_only = story.message("", id="m1b", files=[photo, refused])
    await story.hears([story.message(NO_STORE), photo_only])
    assert story.state["fields"]["store"] == "45"
    assert story.keys == ["ticket", f"attach:{photo['sha256']}", "notice:created"]
    description = story.effect("ticket:")["payload"]["description"]
    assert "Texto en la foto: ERROR E-102 tienda 45" in description
    assert "Adjunto rechazado: video.mp4 (demasiado grande)" in description
    original = {key: photo[key] for key in ("sha256", "name", "mimetype")}
    assert story.effect("attach:")["payload"] == original


async def test_a_file_without_a_safe_copy_is_attached_and_never_looked_into() -> None:
    story = Story()
    photo = await keep(story, b"ERROR E-102")
    del photo["picture"]
    await story.says(COMPLETE, files=[photo])
    assert story.models.asked("describe_image") == []
    assert f"attach:{photo['sha256']}" in story.keys


async def test_a_photo_that_comes_later_answers_too() -> None:
    story = Story()
    await story.says(NO_STORE)
    await story.says("", files=[await keep(story, b"TIENDA 45")])
    assert story.state["status"] == "queued"
    assert len(story.models.asked("describe_image")) == 1


async def test_a_photo_that_is_gone_is_no_obstacle() -> None:
    story = Story()
    gone: Any = {"sha256": "0" * 64, "picture": "1" * 64, "mimetype": "image/png"}
    await story.says(COMPLETE, files=[gone])
    assert story.state["status"] == "queued"
    assert story.state["images"]["0" * 64]["readable"] is False


async def test_near_cases_go_to_the_desk_and_never_to_the_group() -> None:
    story = Story(similarity_threshold=0.6)
    subject = "impresora: No funciona la impresora de la tienda 45"
    await story.knowledge.add(
        [
            Document("t1", "ticket", subject, {"ticket_number": "77"}),
            Document("own", "ticket", subject, {"incident": INCIDENT}),
            Document("m1", "message", subject),
            Document("t2", "ticket", "llaves perdidas", {"ticket_number": "78"}),
        ]
    )
    await story.says(COMPLETE)
    text = story.effect("comment:")["payload"]["text"]
    assert text.count("\n- ") == 1
    assert "77" in text
    assert "78" not in text
    assert "77" not in story.said[0]


async def test_a_lost_search_costs_no_ticket() -> None:
    story = Story()
    story.knowledge.broken = True
    await story.says(COMPLETE)
    assert story.keys == ["ticket", "notice:created"]


async def test_a_name_can_not_fill_a_slot() -> None:
    story = Story()
    await story.says("No funciona la impresora {ticket_number} {x}, tienda 45")
    text = story.effect("notice:")["payload"]["text"]
    assert text.count("{") == 1
    assert "(ticket_number)" in text
