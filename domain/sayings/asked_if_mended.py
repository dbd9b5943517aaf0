"""When somebody only asks whether it works again, or still fails: '¿ya quedó?', '¿sigue igual?'.

Pure. Whoever helps asks so, and says nothing of it; 'sigue igual, ¿qué hago?' tells that it fails.
"""

from __future__ import annotations

import re

from domain.sayings.mended import works_again
from domain.wording import plain

# So long a question may be.
LONGEST = 9
_PIECE = re.compile(r"[^.,;!?¿¡\n]+\??")
_TAG = re.compile(r"^(?:verdad|cierto|no|o no|si|o si|eh|o que|o todavia no|o aun no)$")
_WORKS = (
    r"(?:quedo|quedaron|funcionan?|funciono|jalan?|jalo|sirven?|andan?|anduvo|hay|volvio|volvieron|"
    r"regreso|prenden?|prendio|enciende\w*|imprimen?|imprimio|cobran?|pasan?|leen?|tienen|"
    r"estan?|pudieron|se (?:arreglo|compuso|resolvio|soluciono|restablecio)|"
    r"(?:l[oae]s?|te) (?:arreglaron|resolvieron|repararon|funcionan?|quedo|jalan?|sirven?))"
)
_IS_IT = re.compile(
    r"^(?:(?!no |ni |sin |pero |nada )\w+ ){0,4}?(?:"
    rf"ya (?:te |les |le )?{_WORKS}|(?:sigue|siguen|continua|continuan|persiste)\b|"
    rf"(?:aun|todavia) (?:no )?(?:te |les |le )?(?:{_WORKS}|falla\w*|tiene\w*)|"
    r"si quedo|quedo|quedaron|(?:ya )?funciona)\b"
)
# What makes it a question for help: 'sigue igual, ¿qué hago?', '¿cuándo vienen?'.
_FOR_HELP = re.compile(
    r"\b(?:que|cuando|quien|como|donde|cuanto|por que|nos|me|hacemos|hago|pueden|puede|podrian|"
    r"alguien|ayud\w+|vienen|viene|van a|manden)\b"
)
_STILL = re.compile(
    r"\b(?:sigue|siguen|sigo|seguimos|todavia|aun|no|nada|ni|sin|volvio a|otra vez|de nuevo|peor|"
    r"falla\w*|ayuda)\b"
)


def only_asks_if_mended(text: str) -> bool:
    """Whether a text asks if something works again or still fails, and tells nothing of it."""
    if "?" not in text:
        return False
    pieces = [piece for piece in _PIECE.findall(text) if plain(piece)]
    asked: list[str] = []
    told: list[str] = []
    for number, piece in enumerate(pieces):
        tagged = pieces[number + 1 : number + 2]
        is_asked = piece.endswith("?") or (
            tagged and tagged[0].endswith("?") and _TAG.search(plain(tagged[0]))
        )
        (asked if is_asked else told).append(piece)
    if any(works_again(piece) or _STILL.search(plain(piece)) for piece in told):
        return False
    questions = [plain(piece) for piece in asked if not _TAG.search(plain(piece))]
    return bool(questions) and all(
        _IS_IT.search(one) and not _FOR_HELP.search(one) and len(one.split()) <= LONGEST
        for one in questions
    )
