"""What words tell of having what others have: 'here too', which kind of thing is gone, whether it
is one of several. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.likeness import same
from domain.wording import plain, words_of

# The words of 'here too', as they are typed, and 'x2'; '+1' opens a text.
ALSO = (
    r"tambien|tampoco|tampco|tmpoco|tambn|tanbien|tmb|tmbn|tbn|i(?:gu|w)al(?:es|it[oa]s?)?|idem|sumo|sumame|"
    r"sumenme|anotame|apuntame|x ?[2-9]"
)
PLUS = r"^\W*\+ ?\d{1,2}(?!\d| ?\d)"
_COUNTS = re.compile(rf"^\W*x ?[2-9]\d?\b|(?<!\d )(?<!\d)\bx ?[2-9]\d?\W*$|{PLUS}")
# The words of since when something is so.
SINCE_WHEN = (
    r"desde|hace|como|unos|unas|rato|ratito|min|mins|minutos?|horas?|media|recien|ahora|hoy|ayer|"
    r"temprano|noche|tarde|manana|apertura|abrimos|abri|abrir|una|dos|tres|cuatro|cinco|"
    r"seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cuarto|pico|que"
)
_SINCE_WHEN = frozenset(word[:6] for word in SINCE_WHEN.replace("s?", "").split("|"))
_ALSO = re.compile(
    rf"\b(?:{ALSO}|l[oa] mism[oa]|misma (?:falla|historia|cosa)|"
    rf"mismo (?:problema|error|tema|lio)|las mismas)\b|{PLUS}"
)
# What people cannot do, or what has gone, by the kind of what it takes: each is one outage.
_KINDS = {
    "money": r"tarjetas?|terminal(?:es)?|datafonos?|posnets?|point|pinpads?|tpvs?|maquinitas?|"
    r"maquinas?|qr|visa|mastercard|debito|credito|transbank|redelcom|niubiz|izipay|payway|getnet|"
    r"prisma|redsys|redeban|credibanco|yape|plin|nequi|banco|chip|contactless",
    "till": r"sistema|programa|punto de venta|pdv|pos|cajas?|vender|ventas?|cobrar|cobro|facturar?|"
    r"facturas?|facturacion|factura|boletas?|comprobantes?|tickets?|emitir|erp|sap|servidor|"
    r"licencia|clave|sesion|timbr\w+",
    "net": r"internet|red|wifi|linea|conexion|enlace|fibra|router|modem|senal|navega\w*",
    "power": r"luz|electricidad|corriente|apag(?:on|o)|oscuras|energia|planta|voltaje",
    "orders": r"pedidos?|app|aplicacion|rappi|delivery|domicilios|tablet|web|pagina|recargas?|"
    r"traslados?|puntos|descuentos?|promo\w*|precios?|club|cupon\w*|vales?|saldo",
}
_KIND = {name: re.compile(rf"\b(?:{words})\b") for name, words in _KINDS.items()}
# What is printed fails nowhere but in its printer.
_PRINTER = re.compile(r"\b(?:impresora|printer)s? (?:de |del )?(?:la )?\w+")
# Whoever asks whether others have it as well has it.
_ASKS = re.compile(
    r"\b(?:soy (?:yo|la unica|el unico)|sol[oa](?:mente)? (?:a mi|yo|aqui|aca|es aqui)|"
    r"nomas (?:a mi|yo|aqui|la mia|el mio)|es (?:solo |nomas )?(?:la mia|el mio|cosa mia|mio|mia)|"
    r"a (?:ustedes|vosotr[oa]s|alguien|alguno|nadie) (?:tambien|mas|les|os|le)|"
    r"nadie mas|(?:les|os) pasa|es general|estan igual|estais igual)\b"
)
# What the weights were fitted with; the rules ask domain.outage.
_OF_ALL = re.compile(
    r"\b(?:ningun[oa]?|tod[oa]s|nadie|alguien mas|a alguien|les pasa|estan igual|estais igual|"
    r"general\w*|masiv\w+)\b"
)
# What ails the body of a thing that a store has for itself, whatever fails in the others.
_BODY = re.compile(
    r"\b(?:papel|papelito|rollos?|bateria|pila|cargador|pantall\w+|tecl\w+|mouse|cable\w*|enchufe|"
    r"tinta|toner|cinta|etiquetas?|corrid[oa]|borros[oa]|raya|atasc\w+|trab[aoó]\w*|atora\w*|"
    r"al (?:piso|suelo)|mojo|moj[oó]|golpe\w*|romp\w+|rot[oa]|quebr\w+|quem\w+|prend\w+|"
    r"enciend\w+|carga|ruido|huele|humo)\b"
)
_CODE = re.compile(r"\d+")
# One of several, or what others have works here.
_ONE = re.compile(
    r"\b(?:un[oa] de (?:l[oa]s|mis)|(?:el|la) otr[oa] (?:si|pasa|funciona|anda|va|jala)|"
    r"(?:entre|entro|anda|funciona|pasa|va|jala|prende) bien|no es (?:lo|el|la) (?:de|mism)|"
    r"yo si|yo tengo|(?:aqui|aca|a mi) si)\b"
)


@lru_cache(maxsize=4096)
def kinds_of(text: str) -> frozenset[str]:
    """The kinds of what fails that a text names: 'money', 'till', 'net', 'power', 'orders'."""
    said = _PRINTER.sub(" ", plain(text))
    return frozenset(name for name, kind in _KIND.items() if kind.search(said))


def says_also(text: str) -> bool:
    """Whether words say 'here too', beside whatever else they say."""
    return bool(_ALSO.search(plain(text)) or _ALSO.search(text.casefold()))


def asks_others(text: str) -> bool:
    """Whether somebody asks if others have it as well: 'es nomás la mía?', 'les pasa?'."""
    return "?" in text and bool(_ASKS.search(plain(text)))


def counts_in(text: str) -> bool:
    """Whether somebody counts themselves in: 'x2', '+1', 'a nosotros se nos apagó, x4'."""
    return bool(_COUNTS.search(text.casefold()))


def own_words(text: str, store: str | None) -> frozenset[str]:
    """The words of a text beside its store, and since when it is so."""
    return words_of(text) - words_of(store or "") - _SINCE_WHEN


def other_error(one: str | None, other: str | None) -> bool:
    """Whether two errors are two by their codes; what screens say in words differs from one device
    to the next."""
    if not one or not other or same(one, other):
        return False
    codes, others = set(_CODE.findall(plain(one))), set(_CODE.findall(plain(other)))
    return bool(codes and others and not codes & others)


@lru_cache(maxsize=4096)
def speaks_of_everybody(text: str) -> bool:
    """Whether words speak of all, or of none, as the weights of kinship know it: 'ninguna'."""
    return bool(_OF_ALL.search(plain(text)))


def is_of_its_body(words: str) -> bool:
    """Whether plain words tell what ails the body of a thing that a store has for itself."""
    return bool(_BODY.search(words))


def is_of_one(words: str) -> bool:
    """Whether plain words speak of one of several, or of what works here."""
    return bool(_ONE.search(words))
