"""Stores that are called by their street: 'sucursal av. Juárez', 'calle 13', 'c.c. Gran Plaza'."""

from __future__ import annotations

import re

from tools.models.local.lexicon import read_words
from tools.models.local.places import CONNECT, in_title_case
from tools.models.local.spelling import fold
from tools.models.local.systems import find_system

_KIND = re.compile(
    r"(?P<kind>av(?:da|enida)?|calle|cll|blvd|boulevard|bulevar|carrera|cra|jiron|jr|pasaje|"
    r"calzada|autopista|c\.?c|centro comercial)\b\.? ?(?=[^\W_])"
)
# So each of them is written.
_WRITTEN = {
    **dict.fromkeys(("av", "avda", "avenida"), "Av."),
    **dict.fromkeys(("blvd", "boulevard", "bulevar"), "Blvd."),
    **dict.fromkeys(("calle", "cll"), "Calle"),
    **dict.fromkeys(("carrera", "cra"), "Carrera"),
    **dict.fromkeys(("jiron", "jr"), "Jr."),
    **dict.fromkeys(("cc", "c.c"), "C.C."),
}
_WORD = re.compile(r"(?P<word>[^\W\d_]+)(?: |(?=\W|$))|(?P<number>\d{1,4})(?=[\s.,;!)]|$)")
_LED = re.compile(r"(?:(?:la|el|del?|en) )+")
MOST_NAMES = 3
_VERB = re.compile(r"\w+(?:ando|iendo|aron|ieron|amos|emos|imos)")
_ENDS_TEXT = (
    "no se esta sin ya con por que en desde hay y o para favor porfa gracias saludos tenemos "
    "tampoco tambien igual urge ayuda llego paso cerca frente esquina"
)
_ENDS = frozenset(_ENDS_TEXT.split())


def street_at(text: str) -> tuple[str, int] | None:
    """The street or mall that a text begins with, as it is written, and where its name ends."""
    folded = fold(text)
    kind = _KIND.match(folded)
    if kind is None:
        return None
    named, end, names = [_WRITTEN.get(kind["kind"], kind["kind"])], kind.end(), 0
    while names < MOST_NAMES and (found := _WORD.match(folded, end)):
        word = found["word"]
        if word is None:  # 'calle 13' has no other name, and a house is none of a store's
            named += [found["number"]] if not names else []
            names, end = MOST_NAMES, found.end()
        elif word in CONNECT:
            named.append(text[found.start("word") : found.end("word")])
            end = found.end()
        elif _is_name(word):
            named.append(text[found.start("word") : found.end("word")])
            names, end = names + 1, found.end()
        else:
            break
    while fold(named[-1]) in CONNECT:
        named.pop()
    return (" ".join([named[0], in_title_case(" ".join(named[1:]))]), end) if names else None


def street(text: str) -> str | None:
    """The street or mall that a text is, with no more than where to find it there."""
    led = _LED.match(fold(text))
    text = text[led.end() :] if led else text
    found = street_at(text)
    if found is None or not re.fullmatch(r"\W*(?:\d{1,4}\W*)?", text[found[1] :]):
        return None
    return found[0]


def _is_name(word: str) -> bool:
    if len(word) < 3 or word in _ENDS or word in read_words("spoken_words.txt"):
        return False
    return not (_VERB.fullmatch(word) or find_system(word))
