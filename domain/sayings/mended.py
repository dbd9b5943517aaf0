"""When words say that a thing works: that it does so again, or that here it never failed. Pure.

'Ya está' alone is a repair, 'ya está caído' is not: what comes after the word decides, as far as
its sentence goes; in a text without its punctuation, as far as a few words.
"""

from __future__ import annotations

import re

from domain.sayings.spared import says_none
from domain.wording import plain

# What somebody has again.
_SUPPLY = (
    r"(?:luz|corriente|energia|electricidad|agua|gas|sistema|internet|red|wifi|linea|senal|"
    r"conexion|servicio)"
)
# What follows and makes it no repair: 'ya imprime puro negro', 'ya pasa lo mismo', 'anda mal'.
_BAD = (
    r"(?:dobles?|de (?:mas|menos|nada)|mal|peor|pur[oa]s?|solo con|lo mismo|en (?:negro|blanco)|"
    r"borros\w+|dos veces|otra vez|lent\w+|caid[oa]s?|muert[oa]s?|fatal|pesim[oa]|trabad[oa]s?|"
    r"colgad[oa]s?|bloquead[oa]s?|apagad[oa]s?|intermitente\w*|a (?:ratos|medias)|fallando|"
    r"(?<!la )fallan?|rar[oa]s?|molest(?:ando|an?)|congelad[oa]s?|pegad[oa]s?|tildad[oa]s?|"
    r"pasmad[oa]s?|friz\w+|danad[oa]s?|descompuest[oa]s?|inservibles?|fuera de|en pantalla|"
    r"fuego|alarma|roj[oa]s?|etern\w+|"
    rf"sin (?:{_SUPPLY}|imagen|papel|poder|datos))\b"
)
_IS_BAD = re.compile(rf"(?: \w+){{0,3}}? {_BAD}| y (?:se|no|luego|despues)\b| igual\b")
# 'Ya quedó, estaba mal conectado' tells what had been.
_HAD_BEEN = r"(?:estaban?|era|habia|despues|andaban?|tenian?|traian?|gracias|perdon)\b"
_NOT_WORSE = rf"\b(?! igual\b)(?!(?: (?!{_HAD_BEEN})\w+){{0,3}} {_BAD})"
_PAID = r"(?:tarjet\w+|ventas?|pagos?|cobros?)"
_GOES = (
    rf"(?:(?:el |la |los |las |un |una |con )?(?:{_PAID}|{_SUPPLY}|pos|cajas?|app|terminal\w*|tpv|"
    r"datafono|posnet|pagina|programa|correo|usuario)\b)"
)
_NOT_SOMETHING_ELSE = (
    r"(?! por\b| (?:mucha |otra )?(?:agua|gente|humo|cliente\w*)\b|"
    rf" (?:a )?(?!{_GOES})(?:el|la|los|las|una?) | a (?!(?:el |la )?{_GOES})\w| en modo\b)"
)
# Who or what comes by: 'ya pasó el proveedor'; but 'ya pasó la primera', 'ya pasó una visa'.
_NOBODY = (
    r"(?! (?:el |la |los |las |una? )(?:tecnic\w+|proveedor\w*|inge\w*|supervisor\w*|jef\w+|"
    r"mantenimiento|camion|repartidor\w*|cliente\w*|hora|dia|plazo|fecha|electricista|policia|"
    r"basura|muchach\w+|chic[oa]|lluvia|temblor|apagon)\b)"
)
_SPOKEN = r"(?! (?:el |la |un |una )?(?:tickets?|reportes?|folio|caso|tienda|local|mensaje|chat)\b)"
# 'Ya pasaron 2 horas', 'ya pasó un rato', 'ya pasó toda la mañana'.
_NO_TIME = (
    r"(?! (?:(?:como|casi|mas|de|unos|unas|media|mucho|un|una|\d+|dos|tres|cuatro|cinco|seis|"
    r"siete|ocho|nueve|diez|varios|varias|tod[oa]s?|bastantes?|la|el) )+"
    r"(?:rato|tiempo|horas?|hrs?|min\w*|dias?|manana|tarde|noche|semanas?)\b)"
)
# 'Ya volvió a caerse', 'ya volvió el problema', 'ya volvió a pasar'.
_NOT_AGAIN = (
    rf"(?! a (?!funcion|jalar|and|prend|encend|pasar {_GOES}|imprim|cobr|la normal)|"
    r" (?:el |la )?(?:mensaje de )?(?:problema|falla|error|mism[oa])\b)"
)
_STATES = (
    r"(?:bien|ok|normal|list[oa]s?|funcionando|jalando|sirviendo|andando|cobrando|operando|"
    rf"pasando(?= {_GOES}| bien\b| normal\b)|facturando|vendiendo|imprimiendo|leyendo|cargando|"
    r"arreglad[oa]s?|mejor|rapid[oa]|en linea|online|activ[oa]s?)"
)
# 'Ya nos pasa la tarjeta', 'ya pasó': of the first, 'ya nos pasó también' tells of the failure.
_GOES_THROUGH = (
    rf"\bya (?:(?:me|nos|se|les|lo|la) )+(?:pasan?|paso|pasaron) {_GOES}{_NOT_WORSE}|"
    rf"\bya (?:pasan?|paso|pasaron){_NO_TIME}{_NOBODY}{_NOT_WORSE}|"
    rf"(?<!tambien )(?<!igual )\bya estan? pasando{_NOT_WORSE}"
)
# 'Ya quedó', 'ya se quedó bien': 'ya se quedó' alone tells of the failure.
_PUT_RIGHT = (
    rf"\bya se (?:quedo|quedaron) (?:bien|list[oa]s?|arreglad[oa]s?){_NOT_WORSE}|"
    rf"\bya (?:me |nos |les |lo |la )*(?:quedo|quedaron){_NOT_WORSE}|"
    rf"\bquedo (?:list[oa]|bien|arreglad[oa]){_NOT_WORSE}|\btodo bien{_NOT_WORSE}"
)
# 'La arreglaron', 'volvió'.
_WAS_MENDED = (
    r"(?:arreglo|arreglaron|compuso|compusieron|restablecio|restablecieron|"
    rf"(?:volvio|volvieron|regreso|regresaron){_NOT_AGAIN})"
)
# 'Imprime', 'cobraron', 'entra la tarjeta': the thing does its work.
_DOES_ITS_WORK = (
    r"(?:funciona\w*|jal(?:an?|o|aron)|tiran?(?=$| (?:bien|normal|todo|gracias)\b)|sirven?|sirvio|"
    r"prend(?:en?|io|ieron)|enciend\w+|encendio|pesa|leen?|"
    r"anduvo|conect(?:an?|aron)|(?<!me )conecto|imprimio|imprimieron|cobro|cobraron|"
    rf"(?:leyo|abrio|abrieron|levant(?:o|aron)){_SPOKEN}|"
    r"(?:imprimen?|abren?)(?! solas?\b)|cobran?|andan?|"
    rf"(?:entran?|entro|entraron|agarran?|agarro|agarraron){_NOT_SOMETHING_ELSE})"
)
# 'Hay luz', 'estamos en línea'.
_IS_THERE = (
    rf"(?:(?:hay|esta|llego|vino|tenemos|tengo) (?:la |el )?{_SUPPLY}|"
    rf"est(?:an?|amos) {_STATES}|esta todo (?:bien|ok|normal|listo))"
)
# 'Ya está', with nothing behind it but thanks.
_NOW_THERE = (
    r"(?:hay|esta|llego)(?=$| (?:(?:muchas |mil )?gracias|era|volvio|perd\w+|disculp\w+)\b)"
)
_FAILS_NO_MORE = (
    r"\bya no (?:fallan?|se (?:traban?|cuelgan?|caen?|apagan?|congelan?))\b|"
    r"(?<!no )(?<!no esta )(?<!ni )(?<!nada )\b(?:resuelto|solucionado)\b"
)
# 'Volvió la luz', as all that is said.
_CAME_BACK = (
    rf"^(?:(?:aqui|aca|tambien|nos|me|por|fin) )*(?:volvio|regreso|vino) (?:la |el )?{_SUPPLY}"
    r"(?=$| (?:gracias|aqui|aca|tambien|ya|en)\b)"
)
_AGAIN = re.compile(
    rf"{_GOES_THROUGH}|{_PUT_RIGHT}|"
    rf"\bya (?:me |nos |se |les |lo |la )*(?:(?:{_WAS_MENDED}|{_DOES_ITS_WORK}|{_IS_THERE})"
    rf"{_NOT_WORSE}|{_NOW_THERE})|"
    rf"{_FAILS_NO_MORE}|{_CAME_BACK}"
)
# 'No quedó bien', 'aún no se ha resuelto'; but 'no prendía, ya quedó'.
_NEGATED = re.compile(
    r"\b(?:no|ni|nada|sin|aun|todavia)(?: (?!ya\b|pero\b)\w+){0,3} "
    r"(?:resuelto|solucionado|quedo|todo bien)\b"
)
# 'Ya quedó registrado', 'ya quedó de venir', 'ya quedó para mañana' settle something among people.
_SETTLED = re.compile(
    r"\bqued(?:o|aron)(?: (?:bien|ya|todo))* (?:(?:de|en) \w+(?:ar|er|ir)(?:l[oae]s?|me|nos|se)?\b|"
    r"(?:de |en )?que (?:v[ei]en|ven|va|van|man|l[oa]|nos|me|hoy|manana)\w*|"
    r"para (?:manana|hoy|el|la|las|despues|luego)\b|pendientes?\b|claro\b|"
    r"(?:registr|report|levant|agend|program|anot|solicit|avis|apunt|asign|escal|envi|mand|pag|"
    r"entreg|acord|confirm|enter)ad[oa]s?\b|(?:ped|entend|recib)id[oa]s?\b)"
)
# 'Ya abre pero no cobra', 'todo bien menos la caja 2'.
_BUT = re.compile(
    r"\b(?:menos (?!mal\b)|excepto\b|hasta que\b|pero\b.*\b(?:no|ni|sin|solo|tampoco|sigue\w*|"
    r"lent\w+|mal|tarda\w*|falta\w*|aun|todavia)\b)"
)
# 'Prende pero no da el peso', 'lo revisaron pero quedó goteando'.
_EXCEPT = re.compile(
    r"\b(?:pero|aunque|(?:nomas|nada mas|solo|solamente) que|excepto(?: que)?|menos(?= l[oa]s?\b)) "
    r"(?P<yet>.+)"
)
_FINE = (
    r"(?:bien|muy bien|ok|perfect\w+|excelente|list[oa]s?|de (?:diez|maravilla|lujo)|al cien|"
    r"al 100|funcionando|jalando|todo|gracias|en|aqui|aca|ahi|alla|claro|pendientes?)"
)
_FAILS_YET = re.compile(
    r"\bno(?! (?:hay|pasa|tengo|tenemos|es) (?:problemas?|nada|fallas?|mucho|bronca|pedo)\b|"
    r"(?: se| te)? preocup|(?: l\w+)? importa| se si\b| le hace\b)\b|"
    r"\b(?:ni|tampoco|sigue\w*|fall\w+|tarda\w*|lent\w+|mal)\b|"
    r"\b(?:aun|todavia) (?:no|sin|falla\w*|hay|se)\b|\bsin (?!problemas?\b|novedad|falta\b)\w|"
    r"\bse (?:(?:me|nos|le) )?(?:trab|apag|cuelg|cuelga|cae|va|corta|desconect|congel|pasm|atora|"
    r"tild|friz|reinicia|sale|calienta|escurre|tira|borra)\w*|"
    rf"\b(?:quedo|quedaron|queda|salen?|hacen?|tiran?|botan?|gotea\w*|chorrea\w*|suena\w*|"
    rf"imprimen? en|estan?|anda) (?!{_FINE}\b)\w|(?:gotea|chorrea|suena|pita)n?$|{_BAD}"
)
# 'Ya quedó la caja, la impresora no': what is named last is denied, and nothing else said of it.
_THIS_NOT = re.compile(
    r"\b(?:est[aeo]s?|es[aeo]s?|(?:el|la|los|las|mi|lo de(?:l| la)?) (?!verdad\b)\w+) "
    r"(?:todavia |aun |pues )?no$"
)
# Goods and people are waited for on any day.
_AWAITED = re.compile(r"\b(?:lleg\w+|tra(?:en|e|igan|jeron)|entreg\w+|pag(?:an|aron|uen))\b")
_PIECE_ENDS = re.compile(r"[.,;!?\n]+(?:\s|$)")
# What is said of the day as well as of a thing: 'ya pasó la auditora, todo bien'.
ALL_WELL = re.compile(r"\btodo (?:bien|ok|okey|tranquilo|en orden)\b")
# So far a text is looked at for its pieces.
LONGEST_READ = 400
# So many words behind the end of a piece still belong to it: 'ya volvió, sin internet'.
_BEHIND = 2
_WORKS = re.compile(
    r"\bsin (?:ningun )?(?:problemas?|drama|novedad(?:es)?)\b|"
    rf"\b(?:(?:anda|andan|funciona|funcionan|jala|va|van|pasa|pasan) bien{_NOT_WORSE}|"
    r"(?<!\bes )normal(?:es)?\b|"
    rf"tambien (?:todo )?(?:funciona|anda|volvio|jala|bien|ok){_NOT_WORSE}|"
    r"(?:bien|ok) tambien\b)"
)
_RUNS = re.compile(rf"\b(?:funcionan?|andan?|jalan?|ok|okey|bien){_NOT_WORSE}")
# 'Ok también' says so of the thing.
_AGREES = re.compile(r"^(?:ok|okey|bien|listo) (?!tambien\b|igual\b|tb\b|por\b)")
_DENIES = re.compile(r"\b(?:no|tampoco|ni|nada)\b")


def works_again(text: str) -> bool:
    """Whether words say that something works again: 'ya quedó', 'ya hay luz'."""
    if _is_again(plain(text)):
        return True
    pieces = [plain(piece) for piece in _PIECE_ENDS.split(text[:LONGEST_READ])]
    return any(
        _is_again(piece, " ".join(filter(None, pieces[n + 1 :])))
        for n, piece in enumerate(pieces)
        if _AGAIN.search(piece)
    )


def only_settles(text: str) -> bool:
    """Whether 'ya quedó' says what was agreed or written down, and not that a thing works."""
    return bool(_SETTLED.search(plain(text)))


def _is_again(piece: str, rest: str = "") -> bool:
    """Whether a piece of a text says so, and what comes behind it does not take that away."""
    said = _AGAIN.search(piece)
    if said is None or _NEGATED.search(piece) or _SETTLED.search(piece):
        return False
    begins = " ".join([piece, *rest.split()[:_BEHIND]])
    stands = _AGAIN.match(begins, said.start())
    return bool(stands) and not _BUT.search(f"{piece[said.end() :]} {rest}")


def fails_yet(words: str) -> bool:
    """Whether plain words beside a claim that it works say that it does not: 'tarda mucho'."""
    return bool(_FAILS_YET.search(words))


def fails_behind(rest: str) -> bool:
    """Whether the plain words behind such a claim take it away: 'ya imprime' 'borroso'."""
    return bool(_BUT.search(rest) or _IS_BAD.match(rest) or works_in_part(rest))


def works_in_part(text: str) -> bool:
    """Whether words say that something works, or was seen to, and fails all the same: 'imprime
    pero salen borrosas', 'lo revisaron pero quedó goteando'."""
    words = plain(text[:LONGEST_READ])
    if _THIS_NOT.search(words) and "?" not in text and _AGAIN.search(words):
        return True
    said = _EXCEPT.search(words)
    yet = said["yet"] if said else ""
    fails = _FAILS_YET.search(yet) and not _AWAITED.search(yet)
    return bool(fails) and "?" not in text and not works_again(yet)


def says_it_works(text: str) -> bool:
    """Whether words say that something works, again or as ever: 'ya quedó', 'acá anda bien'."""
    words = plain(text)
    works = _WORKS.search(words) and not _DENIES.search(words)
    return works_again(text) or bool(works) or says_none(text)


def only_runs(text: str) -> bool:
    """Whether a few words, which have nothing else to say, say that something works: 'acá también
    funciona'; 'ok, nosotros también' only begins so."""
    if says_none(text):
        return True
    words = _AGREES.sub("", plain(text))
    return bool(_RUNS.search(words)) and not _DENIES.search(words)
