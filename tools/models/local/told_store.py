"""The store that people tell each other: asked for by who helps, offered and confirmed, or told
of another's report."""

from __future__ import annotations

import re

from tools.models.local.answered_store import answered
from tools.models.local.answers_for_several import store_beside
from tools.models.local.places import all_names, in_title_case, longest_name
from tools.models.local.spelling import fold
from tools.models.local.stores import find_store

# Up to so many words may be no more than the answer to 'which store?'.
BARE_WORDS = 4
_ASKS = re.compile(
    r"\b(?:que|q|k|cual|en cual|de cual) (?:es (?:la |el )?)?(?:tienda|sucursal|suc|local|sede|"
    r"botica|farmacia|drogueria|punto|sala|store)\b|\b(?:en|de) cual (?:estas|andas|eres|sos)\b|"
    r"\b(?:donde|dnd|dond) (?:estas|andas|sos|eres|te encuentras)\b|"
    r"^\W*(?:(?:y|oye|pero) )*(?:de|en) (?:donde|dnd|dond)(?: (?:es|son|escribes|hablas))?\W*$"
)
# Another thing that a number or a place answers: 'cuántos son?', 'en qué caja?', 'la 1 o la 2?'.
_ASKS_ANOTHER = re.compile(
    r"\b(?:cuant[oa]s?|cual(?:es)?|cuando|a?donde|dnd|numero|num|nro)\b|"
    r"\b(?:que|q|k) (?:cajas?|terminal|pos|tpv|pc|error|codigo|folio|ticket|hora|dia|version|piso|"
    r"ip|extension|telefono|mesa|linea|ciudad|banco|proveedor|marca|modelo)\b|"
    r"\b(?:caja|terminal|pos|tpv|pc|piso|mesa|linea) ?#?\d|\d\D{0,6} o (?:la |el |en )?\d|"
    r"\bcomo (?:acaba|termina|empieza|comienza)n?\b|\ben que (?:acaba|termina|empieza)n?\b|"
    r"\b(?:codigo|serie|postal|lote|temperatura|grados|monto|importe|folio|anexo)\b"
)
# How many and when are told by no 'la 45'; and no store has so many tills.
_HOW_MANY = re.compile(r"\b(?:cuant[oa]s?|cuando)\b")
_A_TILL = re.compile(r"\b(?:cual(?:es)?|cajas?|pisos?|mesas?)\b|\d\D{0,6} o (?:la |el )?\d")
_THE_NUMBER = re.compile(r"\bla #?0*(\d{1,4})\b")
_MOST_TILLS = 20
# '12. la cámara no se ve'
OF_A_LIST = re.compile(r"\W*\d{1,2}\s*[.)-]+\s*[^\W\d]")
# The same without a question mark: 'de que caja paty'.
_BEGINS_A_QUESTION = re.compile(
    r"\W*(?:(?:y|oye|pero|en|de|a) )*(?:que|q|k|cual|cuales|cuant[oa]s?|cuando|a?donde|dnd)\b"
)
_A_STORE = re.compile(
    r"\b(?:tiendas?|tda|tnda|local|suc\w*|sede|pdv|punto|farmacia|botica|modulo|store|somos|soy|"
    r"estamos)\b|^\W*[^\W\d]+(?: [^\W\d]+)*\W*$"
)
_YES = re.compile(r"\W*(?:si+|sip+|sep|simon|asi es|exacto|correcto|claro|esa|ese|esa misma)\b")
# Who offers a store says so: 'estás en la 21?', 'tienda 21?', 'la 21, verdad?'; 'ya probaste con la
# 2?' offers none.
_ARE = (
    r"(?:estas|eres|sos|es|son|hablas|escribes|reportas|andas|te refieres)(?: tu| vos| usted)?"
    r"(?: en| de| a)?"
)
_NUMBER_OFFERED = re.compile(
    rf"(?:\b{_ARE} (?:la|el|local|tienda|suc\w*)|\b(?:tienda|local|suc\w*)|^\W*(?:la|el)) "
    r"#?0*(\d{1,4})\b[^?.:]{0,15}\?"
)
_OFFERS = re.compile(rf"\b{_ARE} $|\b(?:tienda|local|suc\w*)(?: de)? $")
_NO_UNIT = re.compile(r"\b(?:caja|terminal|pos|tpv|pc|luz|piso|camara|probador|impresora)s?\b")
_SURE = re.compile(r"[ ,]*(?:verdad|cierto|no|o no|correcto|es|,)?[ ,]*\?")
# Who is, goes or sends from somewhere speaks of where they are, not of where it fails.
_ELSEWHERE = re.compile(
    r"\b(?:estoy|ando|voy|vengo|salgo|paso|llego|salio|sale|sali|mando|mandan|manda|mande|mandar|"
    r"vive|vivo|aca|aqui|acaba|hacia|esta en|estan en|estaba|si hay|desde|corte en|tengo|yo|"
    r"tambien|tampoco|igual|bodega|presta\w*|traigo|trae|llevo|lleva)\b"
)


def asks_store(text: str) -> bool:
    """Whether somebody is asked which store theirs is."""
    return "?" in text and bool(_ASKS.search(fold(text)))


def asks_another(text: str) -> bool:
    """Whether somebody asks for the number or the place of something else than a store."""
    folded = fold(text)
    asks = "?" in text or _BEGINS_A_QUESTION.match(folded)
    return bool(asks and not _ASKS.search(folded) and _ASKS_ANOTHER.search(folded))


def answers_another(question: str, answer: str) -> bool:
    """Whether somebody was asked for the number or the place of something else, and these words
    may be the answer to that."""
    if not asks_another(question):
        return False
    folded = fold(question)
    number = _THE_NUMBER.search(fold(answer))
    if number is None:
        return True
    if _HOW_MANY.search(folded):
        return False
    return not _A_TILL.search(folded) or int(number[1]) <= _MOST_TILLS


def told_instead(text: str) -> str | None:
    """The store in an answer to something else, or in a line of its own: its number, where no till
    has such a one."""
    if OF_A_LIST.match(text):
        return None
    store = answered(text, known_question=False) or store_beside(text)
    return store if store and store.isdigit() and int(store) > _MOST_TILLS // 2 else None


def names_store(text: str) -> bool:
    """Whether a text says of its number that it is a store's, or has none."""
    return bool(_A_STORE.search(fold(text)))


def without_names(text: str, people: frozenset[str]) -> str:
    """A text without the name that it begins or ends with of one of those who write: 'es la 45
    maxi'."""
    words = text.split()
    for end in (0, -1):
        if len(words) > 1 and fold(words[end].strip(" @,.;:!")) in people:
            del words[end]
    return " ".join(words)


def confirmed_store(offered: str, answer: str) -> str | None:
    """The store that was offered as theirs ('estás en la 21, ¿verdad?') to one who says yes."""
    if not _YES.match(fold(answer)) or "?" not in offered:
        return None
    folded = fold(offered)
    number = _NUMBER_OFFERED.search(folded)
    if number and not _NO_UNIT.search(folded):
        return str(int(number.group(1)))
    for word in re.finditer(r"(?<!\w)[A-ZÁÉÍÓÚÑ]", offered):
        known = longest_name(re.split(r"[,?]", offered[word.start() :])[0], all_names())
        offers = _OFFERS.search(folded[: word.start()])
        if known and offers and _SURE.match(folded[word.start() + len(known) :]):
            return in_title_case(known)
    return None


def store_for_another(text: str) -> str | None:
    """The store that somebody tells of another's report; None where they speak of their own."""
    return None if _ELSEWHERE.search(fold(text)) else find_store(text)


def is_somebody(store: str, text: str, names: frozenset[str]) -> bool:
    """Whether what was taken for a store is what one of those who write is called.

    '¿De qué tienda, Karla?' names a person; nobody is 'en' one, and a name may be a place's.
    """
    name = fold(store)
    first, _, rest = name.partition(" ")
    if rest and first in names and not longest_name(store, all_names()):
        return not re.search(rf"\ben {re.escape(name)}\b", fold(text))  # 'Lupita Gómez'
    return name in names and not re.search(rf"\ben {re.escape(name)}\b|^{name}\b", fold(text))
