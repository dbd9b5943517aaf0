"""'Here too': a few words that say what somebody else has just said, of the writer's own store.

Pure. After a report such words are another report of it, after 'it works again' they say that it
works again here as well; which of the two, only the talk tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.deciding.kinship import SURELY, Kin, may_say_so
from domain.gist import Act, Gist
from domain.likeness import agree, same
from domain.outage import speaks_of_all
from domain.room import Alike, OpenIncident, Remark, TurnFacts
from domain.sayings.here_too import (
    ALSO,
    PLUS,
    SINCE_WHEN,
    asks_others,
    counts_in,
    kinds_of,
    own_words,
)
from domain.sayings.mended import only_runs, says_it_works
from domain.sayings.spared import says_none
from domain.wording import laughs, minutes_between, plain

if TYPE_CHECKING:
    from domain.deciding.evidence import Evidence, Scene

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
# How surely words must be small talk for 'here too' to decide nothing by itself.
SMALL_TALK = 0.6
# How surely words must say 'here too' for a laugh to make no joke of it.
SAYS = 0.8
# From which share on a comment that names another store is a report of it.
COMMENTED = 0.85
# How sure the reader must be where words that read like a comment name another store.
SAYS_STORE = 0.7
# Few words need not say what is the same.
_TERSE = (
    r"tb|mism[oa]|same|(?:en )?la \d+ menos|menos nosotr[oa]s|"
    r"(?:sum|agreg|anot|apunt|anex|inclu)\w+ (?:a )?la \d{2,4}|"
    r"(?:aqui|aca|nosotr[oa]s|yo|a mi)(?: en)?(?: (?:la|el|tienda|suc))?"
    r"(?: (?!por\b|al\b|mas\b|ya\b)\w+)? menos(?! (?:mal|de|d)\b)"
)
# 'Confirmo 12'.
_CONFIRMS = re.compile(
    r"(?:(?:si|ok|hola|buenas|equipo) )*confirm(?:o|amos|ad[oa])"
    r"(?: (?:aqui|aca|en|la|tienda|suc|sucursal|local))* \d{2,4}(?: (?:tambien|igual|tampoco))?|"
    r"(?:la |tienda )?\d{2,4} confirm(?:o|amos|ad[oa])"
)
# What sounds so and is not: 'ahora mismo', 'menos mal', 'igual mañana', and prices.
_SOUNDS_SO = re.compile(
    r"\b(?:(?:ahora|ahorita|ya|yo|tu|usted|ahi|alli|hoy|manana|asi) mism[oa]|menos mal|"
    r"(?:al|por lo) menos|lo mismo (?:digo|pienso|opino|te digo)|"
    r"igual (?:manana|otro dia|(?:luego|despues)$)|"
    r"(?<!la )(?<!tienda )(?<!suc )(?<!sucursal )(?<!tda )\b\d+(?: x |x)\d+)\b"
)
# 'Yo también, de pepperoni' asks for one more; 'igual de lento' does not.
_ORDERS = re.compile(
    rf"\b(?!i(?:gu|w)al)(?:yo|mi|{ALSO}|una?|dos|tres|(?<!la )(?<!tienda )(?<!suc )\d+) de (\w+)"
)
_SINCE = r"(?:nosotr[oa]s|aqui|aca)\b.{0,20}\bdesde"
_ALSO = re.compile(rf"\b(?:{ALSO}|{_TERSE}|yo (?:aqui|aca)|{_SINCE})\b")
_PLUS = re.compile(PLUS)
# What an echo that cannot be anything else is made of, beside a place and one word more.
_BARE = re.compile(
    r"y|e|ya|pues|uy|si|sii|aqui|aca|ahi|en|la|el|los|las|lo|de|del|a|mi|nos|nosotr[oa]s|yo|estamos|"
    r"estoy|desde|tienda|suc|sucursal|local|tda|t|num|numero|todo|todos|chic[oa]s|gente|ahora|justo|"
    rf"por|{ALSO}|{_TERSE}|menos|despues|luego|problema|x|no|inge|jefe|jefa|\d+|{SINCE_WHEN}"
)
# 'Sigue igual' is said of one's own.
_STILL = re.compile(
    r"\b(?:sigue|siguen|sigo|seguimos|continua|todavia|aun|esta igual|quedo igual)\b"
)
# 'Muchas felicidades x3' and 'gracias! x4' count in for no failure.
_KIND = re.compile(r"\b(?:gra?ci?as|grax|feli\w+|bienvenid\w+|saludos|salud|exitos?|bendiciones)\b")
# Where somebody is who says no store.
_ELSEWHERE = re.compile(
    r"\b(?:a mi|nosotr[oa]s|yo|aqui|aca|(?:en|por) (?:la |el )?"
    r"(?!cajas?\b|bodega|oficina|piso|mostrador|entrada|almacen)\w+)\b"
)
# Who asks for help with it behind the echo: 'x2 ¿me colaboran?', 'igual acá porfa'.
_PLEA = re.compile(
    r"[\s,.;¿]+(?:(?:(?:me|nos) (?:pueden |podr[ií]an )?(?:colabor|ayud|apoy|auxili)\w+|"
    r"alguien (?:(?:me|nos) )?(?:apoya|ayuda|colabora)|alguien que (?:lo |la )?(?:vea|revise)|"
    r"por favor|porfa(?:vor|s)?|porfis|pls|plis|urge|ayuda|ay[uú]den(?:me|nos))[\W_]*)+$",
    re.IGNORECASE,
)
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
    said = _without_plea(gist.text)
    words = plain(said)
    if not 0 < len(words.split()) <= LONGEST or "?" in said or turn.from_support:
        return None
    if not _says_also(gist.text) or gist.act is Act.ACK or says_none(gist.text):
        return None
    if len(own_words(gist.text, gist.said_store or turn.home_store)) > OWN_WORDS:
        return None
    met = list(_lately_told(scene))
    # 'Tampoco hay sistema' is of who lacks that, however lately another told of the internet.
    told = next((one for one in met if same(gist.system, one[1].system)), met[0] if met else None)
    if told is None:
        return None
    remark, one = told
    head = one.parent or one.id
    family = [i for i in scene.incidents if (i.parent or i.id) == head]
    mine = frozenset(i.id for i in family if _is_mine(scene, i))
    store = gist.said_store or turn.home_store
    bare = is_bare(gist.text, store) and not (_is_small_talk(gist) and not confirms(gist.text))
    bare = bare and (remark.act == Act.FIXED or not says_it_works(gist.text))
    return Echo(one.id, head, remark.act == Act.FIXED, bare, mine)


def _lately_told(scene: Scene) -> Iterator[tuple[Remark, OpenIncident]]:
    """What others have just said to fail, or to work again, the newest first."""
    known = {i.id: i for i in scene.incidents}
    for remark in reversed(scene.room.remarks[-ECHO_MESSAGES:]):
        if minutes_between(scene.turn.at, remark.at) > ECHO_MINUTES:
            return
        if remark.person_id == scene.turn.person_id or remark.incident_id not in known:
            continue
        one = known[str(remark.incident_id)]
        if is_bare(remark.text, one.store):
            continue  # says again what was said before it, whatever that was
        if remark.act == Act.FIXED or remark.act in _PROBLEM:
            yield remark, one


def is_bare(text: str, store: str | None) -> bool:
    """Whether a text says 'here too' and nothing else: 'x2 la 9', 'acá igual', 'Sur igual'."""
    text = _without_plea(text)
    words = plain(text).split()
    if not words or "?" in text or laughs(text) or _KIND.search(plain(text)):
        return False
    if only_runs(plain(text)) or not _says_also(text):
        return False
    place = set(plain(store or "").split())
    others = [w for w in words if w not in place and not _BARE.fullmatch(w)]
    ordered = _ORDERS.search(plain(text))
    bought = ordered is not None and ordered[1] in others and not _is_name(ordered[1], text)
    return len(others) <= 1 and not bought


def _without_plea(text: str) -> str:
    """'X2 ¿me colaboran?' asks nothing, and is an echo without it."""
    return _PLEA.sub("", text)


def _is_name(word: str, text: str) -> bool:
    """Whether a word is written as a name, in a text that is not all in capitals."""
    written = [w for w in re.findall(r"\w+", text) if plain(w) == word]
    return not text.isupper() and any(w[0].isupper() for w in written)


def _says_also(text: str) -> bool:
    return _has_also(text) and not _STILL.search(plain(text))


def _has_also(text: str) -> bool:
    words = _SOUNDS_SO.sub(" ", plain(text))
    return bool(_ALSO.search(words) or _PLUS.search(text) or confirms(text))


def confirms(text: str) -> bool:
    """Whether a text says of a store by its number, and nothing else, that it has it as well."""
    return "?" not in text and bool(_CONFIRMS.fullmatch(plain(text)))


def _is_small_talk(gist: Gist) -> bool:
    """'Yo también', of who buys a thing: it says no more than its words, and they are of no
    failure."""
    return gist.acts.get(Act.CHATTER, 0.0) >= SMALL_TALK and gist.incident < FAILS


def _is_mine(scene: Scene, incident: OpenIncident) -> bool:
    store = scene.gist.said_store or scene.turn.home_store
    here = agree(store, incident.store)
    return incident.reporter_id == scene.turn.person_id if here is None else here


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
    if agree(store, incident.store):
        return False
    return is_bare(turn.gist.text, store) and not _is_small_talk(turn.gist)


def speaks_from_elsewhere(gist: Gist) -> bool:
    """Whether the words themselves say that they are another one's: 'x3', 'a mí también me pasa',
    'en Durán también se fue'."""
    said = plain(gist.text)
    there = _ELSEWHERE.search(said) and _has_also(gist.text) and gist.incident >= FAILS
    return counts_for(gist, gist.said_store) or bool(there)


def counts_for(gist: Gist, store: str | None) -> bool:
    """Whether somebody counts themselves in for a failure, by 'x2' alone or beside its words: not
    so 'jajaja x2', but 'x4 jaja, Surquillo también'."""
    if not counts_in(gist.text):
        return False
    if laughs(gist.text):
        return gist.said_store is not None
    reports = gist.incident >= FAILS and gist.act in _PROBLEM
    return is_bare(gist.text, store) or reports or gist.act is Act.SAME_PROBLEM


def has_the_same(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    kin: Kin | None,
    same_system: Alike,
    quoted: OpenIncident | None = None,
) -> bool:
    """Whether somebody says, in words of their own, that they have what another store reported:
    in answer to what they quote, or to what the chat speaks of; not so of another thing."""
    gist, store = turn.gist, turn.gist.said_store or turn.home_store
    counts = counts_for(gist, store)
    enough = SURELY if quoted or counts else CERTAINLY
    if kin is None or kin.share < enough or turn.from_support or gist.act in _ENDS:
        return False
    if quoted and (quoted.parent or quoted.id) != kin.head:
        return False
    if not (quoted or store or speaks_from_elsewhere(gist)):
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
    sure = gist.acts.get(Act.SAME_PROBLEM, 0.0) >= SAYS
    if not (sure or counts or gist.signs.get("also") or own_words(gist.text, store)):
        return False  # 'acá en la 8' says where somebody is, and no more
    jokes = laughs(gist.text) and not (sure or counts)
    wishes = _KIND.search(said) and gist.incident < FAILS
    return not (jokes or says_it_works(gist.text) or wishes)


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
    if _STILL.search(said) or says_it_works(gist.text):
        return False
    if laughs(gist.text) or speaks_of_all(gist.text):
        return False
    if asks_others(gist.text):
        return gist.incident >= MAY_FAIL
    if gist.act is Act.DETAIL and gist.said_store:
        return gist.incident >= SAYS_STORE and kin.share >= COMMENTED
    return gist.act in (Act.REPORT, Act.SAME_PROBLEM) and gist.incident >= FAILS


def outage_echoed(scene: Scene) -> str | None:
    """The outage that a turn says it has as well."""
    echo = scene.echo
    return echo.head if echo is not None and not echo.mended and not echo.mine else None
