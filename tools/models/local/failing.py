"""Which of the things that a text names is the one that fails, and how plainly it says so.

'tengo cola hasta la puerta, no pasa la terminal' is about the terminal. A thing that no list knows
is taken for what fails where the grammar leaves no doubt: 'el bisel no recibe', 'sin perchas'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from tools.models.local.happenings import happening, without_background
from tools.models.local.lexicon import read_words
from tools.models.local.problem import clauses_of, has_fault
from tools.models.local.spelling import expand, fold
from tools.models.local.systems import (
    SystemSpan,
    cause_of,
    find_systems,
    is_held_up,
    is_located,
    names_nothing,
)
from tools.models.local.told_things import is_no_thing, thing_told


class Plainly(IntEnum):
    """How plainly a thing is said to fail, the plainest highest."""

    HINTED = 0
    BESIDE = 1
    UNLISTED = 2
    NAMED = 3
    HAPPENS = 4


@dataclass(frozen=True)
class Failing:
    """A thing as a text names it, and how plainly it says that it fails."""

    word: str
    plainly: Plainly


_FAILS_AFTER = re.compile(
    r"(?: (?:de|del|en) (?:la |el |los |las )?\w+(?: \d+)?| \d+| ya| hoy| otra vez| tambien|"
    r" tampoco| todavia| sigue){0,4},? "
    r"(?:sin \w+(?:ar|er|ir)\b|no (?:se |me |nos |le |les |lo |la |te )*(?!es\b|son\b|hay\b|sea\b)"
    r"\w+|sigue[n]? (?!funcion|trabaj|and|jal|vend|cobr|sirv)\w+(?:ando|iendo|endo)\b|"
    r"(?:esta|estan|se|quedo|quedaron|marca|da|tira|sale|saca|falla|fallan|amanecio|hace|murio)\b)"
)
_FAILS_BEFORE = re.compile(
    r"(?:\b(?:no|tampoco|nunca) (?:se |me |nos |le |les |lo |la |te )*(?:hay|\w+)(?: bien| nada)? |"
    r"\bno (?:se |me |nos |le |les )*(?:consig\w+|pued\w+|podemos|logr\w+|deja\w*|permite\w*|"
    r"est\w+ (?:deja|pudie|permit)ndo) \w+r(?:l[oa]s?|me|se|nos)? |"
    r"\bno (?:se |me |nos |le |les )*(?:est\w+ )?(?:deja\w*|permit\w+|pued\w+|podemos|pudiendo) |"
    r"\bsin |\bfall\w+ |\bse (?:me |nos |le |ha )*\w+(?:o|aron|ieron|ado|ido) |"
    r"\b(?:problemas?|error|falla|detalle) (?:con|en|de) )"
    r"(?:el |la |los |las |mi |un |una |ningun[oa]? |nuestr[oa] |ese |esa |otr[oa] )?$"
)
# 'Con internet así no se puede'.
_LIKE_THIS = re.compile(r" asi\b")
# What is said to work: 'el celular sí tiene señal'.
_WORKS = re.compile(
    r"(?: \w+)? si (?:me |nos |se |le )?(?:tiene|tienen|funciona\w*|anda[n]?|prende\w*|"
    r"agarra\w*|hay|pasa[n]?|sirve[n]?|jala[n]?|va|van|toma[n]?|sale[n]?|entra[n]?|carga[n]?|lee[n]?)\b"
)
# What something else fails to do with it, or says: 'no imprime la etiqueta', 'pide clave',
# 'dice usuario bloqueado', 'no agarra señal', 'se puso la pantalla azul'.
_DONE_WITH = re.compile(
    r"\b(?:imprim\w+|emit\w+|trag(?:o|a|ando)|comi(?:o|endo)|mordi(?:o|do)|"
    r"(?:no |sin )(?:agarra\w*|coge\w*|tiene[n]?|encuentra\w*|pilla\w*|recibe\w*|carga\w*)|"
    r"pide[n]?|pidiendo|dice[n]?|marca|muestra|diciendo) "
    r"(?:que )?(?:el |la |los |las |una? |ni |mi |su |bien )?$"
)
_OBJECTS_TEXT = (
    "señal|internet|red|wifi|conexión|clave|usuario|contraseña|etiqueta|etiquetas|papel|batería|"
    "pila|ticket|tickets|factura|facturas|boleta|boletas|comprobante|comprobantes|código|acceso|"
    "precio|precios|hojas"
)
_OBJECTS = frozenset(_OBJECTS_TEXT.split("|"))
# A part that fails is the failure of the whole: 'el display de la refri'.
_PART_OF = re.compile(
    r"\b(?:display|visor|empaque|goma|burlete|tapa|rodillo|bandeja|charola|cargador|cable|bateria|"
    r"pila|motor|compresor|puerta|vidrio|resistencia|cabezal) "
    r"(?:del |de (?:la |las |los |el |mi )?)$"
)
_LOOKS = re.compile(r"^ (?:azul|en negro|negra|en blanco)\b")
# What belongs to a fitting room is called by it.
_FITTING_ROOM = re.compile(
    r"\b(?:puerta|cortina|chapa|cerradura|pestillo|gancho|barra|pasador|perchero|seguro) "
    r"(?:del?|en el|de los|de un) (?P<room>probador(?:es)?|vestidor(?:es)?)\b"
)
# What a text begins with is what it is about: 'la impresora escupe hojas', 'internet va lento'.
_SUBJECT = re.compile(
    r"\W*(?>(?:gente|estimad[oa]s?|chiquillos|cabros|muchachos|equipo|urgente|ayuda|auxilio|"
    r"parce|pilas|pues|uy|ay|ya|ojo|inge?|don \w+|dona \w+|senora?|senorita|perdonen?|dia|"
    r"es|aviso|en la \d+|\w+,|hola|oigan?|oye|che|buen[oa]s?|dias|tardes|noches|otra vez|ahora|"
    r"disculpen?|jefe|jefa|chicos|chicas|aqui|aca|perdon|una cosa|sin prisa|consulta|y)[\s,.]+)*"
    r"(?:(?:el|la|los|las|mi|mis|nuestr[oa]s?|una? de l[oa]s|un[oa]) )?"
)
# What has parts of its own, and what it may not do with one of them.
_WHOLES = frozenset({"caja", "computadora"})
_DOES_NOT_WORK = re.compile(
    r"^(?: \d+)? no (?:se |me |nos |le )?(?:abre|prende|enciende|lee|reconoce|detecta|imprime) "
    r"(?:el |la |los |las )$"
)
_PRINTS = re.compile(
    r"\bla (?:matriz )?de (?:las? |los |el )?(etiquetas?|precios?|facturas?|tickets?|boletas?|"
    r"garantias|recibos?|comandas?)\b"
)
_CARD_MACHINE = re.compile(
    r"\bmaquin(?:as?|itas?)\b[^.;]{0,30}\b(?:tarjetas?|debito|credito|transbank|chip|contactless)\b"
)
_LABELS = re.compile(r"etiquetas?|precios?")
# A thing without a name in any list: what is missing, or what the clause begins with and fails.
_NOUN = r"(?P<thing>[a-z]{3,}(?: de [a-z]{4,})?)"
_MISSING = re.compile(
    r"(?:\bquede sin|\bquedamos sin|"
    r"\bseguimos sin|\bsigo sin|\bsin|\bno hay|\bno tenemos|"
    r"\bno tengo|\bno (?:nos |me )?(?:llego|"
    r"llegaron|mandaron|trajeron|quedan?)|\b(?:me |nos )?faltan?|"
    r"\bse (?:me |nos )?(?:acab|termin)(?:o|aron)|\bquedando (?:corto|corta|sin)(?: de)?|"
    r"\bno (?:me |nos )?queda(?:n)? (?:ni (?:un[ao]?|medi[oa])|casi|mas)|"
    r"\b(?:me |nos )(?:solo )?quedan? (?:como |solo |apenas )?(?:\d+|dos|tres|cuatro|poc[oa]s?)|"
    r"\bme quedan \d+ \w+ de)"
    rf" (?:el |la |los |las |mas |ni una? |\d+ )?{_NOUN}\b"
)
_BEGINS = re.compile(
    r"^\W*(?:(?:hola|oigan?|oye|che|buen[oa]s?|dias|tardes|noches|otra vez|ahora|disculpen?|jefe|"
    r"chicos|chicas|aqui|aca|perdon)[\s,.]+)*(?:el|la|los|las|mi|nuestr[oa]) "
    rf"{_NOUN}(?: (?!no\b)[a-z]+)? no (?:se |me |nos |le |les |lo |la |te )*[a-z]+"
)
_NO_ONE_CAME = re.compile(
    r"\bno (?:ha |han |me |nos )?(?:vino|viene|vinieron|se (?:ha )?present\w+|llego a (?:turno|"
    r"trabajar)|llega y no|va a llegar|aparece|aparecio|contesta)\b|\b(?:estoy|esty|me quede|"
    r"abrir|quede) "
    r"sol(?:a|o|ita|ito)\b"
)
_SOMEBODY = re.compile(
    r"\b(?:chic[oa]|nin[oa]|companer[oa]|muchach[oa]|refuerzo|cajer[oa]|turno|emplead[oa]|quimic[oa]|"
    r"regente|farmaceutic[oa]|relevo|encargad[oa]|vendedor[a]?|vigilante|guardia|reponedor[a]?|"
    r"optometra|panader[oa]|cociner[oa]|administrador[a]?)\b"
)
_NOBODY_CAME = re.compile(r"\b[Nn]o (?:ha )?lleg(?:ó|o|a|ado) [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\b")
_NAME = re.compile(r"\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\b")
# Words for any thing at all: whatever else is named is what they mean.
_ANYTHING = frozenset({"equipo", "máquina", "gente"})
# What happens, is over, and leaves other things that fail.
_MAY_BE_OVER = frozenset({"luz", "techo"})
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_INFINITIVE = re.compile(r"[a-z]+(?:ar|er|ir)(?:l[oae]s?|me|nos|se)?|[a-z]+(?:ando|iendo)")
_DOES_NOT_PRINT = re.compile(
    r"\bno (?:me |nos |se |les? )*(?:esta |estan |quiere |deja )?imprim\w+"
)
_IMPRINTS = re.compile(r"\bimprim\w+|\bimpresion\b")


# When it fails: 'se traba cuando meto el descuento', 'se apaga al abrir el cajón'.
_WHEN = re.compile(
    r"\w (?:cuando|apenas|al|cada vez que|despues de|si) (?:(?:le|lo|la|se|me|nos) )?\w+ "
    r"(?:(?:el|la|los|las|un|una|mi) )?$"
)
# 'No se ve nada en las cámaras' is about them, though they stand where a place does.
_SEEN_IN = re.compile(
    r"\bno se (?:ve|ven|oye|oyen|escucha|escuchan|lee|leen)(?: nada| bien)? (?:en|por) "
    r"(?:el |la |los |las )?$"
)
# Pieces by whose name nobody corrects what the whole was called.
PIECES = frozenset(
    {"motor", "compresor", "resistencia", "empaque", "goma", "burlete", "visor", "display"}
    | {"rodillo", "cabezal", "foquito", "botón", "ventilador"}
)

# What people miss of a thing is seen for want of another: no thing fails by it.
_MISSED = re.compile(
    r"\W*(?:(?:l[oa]s?|el|un[oa]?|tod[oa]s?|y|ya|que) )*(?:client[ea]s?|gente|personas?|publico|"
    r"nadie) (?:ya )?no (?:se )?(?:ve|ven|encuentran?|oyen?|leen|entienden?|saben?) "
    r"(?:ni |bien )?(?:el |la |los |las )?\w+\W*"
)


def is_only_missed(folded: str) -> bool:
    """Whether a clause says that people miss something, for want of what it does not name: 'los
    clientes no ven ni el precio'."""
    return bool(_MISSED.fullmatch(folded))


def failing_thing(text: str) -> Failing | None:
    """What fails most plainly by this text, the first of equals; None where nothing is named."""
    if what := happening(text):
        # 'Después del apagón no prende el servidor' is about the server.
        rest = without_background(text) if what in _MAY_BE_OVER else None
        now = failing_thing(rest) if rest and rest != text else None
        if now and now.plainly >= Plainly.NAMED:
            return now
        return Failing(what, Plainly.HAPPENS)
    if told := thing_told(fold(expand(text))):
        return Failing(told, Plainly.NAMED)
    best: Failing | None = None
    for clause in clauses_of(text):
        found = _in_clause(clause)
        if found and (best is None or found.plainly > best.plainly):
            best = found
    if best is None:
        return None
    return Failing(cause_of(best.word, fold(expand(text))), best.plainly)


def _in_clause(clause: str) -> Failing | None:
    # What a screen says in quotes is no thing that fails.
    written = _QUOTED.sub(lambda said: " " * len(said.group()), expand(clause))
    folded = fold(written)
    faulty = has_fault(clause)
    if room := _FITTING_ROOM.search(folded):
        return Failing(room["room"], Plainly.NAMED)
    if named := _PRINTS.search(folded):
        labels = _LABELS.fullmatch(named.group(1))
        return Failing("impresora de etiquetas" if labels else "impresora", Plainly.NAMED)
    named_here = [
        span
        for span in find_systems(written)
        if not names_nothing(span, folded) and not is_no_thing(span.word, folded[: span.start])
    ]
    spans = _without_parts(named_here, folded)
    found = [Failing(span.word, _how(span, folded, faulty=faulty)) for span in spans]
    if _CARD_MACHINE.search(folded):
        return Failing("máquina de tarjetas", Plainly.NAMED)
    if part := _part_of(found, spans, folded):
        return part
    best = max(found, key=lambda one: one.plainly, default=None)
    # What a clause begins with and fails comes before what else it names.
    if unlisted := _unlisted(_BEGINS, written, folded):
        return Failing(unlisted, Plainly.UNLISTED)
    if _DOES_NOT_PRINT.search(folded) and (best is None or best.plainly <= Plainly.HINTED):
        labels = _LABELS.search(folded)
        return Failing("impresora de etiquetas" if labels else "impresora", Plainly.NAMED)
    if best is None or best.plainly <= Plainly.BESIDE:
        if _NOBODY_CAME.search(written):
            return Failing("personal", Plainly.UNLISTED)
        if _NO_ONE_CAME.search(folded) and (_SOMEBODY.search(folded) or _NAME.search(written)):
            return Failing("personal", Plainly.UNLISTED)
        if unlisted := _unlisted(_MISSING, written, folded):
            return Failing(unlisted, Plainly.UNLISTED)
        if best is None and _IMPRINTS.search(folded):
            return Failing("impresora", Plainly.BESIDE)
    return best


def _without_parts(spans: Sequence[SystemSpan], folded: str) -> list[SystemSpan]:
    """The things but those that are said to be a part of the next one."""
    parts = {
        span.start
        for span, whole in pairwise(spans)
        if not whole.concepts & _WHOLES
        and (of := _PART_OF.search(folded[: whole.start]))
        and of.start() == span.start
    }
    return [span for span in spans if span.start not in parts]


def _part_of(found: list[Failing], spans: Sequence[SystemSpan], folded: str) -> Failing | None:
    """What a till or a computer is said not to work, open or light: 'la caja no abre el cajón'."""
    for (one, span), (other, after) in pairwise(zip(found, spans, strict=True)):
        if one.plainly is not Plainly.NAMED or other.plainly is not Plainly.NAMED or after.weak:
            continue
        if span.concepts & _WHOLES and _DOES_NOT_WORK.search(folded[span.end : after.start]):
            return other
    return None


def _how(span: SystemSpan, folded: str, *, faulty: bool) -> Plainly:
    before, after = folded[: span.start], folded[span.end :]
    if _WORKS.match(after) or (span.word == "pantalla" and _LOOKS.match(after)):
        return Plainly.HINTED
    if span.word in _OBJECTS and _DONE_WITH.search(before):
        return Plainly.HINTED
    if _WHEN.search(before):
        return Plainly.BESIDE
    if not span.weak and _SEEN_IN.search(before):
        return Plainly.NAMED
    if _LIKE_THIS.match(after) and before.endswith(("con ", "con el ", "con la ")):
        return Plainly.NAMED
    if is_only_missed(folded):
        return Plainly.HINTED
    of_it = not span.concepts & _WHOLES and _PART_OF.search(before)
    held_up = is_held_up(before) and not _FAILS_AFTER.match(after)
    if ((is_located(before) and not of_it) or held_up) and not span.weak:
        return Plainly.BESIDE
    if not span.weak and _SUBJECT.fullmatch(before):
        return Plainly.NAMED
    fails = bool(_FAILS_AFTER.match(after) or _FAILS_BEFORE.search(before))
    if span.weak:
        return Plainly.UNLISTED if fails and span.word not in _ANYTHING else Plainly.HINTED
    return Plainly.NAMED if faulty or fails else Plainly.BESIDE


def _unlisted(pattern: re.Pattern[str], written: str, folded: str) -> str | None:
    """The noun that a pattern finds, where it is no word list's and no name."""
    said = pattern.search(folded)
    if said is None:
        return None
    thing = said.group("thing")
    head = thing.split()[0]
    proper = written[said.start("thing")].isupper() and not written.isupper()
    named = any(span.start <= said.start("thing") < span.end for span in find_systems(written))
    if proper or named or head in _refused() or find_systems(thing) or _INFINITIVE.fullmatch(head):
        return None
    # What there is too little of is called by its first word: 'piñatas de estrella'.
    end = said.start("thing") + len(head) if pattern is _MISSING else said.end("thing")
    return written[said.start("thing") : end].lower()


@lru_cache(maxsize=1)
def _refused() -> frozenset[str]:
    return read_words("not_things.txt") | read_words("not_answers.txt")
