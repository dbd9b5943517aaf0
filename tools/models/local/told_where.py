"""Store numbers that only what stands around them tells from others: 'no hay sistema en el 38',
'acá 50 tampoco', and of one digit 'datáfono fuera de servicio la 8', 'la 8 tiene la caja 2
trabada'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.models.local.numbers import NumberSpan

# From here on no number is a till's or a terminal's.
LEAST, MOST = 10, 1899
_LEAD = (
    r"\W*(?:(?:hola|buen[oa]?s?|dias?|tardes?|noches?|soporte|inge\w*|equipo|oigan|oye|jefe|y|pues|"
    r"si|no|tambien|tampoco|igual|ahorita|ahora|aqui|aca|por|reporto|reportamos|urgente|"
    r"ayuda)[\s,.:!]+){0,4}"
)
_SUPPLY = (
    r"(?:luz|corriente|energia|electricidad|agua|sistema|internet|red|wifi|linea|senal|conexion|"
    r"servicio|telefono)"
)
_DOES = (
    r"(?:jala\w*|funciona\w*|sirve\w*|anda\w*|prende\w*|enciende\w*|cobra\w*|pasan?|imprime\w*|"
    r"abren?|cierran?|leen?|carga\w*|conecta\w*|enfria\w*|factura\w*|pesa)"
)
_LACKS = (
    rf"(?:sin {_SUPPLY}|"
    rf"(?:no|tampoco) (?:hay|ai|tenemos|tengo|tiene) (?:el |la )?{_SUPPLY}|"
    rf"se (?:nos )?(?:fue|cayo|corto) (?:el |la )?{_SUPPLY}|"
    rf"(?:no|tampoco) (?:me |nos |se )?{_DOES} (?:(?:el|la|los|las|mi|una?) )?\w+(?: \d{{1,2}})?)"
)
_TOO = r"(?: (?:tampoco|tambien|igual|tmb))?"
_IN_EL = re.compile(rf"{_LEAD}en el #?")
_BEHIND = re.compile(rf"(?:^|.*\W){_LACKS}{_TOO} (?:aqui |aca )?en el #?", re.DOTALL)
_HERE = re.compile(rf"{_LEAD}(?:aqui|aca) #?")
_FAILS = re.compile(
    rf"\W{{1,2}}(?:(?:tambien|igual|todavia|aun|sigue|seguimos|esta|estamos|quedamos) )?{_LACKS}\b|"
    r"\W{1,2}(?:tampoco|tambien|igual|tmb|idem|lo mismo)\W*$"
)
_END = re.compile(r"\s*(?:$|[,.;!)\n]|(?:tampoco|tambien|por favor|porfa\w*|ayuda|urge\w*)\b)")
_MEASURED = re.compile(r"[.,]\d")
# Of one digit: behind what is 'el', 'la 8' is none of its numbers.
_MASCULINE = (
    r"(?:datafono|tpv|pos|posnet|pinpad|internet|wifi|telefono|aire|refri|refrigerador|horno|"
    r"congelador|lector|escaner|cajon|router|modem|servidor|monitor|sistema|aire acondicionado)"
)
_BROKEN = (
    r"(?:fuera de (?:servicio|linea)|(?:esta |anda |sigue |quedo )?(?:caid|apagad|trabad|"
    r"bloquead|danad|descompuest|malograd|muert|colgad|rot|pegad|congelad|quemad|tapad|cerrad|"
    r"atascad|atorad)[oa]s?)"
)
_DOWN_AT = re.compile(rf"{_LEAD}(?:el |un )?{_MASCULINE}(?: de \w+)? {_BROKEN} (?:en )?la #?")
# No till has these: 'la 8 tiene la pantalla negra' may be of the eighth one.
_OF_A_SHOP = (
    r"(?:caja(?: fuerte| \d{1,2})?|puertas?|cortina|refri\w*|congelador\w*|horno|bano|alarma|"
    r"camaras?|aire(?: acondicionado)?|vitrina|letrero|elevador|estacionamiento|bodega|cajas)"
)
_THE = re.compile(rf"{_LEAD}(?:en )?la #?")
_HAS = re.compile(
    rf"\s+(?:tiene|tienen|tenemos|trae) (?:otra vez |de nuevo |ya )?(?:el|la|los|las|una?|su) "
    rf"{_OF_A_SHOP} (?:muy |bien |otra vez |que no \w+|{_BROKEN})"
)


def told_where(folded: str, numbers: Sequence[NumberSpan]) -> str | None:
    """The store that a folded text says so, by the first number that is one."""
    for number in numbers:
        before, after = folded[: number.start], folded[number.end :]
        if _MEASURED.match(after) or not 1 <= number.value <= MOST:
            continue
        if number.value >= LEAST:
            opens = (_IN_EL.fullmatch(before) or _HERE.fullmatch(before)) and _FAILS.match(after)
            said = opens or (_BEHIND.fullmatch(before) and _END.match(after))
        else:
            down = len(numbers) == 1 and _DOWN_AT.fullmatch(before) and _END.match(after)
            said = down or (_THE.fullmatch(before) and _HAS.match(after))
        if said:
            return str(number.value)
    return None
