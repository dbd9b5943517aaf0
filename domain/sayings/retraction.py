"""When somebody takes back what they reported: as a joke, or because nothing is wrong after all.

Pure, and no matter of weights: the words are few, and only who reported can say them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.incident import HAS_TICKET
from domain.room import OpenIncident, TurnFacts
from domain.wording import plain


class TakenBack(StrEnum):
    """Why a report is taken back: a joke never was one, a false alarm is over."""

    JOKE = "joke"
    FALSE_ALARM = "false_alarm"


_JOKE = re.compile(
    r"\b(?:era|fue|pura|puro|todo) (?:\w+ ){0,2}(?:bromas?|bromita|chiste|relajo|guasa|joda|"
    r"jodita|cotorreo|vacile|tomadura de pelo|cachondeo|cona)\b|"
    # 'Esto es una broma' is what an angry person says.
    r"\bes (?:bromas?|bromita|chiste|guasa|joda|cotorreo|vacile|cona)\b|^(?:ja\w* )*bromas?\b|"
    r"\b(?:ja\w*|nada|no mentira|mentira) (?:\w+ )?(?:broma|bromita)\b|"
    r"\b(?:los|les|te|os|le) (?:estaba |estoy )?(?:troleo|trol+ea\w+|vacil\w+|bromeando|"
    r"tomando el pelo|cotorreando|jodiendo)\b|\bestaba (?:jugando|bromeando|de broma|de joda)\b|"
    r"\b(?:feliz|dia de los|por) inocentes\b|\binocentes palomitas\b|"
    r"\b(?:grupo|chat) equivocado\b|\b(?:me )?equivoque de (?:grupo|chat)\b|"
    r"\bno era (?:para|en) (?:este|aqui|aca)(?: grupo| chat)?\b|\bjust kidding\b"
)
# 'Cancelado' and 'era yo' take a report back where hardly another word stands beside them.
_BEFORE = (
    r"^(?:(?:ah|ay|uy|uh|no|ok|ya|listo|bueno|bien|mejor|nada|perdon\w*|disculp\w*|sorry|"
    r"gracias|chic[oa]s|gente|por favor|porfa\w*|ja\w*) )*"
)
_AFTER = (
    r"(?: (?:perdon\w*|disculp\w*|gracias|por favor|por fa|porfa\w*|todo|eso|nomas|chic[oa]s|"
    r"gente|ja\w*))*(?:$| (?=ya (?!(?:la|el|los|las|un|una|es[ae])\b)))"
)
_REPORT = (
    r"(?:reportes?|avisos?|tickets?|tikets?|solicitud|incidencias?|reclamos?|casos?|folios?)\b"
    r"(?! del? (?:la |el )?(?:client\w+|venta|pantalla|caja|sistema))"
)
_THEIRS = r"(?:el |mi |lo de(?:l)? |la |este |ese )?"
# What is kept here: a bare ticket is that of a sale.
_OURS = (
    r"(?:(?:el |mi |este |ese |la )?(?:reportes?|avisos?|solicitud|incidencias?|reclamos?)|"
    r"mi (?:ticket|tiket|caso|folio))\b"
    r"(?! del? (?:la |el )?(?:client\w+|venta|pantalla|caja|sistema))"
)
_FORGET = (
    r"(?:(?:de |a |en )?eso|(?:de )?lo (?:que|de)|lo anterior|"
    rf"(?:del? )?(?:el |mi )?(?:mensaje|{_REPORT}))"
)
_IGNORED = rf"{_THEIRS}(?:mensaje|{_REPORT}|anterior|que (?:dije|puse|mande))"
# 'Falsa alarma cada hora' tells of one that fails, 'no era nada normal' of a noise.
_NOTHING = (
    r"\bfalsas? alarmas?\b(?!(?: \w+){0,3} (?:cada|otra vez|seguid\w+|vengan)\b)|"
    r"\bolvid(?:enlo|elo|alo|adlo)\b|\bno era nada\b(?! \w+(?:al|il)\b)"
)
_FALSE_ALARM = re.compile(
    rf"{_NOTHING}|\bolvid(?:en|ad|ense) {_FORGET}|"
    # 'El sistema olvida lo que cobro', 'la báscula ignora el aviso': with a subject in front.
    rf"{_BEFORE}(?:ya )?(?:olvid(?:e|a|ate) {_FORGET}|ignora {_IGNORED})|"
    rf"{_BEFORE}olvid(?:en|ense|ate){_AFTER}|"
    rf"\b(?:cancel|anul)(?:enlo|elo|alo|adlo)\b|\b(?:cancel|anul)(?:en?|ad) {_THEIRS}{_REPORT}|"
    rf"\b(?:den|dar|da|denle) de baja {_OURS}|"
    rf"\b(?:cancel|anul)(?:a|an|ar|ado) {_OURS}|"
    rf"{_BEFORE}(?:cancel|anul)(?:a|ar|ado) {_THEIRS}{_REPORT}{_AFTER}|"
    rf"{_BEFORE}(?:cancelen|cancelad[oa]){_AFTER}|{_BEFORE}{_THEIRS}{_REPORT} cancelado\b|"
    r"\bno (?:hagan|haga|hagais) caso\b|\bhagan caso omiso\b|"
    rf"\bignor(?:enlo|elo|alo|adlo)\b|{_BEFORE}ignor(?:en|ad)\b(?! (?:el|la|los|las|es[aeo])\b)|"
    rf"{_BEFORE}ignor(?:en|ad){_AFTER}|\bignor(?:en|ar|ad) {_IGNORED}|"
    r"\bya no (?:hace falta|es necesari\w+|se necesita|lo necesit\w+|vengan|manden)"
    r"(?: (?:nada|nadie|a nadie|tecnico|soporte|"
    r"(?:que )?(?:me |nos |lo )?(?:veng|mand|revis|pas)\w+|"
    rf"(?:(?:el|la|al|su|tu) )?(?:tecnico|visita|ayuda|{_REPORT})))*"
    r"(?!(?: que)? (?:la|el|los|las|un|una|su|mi|esa|ese|de|del|para|mercad\w+|mercan\w+|pedid\w+|"
    r"contrasen\w+|claves?|usuario|pin|firma|huella|"
    r"mas (?!tecnic\w+|gente|ayuda|gracias|por|porfa\w*|ya|era|se)\w+))"
    r"(?=$| )|"
    rf"(?<!que )(?<!no )\bera (?:mi error|error mio|culpa mia)\b|{_BEFORE}era yo{_AFTER}|"
    rf"{_BEFORE}era yo que (?:l[oa]s? )?(?:tenia|traia|habia|deje) (?:\w+ )?(?:des|apag|mal|sin)|"
    rf"{_BEFORE}dej(?:en|e|a)lo asi{_AFTER}|\bnevermind\b"
)
_CALLED_OFF = re.compile(_NOTHING)
# What a screen shows, and what others are quoted with, nobody takes back.
_SHOWN = re.compile(
    r"\b(?:dicen?|sale|salio|marca|muestra|aparece|pone|tira|arroja|lanza|da|figura|indica|avisa|"
    r"responde|manda|letrero|pantalla|decian?|salia|marcaba|mostraba|aparecia|aparecio|ponia|"
    r"tiraba|daba|dio|indicaba|avisaba|mando)(?: que)?(?: \w+){0,2} "
    r"(?:cancel|falsa|ignor|olvid|ya no|no era nada)"
)
# 'This is no joke', 'is this a joke?', 'do not ignore me' take nothing back.
_NOT_MEANT = re.compile(
    r"\bno (?:es|era|fue|son|estoy)(?: \w+)? (?:broma|bromas|chiste|joda|relajo|bromeando|jugando|"
    r"falsa alarma)\b|\bno (?:me |nos |lo |la |le |se )?"
    # 'Este ya no, cancélenlo': nobody forbids with the pronoun behind.
    r"(?:olvid|ignor|cancel|anul)(?!(?:en?|a|ad)l[oa]s?\b)\w*|\bparece broma|"
    r"\bno (?:me |nos |se |le |les )*(?:dej|pued|podem|permit|logr)\w+ cancel|\b(?:al|para) cancel|"
    r"^(?:el|los|las?) (?!tecnic|visita|ayuda|report|avis|ticket|solicitud|soporte)\w+ ya no "
    r"(?:hacen? falta|es necesari|se necesita)|"
    r"\b(?:sin|ni en|esto no es) broma\b|\bsigue (?:sin|igual|fallando)\b"
)

# What answers the question what is wrong with 'nothing'. 'No es nada fácil' does not.
_NOTHING_WRONG = re.compile(
    r"^(?:(?:no|nada|ah|tranquil\w*|descuid\w*|gracias|perdon|disculp\w*|aqui|aca|por) )*"
    r"(?:(?:nada|no es nada|no pasa nada|ningun\w*(?: falla| problema)?|(?:todo|esta|estamos) "
    r"(?:bien|ok|en orden|normal)|sin novedad(?:es)?|no hay (?:falla|problema)s?)(?: |$))+"
    r"(?:gracias|ya|por aqui|por aca|jefe|jaja\w*)?$"
)
# What answers the question which thing fails with one's own, or with a joke: 'mi celular', 'mi
# cerebro jaja'. A computer, a fridge or a clock may be the store's, whoever calls it theirs.
_ONES_OWN = re.compile(
    r"(?:(?:no|nada|ah|es|era|fue|son|pues|solo|nomas|perdon|disculp\w*|ja\w*|je\w*|de|que|"
    r"hablaba|hablo|decia|digo|me|refiero|referia|a|yo|uy|ay) )*(?:"
    r"mis? (?:propi[oa] )?(?:cel(?:u|ular(?:es)?)?|movil|carro|coche|auto|moto|bici\w*|camioneta|"
    r"lavadora|tele|television|consola|play|xbox|audifonos|cerebro|cabeza|vida|corazon|memoria|"
    r"suerte|rodilla|espalda|novi[oa]|ex|marido|espos[oa]|perr[oa]|gat[oa]|mama|papa|hij[oa]|"
    r"cuenta de (?:netflix|spotify|insta\w*|face\w*|tiktok))|"
    r"(?:(?:el|la|mi) )?\w+ de mi (?:casa|depa\w*|cuarto|mama|papa|hij[oa]|novi[oa]|espos[oa]|"
    r"marido|herman[oa]|carro|coche|auto))"
    r"(?: (?:personal|propi[oa]|viej[oa]|mi[oa]|no|el|la|lo|de|tienda|sistema|es|nada|perdon|"
    r"disculp\w*|ja\w*|je\w*|gracias|nomas|solo|casa|pues|ya|es|mas|chic[oa]s|gente|sorry|"
    r"aqui|aca))*"
)
# 'Mi celular, no el de la tienda'; 'mi celular de la tienda' is the store's.
_OF_THE_STORE = re.compile(r"(?<!no el )(?<!no la )(?<!no lo )\bde (?:la )?tienda\b")


def is_ones_own(text: str) -> bool:
    """Whether a text answers that what fails is its writer's own, and no thing of the store."""
    said = plain(text)
    own = "?" not in text and _ONES_OWN.fullmatch(said)
    return bool(own) and not _OF_THE_STORE.search(said)


def denies(text: str) -> bool:
    """Whether a text answers that nothing is wrong."""
    return "?" not in text and bool(_NOTHING_WRONG.search(plain(text)))


def takes_back(text: str) -> TakenBack | None:
    """Whether a text takes a report back, and why; a question and a denial never do."""
    said = plain(text)
    if "?" in text or _NOT_MEANT.search(said):
        return None
    if _JOKE.search(said):
        return TakenBack.JOKE
    over = _FALSE_ALARM.search(said) and not _SHOWN.search(said)
    return TakenBack.FALSE_ALARM if over else None


def calls_off(text: str) -> bool:
    """Whether a text says, with nothing reported before it, that nothing is the matter; other
    words of a false alarm take back what was said, and what tells of a failure is none."""
    over = takes_back(text) is TakenBack.FALSE_ALARM
    return over and bool(_CALLED_OFF.search(plain(text)))


def why_taken_back(turn: TurnFacts, met: OpenIncident) -> TakenBack | None:
    """Why a turn takes its incident back; where we asked, anybody may answer that it was none."""
    theirs = met.pending_field is not None and met.asked_person == turn.person_id
    asked = theirs or (turn.quotes_bot and met.status not in HAS_TICKET)
    if asked and denies(turn.gist.text):
        return TakenBack.FALSE_ALARM
    # Whether we have asked which thing it is or are about to.
    unnamed = met.system is None and met.reporter_id == turn.person_id
    unnamed = unnamed and met.status not in HAS_TICKET
    if unnamed and is_ones_own(turn.gist.text):
        return TakenBack.JOKE
    return takes_back(turn.gist.text) if asked or met.reporter_id == turn.person_id else None
