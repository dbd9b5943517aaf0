"""What models are asked and what they answer: plain data, whichever model answers.

Field descriptions are part of what a model sees, so they are written for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from domain.wording import plain

Who = Literal["staff", "support", "bot"]


@dataclass(frozen=True)
class Line:
    """One line of a conversation. `at` is an ISO time with offset."""

    id: str
    at: str
    who: Who
    name: str
    text: str


@dataclass(frozen=True)
class PlaceOffered:
    """Somewhere that a burst may belong, as a model is shown it; it answers with the `key`.

    `share` is what our own weights give it, 0 to 1, which no model is shown. Of an incident also:
    a short reference, what is known of it, who told of it, what was last said of it, by whom and
    how many minutes before the burst; and which field was asked of whom.
    """

    key: str
    outcome: Literal["join", "new", "none"]
    share: float
    incident_id: str | None = None
    reference: str | None = None
    status: str | None = None
    store: str | None = None
    system: str | None = None
    reporter: str | None = None
    last_by: str | None = None
    last_text: str | None = None
    last_minutes: int | None = None
    asked_of: str | None = None
    asked_field: str | None = None


@dataclass(frozen=True)
class ModelCall:
    """One question to a model.

    `instructions` is the rendered prompt; `conversation` the whole incident so far, `new` how
    many of its last lines nobody has read yet; `known` the fields so far; `pending` the field
    we asked for last, if its answer is due; `model` is `provider:name` or None for the default.
    `where` is what the group's or sender's name says of the store. `places` are where the new
    lines may belong, when that is asked; `quoted` are the words that they quote.
    """

    incident_id: str
    node: str
    instructions: str
    conversation: tuple[Line, ...]
    new: int
    known: dict[str, str] = field(default_factory=dict)
    pending: str | None = None
    model: str | None = None
    images: tuple[str, ...] = ()
    group_name: str = ""
    where: str | None = None
    places: tuple[PlaceOffered, ...] = ()
    quoted: str | None = None


class Answer(BaseModel):
    """Base of the structured outputs: nothing but the named keys."""

    model_config = ConfigDict(extra="forbid")


class Classification(Answer):
    """Whether a conversation is an incident, and of which kind."""

    is_incident: bool = Field(description="Someone reports that something does not work")
    confidence: float = Field(ge=0, le=1, description="0 to 1")
    category: Literal["technical", "operational"] = Field(
        description="technical: devices, software, network, payments; "
        "operational: opening, access, supplies, facilities, staff, process"
    )
    priority: Literal["urgent", "normal"] = Field(
        description="urgent only when the store cannot sell or operate, or someone is in danger"
    )
    trigger_words: list[str] = Field(description="Words of the text that signal the incident")
    sentiment: Literal["negative", "neutral", "positive"]
    summary: str = Field(description="One short sentence in Spanish")
    requires_human_escalation: bool = Field(description="A person must take over at once")
    suggested_articles: list[str] = Field(description="Titles of articles that may help; or none")
    estimated_resolution_minutes: int | None = Field(description="Estimate, or null")


class Extraction(Answer):
    """What the conversation says about the incident. Null when it does not say."""

    problem: str | None = Field(description="What happens, in a few words of the reporter's own")
    system: str | None = Field(description="The affected device or system, a short noun")
    store: str | None = Field(description="The store: its number in digits, or its name")
    error: str | None = Field(description="Error code or message, exactly as given")
    affected: str | None = Field(description="Who is affected, when it is not the reporter")
    refused: bool = Field(description="They said they do not know what we asked for")


class ImageDescription(Answer):
    """What can be read in an image."""

    readable: bool = Field(description="False when no text can be read with confidence")
    text: str = Field(description="The text in the image, exactly; empty when not readable")
    error: str | None = Field(description="Error code or message shown, or null")
    system: str | None = Field(description="The device or system shown, or null")


# What only a device says of itself, whatever it is.
_TELLS = (
    r"error\w*|err|fault|failed|fail|rechazad\w+|declinad\w+|denegad\w+|denied|offline|"
    r"desconectad\w+|disconnected|bloquead[oa]|expirad\w+|timeout|time out|tiempo de espera|"
    r"inactiv[oa]|detenid[oa]|stopped|invalid[oa]?|bateria agotada|fuera de (?:linea|servicio)|"
    r"(?:sin|no|not) (?:papel|conexion|conectad\w+|senal|red|internet|linea|sistema|comunicacion|"
    r"disponible|responde|respuesta|signal|connect\w+|found|encontrad\w+|se puede|se pudo|"
    r"autorizad\w+|procesad\w+)|0x[0-9a-f]+"
)
# What a sign on a door or a label may say too.
_MAY_TELL = (
    r"fall[ao]s?|atasc\w+|ator\w+|jam|abiert[oa]|vencid[oa]|out of \w+|e \d{1,4}|e\d{2,4}|"
    r"reinici\w+|restart\w*"
)
_PLAINLY_FAILS = re.compile(rf"\b(?:{_TELLS})\b")
# What fails on a screen that names no device: 'partido detenido' and 'llamada rechazada' do not.
_OF_A_DEVICE = re.compile(
    r"\b(?:servicios?|servidor|sesion|sistema|usuario|conexion|base de datos|transacci\w+|"
    r"operacion|bateria|host|sql|dispositivo|equipo|licencia|puerto|driver|dns|terminal|caja|"
    r"tarjeta|comprobante|documento|almacenamiento|memoria|disco|aplicacion)\b"
)
# A code of an error as devices write it, which may stand beside a word: 'CONGELADOR E4'.
_OF_AN_ERROR = re.compile(r"(?:e|er|err|error|f|h|r)[- ]?\d", re.IGNORECASE)
_FAILS = re.compile(rf"\b(?:{_TELLS}|{_MAY_TELL})\b")
# A screen that shows no more than its code; and one that tells what fails.
CODE_WORDS, SCREEN_WORDS = 4, 20
# What people send each other: greetings, offers, receipts, notices of the office.
_FOR_PEOPLE = re.compile(
    r"\b(?:feliz|felic\w+|bendic\w+|buen(?:os|as)? (?:dias?|tardes|noches)|promo\w*|ofertas?|"
    r"descuentos?|gracias por su compra|total|subtotal|amor|jaja\w*|recuerden|recordatorio|aviso|"
    r"nomina|vacaciones|horario|reunion|junta|vacante|sorteo)\b"
)


# What stands before the code of an error, and as many words as a code is at most: 'TIMEOUT 05'.
_ANNOUNCES = re.compile(
    r"\b(?:codigo|code|cod|error|err|fallo|excepcion|respuesta|rechazo|numero|num|nro|de)\b\.?"
)
_CODE_WORDS = 2
_NO_CODE = re.compile(
    r"^\d{1,2}[: ]\d{2}$|^(?!0x)\d+ ?x ?\d+$|^(?:caja|terminal|tienda|mesa|local|no|si) \d+$"
)
_SNAKE = re.compile(r"[A-Z]{2,}(?:_[A-Z0-9]+)+")


def is_code(error: str) -> bool:
    """Whether an error is a code, and not a message in words, a time or a thing with a number."""
    if _NO_CODE.search(plain(error)):
        return False
    words = _ANNOUNCES.sub(" ", plain(error)).split()
    has_digit = any(sign.isdigit() for sign in error)
    return (has_digit and len(words) <= _CODE_WORDS) or bool(_SNAKE.fullmatch(error))


def code_of(error: str | None) -> str | None:
    """An error that is a code, which tells two incidents apart: what screens say in words differs
    from one device to the next. None for any other, and for none."""
    return error if error and is_code(error) else None


def reads_as_error(image: ImageDescription) -> bool:
    """Whether a picture shows the error of a device, and not a poster, a receipt or a notice."""
    said = plain(image.text)
    if not image.readable or _FOR_PEOPLE.search(said) or len(said.split()) > 60:
        return False
    words = len(said.split())
    if image.error is None and image.system is None:
        plainly = _PLAINLY_FAILS.search(said) and _OF_A_DEVICE.search(said)
        return words <= SCREEN_WORDS and bool(plainly)
    return bool(_FAILS.search(said)) or (_shows_code(image) and words <= CODE_WORDS)


def _shows_code(image: ImageDescription) -> bool:
    """Whether a few words are the code of an error: no 'GALLETAS L-500'."""
    if image.error is None:
        return False
    alone = len(image.text.split()) == 1 or image.system is not None
    return alone or bool(_OF_AN_ERROR.match(image.error))


class FollowUp(Answer):
    """What a message means once the ticket is planned or open."""

    act: Literal[
        "detail", "ack", "fixed", "still_broken", "status_question", "command", "chatter"
    ] = Field(
        description="detail adds something support should know; ack is thanks or understood; "
        "fixed and still_broken speak of the incident; chatter is about something else"
    )
    reply: str | None = Field(
        description="One formal Spanish sentence that answers a status question; else null"
    )


class PlaceChoice(Answer):
    """Which of the offered places a burst belongs to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str = Field(description="The key of one of the offered places")
    confidence: float = Field(ge=0, le=1, description="0 to 1")
    reason: str = Field(description="Why, in at most ten words of Spanish")


class OwnChoice(PlaceChoice):
    """What our own weights chose before: no model has answered."""


def choice_among(keys: Sequence[str]) -> type[PlaceChoice]:
    """The same answer with these keys and no others."""
    told = PlaceChoice.model_fields["place"].description
    one_of: Any = Literal[tuple(keys)]  # known only when it is asked
    return create_model(
        PlaceChoice.__name__,
        __base__=PlaceChoice,
        place=(one_of, Field(description=told)),
    )
