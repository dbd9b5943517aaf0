"""Whether a report is another report of an outage: what speaks for it, weighed by learnt weights.

Pure. 'Two printers that break on one morning are two printers': that a thing is the same says
little, that stores share it more, and most that the words say so ('here too'), that they mean and
lack the same and that the chat speaks of nothing else. The weights were fitted on labelled chats
(`evals/fit_kinship.py`); a family has the share of all that speaks for it, a report of its own the
rest.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.gist import Act
from domain.likeness import cosine, same
from domain.room import Alike, OpenIncident, Room, TurnFacts
from domain.wording import decay, minutes_between, plain, words_of

Evidence = dict[str, float]
Weights = Mapping[str, float]

# How long after the last report of it an outage still takes another store's.
OUTAGE_MINUTES = 180.0
# How long where nothing but the thing that stores share ties two reports.
SHARED_MINUTES = 60.0
# The share from which on a report is taken for another one of an outage.
SURELY = 0.5
# How sure the reader must be that words say so which have none of the words for it.
SAYS_SO = 0.4


@dataclass(frozen=True)
class Kin:
    """The outage, by its head, that a report is most likely another report of; `share` is how
    likely, 0 to 1."""

    head: str
    share: float


_ALSO = re.compile(
    r"\b(?:tambien|tampoco|tampco|tmpoco|tambn|tanbien|tmb|tmbn|tbn|igual|iguales|idem|"
    r"l[oa] mism[oa]|misma (?:falla|historia|cosa)|mismo (?:problema|error|tema|lio)|las mismas|"
    r"sumo|sumame|sumenme|anotame|apuntame|x ?\d)\b|^\W*\+ ?\d"
)
# What people cannot do, or what has gone, by the kind of what it takes: each is one outage.
_KINDS = {
    "money": r"tarjetas?|terminal(?:es)?|datafonos?|posnets?|point|pinpads?|tpvs?|maquinitas?|"
    r"maquinas?|qr|visa|mastercard|debito|credito|transbank|redelcom|niubiz|izipay|payway|getnet|"
    r"prisma|redsys|redeban|credibanco|yape|plin|nequi|banco|chip|contactless",
    "till": r"sistema|programa|punto de venta|pdv|pos|cajas?|vender|ventas?|cobrar|cobro|facturar?|"
    r"facturas?|facturacion|factura|boletas?|comprobantes?|tickets?|emitir|erp|sap|servidor|"
    r"licencia|clave|sesion|timbr\w+",
    "net": r"internet|red|wifi|linea|conexion|enlace|fibra|router|modem|senal|navega\w*",
    "power": r"luz|electricidad|corriente|apag(?:on|o)|oscuras|energia|planta|voltaje",
    "orders": r"pedidos?|app|aplicacion|rappi|delivery|domicilios|tablet|web|pagina|recargas?|"
    r"traslados?|puntos|descuentos?|promo\w*|precios?|club|cupon\w*|vales?|saldo",
}
_KIND = {name: re.compile(rf"\b(?:{words})\b") for name, words in _KINDS.items()}
_OF_ALL = re.compile(
    r"\b(?:ningun[oa]?|tod[oa]s|nadie|alguien mas|a alguien|les pasa|estan igual|estais igual|"
    r"general\w*|masiv\w+)\b"
)


@lru_cache(maxsize=4096)
def kinds_of(text: str) -> frozenset[str]:
    """The kinds of what fails that a text names: 'money', 'till', 'net', 'power', 'orders'."""
    said = plain(text)
    return frozenset(name for name, kind in _KIND.items() if kind.search(said))


def says_also(text: str) -> bool:
    """Whether words say 'here too', beside whatever else they say."""
    return bool(_ALSO.search(plain(text)) or _ALSO.search(text.casefold()))


def may_say_so(turn: TurnFacts) -> bool:
    """Whether words may say that somebody has what another one has reported."""
    return says_also(turn.gist.text) or turn.gist.acts.get(Act.SAME_PROBLEM, 0.0) >= SAYS_SO


def is_own_thing(turn: TurnFacts, is_shared: Callable[[str | None], bool]) -> bool:
    """Whether a report names only what each store has for itself, and does not say 'here too': two
    printers that break on one morning are two printers."""
    system = turn.gist.system
    if system is None or is_shared(system) or may_say_so(turn):
        return False
    return not kinds_of(f"{turn.gist.text} {system}")


def families_of(
    turn: TurnFacts, incidents: Sequence[OpenIncident]
) -> dict[str, list[OpenIncident]]:
    """The outages, and what may become one, that a report may be another report of, by head.

    Not of the writer's own report, nor of the same store's; nor of another error.
    """
    gist, store = turn.gist, turn.gist.said_store or turn.home_store
    found: dict[str, list[OpenIncident]] = defaultdict(list)
    apart = set()
    for incident in incidents:
        head = incident.parent or incident.id
        if minutes_between(turn.at, incident.opened_at or incident.last_at) > OUTAGE_MINUTES:
            continue
        if store and same(store, incident.store):
            apart.add(head)
        if incident.reporter_id == turn.person_id and not (gist.said_store and incident.store):
            apart.add(head)
        if gist.error and incident.error and not same(gist.error, incident.error):
            continue
        found[head].append(incident)
    return {head: members for head, members in found.items() if head not in apart}


def evidence_of(
    turn: TurnFacts,
    family: Sequence[OpenIncident],
    incidents: Sequence[OpenIncident],
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
    room: Room,
) -> Evidence:
    """What speaks for a report's being another one of this family."""
    gist, ids = turn.gist, {i.id for i in family}
    said = [r for r in room.remarks if r.incident_id in ids]
    told = [r for r in said if r.person_id == _reporter(family, r.incident_id)]
    opened = {i.id: i.opened_at or i.last_at for i in incidents}
    newest = max(opened[i.id] for i in family)
    minutes = minutes_between(turn.at, newest)
    systems = [i.system for i in family if i.system]
    alike = any(same_system(gist.system, s) for s in systems) if gist.system else False
    also = max(float(says_also(gist.text)), gist.acts.get(Act.SAME_PROBLEM, 0.0))
    words = words_of(gist.text) - words_of(gist.said_store or turn.home_store or "")
    theirs = frozenset().union(*(words_of(r.text) for r in told)) if told else frozenset()
    shared_words = len(words & theirs) / math.sqrt(len(words) or 1)
    mine = kinds_of(f"{gist.text} {gist.system or ''}")
    kinds = frozenset().union(*(kinds_of(r.text) for r in told), *(kinds_of(s) for s in systems))
    meaning = max((cosine(gist.meaning, i.meaning) for i in family if i.meaning), default=0.0)
    store = gist.said_store or turn.home_store
    last = next((r for r in reversed(room.remarks) if r.person_id != turn.person_id), None)
    since = sum(at > newest for one, at in opened.items() if one not in ids)
    reports = gist.acts.get(Act.REPORT, 0.0)
    near = decay(minutes, 30)
    found: Evidence = {
        "bias": 1.0,
        "also": also,
        "also_newest": also * float(since == 0),
        "also_unnamed": also * float(gist.system is None),
        "same_system": float(alike),
        "other_system": float(bool(gist.system and systems and not alike)),
        "shared_system": float(alike and is_shared(gist.system)),
        "unnamed": float(gist.system is None or not systems),
        "same_kind": float(bool(mine & kinds)),
        "other_kind": float(bool(mine and kinds and not mine & kinds)),
        "same_kind_other_system": float(bool(mine & kinds) and not alike),
        "also_other_kind": also * float(bool(mine and kinds and not mine & kinds)),
        "meaning": meaning,
        "words": shared_words,
        "near": near,
        "near_10": decay(minutes, 10),
        "near_same_kind": near * float(bool(mine & kinds)),
        "family": float(len(family) > 1),
        "family_same_kind": float(len(family) > 1 and bool(mine & kinds)),
        "others_since": float(min(since, 3)),
        "store_known": float(store is not None),
        "last": float(last is not None and last.incident_id in ids),
        "all": float(any(_OF_ALL.search(plain(r.text)) for r in told)),
        "report": reports,
        "incident": gist.incident,
        "quotes": float(turn.quoted_incident in ids),
    }
    if gist.seeks is not None:
        far = [math.dist(gist.seeks.first, i.meaning) for i in family if i.meaning]
        length = math.hypot(*gist.seeks.first) ** 2
        found["tie"] = max(((length + 1.0 - f * f) / 2 for f in far), default=0.0)
    return found


def _reporter(family: Sequence[OpenIncident], incident: str | None) -> str | None:
    return next((i.reporter_id for i in family if i.id == incident), None)


def kin_of(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    room: Room,
    weights: Weights,
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
) -> Kin | None:
    """The outage of this chat that a report is most likely another report of."""
    if is_own_thing(turn, is_shared):
        return None
    heads = families_of(turn, [i for i in incidents if i.participants])
    scores = {
        head: _weigh(evidence_of(turn, family, incidents, same_system, is_shared, room), weights)
        for head, family in heads.items()
    }
    if not scores or not weights:
        return None
    best = max(scores, key=lambda head: scores[head])
    top = max(scores[best], 0.0)  # of a report of its own it is 0
    total = math.exp(-top) + sum(math.exp(score - top) for score in scores.values())
    return Kin(best, math.exp(scores[best] - top) / total)


def _weigh(evidence: Evidence, weights: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in evidence.items())


def outage_among(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    kin: Kin | None,
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
    *,
    learnt: bool,
) -> str | None:
    """The outage that a new report is another report of: as it was learnt in this chat, and by the
    rule of what stores share in other ones, where nothing was `learnt` here as well."""
    if kin is not None and kin.share >= SURELY:
        return kin.head
    others = [i for i in incidents if not (learnt and i.participants)]
    return outage_of(turn, others, same_system, is_shared)


def outage_of(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
) -> str | None:
    """The outage that a new report is another report of: the same thing, from another store.

    'Here too' is enough; else both must name the same thing that stores share, such as the
    network: two printers that break on one morning are two printers. So are two errors with
    codes of their own.
    """
    gist = turn.gist
    store = gist.said_store or turn.home_store
    also = gist.signs.get("also", 0.0) > 0 or gist.acts.get(Act.SAME_PROBLEM, 0.0) >= 0.4
    best: tuple[float, str] | None = None
    for incident in incidents:
        minutes = max((turn.at - (incident.opened_at or incident.last_at)).total_seconds() / 60, 0)
        if minutes > OUTAGE_MINUTES or incident.reporter_id == turn.person_id:
            continue
        if store and incident.store and store.casefold() == incident.store.casefold():
            continue
        named = gist.system is not None and incident.system is not None
        alike = named and same_system(gist.system, incident.system)
        shared = alike and is_shared(gist.system) and minutes <= SHARED_MINUTES
        here = bool(incident.participants)  # 'also' speaks of what this chat was told
        if (named and not alike) or not (shared or (also and here)):
            continue
        if gist.error and incident.error and gist.error.casefold() != incident.error.casefold():
            continue
        score = (2.0 if alike else 0.0) + 0.5 ** (minutes / 30)
        if best is None or score > best[0]:
            best = (score, incident.parent or incident.id)
    return best[1] if best else None
