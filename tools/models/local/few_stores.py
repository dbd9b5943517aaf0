"""Stores whose number is one digit, which may as well be a till's: 'la caja de la 9 no abre', 'la 4
sin sistema'. Said of a thing that has no number of its own, of which a shop has one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.models.local.numbers import NumberSpan, find_numbers
from tools.models.local.set_apart import FAILS, WORKS
from tools.models.local.spelling import fold
from tools.models.local.systems import find_systems

# From here on no number of a store is taken for a till's.
LEAST = 10
# A shop has one of these, or says 'la caja 9' of the ninth; each till has one of the others.
_ONE_OF_A_SHOP = frozenset(
    {"internet", "sistema", "luz", "agua", "alarma", "teléfono", "aire acondicionado", "cortina"}
    | {"refrigerador", "gas", "calentador", "sonido", "UPS", "letrero", "caja", "caja fuerte"}
    | {"horno", "baño", "elevador", "puerta", "cámaras", "vitrina"}
)
_ONE_OF_A_TILL = frozenset(
    {"impresora", "impresora de tickets", "impresora fiscal", "impresora de etiquetas", "terminal"}
    | {"cajón", "computadora", "pantalla", "teclado", "ratón", "escáner", "báscula", "tablet"}
)
_OF_THE = re.compile(r"\s+(?:de|en) la #?$")
_ARTICLE = re.compile(r"(?:^|\W)(?:el|la|los|las|mi|nuestr[oa]|hay|sin|tiene|tenemos)\s+$")
# What stands before a thing that is used or was tried, and does not fail.
_BESIDE = re.compile(
    r"\b(?:con|al?|por|desde|para|sobre|hasta|us\w+|prob\w+|conect\w+|enchuf\w+|prest\w+|llev\w+|"
    r"tra\w+|mov\w+|cambi\w+|pus\w+|pon\w+|quit\w+)\s+(?:el|la|los|las|mi|una?)\s+$"
)
_ENDS = re.compile(
    r"\s*(?:$|[,.;!)\n]|(?:por favor|porfa\w*|ayuda\w*|urge\w*|gracias|otra vez|de nuevo|desde|"
    r"saludos|hoy|ya\W*$)\b)"
)
_FAILS_THERE = re.compile(
    r"\s+(?:(?:ya|otra vez|de nuevo|tampoco|hoy|todavia|aun|sigue) )*(?:no|se|sin|esta|anda|sigue|"
    r"marca|falla|fallo|fallando|quedo|da|sale|tampoco|lenta?|caid[oa]|muert[oa]|"
    r"apagad[oa])\b(?! si\b)"
)
_GREETS = (
    r"\W*(?:(?:hola|buen[oa]?s?|dias?|tardes?|noches?|soporte|inge\w*|equipo|oigan|oye|jefe|"
    r"amig\w+|aqui|aca|que tal|ayuda|urgente|y|reporto|reportamos|reporta|les reporta)[\s,.:!]+)*"
)
_SUPPLY = r"internet|luz|corriente|energia|electricidad|agua|wifi|senal|telefono"
# 'La 4 sin luz', 'en la 7 no tenemos sistema'; 'la 4 sin sistema' may be a till.
_OPENS = re.compile(rf"{_GREETS}(?P<en>(?:en|desde) )?la #?$")
_LACKS = re.compile(
    r"\s*,?\s+(?:(?:esta|estan|estamos|anda|andamos|sigue|seguimos|se quedo|nos quedamos|quedo|"
    r"tambien|otra vez|hoy) )*(?:sin|no (?:hay|tiene|tienen|tenemos|tengo|les? llega|jala|"
    r"funciona|sirve|carga|entra)|se (?:le |nos |les )?(?:fue|cayo|corto)) (?:el |la )?"
    rf"(?:(?P<tills>sistema|red|linea)|{_SUPPLY})\b"
)
# 'Soy de la 4', 'somos la 4'.
_WE_ARE = re.compile(r"\b(?:soy|somos) (?:de |en )?la #?$")
# What a digit behind it would count, or tell when.
_MEASURED = re.compile(
    r"[a-z]|\s*(?:[%/°º]|:\d|[.,-]\d|ª|am\b|pm\b|de (?:la (?:manana|tarde|noche)|las?|los|"
    r"\w*(?:ero|ril|yo|nio|lio|sto|bre))\b|y (?:media|cuarto|pico)\b|que\b)"
)


def few_number(folded: str, numbers: Sequence[NumberSpan]) -> str | None:
    """The only number of a text where it is one digit and stands as a store's does."""
    if len(numbers) != 1 or not 1 <= numbers[0].value < LEAST:
        return None
    [number] = numbers
    before, after = folded[: number.start], folded[number.end :]
    if _MEASURED.match(after) or "?" in after:
        return None
    said = _WE_ARE.search(before) or _is_without(before, after) or _is_whose_it_is(before, after)
    return str(number.value) if said else None


def _is_without(before: str, after: str) -> bool:
    """'La 4 sin luz'."""
    opens, lacks = _OPENS.fullmatch(before), _LACKS.match(after)
    return bool(opens and lacks and (opens["en"] or not lacks["tills"]))


def _is_whose_it_is(before: str, after: str) -> bool:
    """'La caja de la 9 no abre', 'no enciende el datafono de la 6'."""
    link = _OF_THE.search(before)
    if link is None:
        return False
    clause = re.split(r"[,.;:\n]| pero | y ", before[: link.start()])[-1]
    spans = [span for span in find_systems(clause) if not span.weak]
    if not spans or clause[spans[-1].end :].strip():
        return False
    thing, lead = spans[-1], clause[: spans[-1].start]
    if "en la" in link.group() and not thing.concepts & _ONE_OF_A_SHOP:
        return False
    if not thing.concepts & (_ONE_OF_A_SHOP | _ONE_OF_A_TILL) or _BESIDE.search(lead):
        return False
    fails = FAILS.search(clause) and not WORKS.search(clause) and _ENDS.match(after)
    opens = _ARTICLE.search(lead) and _FAILS_THERE.match(after)
    return bool(fails or opens)


def may_be_a_tills(text: str, store: str | None) -> bool:
    """Whether the number that was taken for a store's may be a till's: each of these has what is
    told of. Who is known to be of another store speaks of a till."""
    if store is None or not store.isdigit() or int(store) >= LEAST:
        return False
    folded = fold(text)
    before = [folded[: n.start] for n in find_numbers(text) if n.value == int(store)]
    if not any(one.rstrip(" #").endswith(" la") and not _WE_ARE.search(one) for one in before):
        return False
    things = [span.concepts for span in find_systems(text) if not span.weak]
    return any(one & _ONE_OF_A_TILL for one in things)
