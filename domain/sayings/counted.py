"""How many there are of something, as colleagues ask each other and answer: '¿cuántas cajas
faltan?', 'confirmo 12'. No number of it is a store, and nothing fails. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.gist import Gist
from domain.wording import plain

COUNTS = "answers a colleague who asks how many there are"
# How many stores, or who else, have a failure, is another question.
_HOW_MANY = re.compile(
    r"\b(?:cuant[oa]s?|que cantidad|que numero de|quien confirma|me confirman|confirmen|"
    r"confirmame|pasenme|pasame el|reporten|cuentan con|piezas)\b"
)
_OF_STORES = re.compile(
    r"\b(?:cuant[oa]s? (?:(?:son|estan|estamos|somos|tiendas|sucursales|locales|sedes|mas|"
    r"quedan)\b)|"
    r"(?:sin|caid\w+|afectad\w+|no) (?:\w+ )?(?:sistema|luz|internet|red|linea|senal|servicio))"
)
_NUMBER = (
    r"(?:\d{1,4}|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|"
    r"quince|veinte|treinta|cuarenta|cincuenta|ningun[oa]?|cero|media)"
)
_COUNT = re.compile(
    rf"(?:(?:ok|si|va|aqui|aca|yo|nosotros|son|serian|hay|llegaron|tengo|tenemos|faltan|me|nos|"
    rf"quedan|recibi|recibimos|confirmo|confirmamos|confirmad[oa]s?|recibid[oa]s?|van|llevo|"
    rf"conte|solo|nomas|apenas|como|unas|unos|en la \d{{1,4}}|la \d{{1,4}}|de la \d{{1,4}}) )*"
    rf"{_NUMBER}(?: (?:mas|y media|y medio|\d{{1,3}}))?"
    r"(?: (?:cajas?|piezas?|pz|pzas|bultos?|kilos?|kg|paquetes?|unidades|rollos?|bolsas?|pallets?|"
    r"tarimas?|pares|litros|cartones|charolas|exactas|completas|nada mas|por favor|gracias|jefe|"
    r"en total|nomas|confirmad[oa]s?))*"
)


def counts_for_them(gist: Gist, asked: Sequence[str]) -> bool:
    """Whether a text is no more than a number that answers who lately asked how many; the words of
    others are given, the newest last."""
    if gist.problem or gist.error or gist.signs.get("danger") or "?" in gist.text:
        return False
    if not _COUNT.fullmatch(plain(gist.text)):
        return False
    questions = [plain(one) for one in asked]
    return any(_HOW_MANY.search(one) and not _OF_STORES.search(one) for one in questions)
