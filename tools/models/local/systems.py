"""Which device, service or thing of a store a text speaks of, as a short noun.

Every country has its own word (terminal, datáfono, TPV, posnet); words are grouped by concept so
that two of them can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from domain.sayings.spared import is_spared
from tools.models.local.indicators import is_indicator
from tools.models.local.lexicon import read_lines, read_words
from tools.models.local.other_words import is_no_name
from tools.models.local.spelling import expand, fold

_RELATED = (
    {"impresora", "impresora de tickets", "impresora fiscal"},
    {"impresora", "impresora de etiquetas"},
    {"caja", "sistema"},
    {"sistema", "facturación"},
    {"sistema", "inventario"},
    {"luz", "lámparas"},
    {"puerta", "cortina"},
    {"puerta", "llaves"},
    {"computadora", "pantalla"},
    {"rollos", "insumos"},
    {"bolsas", "insumos"},
    {"sistema", "app"},
    {"sistema", "reportes"},
    {"agua", "baño"},
    {"precios", "sistema"},
    {"usuario", "sistema"},
    {"entrega", "inventario"},
    {"luz", "UPS"},
    {"créditos", "sistema"},
    {"recargas", "sistema"},
    {"fidelidad", "sistema"},
    {"fidelidad", "precios"},
    {"calentador", "gas"},
    {"calentador", "agua"},
    {"acuario", "batería"},
    {"robo", "amenaza"},
    {"accidente", "piso"},
    {"derrame", "piso"},
    {"derrame", "agua"},
    {"apertura", "llaves"},
    {"apertura", "puerta"},
    {"apertura", "cortina"},
    {"app", "entrega"},
    {"agua", "techo"},
)
# The sales floor is where something is; 'no da ni una luz' speaks of no lamp; change is what a
# drawer does not let give, a report what the mail does not let send.
_FLOOR_OF_SALES = re.compile(r"\b(?:en el|al|por el) $")
_NO_LIGHT = re.compile(r"\b(?:da|marca) ni una $")
# 'Ya probamos en otro enchufe', 'le cambié el cable': what was tried is not what fails.
_TRIED = re.compile(
    r"\b(?:prob\w+|intent\w+|conect\w+|enchuf\w+|puse|pusimos) (?:\w+ ){0,2}?"
    r"(?:en |con |a )otr[oa] $"
)
# The signal of something is called by that, and signs of life by nothing.
_NO_SIGNAL = re.compile(r"(?:es)? de (?:vida|internet|wifi|red|telefono|celular)\b")
# 'Está bien lento' says how slow it is.
_IS_WELL = re.compile(r" (?:(?:si|ya) )?(?:esta|ta) bien(?=\s*(?:$|[,.;!]| (?:y|pero|aunque)\b))")
_HELD_UP = re.compile(
    r"\b(?:dar|damos|dando) $|\b(?:mandar|enviar|subir) (?:el |los |un )?$|"
    # 'No carga ni el correo', 'cada factura tarda', 'se cierra al imprimir el corte'.
    r"\bcarga\w* ni (?:el |la |los |las )$|\bcada $|\bal \w+[aei]r (?:el |la |los |las |una? )?$"
)
_ANY_PAGE = re.compile(r"\b(?:ni una|cada|ninguna|una|las) paginas?\b")
# The internet as what fails: 'con internet así', 'el wifi está lento', 'sin internet'.
_INTERNET = re.compile(
    r"\bcon (?:el |la )?(?P<such>internet|wifi|red) asi\b|\bsin (?P<none>internet|wifi|red)\b|"
    r"\b(?P<bad>internet|wifi) (?:\w+ )?(?:lent|pesad|caid|intermitent|fatal|mal\b)"
)
_PRINTS = re.compile(r"\b(?:imprim\w+|impres\w+|salen?|blanco|manchad\w+|ator\w+|hojas?)\b")
# Water that comes in is a matter of the roof.
_COMES_IN = re.compile(
    r"\b(?:entra|entrando|mete|metiendo|metio|cae|cayendo|gotea|filtra\w*|escurre)\b.{0,40}?"
    r"\b(?:por|del|desde) (?:el )?(?:techo|plafon|cielo|tejado)\b"
)
_LOCATED = re.compile(
    r"(?:\b(?:en|de|desde|hasta|junto a|que da a|cerca de|para|con|sobre|frente a|por|debajo de|"
    r"atras de|detras de|of|on|in) (?:la |el |las |los |una |un |mi |nuestra |the |ambas |"
    r"todas las |ningun[oa] (?:de l[oa]s )?)?(?:\d |dos |tres |cuatro |cinco |otr[oa]s? )?|"
    r"\bdel |\bal )$"
)
_VERB_ENDING = re.compile(r"(?:amos|emos|imos|aron|eron|ando|iendo|aba|aban|aste)$")
_PARTICIPLE = re.compile(r"[ai]d[oa]s?$")
_ABOUT = re.compile(
    r"\b(?:problemas?|fallas?|fallos?|detalle|lio|ayuda|apoyo|inconvenientes?|incidencias?|asunto|"
    r"tema|error|errores|dificultades|bronca|averia|issue|trouble|problem|quedamos|"
    r"estamos|se trata|"
    r"caida|perdida|corte|falta|reinicio|seguimos|sin|revision|mantenimiento|servicio|fuga|escasez)"
    r" (?:con|en|de|del|al|with)\b[^,.;]*$"
)

_SMALL = re.compile(r"(?P<stem>[a-z]{4,})it(?P<ending>[ao])s?")
# 'Sistemas, las terminales no pasan': a department that is called, and no thing that fails.
_CALLED = re.compile(
    r"(?:[Ss]istemas|Mesa|Alarmas|Cámaras)(?:\s*[,.!]|\W*$)|"
    r"(?:[Ss]istemas|Mesa) (?:o|y|buen[oa]s?|hola|las?|los?|el|no|nos|me|se|te|le)\b"
)
# 'Ups, ya llevo 4', and the window of a program.
_AN_UPS = re.compile(r"\b(?:el|la|los|las|un|una|del|al|de|mi|ese|esa|sin) $")
_COUNTED = re.compile(r"\b(?:\d+|una|unas|varias|media|otras?|dos|tres|cuatro|cinco) $")
_OF_GOODS = re.compile(
    r" de (?!este\b|ese\b|fila|las?\b|los\b|mis\b|nuestr|aca\b|alla\b|abajo|arriba|cobro|"
    r"autoservicio|autocobro|atras|adelante|afuera|salida|entrada|pago)"
)
# What only a till fails to do: 'dos cajas de Miraflores no prenden'.
_TILL_FAILS = re.compile(
    r"\b(?:no|sin|ni)\b[^,.]{0,15}\b(?:prend\w+|enciend\w+|cobr\w+|factur\w+|abr\w+|sistema|red|"
    r"internet|luz|funcion\w+|jala\w*|anda\w*|sirv\w+|pasa\w*|arranc\w+)|"
    r"\b(?:caid|muert|bloquead|congelad|trabad|apagad)[ao]s?\b"
)
_SPOKEN = re.compile(r"\b(?:los|las|la|mi|de|en|el|sin|con|nos|hay|cayeron|ningun\w*)\s*$")


@lru_cache(maxsize=1)
def _not_typos() -> frozenset[str]:
    return read_words("not_typos.txt")


@dataclass(frozen=True)
class SystemSpan:
    """A system named at `start`; `word` in the lexicon's spelling; `weak` is a mere hint."""

    start: int
    end: int
    word: str
    concepts: frozenset[str]
    weak: bool


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[str, frozenset[str], bool]]:
    """Folded form, singular or plural, to its spelling, concepts and whether it is weak."""
    entries: dict[str, tuple[str, frozenset[str], bool]] = {}
    for line in read_lines("systems.txt"):
        concept, _, listed = line.partition(":")
        for item in listed.split("|"):
            word = item.strip().lstrip("~")
            if word.startswith("="):
                continue
            weak = item.strip().startswith("~")
            known = entries.get(fold(word))
            concepts = frozenset({concept.strip()}) | (known[1] if known else frozenset())
            entries[fold(word)] = (word, concepts, weak)
    for folded, entry in list(entries.items()):
        entries.setdefault(_plural(folded), entry)
    return entries


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """What people call a concept in few words, though a text that has them may mean anything."""
    known: dict[str, frozenset[str]] = {}
    for line in read_lines("systems.txt"):
        concept, _, listed = line.partition(":")
        for item in listed.split("|"):
            if item.strip().startswith("="):
                name = fold(item.strip()[1:])
                known[name] = known.get(name, frozenset()) | {concept.strip()}
    return known


def _plural(folded: str) -> str:
    head, _, rest = folded.partition(" ")
    many = head + ("s" if head[-1] in "aeiou" else "es")
    return f"{many} {rest}" if rest else many


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    forms = sorted(_lexicon(), key=len, reverse=True)
    # By their first letters, so that at each word only those are tried that begin like it.
    listed = "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(form[1:]) for form in begun)})"
        for first, begun in _by_first(forms).items()
    )
    return re.compile(rf"(?<![\w@/.-])(?:{listed})(?![\w@/])")


@lru_cache(maxsize=1)
def _long_by_first() -> dict[str, list[str]]:
    return _by_first(f for f, e in _lexicon().items() if len(f) >= 7 and f.isalpha() and not e[2])


@lru_cache(maxsize=512)
def _long_words(first: str, length: int) -> tuple[tuple[str, int], ...]:
    """Words that one of this first letter and length may be a slip of, and how many letters of
    each may be wrong."""
    long = _long_by_first().get(first, ())
    slips = ((known, 2 if len(known) >= 9 else 1) for known in long)
    return tuple((known, most) for known, most in slips if abs(len(known) - length) <= most)


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


@lru_cache(maxsize=1024)
def find_systems(text: str) -> tuple[SystemSpan, ...]:
    """Every system named in the text, in order, typos of long words included."""
    folded = fold(text)
    lexicon = _lexicon()
    spans = [
        SystemSpan(m.start(), m.end(), *_entry(lexicon, m.group(), text[m.start() : m.end()]))
        for m in _pattern().finditer(folded)
    ]
    taken = [(s.start, s.end) for s in spans]
    spans = [span for span in spans if not _is_other_word(span, text, folded)]
    for match in re.finditer(r"[a-z]{6,}", folded):
        if any(s <= match.start() < e for s, e in taken):
            continue
        typo = _whole_of(match.group()) or _typo_of(match.group())
        if typo:
            spans.append(SystemSpan(match.start(), match.end(), *lexicon[typo]))
    return tuple(sorted(spans, key=lambda s: s.start))


def _is_other_word(span: SystemSpan, text: str, folded: str) -> bool:
    """Whether it is a verb that only its accent tells ('ya corté'), or those who are called."""
    said = text[span.start : span.end]
    before = folded[: span.start]
    if said == "ups" and not _AN_UPS.search(before):
        return True
    if is_no_name(span.word, before):
        return True
    if said.casefold() in ("caja", "cajas") and _is_box(before, folded[span.end :]):
        return True
    if said[-1] in "éó" and span.word[-1] not in "éó":
        return True
    return bool(_CALLED.match(text[span.start :])) and not _SPOKEN.search(text[: span.start])


def _is_box(before: str, after: str) -> bool:
    """Whether a till is none but a box: '40 cajas de lápices', 'no hay nadie, solo cajas'."""
    counted = _COUNTED.search(before) and _OF_GOODS.match(after) and not _TILL_FAILS.search(after)
    return bool(counted or (before.endswith("solo ") and not after.strip(" .!")))


@lru_cache(maxsize=2048)
def _whole_of(word: str) -> str | None:
    """The thing that a diminutive names: 'neverita', 'hornito'."""
    small = _SMALL.fullmatch(word)
    if not small:
        return None
    entries = _lexicon()
    forms = (small["stem"] + small["ending"], small["stem"])
    return next((one for one in forms if one in entries and not entries[one][2]), None)


def _entry(
    lexicon: dict[str, tuple[str, frozenset[str], bool]], folded: str, said: str
) -> tuple[str, frozenset[str], bool]:
    word, concepts, weak = lexicon[folded]
    if folded == "luz" and said[:1].isupper() and said != "LUZ":
        return word, concepts, True  # may be a person's name
    return word, concepts, weak


@lru_cache(maxsize=2048)
def _typo_of(word: str) -> str | None:
    if word in _not_typos() or _VERB_ENDING.search(word):
        return None
    best, distance, participle = None, 3, _PARTICIPLE.search(word)
    for known, allowed in _long_words(word[0], len(word)):
        if participle and not known.endswith(word[-3:]):
            continue
        if known[-1] != word[-1] and known[-2:] != word[-2:] and known.endswith(("o", "a")):
            continue
        found = OSA.distance(word, known, score_cutoff=allowed)
        if found <= allowed and found < distance:
            best, distance = known, found
    return best


def find_screen_system(text: str) -> str | None:
    """The first device or system that a screen names; pages that a printer counts are none."""
    for span in find_systems(text):
        counted = re.match(r"\s*:?\s*\d", text[span.end :]) or re.search(
            r"\d\s*$", text[: span.start]
        )
        refused = span.word == "acceso"  # 'Acceso denegado' is what any of them says
        if not span.weak and not refused and not (span.word == "página" and counted):
            return span.word
    return None


def find_system(text: str) -> str | None:
    """The affected thing as said, in its usual spelling; None when the text names none.

    'la impresora de la caja 2' is about the printer: what only says where or whose comes last, and
    so does what is lost or waited for because another thing fails ('no deja mandar el reporte').
    """
    folded = fold(expand(text))
    spans = [s for s in find_systems(expand(text)) if not names_nothing(s, folded)]
    if not spans:
        return None

    def rank(span: SystemSpan) -> tuple[bool, bool, bool, bool, int]:
        before, spared = folded[: span.start], is_spared(folded, span.start)
        where = is_located(before) and not span.weak
        return (spared, where, is_held_up(before), span.weak, span.start)

    strong = [s for s in spans if not s.weak]
    return cause_of(min(strong or spans, key=rank).word, folded)


def cause_of(word: str, folded: str) -> str:
    """What fails where folded words tell of `word` only what comes of it: the roof that lets water
    in, the internet on which no page loads. Else the word itself."""
    if word == "agua" and _COMES_IN.search(folded):
        return "techo"
    if word == "página" and not _PRINTS.search(folded):
        named = _INTERNET.search(folded)
        if named:
            return next(said for said in named.groups() if said)
        return "internet" if _ANY_PAGE.search(folded) else word
    return word


def is_held_up(before: str) -> bool:
    """Whether these folded words make what follows a thing that another one holds up: 'no deja
    mandar el reporte', 'no tenemos cómo dar cambio'."""
    return bool(_HELD_UP.search(before))


def names_nothing(span: SystemSpan, folded: str) -> bool:
    """Whether a word names no thing: the sales floor, 'ni una luz', what was tried or works."""
    before = folded[: span.start]
    if _TRIED.search(before) or (span.word == "gente" and not before.strip(" ¡¿,.")):
        return True
    no_signal = span.word == "señal" and _NO_SIGNAL.match(folded, span.end)
    if no_signal or (_IS_WELL.match(folded, span.end) and not re.search(r"\bno\b", before)):
        return True
    if span.word == "piso" and folded.startswith(" de venta", span.end):
        return bool(_FLOOR_OF_SALES.search(before))
    lit = is_indicator(fold(span.word), before, folded[span.end :])
    return lit or (span.word == "luz" and bool(_NO_LIGHT.search(before)))


def is_located(before: str) -> bool:
    """Whether these folded words make a place or a possession of what follows: 'junto a la'."""
    return bool(_LOCATED.search(before)) and not _ABOUT.search(before)


@lru_cache(maxsize=4096)
def concepts_of(word: str | None) -> frozenset[str]:
    """The concepts that a system's name may mean; empty when unknown."""
    if not word:
        return frozenset()
    entry = _lexicon().get(fold(word.strip()))
    meant = _synonyms().get(fold(word.strip()), frozenset())
    if entry or meant:
        return (entry[1] if entry else frozenset()) | meant
    spans = find_systems(word)
    return spans[0].concepts if spans else frozenset()


@lru_cache(maxsize=4096)
def same_system(a: str | None, b: str | None) -> bool:
    """Whether two names can mean the same thing of a store ('datáfono' and 'terminal').

    Unknown names are the same when they are spelled alike; a missing name is the same as nothing.
    """
    if not a or not b:
        return False
    if fold(a.strip()) == fold(b.strip()):
        return True
    left, right = concepts_of(a), concepts_of(b)
    if not left or not right:
        return OSA.distance(fold(a.strip()), fold(b.strip())) <= (1 if len(a) > 5 else 0)
    if left & right:
        return True
    return any(x in pair and y in pair for pair in _RELATED for x in left for y in right)


# What one failure takes away from many stores at once.
_SHARED = frozenset(
    ["internet", "sistema", "terminal", "facturación", "luz", "app", "correo", "agua", "caja"]
)


def is_shared(word: str | None) -> bool:
    """Whether stores have this thing in common, so that one failure may hit many of them."""
    return bool(concepts_of(word) & _SHARED)
