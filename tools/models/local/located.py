"""Store numbers by where they stand in a sentence: 'la 45 tampoco', 'la alarma de la cincuenta y
dos', '118 igual'. What a number counts, and the number of a till or a terminal, is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.models.local.numbers import NumberSpan
from tools.models.local.systems import find_system

# From here on a number behind 'en la' is a store's: below it may be a till's.
LEAST = 10
MOST = 9999
# A number that opens a text has at least so many digits to be a store's.
LEADING_DIGITS = 2

_IN_THE = re.compile(
    r"(?:^|[^\w])(?:en|de|desde|aca|aqui|por|para|soy|somos|estamos|y|x\d|tmb|tambien|tampoco|"
    r"idem|igual|falta|\+1)[, ]+(?:en |de )?la #?$|"
    # 'no prende, reporta la 116'
    r"(?:^|[.,;!] ?)(?:les )?(?:reporta|saluda) la #?$"
)
# 'Manden a alguien a la 12, no prende la caja': where help is wanted for what fails.
_HELP_AT = re.compile(
    r"\b(?:revisen|chequen|chequeen|vean|miren|ayuden a|apoyen a|atiendan(?: a)?|manden a|pasen a|"
    r"vengan a|(?:manden|pasen|vengan) (?:\w+ ){1,4}a) la #?$"
)
# 'No ha llegado nadie a abrir la 25', 'no abrieron la 30'.
_OPENS_IT = re.compile(
    r"\b(?:no|nadie|sin|ni)\b(?: \w+){0,6}? (?:abr(?:ir|en|io|ieron|a|an|e)|abierto|cerr(?:ar|"
    r"aron)|"
    r"levant(?:ar|aron) (?:la cortina|la persiana) de) (?:en )?la #?$"
)
_FAILS_THERE = re.compile(
    r"\W{1,3}(?:que |porque |pq |xq |ya )?(?:no|sin|se (?:le |les )?(?:cayo|fue|trabo))\b"
)
# So nobody speaks of a till: 'es la caja 2, somos la 31'.
_WE_ARE = re.compile(r"(?:^|\W)(?:soy|somos) (?:de |en )?la (?:tienda )?#?$")
_THE = re.compile(r"^\W*(?:(?:en|aca|aqui|y|si|no|pues|tmb|tambien|tampoco|igual) )*la #?$")
# 'Sin sistema la 40', 'sumen la 40': behind what is missing, or what is to be done with it.
_BEHIND = re.compile(
    r"\b(?:(?:sin|(?:no|tampoco) (?:hay|ai|ay|tiene|tenemos)) (?:luz|corriente|energia|"
    r"electricidad|agua|sistema|internet|red|wifi|linea|senal|conexion|servicio)"
    r"(?: (?:tambien|igual))?|"
    r"(?:sum|agreg|anot|apunt|anex|inclu)\w+(?: (?:tambien|igual|ahi))?(?: a)?) la #?$"
)
# The same behind how a thing is: 'datáfono fuera de servicio la 18', 'no jala el datáfono la 18'.
_IS_DOWN = re.compile(
    r"\b(?:fuera de (?:servicio|linea)|(?:esta|anda|sigue|quedo)? ?(?:caid|apagad|trabad|bloquead|"
    r"danad|descompuest|malograd|muert|colgad)[oa]|en negro|"
    r"no (?:jala|funciona|sirve|cobra|prende|imprime|lee|enciende|anda|pasa|abre) (?:el|la) \w+)"
    r" la #?$"
)
# 'Igual en la 6', and nothing else: said of a store, as it is of 'y en la 6 igual'.
_FEW_TOO = re.compile(
    r"\W*(?:(?:y|aqui|aca|nosotr[oa]s|yo|pues) )*(?:igual|tambien|tampoco|tmb|lo mismo|idem)"
    r"(?: (?:aqui|aca|yo|nosotr[oa]s))? en la #?"
)
# 'No ha llegado el camión a la 12', 'manden rollos a la 31 por favor', 'a la 13 tampoco'.
_SENT_TO = re.compile(
    r"\b(?:lleg(?:o|a|an|aron|ado|ue)|mand\w+|envi\w+|entreg\w+|surt\w+|traj\w+|tra(?:er|igan))\b"
    r"[^.,;!?\n]{0,50} a la #?$"
)
_TO_THE = re.compile(r"\W*(?:(?:y|pues|si|no|nosotr[oa]s) )*a la #?")
_OF_THREE = re.compile(r"\bdel (?:local |punto )?#?$")
# The same fault, or its end, said of a number that opens the text.
_ECHOES = re.compile(
    r"\s*[,:]?\s*(?:igual\w*|tampoco|tambien|tmb|tb|lo mismo|idem|aun|todavia|sigue|x\d|"
    r"(?:ya )?(?:abierta|abrio|operando|trabajando)\b"
    r"(?=.{0,40}\b(?:no\b|sin (?!novedad|problema|falla|embargo)))|"
    r"sin (?!embargo)\w+|no (?!hay (?:prisa|apuro))\w+)\b(?! #?\d)"
)
_FEW_ECHO = re.compile(r"\s*(?:tampoco|tambien|tmb|tb|igual|lo mismo)\b")
# What a store has several of, and numbers.
_UNIT = (
    r"\b(?:cajas?|pcs?|computadoras?|mesas?|terminal(?:es)?|datafonos?|tpvs?|posnets?|pasillos?|"
    r"puertas?|balanzas?|impresoras?|camaras?)"
)
_UNIT_BEFORE = re.compile(rf"{_UNIT} ?\d|\b(?:lineas?|rutas?|calles?) ?\d")
# Behind it stands whose it is: 'la caja 2 de la 45', 'la terminal 3 en la 45'.
_UNIT_OF = re.compile(rf"{_UNIT} ?\d+ (?P<of>de|en) la #?$")
# 'Del 2019' is a date.
_YEARS = range(1990, 2050)
_UP_TO = re.compile(r"\s*al? (?:la )?#?\d")
_IN_A_PLACE = re.compile(r"\ben la #?$")
# Of these a store has a second and a third: 'la caja no abre, la puse en la 2'.
_MAY_BE_NUMBERED = re.compile(
    r"\b(?:cajas?|cajer[oa]s?|registradoras?|pcs?|computadoras?|mesas?)\b|\bla #?\d.*\bla #?$"
)
# 'Acá en 76' and, where a till was named by its number, 'acá en la 113': no shop has so many tills.
_RIGHT_HERE = re.compile(r"\b(?:aqui|aca) en (?P<the>la )?#?$")
# 'Ya no alumbran, acá 104', with nothing behind it.
_ENDS_HERE = re.compile(r"\b(?:aqui|aca) #?$")
_END = re.compile(r"\W*$")
_MOST_TILLS = 20
# 'Acá en 15 llega el técnico' tells when: beside a bare number something fails, or is asked for.
_WHEN = re.compile(
    r"\b(?:lleg|vien|vuelv|regres|voy\b|vamos\b|salg|salimos|termin|cierr|cerram|abrimos|empiez|"
    r"list[oa]|paso\b|pasa\b|vemos\b)"
)
_TROUBLE = re.compile(
    r"\s*(?:$|[,.;!\n]|(?:no (?!nos vemos)|sin\b|se (?:cay|fue|trab|apag|congel)|tampoco|igual|"
    r"tambien|urge|ya mismo|por favor|porfa|gracias|cuando|dale|va (?:muy )?lent|anda[n]? |"
    r"si (?:sois|son|eres|es|no es|fuera\w*|me|nos|pueden?|podeis|podria\w*)\b|a ver si\b|"
    r"(?:muchas|mil|mucha) gracias|saludos|cuanto antes|"
    r"esta[n]? (?:sin|caid|todo|lent|muert|fall)))"
)
_CLAUSE_ENDS = re.compile(r"\s*(?:$|[,.;!)\n]|(?:por favor|porfa\w*|ayuda|urge\w*|gracias)\b)")
# What stands before a store that is said not to be meant.
DENIED = re.compile(r"\bno (?:es|era|soy de|somos|fue)(?: en| de)?(?: la| el)?\s*#?$")
_MEASURED = re.compile(
    r"\s*(?:[%/°º]|:(?! [a-z])|[.,-]\d|ª|grados\b|de la (?:manana|tarde|noche)|"
    r"y (?:media|cuarto|pico)|"
    r"de (?:\w+ )?(?:enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|sept?iembre|octubre|noviembre|diciembre)|"
    r"(?:con|esquina)\b|primer\w*)"
)


def located_number(
    folded: str, numbers: Sequence[NumberSpan], counted: re.Pattern[str]
) -> str | None:
    """The first number that stands where a store does; `counted` is what says how many.

    'y la 40', 'en la sesenta y uno la caja 4', 'la caja 2 de la 45', 'la 8 tampoco cobra'.
    """
    for number in numbers:
        before, after = folded[: number.start], folded[number.end :]
        if number.value > MOST or _MEASURED.match(after) or counted.match(after):
            continue
        if DENIED.search(before) or (number.value in _YEARS and _OF_THREE.search(before)):
            continue
        if _is_owner(number, before, after) or _is_where_it_fails(number, before, after):
            return str(number.value)
        if _is_right_here(number, before, after) or _WE_ARE.search(before):
            return str(number.value)
        if _UNIT_BEFORE.search(before):
            continue
        if _stands_alone(number, before, after) or _after_article(number, before, after):
            return str(number.value)
    return None


def _is_owner(number: NumberSpan, before: str, after: str) -> bool:
    """'La caja 2 de la 45': whose the numbered thing is that was just named."""
    unit = _UNIT_OF.search(before)
    if unit is None or _UP_TO.match(after):
        return False
    return number.value >= LEAST or unit["of"] == "de"


def _is_where_it_fails(number: NumberSpan, before: str, after: str) -> bool:
    """'No jala la terminal en la 7': few numbers are a store's, unless a thing is told of whose
    place they are, and nothing that is numbered itself."""
    if number.value >= LEAST or not _IN_A_PLACE.search(before) or not _CLAUSE_ENDS.match(after):
        return False
    numbered = _MAY_BE_NUMBERED.search(before) or _MAY_BE_NUMBERED.search(after)
    return not numbered and find_system(before) is not None


def _is_right_here(number: NumberSpan, before: str, after: str) -> bool:
    """'No prende la caja 2 acá en la 113', 'acá en 76 no hay internet'."""
    here = _RIGHT_HERE.search(before)
    if here is None:
        ends = _ENDS_HERE.search(before) and _END.match(after)
        return number.value >= LEAST * LEAST and bool(ends)
    if here["the"]:
        return number.value >= (_MOST_TILLS if _UNIT_BEFORE.search(before) else LEAST)
    told = _TROUBLE.match(after) and not _WHEN.search(before)
    return number.value >= LEAST and bool(told)


def _after_article(number: NumberSpan, before: str, after: str) -> bool:
    if number.value >= LEAST and _OF_THREE.search(before):
        return number.value >= LEAST * LEAST
    if _IN_THE.search(before):
        few = _FEW_ECHO.match(after) or (_FEW_TOO.fullmatch(before) and _END.match(after))
        return number.value >= LEAST or bool(few)
    if number.value >= LEAST and _HELP_AT.search(before):
        return bool(_FAILS_THERE.match(after))
    if number.value >= LEAST and (_BEHIND.search(before) or _IS_DOWN.search(before)):
        return bool(_CLAUSE_ENDS.match(after) or _FEW_ECHO.match(after))
    if number.value >= LEAST and _SENT_TO.search(before):
        return bool(_CLAUSE_ENDS.match(after))
    if number.value >= LEAST and _TO_THE.fullmatch(before):
        return bool(_FEW_ECHO.match(after))
    if number.value >= LEAST and _OPENS_IT.search(before):
        return bool(_CLAUSE_ENDS.match(after))
    return bool(_THE.match(before)) and bool(
        (_ECHOES if number.value >= LEAST else _FEW_ECHO).match(after)
    )


def _stands_alone(number: NumberSpan, before: str, after: str) -> bool:
    opens = not before.strip(" ,.¡¿") and number.value >= LEAST
    long = number.end - number.start >= LEADING_DIGITS
    return opens and long and bool(_ECHOES.match(after))
