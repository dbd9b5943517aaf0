"""Which open incident a turn belongs to: signals, score, confidence, and the reason in words.

Pure: it sees facts and open incidents, and decides. The order of evidence is that of field.md:
quote, then who was asked, then the same sender, then store and system, then meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from domain.gist import Act, Gist

Outcome = Literal["join", "new", "none"]
Alike = Callable[[str | None, str | None], bool]

# Acts that speak of something already going on rather than of something new.
FOLLOWS = frozenset(
    {
        Act.DETAIL,
        Act.ANSWER,
        Act.ACK,
        Act.FIXED,
        Act.STILL_BROKEN,
        Act.STATUS_QUESTION,
        Act.REFUSAL,
        Act.COMMAND,
    }
)
# An ack or chatter belongs to an incident only when it answers or quotes; else it is just polite.
POLITE = frozenset({Act.ACK, Act.CHATTER})
JOIN_AT = 0.5
CLOSE_CALL = 0.12
# Minutes in which the same sender most likely still speaks of the same thing; half the pull after.
SENDER_HALF_LIFE = 45.0


@dataclass(frozen=True)
class OpenIncident:
    """What assignment may know of an incident that can still take messages."""

    id: str
    status: str
    reporter_id: str
    participants: frozenset[str]
    last_at: datetime
    store: str | None = None
    system: str | None = None
    error: str | None = None
    meaning: tuple[float, ...] = ()
    asked_person: str | None = None
    pending_field: str | None = None


@dataclass(frozen=True)
class TurnFacts:
    """What assignment may know of a turn. `quoted_incident` is the incident of the quoted message.

    `quotes_something` is True when a message was quoted, known to us or not.
    """

    person_id: str
    at: datetime
    gist: Gist
    quoted_incident: str | None = None
    quotes_something: bool = False
    quotes_bot: bool = False
    mentions_bot: bool = False
    has_media: bool = False
    home_store: str | None = None
    from_support: bool = False


@dataclass(frozen=True)
class Decision:
    """Where a turn goes. `confidence` is 0 to 1; `close` marks a call that a model may decide."""

    outcome: Outcome
    incident_id: str | None
    confidence: float
    reason: str
    close: bool = False
    evidence: dict[str, float] = field(default_factory=dict)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a.casefold() == b.casefold()


def assign(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    *,
    threshold: float = 0.5,
    same_system: Alike = _same,
) -> Decision:
    """Decide for one turn. `threshold` is the gate: below it a text alone is no incident."""
    if turn.quoted_incident and any(i.id == turn.quoted_incident for i in incidents):
        return Decision("join", turn.quoted_incident, 0.99, "quotes a message of this incident")
    scored = sorted(
        ((_score(turn, i, same_system), i) for i in incidents),
        key=lambda pair: (pair[0][0], pair[1].last_at),
        reverse=True,
    )
    starts = _starts(turn, threshold)
    if scored:
        (score, reason, evidence), best = scored[0]
        runner_up = scored[1][0][0] if len(scored) > 1 else 0.0
        if score >= JOIN_AT and score >= starts:
            close = score - max(runner_up, starts) < CLOSE_CALL
            return Decision("join", best.id, min(score, 0.98), reason, close, evidence)
    if starts >= JOIN_AT and not turn.from_support:
        return Decision("new", None, min(starts, 0.98), "reads like a report of its own")
    return Decision("none", None, 1.0 - max(starts, 0.0), "chatter")


def _starts(turn: TurnFacts, threshold: float) -> float:
    """How much a turn looks like the start of an incident, 0 to 1, JOIN_AT at the gate."""
    gist = turn.gist
    if turn.has_media and not gist.text.strip():
        return 0.0  # A photo alone starts nothing; it joins what its sender has open.
    report = gist.acts.get(Act.REPORT, 0.0) + gist.acts.get(Act.SAME_PROBLEM, 0.0)
    if gist.incident < threshold:
        return JOIN_AT * gist.incident / max(threshold, 0.01) * 0.99
    if gist.act in FOLLOWS and report < 0.3:
        return 0.4
    return JOIN_AT + (1 - JOIN_AT) * max(report, 0.2)


def _score(
    turn: TurnFacts, incident: OpenIncident, same_system: Alike
) -> tuple[float, str, dict[str, float]]:
    """How strongly a turn belongs to an incident, why, and by which signals."""
    gist, signals = turn.gist, {}
    act = gist.act
    own = turn.person_id in incident.participants
    minutes = max((turn.at - incident.last_at).total_seconds() / 60, 0.0)
    recent = 0.5 ** (minutes / SENDER_HALF_LIFE)
    polite = act in POLITE and not turn.has_media
    if incident.asked_person == turn.person_id and _answers(turn, incident):
        signals["was asked"] = 0.85
    if own and (turn.has_media or act in FOLLOWS or gist.incident >= 0.3) and not polite:
        signals["same sender"] = 0.35 + 0.35 * recent
    if gist.system and same_system(gist.system, incident.system):
        signals["same system"] = 0.25 + 0.15 * recent
    store = gist.store or turn.home_store
    if store and _same(store, incident.store):
        signals["same store"] = 0.25
    if gist.error and _same(gist.error, incident.error):
        signals["same error"] = 0.3
    if gist.meaning and incident.meaning and gist.incident >= 0.3:
        signals["meaning"] = 0.3 * max(_cosine(gist.meaning, incident.meaning), 0.0)
    if act in (Act.STILL_BROKEN, Act.FIXED, Act.STATUS_QUESTION) and own:
        signals["follows up"] = 0.25
    if turn.quotes_bot and own:
        signals["answers us"] = 0.4
    if gist.system and incident.system and not same_system(gist.system, incident.system):
        signals["other system"] = -0.35
    if gist.store and incident.store and not _same(gist.store, incident.store):
        signals["other store"] = -0.5
    score = sum(signals.values())
    told = ", ".join(k for k, v in sorted(signals.items(), key=lambda kv: -kv[1]) if v > 0)
    return max(score, 0.0), told or "nothing in common", signals


def _answers(turn: TurnFacts, incident: OpenIncident) -> bool:
    """Whether the turn may answer the question that is out: plausible words, not politeness."""
    gist = turn.gist
    if incident.pending_field == "store" and gist.store:
        return True
    if incident.pending_field == "system" and gist.system:
        return True
    if gist.act in (Act.ANSWER, Act.REFUSAL, Act.DETAIL):
        return True
    short = 0 < len(gist.text.split()) <= 6 and any(c.isdigit() for c in gist.text)
    return short or turn.has_media or (incident.pending_field == "problem" and gist.incident >= 0.3)


def _cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True)) if len(a) == len(b) else 0.0
