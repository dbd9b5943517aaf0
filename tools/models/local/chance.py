"""How surely one text tells of an incident: what both fitted models say of it, and what it says to
fail."""

from __future__ import annotations

from domain.gist import Act, Gist
from domain.sayings.mended import works_in_part
from tools.models.local.deeds import tells_a_deed
from tools.models.local.plain_reports import tells_what_was_done

# What tells of a failure whatever was said before, and what does only beside one.
_TELLS, _TELLS_BESIDE = (Act.REPORT, Act.STILL_BROKEN), (Act.SAME_PROBLEM, Act.DETAIL)
# What the latter count for where the words say of no failure: most are small talk in other words.
BESIDE = 0.7
# The most that words are taken for which name nothing that could fail, unless they are surely a
# report: of 542 reports and 3,092 lines of small talk of 70 chats that the reader had not learnt
# from, 3 and 2 more are taken for reports than where nothing but names counted. 'No jala' alone is.
NAMES_NOTHING, SURELY, BARE = 0.45, 0.8, 0.7
# Words that name a thing and say that it fails: taken for a report that is asked about from the
# first on, and believed where both models together say so from the second on.
MAY_BE, WAVERS = 0.5, 0.6
ASKED_ABOUT, BELIEVED = 0.55, 0.81
_NOT_MEANT = ("laugh", "past", "conditional", "fault_and_joke", "staffing", "fixed", "new", "good")
_IN_PASSING = ("private", "notice", "trade", "question")
_FAILS = ("fault", "broken_thing", "danger", "fails_only")
_NAMES = ("system", "trigger", "urgent")


def chance_of(gist: Gist) -> float:
    """How surely a text tells of an incident: as both models see it, of which each is too sure of
    words that it never met, and as far as it says what fails."""
    fails = bool(gist.problem or gist.error or any(gist.signs.get(name) for name in _FAILS))
    acts = sum(gist.acts.get(act, 0.0) for act in _TELLS)
    acts += sum(gist.acts.get(act, 0.0) for act in _TELLS_BESIDE) * (1.0 if fails else BESIDE)
    if works_in_part(gist.text) and gist.signs.get("fault_and_system"):
        # 'Ya se arregló el aire pero ahora gotea' tells of what fails now.
        acts += sum(gist.acts.get(act, 0.0) for act in (Act.FIXED, Act.ACK))
    chance = max((gist.incident + acts) / 2, BARE * gist.signs.get("fails_only", 0.0))
    names = gist.said_store or any(gist.signs.get(name) for name in _NAMES)
    if not fails and tells_a_deed(gist.text):
        return min(chance, NAMES_NOTHING)
    told = fails or (names and not tells_what_was_done(gist.text))
    chance = chance if told or chance >= SURELY else min(chance, NAMES_NOTHING)
    return max(chance, _plainly(gist, chance))


def _plainly(gist: Gist, chance: float) -> float:
    """How surely words tell of a failure that name a thing and say that it fails, in earnest: they
    are asked about where the models would hear nothing, and believed where they waver."""
    if not gist.signs.get("fault_and_system") or not gist.problem or gist.system is None:
        return 0.0
    if any(gist.signs.get(sign) for sign in _NOT_MEANT) or gist.incident < MAY_BE:
        return 0.0
    meant = gist.act is Act.REPORT and not any(gist.signs.get(one) for one in _IN_PASSING)
    return BELIEVED if meant and chance >= WAVERS else ASKED_ABOUT
