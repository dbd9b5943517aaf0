"""Error codes and messages in a text or a screenshot, exactly as given."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.reading import is_code
from tools.models.local.spelling import fold

_HEX = re.compile(r"\b0x[0-9A-Fa-f]{2,16}\b")
_SNAKE = re.compile(
    r"\b(?:ERR|ERROR|E|EX|SQL)_[A-Z0-9]+(?:_[A-Z0-9]+)*\b|\b[A-Z]{3,}(?:_[A-Z0-9]{2,}){2,}\b"
)
_ERR_GLUED = re.compile(r"\b(?:ERR|ERROR|CODE)[-.]?\d{1,6}\b", re.IGNORECASE)
_HTTP = re.compile(r"\bHTTP\s?[1-5]\d\d\b", re.IGNORECASE)
# A letter code that needs no context: E-102, E102, E-04A.
_E_CODE = re.compile(r"\bE[-_]?\d{2,6}[A-Z]?\b|\bE-\d\b")
# Any code of letters and digits, believed only after a word that announces an error.
_ANY_CODE = re.compile(
    r"\b[A-Z]{1,6}[-_]\d{1,6}[A-Z]?\b|\b[A-Z]{1,4}\d{2,6}[A-Z]?\b|\b\d{1,4}[-x][0-9A-F]{2,8}\b"
)
_ANNOUNCED = re.compile(
    r"\b(?:error|err|codigo|code|fallo|falla|marca|sale|aparece|arroja|dice|muestra|pone|tira|"
    r"manda|lanza|mensaje|aviso|alerta|indica|rechaz\w+|deneg\w+|se (?:ve|lee)|salio|dio|da|"
    r"marco|aparecio|boto|bota|tiro|arrojo|puso|vencid[oa]|bloquead[oa]|caducad[oa]|"
    r"sigue (?:con|en)|otra vez|de nuevo|mismo)\b"
)
# 'dice NO VIDEO': a display's own words, in a text that is not shouted itself.
_SHOUTED = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,}(?: [A-ZÁÉÍÓÚÑ0-9]{1,12}){1,3}\b|\bNO [A-ZÁÉÍÓÚÑ]{3,}\b")
_DISPLAYED = re.compile(r"[A-Z]{2,}(?: [A-Z]{2,})?")
# The whole of what a small display shows.
_DISPLAY = re.compile(r"\s*(?:E|F|H|P|U|CH|ER|ERR)[- ]?\d{1,3}\s*")
_NUMBERED = re.compile(
    r"\b((?:codigo|code|cod\.?)(?: de)?(?: error| rechazo| respuesta)?|error(?: code)?|err|fallo|"
    r"excepcion)"
    r"\s*(?:n[o°º]?\.?|num(?:ero)?\.?|nro\.?|#|:|codigo)?\s*#?(\d{1,6})\b(?!\s?(?:veces|vez|min|"
    r"hora|dia|clientes|%))"
)
# 'da 504', 'denegada 117', '05 denegada': a bare number that a device answers with.
_ANSWERED = re.compile(
    r"\b(?:da|dio|tira|sale|saca|arroja|manda|bota|respuesta|deneg\w+|rechaz\w+|anulad\w+|"
    r"declinad\w+|error)(?: un| el| la| con| en| codigo| error)? (?P<code>0\d|\d{3})"
    r"(?![\d.,:/%$]|\d| ?(?:pesos|soles|euros|veces|personas|clientes|grados|hs|horas|min|cajas|"
    r"kilos|gramos|en lugar|en vez))\b"
    r"|(?<![\w.,$-])(?P<first>0\d|\d{2,3}) (?:deneg|rechaz|declin)\w+|\brespuesta (?P<host>\d{2})\b"
    r"|\b(?:rechazad[oa]|denegad[oa]|declinad[oa]) (?P<refused>\d{2})\b"
    r"|\blo (?:mismo )?del? (?:el )?(?P<same>50[0-4]|404)\b"
    r"(?! ?(?!\w+mos\b|antes\b|despues\b|ademas\b|entonces\b)[a-z]{4,}s\b)"
)
# Where a number is what a thing costs: 'en góndola 89.90 y me sale 104'.
_PRICED = re.compile(r"\bprecios?\b|\bcuesta\w*|\bvale \d|\bgondola\b")
# What a screen says when all is well.
_SUCCEEDS = re.compile(
    r"\b(?:aprobad[oa]|aceptad[oa]|autorizad[oa]|exitos[oa]|completad[oa]|en (?:reparto|camino))\b"
)
_FAILS = re.compile(r"\b(?:no|error|deneg\w+|rechaz\w+|fall\w+|sin|declin\w+)\b")
# What a number in front of it counts or dates.
_GOODS = r"(?:KG|ML|OZ|PZ|UND?|ENERO|FEBR|MARZO|ABRIL|MAYO|JUN|JUL|AGO|SEP|OCT|NOV|DIC|HORAS|DIAS)"
# A code that a line of a screen begins with: 'C-57 TERMINAL BLOQUEADO', 'ORA-12541: TNS'.
_LEADS = re.compile(
    r"^(?:[A-Z]{1,5}[-_]\d{2,6}|[A-Z]{2,6}\d{2,6}|\d{4} (?=- )|"
    rf"\d{{2}} (?=[A-Z]{{2}})(?! ?{_GOODS}))(?=\b| |:)|"
    r"^[A-Z]\d{2}(?= (?:TERMINAL|TARJETA|HOST|DESCAL|FALL|ERROR|SIN |NO ))|"
    r"^[45]\d\d(?= (?:GATEWAY|SERVICE|BAD|INTERNAL|NOT|ERROR))",
    re.MULTILINE,
)
_LEADS_ALONE = re.compile(
    r"^(?:[A-Z]{3}-\d{4,6}(?=:)|(?:ERR|ER|[A-Z]{1,2})[ -]?\d{1,3}(?= +-?\d+(?:[.,]\d)? ?°))",
    re.MULTILINE,
)
# A code that a line of a screen ends with: 'TRANSACCION NO PROCESADA 91', 'ATASCO  C2557'.
_ENDS = re.compile(
    r"\b(?:NO PROCESADA|NO AUTORIZADA|NO REALIZADA|RECHAZAD[OA]|DENEGAD[OA]|DECLINAD[OA]|ATASCO|"
    r"FALLO|FALLA|BLOQUEAD[OA]|REINTENTE)[ .:()#-]+"
    r"(?P<code>\d{2,3}|\d{5}|[A-Z]{1,4}-?\d{2,5})\)?(?!:)(?=$|  | - )",
    re.MULTILINE,
)
# 'ERROR -99': below nought.
_NEGATIVE = re.compile(r"\berror (-\d{1,4})\b")
# 'Error 5B00': digits with letters among them.
_MIXED = re.compile(r"\berror (?=\d*[a-f])(\d(?!da\b|ra\b|er\b)[0-9a-f]{2,5})\b")
_RESPONSE = re.compile(
    r"\bRESP(?:UESTA)?[ .:]+(?P<code>\d{2,3})\b(?! (?:HORAS|DIAS|MIN))", re.IGNORECASE
)
# What a bank answers a card terminal: 'TRANSACCION NO REALIZADA R91'.
_HOST = re.compile(r"\bR\d{2}\b")
# A code and nothing else, as a card terminal or a till shows it: R91, PT-503.
_WHOLE = re.compile(r"[A-Z]{1,4}-?\d{2,4}|[A-Z]{2,4}-\d{5,6}")
# All that a page shows of a server that fails.
_PAGE = re.compile(r"\s*[45]\d\d\s*")
_SAYS = (
    r"\b(?:marca|marcan|marcando|dice|diciendo|sale|saliendo|aparece|aparecio|muestra|mostrando|"
    r"pone|arroja|tira|tiraba|manda|lanza|mensaje(?: de)?|aviso(?: de)?|leyenda(?: de)?|letrero|"
    r"error|says|shows|message|cartel(?: que dice)?)\b"
)
_QUOTED = re.compile(_SAYS + r"[^\"“«'‘]{0,25}[\"“«'‘]([^\"”»'’]{3,80})[\"”»'’]")
_AFTER_COLON = re.compile(_SAYS + r"(?: que)?(?: lo siguiente)?\s*:\s*([^.\n!?]{3,60})")
_VOCABULARY = (
    r"(?:error (?:de|en|al|interno|fatal|desconocido|del)|sin (?:papel|conexion|senal|red|tinta|"
    r"comunicacion|respuesta|linea|memoria|espacio)|no conectad[oa]|desconectad[oa]|"
    r"(?:conexion|comunicacion|transaccion|tarjeta|"
    r"operacion|acceso|autenticacion|sesion|licencia|certificado) \w+ad[oa]\b|"
    r"(?:conexion|transaccion|operacion|comunicacion|impresion|lectura) (?:fallida|rechazada|"
    r"perdida|no autorizada|no disponible|invalida|interrumpida)|fuera de (?:linea|servicio)|"
    r"tarjeta (?:no|rechazada|invalida|ilegible)|tiempo de espera|time ?out|acceso denegado|offline"
    r"|no (?:connection|disponible|autorizado|hay conexion|responde|encontrado|signal|network|"
    r"se puede conectar)|papel atascado|atasco de papel|cubierta abierta|tapa abierta|(?:usuario|"
    r"contrasena|clave|licencia|sesion|certificado) (?:bloquead|vencid|expirad|incorrect|invalid|"
    r"caducad)[oa]|servicio no|servidor no|disco lleno|memoria llena|declinad[oa]|paper jam|"
    r"out of paper|no (?:video|image|paper|card)|"
    r"(?:head|cover|lid|door) open|connection \w+|access denied|reintente|llame al banco|"
    r"cargue papel|"
    r"dispositivo no|device not|pin bloqueado|host no|saldo insuficiente|rechazad[oa])"
)
_UNQUOTED = re.compile(
    r"\b(?:marca|dice|sale|aparece|aparecio|muestra|pone|arroja|tira|manda|lanza|mensaje|leyenda|"
    r"says|shows)\b(?: (?:que|un|una|el|la|de|mensaje|letrero|aviso|como|solo|en|pantalla|esta|"
    r"con|con la leyenda))*\s*:?\s*(" + _VOCABULARY + r"[^.,;:!?\n()]{0,40})"
)
_TAIL = re.compile(
    r"\s(?:y|pero|cuando|en (?:la|el) (?:tienda|caja|sucursal|pantall\w+|monitor|panel)|"
    r"desde|aunque|porque)\b.*$"
)
# Codes that stand alone in a line of a screen: E4, Err 6; and, where the screen complains, LB-21.
_LONE = re.compile(r"^(?:ERR|ER|E|F|H)[ -]?\d{1,3}$", re.IGNORECASE | re.MULTILINE)
_LONE_AMID = re.compile(r"^[A-Z]{2,5}[-_]\d{2,6}$", re.MULTILINE)
_COMPLAINS = re.compile(
    r"\b(?:no|sin|error|fall[oa]|reintente|intente|vuelva|llame|soporte|reinicie|revise|verifique|"
    r"cambie|espere|rechazad[oa]|caducad[oa]|agotad[oa]|perdid[oa]|perdio|acabo|"
    r"bloquead[oa]|descale|limpi\w+|mantenimiento|timeout|gateway|unavailable|invalid\w*|"
    r"incorrect\w*)\b"
)
# A wide code that glare cut off: it begins with noughts and lacks its end.
_CUT = re.compile(r"0x00[0-9A-Fa-f]{0,5}")
_NO_CODE = re.compile(r"^(?:covid|t|tda|s|suc|usb|mp|ip|win|windows|a|b|iva|pc)[-_]?\d", re.I)


@lru_cache(maxsize=1024)
def find_error(text: str) -> str | None:
    """The error code of the text, else the error message it cites, as written; None if neither."""
    return _code(text) or _message(text)


def find_code(text: str) -> str | None:
    """The error code of the text, or what it says that a display shouts; None where it cites
    other words, which nobody calls the error: they tell the problem."""
    found = find_error(text)
    shouted = found is not None and bool(_DISPLAYED.fullmatch(found))
    return found if found and (is_code(found) or shouted) else None


def find_screen_error(text: str) -> str | None:
    """The error that a screen shows: a code, else the first line that speaks of an error."""
    code = _code(text)
    if code and not _CUT.fullmatch(code):
        return code
    if lone := _LONE.search(text) or _LEADS_ALONE.search(text):
        return lone.group()
    if _PAGE.fullmatch(text):
        return text.strip()
    folded = fold(text)
    if ends := _ENDS.search(text) or _RESPONSE.search(text):
        return ends["code"]
    if _SUCCEEDS.search(folded) and not _FAILS.search(folded):
        return None
    if (leads := _LEADS.search(text)) and (_COMPLAINS.search(folded) or _FAILS.search(folded)):
        return leads.group().strip()
    if (host := _HOST.search(text)) and _FAILS.search(folded):
        return host.group()
    if (amid := _LONE_AMID.search(text)) and _COMPLAINS.search(fold(text)):
        return amid.group()
    if found := _message(text):
        return found
    if _DISPLAY.fullmatch(text):
        return text.strip()
    for line in text.splitlines():
        folded = fold(line)
        if re.search(r"\berror\b|\bfall[oa]\b", folded) or re.search(_VOCABULARY, folded):
            return line.strip()
    return None


def find_screen_code(text: str) -> str | None:
    """The code that a screen shows; None where it only tells in words what is wrong."""
    shown = find_screen_error(text)
    if shown and is_code(shown):
        return shown
    whole = text.strip()
    return whole if _WHOLE.fullmatch(whole) and not _NO_CODE.match(whole) else None


def error_spans(text: str) -> list[tuple[int, int]]:
    """Where codes stand in a text, so that other grammars do not read them as something else."""
    spans = [m.span() for p in (_HEX, _SNAKE, _ERR_GLUED, _HTTP) for m in p.finditer(text)]
    spans += [m.span() for m in _E_CODE.finditer(text)]
    spans += [m.span() for m in _NUMBERED.finditer(fold(text))]
    return spans


def _code(text: str) -> str | None:
    for pattern in (_HEX, _SNAKE, _HTTP, _ERR_GLUED):
        match = pattern.search(text)
        if match:
            return match.group()
    match = _E_CODE.search(re.sub(r"\be(?=-?\d{2,6}\b)", "E", text))
    if match:
        return text[match.start() : match.end()]
    folded = fold(text)
    numbered = _NUMBERED.search(folded)
    announced = _ANNOUNCED.search(folded)
    if announced and not (numbered and numbered.start() <= announced.start()):
        for found in _ANY_CODE.finditer(text.upper(), announced.end()):
            if not _NO_CODE.match(found.group()) and found.start() - announced.end() < 30:
                return text[found.start() : found.end()]
    if numbered:
        return text[numbered.start() : numbered.end()]
    if odd := _NEGATIVE.search(folded) or _MIXED.search(folded):
        return text[odd.start(1) : odd.end(1)]
    answered = None if _PRICED.search(folded) else _ANSWERED.search(folded)
    return next((code for code in answered.groups() if code), None) if answered else None


def _message(text: str) -> str | None:
    folded = fold(text)
    for pattern in (_QUOTED, _UNQUOTED, _AFTER_COLON):
        match = pattern.search(folded)
        if match:
            start, end = match.span(1)
            if pattern is not _QUOTED:
                tail = _TAIL.search(folded[start:end])
                end = start + tail.start() if tail else end
            said = text[start:end].strip(" ,;:-")
            succeeds = _SUCCEEDS.search(fold(said)) and not _FAILS.search(fold(said))
            if len(said.split()) <= 10 and said and not succeeds:
                return said
    announced = _ANNOUNCED.search(folded)
    shown = _SHOUTED.search(text, announced.end()) if announced else None
    if announced and shown and not text.isupper() and shown.start() - announced.end() < 15:
        return shown.group()
    return None
