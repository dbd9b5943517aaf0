"""When somebody takes back that they cancelled their report: 'no lo cancelen, no prende'. Pure.

So people speak of orders and sales as well: only right after they cancelled it is meant of that.
"""

from __future__ import annotations

import re

from domain.wording import laughs, plain

LONGEST = 120
_FRONT = (
    r"(?:(?:no|ay|ah|uy|oh|perdon\w*|disculp\w+|una disculpa|oigan?|oye|bot|recado|mejor|esper\w+|"
    r"pero|y|ya no|me equivoque|chicos|equipo|por favor|porfa\w*|es que|creo que|che) ){0,4}"
)
_TICKET = r"(?:(?:el|mi|ese|este) (?:ticket|reporte|folio|caso))"
_AFTER_ALL = (
    r"(?:siempre si|al final si|si (?:lo|la) (?:necesito|necesitamos|ocupo|ocupamos|quiero|"
    r"queremos)|"
    r"(?:todavia|aun) (?:lo|la) (?:necesito|necesitamos|ocupo|ocupamos)|"
    rf"(?:siempre )?no (?:lo |la |me lo |nos lo )?(?:cancel|anul|borr|descart|elimin|cierr)(?:en|"
    rf"es|e)"
    rf"(?:lo|la)?(?: {_TICKET})?|"
    rf"(?:olvid|ignor|anul|descart|cancel)en (?:la (?:cancelacion|anulacion)|lo de "
    rf"cancelar(?:lo)?)|"
    rf"(?:si )?d[ej]+(?:en|a|e)(?:lo|la)? (?:{_TICKET} )?(?:abiert[oa]|como estaba|activ[oa])|"
    r"me arrepenti|cancele por error|(?:lo|la) cancele (?:por error|sin querer)|"
    r"me equivoque al cancelar(?:lo|la)?)"
)
_POLITE = (
    r"(?: (?:por favor|porfa\w*|gracias|ya|si|lo|la|necesito|necesitamos|ocupo|ocupamos|perdon|"
    r"disculpen|entonces|mejor|chicos|equipo|aun|todavia))*"
)
_WANTS = re.compile(rf"{_FRONT}{_AFTER_ALL}(?P<rest>(?: [a-z0-9]+){{0,10}})")
_ONLY_POLITE = re.compile(_POLITE)
_FAILS = re.compile(
    r"\b(?:no|sigue|siguen|seguimos|falla|fallan|fallo|fallando|sin|otra vez|de nuevo|igual|mal|"
    r"tampoco|ni|nada|apagad[oa]|trabad[oa]|muert[oa]|caid[oa])\b"
)


def wants_it_after_all(text: str) -> bool:
    """Whether a text of who has just cancelled their report wants it after all."""
    if "?" in text or len(text) > LONGEST or laughs(text):
        return False
    met = _WANTS.fullmatch(plain(text))
    rest = met["rest"] if met else None
    return rest is not None and bool(_ONLY_POLITE.fullmatch(rest) or _FAILS.search(rest))
