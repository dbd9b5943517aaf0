"""What it is worth, where somebody speaks of a store of the group, as word of where they are: 'acá
en Modelia' nearly all, 'en Modelia' something, 'voy a Modelia' nothing."""

from __future__ import annotations

import re

from tools.models.local.here import closes_with, is_a_thing, is_a_word, opens_with, stands_alone
from tools.models.local.spelling import fold
from tools.models.local.told_store import BARE_WORDS

# What a word of somebody's own store is worth: said to be here, in a place, or with nothing more.
HERE, PLACED, ALONE, HINTED = 3.0, 1.5, 2.0, 1.0
_HERE = re.compile(
    r"\b(?:aca|aqui|por aca|por aqui|soy|somos|nosotr[oa]s|hablo|escribo|reporta|reporto|estamos|"
    r"los|las)(?: ?,)?(?: (?:en|de|desde|del|la|el|por|tienda|local))*\s*$"
)
_EN = re.compile(
    r"\b(?:en|desde)(?: (?:la|el|los|las))?(?: (?:tienda|local|sucursal|suc|farmacia))?\s*$"
)
_OF = re.compile(r"\b(?:de|del|a|al)(?: (?:la|el|los|las))?(?: (?:tienda|local|sucursal|suc))?\s*$")
# 'La entrada de Reforma', 'la vitrina de Mega Plaza': whose what fails is.
_BELONGS = re.compile(r"\b(?:el|la|los|las|un|una)(?: \w+){1,4} (?:de|del)(?: (?:la|el))?\s*$")
# Who goes, comes or sends speaks of another place than theirs.
_ELSEWHERE = re.compile(
    r"\b(?:ando|voy|vengo|salgo|paso|llego|llegue|vive|vivo|estoy|anda|va|van|viene|vienen|estaba|"
    r"estabas|esta|juega|juegan|llega|tecnico|camion\w*|hij[oa]|mama|papa|espos[oa]|trae|traigo|"
    r"mando|mandan|prestado|repuesto|pido|ayer|copia|otra)\b[^.,!?]*$"
)
# 'Estoy en la 40' is where somebody is; a name of a place may be where they went.
_AM_IN = re.compile(r"\bestoy (?:aca |aqui )?en (?:la|el)?(?: ?(?:tienda|local|sucursal|suc))?\s*$")


def am_in(front: str) -> bool:
    """Whether these words, folded, say of the number behind them that their writer is in it."""
    return bool(_AM_IN.search(front))


def is_elsewhere(front: str) -> bool:
    """Whether these words, folded, speak of another place than their writer's: who goes."""
    return bool(_ELSEWHERE.search(front))


def worth_of(place: str, front: str, behind: str, text: str) -> float:
    """What a place that stands in a text between these words, folded, is worth as its writer's."""
    number = place.isdigit()
    if number and am_in(front):
        return HERE
    if is_elsewhere(front) or is_a_thing(place, text):
        return 0.0
    if _HERE.search(front):
        return HERE
    if stands_alone(front, behind):
        return ALONE
    folded = fold(text)
    if not number and (opens_with(fold(place), folded) or closes_with(folded) == fold(place)):
        return ALONE
    bare = not behind.strip(" .,!") and len(text.split()) <= BARE_WORDS and "?" not in text
    if _EN.search(front) and "?" not in re.split("[,.;]", behind)[0]:
        return PLACED
    if bare and not _OF.search(front):
        return PLACED
    belongs = _BELONGS.search(front) and "?" not in front and not is_a_word(place, text)
    return HINTED if belongs else 0.0
