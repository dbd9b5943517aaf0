"""What people of a group ask each other about their stores, and what they answer: '¿dónde está
usted hoy?' and 'en el 1 hasta el domingo', 'Gladys ¿el 3?' and 'el 3 mijo', 'Toño, eres de Polanco
¿no?' and 'sí'."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.models.local.spelling import fold
from tools.models.local.told_store import asks_store

# A longer message asks or answers more than that.
LONGEST_READ = 160
_NOUN = r"(?:tienda|sucursal|suc|local|sede|botica|farmacia|drogueria|punto|sala)"
_ONE = r"(?: (?:tu|vos|usted|ustedes|hoy|ahora|ahorita))"
_WHO = rf"{_ONE}*"
# Beside what `asks_store` knows: to whoever is called by name, or told to say it.
_ASKS = re.compile(
    rf"\b(?:donde|dnd|dond) (?:esta|estan|anda|andan|sigue)(?:{_ONE}+\b|\W*$)|"
    r"\b(?:confirma(?:me|nos|s)?|confirm[ea]n(?:me|nos)?|indica(?:me|nos)?|indiquen?(?:me|nos)?|dime|"
    r"digame|diganme|pasa(?:me|nos)|mand[ae]n?(?:me|nos)|recuerda(?:me|nos)|recuerden(?:me|nos))"
    rf"(?: \w+){{0,3}} (?:de )?{_NOUN}\b|"
    rf"\b(?:codigo|numero|nro|num) de (?:la |tu |su )?{_NOUN}\b|"
    rf"\b{_NOUN} (?:es|son|eres|sos)\b|"
    rf"\b(?:usted{_WHO} (?:esta|anda)|(?:esta|anda) usted|estas|andas){_WHO} en .{{3,40}} o "
    r"(?:en |ya |se )"
)
_SAID_OF = re.compile(
    r"\b(?P<who>\w{3,}) (?:esta|anda|sigue|cubre|abre)(?: hoy| ahora)? (?:en|de) "
    r"(?:(?:la|el|tienda|local|suc\w*) )?#?$"
)
# 'Eres de Málaga no?', 'está usted en Maipú hoy, señora Rosa?', 'Melissa en Desamparados verdad?'
_SUPPOSES = re.compile(
    rf"(?:\b(?:eres|sos|es|estas|esta|andas|anda|sigues|sigue|trabajas|trabaja){_WHO} (?:en|de)|"
    r"^\W*\w+,? (?:tu |vos |usted )?(?:en|eres de)) (?:(?:la|el|tienda|local|suc\w*) )?#?$|"
    r"^\W*\w+\W+(?:la|el|tienda|local|suc\w*)\.? #?$"
)
_YES = re.compile(
    r"\W*(?:si+|sip+|sep|simon|aja|asi es|exacto|exactamente|correcto|claro|afirmativo|eso|esa|ese|"
    r"efectivamente)\b|\W*ya(?=\W*(?:$|,))"
)
_LEAD = (
    r"(?:(?:si+|sip|aja|ah|ok|claro|pues|bueno|hola|perdon|este|ya|hoy|yo|nosotr[oa]s|"
    r"estoy|estamos|ando|andamos|sigo|seguimos|cubriendo|apoyando|soy|somos|es|aqui|aca|de|del|en|"
    r"ahora|ahorita|hasta|todavia|aun|igual|sola|solo|doy apoyo|apoyo)\b[\s,.!]*)*"
)
_CALLED = (
    r"(?:(?:quimic[oa]|inge\w*|jef[ea]|don|dona|senora?|sra|sr|lic\w*|mij[oa]|hij[oa]|amig[oa]|"
    r"doctora?|dra?|profe|reina|rey|mi (?:amor|rey|reina|senora?))\b[\s,.!]*)?"
)
# What opens an answer to it: a number that counts, measures or tells a time is none.
_NUMBER = re.compile(
    rf"\W*{_LEAD}{_CALLED}{_LEAD}(?:(?:la|el|{_NOUN})\.? )?#?0*(?P<number>\d{{1,4}})\b"
    r"(?! ?(?:[%:°/$]|[.,]\d|hrs?\b|horas?\b|am\b|pm\b|min\w*\b|de \w|cajas?\b|"
    r"clientes?\b|personas?\b|veces\b|mil\b|pesos\b|dias?\b))"
)


@lru_cache(maxsize=2048)
def asks_where(text: str) -> bool:
    """Whether somebody is asked which store theirs is, or told to say it."""
    if asks_store(text):
        return True
    if len(text) > LONGEST_READ:
        return False
    return bool(_ASKS.search(fold(text)))


@lru_cache(maxsize=2048)
def answered_number(text: str) -> str | None:
    """The number that an answer to it opens with; None for a question and for what is no answer."""
    if len(text) > LONGEST_READ or "?" in text:
        return None
    found = _NUMBER.match(fold(text))
    return str(int(found["number"])) if found and int(found["number"]) else None


def supposes(front: str, behind: str) -> bool:
    """Whether a place that stands between these words, folded, is supposed to be somebody's."""
    return "?" in behind[:40] and bool(_SUPPOSES.search(front))


def says_yes(text: str) -> bool:
    """Whether a text begins with a yes."""
    return "?" not in text and bool(_YES.match(fold(text)))


def said_of(front: str) -> str | None:
    """Who is said to be in the store that stands behind these words, folded: 'chava está en la'."""
    found = _SAID_OF.search(front)
    return found["who"] if found else None
