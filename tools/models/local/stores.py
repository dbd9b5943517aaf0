"""Which store a text speaks of: its number in digits, or its name in title case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tools.models.local.answered_store import COUNTED, answered
from tools.models.local.errors import error_spans
from tools.models.local.few_stores import few_number
from tools.models.local.lexicon import read_words
from tools.models.local.located import DENIED, located_number
from tools.models.local.numbers import THOUSANDS, NumberSpan, find_numbers
from tools.models.local.places import (
    CONNECT,
    all_names,
    in_title_case,
    longest_name,
    proper_names,
)
from tools.models.local.set_apart import set_apart_number
from tools.models.local.signed_store import signed_number
from tools.models.local.spelling import expand, fold, is_shouted
from tools.models.local.street_names import street_at
from tools.models.local.systems import find_system
from tools.models.local.told_where import told_where


def _misspelled(word: str) -> str:
    """The word as thumbs write it: one letter lost, doubled or swapped, the first one right."""
    lost = [word[:n] + word[n + 1 :] for n in range(1, len(word) - 1)]
    doubled = [word[:n] + word[n] + word[n:] for n in range(1, len(word))]
    swapped = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(1, len(word) - 1)]
    return "|".join(dict.fromkeys([*lost, *doubled, *swapped]))


_NOUN = re.compile(
    rf"(?<![\w#])(?:{_misspelled('tienda')}|{_misspelled('sucursal')}|"
    rf"(?:punto|{_misspelled('punto')}|{_misspelled('local')})(?= #?\d))(?!\w)|"
    r"(?<![\w#])(?:(?:loja|botiga)(?= #?\d)|tiendas?|tda|tnda|tienditas?|suc|sucursal(?:es)?|"
    r"sucu|local(?! de (?:datos|comida))|sede|pdv|punto de venta|boutique|farmacia|modulo|"
    r"establecimiento|store|branch|shop)"
    r"(?![\w])\.?"
)
_LINK = re.compile(
    r"^\s*(?:[:#-]\s*|(?:es|del?|la|el|en|aqui|que es la|numero|"
    r"number|num\.?|nro\.?|no\.|n[o°º]\.?|n|codigo|#)(?:\s|(?=#|\d)))*\s*#?\s*"
)
_T_ONLY = re.compile(r"(?<![\w#-])(?:t[-_.]?|(?:tda|suc)[-_.]?\s?)#?0*(\d{1,4})(?![\w%:]|[.,-]\d)")
_HASH = re.compile(r"(?<![\w&])#\s?0*(\d{1,4})(?!\w)")
_NOT_STORE_HASH = re.compile(
    r"\b(?:caja|ticket|folio|pedido|terminal|impresora|error|empleado|nomina|factura|guia|orden|"
    r"mesa|codigo|lote|serie|reporte|caso|computadora|pc|equipo|pasillo|piso|puerta)\s*$"
)
_HERE = re.compile(
    r"\b(?:aqui|aca)(?:,)? (?:en |de )?(?:la |el )?|\b(?:soy|somos|hablo|hablamos|escribo|"
    r"escribimos|llamo|reporto|reportamos) (?:de|desde|en) (?:la |el )?|\bdesde (?:la |el )?|"
    r"(?<!a )(?<!en )\bpunto (?!de )|"
    r"\ben (?:la )?(?=\S+(?: \S+){0,3} (?:tambien|tampoco|igual|lo mismo|estamos)\b)"
)
_A_DAY = re.compile(r"(?:aqui|aca),? el ")
_CORRECTING = re.compile(
    r"\bno (?:es|era) [^.!?]{1,25}?(?:,\s*|\s)(?:es|sino)\s+|"
    r"^\s*(?:(?:ay|uy|ups|oops|perdon|disculp\w+|sorry|fe de erratas|me equivoque|error mio|"
    r"correccion|corrijo|rectifico|digo|mejor dicho|quise decir|no|nop|noo+|mal|espera\w*|wait|"
    r"i mean|que diga|es decir|lo siento|mentira|mala mia|quiero decir)\b[\s,.:;!-]*)+|"
    r"^\s*\*(?=\s?\w)|\w\s*(?:[,.]|\bno)\s*(?:digo|perdon|quise decir|mejor dicho|corrijo|que "
    r"diga|sino|no,)\s+"
)
# 'Me confundí, es la 54', 'jaja no, la 54' and '54 perdón': nothing but the right store is said.
_SORRY = (
    r"(?:(?:a+[hy]|u+[yf]|ups|oops|mmm+|este|si|hola|perdon\w*|disculp\w+|sorry|no manches|"
    r"ja(?:ja)+j?|je(?:je)+|que pena|es que)[\s,.;:!-]+)*"
)
_WRONG = (
    r"(?:no+p?(?: no+)*|esa no (?:es|era)|(?:la )?(?:correcta|buena) es|cambio(?=\W+es )|"
    r"corrijo|correccion|"
    r"(?:error(?: mio| de dedo)?|(?:eso )?esta(?:ba)? mal)(?=\W+(?:es|la|el|tienda|local|suc\w*) )|"
    r"quise (?:poner|decir|escribir)|"
    r"(?:(?:me|la|lo) )?(?:confundi|equivoque|puse mal|escribi mal|anote mal|dije mal|di mal|"
    r"teclee mal|mande mal)"
    r"(?: (?:(?:de|en|con|la|el|al) )*(?:tienda|sucursal|local|numero|dato|escribir|poner))?)"
)
_RIGHT = (
    r"(?:(?:es|era|seria|soy|somos|de|del|en|a|la|el|tienda|sucursal|suc|local|tda|sede|punto|"
    r"numero|num|nro|poner|decir) )*"
)
_PUT_RIGHT = re.compile(
    rf"^\W*{_SORRY}{_WRONG}[\s,.;:!-]+"
    rf"(?P<right>{_RIGHT}(?:#?\d{{1,4}}|(?P<name>[a-z]+(?: [a-z]+){{0,2}})))"
    r"(?: (?:por favor|porfa\w*|inge|gracias|perdon|disculp\w+|sorry))*[^\w%:]*$|"
    rf"^\W*(?P<first>{_RIGHT}#?\d{{1,4}})[\s,.]+(?:perdon|disculp\w+|sorry|quise (?:poner|decir)|"
    r"me (?:confundi|equivoque))[^\w%]*$"
)
# 'Es la 54, no la 45' and 'no la 45, la 54': what is right stands beside what it is not.
_PLACE = r"(?:(?:la|el|de|en|tienda|sucursal|suc|local|numero) )*#?\d{1,4}"
_IS = r"(?:(?:es|era|son|fue|sino) )?"
_CONTRAST = re.compile(
    rf"^\W*{_IS}(?P<right>{_PLACE}),? (?:y )?no {_IS}{_PLACE}\W*$|"
    rf"^\W*{_SORRY}no {_IS}{_PLACE},? {_IS}(?P<true>{_PLACE})\W*$|"
    r"^\W*(?:es|era|son) (?P<thing>(?:la|el|las|los) \w+),? (?:y )?no (?:la|el|las|los) \w+\W*$"
)
_BARE_NO = re.compile(r"\W*no+p?\s*")
_NAMES_IT = re.compile(
    r"\W*(?:es|era|la|el|en|tienda|suc\w*|#|\d|digo|perdon)\b(?! \w*(?:o|a)\s*$)"
)
_MARKS_CORRECTION = re.compile(
    r"perdon|disculp|sorry|errat|equivoq|error mio|correcc|corrij|rectific|digo|mejor dicho|"
    r"quise decir|\*|\bno+p?\b|que diga|i mean|es decir|mentira|mala mia|quiero decir|sino|\bmal\b"
)


_LONG = {"l": "la", "n": "en", "d": "de", "dl": "del", "s": "es"}
_SHORT = re.compile(r"(?<![\w.'])(?:dl|[lnds])(?= )(?! \d)")


@lru_cache(maxsize=1)
def _name_stop() -> frozenset[str]:
    return read_words("not_store_names.txt")


@lru_cache(maxsize=1)
def _names_of_here() -> frozenset[str]:
    return proper_names() | {"centro"}


def find_store(text: str, *, answering: bool = False) -> str | None:
    """The store that the text names, normalised ('45', 'Polanco'); None when it names none.

    With `answering` the text is read as the answer to 'which store?', so a bare '45', 'la 45' or
    'centro' counts. In a correction ('no, es la 54') the corrected store wins.
    """
    corrected = corrected_part(text)
    if corrected is not None:
        found = _said(corrected) or answered(corrected, known_question=answering)
        if found:
            return found
    said = _said(text) or _said_in_short(text)
    return said or (answered(text, known_question=True) if answering else None)


def _said_in_short(text: str) -> str | None:
    """The store of a text whose small words have lost their vowels: 'l escaner d la 14'."""
    if not _SHORT.search(fold(text)):
        return None
    written = expand(text)
    long = _SHORT.sub(lambda short: _LONG[short.group()], fold(written))
    return _said(long) if long != fold(text) else None


@lru_cache(maxsize=1024)
def corrected_part(text: str) -> str | None:
    """What follows a correction's mark ('no, es la 54' gives 'es la 54'); None when it is none."""
    folded = fold(text)
    if contrast := _CONTRAST.match(folded):
        right = next(name for name, said in contrast.groupdict().items() if said)
        return text[contrast.start(right) : contrast.end(right)]
    if put_right := _put_right(folded):
        return text[put_right[0] : put_right[1]]
    matches = [
        m
        for m in _CORRECTING.finditer(folded)
        if _MARKS_CORRECTION.search(m.group())
        # 'no podemos cobrar' denies, 'no, la 54' and 'no es la 54' correct.
        and not (_BARE_NO.fullmatch(m.group()) and not _NAMES_IT.match(folded[m.end() :]))
    ]
    return text[matches[-1].end() :].strip() or None if matches else None


def _put_right(folded: str) -> tuple[int, int] | None:
    """Where a text says the right store, that says nothing else."""
    match = _PUT_RIGHT.match(folded)
    if match is None:
        return None
    first, name = match["first"], match["name"]
    if first or name is None:
        said = "first" if first else "right"
        # 'Ah no, 2' may be said of anything.
        return match.span(said) if not re.fullmatch(r"#?\d", match[said]) else None
    return match.span("right") if longest_name(name, _names_of_here()) == name else None


@lru_cache(maxsize=1024)
def _said(text: str) -> str | None:
    folded = fold(text)
    blocked = error_spans(text)
    numbers = [n for n in find_numbers(text) if not _inside(n.start, blocked)]
    for noun in _NOUN.finditer(folded):
        if DENIED.search(folded[: noun.start()]):
            continue
        plural = noun.group().rstrip(".").endswith(("tiendas", "sucursales"))
        found = _after_noun(text, folded, noun.end(), numbers, plural=plural)
        if found:
            return found
    for pattern in (_T_ONLY, _HASH):
        for match in pattern.finditer(folded):
            before = folded[: match.start()]
            if _inside(match.start(), blocked) or _NOT_STORE_HASH.search(before):
                continue
            if not DENIED.search(before):
                return str(int(match.group(1)))
    found = _here(text, folded, numbers) or _leading(text, folded)
    return found or few_number(folded, numbers) or told_where(folded, numbers)


def _after_noun(
    text: str, folded: str, end: int, numbers: Sequence[NumberSpan], *, plural: bool
) -> str | None:
    link = _LINK.match(folded[end:])
    start = end + (link.end() if link else 0)
    for number in numbers:
        if number.start == start and number.value <= 9999:
            rest = folded[number.end :]
            digits = folded[number.start : number.end].isdigit()
            if re.match(rf"[\d.,:/-]*\d|%|\s?(?:{THOUSANDS}|pesos\b|%)", rest) and digits:
                return None
            if number.value <= 12 and COUNTED.match(rest):
                return None
            return str(number.value)
    return None if plural else _name_at(text, start)


def _name_at(text: str, start: int) -> str | None:
    """A store's name at a position: capitalised words, a place typed in lower case, or a street."""
    if called := street_at(text[start:].lstrip(" \"'“*-")):
        return called[0]
    rest = re.split(r"[\n,;:.!?()|/]| - | – ", text[start:].lstrip(" \"'“*-"))[0].strip()
    if not rest:
        return None
    known = longest_name(rest, all_names())
    if known:
        return in_title_case(known)
    if is_shouted(text):
        return None
    taken: list[str] = []
    for word in rest.split():
        bare = word.strip(".,;:!?\"'”*")
        if fold(bare) in CONNECT and len(taken) < 4:
            taken.append(fold(bare))
        elif (
            bare[:1].isupper()
            and fold(bare) not in _name_stop()
            and len(taken) < 4
            and not find_system(bare)
        ):
            taken.append(bare)
        else:
            break
    while taken and fold(taken[-1]) in CONNECT:
        taken.pop()
    return in_title_case(" ".join(taken)) if any(w[:1].isupper() for w in taken) else None


def _here(text: str, folded: str, numbers: Sequence[NumberSpan]) -> str | None:
    """'aquí en la 45', 'soy de Polanco', 'en la 12 tampoco'."""
    talks_of_units = re.search(r"\b(?:caja|terminal|pc|computadora|linea)s? ?\d?", folded)
    for match in _HERE.finditer(folded):
        # 'Acá el 30' is a day; 'acá en el 30' and 'soy del 30' tell a place.
        day = _A_DAY.fullmatch(match.group())
        for number in [] if day else numbers:
            if number.start == match.end() and match.group().rstrip().endswith(("la", "el", "de")):
                clock = COUNTED.match(folded[number.end :]) or talks_of_units
                if not clock and number.value <= 9999 and "desde" not in match.group():
                    return str(number.value)
        known = longest_name(text[match.end() :], _names_of_here())
        if known:
            return in_title_case(known)
    for match in re.finditer(r"\ben ", folded):
        known = longest_name(text[match.end() :], proper_names())
        if known:
            return in_title_case(known)
    located = located_number(folded, numbers, COUNTED) or set_apart_number(folded, numbers)
    return located or signed_number(folded, numbers)


def _leading(text: str, folded: str) -> str | None:
    """'45: sin sistema', 'Polanco sin internet'."""
    number = re.match(r"\s*0*(\d{2,4})(?:\s*[:-]\s+[a-z]|\s+sin\s+[a-z])", folded)
    if number:
        return str(int(number.group(1)))
    known = longest_name(text.strip(), proper_names())
    if known:
        rest = fold(text.strip())[len(known) :]
        if not rest.strip(" .!") or re.match(
            r"\s*[:,-]|\s+(?:sin|no|aqui|tambien|tampoco)\b", rest
        ):
            return in_title_case(known)
    return None


def numbered_store(text: str) -> str | None:
    """The first number that a text says of a store with its noun ('tienda 8'), normalised."""
    folded, numbers = fold(text), find_numbers(text)
    for noun in _NOUN.finditer(folded):
        found = _after_noun(text, folded, noun.end(), numbers, plural=True)
        if found and not DENIED.search(folded[: noun.start()]):
            return found
    return None


def is_numbered_unit(before: str) -> bool:
    """Whether the number after these words is that of a till, a ticket or the like."""
    return bool(_NOT_STORE_HASH.search(before))


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
