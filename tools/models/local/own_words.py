"""What a report tells in words that no list has: its thing is the noun of which it says what fails,
'la promo del 2x1 no la está aplicando', and its problem whatever it says beside the thing.

Only asked where the lists have found nothing: what a reporter has told is never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tools.models.local.courtesy import without_courtesy
from tools.models.local.halves import fails_only
from tools.models.local.idioms import thing_of_idiom
from tools.models.local.lexicon import read_words
from tools.models.local.problem import (
    clauses_of,
    clean_phrase,
    free_problem,
    has_fault,
    told_unknown,
    words_beside,
)
from tools.models.local.spelling import expand, fold

# So many words tell something though no phrase of a failure is among them.
TELLS = 4
_WORD = r"(?:[a-z][a-z0-9ñ]{2,}|\d+x\d+)"
# 'Buscador de clientes'; of 'tapa del registro' the first word is the thing.
_OF = rf"(?: de (?!que\b|cobr|factur|vend){_WORD})?"
# 'Está' and 'este' are also other words, 'se la' and 'quien la' have no noun behind them.
_ARTICLE = (
    r"(?<!\bno )(?<!\bse )(?<!\bme )(?<!\bnos )(?<!\ble )(?<!\bles )(?<!\bte )(?<!\bquien )"
    r"(?:el|la|los|las|mis?|nuestr[oa]s?|una?|unos|unas|ese|esa|dich[oa])"
)
_NAMED = re.compile(rf"\b{_ARTICLE} (?P<thing>{_WORD}{_OF})\b")
_ARTICLE_FIRST = re.compile(r"\b(?:el|la|los|las|nuestr[oa]|mi|una?) $")
_SUBJECT = re.compile(
    rf"^\W*(?:(?:hola|oigan?|y|que|ya|chicos|buen[oa]s?|dias|tardes|noches|aqui|aca)[\s,]+)*"
    rf"{_ARTICLE} (?P<thing>{_WORD}{_OF}) (?:(?:ya|hoy|de nuevo|otra vez) )?\w+ \w+"
)
_DENIES = re.compile(r"\b(?:no|sin|ni|nada|nunca|tampoco|problem\w*|lios?|se)\b")
# What stands behind these is where, with what, whose: not what fails.
_BEHIND = re.compile(
    r"\b(?:en|con|para|por|a|al|de|desde|hasta|sobre|junto|tras|entre|segun|hacia|bajo|ante) $"
)
_TROUBLE_WITH = re.compile(
    r"\b(?:problem\w*|fall\w*|error\w*|detalle\w*|ayud\w*|apoy\w*|lios?|bronca\w*|inconvenient\w*|"
    r"dificultad\w*|tema|asunto) (?:con|en|de|sobre) $"
)
# 'Excel no abre', 'tubo roto', 'patín de bodega no levanta'.
_BARE = re.compile(
    rf"^(?P<thing>(?!no\b|se\b|ya\b)[a-z][a-z0-9ñ]{{3,}}{_OF}) (?:(?:ya|hoy|aun|todavia) )?"
    r"(?:no (?:(?:se|me|nos|le|les|lo|la) )*\w+|(?:esta|estan|quedo|quedaron) \w+|"
    r"\w{3,}(?:ad|id|rot|muert)[oa]s?$|rot[oa]s?$|muert[oa]s?$)"
)
_INFINITIVE = re.compile(r"\w+(?:ar|er|ir)(?:l[oae]s?|me|nos|se)?\b|\w+(?:ando|iendo|mente)\b")
# What people do with a system that they do not name, and what it is called by that.
_DONE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("báscula", re.compile(r"\bpes(?:ar|amos|ando|a nada)\b")),
    ("facturación", re.compile(r"\b(?:factur(?:ar|amos|ando)|timbr(?:ar|a|ando)|boletear)\b")),
    (
        "cierre",
        re.compile(
            r"\b(?:cerrar|cierro|hacer) (?:el |la |mi )?(?:dia|turno|corte|cierre|zeta|z|arqueo)\b"
        ),
    ),
    ("anulaciones", re.compile(r"\b(?:anular|cancelar (?:la |una |el |un )?(?:venta|ticket))\b")),
    (
        "cobro",
        re.compile(
            r"\b(?:(?:no|sin|al|a|pica|doy|darle|imposible)(?: \w+){0,4} cobr(?:ar|o)\b|"
            r"(?:me|le|les|nos|han?|se) (?:lo |la |los )?cobr(?:o|ado|a|aron)(?: \w+)? "
            r"(?:doble|dos veces|de mas|mal)|cobrando (?:con|en|a mano|doble|mal|solo))"
        ),
    ),
    ("ventas", re.compile(r"\bno (?:\w+ ){0,2}(?:vender|vendemos|vendo)\b")),
    ("teléfono", re.compile(r"\bllamadas\b")),
    ("impresora", re.compile(r"\bimprim\w+\b")),
    ("lector de códigos", re.compile(r"\b(?:escane\w+|codigos? de barras?)\b")),
    (
        "acceso",
        re.compile(r"\b(?:no (?:\w+ ){0,3}(?:ingresar|entrar al?|acceder)|sesion)\b"),
    ),
)
_OF_PEOPLE_TEXT = (
    "cliente clienta clientes clientas senor senora senores senoras senorita chico chica chicos "
    "chicas muchacho muchacha muchachos muchachas nino nina ninos ninas companero companera "
    "companeros companeras cajero cajera jefe jefa gerente encargado encargada supervisor "
    "supervisora vendedor vendedora gente persona personas tecnico inge ingeniero compa amigo "
    "amiga "
    "viejita viejito abuela abuelo doctor doctora profe vecino vecina hijo hija mama papa esposo "
    "esposa novio novia hermano hermana primo prima tio tia perro gato publico bebe dueno duena "
    "guardia vigilante policia chofer repartidor proveedor don dona"
)
_OF_PEOPLE = frozenset(_OF_PEOPLE_TEXT.split())
_NO_THINGS_TEXT = (
    "manana tarde noche hora horas rato dia dias semana mes minuto minutos vez veces momento lunes "
    "martes miercoles jueves viernes sabado domingo tienda tiendas sucursal local sede negocio "
    "punto empresa casa zona lado parte forma manera problema problemas falla fallas error errores "
    "detalle tema caso cosa cosas nada todo toda todos todas otra otro otras otros misma mismo "
    "verdad fila cola fin favor ayuda apoyo reporte foto video mensaje pena molestia duda novedad "
    "unico unica primera primero ultima ultimo segunda segundo tercera tercero que cual mas menos "
    "mejor peor dos tres cuatro cinco plena pleno puro pura"
)
_NO_THINGS = frozenset(_NO_THINGS_TEXT.split())


@lru_cache(maxsize=1)
def _refused() -> frozenset[str]:
    words = read_words("not_answers.txt") | read_words("not_things.txt")
    return words | _OF_PEOPLE | _NO_THINGS | read_words("given_names.txt")


def thing_told(texts: Sequence[str]) -> str | None:
    """What fails by the reporter's own words, a short noun; None where they name nothing, as
    'no enciende y ya probé en otro enchufe'."""
    told = [text for text in texts if "?" not in text]
    clauses = [clause for text in told for clause in clauses_of(text)]
    for clause in clauses:
        if thing := thing_of_idiom(clause):
            return thing
    failing = [clause for clause in clauses if has_fault(clause)]
    ways = (
        (_nouns, failing),
        (_done, failing),
        (_done, told),
        (_denied, clauses),
        (_subject, clauses),
    )
    for way, parts in ways:
        if thing := next(filter(None, map(way, parts)), None):
            return thing
    return None


def problem_told(texts: Sequence[str]) -> str | None:
    """The first of these texts that tells something beside the name of a thing."""
    bare = [without_courtesy(text) for text in texts]
    for text in bare:
        phrase = free_problem(text)
        if phrase and len(clean_phrase(text).split()) >= TELLS and not text.endswith("?"):
            return phrase
    said = next(filter(None, map(told_unknown, bare)), None)
    said = said or next(filter(None, map(_beside, texts)), None)
    return said or next((clean_phrase(text) for text in bare if fails_only(text)), None)


def _beside(text: str) -> str | None:
    """'Escalera eléctrica parada', 'olor a gas en panadería': a thing and how it is."""
    beside = () if "?" in text else clauses_of(text)
    return next((clean_phrase(clause) for clause in beside if words_beside(clause)), None)


def _nouns(clause: str) -> str | None:
    """The noun of a clause that tells a failure, the likeliest of them."""
    written = expand(clean_phrase(clause))
    folded = fold(written)
    bare = _BARE.match(folded)
    if bare and not _INFINITIVE.match(folded) and (thing := _thing(bare, written)):
        return thing
    # As it is cleaned it begins with the noun.
    began = _ARTICLE_FIRST.search(fold(expand(clause))[: -len(written)] if written else "")
    said = f"el {written}" if began else written
    for noun in _NAMED.finditer(fold(said)):
        before = fold(said)[: noun.start()]
        if _BEHIND.search(before) and not _TROUBLE_WITH.search(before):
            continue
        if thing := _thing(noun, said):
            return thing
    return None


def _denied(clause: str) -> str | None:
    """The noun of what does not come about: 'no consigo mandar la hoja', 'lío con el bono'."""
    return _nouns(clause) if _DENIES.search(fold(expand(clause))) else None


def _subject(clause: str) -> str | None:
    """What a clause begins with and then speaks of: 'el mause va para un lado'."""
    written = expand(clause)
    found = _SUBJECT.match(fold(written))
    return _thing(found, written) if found else None


def _thing(found: re.Match[str], written: str) -> str | None:
    start, end = found.span("thing")
    head, *rest = found["thing"].split()
    if head in _refused() or head.isdigit():
        return None
    if rest and rest[-1] in _refused() - _NO_THINGS - _OF_PEOPLE:
        end = start + len(head)
    return written[start:end].lower()


def _done(text: str) -> str | None:
    folded = fold(expand(text))
    return next((thing for thing, said in _DONE if said.search(folded)), None)
