"""What people ask of the bot itself: how it goes, to cancel, to be attended by a person, help.

Pure. A wish for a person needs no address, nor does who cancels the report that they made;
everything else does, since people say 'cancela' and 'ayuda' to each other all day. Nobody's order
touches what somebody else reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.assignment import Decision
from domain.gist import Gist
from domain.incident import OPEN_STATUSES, REACHABLE_STATUSES, Status
from domain.likeness import names_thing
from domain.room import Alike, OpenIncident, TurnFacts
from domain.sayings.person_wanted import asks_bot_for_person, asks_for_support
from domain.sayings.slips import spelt
from domain.wording import plain


class Order(StrEnum):
    """What the bot is asked to do."""

    STATUS = "status"
    CANCEL = "cancel"
    PERSON = "person"
    HELP = "help"


# An order is short; in a longer text its words are part of a story.
LONGEST = 14
# 'Bot, ayuda, no imprime la caja' is a report.
SHORTEST = 4
# What nobody has spoken of for so long is not what an order means.
MEANT_WITHIN = timedelta(days=7)

_POLITE = (
    r"(?:(?:hola|oye|oiga|oigan|ola|che|buenas?|buenos|dias|tardes|noches|hey|ey|a ver|por favor|"
    r"porfa\w*|disculp\w+|perdon|estimado|querido|amigo|si|no|y|ok|vale|dale) )*"
)
_BOT = r"(?:el )?(?:bot|robot|recado|asistente(?: virtual)?|chatbot)"
_ADDRESSED = re.compile(rf"^{_POLITE}{_BOT}\b|\b{_BOT}(?: por favor| porfa\w*)?$")
_NAMED = re.compile(rf"^{_POLITE}(?:{_BOT}\b)?(?:\d{{8,15}}\b)?|\b{_BOT}(?: por favor| porfa\w*)?$")
# What is said of the bot and not to it.
_SPOKEN_OF = re.compile(
    rf"^{_POLITE}(?:el|este|ese|un) {_BOT} (?:no|ya|se|me|nos|es|esta|sigue|anda|contesta|dice|"
    rf"abrio|pide|pregunta|funciona|sirve|manda)\b|^{_POLITE}recado (?:de|para|a)\b|"
    rf"\b(?:un|el|dej\w+|mand\w+|pas\w+|hay|este|ese) recado$"
)
# At the start of what is said: 'no deja cancelar ventas' is a report.
_CANCEL = re.compile(
    r"^(?:(?:quiero|quisiera|puedes|podes|podrias|puede|favor de|por favor|porfa\w*|"
    r"ya|mejor|te pido|"
    r"necesito|hay que|me|lo|la) )*(?:(?:"
    r"(?:cancel|anul|descart|borr|elimin|retir)(?:a|e|ar|alo|ala|elo|ela|arlo|arla|en|enlo|ame|"
    r"ala)|"
    r"(?:olvid|dej)(?:alo|elo|enlo|ala|ate|a|e)(?: asi)?|cierra(?:lo)?|cierre(?:lo)?|"
    r"(?:ya )?no (?:es necesari[oa]|hace falta|se necesita|lo necesit\w+)(?! \w+ar\b))"
    r"(?: (?:el|mi|este|ese|la|lo|de|del|reporte|ticket|incidencia|solicitud|pedido|caso|folio|"
    r"por favor|porfa\w*|gracias|ya(?! no)|quedo|era|nada|\d+))*(?: |$))+$"
)
# Said to the bot by name: of which thing ('lo del escáner') and why ('ya se arregló solo') as well.
_CANCEL_THIS = re.compile(
    r"^(?:(?:quiero|puedes|podes|podrias|puede|favor de|por favor|porfa\w*|ya|mejor|necesito|me|"
    r"lo) )*(?:cancel|anul|descart|borr|elimin|retir)"
    r"(?:a|e|ar|alo|ala|elo|ela|arlo|arla|en|enlo|ame|ala)\b"
    r"(?: (?:el|mi|este|ese) (?:reporte|ticket|folio|caso)(?: \d+)?| \d+| lo(?= de))?"
    r"(?: de(?:l| la| los| las)?(?: (?!ya\b|porque\b|era\b|fue\b|por\b)\w+){1,4})?"
    r"(?: (?:(?:ya|porque|era|fue|pues|por favor|porfa\w*|gracias|al final|perdon)\b.*))?$"
)
_A_REPORT = re.compile(r"\b(?:reporte|ticket|folio|caso|lo de(?:l)?)\b")
_NOT_TO_CANCEL = re.compile(
    r"\bno (?:me |nos |lo |la |le |se |vayan a )*"
    r"(?:cancel|anul|descart|borr|elimin|retir|cierr|olvid)\w+"
)
# Who says so to nobody by name speaks of what is kept here, and of no customer's order: the ticket
# that a cashier has cancelled is that of a sale.
_OF_A_REPORT = re.compile(
    r"\b(?:reporte|incidencia|mi ticket)\b|(?=.*\bticket\b).*\b(?:olvid\w+|ya no hace falta)\b"
)
_STATUS = re.compile(
    r"\b(?:estado|estatus|status|estatuz|como (?:va|vamos|anda|sigue|esta|viene)|"
    r"en que (?:va|anda|quedo|esta)|novedad\w*|avances?|seguimiento|noticias?|"
    r"que (?:paso|onda|hubo) con|hay (?:respuesta|algo))\b"
)
_ASKS = re.compile(r"\b(?:estado|estatus|status|como va|como van)\b")
_HELP = re.compile(
    r"\b(?:ayuda|help|instrucciones|como (?:funcionas|te uso|reporto)|comandos|menu)\b"
)
_SOMEBODY = (
    r"(?:una? |algun[ao]? |el |la |otra |un )?(?:persona(?:s)?(?: (?:real|de verdad|"
    r"fisica|humana))?|"
    r"(?:ser )?humano|asesora?|agente|ejecutiv[oa]|operadora?|representante|"
    r"(?:alguien|personal|equipo|area|gente)(?: (?:de|del))? (?:soporte|sistemas|ti|mesa de ayuda|"
    r"la mesa|ayuda|help desk|tecnico|carne y hueso)|soporte(?: tecnico)?|mesa de ayuda|"
    r"alguien(?: (?:real|de verdad|que no sea (?:un )?(?:bot|robot)))?)"
)
_WISH = (
    r"(?:quiero|quisiera|necesit[oa]|necesitamos|queremos|quisieramos|prefiero|preferimos|deseo|"
    r"ocupo|ocupamos|puedo|podemos|podria|podriamos|me gustaria|exijo|solicito|requiero|"
    r"hay forma de|se puede|(?:me |nos )?urge|como (?:puedo|hago para|le hago para))"
)
_ABOUT = r"(?: (?:por|sobre|acerca de) (?:lo del?|mi reporte|el reporte|mi ticket|el ticket)\b.*)?"
_NO_BOT = r"(?: (?:y )?no (?:con )?(?:un |una |el |este )?(?:ro)?(?:bot|maquina)s?)?"
_END = (
    rf"{_NO_BOT}{_ABOUT}(?: (?:por favor|porfa\w*|ya|ahora|urgente|gracias|directamente|aqui|aca|"
    r"mejor|che|po))*(?: (?:es que|porque|esto|es|urge|ya que|llevo|llevamos)\b.*)?$"
)
_CALLS = r"(?:llam[ae]|llamar|marqu?[ae]|marcar|contact[ae]|contactar)"
_ATTENDS = rf"(?:atiend[ae]|atender|contest[ae]|contestar|respond[ae]|responder|{_CALLS})"
_TALK = (
    r"(?:hablar|platicar|comunicar(?:me|nos)|contactar(?:me|nos)?|charlar|conversar|tratar|verlo)"
    r" (?:con|a)"
)
_PERSON = re.compile(
    rf"\b{_WISH} (?:{_TALK}|que (?:me|nos) (?:{_ATTENDS}|ayude|hable|asista|escriba)n?) "
    rf"{_SOMEBODY}{_END}|"
    rf"\b(?:pas[ae]n?|comuni\w+|comunique\w*|transfier\w+|conect\w+|deriv\w+|pong[ae]n?|pon|"
    rf"contact\w+)(?:me|nos|enme|ennos)? (?:con|a) {_SOMEBODY}{_END}|"
    rf"\b(?:me|nos) (?:puede |podria |pueden |podrian )?{_ATTENDS}n? {_SOMEBODY}{_END}|"
    # Not 'alguien me ayuda': so people begin a report.
    rf"\b{_SOMEBODY} (?:que )?(?:me|nos) (?:puede |podria |pueden |podrian )?{_CALLS}n?{_END}|"
    r"\b(?:hay|esta|anda) (?:alguien (?:real|de verdad|humano)|algun humano)\b|"
    rf"^{_POLITE}(?:mejor )?(?:{_TALK} )?(?:una persona|un humano|persona real|humano|"
    rf"un asesor|un agente|un operador){_END}|"
    rf"\bno (?:quiero|queremos|quisiera|voy a) (?:{_TALK} )(?:un |una |el |este )?"
    r"(?:ro)?(?:bot|maquina)s?\b|"
    r"\bhay alguien(?: ahi| aqui| aca| alla| del otro lado)? o (?:es |son |eres )?"
    r"(?:puro|pura|solo|nomas|un|una|el)?(?: un)? ?(?:(?:ro)?bot|maquina)s?\b"
)


_SENTENCE = re.compile(r"[^.?!¿¡\n]+")
# What is said behind a report in one breath: 'no imprime la 12, que me llame alguien'.
_BREATH = re.compile(
    r"[.,;:?!¿¡\n]+|\by (?=(?:quiero|quisiera|necesito|que|me|alguien|prefiero)\b)"
)
_SPEAKS = re.compile(r"\b(?:habl|platic|llam|marqu|contact|comuni|atiend|contest|pas[ae])")
_CANNOT = re.compile(r"\bno (?:me|nos|se)\b")
# Words up to which such a text is heard.
LONGEST_BREATH = 60
# Who is to call is not said: so people tell each other, too, but not beside a report.
_ANY_CALL = re.compile(
    rf"^(?:{_POLITE})?(?:(?:si|y|es que|urgente|urge|por favor|porfa\w*|ayuda|mejor) )*(?:"
    rf"(?:(?:{_WISH}|pido|favor de|ver si) )?(?:que )?(?:alguien )?(?:me|nos) "
    r"(?:llam[ae]n|marquen|contacten|contactan|hablen)|"
    r"(?:si )?(?:me|nos) (?:pueden?|podrian?) (?:llamar|marcar|contactar|hablar)"
    r"(?: (?:un|una|el|algun) (?:tecnic[oa]|inge\w*|asesor\w*|agente|persona))?|"
    r"(?:ll[aá]m|marqu|cont[aá]ct|habl)(?:en|e)(?:me|nos)|"
    r"(?:alguien|algun tecnico|un tecnico) que (?:me|nos) (?:atienda|ayude|llame|marque|conteste))"
    r"(?: (?:al (?:cel\w*|telefono|whats\w*|numero|\d+)(?: de la tienda)?|a (?:mi|este) "
    r"(?:cel\w*|telefono|numero)|a la tienda|por (?:favor|telefono)|porfa\w*|ya|ahora|urgente|"
    r"gracias|lo antes posible|cuanto antes|\d+))*$"
)

# 'Cómo le hago para cancelar?' is said of a sale as well: to the bot by name, or of a report.
_HOW_TO_CANCEL = re.compile(
    rf"{_POLITE}(?:y )?como (?:(?:le hago|hago|hacemos|le hacemos) (?:para|pa)|(?:lo|la|se)? ?"
    r"(?:puedo|podemos|puede)|se|lo|la)? ?(?:cancel|anul|retir|borr|elimin)(?:ar|o|amos|a|arl[oa])"
    r"(?: (?:el|mi|un|este|ese|lo|la|reporte|ticket|incidencia|folio|caso|\d+|por favor|gracias))*"
)
# Said to the bot, this asks how it goes.
_WHEN_THEY_COME = re.compile(
    rf"{_POLITE}(?:y )?(?:(?:a que horas?|cuando|que dia|ya) (?:mero )?(?:llegan?|vienen?|"
    r"van? a (?:llegar|venir|arreglar\w*|resolver\w*)|l[oa] (?:arreglan|resuelven|atienden)|pasan)|"
    r"cuanto (?:tiempo )?(?:tardan?|falta|se tardan?|van a tardar|demoran?))"
    r"(?: (?:a (?:la )?tienda|por favor|mas|para eso|gracias|hoy))*"
)

# These are answered out of an incident and add nothing to it.
QUESTIONS = frozenset({Order.STATUS, Order.HELP})


@dataclass(frozen=True)
class Asked:
    """An order, and whether it was said to the bot by name, by a mention or by quoting it."""

    order: Order
    addressed: bool


def order_of(text: str, *, to_bot: bool = False) -> Asked | None:
    """What a text asks of the bot; None for what people say to each other.

    `to_bot`: it mentions the bot or quotes it.
    """
    words = spelt(plain(text))
    if not words or len(words.split()) > LONGEST:
        return Asked(Order.PERSON, to_bot) if _wants_person_besides(text) else None
    by_name = bool(_ADDRESSED.search(words)) and not _SPOKEN_OF.search(words)
    addressed = to_bot or by_name
    sentences = (text, *_SENTENCE.findall(text))
    if any(_PERSON.search(spelt(plain(one))) for one in sentences) or _wants_person_besides(text):
        return Asked(Order.PERSON, addressed)
    rest = _NAMED.sub(" ", words).strip()
    if addressed and asks_bot_for_person(rest):
        return Asked(Order.PERSON, addressed=True)
    if not addressed and asks_for_support(words):
        return Asked(Order.PERSON, addressed=False)
    this = addressed and _A_REPORT.search(rest) and _CANCEL_THIS.search(rest)
    cancels = (_CANCEL.search(rest) or this) and not _NOT_TO_CANCEL.search(words)
    if cancels and (addressed or _OF_A_REPORT.search(rest)):
        return Asked(Order.CANCEL, addressed)
    if _HOW_TO_CANCEL.fullmatch(rest) and (addressed or _OF_A_REPORT.search(rest)):
        return Asked(Order.HELP, addressed)
    if not addressed:
        return None
    if _STATUS.search(rest) or _WHEN_THEY_COME.fullmatch(rest):
        return Asked(Order.STATUS, addressed=True)
    if by_name and _HELP.search(rest) and len(rest.split()) <= SHORTEST:
        return Asked(Order.HELP, addressed=True)
    return None


def _wants_person_besides(text: str) -> bool:
    """Whether one piece of a text that tells more wishes for a person."""
    pieces = _breaths(text)
    return any(_SPEAKS.search(one) and _PERSON.search(one) for one in pieces)


def _breaths(text: str) -> list[str]:
    """The pieces of a text, spelt and plain; none of what is too long to be heard so."""
    if len(text.split()) > LONGEST_BREATH:
        return []
    pieces = [spelt(plain(one)) for one in _BREATH.split(text)]
    return [one for one in pieces if len(one.split()) <= LONGEST]


def wants_call(text: str) -> bool:
    """Whether a report asks besides that somebody, whoever it is, calls: 'llámenme por favor'."""
    pieces = (one for one in _breaths(text) if not _CANNOT.search(one))
    return any(map(_ANY_CALL.search, pieces))


def direct(
    asked: Asked, turn: TurnFacts, incidents: Sequence[OpenIncident], same_system: Alike
) -> Decision | None:
    """Where an order goes; None when it is no matter of ours, and the words are read as any other.

    What belongs to somebody else is neither cancelled nor handed over; how it goes may be asked.
    Of several the one whose thing is named is meant.
    """
    near = [i for i in incidents if turn.at - i.last_at <= MEANT_WITHIN]
    near = of_thing(near, turn, same_system)
    quoted = [i for i in incidents if i.id == turn.quoted_incident]
    own = [i for i in near if i.reporter_id == turn.person_id]
    mine = [i for i in near if turn.person_id in i.participants]
    if asked.order is Order.CANCEL and not asked.addressed:
        theirs = [i for i in own if i.status in OPEN_STATUSES]
        theirs = [i for i in quoted if i in theirs] if quoted else theirs
        return None if turn.from_support else _join(theirs, "its reporter cancels it")
    if asked.order is Order.CANCEL:
        allowed = quoted or near if turn.from_support else own
        allowed = [i for i in quoted if i in allowed] if quoted else allowed
        if turn.from_support and not quoted and len(allowed) != 1:
            allowed = []
        return _join(allowed, "its reporter cancels it") or _nothing("nothing of theirs to cancel")
    if asked.order is Order.PERSON:
        theirs = [i for i in quoted if i in own or i in mine] or own or mine
        if found := _join(theirs, "who takes part in it wants a person"):
            return found
        if asked.addressed and not turn.from_support:
            return Decision("new", None, 0.9, "asks the bot for a person")
        if not turn.from_support and asks_for_support(turn.gist.text):
            return _nothing("asks for support, and nothing of theirs is open")
        return None
    if asked.order is Order.STATUS:
        # What was taken back, or ended without a ticket, is meant where nothing else can be.
        kinds = (quoted, own, mine) if own or mine or quoted else (near,)
        goes = [[i for i in kind if i.status in REACHABLE_STATUSES] for kind in kinds]
        meant = next(filter(None, goes), [])
        if not meant and (turn.from_support or not asks_how_it_goes(turn.gist.text)):
            return None
        # Of what closed without a ticket nothing is missing any more.
        known = quoted or [i for i in own or mine or near if i.status != Status.CLOSED]
        if found := _join(meant or known, "asks the bot how it goes"):
            return found
        return _nothing("asks the bot how it goes, and nothing is open")
    meant = quoted or own or mine or near if asked.addressed else own
    found = _join(meant, "asks the bot for help")
    alone = asked.addressed and not turn.from_support and not names_something(turn.gist)
    return found or (_nothing("asks the bot for help, and nothing is open") if alone else None)


def of_thing(
    incidents: list[OpenIncident], turn: TurnFacts, same_system: Alike
) -> list[OpenIncident]:
    """The incidents of the thing that a turn names; all of them where it names none of theirs."""
    named = [i for i in incidents if names_thing(turn.gist, i.system, same_system)]
    return named or incidents


def _join(incidents: Sequence[OpenIncident], why: str) -> Decision | None:
    newest = max(incidents, key=lambda i: i.last_at, default=None)
    return None if newest is None else Decision("join", newest.id, 0.95, why)


def asks_how_it_goes(text: str) -> bool:
    """Whether a text with such words asks, and tells no news: 'gracias, sin novedad' does not."""
    return "?" in text or bool(_ASKS.search(plain(text)))


def _nothing(why: str) -> Decision:
    return Decision("none", None, 0.9, why)


def names_something(gist: Gist) -> bool:
    """Whether an order says which matter it is about."""
    return bool(gist.system or gist.said_store or gist.error)
