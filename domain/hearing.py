"""What of a text is looked at when it is judged: enough for whatever a person writes in a chat, and
no more than what grammars read at once, however long or odd the text is. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

# Characters. Reports of the labelled chats have 20 to 200; grammars take more than linear time.
LONGEST_HEARD = 1000
# Up to here no grammar takes long, whatever is repeated.
SHORT = 200
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_LINES = re.compile(r" ?\n\s*")
# What comes again and again, alone or a few together: 'nooooo', 'jajaja', '. . .', 'aca, aca, '.
_AGAIN = re.compile(r"(\D{1,24}?)\1{7,}")
_TIMES = 8
# 'Lleguen a las 7 sin falta', 'mañana nadie falta': nothing is missing where it is said so.
_SURE = re.compile(r"(?:\bsin falta\b|\bnadie falta\b)(?!\s+(?:de|del|en|por)\b)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def heard(text: str) -> str:
    """The first LONGEST_HEARD characters of a text, runs of blanks as one and, unless it is short,
    what is said again and again as if it were said eight times. That somebody is to come 'sin
    falta' is left out."""
    text = _SURE.sub("", text)
    text = _LINES.sub("\n", _SPACES.sub(" ", text[: 2 * LONGEST_HEARD]))
    if len(text) <= SHORT:
        return text
    return _AGAIN.sub(lambda found: found[1] * _TIMES, text)[:LONGEST_HEARD]
