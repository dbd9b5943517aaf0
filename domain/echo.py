"""'Here too': a few words that say what somebody else has just said, of the writer's own store.

Pure. After a report such words are another report of it, after 'it works again' they say that it
works again here as well; which of the two, only the talk tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.gist import Act, Gist
from domain.kinship import (
    ALSO,
    PLUS,
    SINCE_WHEN,
    SURELY,
    Kin,
    asks_others,
    counts_in,
    kinds_of,
    may_say_so,
    own_words,
)
from domain.outage import speaks_of_all
from domain.room import Alike, OpenIncident, TurnFacts
from domain.wording import minutes_between, plain

if TYPE_CHECKING:
    from domain.evidence import Evidence, Scene

# How long after somebody's words others still echo them, and how many messages later.
ECHO_MINUTES = 25.0
ECHO_MESSAGES = 12
# An echo has hardly a word of its own.
OWN_WORDS = 3
# From which share on words that quote nothing say 'here too'.
CERTAINLY = 0.7
LONGEST = 10
# How sure the reader must be that words tell of a failure where no store is known.
FAILS = 0.5
# How sure, where somebody asks whether others have it as well.
MAY_FAIL = 0.4
# How surely words must say 'here too' for a laugh to make no joke of it.
SAYS = 0.8
# From which share on a comment that names another store is a report of it.
COMMENTED = 0.85
# How sure the reader must be where words that read like a comment name another store.
SAYS_STORE = 0.7
# Few words need not say what is the same.
_TERSE = r"tb|mism[oa]|same|menos"
_SINCE = r"(?:nosotr[oa]s|aqui|aca)\b.{0,20}\bdesde"
_ALSO = re.compile(rf"\b(?:{ALSO}|{_TERSE}|yo (?:aqui|aca)|{_SINCE})\b|{PLUS}")
# What an echo that cannot be anything else is made of, beside a place and one word more.
_BARE = re.compile(
    r"y|e|ya|pues|uy|si|sii|aqui|aca|ahi|en|la|el|los|las|lo|de|del|a|mi|nos|nosotr[oa]s|yo|estamos|"
    r"estoy|desde|tienda|suc|sucursal|local|tda|t|num|numero|todo|todos|chic[oa]s|gente|ahora|justo|"
    rf"por|{ALSO}|{_TERSE}|problema|x|no|inge|jefe|jefa|\d+|{SINCE_WHEN}"
)
# 'Sigue igual' is said of one's own.
_STILL = re.compile(
    r"\b(?:sigue|siguen|sigo|seguimos|continua|todavia|aun|esta igual|quedo igual)\b"
)
# 'Acá ya volvió' is no failure,
_BACK = re.compile(
    r"\b(?:ya (?:volvio|regreso|quedo|jala|anda|funciona|hay|esta|llego|paso|pasa|entro)|todo bien|"
    r"resuelto|solucionado)\b"
)
# and where nothing is denied neither is 'acá también anda bien'.
_WORKS = re.compile(
    r"\bsin (?:ningun )?(?:problemas?|drama|novedad(?:es)?)\b|"
    r"\b(?:(?:anda|andan|funciona|funcionan|jala|va|van|pasa|pasan) bien|normal(?:es)?|"
    r"tambien (?:todo )?(?:funciona|anda|volvio|jala|bien|ok)|"
    r"(?:bien|ok) tambien)\b"
)
# Nor is 'acá también funciona', which has nothing else to say.
_RUNS = re.compile(r"\b(?:funcionan?|andan?|jalan?|ok|okey|bien)\b")
# 'Muchas felicidades x3' and 'gracias! x4' count in for no failure.
_KIND = re.compile(r"\b(?:gra?ci?as|grax|feli\w+|bienvenid\w+|saludos|salud|exitos?|bendiciones)\b")
# What does not run, in either.
_DENIES = re.compile(r"\b(?:no|tampoco|ni|nada)\b")
# Where somebody is who says no store.
_ELSEWHERE = re.compile(
    r"\b(?:a mi|nosotr[oa]s|yo|aqui|aca|(?:en|por) (?:la |el )?"
    r"(?!cajas?\b|bodega|oficina|piso|mostrador|entrada|almacen)\w+)\b"
)
_LAUGHS = re.compile(r"\b(?:ja|je|ha|ji){2,}|\bxd\b|[😂🤣😅😆😜]")
_PROBLEM = (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)
# What is thanked for or works again is no failure.
_ENDS = (Act.ACK, Act.FIXED)


@dataclass(frozen=True)
class Echo:
    """What a turn echoes: an incident, the outage it belongs to, and whether that it is mended."""

    incident: str
    head: str
    mended: bool
    # Whether the words cannot be anything else.
    bare: bool
    # The incidents of that outage that are the writer's own, or of their store.
    mine: frozenset[str]


def echo_of(scene: Scene) -> Echo | None:
    """What the turn says again for its own store; None when it does not."""
    gist, turn = scene.gist, scene.turn
    words = plain(gist.text)
    if not 0 < len(words.split()) <= LONGEST or "?" in gist.text or turn.from_support:
        return None
    if not _says_also(gist.text) or gist.act is Act.ACK:
        return None
    if len(own_words(gist.text, gist.said_store or turn.home_store)) > OWN_WORDS:
        return None
    known = {i.id: i for i in scene.incidents}
    for remark in reversed(scene.room.remarks[-ECHO_MESSAGES:]):
        if minutes_between(turn.at, remark.at) > ECHO_MINUTES:
            return None
        if remark.person_id == turn.person_id or remark.incident_id not in known:
            continue
        if is_bare(remark.text, known[str(remark.incident_id)].store):
            continue  # says again what was said before it, whatever that was
        if remark.act == Act.FIXED or remark.act in _PROBLEM:
            one = known[str(remark.incident_id)]
            head = one.parent or one.id
            family = [i for i in scene.incidents if (i.parent or i.id) == head]
            mine = frozenset(i.id for i in family if _is_mine(scene, i))
            bare = is_bare(gist.text, gist.said_store or turn.home_store)
            return Echo(one.id, head, remark.act == Act.FIXED, bare, mine)
    return None


def is_bare(text: str, store: str | None) -> bool:
    """Whether a text says 'here too' and nothing else: 'x2 la 9', 'acá igual', 'Sur igual'."""
    words = plain(text).split()
    if not words or "?" in text or _LAUGHS.search(text.casefold()) or _KIND.search(plain(text)):
        return False
    if _RUNS.search(plain(text)) and not _DENIES.search(plain(text)):
        return False
    if not _says_also(text):
        return False
    place = set(plain(store or "").split())
    others = [w for w in words if w not in place and not _BARE.fullmatch(w)]
    return len(others) <= 1


def _says_also(text: str) -> bool:
    words = plain(text)
    also = _ALSO.search(words) or _ALSO.search(text.casefold())
    return also is not None and not _STILL.search(words)


def _is_mine(scene: Scene, incident: OpenIncident) -> bool:
    store = scene.gist.said_store or scene.turn.home_store
    if store and incident.store:
        return store.casefold() == incident.store.casefold()
    return incident.reporter_id == scene.turn.person_id


def of_join(echo: Echo | None, incident: OpenIncident) -> Evidence:
    """What an echo says of an open incident."""
    if echo is None:
        return {}
    if incident.id in echo.mine:
        return {"join:echo_mine": 1.0, "join:echo_mended": float(echo.mended)}
    if (incident.parent or incident.id) == echo.head:
        return {"join:echo_others": 1.0, "join:echo_itself": float(incident.id == echo.incident)}
    return {"join:echo_apart": 1.0}


def of_new(echo: Echo | None) -> Evidence:
    """What an echo says of a new incident."""
    if echo is None:
        return {}
    if echo.mended:
        return {"new:echo_mended": 1.0}
    return {"new:echo_mine": 1.0} if echo.mine else {"new:echo": 1.0}


def echoes_quoted(turn: TurnFacts, incident: OpenIncident) -> bool:
    """Whether somebody quotes another store's report to say that they have the same."""
    if turn.person_id in incident.participants or turn.from_support:
        return False
    store = turn.gist.said_store or turn.home_store
    if store and incident.store and store.casefold() == incident.store.casefold():
        return False
    return is_bare(turn.gist.text, store)


def speaks_from_elsewhere(gist: Gist) -> bool:
    """Whether the words themselves say that they are another one's: 'x3', 'a mí también me pasa',
    'en Durán también se fue'."""
    said = plain(gist.text)
    there = _ELSEWHERE.search(said) and _ALSO.search(said) and gist.incident >= FAILS
    return counts_for(gist, gist.said_store) or bool(there)


def counts_for(gist: Gist, store: str | None) -> bool:
    """Whether somebody counts themselves in for a failure, by 'x2' alone or beside its words: not
    so 'jajaja x2', but 'x4 jaja, Surquillo también'."""
    if not counts_in(gist.text):
        return False
    if _LAUGHS.search(gist.text.casefold()):
        return gist.said_store is not None
    return is_bare(gist.text, store) or (gist.incident >= FAILS and gist.act in _PROBLEM)


def has_the_same(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    kin: Kin | None,
    same_system: Alike,
    quoted: OpenIncident | None = None,
) -> bool:
    """Whether somebody says, in words of their own, that they have what another store reported:
    in answer to what they quote, or to what the chat speaks of; not so of another thing."""
    gist = turn.gist
    counts = counts_for(gist, gist.said_store or turn.home_store)
    enough = SURELY if quoted or counts else CERTAINLY
    if kin is None or kin.share < enough or turn.from_support or gist.act in _ENDS:
        return False
    if quoted and (quoted.parent or quoted.id) != kin.head:
        return False
    if not (quoted or gist.said_store or turn.home_store or speaks_from_elsewhere(gist)):
        return False  # who says no store may well speak of this one
    family = [i for i in incidents if (i.parent or i.id) == kin.head]
    if any(turn.person_id in i.participants for i in family):
        return False
    named = [i.system for i in family if i.system]
    mine = kinds_of(f"{gist.text} {gist.system or ''}")
    alike = any(same_system(gist.system, one) or mine & kinds_of(one) for one in named)
    # One failure of what stores share shows in several things; a printer's shows in the printer.
    shares = quoted is not None and any(map(kinds_of, named))
    if gist.system and named and not (alike or shares):
        return False
    if not may_say_so(turn) or _STILL.search(plain(gist.text)) or "?" in gist.text:
        return False
    said = plain(gist.text)
    works = _BACK.search(said) or (_WORKS.search(said) and not _DENIES.search(said))
    sure = gist.acts.get(Act.SAME_PROBLEM, 0.0) >= SAYS
    laughs = _LAUGHS.search(gist.text.casefold()) and not (sure or counts)
    wishes = _KIND.search(said) and gist.incident < FAILS
    return not (laughs or works or wishes)


def reports_it_as_well(turn: TurnFacts, incidents: Sequence[OpenIncident], kin: Kin | None) -> bool:
    """Whether a turn that would go to what others reported is another report of it: by a plain
    report of whoever is of another store, by what they add and name their store with, or by a photo
    without a word where the chat speaks of nothing else."""
    gist = turn.gist
    if kin is None or kin.share < SURELY or turn.from_support or turn.quotes_something:
        return False
    family = [i for i in incidents if (i.parent or i.id) == kin.head]
    if any(turn.person_id in i.participants for i in family):
        return False
    if turn.shows_error:
        return True
    said = plain(gist.text)
    if not said:
        return False  # what it shows is looked at before it is one
    if _STILL.search(said) or _BACK.search(said) or _WORKS.search(said):
        return False
    if _LAUGHS.search(gist.text.casefold()) or speaks_of_all(gist.text):
        return False
    if asks_others(gist.text):
        return gist.incident >= MAY_FAIL
    if gist.act is Act.DETAIL and gist.said_store:
        return gist.incident >= SAYS_STORE and kin.share >= COMMENTED
    return gist.act in (Act.REPORT, Act.SAME_PROBLEM) and gist.incident >= FAILS


def outage_echoed(scene: Scene) -> str | None:
    """The outage that a turn says it has as well."""
    echo = echo_of(scene)
    return echo.head if echo is not None and not echo.mended and not echo.mine else None
