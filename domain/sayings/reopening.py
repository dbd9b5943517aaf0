"""When somebody says that it still fails although its ticket was closed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Act
from domain.incident import OPEN_STATUSES, Status
from domain.likeness import agree
from domain.room import OpenIncident, TurnFacts
from domain.sayings.mended import works_in_part
from domain.sayings.uncancelled import wants_it_after_all
from domain.wording import laughs, plain

FAILS = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})
SINCE = "names nothing, and is of what its writer has told of since"
ANEW = "goes on with what was closed too long ago to be reopened"
BACK = "was taken back, and fails after all"
ENDED_TOO_SOON = "says of a closed ticket that it should not be"
_THE_TICKET = (
    r"(?:(?:el|mi|los|mis|ese|este|del|al) )?(?:tickets?|reportes?|casos?|folios?|incidencias?)"
)
# 'Todavía no llega el pedido' fails in nothing of ours.
_SUPPLY = (
    r"(?:luz|corriente|energia|agua|gas|sistema|internet|red|wifi|linea|senal|conexion|servicio|"
    r"imagen|sonido|aire)"
)
_WORKS = (
    rf"(?:(?:nos |me |les |se |le )?(?:funcion\w+|jal\w+|sirv\w+|prend\w+|enciend\w+|encend\w+|"
    rf"and(?:a|an|uvo)|cobr\w+|imprim\w+|leen?|cargan?|conect\w+|enfri\w+|responde\w*|pesan?|"
    rf"arregl\w+|resuel\w+|resolv\w+|repar\w+|solucion\w+)|"
    rf"(?:l[oae]s? )(?:arregl\w+|resuel\w+|resolv\w+|repar\w+|solucion\w+)|"
    rf"pasan?(?= tarjetas?| pagos?| cobros?|$)|va(?=$)|hay(?=$| {_SUPPLY})|tenemos {_SUPPLY}|"
    rf"vuelve(?=$| {_SUPPLY})|(?:quedo|queda|quedaron|ha quedado|esta|estan)"
    r"(?=$| (?:bien|list[oa]s?|resuelt\w+|arreglad\w+|funcionando|nada|del todo|al 100)\b))"
)
_DONE = (
    r"(?:(?:resuelt|solucionad|arreglad|reparad|corregid|atendid)[oa]s?|"
    r"list[oa]s?(?! (?:el|la|los|las|mi|para)\b))"
)
_DENIES = re.compile(
    rf"\b(?:aun|todavia) (?:sigue |siguen )?no {_WORKS}|"
    rf"\bno (?:esta|estan|quedo|quedaron|fue|ha sido|ha quedado|se ha|han|l[oae]s? han|nos han) "
    rf"{_DONE}\b|"
    r"\bno (?:ha|han) quedado\b(?! (?:mal|claro|de )|\w)|"
    r"\bno (?:lo |la |los |las |nos lo |me lo |se )?(?:han )?(?:arregl|resolvi|solucion|repar)"
    r"(?:aron|eron|o)\b|"
    r"\b(?:nadie|no) (?:ha |han )?(?:vino|venido|vinieron|lo (?:arregl|revis|repar)\w+)"
    r"(?: (?:nadie|a (?:arregl|revis|repar|ver)\w*))?$|"
    rf"\bpor ?que (?:me |nos |ya )?(?:l[oa]s? |)(?:cierran|cerraron|cierras|cerro|cerrar|"
    rf"dan por|dieron por|marcan|marcaron)(?:lo|la)? (?:como )?(?:{_THE_TICKET}|{_DONE}|"
    r"cerrad[oa]s?|si (?:no|aun|todavia|sigue))|"
    r"\bpor ?que l[oa]s? (?:cierran|cerraron|cierras|cerro)$|"
    r"^(?:eso |pero )?no es (?:cierto|verdad)$|"
    r"\bsigu(?:e|en|o|imos) (?:igual(?! de\b)|sin|fallando|mal|lo mismo|"
    r"con (?:el|la) mism\w+|en las mismas)\b"
)
# 'Reabran la tienda' is an order to somebody else.
_REOPENS = re.compile(
    r"(?<!no )(?<!no lo )(?<!no la )(?<!ya )\b(?:"
    rf"reabr(?:an|a|e|ir|irl[oa]s?|anl[oa]s?|el[oa]|as)"
    rf"(?=$| (?:{_THE_TICKET}|por favor|porfa\w*|gracias|de nuevo|otra vez|si|pls|plis|nuevamente|"
    r"porque|ya que|no|sigue|aun|todavia))|"
    rf"vuelv(?:an|a|e|es|en) a abrir(?:l[oa]s?(?=$| )| {_THE_TICKET})|"
    rf"(?:abran?|abre|abrir|activen|activar|retomen|retomar|levanten)(?:l[oa]s?)? "
    rf"(?:de nuevo |otra vez |nuevamente )?{_THE_TICKET}"
    r"(?= (?:de nuevo|otra vez|nuevamente|anterior))|"
    rf"(?:de nuevo|otra vez) abr(?:an|ir|e) {_THE_TICKET})"
)

_TRADE = r"(?:tecnic\w+|ingenier\w+|inge\w*|soporte|sistemas|mantenimiento)"
_CAME = (
    r"(?:(?:(?:se )?(?:ha|han) |se )?(?:vino|vinieron|venido|llego|llegaron|llegado|paso|pasaron|"
    r"pasado|presento|presentaron|presentado|aparecio|aparecieron|aparecido|asomo|asomaron|"
    r"asomado))"
)
# 'Aquí no vino nadie', 'no se ha presentado ningún técnico', said of what was closed.
_NOBODY_CAME = re.compile(
    r"(?:^|\b(?:aqui|aca|tienda|cierto|verdad|mentira|falso|si|pero|aun|todavia|y|que|porque|"
    rf"resuelto|cerrado|tecnico) )(?:aun |todavia |tampoco )?(?:no|nadie|ni) {_CAME}"
    rf"(?: (?:nadie|ningun[oa]?|un|el|los|{_TRADE}|de|a|ver\w*|revis\w+|arregl\w+|repar\w+|aqui|"
    r"aca|la|tienda|todavia|aun))*$"
)
_NOT_TRUE = re.compile(
    r"(?:(?:pero|eso|eh|oigan?|no|ay|disculpen?|perdon) )*(?:no es (?:cierto|verdad)|"
    r"(?:es )?mentira|(?:es )?falso|puras mentiras)(?: (?:eso|que (?:este|esta|ya este|ya quedo|"
    r"hayan venido|vinieran|vinieron)(?: \w+)?))?"
)
# Whose coming is spoken of; without it 'no llegó' may be of the bread.
_OF_THE_REPAIR = re.compile(
    rf"\b(?:nadie|ningun[oa]?|{_TRADE}|revis\w+|arregl\w+|repar\w+|cierto|verdad|mentiras?|"
    r"falso)\b"
)
# 'No vino nadie a la junta'; a day without customers.
_THEIR_OWN = re.compile(r"\b(?:client\w+|ventas?|gente|junta|reunion|fiesta|curso|camion|pedido)\b")
# How lately it was closed, that somebody whose store nobody knows speaks of it, or who has told of
# something else since.
JUST_CLOSED = timedelta(hours=1)
# How long after its end one who takes part in it may still say so: then it is reported anew.
LATE = timedelta(days=7)
# No text is longer that only says so.
LONGEST = 200

_BACK = re.compile(
    r"\b(?:otra vez|de nuevo|nuevamente|volvio a|vuelve a) (?:no |se |esta |lo mismo|igual|sin |"
    r"fall\w+|trab\w+|apag\w+|caer\w*|pasar|hacer|fallo|mal\b|con lo mismo)"
)


def asks_to_reopen(text: str) -> bool:
    """Whether a text wants a ticket to be opened again: 'reabran el ticket por favor'."""
    return not laughs(text) and bool(_REOPENS.search(plain(text)))


def is_back(text: str) -> bool:
    """Whether a text says that something fails once more: 'otra vez falla', 'volvió a fallar'."""
    return not laughs(text) and "?" not in text and bool(_BACK.search(plain(text)))


def denies_the_end(text: str) -> bool:
    """Whether a text, said of a closed ticket, says that it should not be: that the thing still
    fails, or that the ticket be opened again. Of anything else it tells nothing."""
    denies = _DENIES.search(plain(text)) or asks_to_reopen(text) or works_in_part(text)
    return not laughs(text) and bool(denies)


def denies_the_visit(text: str) -> bool:
    """Whether a text says that nobody came, or that it is not true that all is done."""
    words = plain(text)
    if len(text) > LONGEST or laughs(text) or _THEIR_OWN.search(words):
        return False
    return bool(_NOBODY_CAME.search(words) or _NOT_TRUE.fullmatch(words))


def fails_after_its_end(turn: TurnFacts, incident: OpenIncident) -> bool:
    """Whether a detail of what was closed tells that it is not over: 'sí imprime, pero borroso'."""
    gist = turn.gist
    if incident.closed_at is None or turn.from_support or gist.act not in (Act.DETAIL, Act.ANSWER):
        return False
    return bool(gist.problem) or works_in_part(gist.text)


def go_on_anew(
    decision: Decision,
    turn: TurnFacts,
    incident: OpenIncident | None,
    within: timedelta,
    others: Sequence[OpenIncident] = (),
) -> Decision:
    """The same decision; but what would have to be reopened too late is a new incident, which
    follows the old one, and so is what was taken back and fails after all. 'Todavía no' of
    somebody who has told of something since is of that; who asks to open a ticket again means one
    that is closed."""
    meant = _asked_to_reopen(decision, turn, others, within)
    if meant := meant or _denied(decision, turn, others, within):
        if meant.closed_at is not None and turn.at - meant.closed_at > within:
            return Decision("new", None, decision.confidence, ANEW, follows=meant.id)
        return replace(decision, outcome="join", incident_id=meant.id, reason=ENDED_TOO_SOON)
    if decision.outcome == "join" and (later := _ended_since(turn, incident, others, within)):
        return replace(decision, incident_id=later.id, reason=SINCE, close=True)
    if decision.outcome == "join" and incident is not None and _fails_after_all(turn, incident):
        return Decision("new", None, decision.confidence, BACK, follows=incident.id)
    if decision.outcome != "join" or incident is None or incident.closed_at is None:
        return decision
    fails = turn.gist.act in FAILS or fails_after_its_end(turn, incident)
    if turn.at - incident.closed_at <= within or not fails or turn.from_support:
        return decision
    since = [
        i
        for i in others
        if i.reporter_id == turn.person_id
        and i.status in OPEN_STATUSES
        and (i.opened_at or i.last_at) > incident.closed_at
    ]
    if since and turn.gist.system is None and turn.gist.said_store is None:
        newest = max(since, key=lambda i: i.last_at)
        return replace(decision, incident_id=newest.id, reason=SINCE, close=True)
    return Decision("new", None, decision.confidence, ANEW, follows=incident.id)


def _ended_since(
    turn: TurnFacts,
    incident: OpenIncident | None,
    others: Sequence[OpenIncident],
    within: timedelta,
) -> OpenIncident | None:
    """What the writer had reported and was closed lately, where they name nothing and their words
    went to what was taken back before, or ended too long ago: 'ayer lo arreglaron y otra vez mal'
    is of the newest."""
    gist = turn.gist
    if incident is None or incident.closed_at is None or turn.from_support:
        return None
    too_late = turn.at - incident.closed_at > within or incident.status == Status.WITHDRAWN
    names = gist.system or gist.said_store or gist.error
    again = gist.act is Act.STILL_BROKEN or is_back(gist.text)
    if not (too_late and again) or names or turn.quotes_something:
        return None
    since = [
        i
        for i in others
        if i.reporter_id == turn.person_id
        and i.status == Status.RESOLVED
        and i.closed_at is not None
        and i.closed_at > incident.closed_at
        and turn.at - i.closed_at <= within
    ]
    return max(since, key=lambda i: i.closed_at or i.last_at, default=None)


def _fails_after_all(turn: TurnFacts, incident: OpenIncident) -> bool:
    """Whether a turn that points at what was taken back, with its ticket, says that it fails."""
    if incident.status != Status.WITHDRAWN or incident.closed_at is None or turn.from_support:
        return False
    text = turn.gist.text
    fails = turn.gist.act in FAILS or denies_the_end(text) or is_back(text)
    return fails or wants_it_after_all(text)


def _denied(
    decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident], within: timedelta
) -> OpenIncident | None:
    """The closed incident of which somebody says that nobody came, whose words went elsewhere: one
    of theirs or of their store, else the only one that was just closed."""
    if turn.quotes_something or turn.from_support or not denies_the_visit(turn.gist.text):
        return None
    since = LATE if _OF_THE_REPAIR.search(plain(turn.gist.text)) else within
    late = [
        i
        for i in incidents
        if turn.person_id in i.participants
        and i.closed_at is not None
        and i.status == Status.RESOLVED
        and within < turn.at - i.closed_at <= since
    ]
    closed = [
        i
        for i in incidents
        if i.closed_at is not None
        and turn.at - i.closed_at <= within
        and i.status == Status.RESOLVED
    ]
    if any(i.id == decision.incident_id for i in closed):
        return None
    lately = [i for i in closed if i.closed_at and turn.at - i.closed_at <= JUST_CLOSED]
    store = turn.gist.said_store or turn.home_store
    if decision.outcome != "none" or not _OF_THE_REPAIR.search(plain(turn.gist.text)):
        closed = lately
    theirs = [i for i in closed if turn.person_id in i.participants or agree(store, i.store)]
    plainly = _OF_THE_REPAIR.search(plain(turn.gist.text))
    unknown = lately if len(lately) == 1 and store is None and plainly else []
    found = theirs or unknown or (late if decision.outcome == "none" else [])
    return max(found, key=lambda i: i.closed_at or i.last_at, default=None)


def _asked_to_reopen(
    decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident], within: timedelta
) -> OpenIncident | None:
    """The closed incident that somebody asks to open again whose words went elsewhere: the newest
    of theirs, else the only one."""
    if turn.quotes_something or turn.from_support or not asks_to_reopen(turn.gist.text):
        return None
    closed = {
        i.id: i for i in incidents if i.closed_at is not None and turn.at - i.closed_at <= within
    }
    if decision.incident_id in closed:
        return None
    own = [i for i in closed.values() if i.reporter_id == turn.person_id]
    meant = own or (list(closed.values()) if len(closed) == 1 else [])
    return max(meant, key=lambda i: i.closed_at or i.last_at, default=None)
