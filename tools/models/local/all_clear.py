"""Whether 'ya quedó' is said of what an incident is about, and not of somebody's day.

'Ya regresé', 'ya vino el fumigador', 'ya pasó el supervisor, todo bien' end no report, and neither
does what is said of another thing.
"""

from __future__ import annotations

import re

from domain.sayings.mended import ALL_WELL, only_settles, works_again
from domain.wording import plain
from tools.models.local.systems import same_system

# How surely words must say so which no grammar knows to. Of what is said of other things most is
# below ('ya descargamos todo' 0.36, 'ya pagaron' 0.56), of repairs most above ('ya pudimos cobrar'
# 0.69, 'se arregló solo' 0.75).
SURELY = 0.65

_PEOPLE = (
    r"supervisor\w*|jef[ea]s?|gerentes?|proveedor\w*|repartidor\w*|mensajer[oa]s?|client[ea]s?|"
    r"senor(?:a|as|es)?|fumigador\w*|policias?|auditor\w*|tecnic[oa]s?|inge(?:nier[oa]s?)?|"
    r"encargad[oa]s?|muchach[oa]s?|chic[oa]s?|companer[oa]s?|contador\w*|mama|papa|hij[oa]s?|"
    r"espos[oa]|novi[oa]|nin[oa]s?|plomer[oa]s?|pintor\w*|electricista|carpinter[oa]|visitas?|"
    r"doctor\w*|inspector\w*|guardias?|chofer\w*|promotor\w*|vendedor\w*|duen[oa]|cajer[oa]s?"
)
_GOODS = (
    r"camion\w*|camioneta|trailer|ruta|paquetes?|pedidos?|mercanc\w+|mercader\w+|basura|comida|"
    r"pizza|quincena|nomina|bono|vales|uniformes?|folletos?|blindad[oa]|valores|inventario|pago de"
)
_COMES = (
    r"(?:vino|vinieron|volvio|volvieron|regreso|regresaron|llego|llegaron|paso|pasaron|"
    r"aparecio|aparecieron|salio|salieron|entro|"
    r"entraron|termino|terminaron|se fue|se fueron|esta aqui|esta aca|deposito|depositaron)"
)
_WHOSE = r"(?:el|la|los|las|un|una|unos|unas|mi|mis|su|sus|otr[oa]|del|de la|don|dona)"
_CAME_BY = re.compile(rf"\bya {_COMES}(?: {_WHOSE}){{1,2}} (?:\w+ )?(?:{_PEOPLE}|{_GOODS})\b")
# What somebody tells of themselves.
_MYSELF = re.compile(
    r"\bya (?:regrese|volvi|llegue|sali|vine|comi|cene|almorce|desayune|fui|me voy|me fui|vengo|"
    r"voy|ando|llegamos|volvimos|regresamos|salimos|comimos|cenamos|almorzamos|descargamos|"
    r"acomodamos|limpiamos|barrimos|entregamos|contamos|estoy (?:aqui|aca|de vuelta|de regreso))\b"
)
# What goes on failing, or gets worse: 'ya subió a 16', 'ya empezó a gotear'.
_WORSE = re.compile(
    r"\bya (?:\w+ )?(?:subio|bajo|llego|esta|va|marca) (?:a|en|por) (?:los )?(?:menos )?\d|"
    r"\bya (?:se )?(?:empezo|empezaron|comenzo|comenzaron|esta|estan) (?:a |oliendo|sonando|"
    r"goteando|tirando|saliendo|echando)|"
    r"\bya (?:subio|subieron|crecio)$|\b(?:fuera de|sin) servicio\b|"
    r"\b(?:quedo|quedaron|esta|estan) (?:(?:tod[oa]|otra vez|muy) )?(?:igual|peor|mal|inservible|"
    r"(?:trabad|pegad|muert|apagad|bloquead|colgad|negr|congelad|atorad|quemad|fundid|caid|parad|rot|"
    r"descompuest)[oa]s?)\b"
)
# 'Ya mero la arreglan', 'ya casi queda', 'ya la arreglaron a medias': not yet.
_NOT_YET = re.compile(
    r"\bya (?:mero|merito|casi|pronto|ahorita|viene\w*|vamos a|van? a)\b|\ba (?:medias|ratos)\b"
)

# What is kept here is no thing that fails: 'el ticket 101 ya quedó'.
_KEPT = re.compile(r"(?:ticket|reporte|folio|caso|soporte)s?")


def is_another_thing(system: str | None, known: str | None) -> bool:
    """Whether words name a thing, and the incident is of another one."""
    if not system or not known or _KEPT.fullmatch(plain(system)):
        return False
    return not same_system(system, known)


def ends_it(text: str, fixed: float) -> bool:
    """Whether words say that what the incident is about works again; `fixed` is how surely the
    reader takes them to, 0 to 1."""
    words = plain(text)
    if only_settles(text):
        return works_again(text)
    if _NOT_YET.search(words) and not works_again(text):
        return False
    rest = _MYSELF.sub(" ", _CAME_BY.sub(" ", words))
    again = works_again(text)
    surely = fixed >= SURELY and (again or not _WORSE.search(words))
    if rest == words and (surely or (again and not ALL_WELL.search(words))):
        return True
    return works_again(ALL_WELL.sub(" ", rest))
