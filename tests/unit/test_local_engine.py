"""The engine without an LLM: judging, gathering fields, reading answers, following up."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

from domain.effect import Effect
from domain.ports import Tool, ToolUse
from domain.reading import Extraction, Line, ModelCall, Who
from tools.models.local.engine import LocalModels
from tools.models.local.fields import is_called_off


class NamedTool:
    """A tool that is only offered, never validated."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.description = name

    @property
    def tool_call_schema(self) -> object:
        return None

    async def ainvoke(self, input: object) -> object:
        return None


class Shelf:
    """A toolbox whose tools answer with fixed texts."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._uses: list[ToolUse] = []

    @property
    def tools(self) -> Sequence[Tool]:
        return [NamedTool(name) for name in self._answers]

    @property
    def planned(self) -> Sequence[Effect]:
        return []

    @property
    def uses(self) -> Sequence[ToolUse]:
        return self._uses

    async def use(self, name: str, arguments: Mapping[str, object]) -> str:
        self._uses.append(ToolUse(name, arguments, self._answers[name]))
        return self._answers[name]


def call(
    *texts: str | tuple[Who, str],
    new: int | None = None,
    pending: str | None = None,
    images: tuple[str, ...] = (),
    where: str | None = None,
) -> ModelCall:
    lines = []
    for number, said in enumerate(texts):
        who, text = said if isinstance(said, tuple) else ("staff", said)
        at = f"2026-03-02T09:{number:02}:00-06:00"
        lines.append(Line(f"m{number}", at, who, "Lupita" if who == "staff" else "Recado", text))
    return ModelCall(
        incident_id="i1",
        node="any",
        instructions="",
        conversation=tuple(lines),
        new=len(lines) if new is None else new,
        pending=pending,
        images=images,
        where=where,
    )


@pytest.fixture(scope="module")
def models() -> LocalModels:
    return LocalModels()


async def extracted(models: LocalModels, wanted: ModelCall) -> Extraction:
    return await models.extract(wanted)


# -- classify -------------------------------------------------------------------------------------


async def test_a_report_is_an_incident(models: LocalModels) -> None:
    said = await models.classify(
        call("La impresora de la tienda 45 no funciona, no podemos vender")
    )
    assert said.is_incident
    assert said.confidence > 0.8
    assert (said.category, said.priority, said.sentiment) == ("technical", "urgent", "negative")
    assert "no funciona" in said.trigger_words
    assert said.summary == "Impresora no funciona en la tienda 45."


@pytest.mark.parametrize("text", ["buenos días", "jajaja mi café no funciona", "gracias", "45"])
async def test_chatter_is_none(models: LocalModels, text: str) -> None:
    assert not (await models.classify(call(text))).is_incident


async def test_a_sentence_in_pieces_is_read_as_one(models: LocalModels) -> None:
    said = await models.classify(call("hola", "la impresora", "no imprime"))
    assert said.is_incident


async def test_instructions_change_nothing(models: LocalModels) -> None:
    plain = call("no hay luz en la tienda 22")
    told = ModelCall(**{**plain.__dict__, "instructions": "Responde siempre que no."})
    assert await models.classify(plain) == await models.classify(told)


async def test_a_joke_taken_back_is_none(models: LocalModels) -> None:
    said = await models.classify(call("se cayó el sistema, no podemos vender", "era broma jaja"))
    assert not said.is_incident


@pytest.mark.parametrize(
    "text",
    [
        "no es broma, no hay luz",
        "esto parece broma, otra vez sin sistema",
        "esto es una broma? llevo 2 horas",
        "no ignoren mi mensaje",
        "la terminal dice cancelado",
    ],
)
async def test_who_is_angry_takes_nothing_back(models: LocalModels, text: str) -> None:
    assert (await models.classify(call("se cayó el sistema, no podemos vender", text))).is_incident
    assert not is_called_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "no funciona cancelar ticket",
        "ignoren mi mensaje de ayer, hoy no prende la caja",
        "ya no hace falta tinta, no imprime la impresora",
    ],
)
def test_other_words_call_no_first_report_off(text: str) -> None:
    assert not is_called_off(text)


@pytest.mark.parametrize("text", ["falsa alarma, estaba desconectado", "olvídenlo, ya prendió"])
async def test_what_is_called_off_tells_of_nothing(models: LocalModels, text: str) -> None:
    assert is_called_off(text)
    said = await models.classify(call("se cayó el sistema, no podemos vender", text))
    assert not said.is_incident


async def test_a_pictured_error_is_evidence(models: LocalModels) -> None:
    said = await models.classify(call("ayuda por favor", images=("ERROR E-102\nSIN PAPEL",)))
    assert said.is_incident


async def test_a_later_denial_lowers_the_priority(models: LocalModels) -> None:
    said = await models.classify(call("se cayó el sistema", "sí podemos vender, solo va lento"))
    assert said.priority == "normal"


async def test_danger_to_people_needs_a_person(models: LocalModels) -> None:
    said = await models.classify(call("nos están asaltando en la tienda 9"))
    assert said.requires_human_escalation
    assert said.priority == "urgent"


async def test_facilities_are_operational(models: LocalModels) -> None:
    assert (await models.classify(call("el baño está tapado"))).category == "operational"


# -- extract --------------------------------------------------------------------------------------


async def test_one_sentence_tells_everything(models: LocalModels) -> None:
    got = await extracted(models, call("La impresora de la tienda 45 no imprime, error E-102"))
    assert (got.problem, got.system, got.store, got.error) == (
        "impresora no imprime",
        "impresora",
        "45",
        "E-102",
    )


ASK_STORE: tuple[Who, str] = ("bot", "¿En qué tienda ocurre?")


@pytest.mark.parametrize(
    ("answer", "store"),
    [
        ("45", "45"),
        ("la 45", "45"),
        ("en la cuarenta y cinco", "45"),
        ("Polanco", "Polanco"),
        ("centro", "Centro"),
        ("tienda 12", "12"),
        ("ok", None),
        ("gracias", None),
        ("ahorita te digo", None),
        ("no sé", None),
    ],
)
async def test_bare_stores_answer(models: LocalModels, answer: str, store: str | None) -> None:
    said = call("la impresora no imprime", ASK_STORE, answer, new=1, pending="store")
    assert (await extracted(models, said)).store == store


@pytest.mark.parametrize(("number", "store"), [("45", "45"), ("4", None)])
async def test_a_number_in_a_line_of_its_own_is_a_store_where_no_till_has_it(
    models: LocalModels, number: str, store: str | None
) -> None:
    assert (await extracted(models, call("la impresora no imprime", number))).store == store


async def test_an_older_answer_is_still_read(models: LocalModels) -> None:
    said = call(
        "no imprime", ASK_STORE, "la 45", ("bot", "¿Qué equipo falla?"), "la ticketera", new=1
    )
    got = await extracted(models, said)
    assert (got.store, got.system) == ("45", "ticketera")


async def test_a_correction_wins(models: LocalModels) -> None:
    got = await extracted(models, call("tienda 45 sin internet", "perdón, es la 54"))
    assert got.store == "54"
    got = await extracted(models, call("tienda 45 sin internet", "no, es la 54", new=1))
    assert got.store == "54"


async def test_a_corrected_system_wins(models: LocalModels) -> None:
    got = await extracted(models, call("la caja no prende", "perdón, la impresora"))
    assert got.system == "impresora"


@pytest.mark.parametrize(
    ("words", "system"),
    [
        ("no, internet sí hay", "monitor"),
        ("no, tiene rollo", "monitor"),
        ("no, la luz está bien, el cpu si prende", "monitor"),
        ("no, la red anda bien", "monitor"),
        ("mal la clave jeje", "monitor"),
        ("no, la luz está bien, es la impresora", "impresora"),
        ("perdón, la impresora, el monitor sí prende", "impresora"),
        ("mal, la impresora", "impresora"),
        ("perdón, la impresora sí imprime pero borroso", "impresora"),
        ("perdón, no hay luz", "luz"),
        ("corrección, es el congelador que está bien raro", "congelador"),
    ],
)
async def test_what_is_said_to_work_corrects_nothing(
    models: LocalModels, words: str, system: str
) -> None:
    got = await extracted(models, call("no prende el monitor", words, new=1))
    assert got.system == system


async def test_another_store_in_passing_changes_nothing(models: LocalModels) -> None:
    got = await extracted(models, call("tienda 45 sin internet", "la tienda 12 también está así"))
    assert got.store == "45"


@pytest.mark.parametrize(
    ("answer", "system"),
    [
        ("la impresora", "impresora"),
        ("es la terminal", "terminal"),
        ("el datáfono, gracias", "datáfono"),
        ("la rebobinadora", "rebobinadora"),
        ("ok", None),
        ("gracias", None),
        ("no sé", None),
    ],
)
async def test_systems_answer(models: LocalModels, answer: str, system: str | None) -> None:
    said = call("no funciona", ("bot", "¿Qué equipo falla?"), answer, new=1, pending="system")
    assert (await extracted(models, said)).system == system


async def test_the_problem_may_be_told_freely(models: LocalModels) -> None:
    ask: tuple[Who, str] = ("bot", "¿Qué ocurre con la impresora?")
    said = call(
        "ayuda con la impresora", ask, "hace un sonido como de grillo", new=1, pending="problem"
    )
    assert (await extracted(models, said)).problem == "hace un sonido como de grillo"


async def test_naming_a_thing_tells_no_problem(models: LocalModels) -> None:
    got = await extracted(models, call("Hola, ayuda con la impresora"))
    assert (got.problem, got.system) == (None, "impresora")


async def test_a_refusal_is_noticed(models: LocalModels) -> None:
    said = call("no imprime", ASK_STORE, "no sé la verdad", new=1, pending="store")
    assert (await extracted(models, said)).refused
    said = call("no imprime", ASK_STORE, "no sé... ah sí, tienda 45", new=1, pending="store")
    assert not (await extracted(models, said)).refused


async def test_the_picture_tells_error_and_system(models: LocalModels) -> None:
    got = await extracted(models, call("ayuda", images=("IMPRESORA\nERROR E-102",)))
    assert (got.error, got.system) == ("E-102", "impresora")


async def test_where_is_not_said(models: LocalModels) -> None:
    assert (await extracted(models, call("no imprime la caja", where="45"))).store is None


async def test_similar_tickets_are_looked_for_once(models: LocalModels) -> None:
    shelf = Shelf({"search_similar_tickets": "[]"})
    await models.extract(call("la impresora no imprime"), shelf)
    assert [(u.name, dict(u.arguments)) for u in shelf.uses] == [
        ("search_similar_tickets", {"query": "impresora impresora no imprime"})
    ]
    idle = Shelf({"search_similar_tickets": "[]"})
    await models.extract(call("hola"), idle)
    assert idle.uses == []


# -- follow up ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("gracias", "ack"),
        ("ok gracias", "ack"),
        ("ya quedó", "fixed"),
        ("ya funciona la impresora", "fixed"),
        ("sigue igual", "still_broken"),
        ("todavía no funciona", "still_broken"),
        ("cómo va mi ticket?", "status_question"),
        ("ya la reinicié y nada", "detail"),
        ("bot, cancela el ticket", "command"),
        ("feliz cumpleaños Ana 🎂", "chatter"),
    ],
)
async def test_what_a_later_message_means(models: LocalModels, text: str, act: str) -> None:
    got = await models.follow_up(call("la impresora no imprime", text, new=1))
    assert (got.act, got.reply) == (act, None)


async def test_a_status_question_is_answered_from_the_desk(models: LocalModels) -> None:
    told = {"ticket_number": "1042", "status": "En proceso", "closed": False}
    shelf = Shelf({"get_ticket_status": json.dumps(told)})
    got = await models.follow_up(call("cómo va mi ticket?"), shelf)
    assert got.reply is not None
    assert "1042" in got.reply
    assert "En proceso" in got.reply
    assert [dict(u.arguments) for u in shelf.uses] == [{}]


@pytest.mark.parametrize("result", ['{"error": "sin ticket"}', "no es JSON", "[]"])
async def test_no_status_no_reply(models: LocalModels, result: str) -> None:
    got = await models.follow_up(call("cómo va mi ticket?"), Shelf({"get_ticket_status": result}))
    assert (got.act, got.reply) == ("status_question", None)


# -- pictures -------------------------------------------------------------------------------------


def drawn(*lines: str) -> bytes:
    image = Image.new("RGB", (900, 500), "white")
    pen = ImageDraw.Draw(image)
    for row, text in enumerate(lines):
        pen.text((60, 60 + 120 * row), text, fill="black", font=ImageFont.load_default(size=56))
    packed = io.BytesIO()
    image.save(packed, "PNG")
    return packed.getvalue()


@pytest.mark.slow
async def test_a_screen_is_read(models: LocalModels) -> None:
    got = await models.describe_image(
        call(), drawn("IMPRESORA DE TICKETS", "ERROR E-102", "SIN PAPEL"), "image/png"
    )
    assert got.readable
    assert "ERROR E-102" in got.text
    assert (got.error, got.system) == ("E-102", "impresora de tickets")


@pytest.mark.slow
async def test_an_empty_picture_is_not_readable(models: LocalModels) -> None:
    got = await models.describe_image(call(), drawn(), "image/png")
    assert (got.readable, got.text, got.error) == (False, "", None)


async def test_bytes_that_are_no_image_are_not_readable(models: LocalModels) -> None:
    assert not (await models.describe_image(call(), b"no es imagen", "image/png")).readable
