"""Which tickets a text names by their numbers: 'el ticket 101', '#101', 'estatus del 101?'. Pure.

What a number is called decides how much is believed: a 'ticket' or a 'folio' is no store, while
'#101', 'reporte 101' and, in a question of how it goes, 'el 101' may be one. 'La 101' always is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.wording import plain

_MARK = r"(?:(?:con )?(?:el )?(?:numero|num|nro|no|n) )?"
_PLAINLY = r"(?:tickets?|tiquets?|tiquetes?|tkt|folios?|incidencias?|incidentes?)"
_MAYBE = r"(?:reportes?|casos?)"
# What is counted, or said of the day, is no number of a ticket: 'reporte 2 fallas', 'caso 3 veces'.
_COUNTED = (
    r"(?! (?:fallas?|cosas?|problemas?|temas?|equipos?|cajas?|impresoras?|terminal(?:es)?|"
    r"tiendas?|sucursal(?:es)?|locales|personas?|clientes?|veces|vez|horas?|hrs?|min\w*|dias?|"
    r"semanas?|mes(?:es)?|pesos|soles|euros|dolares|piezas|pzas|por ciento|"
    r"de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|"
    r"noviembre|diciembre|este|la|el)|al? \d|am|pm)\b)"
)
_NUMBER = rf"\d{{1,10}}\b{_COUNTED}"
_LIST = rf"({_NUMBER}(?:(?: y| e| o)?(?: el| del)?(?: {_PLAINLY})? {_NUMBER})*)"
_NAMED = re.compile(rf"\b(?:(?:el|del|al|la|mi|los) )?{_PLAINLY} {_MARK}{_LIST}")
_PERHAPS = re.compile(rf"\b(?:(?:el|del|al|mi|los) )?{_MAYBE} {_MARK}{_LIST}")
# In a question; shorter numbers are dates and hours.
_ASKED = re.compile(
    r"(?:^|(?<!para )(?<!hasta )(?<!desde )(?<!lunes )(?<!martes )(?<!jueves )(?<!viernes )"
    r"(?<!domingo )(?<!miercoles )(?<!sabado )\b)"
    r"(?:el|los|del|al|estatus|status|estado|seguimiento|numero|nro) (?:de )?"
    rf"(\d{{3,10}}\b{_COUNTED}(?:(?: y| e| o)?(?: el| del)? \d{{3,10}}\b{_COUNTED})*)"
)
# A receipt is a 'ticket' as well, and so is what a printer is called by.
_OF_A_SALE = re.compile(
    r"\b(?:impresoras?|rollos?|papel|printer|miniprinter|ticketera) (?:(?:de|del|para|el|los) )*"
    rf"{_PLAINLY} \d+|"
    r"\b(?:re)?(?:imprim|factur|timbr|cobr|devolv|devol|escane)\w+ (?:\w+ )?(?:de )?"
    rf"(?:el |del |la |un |al )?{_PLAINLY} {_MARK}\d+|"
    rf"\b{_PLAINLY} {_MARK}\d+ (?:de |del )(?:la )?(?:venta|compra|cliente|clienta|caja|factura)\b|"
    rf"\b(?:factura|venta|compra|nota|cliente|clienta|pedido) (?:con |del? |la )*{_PLAINLY} "
    rf"{_MARK}\d+"
)
_HASH = re.compile(r"(?:^|(?<=[\s,.;:(¿¡]))#\s?(\d{1,10}\b(?:(?:\s*,| y| e| o)\s*#\s?\d{1,10}\b)*)")
# What may stand before '#101' where it is no 'tienda #101' and no 'caja #3'.
_BEFORE_HASH = re.compile(
    r"(?:^|[,.;:(¿¡\n]\s*|\b(?:tickets?|folio|caso|reporte|incidencia|el|del|al|los|con|sobre|va|van|"
    r"estatus|status|estado|seguimiento|n[uú]mero|mi|hola|ok|listo))\s*$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Numbers:
    """The numbers that a text gives tickets: `surely` such, and `perhaps` stores."""

    surely: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.surely or self.perhaps)


def numbers_in(text: str, *, asks: bool = False) -> Numbers:
    """The tickets' numbers in a text, in order, each once; `asks`: it asks how something goes."""
    words = _OF_A_SALE.sub(" ", plain(text))
    surely = _digits(found[1] for found in _NAMED.finditer(words))
    perhaps = [found[1] for found in _PERHAPS.finditer(words)]
    if not _OF_A_SALE.search(plain(text)):
        perhaps += [
            found[1] for found in _HASH.finditer(text) if _BEFORE_HASH.search(text[: found.start()])
        ]
    if asks:
        perhaps += [found[1] for found in _ASKED.finditer(words)]
    return Numbers(surely, tuple(n for n in _digits(perhaps) if n not in surely))


def without_numbers(text: str, numbers: Iterable[str]) -> str:
    """The words of a text without these tickets' numbers and what they are called by."""
    words = plain(text)
    for number in numbers:
        words = re.sub(
            rf"(?<!tienda )(?<!sucursal )(?<!local )\b(?:(?:el|del|al|la|mi|los|con) )*"
            rf"(?:(?:{_PLAINLY}|{_MAYBE}) )?{_MARK}{number}\b",
            " ",
            words,
        )
    return " ".join(words.split())


def _digits(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for one in found for number in _DIGITS.findall(one)))
