"""Which device, service or thing of a store a text speaks of, as a short noun.

Every country has its own word (terminal, datáfono, TPV, posnet); words are grouped by concept so
that two of them can be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from tools.models.local.lexicon import read_lines, read_words
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
    r"(?:[Ss]istemas|Mesa) (?:las?|los?|el|no|nos|me|se|te|le)\b"
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
            weak = item.strip().startswith("~")
            known = entries.get(fold(word))
            concepts = frozenset({concept.strip()}) | (known[1] if known else frozenset())
            entries[fold(word)] = (word, concepts, weak)
    for folded, entry in list(entries.items()):
        entries.setdefault(_plural(folded), entry)
    return entries


def _plural(folded: str) -> str:
    head, _, rest = folded.partition(" ")
    many = head + ("s" if head[-1] in "aeiou" else "es")
    return f"{many} {rest}" if rest else many


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    forms = sorted(_lexicon(), key=len, reverse=True)
    return re.compile(r"(?<![\w@/.-])(?:" + "|".join(re.escape(f) for f in forms) + r")(?![\w@/])")


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    return tuple(f for f, e in _lexicon().items() if len(f) >= 7 and f.isalpha() and not e[2])


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
    spans = [span for span in spans if not _is_other_word(span, text)]
    for match in re.finditer(r"[a-z]{6,}", folded):
        if any(s <= match.start() < e for s, e in taken):
            continue
        typo = _whole_of(match.group()) or _typo_of(match.group())
        if typo:
            spans.append(SystemSpan(match.start(), match.end(), *lexicon[typo]))
    return tuple(sorted(spans, key=lambda s: s.start))


def _is_other_word(span: SystemSpan, text: str) -> bool:
    """Whether it is a verb that only its accent tells ('ya corté'), or those who are called."""
    said = text[span.start : span.end]
    if said[-1] in "éó" and span.word[-1] not in "éó":
        return True
    return bool(_CALLED.match(text[span.start :])) and not _SPOKEN.search(text[: span.start])


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
    best, distance = None, 3
    for known in _long_words():
        allowed = 2 if len(known) >= 9 else 1
        if known[0] != word[0] or abs(len(known) - len(word)) > allowed:
            continue
        if _PARTICIPLE.search(word) and not known.endswith(word[-3:]):
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
        if not span.weak and not (span.word == "página" and counted):
            return span.word
    return None


def find_system(text: str) -> str | None:
    """The affected thing as said, in its usual spelling; None when the text names none.

    'la impresora de la caja 2' is about the printer: what only says where or whose comes last.
    """
    spans = find_systems(expand(text))
    if not spans:
        return None
    folded = fold(expand(text))

    def rank(span: SystemSpan) -> tuple[bool, bool, int]:
        before = folded[: span.start]
        return (is_located(before) and not span.weak, span.weak, span.start)

    strong = [s for s in spans if not s.weak]
    return min(strong or spans, key=rank).word


def is_located(before: str) -> bool:
    """Whether these folded words make a place or a possession of what follows: 'junto a la'."""
    return bool(_LOCATED.search(before)) and not _ABOUT.search(before)


@lru_cache(maxsize=4096)
def concepts_of(word: str | None) -> frozenset[str]:
    """The concepts that a system's name may mean; empty when unknown."""
    if not word:
        return frozenset()
    entry = _lexicon().get(fold(word.strip()))
    if entry:
        return entry[1]
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
