"""Answers to 'which store?' that name what they are for: 'la balanza de la 4 y el teléfono de la
5', 'ambos de la 4', 'la 4 y la 5'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.sayings.several import AnswerForSeveral, StoreTold
from tools.models.local.numbers import find_numbers
from tools.models.local.problem import has_fault
from tools.models.local.spelling import expand, fold
from tools.models.local.stores import find_store, is_numbered_unit
from tools.models.local.systems import find_systems

# Longer answers tell more than where things are.
MOST_WORDS, MOST_IN_A_PIECE, MOST_OF_A_PLACE = 24, 9, 5
_MANY = r"(?:dos|tres|cuatro|2|3|4)"
# 'Ambos de la 4'; at an end 'la 4 para los dos'. 'Las dos de la tarde' names no store, nor does
# what is said of 'los dos cajeros'.
_ALL = (
    rf"(?:amb[oa]s(?: (?:dos|cosas|equipos|reportes|problemas|fallas))?|"
    rf"(?:l[oa]s|el) {_MANY}(?: (?:cosas|equipos|reportes|problemas|fallas))?|"
    r"tod[oa]s?(?: (?:eso|esto|ello|ellos|ellas|lo anterior))?|tod[oa]s l[oa]s "
    r"(?:cosas|equipos|reportes|problemas|fallas)|cada un[oa])"
)
_GOES = r"(?:(?:es|son|esta|estan|va|van|seria|serian|pasa|ocurre|sucede|pertenecen?|quedan?)\b ?)"
_COURTESY = (
    r"(?:si+|ok|oka?y|listo|claro|perdon|disculp\w+|gracias|muchas gracias|por favor|porfa\w*|"
    r"hola|buen[oa]s?(?: (?:dias?|tardes|noches))?|saludos|urge\w*|es urgente|jefe|amig[oa]|"
    r"quedo atent[oa])"
)
_ALL_FIRST = re.compile(rf"^(?:(?:pues|si|perdon|hola|ok)\b[\s,]*)*{_ALL}\b[\s,:]*{_GOES}?")
_ALL_LAST = re.compile(rf"[\s,]+(?:(?:para|de|son|es|en)\s+)?{_ALL}[\s.!]*$")
# 'La 4, misma tienda': the store stands beside it.
_SAME_STORE = re.compile(
    r"[\s,.]*\b(?:es |son |de |en )*(?:(?:la|una) )?misma (?:tienda|sucursal|sede)\b[\s,:.]*"
)
_NEEDS_PLACE = re.compile(r"^(?:de|del|en|la|el|tienda|suc\w*|local|sede|#|\d)")
_CUT = re.compile(r"\s*(?:[,;\n/+]+|\s[ye]\s|\.(?=\s|$))\s*(?:[ye]\s+)?")
_IN_ORDER = re.compile(r"[\s,]+(?:respectivamente|en ese orden)[\s.!]*$")
_ONLY_COURTESY = re.compile(rf"^(?:{_COURTESY}[\s,.!]*)+$")
_LEADS = re.compile(r"^(?:(?:pues|si|es|era|son|perdon|ok|y|que|mira|bueno)\b[\s,]*)+")
_OTHER = re.compile(r"^(?:l[oa]s?|el|un[oa]?) otr[oa]s?\b")
_BEFORE_THING = re.compile(r"^(?:(?:lo|el|la|los|las|un|una|mi|del?)\s+)*$")
_LINK = re.compile(rf"[\s:=>-]*(?:{_GOES})?")
_AS_WELL = re.compile(r"^\s*(?:tambien|igual|lo mismo|la misma|ahi mismo|idem)\s*$")


def answer_for_several(texts: Sequence[str]) -> AnswerForSeveral:
    """What the texts of one burst say for several reports; nothing told where they say more than
    where things are."""
    whole = " ".join(texts)
    nothing = AnswerForSeveral()
    if not whole.strip() or len(whole.split()) > MOST_WORDS or "?" in whole or has_fault(whole):
        return nothing
    if (store := _of_all(whole)) is not None:
        return AnswerForSeveral((StoreTold(store, ""),), of_all=True, many=_how_many(whole))
    told: list[StoreTold] = []
    things: tuple[str, ...] = ()
    begun: list[str] = []
    for place, text in enumerate(texts):
        for piece in _pieces(text):
            if _ONLY_COURTESY.match(fold(piece)):
                continue
            systems, store, as_well = _piece(piece)
            things, begun = things + systems, [*begun, piece]
            if store is None and as_well and told and systems:
                store, begun = told[-1].store, [told[-1].text, *begun]
            if store is not None:
                told.append(StoreTold(store, " y ".join(begun), things, place))
                things, begun = (), []
            elif not systems:
                return nothing
    return nothing if things else AnswerForSeveral(tuple(told))


# 'Son 3 cajas' counts them.
_COUNTED = re.compile(r"\b\d{1,4} (?!(?:las|los|ambas|ambos|todas|todos)\b)\w{3,}s\b")


def store_beside(text: str) -> str | None:
    """The store in an answer that names what it is for, one thing or all of them; None where it
    names several stores."""
    if _COUNTED.search(fold(text)):
        return None
    told = answer_for_several([text]).told
    return told[0].store if len({one.store for one in told}) == 1 else None


def stores_in(text: str) -> str | None:
    """The stores of an answer that says several for one report, '45 y 46'; None where it says one,
    or what each is for."""
    told = answer_for_several([text]).told
    named = list(dict.fromkeys(one.store for one in told))
    # '40 y 5', 'cuarenta y cinco' are one number.
    numbers = {str(one.value) for one in find_numbers(text)}
    if len(named) < 2 or any(one.systems for one in told) or set(named) != numbers:
        return None
    return f"{', '.join(named[:-1])} y {named[-1]}"


def _pieces(text: str) -> Iterator[str]:
    in_order = _IN_ORDER.search(fold(text))
    text, start = text[: in_order.start()] if in_order else text, 0
    for cut in _CUT.finditer(fold(text)):
        yield text[start : cut.start()].strip()
        start = cut.end()
    yield text[start:].strip()


def _of_all(text: str) -> str | None:
    """The store that is said for all: 'los dos son de la 4', 'la 4 para todo'."""
    folded = fold(text)
    if first := _ALL_FIRST.match(folded):
        rest = text[first.end() :]
    elif last := _ALL_LAST.search(folded):
        rest = text[: last.start()]
    elif (same := _SAME_STORE.search(folded)) and same.end() - same.start() < len(folded):
        rest = f"{text[: same.start()]} {text[same.end() :]}"
    else:
        return None
    rest = _SAME_STORE.sub(" ", fold(rest)).strip() if _SAME_STORE.search(fold(rest)) else rest
    return _place(rest)


def _how_many(text: str) -> int | None:
    """How many 'both' and 'all three' are; None for 'all'."""
    folded = fold(text)
    if re.search(r"\bamb[oa]s\b|\b(?:l[oa]s|el) (?:dos|2)\b", folded):
        return 2
    three = re.search(r"\bl[oa]s (?:tres|3)\b", folded)
    return 3 if three else 4 if re.search(r"\bl[oa]s (?:cuatro|4)\b", folded) else None


def _place(rest: str) -> str | None:
    """The store that words say which are no more than a place."""
    rest = rest.strip(" ,:.-!")
    if not rest or len(rest.split()) > MOST_OF_A_PLACE or find_systems(expand(rest)):
        return None
    return find_store(rest, answering=True)


def _piece(piece: str) -> tuple[tuple[str, ...], str | None, bool]:
    """The things that a piece names, the store that it says for them, and whether it says that
    theirs is the one before."""
    lead = _LEADS.match(fold(piece))
    words = piece[lead.end() :] if lead else piece
    if not words or len(words.split()) > MOST_IN_A_PIECE:
        return (), None, False
    folded = fold(words)
    if other := _OTHER.match(folded):
        return (), _place(_behind(words, folded, other.end())), False
    spans = [span for span in find_systems(words) if not span.weak]
    if not spans:
        return (), _place(words), False
    if len(spans) > 1:
        return (), None, False
    span = spans[0]
    before, after = folded[: span.start], folded[span.end :]
    if not _BEFORE_THING.match(before):
        # 'La 4 la balanza': the store in front.
        front = re.sub(r"[\s,:]*(?:es |para |de )?(?:la|el|los|las|lo|del)?\s*$", "", before)
        store = None if after.strip(" .!,") else _place(words[: len(front)])
        return ((span.word,), store, False) if store else ((), None, False)
    if not after.strip(" .!,"):
        return (span.word,), None, False
    if _AS_WELL.match(after.strip(" .!,")):
        return (span.word,), None, True
    said = _behind(words, folded, span.end)
    # 'La caja 4' is a till.
    unit = is_numbered_unit(folded[: span.end]) and re.match(r"\s*(?:#|n\w*\.?)?\s*\d", after)
    store = _place(said) if _NEEDS_PLACE.match(fold(said).strip()) and not unit else None
    return ((span.word,), store, False) if store else ((), None, False)


def _behind(words: str, folded: str, end: int) -> str:
    """What is said of the thing that ends there."""
    link = _LINK.match(folded, end)
    return words[link.end() if link else end :]
