"""What happens to a store and is no thing of it: a theft, a fall, a threat, a smell of gas.

Such an incident is called by what happens, whatever door or shelf the words name beside it.
"""

from __future__ import annotations

import re

from tools.models.local.spelling import expand, fold

_SOMEBODY = (
    r"(?:tipos?|tipas?|sujetos?|hombres?|mujer(?:es)?|chic[oa]s?|chavales|flacos?|manes|man|vatos?|"
    r"batos?|personas?|senor(?:a|es|as)?|muchach[oa]s?|individuos?|gente|pibes?|cabr\w+|"
    r"pelad[oa]s?|ladron(?:es)?|rateros?|choros?|uno)"
)
_HURT = (
    r"(?:senora?s?|client[ea]s?|nin[oa]s?|companer[oa]s?|cajer[oa]s?|abuel[oa]s?|viejit[oa]s?|"
    r"emplead[oa]s?|persona|muchach[oa]s?|anciano|anciana|chic[oa]s?|repartidor\w*|reponedor\w*|"
    r"trabajador\w*|senor)"
)
_PATTERNS = (
    (
        "asalto",
        r"\b(?:nos |me |le |les )?(?:asaltaron|asaltando|asaltan|atracaron|atracando|encanonaron)\b"
        r"|\b(?:hubo|sufrimos|tuvimos) un (?:asalto|atraco)\b|\basalto a mano armada\b"
        r"|\b(?:tipos?|hombres?|sujetos?)\b[^.;]{0,25}\b(?:con pistolas?|armados?|con armas?)\b",
    ),
    (
        "amenaza",
        r"\b(?:nos|me|le|lo|la|les) amenaz\w+|\bamenaz(?:o|aron|ando|andonos)\b|"
        r"\bextorsi\w+|\bpidiendo cupo\b|"
        r"\b(?:piden|pide|pidieron) (?:cupo|vacuna)\b|\bcobro de cupo\b|"
        r"(?<!se )\b(?:va|van) a (?:(?:romper|quemar|matar|pegar)(?:nos|me|les?)\b|"
        r"quemar (?:la tienda|el local|el negocio))|"
        r"(?<!se )\b(?:nos (?:va|van) a (?:matar|pegar|quemar|romper)|(?:me|les?) (?:va|van) a "
        r"pegar|me van a (?:matar|quemar|romper))\b|\bdice[n]? que me va a (?:matar|quemar)\b",
    ),
    (
        "robo",
        r"\b(?:nos|me|le|les) (?:robaron|estan robando|roban|acaban de robar)\b|"
        r"\bse (?:nos )?(?:acaba[n]? de |esta[n]? )?llev(?:ar|aron|ando|o) [^.;]{0,25}"
        r"\b(?:sin pagar|vitrina|frascos?|product\w+|merca\w+|ropa|celular\w*|telefonos?|iphone|"
        r"perfumes?|botellas?|plata|dinero|recaudacion)\b"
        r"(?![^.;]{0,20}\b(?:a|para) (?:repar|arregl|revis|cambiarl|servicio|garantia))|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,30}}\b(?:escondiendo(?:se)?|escondieron|robando|"
        r"(?:metiendo|echando|guardando|llevando)se|(?:metiendo|echando|guardando|metieron)\b"
        r"[^.;]{0,30}\b(?:mochilas?|carriola|chaqueta|chamarra))\b|"
        r"\b(?:no quieren|sin|se fue(?:ron)? sin) pagar\b[^.;]{0,20}\b(?:salieron|corriendo|se)\b|"
        r"\brompi(?:o|eron) (?:el|la) (?:vidrio|vitrina|cristal|candado) y se llev\w+|"
        r"\bse (?:nos )?(?:metieron|meter) (?:anoche|a robar|por el techo)|"
        r"\bme pide la (?:recaudacion|plata|caja)|\bno quieren pagar\b",
    ),
    (
        "accidente",
        rf"\bse (?:me |nos )?(?:acaba de |ha )?(?:cae|caen|caer|caido|(?:cay|resbal|golpe|desmay|"
        rf"desplom|descompens|accident|atragant)\w+) (?:\w+ )?(?:una?|el|la|mi) {_HURT}\b|"
        rf"\b(?:una?|el|la|mi) {_HURT}\b(?: \w+){{0,3}} (?:se (?:ha )?(?:cay|resbal|golpe|desmay|"
        r"desplom|accident|atragant|lastim)\w+)",
    ),
    (
        "gas",
        r"\b(?:huele|oler|olor\w*|oliendo|fuga|apesta)\b(?: \w+){0,3} (?:a|de) gas\b",
    ),
    (
        "techo",
        r"\b(?:gote\w+|filtr\w+|cae|cayendo|entra|entrando|chorre\w+)\b[^.;]{0,20}"
        r"\b(?:del|por el|desde el) techo\b",
    ),
    (
        "luz",
        r"\ba oscuras\b(?![^.;]{0,20}\b(?:vitrina|letrero|bano|bodega))|\bapagon\b|"
        r"\bse (?:nos )?(?:fue|ido|corto) la (?:luz|energia|corriente)\b|\bsin luz en tod\w+",
    ),
)
_HAPPENINGS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
# A blackout or a leak that is over, told as the cause of what fails now; not if it lasts.
_BACKGROUND = re.compile(
    r"\bya (?:volvio|regreso) la (?:luz|energia|corriente)\b|"
    r"\b(?:desde|desde que|despues (?:de|del|que|de que)|ayer|cuando)\b[^.;,]{0,15}?"
    rf"(?:{'|'.join(told for name, told in _PATTERNS if name in {'luz', 'techo'})})"
)
_LASTS = re.compile(r"\b(?:no (?:ha |a )?(?:vuelto|vuelve|volvio|regresa\w*|llega)|sin luz)\b")
_NEVER = re.compile(
    r"\b(?:no (?:hubo|hay|huele a)|ningun[ao]?|sin) (?:asalto|robo|accidente|amenazas?|olor|fuga)"
)


def happening(text: str) -> str | None:
    """What the text says to happen, as a short noun; None where it tells of a thing."""
    folded = _NEVER.sub(" ", fold(expand(text)))
    return next((name for name, told in _HAPPENINGS if told.search(folded)), None)


def without_background(text: str) -> str | None:
    """The text without a blackout or a leak that is over; None where it tells of no such thing."""
    written = expand(text)
    folded = fold(written)
    if not _BACKGROUND.search(folded) or _LASTS.search(folded):
        return None
    for past in reversed(list(_BACKGROUND.finditer(folded))):
        written = f"{written[: past.start()]} {written[past.end() :]}"
    return written
