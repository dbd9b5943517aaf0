"""What is said beside an open incident and is no word of it: when the truck comes, which bank is
closed, what fails at home. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.assignment import Decision
from domain.incident import Field
from domain.room import OpenIncident, Remark, TurnFacts
from domain.sayings.nothing_wrong import why_nothing_wrong
from domain.sayings.out_of_store import NOT_HERE, OWN_MONEY, why_out_of_store
from domain.wording import plain, words_of

AWAITS = "asks when goods or their carrier come, where something else is open"
SPARED = "says of another store that it works there, or no more than 'not here'"
# 'En la 33 sí hay', 'en la 12 no': said beside a report that waits for its store, it is none.
_SPARED = re.compile(
    r"(?:(?:pues|y|no|uy|ah|ay|oye|mira|hola|que raro) ){0,3}"
    r"(?:(?:por )?(?:aqui|aca)(?: en)?(?: (?:la|el|tienda|local|suc\w*))?(?: \d{1,4})?|"
    r"(?:en )?(?:la |el )?(?:tienda |local |suc\w* )?\d{1,4}|nosotr[oa]s(?: en la \d{1,4})?) "
    r"(?:no|si|(?:si |ya )?(?:hay|tenemos|tengo|jala\w*|funciona\w*|sirve|anda|abre|cobra|esta|"
    r"todo|va)(?: (?:bien|normal|ok|perfecto|todo|sistema|internet|luz|linea))*|todo (?:bien|ok|"
    r"normal|en orden)|normal|bien)"
    r"(?: (?:gracias|jefe|compa\w*|por ahora|hasta ahorita|ahorita|ahora|saludos|jaj\w*))*"
)
_GOODS = (
    r"(?:camion(?:cito|es|eta)?|reparto|repartidor(?:es)?|pedidos?|mercanci?as?|mercaderia|"
    r"refrescos?|gaseosas?|sodas?|bebidas?|cervezas?|leche|pan|panader[oa]|proveedor(?:es)?|coca|"
    r"bimbo|marinela|sabritas|hielos?|verduras?|frutas?|carnes?|pollos?|huevos?|tortillas?|"
    r"garrafon(?:es)?|paqueteria|paquetes?|encomiendas?|blindad[oa]|valores|prosegur|brinks|"
    r"uniformes?|folletos?|bolsas|insumos|promocionales|volantes|basura|fumigador|trailer|ruta|"
    r"transporte|flete|surtido|resurtido|aguas|helados|quesos?|cigarros|tarimas?|pastel(?:es)?)"
)
_COMES = (
    r"(?:lleg\w+|vien\w+|vendra\w*|vino|vinieron|sal\w+|pas\w+|entreg\w+|traen?|trajeron|trajo|"
    r"mandan?|mandaron|surt\w+|sabe\w*|tard\w+|demor\w+|falta\w*|descarg\w+)"
)
_HOWEVER = (
    r"(?:(?:y|oye|oigan?|ya|cuando|a|que|hora|horas|como|hoy|manana|no|alguien|saben?|sabes|si|"
    r"pues|les|le|nos|me|te|se|hola|gente|chic[oa]s|ahora|ahorita|va|van|ira|iran|creen|por|donde|"
    r"aun|todavia|de|casualidad|sera|seran|tambien|en|cuanto|mucho|ha|han|buen[oa]s|dias|tardes|"
    r"disculpen?|perdon) ){0,7}"
)
_ART = r"(?:el|la|los|las|mi|su|mis|sus|un|algun|lo|de|del|nuestr[oa]s?)"
_OF = rf"(?: (?:de|del|de la|de los|de las|con|con el|con la|con los) (?:{_ART} )?\w+)?"
_AWAITED = re.compile(
    rf"{_HOWEVER}{_COMES}(?: (?:a|ya|hoy|por|todavia|llegar|venir|pasar))*(?: {_ART}){{0,2}} "
    rf"{_GOODS}{_OF}(?P<rest>(?: \w+){{0,8}})|"
    rf"{_HOWEVER}(?:{_ART} )?{_GOODS}{_OF} (?:(?:ya|hoy|no|aun|cuando|a que hora) )*"
    rf"{_COMES}(?P<more>(?: \w+){{0,8}})"
)
# What is asked for somebody who waits, and no failure.
_WAITS = re.compile(
    r"(?: (?:no|puedo|podemos|quiero|voy|vamos|a|estar|esperar|esperando|quedarme|aqui|aca|"
    r"plantad[oa]s?|parad[oa]s?|todo|toda|el|la|dia|manana|tarde|noche|ya|hoy|es|que|para|"
    r"recibir\w*|irme|salir|comer|me|nos|urge|tengo|hace|rato|horas?|mas|por|favor|porfa|o|gracias|"
    r"sola?|mi|turno|y|jaj\w*|jej\w*|jefe|gente|alguien|sabe|temprano|ahorita|lunes|verdad|"
    r"cierto|entonces|tan|tarde|estoy|ando|llevo|desde|las|\d+))*"
)


def refuse_comment(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    said: Sequence[Remark] = (),
) -> Decision:
    """The same decision, unless it takes small talk for a word of an incident. `said` is what the
    chat said before."""
    met = next((one for one in incidents if one.id == decision.incident_id), None)
    if decision.outcome != "join" or met is None or turn.quotes_something or turn.mentions_bot:
        return decision
    asked = met.asked_person == turn.person_id and met.pending_field is not None
    if asked or turn.from_support or turn.has_media or turn.mentioned:
        return decision
    why = AWAITS if _awaits(turn, met, said) else None
    stranger = turn.person_id not in met.participants
    waits = met.pending_field == Field.STORE and stranger
    if waits and "?" not in turn.gist.text and _SPARED.fullmatch(plain(turn.gist.text)):
        why = SPARED
    if why is None and stranger:
        why = why_nothing_wrong(turn.gist) or _of_ones_own(turn)
    return replace(decision, outcome="none", incident_id=None, reason=why) if why else decision


def _of_ones_own(turn: TurnFacts) -> str | None:
    why = why_out_of_store(turn.gist)
    return why if why in (OWN_MONEY, NOT_HERE) else None


def _awaits(turn: TurnFacts, met: OpenIncident, said: Sequence[Remark]) -> bool:
    """Whether it is asked when goods come, of which nobody spoke in the incident."""
    text = turn.gist.text
    if "?" not in text or turn.gist.said_store or len(text) > 160:
        return False
    asks = _AWAITED.fullmatch(plain(text))
    if asks is None or not _WAITS.fullmatch(asks["rest"] or asks["more"] or ""):
        return False
    of_it = " ".join(one.text for one in said if one.incident_id == met.id)
    told = words_of(f"{met.system or ''} {met.words} {of_it}")
    return not (words_of(text) & told) and not re.search(rf"\b{_GOODS}\b", plain(of_it))
