"""What shops call out every day: that theirs is open or shut, and what it sold.

'12 abierta', 'Buenos días, Restrepo abierto', 'Cerrado Providencia. Venta 621.400', 'Laureles
4.620': who calls a shop out is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from tools.models.local.lexicon import read_words
from tools.models.local.located import LEAST
from tools.models.local.places import in_title_case
from tools.models.local.spelling import fold
from tools.models.local.spoken_places import common_words, is_in_no_store, known_places

# A longer message tells more than that.
LONGEST_CALL = 90
Runs = Iterable[list[str]]

_GREETING = (
    r"(?:(?:hola|muy|buen\w*|bn\w?s|dia+s?|tardes?|noches?|grupo|equipo|a tod[oa]s|chic[oa]s|gente|"
    r"companer[oa]s|jef\w*|lic\w*|ya|por fin|listo|lista|desde|en|aca|aqui|tienda|local|sucursal|"
    r"suc|farmacia|botica|reporto|reporte|apertura|cierre)\b[\s,.:!-]*)"
)
_STATE = (
    r"(?:ya )?(?:abiert[oa]|abriendo|abrimos|abro|cerrad[oa]|cerrando|cerramos?|cierro|operando|"
    r"operativ[oa]|sin novedad|cambiad[oa]|(?:abre|cierra)(?= a las| en \d))"
)
# Nothing else is said of it: of a street, a delivery or a rival more is.
_ENDS = r"(?=\W*$|\W*[,.!;:]|\s+(?:y|con|sin|desde|a las|en \d|nomas|todo|gracias|jef\w+|lic+)\b)"
_AMOUNT = (
    r"[$s/. ]{0,3}(?:\d{1,3}(?:[.,']\d{3})+|\d{1,3}[.,]\d{1,3}|\d{4,6}|"
    r"\d{1,4} ?(?:mil|k|lucas|palos))\b(?![.,' -]?\d)"
)
_NO_AMOUNT = r"(?! ?(?:%|°|kg|grs?|lts?|am\b|pm\b|hs?\b|pesos))"
_WORDS = r"[^\W\d_][\w'’]*(?: [^\W\d_][\w'’]*){0,2}"
_NUMBER = r"(?P<kind>la |tienda |local |suc\w* )?#?0*(?P<number>\d{1,4})"
_SOLD = r"(?:cierre|cerramos|ventas?|corte)(?: de)?(?: ayer| hoy| del dia)?"
# 'buen día, Restrepo ya abierto', 'La Molina presente'
_NAME_OPEN = re.compile(
    rf"^\W*{_GREETING}*(?P<name>{_WORDS}),? (?:{_STATE}{_ENDS}|(?:presente|reportando\w*|al pie)\b)"
)
# '12 abierta', 'la 45 ya abierta'
_NUMBER_OPEN = re.compile(
    rf"^\W*{_GREETING}*{_NUMBER},? (?:ya )?(?:abierta|abierto|abriendo|abrimos|cerrada|cerramos|"
    rf"cerrando|lista|listo|operando|operativ[oa]|sin novedad|ok|presente|"
    rf"en linea|de vuelta){_ENDS}"
)
_NAMES_SOLD = (
    # 'cerrado Providencia', 'ventas de ayer kennedy 4.310.000'
    re.compile(
        rf"^\W*{_GREETING}*(?:{_STATE}|{_SOLD})(?: (?:de|en|del))? (?P<name>{_WORDS})"
        rf"(?=\W*$|[.:;!]|, |\s+{_AMOUNT})"
    ),
    # 'Laureles 4.620', '12,115 el centro'
    re.compile(rf"^\W*(?P<name>{_WORDS})\W{{0,2}} {_AMOUNT}{_NO_AMOUNT}"),
    re.compile(rf"^\W*{_AMOUNT} (?:en )?(?P<name>{_WORDS})"),
)
# 'cierre de la 12: 8,105'; '4: 5,980', which says less
_NUMBER_SOLD = re.compile(
    rf"^\W*{_GREETING}*{_SOLD} (?:(?:de|en) )?(?=la |tienda |local |suc){_NUMBER}"
    rf"(?=\W*$|[:;!] |\s+{_AMOUNT})"
)
_NUMBER_ALONE = re.compile(rf"^\W*{_NUMBER}:? {_AMOUNT}{_NO_AMOUNT}")
# Of a shop of somebody else's, a street, the weather, a delivery.
_OTHERS = re.compile(
    r"[?°]|\b(?:felici\w+|sigan|vamos|bravo|bien ahi|excelente|metas?|objetivos?|no llego|llego|"
    r"trafico|calles?|avenida|av|marcha|paro|obras?|estadio|partido|manana|grados)\b|"
    r"\b(?:cerrad[oa]|abiert[oa]) (?:por|para|al)\b"
)


@dataclass(frozen=True)
class Call:
    """A shop that is called out: its number, or its name as a place's that all know. `sure` where
    it says by itself that it is a shop; else only where the group has one so numbered."""

    shop: str
    sure: bool = True


@lru_cache(maxsize=2048)
def called_out(text: str) -> Call | None:
    """The shop that a message calls out as its writer's."""
    if len(text) > LONGEST_CALL or "\n" in text.strip():
        return None
    folded = fold(text)
    if _OTHERS.search(folded):
        return None
    if (found := _NUMBER_OPEN.match(folded)) or (found := _NUMBER_SOLD.match(folded)):
        few = int(found["number"]) < LEAST and found["kind"] != "tienda "
        return Call(str(int(found["number"])), sure=not few)
    if found := _NUMBER_ALONE.match(folded):
        return Call(str(int(found["number"])), sure=False)
    if (found := _NAME_OPEN.match(folded)) and (shop := _place(found, text, _last_words)):
        return Call(shop)
    for pattern in _NAMES_SOLD:
        if (found := pattern.match(folded)) and (shop := _place(found, text, _first_words)):
            return Call(shop)
    return None


def _place(found: re.Match[str], text: str, runs: Callable[[list[str]], Runs]) -> str | None:
    """The longest of the words that are a place's name which all know."""
    parts = text[found.start("name") : found.end("name")].split()
    names = (" ".join(run) for run in runs(parts))
    return next((in_title_case(name) for name in names if _is_place(name)), None)


def _is_place(name: str) -> bool:
    folded = fold(name)
    no_place = folded in common_words() or folded in read_words("given_names.txt")
    return folded in known_places() and not no_place and not is_in_no_store(name)


def _last_words(parts: list[str]) -> Runs:
    return (parts[-size:] for size in range(len(parts), 0, -1))


def _first_words(parts: list[str]) -> Runs:
    without = parts[1:] if parts[0].lower() in ("el", "la") else []
    return (*(parts[:size] for size in range(len(parts), 0, -1)), without)
