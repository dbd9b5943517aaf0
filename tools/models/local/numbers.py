"""Spanish numbers from 0 to 9999 in words or digits, as people write them in a chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from tools.models.local.spelling import fold

_SMALL = {
    "cero": 0,
    "uno": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "once": 11,
    "doce": 12,
    "trece": 13,
    "catorce": 14,
    "quince": 15,
    "dieciseis": 16,
    "diecisiete": 17,
    "dieciocho": 18,
    "diecinueve": 19,
    "veinte": 20,
    "veintiuno": 21,
    "veintiun": 21,
    "veintidos": 22,
    "veintitres": 23,
    "veinticuatro": 24,
    "veinticinco": 25,
    "veintiseis": 26,
    "veintisiete": 27,
    "veintiocho": 28,
    "veintinueve": 29,
}
_TENS = {
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
}
_HUNDREDS = {
    "cien": 100,
    "ciento": 100,
    "doscientos": 200,
    "doscientas": 200,
    "trescientos": 300,
    "trescientas": 300,
    "cuatrocientos": 400,
    "cuatrocientas": 400,
    "quinientos": 500,
    "quinientas": 500,
    "seiscientos": 600,
    "seiscientas": 600,
    "setecientos": 700,
    "setecientas": 700,
    "ochocientos": 800,
    "ochocientas": 800,
    "novecientos": 900,
    "novecientas": 900,
}
_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMERALS = frozenset({"mil", *_SMALL, *_TENS, *_HUNDREDS, *_ENGLISH})
# 'Siento' is a hundred to nobody, and 'sien' and 'mill' are words of their own.
_MAY_BE_MISSPELLED = (frozenset(_SMALL) | frozenset(_TENS)) - {"uno", "cero"}
_OTHER_WORDS = frozenset({"novena", "docena", "quincena", "treintena", "cuarentena", "ocho"})
# As many letters have the numerals of which one letter may be lost or wrong.
_LONG = 7
# A number in front of these ends before 'mil': 'somos la 20 mil gracias'.
_POLITE = r"(?:gracias|disculp\w*|perdon\w*|saludos?|bendicion\w*|abrazos?|besos?|agradec\w*)"
THOUSANDS = rf"mil\b(?! {_POLITE}\b)"
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_GLUED = re.compile(
    r"^(diez|veint[ei]|treint[ai]|cuarent[ai]|cincuent[ai]|sesent[ai]|setent[ai]|ochent[ai]"
    r"|novent[ai])(?:a?[iy])?(uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)$"
)


@dataclass(frozen=True)
class NumberSpan:
    """A number found in a text: `text[start:end]` says `value`."""

    start: int
    end: int
    value: int


@lru_cache(maxsize=1024)
def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Every number of the text, in words or digits, longest reading first come first served.

    'un' and 'una' are articles, not numbers. 'cuarenta y cinco', '40 y 5', 'cuarentaicinco' and
    'cuarenta cinco' are 45; single digits said one after another ('cuatro cinco') are 45 too.
    """
    folded = fold(text)
    tokens = [(_spelled(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(folded)]
    spans: list[NumberSpan] = []
    i = 0
    while i < len(tokens):
        taken, value = _longest(folded, tokens, i) if _begins_number(tokens[i][0]) else (0, 0)
        if taken:
            spans.append(NumberSpan(tokens[i][1], tokens[i + taken - 1][2], value))
            i += taken
        else:
            i += 1
    return tuple(spans)


@lru_cache(maxsize=2048)
def _spelled(word: str) -> str:
    """The numeral that a folded word means, misspelt as it sounds ('quarenta', 'sinco', 'trez') or
    by one letter ('cuarnta'); else the word itself."""
    if word in _NUMERALS or word in _OTHER_WORDS or word.isdigit() or _GLUED.match(word):
        return word
    if meant := _by_sound().get(_sound(word)):
        return meant
    if len(word) + 1 < _LONG:
        return word
    near = [one for one in _MAY_BE_MISSPELLED if len(one) >= _LONG and one[0] == word[0]]
    near = [one for one in near if OSA.distance(word, one, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else word


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    return {_sound(one): one for one in _MAY_BE_MISSPELLED}


def _sound(word: str) -> str:
    """How a word sounds where c, s and z, b and v, c, k and qu are told apart by nobody."""
    hard = re.sub(r"k(?=[ei])", "qu", re.sub(r"k(?=[aou])", "c", word))
    hard = re.sub(r"qu(?=[aeo])", "cu", hard)
    soft = re.sub(r"c(?=[ei])|z", "s", hard)
    return soft.replace("v", "b").replace("rr", "r").replace("ss", "s")


def read_number(text: str) -> int | None:
    """The value of a text that is a number and nothing else; None otherwise."""
    spans = find_numbers(text)
    bare = text.strip(" \t\n.,!¡¿?#")
    if len(spans) == 1 and text[spans[0].start : spans[0].end] == bare:
        return spans[0].value
    return None


def _begins_number(word: str) -> bool:
    return word.isdigit() or word in _NUMERALS or word == "veinti" or _GLUED.match(word) is not None


_Token = tuple[str, int, int]


def _longest(folded: str, tokens: list[_Token], i: int) -> tuple[int, int]:
    """How many tokens from `i` form a number, and its value; (0, 0) when none."""
    word = tokens[i][0]
    if word.isdigit():
        return _digits(folded, tokens, i)
    total, taken = 0, 0
    if word == "mil" and _hundreds_value(tokens, i + 1) is None:
        return (0, 0)  # 'mil gracias'
    thousands = 1 if word == "mil" else _SMALL.get(word, 0)
    if word == "mil":
        total, taken = 1000, 1
    elif 2 <= thousands <= 9 and _joined(folded, tokens, i) and _is_thousand(folded, tokens[i + 1]):
        total, taken = thousands * 1000, 2
    if taken and not _joined(folded, tokens, i + taken - 1):
        return taken, total
    more, value = _below_thousand(folded, tokens, i + taken)
    if taken:
        return taken + more, total + value
    if more == 1 and value <= 9:
        return _digit_by_digit(folded, tokens, i)
    return more, value


def _is_thousand(folded: str, token: _Token) -> bool:
    return re.match(THOUSANDS, folded[token[1] :]) is not None


def _hundreds_value(tokens: list[_Token], i: int) -> int | None:
    if i >= len(tokens):
        return None
    word = tokens[i][0]
    for table in (_HUNDREDS, _TENS, _SMALL):
        if word in table:
            return table[word]
    return None


def _below_thousand(folded: str, tokens: list[_Token], i: int) -> tuple[int, int]:
    if i >= len(tokens):
        return (0, 0)
    hundreds = _HUNDREDS.get(tokens[i][0])
    if hundreds is None:
        return _below_hundred(folded, tokens, i)
    if not _joined(folded, tokens, i):
        return (1, hundreds)
    more, value = _below_hundred(folded, tokens, i + 1)
    return (1 + more, hundreds + value)


def _below_hundred(folded: str, tokens: list[_Token], i: int) -> tuple[int, int]:
    if i >= len(tokens):
        return (0, 0)
    word = tokens[i][0]
    if word in _TENS:
        tens = _TENS[word]
        if _joined(folded, tokens, i):
            nxt = i + 1
            if tokens[nxt][0] in {"y", "i"} and _joined(folded, tokens, nxt):
                unit = _unit(tokens[nxt + 1][0])
                if unit:
                    return (3, tens + unit)
            unit = _unit(tokens[nxt][0])
            if unit and not tokens[nxt][0].isdigit():
                return (2, tens + unit)
        return (1, tens)
    if word == "veinti" and _joined(folded, tokens, i) and (unit := _unit(tokens[i + 1][0])):
        return (2, 20 + unit)
    if word == "diez" and _joined(folded, tokens, i) and tokens[i + 1][0] in {"y", "i"}:
        unit = _unit(tokens[i + 2][0]) if i + 2 < len(tokens) else 0
        if unit >= 6:
            return (3, 10 + unit)
    if word in _SMALL:
        return (1, _SMALL[word])
    if word in _ENGLISH:
        return (1, _ENGLISH[word])
    glued = _GLUED.match(word)
    if glued:
        stem, unit_word = glued.group(1)[:4], glued.group(2)
        tens = next((v for k, v in _TENS.items() if k.startswith(stem)), 10)
        return (1, tens + _unit(unit_word))
    return (0, 0)


def _unit(word: str) -> int:
    """1 to 9 of a unit word or digit; 0 when it is none."""
    if word == "un":
        return 1
    value = int(word) if word.isdigit() and len(word) == 1 else _SMALL.get(word, 0)
    return value if 1 <= value <= 9 else 0


def _digits(folded: str, tokens: list[_Token], i: int) -> tuple[int, int]:
    value = int(tokens[i][0])
    tens = 20 <= value <= 90 and value % 10 == 0
    if tens and i + 2 < len(tokens) and tokens[i + 1][0] == "y":
        unit = _unit(tokens[i + 2][0])
        if unit and _joined(folded, tokens, i) and _joined(folded, tokens, i + 1):
            return (3, value + unit)
    return (1, value)


def _digit_by_digit(folded: str, tokens: list[_Token], i: int) -> tuple[int, int]:
    digits = [str(_SMALL.get(tokens[i][0], _ENGLISH.get(tokens[i][0], 0)))]
    j = i
    while len(digits) < 4 and _joined(folded, tokens, j):
        nxt = _SMALL.get(tokens[j + 1][0])
        if nxt is None or nxt > 9:
            break
        digits.append(str(nxt))
        j += 1
    return (len(digits), int("".join(digits)))


def _joined(folded: str, tokens: list[_Token], i: int) -> bool:
    """Whether token `i` and the next are divided by blanks alone."""
    if i + 1 >= len(tokens):
        return False
    gap = folded[tokens[i][2] : tokens[i + 1][1]]
    return bool(gap) and not gap.strip(" ")
