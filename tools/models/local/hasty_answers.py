"""What whoever is in a hurry says behind the number of their store: that it is urgent, how long it
lasts and who waits."""

from __future__ import annotations

import re

from tools.models.local.spelling import fold

LONGEST, MOST = 160, 5
_MANY = (
    r"(?:\d{1,3}|una?|dos|tres|cuatro|cinco|seis|ocho|diez|media|medio|varias|varios|muchas|muchos|"
    r"mucho|mucha|toda|todo|bastante)"
)
_LASTS = (
    rf"(?:(?:ya|es que|y) )*(?:llevamos|llevo|tenemos|tengo|van|estamos|estoy|lleva)"
    rf"(?: (?:ya|mas de|casi|como|desde hace|hace))? {_MANY} (?:la |el )?"
    r"(?:horas?|hrs?|minutos?|mins?|dias?|manana|tarde|rato|tiempo)(?: y media)?"
    r"(?: (?:asi|igual|esperando|parad[oa]s|detenid[oa]s|caid[oa]s|con (?:esto|el problema|la "
    r"falla)|"
    r"sin (?:poder )?(?:vender|cobrar|facturar|trabajar|operar|servicio|respuesta|sistema|nada)))?"
)
_WAIT = (
    rf"(?:(?:ya|y|es que) )*(?:hay|tenemos|tengo|con)(?: ya)? (?:{_MANY} |la |un monton de |"
    r"una )?(?:fila|cola|gente|clientes?|personas?)(?: (?:enorme|larga|esperando|formad[oa]s?|"
    r"en (?:la )?fila|molest[oa]s?|enojad[oa]s?|afuera|parad[oa]s?))*"
)
_STOPS = (
    r"(?:(?:ya|y|es que) )*(?:no (?:podemos|puedo|se puede|estamos pudiendo) |estamos sin |"
    r"sin (?:poder )?)(?:vender|cobrar|facturar|operar|trabajar)(?: nada)?|"
    r"(?:la gente|los clientes|el cliente) (?:ya )?(?:se (?:va|van|nos van|esta yendo|estan yendo|"
    r"enojan?|desesperan?)|est(?:a|an) (?:esperando|molest[oa]s|enojad[oa]s))"
)
_PLEA = (
    r"(?:ya |muy |es |me |nos |super |y )*(?:por fa(?:vor|vorcito)?|porfa\w*|urge|urgen|urgente|"
    r"urgentisimo|apuren(?:se|le)?|apurense|apurele|rapido|lo antes posible|cuanto antes|"
    r"ayud(?:a|en|enos|enme)|auxilio|vengan(?: ya)?|manden a alguien|ya)"
)
_BEHIND = re.compile(rf"[\s,.;:!()-]+(?:{_LASTS}|{_WAIT}|{_STOPS}|{_PLEA})\W*$")


def without_haste(text: str) -> str:
    """The text without such words at its end; itself where it asks, or is too long."""
    if "?" in text or len(text) > LONGEST:
        return text
    for _ in range(MOST):
        met = _BEHIND.search(fold(text))
        if met is None:
            break
        text = text[: met.start()]
    return text
