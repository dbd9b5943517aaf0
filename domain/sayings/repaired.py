"""When words tell who put a thing right, or whose slip it was: 'la dejó lista el técnico'. Pure.

'Ya lo resolvimos nosotros' and 'perdón, fue error mío, estaba desconectado' end a report as 'ya
quedó' does. A piece of a text counts only as a whole, so that 'ya la arreglaron a medias' does not.
"""

from __future__ import annotations

import re

from domain.wording import laughs, plain

# No text is longer that only says so.
LONGEST = 200
_PIECE_ENDS = re.compile(r"[.,;!\n]+(?:\s|$)")
_POLITE = (
    r"(?:hola|buen[oa]?s?|dias|tardes|noches|oigan?|listo|ok|okey|si|no|ah+|ay|uy|muchas|mil|"
    r"gracias|perfecto|excelente|equipo|chic[oa]s|amig[oa]s?|por fin|al fin|fijense|ya que|les "
    r"(?:aviso|comento|informo)(?: que)?|que bueno|saludos|por (?:el|su|tu|todo el) "
    r"(?:apoyo|ayuda|paro)|por todo|a tod[oa]s|muy amables?|bendiciones|aqui|aca|tambien|rapid\w+|"
    r"solit[oa]s?|sol[oa]s?|bien|(?:ja|je|ji){2,}\w*)"
)
_TRADE = (
    r"(?:tecnic\w+|inge\w*|soporte|sistemas?|mantenimiento|electricista|plomer\w+|herrero|"
    r"cerrajer\w+|proveedor\w*|jef[ea]s?|encargad[oa]|gerente|compa\w*|companer[oa]s?|"
    r"supervisor\w*|muchach[oa]s?|chic[oa]s?|chav[oa]s?|senor\w*|amig[oa]s?|vecin[oa]s?|esposo|"
    r"guardia|telmex|izzi|totalplay)"
)
_WHO = (
    rf"(?:(?:(?:el|la|los|las|un|una|unos|mi|nuestr[oa]) )?{_TRADE}"
    rf"(?: (?:de|del) (?:la |el )?\w+)?|"
    r"(?:l[oa]s?|el) de (?:la |el )?\w+|nosotr[oa]s(?: mism[oa]s)?|yo(?: mism[oa])?|"
    r"entre tod[oa]s|ustedes)"
)
_CAME = (
    rf"(?:ya )?(?:vino|vinieron|paso|pasaron|llego|llegaron|estuvo|estuvieron)(?: {_WHO})?"
    rf"(?: (?:hoy|ayer|temprano|en la (?:manana|tarde)|aqui|aca))?"
)
_IT = r"(?:(?:me|nos|se|te) )?(?:l[oae]s? )?"
_PUT_RIGHT = (
    r"(?:(?:arregl|repar|solucion|destrab|desbloque|reactiv|desatasc|desator|enderez|compon|"
    r"corrig|ajust)(?:o|aron|amos|e|i|io|ieron|imos)|compus(?:o|ieron|imos|e)|"
    r"resolv(?:i|io|ieron|imos)|corrigi(?:o|eron)|restableci(?:o|eron)|reviv(?:io|ieron|imos))"
)
_WELL = (
    r"(?:(?:muy |ya )?(?:bien|ok|list[oa]s?|funcionando|jalando|andando|trabajando|imprimiendo|"
    r"leyendo|cobrando|operando|sirviendo|pasando|enfriando|calentando|cerrando|abriendo|"
    r"arreglad[oa]s?|reparad[oa]s?|como nuev[oa]s?|al (?:cien|100)|perfect[oa]s?|conectad[oa]s?|"
    r"prendid[oa]s?|encendid[oa]s?|en linea|de lujo|resuelt[oa]s?)(?: bien)?)"
)
_RUNS = (
    r"(?:(?:funciona|jala|sirve|anda|imprime|lee|prende|enciende|cobra|enfria|abre|cierra|carga|"
    r"conecta|entra)n?(?: (?:bien|normal|perfect\w+))?|esta bien|todo bien|quedo(?: bien)?|"
    r"list[oa])"
)
_ABLE = (
    r"(?:entrar|cobrar|imprimir|facturar|vender|operar|trabajar|(?:abrir|cerrar|conectar|prender|"
    r"encender|arreglar|resolver|solucionar|reparar)(?:l[oa]s?|nos|me)?)"
)
_REPAIRED = (
    rf"(?:(?:{_CAME}|{_WHO}) (?:(?:y|a|ya|por fin|que) )*)?(?:ya )?{_IT}"
    rf"(?:{_PUT_RIGHT}|dej(?:o|aron|amos|e) {_WELL})"
    rf"(?: (?:todo|l[oa]s dos(?: cosas)?))?(?: {_WHO})?"
    r"(?: (?:por nuestra cuenta|entre tod[oa]s|en la (?:manana|tarde)|hoy|ayer|al final|aqui|aca))?"
)
_CAME_AND_WELL = rf"{_CAME} y (?:ya )?(?:todo )?(?:quedo|quedaron)(?: {_WELL})?"
_BY_ITSELF = (
    r"(?:ya |al final |pues |creo que )*se (?:arregl|compus|repar|solucion|resolvi|normaliz|"
    r"restableci|destrab|desbloque)(?:o|aron|eron|ieron)(?: (?:sol[oa]s?|solit[oa]s?))?"
)
_NO_MORE = (
    r"ya no (?:hay|tenemos|tengo|presenta|existe) (?:el |la |ningun[oa]? |mas )?"
    r"(?:problemas?|fallas?|detalles?|inconvenientes?)"
)
_STIRS = (
    r"ya (?:reacciono|desperto|revivio|resucito|respondio|reaccionaron|arranco|arrancaron)|"
    rf"ya (?:me |nos )?(?:dejo {_ABLE}|pude(?: {_ABLE})?|pudimos(?: {_ABLE})?|(?:logre|logramos) "
    rf"{_ABLE})|ya (?:l[oa]s? )?(?:hice|hicimos|hizo|hicieron) (?:jalar|funcionar|andar|prender|"
    r"imprimir|trabajar)|ya (?:logre|logramos|logro|lograron|hice|hicimos) que (?:(?:se|nos|me) )?"
    r"(?:prend|encend|funcion|jal|imprim|ley|cobr|and|arranc|conect|abr|cerr)\w*r[ai]n?"
)
_SEEN_TO = (
    rf"(?:{_CAME} y )?(?:ya )?(?:me |nos )?l[oa]s? (?:revis|cambi|reinici|reset|conect|checa|"
    rf"chec|limpi|movi|ajust)(?:o|aron|amos|e|eron|mos)?(?: {_WHO})? y (?:ya )?{_RUNS}"
)
_TAIL = rf"(?: {_POLITE})*"
_OVER = re.compile(
    rf"(?:{_POLITE} )*(?:{_REPAIRED}|{_CAME_AND_WELL}|{_BY_ITSELF}|{_NO_MORE}|{_STIRS}|{_SEEN_TO})"
    rf"{_TAIL}"
)
_COURTESY = re.compile(rf"{_POLITE}(?: {_POLITE})*")
# 'Fue error mío', and what had been wrong that was nobody's failure.
_SORRY = r"(?:nada|perdon\w*|disculp\w*|una disculpa|sorry|que pena|que oso|lo siento)"
_MINE = (
    r"(?:(?:fue|era) (?:un )?(?:error|culpa|descuido) (?:mi[oa]|nuestr[oa]|de nosotr[oa]s)|"
    r"(?:fue|era) (?:mi|nuestr[oa]) (?:error|culpa)|(?:error|culpa) (?:mi[oa]|nuestr[oa])|"
    r"(?:era|fui) yo|fuimos nosotr[oa]s)"
)
_PLUG = (
    r"(?:desconectad|desenchufad|apagad|desactivad|suelt|floj|zafad|bajad|mal (?:conectad|puest))"
    r"[oa]s?"
)
_PART = (
    r"(?:el |la |un |los )?(?:cable\w*|clavija|enchufe|switch|interruptor|regulador|no ?break|"
    r"multicontacto|extension|corriente|contacto|boton|breaker|pastilla|usb|bateria|pila|luz)"
)
_HAD_BEEN = (
    r"(?:(?:es que|era que|que|solo|nomas|nada mas|resulta que|ya vi que|ya vi que era|solamente|"
    rf"resulto que|pues) )*(?:{_PART} )?(?:(?:estaban?|tenia[n]?|traia[n]?) (?:{_PART} )?{_PLUG}"
    rf"(?: {_PART}| de la corriente)?|no (?:estaban?|la teniamos|la tenia) (?:bien )?"
    r"(?:conectad|enchufad|prendid|encendid)[oa]s?|(?:le|les) faltaba (?:papel|conectar\w*|"
    r"prender\w*|encender\w*|un cable))"
)
_IS_SORRY = re.compile(rf"(?:{_POLITE} )*{_SORRY}(?: {_POLITE}| {_SORRY})*")
_IS_MINE = re.compile(rf"(?:(?:{_POLITE}|{_SORRY}) )*{_MINE}(?: (?:{_POLITE}|{_SORRY}))*")
_IS_PAST = re.compile(
    rf"(?:(?:{_POLITE}|{_SORRY}|{_MINE}) )*{_HAD_BEEN}(?: (?:{_POLITE}|{_SORRY}|{_MINE}|ya))*"
)
# 'Vino y la dejó igual', 'vino pero no pudo'.
_IN_VAIN = re.compile(
    rf"{_CAME}(?: (?:a \w+|hoy|ayer))? (?:y|pero) (?:{_IT}dej(?:o|aron) (?:igual|peor|lo mismo|"
    r"a medias|mal|fallando|sin \w+)|no (?:pudo|pudieron|supo|supieron|quedo|quedaron|"
    rf"{_IT}(?:arregl|repar|compus|soluciono|solucionaron|resolvi|hizo|hicieron)\w*)|"
    r"(?:todo )?(?:sigue|siguio|esta|quedo|va) (?:igual|peor|lo mismo|fallando|sin \w+)|nada)"
)


def is_put_right(text: str) -> bool:
    """Whether a text says that somebody put the thing right or that its failure was a slip of the
    writer, and says nothing else."""
    if "?" in text or len(text) > LONGEST:
        return False
    pieces = [plain(piece) for piece in _PIECE_ENDS.split(text)]
    pieces = [piece for piece in pieces if piece and not _COURTESY.fullmatch(piece)]
    return bool(pieces) and (_is_over(pieces) or _was_a_slip(pieces, text))


def came_in_vain(text: str) -> bool:
    """Whether a text says that somebody came to mend a thing and did not: 'vino y no pudo'."""
    return "?" not in text and bool(_IN_VAIN.search(plain(text[:LONGEST])))


def _is_over(pieces: list[str]) -> bool:
    """Whether one piece says that it is over, and the others say so too or why."""
    over = [bool(_OVER.fullmatch(piece)) for piece in pieces]
    rest = (piece for piece, is_it in zip(pieces, over, strict=True) if not is_it)
    return any(over) and all(map(_IS_PAST.fullmatch, rest))


def _was_a_slip(pieces: list[str], text: str) -> bool:
    """Whether nothing is said but what had been wrong, with an excuse, a laugh or whose slip it
    was; 'fue error mío' alone may be of what was written."""
    past = [piece for piece in pieces if _IS_PAST.fullmatch(piece)]
    mine = [piece for piece in pieces if _IS_MINE.fullmatch(piece)]
    sorry = [piece for piece in pieces if _IS_SORRY.fullmatch(piece)]
    only = all(piece in (*past, *mine, *sorry) for piece in pieces)
    excused = mine or sorry or laughs(text) or any(re.search(_SORRY, one) for one in past)
    excused = excused or any(
        re.search(rf"\b(?:solo|nomas|nada mas|{_MINE})\b", one) for one in past
    )
    return only and bool(past) and bool(excused)
