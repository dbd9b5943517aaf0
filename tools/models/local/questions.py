"""Whether a text asks how something goes: with a question mark, or by words that only ask."""

from __future__ import annotations

import re

from tools.models.local.spelling import fold

_ASKS = re.compile(
    r"\?|\b(?:como (?:va|vamos|van|quedo|esta|sigue|anda)|que (?:paso|onda|hubo|sabes?|saben|dicen|"
    r"fue|hay)|(?:algun[ao]?s? )?(?:novedad(?:es)?|noticias?|avances?|respuesta)|estad[oa]|estatus|"
    r"status|sabe[ns]?|cuando|cuanto|a que hora|ya (?:viene|vienen|va a|van a|mandaron|enviaron|"
    r"sali(?:o|eron)|llega|llegan|se puede)|hoy (?:viene|vienen|llega)|viene[ns]?|falta mucho|"
    r"tard\w+ mucho|demor\w+|mi ticket|mi reporte|lo de(?:l| la| mi)?|hora estimada|tiempo "
    r"aprox\w*|any (?:news|update)|eta)\b"
)


def asks(text: str) -> bool:
    """Whether the words can be a question about how it goes: 'ya lo estoy revisando' is none."""
    return bool(_ASKS.search(fold(text)))
