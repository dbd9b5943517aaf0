"""The two halves of a report that people send apart: that something fails, 'no prende', and what
it is, 'la caja 3, tienda 15'. Neither alone is a report."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.models.local.numbers import find_numbers
from tools.models.local.spelling import expand, fold
from tools.models.local.stores import find_store
from tools.models.local.systems import find_systems

# More words than these tell something else besides.
MOST_WORDS = 9
_FRONT = (
    r"(?:(?:hola|buen[oa]s?|dias|tardes|noches|oigan|oye|soporte|ayuda\w*|urge\w*|pues|que|"
    r"aqui|aca|otra vez|de nuevo|y|uy|chin|no manches)[\s,.!]+)*"
)
_BEHIND = (
    r"(?:[\s,.!]+(?:por favor|porfa\w*|ayuda\w*|apoyo|urge\w*|gracias|otra vez|de nuevo|"
    r"nada|bien|hoy|ahorita|ya))*[\s.,!🙏😭😩😢😡🆘]*"
)
_VERB = (
    r"(?:funciona|funca|rula|camina|tira|chambea|sirve|jala|prende|enciende|abre|cierra|imprime|"
    r"responde|carga|lee|arranca|conecta|"
    r"anda|avanza|cobra|reacciona|entra|escanea|marcha|factura|timbra)n?"
)
_STUCK = (
    r"(?:trabad|congelad|colgad|pegad|apagad|bloquead|caid|muert|danad|descompuest|malograd|"
    r"averiad|"
    r"atorad|pasmad|lent)[oa]s?"
)
# It does nothing but wait: 'se quedó actualizando'.
_WAITS = (
    r"(?:se |sigue |esta )(?:(?:me|nos|le) )?(?:quedo |quedaron |queda )?(?:cargando|actualizando|"
    r"pensando|procesando|dando vueltas|inicializando|iniciando|reiniciando|sincronizando|"
    r"en blanco|en negro|en el logo|congelad[oa]|pasmad[oa])"
)
_ALL_DOWN = (
    r"(?:(?:hay )?ca[iy]d[oa] general|(?:esta |sigue |tenemos |estamos con )?tod[oa] "
    r"(?:caid|colgad|trabad|pegad|congelad|tildad|bloquead)[oa]|"
    r"(?:(?:ya |aqui |aca )*no (?:me |nos |se )?(?:abre|carga|anda|jala|funciona|sirve|prende|va|"
    r"funca|tira|rula|enciende) nada(?: de nada)?)|"
    r"nada (?:(?:me|nos) )?(?:funciona|responde|jala|anda|sirve|carga|abre|prende|funca|va)|"
    r"(?:estamos|seguimos|nos quedamos) (?:sin nada|incomunicados|caidos|colgados|tirados|"
    r"a ciegas|sin servicio|fuera de linea)|(?:estamos )?sin (?:linea|servicio|conexion))"
)
_FAILS = re.compile(
    rf"\W*{_FRONT}(?:"
    rf"(?:ya |todavia |aun )?no (?:(?:me|nos|se|le|quiere|deja de|ha|esta) )*{_VERB}|"
    r"(?:ya )?no (?:quiere |me quiere |nos quiere )?(?:prender|encender|abrir|imprimir|arrancar|"
    r"cargar|leer|funcionar|jalar)|"
    r"no (?:me |nos )?deja (?:entrar|cobrar|facturar|imprimir|abrir|vender|timbrar|hacer nada)|"
    r"se (?:me |nos |le )?(?:trabo|congelo|apago|colgo|cayo|bloqueo|descompuso|malogro|jodio|dano|"
    rf"quemo|pasmo|atoro|rompio|quedo {_STUCK})|"
    rf"(?:esta|estan|sigue|quedo|anda) (?:muy |todo |toda )?{_STUCK}|"
    r"(?:da|marca|sale|tira) error|(?:esta |sigue )?fallando|"
    rf"{_WAITS}|{_ALL_DOWN}"
    rf"){_BEHIND}"
)
# People and deliveries fail to come, and small talk is full of them.
_ELSEWHERE = frozenset({"personal", "entrega"})
_SAYS_NOTHING_TEXT = (
    "la el los las lo nuestra nuestro y e ni de del en con a al un una unos es son aqui aca tienda "
    "tda suc sucursal local sede punto numero num nro no por favor porfa ayuda ambas ambos tambien "
    "soy somos estoy estamos desde"
)
_SAYS_NOTHING = frozenset(_SAYS_NOTHING_TEXT.split())


def fails_only(text: str) -> bool:
    """Whether a text says that something fails, and not what: 'no prende', 'se trabó'."""
    return "?" not in text and bool(_FAILS.fullmatch(fold(text)))


@lru_cache(maxsize=1024)
def names_only(text: str) -> bool:
    """Whether a text names things, and perhaps where they are, and tells nothing of them: 'la caja
    3, tienda 15', 'la impresora'."""
    written = expand(text)
    if "?" in text or len(written.split()) > MOST_WORDS:
        return False
    things = [span for span in find_systems(written) if not span.weak]
    if not things or any(span.concepts & _ELSEWHERE for span in things):
        return False
    gone = [(span.start, span.end) for span in things]
    gone += [(number.start, number.end) for number in find_numbers(written)]
    left = "".join(
        " " if any(start <= at < end for start, end in gone) else sign
        for at, sign in enumerate(fold(written))
    )
    store = find_store(text)
    known = _SAYS_NOTHING | frozenset(fold(store).split() if store else ())
    return all(word in known for word in re.findall(r"[^\W\d_]+", left))
