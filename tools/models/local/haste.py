"""How urgent an incident is by all that was said in it: learnt, and rules beside it.

What its reporter tells counts most; what others say to it ('empty the freezer at once') half as
much. A rule that knows the words adds to it, and danger to people is urgent whatever was learnt:
that must not be missed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence

from domain.ports import Reader
from domain.reading import Line
from tools.models.local.happenings import happening
from tools.models.local.hazards import COLD, NOT_MEANT
from tools.models.local.lexicon import DATA
from tools.models.local.spelling import fold
from tools.models.local.urgency import find_urgency, is_denied, puts_people_in_danger

# So many lines of the reporter, and of the others, tell it (as in `evals/fit_local.py`).
TOLD_LINES = 6
# What others' words count beside the reporter's.
OTHERS_COUNT = 0.5
# How surely it must be urgent. Over chats of writers that were not learnt from, 0.46 finds 0.78 of
# the urgent at precision 0.80, 0.40 finds 0.82 at 0.79, and 0.36 finds 0.85 at 0.77: a store that
# cannot sell is worse to miss than to hurry for.
URGENT_AT = 0.36
# What the words of a rule add, in log odds.
RULE_ADDS = 1.0
# What the model says of an incident of which nothing is told, in log odds.
URGENT_BIAS: float = float(
    json.loads((DATA / "fitted.json").read_text(encoding="utf-8"))["urgent_bias"]
)
_LEAST = 1e-6
# What happens that is urgent by itself.
_DANGERS = frozenset({"asalto", "amenaza", "robo", "accidente", "gas"})
_COLD = re.compile(rf"\b{COLD}\b")


def is_urgent(lines: Sequence[Line], reader: Reader) -> bool:
    """Whether the lines of an incident, oldest first, tell that it is urgent."""
    if not lines:
        return False
    own = [line.text for line in lines if line.name == lines[0].name]
    others = [line.text for line in lines if line.name != lines[0].name]
    ruled = _by_rule(own)
    if ruled and any(puts_people_in_danger(text) or _endangers(text) for text in own):
        return True
    if ruled is False:
        return False
    score = _log_odds(own, reader) + (RULE_ADDS if ruled else 0.0)
    if others:
        score += OTHERS_COUNT * (_log_odds(others, reader) - URGENT_BIAS)
    return score >= _odds(URGENT_AT)


def _by_rule(own: Sequence[str]) -> bool | None:
    """Whether a rule knows the words for urgent; False where what was said last denies it, as in
    'we can still sell', and None where no rule knows any of the words."""
    urgent: bool | None = None
    # That another freezer works saves nothing of what thaws in this one.
    cold = any(_COLD.search(fold(text)) for text in own)
    for text in own:
        if find_urgency(text) or _endangers(text):
            urgent = True
        elif is_denied(text) and not cold:
            urgent = False
    return urgent


def _endangers(text: str) -> bool:
    return happening(text) in _DANGERS and not NOT_MEANT.search(fold(text))


def _log_odds(texts: Sequence[str], reader: Reader) -> float:
    chance = reader.read("\n".join(texts[:TOLD_LINES])).urgent
    return _odds(min(max(chance, _LEAST), 1.0 - _LEAST))


def _odds(chance: float) -> float:
    return math.log(chance / (1.0 - chance))
