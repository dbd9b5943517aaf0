"""When somebody says in one breath that several things work again: 'ya quedaron las dos'. Pure.

Only words that say nothing else count: 'ya quedó todo el pedido' and 'ya quedaron las dos cajas'
are of goods, or of one matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.sayings.mended import works_again
from domain.sayings.repaired import is_put_right
from domain.wording import plain

# No text is longer that only says so.
LONGEST = 200
_NUMBERS = {"dos": 2, "2": 2, "ambos": 2, "ambas": 2, "tres": 3, "3": 3}
_COUNT = (
    r"(?:(?:l[oa]s )?(?P<count>dos|tres|2|3|ambos|ambas)|tod[oa]s?)"
    r"(?: (?:cosas|fallas|problemas|reportes|tickets|casos|incidencias|asuntos))?"
)
_WELL = (
    r"(?:bien|ok|normal|list[oa]s?|resuelt[oa]s?|arreglad[oa]s?|solucionad[oa]s?|reparad[oa]s?|"
    r"funcionando)"
)
# 'Ya está la impresora y la caja' may say where they are.
_GOES = (
    rf"(?:qued(?:o|aron)(?: {_WELL})?|est(?:a|an) {_WELL}|funcionan?(?: bien)?|jalan?(?: bien)?|"
    rf"sirven?|andan?(?: bien)?|volvi(?:o|eron)|prend(?:en|ieron)|encendieron|"
    rf"se (?:arreglaron|resolvieron|solucionaron|compusieron|arreglo|resolvio|soluciono))"
)
_FRONT = (
    r"(?:(?:hola|buen[oa]?s?|dias?|tardes?|noches?|listo|ok|si|perfecto|excelente|gracias|muchas|"
    r"les aviso|les informo|que|a tod[oa]s|equipo) )*"
)
_END = (
    r"(?: (?:muchas|mil|gracias|por (?:su|tu|el|la) (?:apoyo|ayuda|atencion)|a tod[oa]s|saludos|"
    r"bien|tambien|equipo|amig[oa]s?|muy amables?))*"
)
_ITEM = (
    r"(?:el|la|los|las) (?!(?:dos|tres|\d+)\b)[a-z]+(?: (?:de|del) (?:el |la |los |las )?\w+){0,2}"
)
_ITEMS = rf"(?P<items>{_ITEM}(?:(?: y(?: tambien)?)? {_ITEM})+)"
_COUNTED = re.compile(rf"{_FRONT}ya {_GOES} {_COUNT}{_END}")
_COUNTED_FIRST = re.compile(rf"{_FRONT}(?:ya )?{_COUNT} (?:ya )?{_GOES}{_END}")
_DID = (
    r"(?:(?:vinieron|vino|pasaron|paso) (?:y|a) )?(?:ya )?(?:nos |me |les |se )?"
    r"(?:arregl|repar|resolvi|solucion|compus)(?:aron|eron|ieron|o)"
)
_COUNTED_DONE = re.compile(rf"{_FRONT}ya {_DID} {_COUNT}{_END}")
_NAMED = re.compile(rf"{_FRONT}ya {_GOES} {_ITEMS}{_END}")
_NAMED_FIRST = re.compile(rf"{_FRONT}{_ITEMS} ya {_GOES}{_END}")
_EACH = re.compile(_ITEM)


_STILL = (
    r"(?:sigu(?:e|en|imos)(?: (?:igual(?:es)?|fallando|mal|caid[oa]s?|lo mismo|en las mismas|"
    r"sin (?:funcionar|jalar|servir|andar|prender|arreglar|solucion)|descompuest[oa]s?|"
    r"con (?:la )?falla))?|"
    r"(?:aun |todavia )?no (?:funcionan?|jalan?|sirven?|andan?|prenden?|quedan?|quedo|quedaron)|"
    r"estan? igual)"
)
_STILL_FIRST = re.compile(rf"{_FRONT}{_STILL} {_COUNT}{_END}")
_COUNT_STILL = re.compile(rf"{_FRONT}{_COUNT} {_STILL}{_END}")
_RUNS = r"(?:funciona|jala|sirve|anda|prende|queda|quedo|ha quedado)"
_YET = r"(?:y |aun |todavia )*"
_NONE_OF = re.compile(
    rf"{_FRONT}(?:{_YET}no {_RUNS} ningun[oa](?: de (?:l[oa]s )?(?P<which>dos|tres|2|3))?|"
    rf"{_YET}ningun[oa]?(?: de (?:l[oa]s )?(?P<count>dos|tres|2|3))?"
    r"(?: (?:cosas|fallas|problemas|reportes|tickets|equipos))? "
    rf"(?:{_RUNS}|esta (?:list[oa]|resuelt[oa]|arreglad[oa]))|"
    r"no (?:han arreglado|arreglaron|han resuelto|resolvieron) ningun[oa]?"
    rf"(?: de (?:l[oa]s )?(?P<of>dos|tres|2|3))?){_END}"
)


@dataclass(frozen=True)
class Together:
    """What works again: so `many` things (None: all there are), or the `things` that are named."""

    many: int | None = None
    things: tuple[str, ...] = ()


def mended_together(text: str) -> Together | None:
    """The several things that a text says to work again, if it says that and nothing else."""
    said = plain(text)
    if "?" in text or not (works_again(text) or is_put_right(text)):
        return None
    if found := _NAMED.fullmatch(said) or _NAMED_FIRST.fullmatch(said):
        return Together(things=tuple(_EACH.findall(found["items"])))
    counted = (_COUNTED, _COUNTED_FIRST, _COUNTED_DONE)
    if found := next(filter(None, (one.fullmatch(said) for one in counted)), None):
        return Together(many=_NUMBERS.get(found["count"] or ""))
    return None


def still_together(text: str) -> Together | None:
    """The several things that a text says to fail still, if it says that and nothing else: 'siguen
    igual las dos', 'ninguna de las dos jala'."""
    said = plain(text)
    if "?" in text or len(text) > LONGEST:
        return None
    for pattern in (_STILL_FIRST, _COUNT_STILL):
        if found := pattern.fullmatch(said):
            return Together(many=_NUMBERS.get(found["count"] or ""))
    if found := _NONE_OF.fullmatch(said):
        return Together(many=_NUMBERS.get(found["count"] or found["of"] or found["which"] or ""))
    return None
