"""The Models port without any LLM: the reader's probabilities and grammars answer every node.

Deterministic; never reads a call's instructions and never calls out.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from domain.deciding.close_call import likeliest
from domain.gist import Act, Gist, cannot_sell
from domain.hearing import heard
from domain.incident import Category
from domain.ports import Reader, Toolbox
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    Line,
    ModelCall,
    OwnChoice,
    PlaceChoice,
)
from domain.sayings.mended import works_in_part
from domain.sayings.mended_together import mended_together
from domain.sayings.progress import asks_of_progress
from domain.sayings.repaired import came_in_vain, is_put_right
from domain.sayings.told_mended import tells_it_is_mended, without_why
from domain.sayings.waiting import says_how_long
from tools.models.local.all_clear import ends_it, is_another_thing
from tools.models.local.categories import category_of
from tools.models.local.chance import chance_of
from tools.models.local.courtesy import beside_question, without_courtesy
from tools.models.local.errors import find_screen_error
from tools.models.local.failing import Plainly
from tools.models.local.fields import (
    Found,
    gather,
    is_called_off,
    new_lines,
    staff_lines,
)
from tools.models.local.haste import endangers, is_urgent
from tools.models.local.over import is_over
from tools.models.local.picture import read_picture
from tools.models.local.plain_reports import is_lacked
from tools.models.local.problem import has_fault
from tools.models.local.questions import asks, asks_of_another, speaks_of_repair
from tools.models.local.reader import INCIDENT_THRESHOLD, LocalReader
from tools.models.local.spelling import fold
from tools.models.local.systems import find_screen_system, find_system, find_systems
from tools.models.local.topics import names_another
from tools.models.local.urgency import puts_people_in_danger

SEARCH_TOOL = "search_similar_tickets"
STATUS_TOOL = "get_ticket_status"
# A photo of an error without telling words is an incident with this confidence.
PICTURED_ERROR = 0.9
# And so is a crime, or somebody hurt, in words that nobody met before.
TOLD_DANGER = 0.9
# So is a store without light, though few words tell it.
NO_SUPPLY = 0.9
# Where the reader takes the words for a report with this chance at least: of real ones it met the
# least so far has 0.27, and small talk that sounds like danger has less than 0.1.
DANGER_FROM = 0.25
# A series, a training or a case that is only thought of is no danger, however it is told.
_ONLY_THOUGHT_OF = re.compile(
    r"\b(?:(?<!de )serie(?! de)|pelicula|novela|capitulo|videojuego|simulacro|capacitacion|"
    r"protocolo|(?<!en )curso|en caso de|si (?:algun dia|llegan? a))\b"
)
# What a thing that is plainly one or the other adds to what its words weigh. Of 389 incidents of
# writers that were not learnt from, without it 353 are right, with 0.15 356, 0.3 358, 0.5 360.
KNOWN_ADDS = 0.5
# Acts whose text alone says nothing of an incident.
_SILENT = frozenset({Act.ACK, Act.ANSWER, Act.REFUSAL, Act.COMMAND})
FollowUpAct = Literal[
    "detail", "ack", "fixed", "still_broken", "status_question", "command", "chatter"
]
_FOLLOW_UP: dict[Act, FollowUpAct] = {
    Act.REPORT: "detail",
    Act.DETAIL: "detail",
    Act.ANSWER: "detail",
    Act.SAME_PROBLEM: "detail",
    Act.ACK: "ack",
    Act.FIXED: "fixed",
    Act.STILL_BROKEN: "still_broken",
    Act.STATUS_QUESTION: "status_question",
    Act.COMMAND: "command",
    Act.REFUSAL: "chatter",
    Act.CHATTER: "chatter",
}
# What an all-clear may be taken for.
_LOOKS_MENDED = ("fixed", "detail", "ack", "chatter", "command")
# What counts when one turn says several things, the weightiest first.
_WEIGHT: tuple[FollowUpAct, ...] = (
    "command",
    "still_broken",
    "fixed",
    "status_question",
    "detail",
    "ack",
    "chatter",
)


class LocalModels:
    """Answers every node from the text alone. Raises nothing on purpose."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader: Reader = reader or LocalReader()

    async def classify(self, call: ModelCall) -> Classification:
        """Judge all staff lines together; an answer or a thanks never makes an incident."""
        lines = staff_lines(call)
        gists = [self._reader.read(text) for text in _texts(lines)]
        telling = [g for g in gists if _tells(g)]
        alone = min((self._chance(g) for g in gists if g.act in _SILENT), default=0.0)
        chance = max(map(self._chance, telling), default=alone)
        if any(find_screen_error(text) for text in call.images):
            chance = max(chance, PICTURED_ERROR)
        if any(self._tells_of_danger(line.text) for line in lines):
            # However it is told: a report of danger that is missed is the worst of all.
            chance = max(chance, TOLD_DANGER)
        if any(is_lacked(line.text) for line in lines):
            chance = max(chance, NO_SUPPLY)
        if lines and self._is_taken_back(lines):
            chance = min(chance, 1.0 - INCIDENT_THRESHOLD, INCIDENT_THRESHOLD / 2)
        is_incident = chance >= INCIDENT_THRESHOLD
        found = gather(call)
        # 'Here too' is about what the others said to fail.
        thing = _plain_thing(found) or call.known.get("system")
        return Classification(
            is_incident=is_incident,
            confidence=round(chance if is_incident else 1.0 - chance, 4),
            category=_category(gists, found),
            priority="urgent" if is_urgent(lines, self._reader, thing) else "normal",
            trigger_words=list(dict.fromkeys(w for g in gists for w in g.trigger_words)),
            sentiment=_sentiment(gists, is_incident=is_incident),
            summary=_summary(found) if is_incident else "Conversación sin incidencia.",
            requires_human_escalation=is_incident
            and any(puts_people_in_danger(line.text) for line in lines),
            suggested_articles=[],
            estimated_resolution_minutes=None,
        )

    def _chance(self, gist: Gist) -> float:
        """The same of a text, or of what it says without greetings and thanks, which hide it."""
        rest = beside_question(gist.text) if gist.signs.get("beside_question") else None
        if rest is not None:
            return max(chance_of(gist), self._chance(self._reader.read(rest)))
        core = without_courtesy(gist.text)
        if core == gist.text or gist.signs.get("laugh"):
            return chance_of(gist)
        bare = self._reader.read(core)
        return max(chance_of(gist), chance_of(bare) if bare.signs.get("system") else 0.0)

    def _is_taken_back(self, lines: Sequence[Line]) -> bool:
        """Whether a later line takes back what was told, or says that it is over: before anything
        is told, only words that can mean nothing else do."""
        told = (self._chance(self._reader.read(one.text)) >= INCIDENT_THRESHOLD for one in lines)
        first = next((n for n, tells in enumerate(told) if tells), 0)
        return is_over(lines, first, self._reader)

    def _tells_of_danger(self, text: str) -> bool:
        if not endangers(text) or _ONLY_THOUGHT_OF.search(fold(text)):
            return False
        return self._chance(self._reader.read(text)) >= DANGER_FROM

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        """What was said, asked for or shown; the store is None unless somebody said it.

        Looks for similar tickets once, when the toolbox offers that and the problem is known.
        """
        found = gather(call)
        if found.problem and tools is not None and _offers(tools, SEARCH_TOOL):
            query = " ".join(part for part in (found.system, found.problem, found.error) if part)
            await tools.use(SEARCH_TOOL, {"query": query})
        return Extraction(
            problem=found.problem,
            system=found.system,
            store=found.store,
            error=found.error,
            affected=found.affected,
            refused=found.refused,
        )

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        """The text that can be read in the image, off the event loop, in about a second."""
        return await asyncio.to_thread(describe_picture, image)

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        """What the new lines mean for an incident whose ticket is planned or open."""
        lines = new_lines(call) or staff_lines(call)[-1:]
        told = " ".join([*call.known.values(), *_told_to_fail(call)])
        acts = [self._act(line.text, call, told) for line in lines]
        act = min(acts, key=_WEIGHT.index, default="chatter")
        if {"fixed", "still_broken"} <= set(acts) and act == "still_broken":
            act = next(a for a in reversed(acts) if a in {"fixed", "still_broken"})
        reply = None
        if act == "status_question" and tools is not None and _offers(tools, STATUS_TOOL):
            reply = _status_sentence(await tools.use(STATUS_TOOL, {}))
        return FollowUp(act=act, reply=reply)

    async def assign(self, call: ModelCall) -> PlaceChoice:
        """What the fitted weights decided already: nobody else is asked here."""
        place = likeliest(call.places)
        return OwnChoice(place=place.key, confidence=place.share, reason="")

    def _act(self, text: str, call: ModelCall, told: str = "") -> FollowUpAct:
        if asks_of_progress(text):
            return "status_question"
        if mended_together(text) or is_put_right(text):
            return "fixed"
        if came_in_vain(text):
            return "still_broken"
        known = call.known
        shares: dict[FollowUpAct, float] = {}
        gist = self._reader.read(text)
        for act, share in gist.acts.items():
            name = _FOLLOW_UP[act]
            shares[name] = shares.get(name, 0.0) + share
        things = [known[name] for name in ("system", "error") if name in known]
        named = [*things, *(span.word for span in find_systems(told))]
        another = asks(text) and names_another(text, known.values(), self._told(call))
        of_another = another or asks_of_another(text, named, told)
        if of_another or not asks(text) or not speaks_of_repair(text, things):
            shares.pop("status_question", None)
        elif gist.signs.get("status"):
            return "status_question"
        if gist.act is Act.STILL_BROKEN and gist.signs.get("still"):
            return "still_broken"  # likelier than any other, though three of those are a detail
        best: FollowUpAct = max(shares, key=lambda name: shares[name]) if shares else "chatter"
        thing = known.get("system")
        mends = best in _LOOKS_MENDED and tells_it_is_mended(gist, thing, _said_before(call))
        best = "fixed" if mends else best
        mended = find_system(without_why(text)) if best == "fixed" else None
        if best == "fixed" and is_another_thing(mended, thing):
            return "detail"
        if best == "fixed" and not mends and not ends_it(text, shares["fixed"]):
            return "detail" if works_in_part(text) else "chatter"
        if another and "?" in text and best in ("fixed", "still_broken") and not gist.problem:
            return "chatter"  # 'ya quedó lo del viernes?' says of nothing how it is
        telling = gist.signs.get("digits_only") or says_how_long(text) or cannot_sell(gist)
        if best in ("chatter", "ack") and telling:
            return "detail"
        # Among those who speak of an incident, thanks are thanks for it.
        polite = gist.signs.get("thanks") or gist.signs.get("ack")
        return "ack" if best == "chatter" and polite else best

    def _told(self, call: ModelCall) -> Iterator[str]:
        """What was said of the incident before: the report, what tells of a failure, and what
        support says."""
        before = call.conversation[: len(call.conversation) - call.new]
        for n, line in enumerate(one for one in before if one.who != "bot"):
            if n == 0 or ("?" not in line.text and line.who == "support"):
                yield heard(line.text)
            elif "?" not in line.text and line.who == "staff":
                gist = self._reader.read(line.text)
                if gist.problem or gist.act in (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN):
                    yield heard(line.text)


def describe_picture(image: bytes) -> ImageDescription:
    """What an encoded image shows; takes about a second of one core."""
    return describe_text(read_picture(image).text)


def describe_text(text: str) -> ImageDescription:
    """What a picture shows in which this text can be read."""
    if not text:
        return ImageDescription(readable=False, text="", error=None, system=None)
    return ImageDescription(
        readable=True,
        text=text,
        error=find_screen_error(text),
        system=find_screen_system(text),
    )


def _texts(lines: Sequence[Line]) -> list[str]:
    """Each line, and what each person wrote in a row as one text, for split sentences."""
    texts = [line.text for line in lines]
    burst: list[str] = []
    writer = ""
    for line in lines:
        if line.name != writer:
            burst, writer = [], line.name
        burst.append(line.text)
        if 1 < len(burst) <= 4:
            texts.append(" ".join(burst)[:400])
    return list(dict.fromkeys(texts))


def _said_before(call: ModelCall) -> list[str]:
    """What people of the store wrote before the new lines."""
    fresh = {line.id for line in new_lines(call)}
    return [one.text for one in staff_lines(call) if one.id not in fresh]


def _told_to_fail(call: ModelCall) -> list[str]:
    """What people told of failures before the new lines."""
    return [text for text in _said_before(call) if has_fault(text)]


def _tells(gist: Gist) -> bool:
    """Whether a text can be what makes an incident: nothing that is mended does, and no question
    that names no fault ('¿ya reiniciaste el equipo?')."""
    beside = works_in_part(gist.text) and gist.signs.get("fault_and_system")
    if beside or gist.signs.get("beside_question") or gist.signs.get("fails_only"):
        return True
    if gist.act in _SILENT or gist.act is Act.FIXED or is_called_off(gist.text):
        return False
    only_asks = gist.act is Act.DETAIL and gist.signs.get("question", 0.0) > 0
    return not only_asks or gist.problem is not None or bool(gist.signs.get("orders"))


def _category(gists: Sequence[Gist], found: Found) -> Literal["technical", "operational"]:
    weights = {Category.TECHNICAL: 0.0, Category.OPERATIONAL: 0.0}
    for gist in gists:
        weights[gist.category] += gist.incident * (gist.category_confidence - 0.45)
    if known := category_of(_plain_thing(found)):
        weights[known] += KNOWN_ADDS
    technical = weights[Category.TECHNICAL] >= weights[Category.OPERATIONAL]
    return "technical" if technical else "operational"


def _plain_thing(found: Found) -> str | None:
    """What was plainly said to fail; None where the words only hint at it."""
    plainly = found.plainly is not None and found.plainly >= Plainly.NAMED
    return found.system if plainly else None


def _sentiment(
    gists: Sequence[Gist], *, is_incident: bool
) -> Literal["negative", "neutral", "positive"]:
    if is_incident:
        return "negative"
    pleased = any(g.act in {Act.ACK, Act.FIXED} for g in gists)
    return "positive" if pleased else "neutral"


def _summary(found: Found) -> str:
    what = found.problem or "Se reporta una incidencia"
    if found.system and found.system.lower() not in what.lower():
        what = f"{found.system}: {what}"
    where = f" en la tienda {found.store}" if found.store else ""
    return f"{what[:1].upper()}{what[1:]}{where}."


def _offers(tools: Toolbox, name: str) -> bool:
    return any(tool.name == name for tool in tools.tools)


def _status_sentence(result: str) -> str | None:
    """One formal sentence of the status tool's JSON; None when it tells no status."""
    try:
        told = json.loads(result)
    except json.JSONDecodeError:
        return None
    if not isinstance(told, dict) or not told.get("ticket_number") or not told.get("status"):
        return None
    number, status = told["ticket_number"], told["status"]
    if told.get("closed"):
        return f"El ticket {number} ya se encuentra cerrado, con estado «{status}»."
    return (
        f"El ticket {number} se encuentra en estado «{status}»; "
        "le informaremos en cuanto haya novedades."
    )
