"""Instant, deterministic models: the twin of tools.models, scripted or by a few plain rules."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar, cast

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, Field

from domain.deciding.close_call import likeliest
from domain.effect import Effect
from domain.errors import NotAllowed
from domain.ports import Tool, Toolbox, ToolUse
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
)

A = TypeVar("A")
Method = Literal["classify", "extract", "describe_image", "follow_up", "assign"]
# An answer, an error to raise, or a function of the call and its tools that gives an answer.
Scripted = Any

_PROBLEM = re.compile(
    r"no (?:funciona|sirve|prende|imprime|enciende|abre|jala|hay|podemos|pueden|puedo)"
    r"|ca[íi]d[oa]|error|falla|urgente|problema|cerrad[oa]|ayuda|se cay[oó]",
    re.IGNORECASE,
)
_URGENT = re.compile(r"urgente|ca[íi]d[oa]|no (?:pueden|podemos) vender|no opera", re.IGNORECASE)
_OPERATIONAL = re.compile(r"llave|cerrad[oa]|abrir|limpieza|insumos|personal", re.IGNORECASE)
_STORE = re.compile(
    r"(?:tienda|sucursal|suc\.?|store)\s*(?:#|n[uú]m(?:ero)?\.?)?\s*(\d{1,4})", re.I
)
_SYSTEM = re.compile(
    r"impresora|terminal|caja|pos|internet|red|sistema|computadora|esc[aá]ner|b[aá]scula|luz",
    re.IGNORECASE,
)
_ERROR = re.compile(r"\b[A-Z]{1,4}-?\d{2,5}\b")
_REFUSED = re.compile(r"no (?:lo )?s[eé]\b|ni idea", re.IGNORECASE)
_FIXED = re.compile(r"ya (?:funciona|qued[oó]|sirve|est[aá])", re.IGNORECASE)
_STILL = re.compile(r"sigue|otra vez|todav[ií]a no|de nuevo", re.IGNORECASE)
_STATUS = re.compile(r"\?|c[oó]mo va|qu[eé] pas[oó]", re.IGNORECASE)
_ACK = re.compile(r"^\W*(?:gracias|ok|vale|enterad[oa]|muchas gracias)\W*$", re.IGNORECASE)


class ScriptedModels:
    """Implements domain.ports.Models.

    What `script()` queued for a method comes first, in order; after that, plain rules answer.
    `delay` seconds pass before every answer. `calls` keeps (method, call) of every question.
    """

    def __init__(self, *, delay: float = 0.0) -> None:
        self.delay = delay
        self.calls: list[tuple[Method, ModelCall]] = []
        self._queued: defaultdict[Method, deque[Scripted]] = defaultdict(deque)

    def script(self, method: Method, *answers: Scripted) -> None:
        """Queue answers, errors, or functions (call, tools) of them; async ones too."""
        self._queued[method].extend(answers)

    def asked(self, method: Method) -> list[ModelCall]:
        """The calls of one method, oldest first."""
        return [call for name, call in self.calls if name == method]

    async def classify(self, call: ModelCall) -> Classification:
        """An incident is what has a word of trouble."""
        return await self._answer("classify", call, None, lambda: plain_classification(call))

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        """Store, system and error by their patterns."""
        return await self._answer("extract", call, tools, lambda: plain_extraction(call))

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        """The bytes as text, when they are text."""
        return await self._answer("describe_image", call, None, lambda: plain_description(image))

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        """The act by a few words."""
        return await self._answer("follow_up", call, tools, lambda: plain_follow_up(call))

    async def assign(self, call: ModelCall) -> PlaceChoice:
        """The place that our weights would take."""
        place = likeliest(call.places).key
        return await self._answer(
            "assign", call, None, lambda: PlaceChoice(place=place, confidence=1.0, reason="")
        )

    async def _answer(
        self, method: Method, call: ModelCall, tools: Toolbox | None, plain: Callable[[], A]
    ) -> A:
        self.calls.append((method, call))
        if self.delay:
            await asyncio.sleep(self.delay)
        if not self._queued[method]:
            return plain()
        answer = self._queued[method].popleft()
        if callable(answer):
            answer = answer(call, tools)
            if isinstance(answer, Awaitable):
                answer = await answer
        if isinstance(answer, BaseException):
            raise answer
        return cast(A, answer)


def plain_classification(call: ModelCall) -> Classification:
    """A classification by words."""
    text = _said(call)
    words = [match.group().lower() for match in _PROBLEM.finditer(text)]
    urgent = bool(_URGENT.search(text))
    return Classification(
        is_incident=bool(words),
        confidence=0.9 if words else 0.8,
        category="operational" if _OPERATIONAL.search(text) else "technical",
        priority="urgent" if urgent else "normal",
        trigger_words=list(dict.fromkeys(words)),
        sentiment="negative" if words else "neutral",
        summary=text.strip().splitlines()[0][:120] if text.strip() else "",
        requires_human_escalation=False,
        suggested_articles=[],
        estimated_resolution_minutes=None,
    )


def plain_extraction(call: ModelCall) -> Extraction:
    """An extraction by patterns; the last mention of a store, a system or an error wins."""
    text = _said(call)
    problem = next((line for line in text.splitlines() if _PROBLEM.search(line)), None)
    stores, systems, errors = _STORE.findall(text), _SYSTEM.findall(text), _ERROR.findall(text)
    newest = call.conversation[-1].text if call.conversation else ""
    answered = re.fullmatch(r"\W*(\d{1,4})\W*", newest) if call.pending == "store" else None
    return Extraction(
        problem=problem,
        system=systems[-1].lower() if systems else None,
        store=answered.group(1) if answered else stores[-1] if stores else call.where,
        error=errors[-1] if errors else None,
        affected=None,
        refused=bool(call.pending and _REFUSED.search(newest)),
    )


def plain_description(image: bytes) -> ImageDescription:
    """A description of an 'image' that is text in truth; a real image cannot be read."""
    try:
        text = image.decode("utf-8") if b"\x00" not in image else ""
    except UnicodeDecodeError:
        text = ""
    errors = _ERROR.findall(text)
    return ImageDescription(
        readable=bool(text), text=text, error=errors[0] if errors else None, system=None
    )


def plain_follow_up(call: ModelCall) -> FollowUp:
    """An act by words."""
    text = call.conversation[-1].text if call.conversation else ""
    act: Literal["detail", "ack", "fixed", "still_broken", "status_question"] = "detail"
    if _ACK.search(text):
        act = "ack"
    elif _FIXED.search(text):
        act = "fixed"
    elif _STILL.search(text):
        act = "still_broken"
    elif _STATUS.search(text):
        act = "status_question"
    reply = "Su reporte está en atención." if act == "status_question" else None
    return FollowUp(act=act, reply=reply)


def _said(call: ModelCall) -> str:
    lines = [line.text for line in call.conversation if line.who != "bot"]
    return "\n".join([*lines, *call.images])


# -- tools ----------------------------------------------------------------------------------------


class HistoryArgs(BaseModel):
    """Earlier tickets of a person."""

    person: str = Field(description="Their name")
    limit: int = Field(default=5, ge=1, le=10, description="How many")


class OpenArgs(BaseModel):
    """Plan a ticket."""

    subject: str


async def _nothing(**arguments: object) -> str:
    raise AssertionError("a tool is used through its toolbox alone")


class StrictToolbox:
    """A toolbox whose reading tool answers and whose writing tool is not allowed.

    A `subject` of `raise` makes the refusal an error instead of a text.
    """

    def __init__(self) -> None:
        self._tools = [
            StructuredTool.from_function(
                coroutine=_nothing,
                name="person_history",
                description="Earlier tickets of a person",
                args_schema=HistoryArgs,
            ),
            StructuredTool.from_function(
                coroutine=_nothing,
                name="create_ticket",
                description="Plan a ticket",
                args_schema=OpenArgs,
            ),
        ]
        self.used: list[ToolUse] = []

    @property
    def tools(self) -> Sequence[Tool]:
        # mypy: BaseTool.ainvoke takes less than `object`.
        return cast(Sequence[Tool], self._tools)

    @property
    def planned(self) -> Sequence[Effect]:
        return ()

    @property
    def uses(self) -> Sequence[ToolUse]:
        return self.used

    async def use(self, name: str, arguments: Mapping[str, object]) -> str:
        refused = name != "person_history"
        result = f"{name} is not allowed here" if refused else "#812 impresora, tienda 45"
        self.used.append(ToolUse(name, dict(arguments), result, refused))
        if arguments.get("subject") == "raise":
            raise NotAllowed("create_ticket")
        return result
