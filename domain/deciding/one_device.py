"""When a report tells of one device, which fails by itself: it is no outage of other groups.

Pure. 'No prende la caja 2', 'se acabó el papel de la terminal' and 'las otras sí leen' are of what
a store has in its hands; 'no hay sistema' and 'no pasa ninguna tarjeta' may hit every store.
"""

from __future__ import annotations

import re
from functools import lru_cache

from domain.wording import plain

_DEVICE = (
    r"(?:cajas?|terminal(?:es)?|tpv|pos|posnet|datafonos?|pin ?pad|lector(?:a|es)?|"
    r"maquin(?:a|ita)s?|comput\w+|compu|pc|equipos?|tablets?|pantallas?|impresoras?|kioscos?)"
)
_ONE = re.compile(
    # One of several, by its number or beside those that work.
    rf"\b{_DEVICE} (?:(?:n(?:o|um|umero)?|nro) )?\d{{1,2}}\b|"
    rf"\b(?:un[oa] de l[oa]s|una sola|uno solo|solo (?:un[oa]|la|el|est[ae]))\b(?: \w+){{0,2}}|"
    r"\b(?:l[oa]s? )?(?:otr[oa]s?|demas)(?: \w+)? si\b|\bcon (?:l[oa]s? )?otr[oa]s? si\b|"
    # It stays dark, or stands still.
    r"\bno (?:me |nos |le )?"
    r"(?:prenden?|encienden?|arrancan?|bootea\w*|carga (?:la )?(?:bateria|pila))\b"
    r"(?! (?:l[oa]s? )?(?:luz|luces|focos?|lamparas?))|"
    rf"\b{_DEVICE} (?:\w+ ){{0,6}}?(?:se (?:me |nos )?(?:ha |han )?(?:quedo|quedado|quedaron) "
    r"(?:\w+ )?(?:colgad|congelad|pasmad|trabad|pegad|tildad|pensand|en (?:negro|blanco|azul))|"
    r"(?:esta|quedo) (?:trabad|pasmad|muert|apagad|en (?:negro|blanco|azul))|"
    r"se (?:me |nos )?(?:colgo|congelo|pasmo|trabo|tildo|apago|reinicia|apaga)\b)\w*|"
    # A part of it.
    r"\b(?:papel|rollos?|cables?|clavija|enchufe|cargador\w*|bateria|pila|boton(?:es)?|teclas?|"
    r"teclado|mouse|raton|gaveta|cajon|ranura|tapa|cabezal|tinta|toner|cinta|bisagra|carcasa|"
    r"lapiz|antena)\b|"
    r"\b(?:se (?:me |nos )?(?:cayo al (?:piso|suelo)|rompio|quebro|mojo|quemo|estrello)|"
    r"quebrad[oa]|estrellad[oa]|golpead[oa]|mojad[oa]|atascad[oa]|atorad[oa])\b"
)
# What is told of all of them, or of what they hang on, is of more than one.
_SHARED = re.compile(
    r"\b(?:sistemas?|internet|red|linea|senal|servidor|luz|conexion|wifi)\b|"
    r"\b(?:ningun[oa]?|tod[oa]s|nada|ambas|ambos|las dos|los dos|tampoco|tambien)\b"
)


@lru_cache(maxsize=4096)
def is_of_one_device(text: str) -> bool:
    """Whether a report tells of one device alone."""
    words = plain(text)
    return bool(_ONE.search(words)) and not _SHARED.search(words)
