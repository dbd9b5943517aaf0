"""The stores of one group, learnt from what its people are called and from what they write.

Who writes 'acá en Modelia' writes from Modelia the next time too; and a place that somebody is
called by, or that was once said to be a store, is one in small letters and in a word alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise

from domain.room import Remark
from tools.models.local.lexicon import read_words
from tools.models.local.names import CONVENTION, bare_name, store_by_convention, store_of_name
from tools.models.local.places import all_names, proper_names
from tools.models.local.spelling import fold, words
from tools.models.local.spoken_places import (
    CAPITAL,
    common_words,
    is_in_no_store,
    known_in,
    known_places,
    named_in,
)
from tools.models.local.stores import find_store, in_title_case, short_forms
from tools.models.local.systems import find_system
from tools.models.local.told_store import BARE_WORDS, asks_store

# What a word of somebody's own store is worth: said to be here, in a place, or with nothing more.
HERE, PLACED, ALONE, HINTED = 3.0, 1.5, 2.0, 1.0
# So much of what somebody said of stores must be of one, and at least so much be said.
SHARE, ENOUGH = 0.6, 1.5
# Stores have a number in a group where so many people or words tell one.
NUMBERED = 2
# A word that is no known place is a store where two people are in it.
WITNESSES = ("one", "another")
SHORTEST = 4
# So far a message is read: nobody says later than that where they are, and what is pasted or
# hostile costs no worker seconds.
LONGEST_READ = 400

_HERE = re.compile(
    r"\b(?:aca|aqui|por aca|por aqui|soy|somos|nosotr[oa]s|hablo|escribo|reporta|reporto|estamos|"
    r"los|las)(?: ?,)?(?: (?:en|de|desde|del|la|el|por|tienda|local))*\s*$"
)
_EN = re.compile(
    r"\b(?:en|desde)(?: (?:la|el|los|las))?(?: (?:tienda|local|sucursal|suc|farmacia))?\s*$"
)
_OF = re.compile(r"\b(?:de|del|a|al)(?: (?:la|el|los|las))?(?: (?:tienda|local|sucursal|suc))?\s*$")
# 'La entrada de Reforma', 'la vitrina de Mega Plaza': whose what fails is.
_BELONGS = re.compile(r"\b(?:el|la|los|las|un|una)(?: \w+){1,4} (?:de|del)(?: (?:la|el))?\s*$")
# Who goes, comes or sends speaks of another place than theirs.
_ELSEWHERE = re.compile(
    r"\b(?:ando|voy|vengo|salgo|paso|llego|llegue|vive|vivo|estoy|anda|va|van|viene|vienen|estaba|"
    r"estabas|esta|juega|juegan|llega|tecnico|camion\w*|hij[oa]|mama|papa|espos[oa]|trae|traigo|"
    r"mando|mandan|prestado|repuesto|pido|ayer|copia|otra)\b[^.,!?]*$"
)
_ECHO = re.compile(
    r"\W*(?:$|[,:]|(?:x\s?\d|ok|okay|listo|lista|ya|igual|iwal|idem|tambien|tampoco|tmb|"
    r"tb|lo mismo|sin|con|no|operativ\w+|abiert\w+|entro|anda|funciona|aqui|aca|en marcha|los|"
    r"las|de nuevo|otra vez|sigue|confirm\w+)\b)"
)
_OPENS = re.compile(
    r"^\W*(?:(?:hola|si|sip|no|pues|buenas|buenos dias|buen dia|buenas (?:tardes|noches)|bueno|y|"
    r"oigan|idem|igual|x\s?\d|aca|aqui|la|el|los|las|cayo|tambien|ahora|en|desde|ya|soy)\b[\s,.!]*)*$"
)
_NUMBER = (
    r"\b(?P<kind>la|local|loc|suc(?:ursal)?|tda|tienda|farm(?:acia)?|botica|{own})"
    r"[-. #]{{0,2}}0*(?P<number>\d{{1,4}})"
    r"(?![\w%:/]|[.,]\d|\s?(?:%|horas?|hs|hrs|am|pm|min|de la|y media|cajas?|bultos|"
    r"de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|"
    r"diciembre)))"
)
# 'Estoy en la 40' is where somebody is; a name of a place may be where they went.
_AM_IN = re.compile(r"\bestoy (?:aca |aqui )?en (?:la|el)?(?: ?(?:tienda|local|sucursal|suc))?\s*$")
_UNIT = re.compile(
    r"\b(?:cajas?|pcs?|terminal\w*|datafonos?|posnets?|pos|mesas?|zona|error|version|isla|surtidor|"
    r"lado|puestos?|camaras?|llave|a|desde|hasta|las)\b[^.,;]{0,12}$"
)
_ROLE = re.compile(
    r"(?:soporte|sistemas?|sist|ti|it|tic|mtto|mantto|mant|mantenimiento|mantencion|mesa|ayuda|"
    r"jef[ea]|gerente|gte|supervisora?|super|sup|coord|coordinadora?|encargad[oa]|zona|zonal|rrhh|"
    r"rh|compras|almacen|bodega|deposito|fabrica|logistica|reparto|central|cau|admin|adm|admon|"
    r"informatica|operaciones|cajas?|turno|noche|ing|lic|arq|dra?|sra?|srta|don|dona|tia|tio|chef|"
    r"maestro|qfb?|repo|visual|vm|mkt|mercadeo|ventas|obrador|servicios|taller|dt|supervision|"
    r"tecnico|chofer)\.?"
)
_ARTICLES = ("El", "La", "Los", "Las")
_KIND = re.compile(
    r"(?:tiendas?|tda|local|loc|sucursal|suc|farmacia|botica|drogueria|optica|panaderia|kiosco|"
    r"punto|est|estacion|libreria|perfumeria|market|store|boutique|mostrador|zapateria)\.?"
)


class GroupStores:
    """What the messages of a group, oldest first, tell of its stores."""

    def __init__(self, heard: Sequence[Remark], group: str = "") -> None:
        self._heard = [_head(one) for one in heard]
        self._group = f" {' '.join(words(group))} "
        self._own = frozenset(w for w in self._group.split() if len(w) >= SHORTEST) - proper_names()
        self._names = {one.person_id: bare_name(one.name) for one in heard}
        self._people = {fold(n.split()[0]) for n in self._names.values() if n}
        self._texts = list(dict.fromkeys(one.text for one in self._heard if one.text.strip()))
        self._all = "\n".join(self._texts)
        # Of the parts, which `fold` remembers: the whole is another one at each turn.
        self._folded = "\n".join(map(fold, self._texts))
        self._called = {person: self._of_name(person) for person in self._names}
        self._places: dict[str, str] = {}
        for place in filter(None, self._called.values()):
            self._know(place)
        in_it: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._heard:
            for named in named_in(one.text):
                in_it[named.place].update(WITNESSES if named.known else (one.person_id,))
        for place, writers in in_it.items():
            if (
                len(writers) >= len(WITNESSES)
                and set(fold(place).split()) - common_words() - self._people
            ):
                self._know(place)
        for text in self._texts:  # of a known place any word of it is enough
            for place in known_in(text):
                self._know(place)
        called = {place for place in self._called.values() if place and place.isdigit()}
        own = "|".join(map(re.escape, sorted(self._own))) or "local"
        self._number = re.compile(_NUMBER.format(own=own))
        kinds = [n for n in self._number.finditer(self._folded) if n["kind"] != "la"]
        by_name = sum((place or "").isdigit() for place in self._called.values())
        self._numbered = by_name >= NUMBERED
        self._numbers = called | {n["number"] for n in kinds}
        keys = sorted(map(re.escape, self._places), key=len, reverse=True)
        self._place = re.compile(rf"(?<![\w-])(?:{'|'.join(keys) or '(?!)'})(?![\w-])")

    def called(self, person_id: str) -> str | None:
        """The store that somebody's name tells."""
        place = self._called.get(person_id)
        return self._whole(place) if place else None

    def of(self, person_id: str) -> str | None:
        """The store that somebody writes from, by their name or by their words."""
        votes: defaultdict[str, float] = defaultdict(float)
        shown: dict[str, str] = {}
        if place := self.called(person_id):
            return place
        if _has_role(self._names.get(person_id, "")):
            return None  # who helps is everywhere
        for before, one in pairwise([None, *self._heard]):
            if one is None or one.person_id != person_id:
                continue
            for place, weight in self._stated(one, before):
                votes[fold(place)] += weight
                shown[fold(place)] = place
        if not votes:
            return None
        best, weight = max(votes.items(), key=lambda vote: vote[1])
        sure = weight >= ENOUGH and weight / sum(votes.values()) >= SHARE
        return self._whole(shown[best]) if sure else None

    def said(self, text: str, person_id: str = "") -> str | None:
        """The store of the group that somebody says theirs is. A number alone says less than the
        name of who writes."""
        votes = self._stated(_unsigned(text[:LONGEST_READ]), None)
        if not votes:
            return None
        best = max(votes, key=lambda v: v[1])[0]
        own = self.called(person_id)
        if own and best.isdigit() and not self._has_kind(best, text[:LONGEST_READ]):
            return own
        return self._whole(best)

    def told(self, text: str) -> str | None:
        """The store of the group that a text names, whoever's it is."""
        theirs = {fold(place) for place in self._called.values() if place}
        found = {
            place for place, *_ in self._spots(text[:LONGEST_READ]) if fold(place) not in theirs
        }
        return self._whole(found.pop()) if len(found) == 1 else None

    def _know(self, place: str) -> None:
        folded = fold(place)
        if not place.isdigit() and (folded not in self._people or folded in all_names()):
            self._places.setdefault(folded, place)

    def _of_name(self, person: str) -> str | None:
        name = self._names[person]
        told = store_of_name(name)
        if told and told.isdigit():
            return told
        given = read_words("given_names.txt")
        known = told is not None and fold(told) in known_places() and fold(told) not in given
        if known and not _has_role(name):
            return told
        parts = name.split()
        kept = [w for w in parts if not self._is_kind(w)]
        rest, tail = " ".join(kept), " ".join(parts[1:])
        if f" {fold(' '.join(kept[1:]) or rest)} " in self._group or fold(rest) in given:
            return None
        if _has_role(name):
            place = " ".join(w for w in kept if not _ROLE.fullmatch(fold(w)))
            known = fold(place) in proper_names() and fold(place) not in given
            return in_title_case(place) if known else None
        kinds = [n for n, w in enumerate(parts) if _KIND.fullmatch(fold(w))]
        if kinds and 0 < kinds[0] < len(parts) - 1:
            return in_title_case(" ".join(parts[kinds[0] + 1 :]))
        if rest and len(kept) < len(parts):
            front = self._is_kind(parts[0]) or fold(rest) in known_places()
            return in_title_case(rest) if front or self._speaks_of(rest) else None
        if fold(tail) in short_forms():
            return in_title_case(tail)
        if told or not tail:
            return told
        if self._speaks_of(tail):
            return in_title_case(tail)
        if len(parts) == 2 and f" {fold(name)}" in f" {self._folded}":
            return None  # called so in full, as nobody is by a place
        others = [n for p, n in self._names.items() if p != person]
        if fold(tail) in known_places():
            sure = {store_of_name(n) for n in others if not _has_role(n)} - {None}
            if sum(not s.isdigit() for s in sure if s) >= CONVENTION:
                return in_title_case(tail)
        usual = store_by_convention(name, others, (self._all,))
        return usual if usual and fold(usual) != fold(parts[0]) else None

    def _is_kind(self, word: str) -> bool:
        return _is_kind(word) or fold(word) in self._own

    def _speaks_of(self, place: str) -> bool:
        """Whether somebody is in it, as nobody is in a person."""
        if len(place) < SHORTEST or _ROLE.fullmatch(fold(place)) or find_system(place):
            return False
        if fold(place) not in self._folded or is_in_no_store(place):
            return False
        named = re.escape(fold(place))
        at = (
            rf"\b(?:en|aca|aqui|desde)(?: (?:el|la|los))? {named}\b(?! y\b)|"
            rf"^{named} (?:ok|listo|igual|tambien|tampoco|idem|ya)\b"
        )
        return bool(re.search(at, self._folded, re.MULTILINE))

    def _spots(self, text: str) -> Iterable[tuple[str, str, str]]:
        """Each place of the group in a text, with what stands before and behind it."""
        folded = fold(text)
        for found in self._place.finditer(folded):
            place = self._places[found.group()]
            yield place, folded[: found.start()], folded[found.end() :]
        for found in self._number.finditer(folded) if self._numbered else ():
            front = folded[: found.start("number")]
            # 'La 80' may be a bus, and 'la 2' a shelf.
            one = found["kind"] != "la" or found["number"] in self._numbers
            if (one or _AM_IN.search(front)) and not _UNIT.search(folded[: found.start()]):
                yield found["number"], front, folded[found.end() :]

    def _stated(self, one: Remark, before: Remark | None) -> list[tuple[str, float]]:
        """What a message says of its writer's store, and what that is worth."""
        if before and before.person_id != one.person_id and asks_store(before.text):
            if number := re.match(
                r"\W*(?:(?:de )?(?:la|el) )?0*(\d{1,4})\b(?! ?[%:])", fold(one.text)
            ):
                return [(number[1], HERE)]
            if len(one.text.split()) <= BARE_WORDS + 4 and (
                answer := find_store(one.text, answering=True)
            ):
                return [(answer, HERE)]
        found = []
        for place, front, behind in self._spots(one.text):
            am_in = place.isdigit() and _AM_IN.search(front)
            if _ELSEWHERE.search(front) and not am_in:
                continue
            if am_in or _HERE.search(front):
                found.append((place, HERE))
            elif _OPENS.match(front) and _ECHO.match(behind) and "?" not in behind:
                found.append((place, ALONE))
            elif (_EN.search(front) and "?" not in re.split("[,.;]", behind)[0]) or (
                not behind.strip(" .,!")
                and len(one.text.split()) <= BARE_WORDS
                and "?" not in one.text
                and not _OF.search(front)
            ):
                found.append((place, PLACED))
            elif _BELONGS.search(front) and "?" not in front:
                found.append((place, HINTED))
        plain = not found and "?" not in one.text and not _ELSEWHERE.search(fold(one.text))
        said = find_store(one.text) if plain else None
        if said and (self._is_number(said, one.text) or fold(said) in self._places):
            found.append((said, PLACED if said.isdigit() else HINTED))
        return found

    def _has_kind(self, number: str, text: str) -> bool:
        """Whether it is said to be a store's: 'tienda 45', not 'la 45'."""
        found = self._number.finditer(fold(text))
        return any(one["number"] == number and one["kind"] != "la" for one in found)

    def _is_number(self, said: str, text: str) -> bool:
        """Whether a number that is read as a store's can be one in this group."""
        if not said.isdigit() or not self._numbered or said in self._numbers:
            return said.isdigit()
        return not re.search(rf"(?<!en )(?<!de )\bla #?0*{said}\b", fold(text))

    def _whole(self, place: str) -> str:
        """A place as the group calls it in full: 'El Tesoro' of 'Tesoro'."""
        if place.isdigit():
            return place
        name = in_title_case(place)
        around = re.compile(
            rf"(?<![.!?] )(?<!^)\b(?:(?:El|La|Los|Las|{CAPITAL}) )?{re.escape(name)}\b"
            rf"(?: {CAPITAL})?",
            re.MULTILINE,
        )
        size = len(name.split())
        longer: Counter[str] = Counter()
        for found in around.findall(self._all):
            parts = found.split()
            article = len(parts) == size + 1 and parts[0] in _ARTICLES
            if len(parts) > size and (article or fold(found) in proper_names()):
                longer[found] += 1
        return longer.most_common(1)[0][0] if longer else place


@lru_cache(maxsize=2048)
def _has_role(name: str) -> bool:
    return any(_ROLE.fullmatch(fold(word)) for word in name.split())


@lru_cache(maxsize=2048)
def _is_kind(word: str) -> bool:
    return bool(_KIND.fullmatch(fold(word)))


def _head(one: Remark) -> Remark:
    return one if len(one.text) <= LONGEST_READ else replace(one, text=one.text[:LONGEST_READ])


def _unsigned(text: str) -> Remark:
    return Remark("", "", "", datetime.min.replace(tzinfo=UTC), text)
