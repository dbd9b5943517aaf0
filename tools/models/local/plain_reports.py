"""Short, plain reports that chats made the fitted models wary of: 'urgente, no sirve' is mostly a
joke there, and still the only words of who has no time for more."""

from __future__ import annotations

from collections.abc import Mapping

from domain.gist import Act

# Longer texts say enough for the models, and announcements are among them.
LONGEST = 9
# So sure of small talk are the models of jokes without a sign of one.
SURELY_CHATTER = 0.85
# So sure of a repair are the models of turns of phrase that the list of words lacks.
SURE_WITHOUT_WORDS = 0.83
# How surely such a text tells of an incident, and of danger.
PLAIN, DANGER = 0.7, 0.9
_JESTS = ("laugh", "private", "past", "question", "fault_and_joke")
_ALONE = ("danger", "fault_and_system", "broken_thing")
_WITH_FAULT = ("help", "urgent_word", "store")


def plainly(text: str, signs: Mapping[str, float], acts: Mapping[Act, float]) -> float:
    """How surely this is a plain report of few words, 0 to 1; 0 where something speaks against."""
    if len(text.split()) > LONGEST or any(signs.get(name) for name in _JESTS):
        return 0.0
    if max(acts, key=lambda act: acts[act]) not in (Act.CHATTER, Act.DETAIL, Act.REPORT):
        return 0.0
    if acts.get(Act.CHATTER, 0.0) > SURELY_CHATTER:
        return 0.0
    if signs.get("danger"):
        return DANGER
    told = any(signs.get(name) for name in _ALONE)
    told = told or (bool(signs.get("fault")) and any(signs.get(name) for name in _WITH_FAULT))
    return PLAIN if told else 0.0


def without_repair(signs: Mapping[str, float], acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts: 'ya vi, es la caja' is no repair without a word for one."""
    names = signs.get("store") or signs.get("names_store") or signs.get("system")
    if not names or signs.get("fixed") or acts.get(Act.FIXED, 0.0) >= SURE_WITHOUT_WORDS:
        return dict(acts)
    rest = 1.0 - acts.get(Act.FIXED, 0.0)
    return {act: 0.0 if act is Act.FIXED else share / rest for act, share in acts.items()}


def as_report(acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts, with what spoke for small talk given to the report."""
    chatter = acts.get(Act.CHATTER, 0.0)
    kept = chatter / 10
    return {**acts, Act.CHATTER: kept, Act.REPORT: acts.get(Act.REPORT, 0.0) + chatter - kept}
