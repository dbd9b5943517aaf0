"""What a screen says in words, where it shows no code: 'Usuario bloqueado', 'SIN RESPUESTA HOST'.

Read from photos of screens, and from what people cite of them: 'sale un letrero de servicio no
disponible'. Only the field of a ticket holds such words; two incidents are told apart by codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from domain.reading import Line, is_code
from tools.models.local.errors import find_code, find_screen_code
from tools.models.local.spelling import fold

# So many words a screen says at most, and a photo that shows more is of a paper.
MESSAGE_WORDS = 9
SCREEN_WORDS = 40
# Nobody cites a screen more often in one message.
MOST_CITED = 20

# What only a device says of itself, however its words go on.
_PLAIN = (
    r"(?:error(?:es)?|fail(?:ed|ure)?|fault|fallo|fallid[oa]s?|timeout|time ?out|offline|"
    r"rechazad[oa]s?|rechazo|denegad[oa]s?|declinad[oa]s?|denied|inval\w+|incorrect[oa]s?|"
    r"incorrecto|"
    r"expirad[oa]s?|caducad[oa]s?|vencid[oa]s?|bloquead[oa]s?|inactiv[oa]s?|deshabilitad[oa]s?|"
    r"inhabilitad[oa]s?|desconectad[oa]s?|inexistentes?|insuficientes?|inesperad[oa]s?|"
    r"interrumpid[oa]s?|agotad[oa]s?|duplicad[oa]s?|atascad[oa]s?|atasco|jam|"
    r"no (?:hay (?:conexion|senal|respuesta|comunicacion|red|sistema|papel|linea)|connection|"
    r"signal|network|fire|paper|card|video|image|disponible|autorizad[oa]s?|habilitad[oa]s?|"
    r"registrad[oa]s?|reconocid[oa]s?|encontrad[oa]s?|detectad[oa]s?|soportad[oa]s?|"
    r"permitid[oa]s?|"
    r"conectad[oa]s?|procesad[oa]s?|realizad[oa]s?|valid[oa]s?|compatible|responde|existe|"
    r"asignad[oa]s?|vigente|"
    r"se (?:pudo|puede|pudieron|ha podido|han podido|encontro|encuentra|detecta|detecto|reconoce|"
    r"logro|tiene acceso))|not (?:found|available|connected|responding)|unable|unavailable|"
    r"sin (?:respuesta|comunicacion|conexion|senal|servicio|linea|red|papel|internet|sistema|"
    r"cobertura|acceso|permisos?|datos|stock|licencia|memoria|espacio|tinta|toner|saldo|"
    r"autorizacion|registros?|"
    r"sucursal|enlace)|fuera de (?:linea|servicio|rango|horario)|linea ocupada|host ocupado|"
    r"tiempo (?:de espera )?(?:agotado|excedido|superado)|tiempo de espera|"
    r"(?:requiere|requerid[oa]|se requiere|necesita) (?:de )?(?:autorizacion|supervisor|permiso|"
    r"actualiza\w+|licencia|clave)|(?:autorizacion|supervisor|firma|actualizacion) requerid[oa]|"
    r"(?:tapa|cubierta|puerta|cabezal) abiert[oa]|(?:cover|lid|door|head) open|"
    r"bateria (?:baja|agotada)|low battery|memoria llena|disco lleno|(?:buzon|bandeja) llen[oa]|"
    r"(?:servicio|servidor|sistema|modulo) (?:no|detenid[oa]|caid[oa]|suspendid[oa])|"
    r"sesion (?:ya )?(?:abierta|cerrada|activa|finalizada|terminada)|"
    r"(?:documento|transaccion|pago|operacion) (?:pendiente|no|ya)\b|"
    r"pendiente de (?:envio|sincroni\w+|autoriza\w+)|modo (?:consulta|demo|seguro|contingencia)|"
    r"alarm[a]? \w+|alm (?:hi|lo)\b|mecanismo impresor|conexion perdida|perdida de conexion|"
    r"(?:llame|contacte|comuniquese) (?:al?|con) (?:\w+ )?(?:banco|emisor|centro|soporte|"
    r"proveedor|"
    r"administrador)|retire (?:la )?tarjeta|err(?:or)? (?:de|en|al|interno|fatal|critico|grave))"
)
_PLAINLY = re.compile(rf"\b{_PLAIN}\b")
# What a line that only tells what to do looks like: another line tells what is wrong.
_ADVICE = re.compile(
    r"(?:re)?intent\w+|reinici\w+|llame\b|contact\w+|comuniquese|vuelva|consulte|verifique|revise|"
    r"abra\b|pulse|presione|espere|aceptar|cancelar|salir|cerrar|ok\b|continuar|soporte|retire|"
    r"apague"
)
# Papers and cards, greetings and receipts.
_PAPER = re.compile(
    r"\b(?:feliz|felic\w+|bendic\w+|buen(?:os|as)? (?:dias?|tardes|noches)|promo\w*|ofertas?|"
    r"descuentos?|gracias por|total|subtotal|aviso a|recuerden|recordatorio|horario|reunion|"
    r"vacante|sorteo|albaran|placa|folio|factura n|aprobad[oa]|exitos[oa]|prueba de velocidad)\b"
)
_SEGMENT = re.compile(r"\n+|\\n|\[|\s{2,}|\s+[/|]\s+|(?<=\w\w)[.;!]+(?=\s|$)")
_LEADING_CODE = re.compile(r"(?P<code>[A-Z]{1,5}-\d{2,6}|0\d{3})(?: -)?(?=[ :])")
_CLOSING_CODE = re.compile(
    r"(?i:comunicaci[oó]n|fallida|conexi[oó]n|emisor|host|rechazada|denegada|transacci[oó]n)"
    r" (?P<code>0\d|9\d)\.?$"
)
_WITH_CODE = re.compile(r"\bcon un (?P<code>[45]0[0-9])\b")
# What a small display shows, where a word announces it: 'marca E4', 'salta con F12'.
_SHORT_CODE = re.compile(
    r"\b(?:marca|sale|pone|muestra|salta|tira|da|dice|aparece|bota|arroja|indica|lanza|mostrando|"
    r"marcando|error|codigo|falla|alarma)(?: (?:con|un|una|el|la|que|de|me|nos|ahi|error|codigo|"
    r"alarma)){0,3} (?P<code>(?:E|F|H|U|P|AL|ER|ERR|CH|LC|EC)-?\d{1,2}[A-Z]?)(?![\w/])"
)
_REFUSED_WITH = re.compile(
    r"\b(?:rechaz\w+|deneg\w+|declin\w+) (?:con|por)(?: (?:el|un))?(?: codigo| error)? "
    r"(?P<code>\d{2,4})\b(?! ?(?:pesos|soles|euros|veces|clientes))"
)
_TRIMMED = " \t.,;:!¡¿?-*_()[]"


@lru_cache(maxsize=512)
def shown_error(text: str) -> str | None:
    """What a screen says is wrong: its code, else its first line that plainly complains."""
    if code := find_screen_code(text):
        return code
    folded = fold(text)
    if len(folded.split()) > SCREEN_WORDS or _PAPER.search(folded):
        return None
    parts = [part.strip(_TRIMMED) for part in _SEGMENT.split(text)]
    complaining = [part for part in parts if part and _PLAINLY.search(fold(part))]
    for part in parts:
        coded = _LEADING_CODE.match(part) or _CLOSING_CODE.search(part)
        if coded and (complaining or _LEADING_CODE.match(part)):
            return coded["code"]
    telling = [part for part in complaining if not _ADVICE.match(fold(part))]
    said = next(iter(telling or complaining), None)
    return said if said and len(said.split()) <= MESSAGE_WORDS + 3 else None


_SAYS = (
    r"(?:marca(?:n|ndo)?|dice|diciendo|dijo|sale|saliendo|salio|aparece|aparecio|muestra|mostro|"
    r"pone|puso|"
    r"arroja|arrojo|tira|tiro|bota|boto|manda|mando|lanza|avisa|contesta|responde|devuelve|da|dio|"
    r"trae|indica|figura|salta|se queda en|quedo en|quedaron en|queda en|quedaron con|queda con|"
    r"quedo con|esta en|estan en|se lee|se ve)"
)
_NOTE = (
    r"(?:que|un|una|el|la|me|nos|les?|esto|como|solo|ahi|en (?:la )?pantalla|con|de|"
    r"mensaj\w+|letrer\w+|cartel\w*|aviso|avisito|leyenda|error|ventan\w+|alerta|dice|rojo|roja|"
    r"grande|"
    r"lo de|eso de|por|es)"
)
# Who says it is no screen: 'el técnico dice que no hay señal'.
_SOMEBODY_SAYS = re.compile(
    r"\b(?:tecnic[oa]|client[ea]s?|chofer|proveedor|guardia|vigilante|jef[ea]|encargad[oa]|"
    r"gerente|"
    r"senora?|muchach[oa]|chic[oa]|companer[oa]|banco|seguridad|don|dona|ella|el|ellos|gente|"
    r"companera|supervisor[a]?|soporte|repartidor|operador|electricista|plomero|doctor[a]?|"
    r"ingenier[oa]|inge?|[ao] quien) (?:ya |me |nos |les? )*$"
)
_CITES = re.compile(
    rf"\b(?P<verb>{_SAYS})(?: {_NOTE}){{0,6}}[ :,]+[\"“«'‘]?(?=(?P<said>[^\n]{{3,120}}))"
)
_QUOTES = re.compile(r"[\"“«]([^\"”»“«\n]{4,90})[\"”»]")
# A capital letter amid a sentence begins what is cited, and a shouted line is one.
_SHOUTED = re.compile(
    r"(?<![A-ZÁÉÍÓÚÑ] )(?<![\w])[A-ZÁÉÍÓÚÑ]{2,}"
    r"(?:[ /-]+(?:[A-ZÁÉÍÓÚÑ]{2,}|\d{2,4}|[YAO])){1,7}(?!\w)"
)
_AFTER_COLON = re.compile(r":\s+(?P<said>[A-ZÁÉÍÓÚÑa-z][^:\n]{3,90})")
_ENDS = re.compile(
    r"[.,;!?\n\"”»()\[\]]|\s(?:y|e|pero|cuando|desde|aunque|porque|asi que|osea|o sea|mientras)\s|"
    r"\sal (?:\w+[aei]r|\w+[aei]rl[aeo]s?)\s?(?:la|el|con|una?|los|las)?\b(?<!al leer)|"
    r"\s(?:con todas|con la|con los|con las|a todos|a cada|en (?:la|el|las|los|todas?|ambas|mi)|"
    r"otra vez|todo el|cada vez|de nuevo|ya|hace|estando|don|dona|senora?|inge?|jefe|jefa)\b|"
    r"\sno(?=[?\s]*$)|\sno\?|[😀-🙏🤦]"
)
# What people say of things; no screen does.
_OF_PEOPLE = re.compile(
    r"\b(?:no (?:me|nos|les?|te|lo|la|jala|anda|sirve|funciona|prende|enciende|puedo|podemos|"
    r"quiere|llego|viene|vino|trabaja|esta)|mal\b|pinch\w+|oye|oigan|porfa|ayuda|"
    r"tiene que|hay que|tampoco|papel (?:de|para)|rayas?|letras|motivo|client[ea]s?|asi|fue|era|"
    r"no se puede (?:\w+ )?(?:trabaj|vend|cobr|oper|factur|atend|abr|cerr|entr)\w*)\b"
)
# 'Todo bien por acá' after a verb of saying, and what is there.
_ASKED_WHAT = re.compile(
    r"\bque (?:(?:error|mensaje|codigo|letrero) )?(?:exactamente |te |le |les |os |me |se )?"
    r"(?:sale|dice|aparece|marca|muestra|pone|tira|ve|lee)\b|\bque (?:error|mensaje|letrero)\b"
)
_BEGINS_AS_ERROR = re.compile(
    r"(?:^|[,;.] ?)(?P<said>(?:error (?:de|al|en|interno|fatal|inesperado)|timeout|time out|"
    r"rechazo (?:de )?[a-z]+|sin (?:respuesta|comunicacion|conexion|servicio) (?:del|de la|con)) "
    r"[^,;.\n]{2,60})"
)


def told_error(text: str, asked: str = "") -> str | None:
    """What people cite of a screen, in its words; `asked` is what another asked just before."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    for quoted in islice(_QUOTES.finditer(folded), MOST_CITED):
        if _PLAINLY.search(quoted[1]) and not _by_somebody(folded[: quoted.start()]):
            return _whole(text, *quoted.span(1))
    if not text.isupper():
        for shouted in islice(_SHOUTED.finditer(text), MOST_CITED):
            if _PLAINLY.search(fold(shouted.group())):
                return shouted.group().strip(_TRIMMED)
    for cited in islice(_CITES.finditer(folded), MOST_CITED):
        said = _cited(text, folded, cited)
        if said:
            return said
    noting = (*_AFTER_COLON.finditer(folded), *_BEGINS_AS_ERROR.finditer(folded))
    for noted in noting[:MOST_CITED]:
        if said := _message(text, *noted.span("said")):
            return said
    if _ASKED_WHAT.search(fold(asked)) and len(folded.split()) <= MESSAGE_WORDS:
        return _message(text, 0, len(text))
    return None


def _by_somebody(before: str) -> bool:
    return bool(
        _SOMEBODY_SAYS.search(re.sub(r"(?:dice|dijo|avisa|contesta)(?: que)?\W*$", "", before))
    )


def _cited(text: str, folded: str, cited: re.Match[str]) -> str | None:
    if _SOMEBODY_SAYS.search(folded[: cited.start()]) and cited["verb"] in (
        "dice",
        "dijo",
        "avisa",
        "contesta",
        "responde",
        "manda",
        "indica",
    ):
        return None
    return _message(text, *cited.span("said"))


def _message(text: str, start: int, end: int) -> str | None:
    """The words from `start` on up to where people go on, if a screen may say them."""
    said = text[start:end]
    cut = _ENDS.search(fold(said))
    said = (said[: cut.start()] if cut else said).strip(_TRIMMED)
    plain = fold(said)
    words = plain.split()
    found = _PLAINLY.search(plain)
    if not 2 <= len(words) <= MESSAGE_WORDS or not found or _OF_PEOPLE.search(plain):
        return None
    # A screen comes to the point: it says within its first words what is wrong.
    return said if len(plain[: found.start()].split()) <= 4 else None


def _whole(text: str, start: int, end: int) -> str:
    return text[start:end].strip(_TRIMMED)


def _short_code(text: str) -> str | None:
    folded = fold(text)
    if len(folded) != len(text):
        return None
    upper = re.sub(r"\b(?=\w*\d)\w+", lambda one: text[one.start() : one.end()], folded)
    found = _SHORT_CODE.search(upper) or _REFUSED_WITH.search(folded)
    return text[found.start("code") : found.end("code")] if found else None


def error_of(lines: Sequence[Line], images: Sequence[str]) -> str | None:
    """The error that people tell or show: a code before all words, the newest code, the first
    words."""
    words: str | None = None
    code: str | None = None
    asked = ""
    for line in lines:
        found = find_code(line.text) or _short_code(line.text)
        if found and not is_code(found) and not _PLAINLY.search(fold(found)):
            found = None
        if found and is_code(found):
            code = found
        elif not words:
            words = found or told_error(line.text, asked)
        asked = line.text if "?" in line.text else ""
    shown = [error for error in map(shown_error, images) if error]
    code = next((error for error in reversed(shown) if is_code(error)), None) or code
    shown_words = next((error for error in shown if not is_code(error)), None)
    return code or shown_words or words
