"""The map: what is drawn, where the routers send a state, and what a failing node ends in."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.types import Command

from domain.errors import ModelFailed, ModelUnavailable
from graph import routes
from graph.build import Ports, build
from graph.context import Context
from graph.state import FileRef, IncidentState, effect_from_json, effect_to_json
from tests.fakes.models import ScriptedModels
from tests.unit.story import COMPLETE, INCIDENT, NO_STORE, START, Story, keep

EDGES = {
    "__start__": {"receive"},
    "receive": {
        *("describe_image", "classify", "extract", "follow_up"),
        *("ask_missing", "open_ticket", "escalate", "amend", "__end__"),
    },
    "amend": {"describe_image", "classify", "extract", "receive", "__end__"},
    "describe_image": {"classify", "extract", "follow_up"},
    "classify": {"extract", "open_ticket", "escalate", "follow_up", "__end__"},
    "extract": {"classify", "ask_missing", "open_ticket", "escalate", "follow_up", "receive"},
    "follow_up": {"extract", "receive", "__end__"},
    "ask_missing": {"receive"},
    "open_ticket": {"escalate", "receive"},
    "escalate": {"receive"},
}
FIELDS = {"problem": "no imprime", "system": "impresora", "store": "45"}
ASKED_STORE = {
    "fields": {"problem": "no imprime", "system": "impresora"},
    "pending": {"field": "store", "person_id": "p1"},
    "asked": {"store": 1},
}


def test_the_drawing_is_the_documented_map() -> None:
    story = Story()
    drawn = story.graph.get_graph()
    nodes = {name for name in drawn.nodes if not name.startswith("__error_handler__")}
    assert nodes == EDGES.keys() | {"__end__"}
    found: dict[str, set[str]] = {}
    for edge in drawn.edges:
        found.setdefault(edge.source, set()).add(edge.target)
    assert found == EDGES


def given(**more: Any) -> IncidentState:
    turn = {"number": 3, "kind": "message", "at": START.isoformat(), "messages": []}
    turn |= more.pop("turn", {})
    state = {"turn": turn, "status": "collecting", "category": "technical", "last_turn": 3}
    return IncidentState(**{**state, "classified_turn": 3, **more})  # type: ignore[typeddict-item]


PHOTO = {"messages": [{"id": "m", "files": [{"sha256": "ab", "picture": "cd"}]}]}
DANGER = {"requires_human_escalation": True}
REASK = {"kind": "timer", "name": "reask"}
REFUSED = {"kind": "fact", "name": "ticket_refused"}


@pytest.mark.parametrize(
    ("state", "next_node"),
    [
        (given(status="candidate"), "classify"),
        (given(status="candidate", turn=PHOTO), "describe_image"),
        (given(status="candidate", turn=PHOTO, images={"ab": {}}), "classify"),
        (given(), "extract"),
        (given(turn={"act": "chatter"}), "extract"),
        (given(turn={"act": "fixed"}), "follow_up"),
        (given(turn={"act": "status_question"}), "follow_up"),
        (given(status="queued"), "follow_up"),
        (given(status="ticketed", turn=PHOTO), "describe_image"),
        (given(status="resolved"), "follow_up"),
        (given(status="escalated"), "extract"),
        (given(status="escalated", owner="5215500000001"), "extract"),
        (given(status="escalated", owner="5215500000001", fields=FIELDS), "follow_up"),
        (given(status="escalated", turn={"act": "ack"}), "follow_up"),
        (given(status="escalated", fields=FIELDS), "follow_up"),
        (given(status="withdrawn"), "__end__"),
        (given(status="dismissed"), "__end__"),
        (given(status="closed"), "__end__"),
        (given(status="closed", ticket={"id": "1"}), "follow_up"),
        (given(turn={"kind": "seen"}), "__end__"),
        (given(turn=REASK), "ask_missing"),
        (given(turn=REASK, fields=FIELDS), "open_ticket"),
        (given(turn=REASK, asked={"problem": 4}), "escalate"),
        (given(turn=REASK, refused=["problem"]), "ask_missing"),
        (given(turn=REASK, refused=["problem", "system", "store"]), "escalate"),
        (given(turn=REASK, owner="Marta"), "follow_up"),
        (given(turn=REASK, status="queued"), "follow_up"),
        (given(turn={"kind": "timer", "name": "close"}), "follow_up"),
        (given(turn={"kind": "fact", "name": "ticket_opened"}, status="queued"), "follow_up"),
        (given(turn=REFUSED, status="queued"), "escalate"),
        (given(turn=REFUSED, status="ticketed", ticket={"id": "1"}), "follow_up"),
        (given(turn=REFUSED, status="closed"), "follow_up"),
    ],
)
def test_after_receive(state: IncidentState, next_node: str) -> None:
    assert routes.after_receive(state) == next_node


@pytest.mark.parametrize(
    ("state", "next_node"),
    [
        (given(status="dismissed"), "__end__"),
        (given(), "extract"),
        (given(classification=DANGER), "extract"),
        (given(classification=DANGER, status="ticketed"), "escalate"),
        (given(classification=DANGER, status="ticketed", owner="Marta"), "follow_up"),
        (given(classification=DANGER, status="ticketed", handed_over=True), "follow_up"),
        (given(readers=["extract", "classify"], fields=FIELDS), "open_ticket"),
    ],
)
def test_after_classify(state: IncidentState, next_node: str) -> None:
    assert routes.after_classify(state) == next_node


@pytest.mark.parametrize(
    ("state", "next_node"),
    [
        (given(fields=FIELDS), "open_ticket"),
        (given(fields=FIELDS, classified_turn=1), "classify"),
        (given(fields=FIELDS, classified_turn=1, priority="urgent"), "open_ticket"),
        (given(), "ask_missing"),
        (given(owner="Marta"), "receive"),
        (given(status="escalated"), "receive"),
        (given(status="escalated", owner="5215500000001", fields=FIELDS), "receive"),
        (given(**ASKED_STORE, turn={"act": "chatter"}), "receive"),
        (given(**ASKED_STORE, turn={"act": "detail"}, learnt=["error"]), "receive"),
        (given(**ASKED_STORE), "follow_up"),
        (given(**ASKED_STORE, readers=["follow_up"]), "receive"),
        (given(**ASKED_STORE, refused=["store"]), "escalate"),
        (given(**{**ASKED_STORE, "asked": {"store": 4}}, turn={"act": "chatter"}), "receive"),
        (given(**{**ASKED_STORE, "pending": None, "asked": {"store": 4}}), "escalate"),
        (given(**{**ASKED_STORE, "pending": {"field": "system"}}), "ask_missing"),
        (given(classification=DANGER), "escalate"),
        (given(classification=DANGER, fields=FIELDS), "open_ticket"),
    ],
)
def test_after_extract(state: IncidentState, next_node: str) -> None:
    assert routes.after_extract(state) == next_node


@pytest.mark.parametrize(
    ("state", "next_node"),
    [
        (given(status="withdrawn", act="fixed"), "__end__"),
        (given(status="closed"), "__end__"),
        (given(status="ticketed", act="detail"), "receive"),
        (given(act="detail"), "extract"),
        (given(act="detail", readers=["extract", "follow_up"]), "receive"),
        (given(act="status_question"), "receive"),
        (given(act="ack"), "receive"),
    ],
)
def test_after_follow_up(state: IncidentState, next_node: str) -> None:
    assert routes.after_follow_up(state) == next_node


def test_effects_survive_the_state() -> None:
    story = Story()
    assert story.context == Context()
    effect = effect_from_json(
        {
            "key": "ask:i:store:1",
            "lane": "chat",
            "kind": "say",
            "purpose": "ask",
            "payload": {"text": "¿?"},
            "needs": None,
        }
    )
    assert effect_from_json(effect_to_json(effect)) == effect


# -- failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["classify", "extract"])
async def test_a_model_that_is_down_is_asked_three_times_then_a_person_is(method: Any) -> None:
    story = Story()
    story.models.script(method, *[ModelUnavailable("down")] * 3)
    await story.says(COMPLETE)
    assert len(story.models.asked(method)) == 3
    assert story.state["status"] == "escalated"
    assert [text.partition(",")[0] for text in story.said] == ["Lupita"]
    assert "personal de soporte" in story.said[0]
    assert "ModelUnavailable: down" in (story.state["failure"] or "")


async def test_a_model_that_comes_back_in_time_leaves_no_trace() -> None:
    story = Story()
    story.models.script("classify", ModelUnavailable("down"), ModelUnavailable("down"))
    await story.says(COMPLETE)
    assert story.state["status"] == "queued"
    assert story.state["failure"] is None


@pytest.mark.parametrize("error", [ModelFailed("garbage"), ZeroDivisionError("a fault of ours")])
async def test_an_error_that_will_not_pass_is_not_tried_again(error: Exception) -> None:
    story = Story(human_support="5215500000001@c.us")
    story.models.script("extract", error)
    await story.says(COMPLETE)
    assert len(story.models.asked("extract")) == 1
    assert story.state["owner"] == "5215500000001@c.us"
    assert story.said[0].startswith("@5215500000001, ")


async def test_a_node_that_hangs_ends_in_a_person() -> None:
    story = Story(node_timeout=0.05)
    story.models.delay = 5.0
    await story.says(COMPLETE)
    assert story.state["status"] == "escalated"
    assert "NodeTimeoutError" in (story.state["failure"] or "")
    assert len(story.said) == 1


async def test_a_failure_with_a_ticket_tells_the_desk_and_not_the_group() -> None:
    story = Story()
    await story.says(COMPLETE)
    await story.opens_ticket()
    story.models.script("follow_up", ModelFailed("garbage"))
    photo = await keep(story, b"ERROR E-102")
    await story.says("sale esto", files=[photo])
    assert story.said == []
    assert story.state["status"] == "ticketed"
    assert story.keys == ["comment:m3", f"attach:{photo['sha256']}"]
    assert story.new[0]["payload"]["text"] == "Lupita: sale esto\nTexto en la foto: ERROR E-102"


async def test_images_that_no_model_can_read_do_not_stop_the_ticket() -> None:
    story = Story()
    story.models.script("describe_image", *[ModelUnavailable("down")] * 3)
    photo = await keep(story, b"ERROR E-102")
    await story.says(COMPLETE, files=[photo])
    assert story.state["status"] == "queued"
    assert f"attach:{photo['sha256']}" in story.keys


async def test_a_priority_that_cannot_be_judged_anew_stays_as_it_was() -> None:
    story = Story()
    await story.says(NO_STORE)
    story.models.script("classify", ModelFailed("garbage"))
    await story.says("tienda 45")
    assert story.state["status"] == "queued"
    assert story.effect("ticket:")["payload"]["priority"] == "Medium"


# -- the same turn twice --------------------------------------------------------------------------


async def test_the_same_turn_from_the_same_checkpoint_plans_the_same() -> None:
    story = Story()
    await story.says(NO_STORE)
    before = await story.graph.aget_state(story.config)
    await story.says("tienda 45")
    planned = story.state["effects"]
    number, story.number = story.number, 1
    story.config = before.config
    await story.says("tienda 45")
    assert story.number == number
    assert story.state["effects"] == planned
    assert story.new == []


async def test_a_turn_that_the_thread_holds_changes_nothing() -> None:
    story = Story()
    await story.says(NO_STORE)
    asked = story.state["effects"]
    story.number = 0
    await story.says(NO_STORE)
    assert story.state["effects"] == asked
    assert [line["id"] for line in story.state["lines"]] == ["m1"]
    assert story.state["status"] == "collecting"
    await story.says("tienda 45")
    assert story.state["status"] == "queued"


# -- Studio and the SDK ---------------------------------------------------------------------------


async def test_studio_chats() -> None:
    story = Story()
    await story.chats({"messages": [{"role": "user", "content": NO_STORE}]})
    [waiting] = (await story.graph.aget_state(story.config)).interrupts
    assert waiting.value["waiting_for"] == "store"
    assert waiting.value["question"] == story.said[0]
    await story.chats(Command(resume="tienda 45"))
    assert story.state["incident_id"] == INCIDENT
    kinds = [(type(m), m.name) for m in story.state["messages"]]
    assert kinds == [
        (HumanMessage, None),
        (AIMessage, "chat"),
        (HumanMessage, None),
        (AIMessage, "desk"),
        (AIMessage, "chat"),
    ]
    assert "Referencia: recado:" in story.state["messages"][3].text
    assert "{" not in story.state["messages"][4].text


async def test_studio_answers_by_plain_input_too_and_may_begin_anew() -> None:
    story = Story()
    await story.chats({"messages": [HumanMessage("buenos días")]})
    assert story.state["status"] == "dismissed"
    await story.chats({"messages": [HumanMessage(NO_STORE, name="Ana")]})
    assert story.said == ["Gracias por avisar, Ana. ¿De qué tienda se trata (número o nombre)?"]
    await story.chats({"messages": [HumanMessage("tienda 45")]})
    assert story.state["status"] == "queued"


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        ({"type": "image", "base64": "RVJST1IgRS0xMDI=", "mime_type": "image/png"}, True),
        ({"type": "image_url", "image_url": {"url": "data:image/png;base64,RVJST1I="}}, True),
        ({"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}, False),
        ({"type": "image", "base64": "no base64"}, False),
    ],
)
async def test_images_in_a_chat_message_are_kept_or_refused(
    block: dict[str, Any], kept: bool
) -> None:
    story = Story()
    text = {"type": "text", "text": COMPLETE}
    await story.chats({"messages": [{"role": "user", "content": [text, block]}]})
    [file] = story.state["files"]
    assert ("sha256" in file) is kept
    assert ("Adjunto rechazado" in story.effect("ticket:")["payload"]["description"]) is not kept


async def test_without_an_inspector_no_image_is_taken_from_a_chat() -> None:
    story = Story()
    ports = Ports(ScriptedModels(), story.media, story.knowledge, _no_tools(story))
    graph = build(ports).compile()
    block = {"type": "image", "base64": "RVJST1I="}
    state = await graph.ainvoke({"messages": [HumanMessage([block])]}, context=Context())
    assert state["files"] == [
        FileRef(
            name="imagen.png",
            mimetype="image/png",
            error="aquí no se aceptan imágenes",
            message=state["lines"][0]["id"],
        )
    ]


def _no_tools(story: Story) -> Any:
    return story.graph


async def test_the_server_never_grows_messages() -> None:
    story = Story()
    await story.says(COMPLETE)
    assert not story.state.get("messages")


async def test_a_run_may_be_tuned() -> None:
    story = Story(min_confidence=1.0)
    await story.says(COMPLETE)
    assert story.state["status"] == "dismissed"
    assert story.new == []
    story = Story(classify_prompt='Grupo: {group_name} {"x": 1}', classify_model="gemini:flash")
    await story.says(COMPLETE)
    [call] = story.models.asked("classify")
    assert call.instructions == 'Grupo: Tiendas Norte {"x": 1}'
    assert call.model == "gemini:flash"
