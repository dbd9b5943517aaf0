"""What somebody's name tells of their store by itself in a group, whatever is said there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tools.models.local.lexicon import read_words
from tools.models.local.names import bare_name, store_of_name
from tools.models.local.places import in_title_case, proper_names, short_forms, towns
from tools.models.local.shop_duties import is_a_shops_phone, is_of_one_shop, without_shift
from tools.models.local.spelling import fold, words
from tools.models.local.spoken_places import known_places

# A word of a group's name from so many letters on may be what its stores are called by.
SHORTEST = 4

# So many stores may be counted by the first and the last of them.
MOST_COUNTED = 60
_COUNTED = re.compile(
    r"(?<![\w/-])(?P<first>\d{1,3}) ?(?:-|–|a|al|a la|hasta la) ?(?P<last>\d{1,3})"
    r"(?![\w/-]| ?(?:hs?|hrs|horas|am|pm)\b)"
)

_NUMBER = (
    r"\b(?P<kind>la|local|loc|suc(?:ursal)?|tda|tienda|farm(?:acia)?|botica|{own})"
    r"[-. #]{{0,2}}0*(?P<number>\d{{1,4}})"
    r"(?![\w%:/]|[.,]\d|\s?(?:%|horas?|hs|hrs|am|pm|min|de la|y media|cajas?|bultos|"
    r"de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|"
    r"diciembre)))"
)
ROLE = re.compile(
    r"(?:soporte|sistemas?|sist|ti|it|tic|mtto|mantto|mant|mantenimiento|mantencion|mesa|ayuda|"
    r"jef[ea]|gerente|gte|supervisora?|super|sup|coord|coordinadora?|encargad[oa]|zona|zonal|rrhh|"
    r"rh|compras|almacen|bodega|deposito|fabrica|logistica|reparto|central|cau|admin|adm|admon|"
    r"informatica|operaciones|cajas?|turno|noche|ing|lic|arq|chef|"
    r"maestro|repo|visual|vm|mkt|mercadeo|ventas|obrador|servicios|taller|dt|supervision|"
    r"tecnico|chofer|panader[oa]|vete|veterinari[oa]|domicilios|carnicer[oa]|peluquer[oa]|of|"
    r"oficina|contabilidad|conta|calidad|guardia|vigilante|aseo|despacho|delivery|recepcion|"
    r"regional|aux|auxiliar|gerencia|auditoria|lab|laboratorio|mostrador)\.?"
)
# What stands before a name and says nothing of what somebody does.
_TITLE = re.compile(
    r"^(?:(?:qfb?|dra?|sra?|srta|don|doña|tía|tio|tío|tia)\.? +)+(?=\S)", re.IGNORECASE
)
_KIND = re.compile(
    r"(?:tiendas?|tda|local|loc|sucursal|suc|farmacia|botica|drogueria|optica|panaderia|kiosco|"
    r"punto|est|eess|e\.s\.|grifo|estacion|libreria|perfumeria|market|store|boutique|mostrador|zapateria)\.?"
)


@dataclass(frozen=True)
class Group:
    """The words of a group's name, and those that may be what its stores are called by."""

    name: str
    own: frozenset[str]
    number: re.Pattern[str]

    def is_kind(self, word: str) -> bool:
        """Whether a word says that what stands beside it is a store."""
        return _is_kind(word) or fold(word) in self.own


@dataclass(frozen=True)
class Called:
    """What a person's name tells by itself: a place or none where that is `settled`; else only the
    talk tells whether its parts are one."""

    bare: str
    settled: bool
    place: str | None = None
    rest: str = ""
    shorter: bool = False

    @cached_property
    def first(self) -> str:
        """What they are called by."""
        return fold(self.bare.split()[0])

    @cached_property
    def tail(self) -> str:
        """What stands behind it."""
        return " ".join(self.bare.split()[1:])


@lru_cache(maxsize=256)
def numbers_of(group: str) -> frozenset[str]:
    """The numbers of a group's stores that its name counts: 'Licorerías 1 al 9', 'sc 1-6'."""
    found = _COUNTED.search(fold(group))
    first, last = (int(found["first"]), int(found["last"])) if found else (1, 0)
    several = first < last <= first + MOST_COUNTED
    return frozenset(map(str, range(first, last + 1))) if several else frozenset()


@lru_cache(maxsize=256)
def group_of(group: str) -> Group:
    """What the name of a group says of its stores."""
    name = f" {' '.join(words(group))} "
    own = frozenset(w for w in name.split() if len(w) >= SHORTEST) - proper_names()
    kinds = "|".join(map(re.escape, sorted(own))) or "local"
    return Group(name, own, re.compile(_NUMBER.format(own=kinds)))


@lru_cache(maxsize=4096)
def called_by(name: str, group: str) -> Called:
    """What a name tells in a group, whatever is said there."""
    name, of = _TITLE.sub("", bare_name(name)), group_of(group)
    told = store_of_name(name)
    if told and told.isdigit():
        return Called(name, True, told)
    given = read_words("given_names.txt")
    known = told is not None and fold(told) in known_places() and fold(told) not in given
    if known and not has_role(name):
        return Called(name, True, told)
    parts = name.split()
    kept = [w for w in parts if not of.is_kind(w)]
    rest, tail = " ".join(kept), " ".join(parts[1:])
    if f" {fold(' '.join(kept[1:]) or rest)} " in of.name or fold(rest) in given:
        return Called(name, True)
    if has_role(name):
        place = " ".join(without_shift([w for w in kept if not ROLE.fullmatch(fold(w))]))
        known = fold(place) in proper_names() or fold(place) in short_forms()
        known = known or (is_a_shops_phone(name) and fold(place) in towns())
        if place and not known and is_of_one_shop(name) and fold(place.split()[0]) not in given:
            return Called(name, False, None, place, shorter=True)  # where the talk is in it
        return Called(
            name, True, in_title_case(place) if known and fold(place) not in given else None
        )
    kinds = [n for n, w in enumerate(parts) if _KIND.fullmatch(fold(w))]
    if kinds and 0 < kinds[0] < len(parts) - 1:
        return Called(name, True, in_title_case(" ".join(parts[kinds[0] + 1 :])))
    if rest and len(kept) < len(parts):
        front = of.is_kind(parts[0]) or fold(rest) in known_places()
        return Called(name, front, in_title_case(rest) if front else None, rest, shorter=True)
    if fold(tail) in short_forms():
        return Called(name, True, in_title_case(tail))
    return Called(name, bool(told or not tail), told)


@lru_cache(maxsize=2048)
def has_role(name: str) -> bool:
    """Whether a name says what somebody works as, who may be of any store."""
    return any(ROLE.fullmatch(fold(word)) for word in name.split())


@lru_cache(maxsize=2048)
def _is_kind(word: str) -> bool:
    return bool(_KIND.fullmatch(fold(word)))
