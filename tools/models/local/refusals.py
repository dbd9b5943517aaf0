"""Refusals: somebody says that they do not know what was asked."""

from __future__ import annotations

import re

from tools.models.local.spelling import expand, fold
from tools.models.local.stated_store import stated

_CORE = re.compile(
    r"\b(?:no (?:lo |la )?(?:se|sabria|sabemos)\b(?! (?:si|puede|lee|abre|imprime|ve))|"
    r"(?:no tengo|ni|sin|no tenemos) (?:ni )?(?:la (?:menor |mas minima )?)?idea|ni idea|"
    r"(?:lo )?desconozco|desconocemos|"
    r"no (?:lo |la |me )?(?:recuerdo|acuerdo|conozco|ubico)|no (?:lo |la )?tengo (?:a la mano|"
    r"el dato|ese dato|el numero|la informacion|esa informacion|anotado)|no (?:manejo|cuento con) "
    r"(?:ese|el) (?:dato|numero)|no me dijeron|no nos dijeron|quien sabe|sepa (?:la bola|dios)|"
    r"vete (?:tu )?a saber|(?:i )?(?:do not|don'?t|dont) know|no idea|no clue|not sure)\b"
)
_FILLER = re.compile(
    r"\b(?:la verdad|pues|hola|buen[oa]s? (?:dias|tardes|noches)?|disculpa\w*|perdon|ay|uy|eh|mmm+|"
    r"oye|ahorita|la neta|ahora(?: mismo)?|yo|ups|sinceramente|creo|que|cual|el|la|lo|de|es|ese|"
    r"esa|eso|tienda|sucursal|numero|nombre|codigo|dato|error|sistema|tampoco|aun|todavia|por|"
    r"favor|gracias|compa\w*|amig\w*|che|wey|tio|jefe|jefa|soy|nuev[oa]|aqui|aca|en|sorry|lo "
    r"siento|exactamente|bien|decir\w*|sabria|pero|y|a|ni|no|si|tengo|ella|el|nadie|se|it|the|i)\b"
)


def is_refusal(text: str) -> bool:
    """Whether the text says no more than that the writer does not know.

    'No sé qué pasó pero no imprime' tells something, so it is not a refusal; nor is 'no sé, creo
    que la 45'.
    """
    folded = fold(expand(text))
    if not _CORE.search(folded) or stated(text) is not None:
        return False
    rest = _FILLER.sub(" ", _CORE.sub(" ", folded))
    return len(re.findall(r"\w+", rest)) <= 2
