"""Who says which store they are in, where nobody asked: by its number ('estoy afuera de la 6',
'acá en la 45 todo bien'), by a name that opens or closes what they say ('maipú con vida', 'no pasa
la tarjeta. Ate'); and which places' names mean something else as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tools.models.local.lexicon import read_words
from tools.models.local.places import all_names, proper_names
from tools.models.local.spelling import fold

# A longer message tells more than where its writer is.
LONGEST_READ = 400
# From here on no number is a till's or a table's.
LEAST = 10
_STILL = r"(?: (?:hoy|sol[oa]s?|solit[oa]s?|aca|aqui|ya|todavia|aun|cubriendo|apoyando|de apoyo))*"
_AT = r"(?:en|afuera de|fuera de|en la (?:puerta|entrada) de|llegando a)"
_HERE = re.compile(
    rf"(?:\b(?:estoy|estamos|sigo|seguimos|ando|andamos|abriendo|cubriendo|apoyando|quede){_STILL}"
    rf" {_AT}|\b(?:aca|aqui),? (?:en|por|desde)|\b(?:soy|somos) de|"
    r"\b(?:les? )?(?:hablo|escribo|hablamos|escribimos|reporto) (?:de|desde)|"
    r"\b(?:volvi|llegue|regrese) a)"
    r" (?:la|el|tienda|local|suc\w*)\.? #?0*(?P<number>\d{1,4})\b"
    r"(?! ?(?:[%:°/]|[.,]\d|hrs?\b|horas?\b|am\b|pm\b|min\w*\b|cajas?\b|"
    r"de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|"
    r"diciembre|la (?:manana|tarde|noche|fila|lista))\b|y (?:media|cuarto|pico)\b))"
)


# What is said of a store behind its name: 'Maipú con vida', 'fuentes ✅', 'la 45 x2'; and where
# neither stands, how much it sold.
_SAID_OF_A_SHOP = (
    r"(?:x\s?\d|ok|okay|list[oa]s?|ya|igual|iwal|tambien|tampoco|tmb|tb|idem|lo mismo|sin|con|no|"
    r"operativ\w+|abiert[oa]s?|abri\w*|abre|abriendo|cerrad[oa]|cerramos|cerro|entro|funciona|anda|"
    r"volvio|caid[oa]|presente|todavia|sigue|seguimos|en (?:linea|marcha)|tenemos|tiene|cubriendo|"
    r"reportando\w*|confirm\w+|de nuevo|otra vez|vive|x ahora|aca|aqui)\b"
)
_OF_A_SHOP = re.compile(rf"[^\w?]*(?:$|{_SAID_OF_A_SHOP}|[$s/ ]*\d[\d.,]*\b(?! ?[%:°h]))")
# The same behind a store's name or number that nothing but a greeting stands before, or with a
# comma behind it.
_ECHOES = re.compile(
    rf"\W*(?:$|[,:]|{_SAID_OF_A_SHOP}|(?:los|las)\b|[$s/ ]*\d[\d.,]*\b(?! ?[%:°]))"
)
_SENTENCE = re.compile(r"[^.!?\n]+\??")
_GREETING = (
    r"(?:hola|muy|buen\w*|wena\w*|equipo|grupo|tod[oa]s|a(?= tod)|chic[oa]s|"
    r"gente|jef\w*|ya|si|aqui|aca|y|pues)"
)
_GREETS = re.compile(
    rf"\W*(?:(?:{_GREETING}|dias?|tardes?|noches?|listo|lista|abiert[oa]|abriendo)\b[^\w?]*)*"
)
# A number has more before it that says no more than where somebody is.
_OPENS = re.compile(
    rf"\W*(?:(?:{_GREETING}|sip|no|oigan|idem|igual|x\s?\d|la|el|los|las|cayo|tambien|ahora|"
    r"en|desde|soy|(?<=buen )dia|(?<=buenos )dias|(?<=buenas )(?:tardes|noches))\b[\s,.!]*)*"
)
_ARTICLES = frozenset({"el", "la", "los", "las"})
# What somebody who writes at the end of a sentence says of no failure but of a place.
_ENDS_WITH = re.compile(r"[.!,;\n]\s*(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,2})\W*$")


def topics(folded: str) -> Iterator[int]:
    """Where the sentences of a text, folded, begin behind their greetings."""
    for sentence in _SENTENCE.finditer(folded):
        if "?" not in sentence.group():
            greeted = _GREETS.match(sentence.group())
            yield sentence.start() + (greeted.end() if greeted else 0)


def is_topic(behind: str) -> bool:
    """Whether these words, folded, may follow the name of a store that its people speak of."""
    return not behind[:1].isalnum() and bool(_OF_A_SHOP.match(behind))


def stands_alone(front: str, behind: str) -> bool:
    """Whether these words, folded, before a store and behind it tell nothing but that it is the
    writer's, or how it goes there."""
    alone = _OPENS.fullmatch(front) and _ECHOES.match(behind)
    return bool(alone) and "?" not in behind and not front.endswith("-")


def opens_with(place: str, folded: str) -> bool:
    """Whether a text, or a sentence of it, speaks of a store that its writer is in: it begins
    with its name, folded."""
    starts = (at for at in topics(folded) if folded.startswith(place, at))
    return any(is_topic(folded[at + len(place) :]) for at in starts)


def closes_with(folded: str) -> str | None:
    """The words that stand alone behind the last sentence of a text, folded."""
    found = _ENDS_WITH.search(folded)
    return found["place"] if found and found.start() else None


_SAYS_HERE = re.compile(
    r"\b(?:aqui|aca|soy|somos|estoy|estamos|nosotr[oa]s|tiendas?|tda|local|suc\w*|sede|farmacia|"
    r"botica|drogueria)\b"
)
_IN_NUMBER = re.compile(
    r"\ben (?:la|el) #?0*(?P<number>\d{1,4})\b(?! ?(?:[%:°/]|[.,]\d|de \w|hrs?\b|horas?\b|y \w))"
)


@lru_cache(maxsize=4096)
def here_by_number(text: str, *, few: bool) -> str | None:
    """The store that its writer is in, by its number. One of one digit, which may be a till's, only
    where the group has stores so numbered (`few`)."""
    if len(text) > LONGEST_READ or "?" in text:
        return None
    found = _HERE.search(fold(text))
    if found is None or not int(found["number"]):
        return None
    number = int(found["number"])
    return str(number) if number >= LEAST or few else None


def says_here(text: str) -> bool:
    """Whether a text speaks of where its writer is, or of a store by its noun."""
    return bool(_SAYS_HERE.search(fold(text)))


def in_number(text: str) -> str | None:
    """The number of a shop or of anything else that something is said to be in: 'luz en la 9'."""
    if len(text) > LONGEST_READ or "?" in text:
        return None
    found = _IN_NUMBER.search(fold(text))
    return str(int(found["number"])) if found and int(found["number"]) else None


def is_a_word(place: str, text: str) -> bool:
    """Whether a place's name is a word as well, and written like one: 'la cámara de carnes', 'el
    aire del centro comercial'."""
    folded = fold(place)
    if folded in proper_names() or place in text:
        return False
    return folded in read_words("spoken_words.txt") or folded in read_words("places_common.txt")


def is_a_thing(place: str, text: str) -> bool:
    """Whether a town's name is an article and a word, and nothing in a text written like a town:
    'el banco tampoco abre', 'la entrada'; 'el banco' by itself is where somebody is."""
    article, _, word = fold(place).partition(" ")
    if article not in _ARTICLES or place in text or fold(place) in all_names():
        return False
    return word in read_words("spoken_words.txt") and len(text.split()) > len(place.split())
