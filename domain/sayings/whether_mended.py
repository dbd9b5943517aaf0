"""When somebody asks how all that they reported goes, and names none of it: '¿ya quedó?'. Pure.

Without the mark 'ya quedó' tells that it works; what names a thing, '¿ya quedó la caja?', asks of
that alone.
"""

from __future__ import annotations

import re

from domain.sayings.progress import asks_of_progress
from domain.wording import plain

LONGEST = 90
_FRONT = (
    r"(?:(?:hola|oye|oiga\w*|oigan|che|bot|recado|buen dia|buen[oa]s(?: (?:dias|tardes|noches))?|"
    r"disculp\w+|perdon|por favor|porfa\w*|equipo|soporte|sistemas|chicos|y|entonces|pero|"
    r"una (?:pregunta|consulta|duda)|jefe|inge\w*|amig[oa]s?) ){0,4}"
)
_MENDED = (
    r"(?:quedo|quedaron|quedara|quedo (?:listo|resuelto|arreglado)|quedaron (?:listos|resueltos)|"
    r"esta|estan|estara|se (?:arreglo|arreglaron|resolvio|resolvieron|soluciono|compuso)|"
    r"l[oa]s? (?:arreglaron|resolvieron|repararon|solucionaron|compusieron|checaron|revisaron|"
    r"vieron)|(?:pudieron|lograron) (?:arreglarl[oa]s?|resolverl[oa]s?|verl[oa]s?|revisarl[oa]s?)|"
    r"hay (?:solucion|respuesta))"
)
_ASKS = re.compile(
    rf"{_FRONT}(?:(?:ya|si|al fin|por fin|siempre|todavia no) )?(?:(?:me|nos|les|te|le) )?{_MENDED}"
    r"(?: (?:ya|todo|todos|eso|esto|list[oa]s?|bien|lo mio|lo nuestro|lo que reporte|los reportes|"
    r"mis reportes|los tickets|mis tickets|o no|o todavia no|o que|o aun no|por favor|porfa\w*|"
    r"gracias|chicos|equipo|jefe|inge\w*|soporte))*"
)


def asks_of_all(text: str) -> bool:
    """Whether a text asks whether what was reported works by now, or how it goes, and no more."""
    if "?" not in text or len(text) > LONGEST:
        return False
    return bool(_ASKS.fullmatch(plain(text))) or asks_of_progress(text)
