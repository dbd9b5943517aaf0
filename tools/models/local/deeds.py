"""What was done, and nothing that fails: 'llegó el pedido completito', 'la clienta devolvió la
lámpara'. Such news names things as reports do, and small talk is full of it."""

from __future__ import annotations

import re

from tools.models.local.spelling import expand, fold

# A longer text may tell of more than one thing.
_LONGEST = 240
_BEFORE = r"(?:(?:ya|nos|me|les?|se|l[oa]s?|te|hoy|ayer|por fin) )*"
_DEED = re.compile(
    rf"\b{_BEFORE}(?:"
    r"lleg(?:o|aron)|vin(?:o|ieron) (?!abajo\b|encima\b)|traj(?:o|eron|imos)|"
    r"entreg(?:o|aron|amos)|"
    r"devolv(?:io|ieron|imos|i)|recog(?:io|ieron|imos|i)|recib(?:io|ieron|imos|i)|"
    r"hic(?:ieron|imos)|hizo (?=la\b|el\b|nota\b|entrega\b)|"
    r"dej(?:aron|amos|o) (?!de\b|sin\b|caer\b)|"
    r"firm(?:o|aron|amos)|prob(?:amos|aron)|compr(?:o|aron|amos)|pag(?:o|aron|amos)|"
    r"acomod(?:o|aron|amos)|limpi(?:aron|amos)|instal(?:o|aron|amos)|pint(?:aron|amos)|"
    r"estren(?:o|aron|amos)|regal(?:o|aron|amos)|vend(?:io|ieron|imos)|gan(?:o|aron|amos)|"
    r"(?<=ya )(?:me |nos |les? |te )?(?:dieron|dio)|"
    r"(?<=ya )(?:est[ae]n?|qued(?:o|aron)) (?:list|limpi|lavad|acomodad|guardad|colocad|pintad|"
    r"pagad|firmad|archivad|entregad|instalad|ordenad|decorad|puest|bonit|lind)\w+|"
    r"(?<=ya )est[ae]n? pegad\w+ en)\b"
)
# Something is amiss with it all the same, or somebody is asked to come.
_AMISS = re.compile(
    r"\b(?:no|ni|sin|nada|nadie|tampoco|nunca|falt\w+|incomplet\w+|rot[oa]s?|rompi\w+|danad\w+|mal|"
    r"peor|equivocad\w+|vaci[oa]s?|abiert\w+|mojad\w+|vencid\w+|caducad\w+|menos|mitad|de mas|"
    r"cambiad\w+|golpead\w+|quebrad\w+|diferentes?|error\w*|pero|aunque|sigue\w*|todavia|aun|"
    r"urg\w+|ayud\w+|apoy\w+|auxili\w+|revis\w+|problema\w*|rar[oa]s?|quemad\w+|manchad\w+|doble|"
    r"(?:dos|tres|varias|\d+) veces|quej\w+|vidrios? por|corto|"
    r"chispas?|humo|ruidos?|solo|solamente|poc[oa]s?|robad\w+|falsos?|trab\w+|"
    r"atasc\w+|ator\w+|apag\w+|fall\w+|ca[ey]\w*|caid\w+|queja\w*|reclam\w+|murio|muert\w+|perdi\w+|"
    r"n+u?n?c+a|ceros?|agotad\w+|acab\w+|qued(?:e|amos)|seguimos|esper\w+)\b"
)


def tells_a_deed(text: str) -> bool:
    """Whether a text tells what was done or came, and nothing amiss with it."""
    if len(text) > _LONGEST or "?" in text:
        return False
    said = fold(expand(text))
    return bool(_DEED.search(said)) and not _AMISS.search(said)
