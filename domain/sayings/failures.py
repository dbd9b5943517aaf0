"""What words say to fail now, phrase by phrase, whatever else they tell beside it. Pure.

'No hay clientes porque no hay luz' tells of a failure in its last words; 'si se va la luz, cierren'
of one that may come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.sayings.mended import LONGEST_READ
from domain.wording import plain

# What fails now, in plain words: how a thing is, and what it does or does not.
_IS_DOWN = re.compile(
    r"\b(?:esta|estan|sigue|siguen|quedo|quedaron|anda|andan) (?:(?:muy|bien|super|toda?s?|medio|"
    r"tan|otra vez|como) )?(?:(?:caid|muert|lent|lentisim|trabad|bloquead|(?:des)?congelad|apagad|"
    r"atorad|atascad|tapad|danad|rot|descompuest|malograd|colgad|pegad|pasmad|quemad|fundid|inundad|"
    r"averiad|desconectad)[oa]s?|gotea\w+|chorrea\w+|fallando|cobrando (?:doble|de mas|mal)|sin "
    r"(?:luz|sistema|internet|red|senal|linea|agua|papel|corriente))\b|"
    r"\b(?:no hay|no ten\w+|no tien\w+|sin|ni|se (?:nos )?fue (?:la|el)) (?:ni )?(?:luz|internet|"
    r"sistema|red|senal|linea|corriente|energia|wifi)\b|\ba oscuras\b"
)
_DOES_NOT = re.compile(
    r"\bno (?:(?:me|nos|se|le|les|lo|la) )*(?:(?:esta|estan|quiere|quieren|deja|dejan|puedo|"
    r"podemos|ha|han) )?(?!\w+(?:ar|er|ir)\b)(?:funcion|sirv|jala|prend|"
    r"enciend|encend|abr[ei]|cierra|cobr|imprim|enfri|carga|cargo|pasa|leen?\b|graba|pesa|conect|arranc|respond|entra|sub[ei]|baja|calient|"
    r"agarr|factur|timbr|escane|suena|sincroniz|deja |llega (?:la|el) (?:senal|agua))\w*|"
    r"\bse (?:(?:me|nos|le) )?(?:atora|atasca|traba|tranca|va|apaga|cae|cuelga|congela|reinicia|"
    r"(?:quedo|quedaron) (?:sin|en|trab|peg|pasm)|(?:cay|fue|apag|quem|descompu|trab|mur|dan|"
    r"malogr|romp|colg|congel|ator|atasc|peg|pasm|bloque)(?:o|i[oe]\w*|so|aron|yeron))\b|"
    r"\b(?:rechaza|cobra (?:mal|doble|de mas)|marca(?:n|ndo)? error|da error|sale error)\w*"
)
# Said of a case that may come: 'cuando no abra', 'si se va la luz'.
_IN_CASE = re.compile(
    r"\b(?:si|cuando|en caso de(?: que)?|mientras|hasta que|para que) (?!no hay de otra)"
    r"(?:\w+ ){0,6}?$"
)
_PIECE = re.compile(r"[^.,;:!?\n]+")


def failures(text: str, *, plainly: bool) -> Iterator[str]:
    """The plain words of a text that say how a thing is which fails now, and where `plainly` those
    as well that say what it does or does not: these are said of what usually happens, too."""
    for piece in map(plain, _PIECE.findall(text[:LONGEST_READ])):
        for pattern in (_IS_DOWN, _DOES_NOT) if plainly else (_IS_DOWN,):
            for said in pattern.finditer(piece):
                if not _IN_CASE.search(piece[: said.start()]):
                    yield said.group()
