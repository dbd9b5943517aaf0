"""'Here too': a few words that say what somebody else has just said, of the writer's own store.

Pure. After a report such words are another report of it, after 'it works again' they say that it
works again here as well; which of the two, only the talk tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.gist import Act
from domain.kinship import SURELY, Kin, kinds_of, may_say_so
from domain.room import Alike, OpenIncident, TurnFacts
from domain.wording import minutes_between, plain, words_of

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
_ALSO = re.compile(
    r"\b(?:tambien|tampoco|tampco|tmpoco|tambn|tanbien|tmb|tmbn|tbn|tb|igual|iguales|idem|mism[oa]|"
    r"x ?\d|sumo|sumame|sumenme|anotame|apuntame|yo (?:aqui|aca)|same|menos)\b|^\W*\+ ?\d"
)
# What an echo that cannot be anything else is made of, beside a place and one word more.
_BARE = re.compile(
    r"y|e|ya|pues|uy|si|sii|aqui|aca|ahi|en|la|el|los|las|lo|de|del|a|mi|nos|nosotr[oa]s|yo|estamos|"
    r"estoy|desde|tienda|suc|sucursal|local|tda|t|num|numero|todo|todos|chic[oa]s|gente|ahora|justo|"
    r"por|tambien|tampoco|tampco|tmpoco|tambn|tanbien|tmb|tmbn|tbn|tb|igual|iguales|idem|mism[oa]|"
    r"problema|x|sumo|sumame|sumenme|anotame|apuntame|same|menos|no|inge|jefe|jefa|\d+"
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
    r"\b(?:(?:anda|andan|funciona|funcionan|jala|va|van|pasa|pasan) bien|normal(?:es)?|"
    r"tambien (?:funciona|anda|volvio|jala))\b"
)
# Nor is 'acá también funciona', which has nothing else to say.
_RUNS = re.compile(r"\b(?:funcionan?|andan?|jalan?|ok|okey|bien)\b")
# What does not run, in either.
_DENIES = re.compile(r"\b(?:no|tampoco|ni|nada)\b")
_LAUGHS = re.compile(r"\b(?:ja|je|ha|ji){2,}|\bxd\b|[😂🤣😅😆😜]")
_PROBLEM = (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)


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
    if not _says_also(gist.text):
        return None
    if len(words_of(gist.text) - words_of(gist.said_store or turn.home_store or "")) > OWN_WORDS:
        return None
    known = {i.id: i for i in scene.incidents}
    for remark in reversed(scene.room.remarks[-ECHO_MESSAGES:]):
        if minutes_between(turn.at, remark.at) > ECHO_MINUTES:
            return None
        if remark.person_id == turn.person_id or remark.incident_id not in known:
            continue
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
    if not words or "?" in text or _LAUGHS.search(text.casefold()):
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
    if kin is None or kin.share < (SURELY if quoted else CERTAINLY) or turn.from_support:
        return False
    if quoted and (quoted.parent or quoted.id) != kin.head:
        return False
    if not (quoted or turn.gist.said_store or turn.home_store):
        return False  # who says no store may well speak of this one
    family = [i for i in incidents if (i.parent or i.id) == kin.head]
    if any(turn.person_id in i.participants for i in family):
        return False
    named = [i.system for i in family if i.system]
    mine = kinds_of(f"{gist.text} {gist.system or ''}")
    alike = any(same_system(gist.system, one) or mine & kinds_of(one) for one in named)
    if gist.system and named and not alike:
        return False
    if not may_say_so(turn) or _STILL.search(plain(gist.text)) or "?" in gist.text:
        return False
    said = plain(gist.text)
    works = _BACK.search(said) or (_WORKS.search(said) and not _DENIES.search(said))
    return not (_LAUGHS.search(gist.text.casefold()) or works)


def outage_echoed(scene: Scene) -> str | None:
    """The outage that a turn says it has as well."""
    echo = echo_of(scene)
    return echo.head if echo is not None and not echo.mended and not echo.mine else None
