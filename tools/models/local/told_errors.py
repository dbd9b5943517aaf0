"""The code of an error that people tell or show, also where it is short and only its place says
that it is one: 'marca E4', 'salta con F12', 'rechazada con 2335', '0451 Error de comunicación'.

What a screen says in words is told by its picture and by the problem, and cited among the messages.
Of the incidents of the tuning chats codes alone were right for 245 of 348 that have an error or
were given one, words as well for 308 of 569.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.reading import Line, is_code
from tools.models.local.errors import find_code, find_screen_code
from tools.models.local.spelling import fold

# A photo that shows more words is of a paper.
SCREEN_WORDS = 40

# Papers and cards, greetings and receipts.
_PAPER = re.compile(
    r"\b(?:feliz|felic\w+|bendic\w+|buen(?:os|as)? (?:dias?|tardes|noches)|promo\w*|ofertas?|"
    r"descuentos?|gracias por|total|subtotal|aviso a|recuerden|recordatorio|horario|reunion|"
    r"vacante|sorteo|albaran|placa|folio|factura n|aprobad[oa]|exitos[oa]|prueba de velocidad)\b"
)
_SEGMENT = re.compile(r"\n+|\\n|\[|\s{2,}|\s+[/|]\s+|(?<=\w\w)[.;!]+(?=\s)")
_LEADING_CODE = re.compile(r"(?P<code>[A-Z]{1,5}-\d{2,6}|0\d{3})(?=[ :])")
_CLOSING_CODE = re.compile(
    r"(?i:comunicaci[oó]n|fallida|conexi[oó]n|emisor|host|transacci[oó]n)"
    r" (?P<code>0\d|9\d)\.?$"
)
# What a small display shows, where a word announces it: 'marca E4', 'salta con F12'.
_SHORT_CODE = re.compile(
    r"\b(?:marca|sale|pone|muestra|salta|tira|da|dice|aparece|bota|arroja|indica|lanza|mostrando|"
    r"marcando|error|codigo|falla|alarma)(?: (?:con|un|una|el|la|que|de|me|nos|ahi)){0,3} "
    r"(?P<code>(?:E|F|H|U|P|AL|ER|CH|LC|EC)-?\d{1,2}[A-Z]?)(?![\w/])"
)
_REFUSED_WITH = re.compile(
    r"\b(?:rechaz\w+|deneg\w+|declin\w+) (?:con|por)(?: (?:el|un))? "
    r"(?P<code>\d{2,4})\b(?! ?(?:pesos|soles|euros|veces|clientes))"
)
# Words that a device shouts, and no shop: 'SIN SERVICIO', but not 'VILLA URQUIZA'.
_COMPLAINS = re.compile(
    r"\b(?:err(?:or)?|offline|time ?out|sin|no (?:video|imagen|signal)|jam|open|"
    r"(?:fall|fallid|rechazad|denegad|invalid|vencid|expirad|caducad|bloquead|abiert|agotad|llen)"
    r"[oa]s?|bateria baja|low battery)\b"
)
_TRIMMED = " \t.,;:!¡¿?-*_()[]"


def shown_error(text: str) -> str | None:
    """The code that a screen shows, which may stand before what it complains of, or behind it."""
    if code := find_screen_code(text):
        return code
    folded = fold(text)
    if len(folded.split()) > SCREEN_WORDS or _PAPER.search(folded):
        return None
    parts = [part.strip(_TRIMMED) for part in _SEGMENT.split(text)]
    coded = (_LEADING_CODE.match(part) or _CLOSING_CODE.search(part) for part in parts)
    found = next(filter(None, coded), None)
    return found["code"] if found else None


def _short_code(text: str) -> str | None:
    folded = fold(text)
    upper = re.sub(r"\b(?=\w*\d)\w+", lambda one: text[one.start() : one.end()], folded)
    found = _SHORT_CODE.search(upper) or _REFUSED_WITH.search(folded)
    return text[found.start("code") : found.end("code")] if found else None


def error_of(lines: Sequence[Line], images: Sequence[str]) -> str | None:
    """The error that people tell or show: the newest code, of a photo before one that is told; else
    the words that a device shouts."""
    told = [find_code(line.text) or _short_code(line.text) for line in reversed(lines)]
    found = [one for one in (*map(shown_error, reversed(images)), *told) if one]
    shouted = (one for one in found if _COMPLAINS.search(fold(one)))
    return next(filter(is_code, found), None) or next(shouted, None)
