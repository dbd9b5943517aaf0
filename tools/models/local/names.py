"""Which store a display name tells: that of a person ('Pepe 31', 'Karina - Ate') or of a group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tools.models.local.lexicon import read_words
from tools.models.local.places import all_names, in_title_case, longest_name, proper_names, towns
from tools.models.local.spelling import fold
from tools.models.local.stores import find_store, is_numbered_unit
from tools.models.local.systems import find_system

_MANY = re.compile(
    r"\b(?:tiendas|sucursales|locales|sedes|puntos|farmacias|zona|jefes|encargad[oa]s|lideres|"
    r"coordinador[ae]s|todas|todos|equipo de)\b"
)
_ROLE = re.compile(
    r"soporte|sistemas|\b(?:ti|it|tic)\b|mtto|manten|mesa|ayuda|gerente|supervis|tecnic|helpdesk|"
    r"admin|jefe|jefa|encargad|rh\b|rrhh|zona|region|ventas|caja|almacen|bodega|logistic|compras|"
    r"ing\b|taller|oficina|visual|coord|direccion|gerencia|central|turno|mostrador|operacion|"
    r"informatic|cadete|chofer|ruta|\bvm\b"
)
# Shops in the plural, and words of more than one: no single store is called so.
_SEVERAL = re.compile(
    r"\b(?:\w{3,}(?:erias|ticas|macias|mercados|markets)|boticas|kioscos|quioscos|bazares|cines|"
    r"hoteles|opticas|restaurantes|cafes|gimnasios|estaciones|gasolineras|obradores|distrito|region|sector|"
    r"gerentes|supervisor\w*|cadena|grupo|corporativo|norte|oriente|occidente|este|oeste)\b"
)
# What stands behind the place in the name of a group: who is in it, and what for.
_DUTY_LAST = re.compile(
    r"[\s|·–-]+(?:operacion(?:es)?|soporte|incidencias|avisos|reportes|sistemas|equipo|staff|"
    r"interno|personal|tienda|local|sucursal|oficial|chat|team|turnos?|mantenimiento|y|ti)$"
)
# What may stand behind the place in a name that begins with it: 'Poblado Droguería'.
_KIND = re.compile(
    r"(?:tienda|local|sucursal|suc|st|store|caja|turno|farmacia|drogueria|botica|optica|perfumeria|"
    r"libreria|panaderia|super|market|mini ?market|centro|sor|\d{1,4})\b.*"
)
_KIND_FIRST = re.compile(
    r"^(?:tienda|local|sucursal|suc|farmacia|drogueria|botica|optica|perfumeria|libreria|panaderia|"
    r"kiosco|super|market|la de|los de|caja)\s+"
)
# Places that are more often a person's surname where nothing marks them.
_SURNAMES = frozenset(
    {"flores", "santiago", "zamora", "valencia", "medina", "toledo", "rojas", "vargas", "cuenca"}
    | {"burgos", "soria", "palma", "aviles", "trujillo", "guerrero", "mercedes", "rosario", "leon"}
    | {"cordoba", "castro", "martinez", "moreno", "escobar", "restrepo", "varela", "merlo", "luna"}
    | {"aguilar", "serrano", "salamanca", "segovia", "avila", "lugo", "pinto", "colon", "lima"}
)
_NUMBER_LAST = re.compile(
    r"(?P<before>[^\W\d_]+)\.?[\s(|·-]+(?:(?P<kind>t|tda|suc|l|local|loc|st)[-. ]*|[a-z])?"
    r"0*(?P<number>\d{1,4})\)?\s*$"
)
_NUMBER_AMID = re.compile(
    r"(?P<before>[^\W\d_]+) (?P<kind>)0*(?P<number>\d{3,4}) [^\W\d_]+(?: [^\W\d_]+)?$"
)
_KINDS = frozenset({"local", "loc", "st"})
# Parts of a town, which tell little without it.
_PARTS = frozenset({"centro", "central", "norte", "sur", "plaza", "terminal"})
# Titles before somebody's own name.
_TITLE = re.compile(
    r"^(?:qf|sr|sra|srta|don|dona|dr|dra|ing|lic|prof|profe|tia|tio|mr|ms)\.? +(?=\w)",
    re.IGNORECASE,
)
# What a given name of two words begins with.
_FIRST_HALVES = frozenset({"ana", "jose", "juan", "luz", "ma", "mari", "maria"})
# Up to here a number behind a place counts its stores: 'Pereira 2'; '45' is the store's own.
MOST_OF_ONE_PLACE = 9
# How many others' names must tell a place before an unknown word there counts as one.
CONVENTION = 2
# The same before the name of a town does.
TOWN_CONVENTION = 1
# A place and a first name, in either order; and how long a place spoken of is at least.
PAIR = 2
SHORTEST_PLACE = 4
# So far a name is read: WhatsApp allows a quarter of it.
LONGEST_NAME = 100


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return read_words("given_names.txt")


@lru_cache(maxsize=1)
def _no_number() -> frozenset[str]:
    return read_words("not_numbered.txt") | (read_words("not_store_names.txt") - {"la", "el"})


def store_of_name(name: str) -> str | None:
    """The store that a person's display name tells, or None."""
    return _of_bare(bare_name(name))


@lru_cache(maxsize=4096)
def _of_bare(name: str) -> str | None:
    if _MANY.search(fold(name)) or _is_given(name):
        return None
    return _numbered(name) or find_store(name) or _tagged(name)


@lru_cache(maxsize=1024)
def store_of_group(name: str) -> str | None:
    """The one store that a group's name tells: 'Sucursal 88', 'Tienda Polanco'; else None.

    'Tiendas Norte' is a region and 'Calzados Andina - Lima' a company, no store.
    """
    name = bare_name(name)
    if _MANY.search(fold(name)):
        return None
    return _numbered(name) or find_store(name) or _only_one(name)


def store_by_convention(name: str, others: Iterable[str], texts: Iterable[str] = ()) -> str | None:
    """What stands in a name where others of the same chat carry a place: 'Fran Valpo'.

    In a chat of 'Caro Providencia', 'Cony Ñuñoa' and 'Fran Valpo' the third names a store as well;
    so does 'Goyo Peñasco' once `texts` of the chat have said 'en Peñasco'.
    """
    name = bare_name(name)
    if _is_given(name):
        return None
    if spoken := _spoken_of(name, texts):
        return in_title_case(spoken)
    tail = _tail(name)
    if tail is None or fold(tail) in read_words("surnames.txt") or fold(tail) in _SURNAMES:
        return None
    known = {fold(place) for other in others if (place := _place_of(bare_name(other)))}
    enough = TOWN_CONVENTION if fold(tail) in towns() else CONVENTION
    return in_title_case(tail) if len(known - {fold(tail)}) >= enough else None


def _place_of(name: str) -> str | None:
    """The place that another's name tells, certain as names go."""
    tail = _tail(name)
    if tail is not None and (fold(tail) in proper_names() or fold(tail) in towns()):
        return tail
    store = store_of_name(name)
    return None if store is None or any(c.isdigit() for c in store) else store


def _spoken_of(name: str, texts: Iterable[str]) -> str | None:
    """The part of a name that the chat speaks of as a place: nobody is 'en' a person."""
    tail = _tail(name)
    tokens = name.split()
    head = tokens[0] if len(tokens) == PAIR else None
    for part in filter(None, (tail, head)):
        plain = len(part) >= SHORTEST_PLACE and not _ROLE.search(fold(part))
        if not plain or fold(part) in _given_names() or find_system(part):
            continue
        if fold(part) in read_words("not_places.txt"):
            continue
        place = re.compile(rf"\b[Ee]n {re.escape(part)}(?![\w-])")
        if any(f"n {part}" in text and place.search(text) for text in texts):
            return part
    return None


def _is_given(name: str) -> bool:
    """Whether nobody but a person is called so: 'Mari Carmen', 'Rosario'."""
    first, *rest = fold(name).split() or [""]
    halves = [word for word in rest if word not in ("de", "del", "la", "los")]
    if not rest:
        return first in _given_names()
    return first in _FIRST_HALVES and len(halves) == 1 and halves[0] in _given_names()


def bare_name(name: str) -> str:
    """The name without pictures and other ornaments, up to LONGEST_NAME characters."""
    return _without_ornaments(name[:LONGEST_NAME])


@lru_cache(maxsize=4096)
def _without_ornaments(name: str) -> str:
    kept = "".join(c if c.isalnum() or c in " ()-–|·/.,#&'" else " " for c in name)
    return " ".join(kept.split())


def _only_one(name: str) -> str | None:
    """The place that the name of a single shop ends in: 'Panadería Sol - Cedritos equipo'.

    A city holds several shops, and 'Farmacias Sol - Surco' are several in one place.
    """
    if _SEVERAL.search(fold(name)):
        return None
    shop = name
    while (shorter := _DUTY_LAST.sub("", fold(shop))) != fold(shop):
        shop = shop[: len(shorter)]
    place = _ends_in_place(shop.rstrip(") "))
    sized = place is not None and fold(place) not in read_words("cities.txt")
    marked = re.search(r" [-–|·/] [^-–|·/]+$", shop) or shop.endswith(")")
    # Without a mark it may be the shop's own name: 'Kiosco Las Flores'.
    own = " " in str(place) and not str(place).startswith(("La ", "El ", "Los ", "Las "))
    return _with_its_town(place, shop.rstrip(") ")) if sized and (marked or own) else None


def _with_its_town(place: str | None, shop: str) -> str | None:
    """A place that a shop's name ends in, with the town whose middle it is: 'Trujillo Centro'. What
    lies north or south in a town is a region."""
    tokens = shop.split()
    if place is None or fold(place) != "centro" or len(tokens) <= PAIR:
        return place
    town = tokens[-2]
    known = fold(town) in all_names() or fold(town) in towns()
    return in_title_case(f"{town} {place}") if known else place


def _tail(name: str) -> str | None:
    """What follows the first name, when it looks like a name and is no trade ('Nacho Taller')."""
    tokens = _TITLE.sub("", name).split()
    rest = " ".join(tokens[1:])
    plain = len(tokens) in (2, 3, 4) and re.fullmatch(r"[^\W\d_. ]+(?: [^\W\d_. ]+)*", rest)
    thing = find_system(rest) and not longest_name(rest, proper_names())
    if not plain or _ROLE.search(fold(rest)) or thing:
        return None
    return rest if tokens[-1][:1].isupper() and len(rest) > 2 else None


def _numbered(name: str) -> str | None:
    """The number at the end of a name: 'Pepe 31', 'Rosy suc 7', 'Lupita F14', 'Jordi 407 Castelló';
    with the place before it where it counts the stores of a place, 'Fabián Pereira 2'."""
    folded = fold(name)
    number = _NUMBER_LAST.search(folded) or _NUMBER_AMID.match(folded)
    if number is None or is_numbered_unit(folded[: number.start("number")]):
        return None
    if number.group("before") in _no_number() or _ROLE.search(folded):
        return _by_role(number, folded)
    nth = int(number.group("number"))
    before = name[: number.start("number")].strip(" (-|·")
    if nth <= MOST_OF_ONE_PLACE and (place := _ends_in_place(before)):
        return f"{place} {nth}"
    if number.group("kind") in _KINDS and (place := longest_name(name, proper_names())):
        return in_title_case(place)
    return str(nth)


def _by_role(number: re.Match[str], folded: str) -> str | None:
    """Of those who have a trade in their name the number tells only where a blank divides it."""
    glued = folded[number.start("number") - 1].isalpha()
    return None if number.group("before") in _no_number() or glued else str(int(number["number"]))


def _ends_in_place(before: str) -> str | None:
    """The place that words end in, which are more than it or stand in brackets."""
    tokens = before.replace("(", " ").split()
    for size in (3, 2, 1):
        rest = " ".join(tokens[-size:])
        if size < len(tokens) and fold(rest) in all_names():
            return in_title_case(rest)
    return None


def _tagged(name: str) -> str | None:
    """What follows a person's own name: 'Karina - Ate', 'Facu (Flores)', 'Ana Getafe'.

    Without a mark only a known place counts, since a surname stands there as well.
    """
    marked = re.search(r"(?:\(|\s[-–|·/]\s*|,\s)\s*([^\W\d_][^()|·/]{2,30})\)?\s*$", name)
    if marked:
        place = marked.group(1).strip()
        if known := longest_name(place, all_names()):
            return in_title_case(known)
        article = re.match(r"(?:la|el|los|las) [A-ZÁÉÍÓÚÑ]", place[:1].lower() + place[1:])
        own = not _ROLE.search(fold(place)) and (article or not find_system(place))
        if own and place[:1].isupper():
            return in_title_case(place)
        name = name[: marked.start()].strip()
    tokens = name.split()
    for size in (3, 2, 1):
        rest = " ".join(tokens[-size:])
        if 0 < size < len(tokens) and fold(rest) in all_names() and fold(rest) not in _SURNAMES:
            # 'Toñita León Centro': what is common alone is a part of the place before it.
            of = tokens[-size - 1] if size + 1 < len(tokens) and fold(rest) in _PARTS else ""
            return in_title_case(f"{of} {rest}" if fold(of) in all_names() else rest)
    return _at_the_front(name)


def _at_the_front(name: str) -> str | None:
    """'Poblado Droguería', 'Mega Plaza caja', 'Óptica Irapuato': a name that is a store's own."""
    kind = _KIND_FIRST.match(fold(name))
    rest = name[kind.end() :] if kind else name
    known = longest_name(rest, proper_names())
    if known is None:
        return None
    behind = fold(rest)[len(known) :].strip()
    if (kind and not behind) or (behind and _KIND.fullmatch(behind)):
        return in_title_case(known)
    return None
