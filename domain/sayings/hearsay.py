"""What is told of others and reads like a report of one's own: what a customer bought or how long
they waited, whether another store has tried something, 'nor here' where nothing fails. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.assignment import Decision
from domain.deciding.echo import ECHO_MINUTES, is_bare
from domain.gist import Act, Gist
from domain.room import OpenIncident, Room, TurnFacts
from domain.sayings.here_too import kinds_of
from domain.wording import minutes_between, plain

OF_A_CUSTOMER = "tells what a customer complains of, and of nothing of the store's"
ASKS_WHAT_WAS_DONE = "asks whether somebody has tried something, and tells of no failure"
ECHOES_NOTHING = "says 'here too' where nobody has told of a failure"
_PROBLEM = (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)
# How long after its last word an incident may still be what 'here too' means.
OPEN_MINUTES = 120.0

_CUSTOMER = r"(?:client[ea]s?|senor(?:a|as|es|ita)?|comprador(?:a|es)?|person(?:a|as))"
_COMPLAINS = (
    r"(?:dic\w+|dij\w+|decia\w*|se (?:me |nos )?(?:quej\w+|molest\w+|enoj\w+)|reclam\w+|vin\w+|"
    r"vien\w+|lleg\w+|tra[ej]\w*|regres\w+|quier\w+|devolv\w+|devuelv\w+|anda\w*|pid\w+|exig\w+)"
)
_TOLD = re.compile(
    rf"\b{_CUSTOMER}\b.{{0,40}}?\b{_COMPLAINS}\b|"
    rf"\b(?:vin\w+|lleg\w+|(?:me|nos) (?:reclam\w+|dij\w+|dic\w+|trajo|trajeron)|"
    rf"se (?:me |nos )?(?:quej\w+|enoj\w+)) (?:un[ao]?s?|el|la|los|las|otr[oa]) {_CUSTOMER}\b"
)
# What they took home, and what they think of how they were served.
_BOUGHT = re.compile(
    r"\b(?:que (?:se )?(?:compr|llev)(?:o|aron)|(?:lo|la|los|las) (?:compr|llev)(?:o|aron)|"
    r"devol(?:ver|verlo|verla|verlos|ucion|vio|vieron)|devuelv\w+|hacer (?:valida )?la garantia|"
    r"la garantia|cambio fisico|reembolso|su dinero)\b"
)
_GOODS = re.compile(
    # One of them says it of their own; that many complain is a matter of the store's.
    r"\b(?:una?|el|la) (?:client[ea]|senora?|senorita|persona|compradora?)\b.*\bque\b.*"
    r"\b(?:licuadora|plancha|batidora|tostador\w*|sandwichera|lavadora|aspiradora|rasuradora|"
    r"audifonos?|juguetes?|muneca|zapatos?|tenis|zapatillas?|blusa|camisa|pantalon\w*|"
    r"vestido|perfume|bicicleta|celular)\b"
)
_SERVED = re.compile(
    r"\b(?:quej\w+|reclam\w+|molest\w+|enoj\w+)\b.*\b(?:(?:nos )?tard(?:amos|an|aron|o|anza)|"
    r"demor(?:amos|an|aron|a)|fila|cola|espera|trato|atencion|grose\w+|mal atendid\w+|"
    r"(?:mal|lent[oa]s) (?:el )?servicio)\b"
)
# What the store itself has, and what it cannot do for them.
_OF_STORE = re.compile(
    r"\b(?:terminal\w*|datafonos?|tpv|pos|posnet|pinpad|cajas?(?! de )|cajon|sistemas?|app|"
    r"aplicacion|internet|wifi|red|senal|luz|agua|impresora\w*|pagina|portal|lector\w*|escaner|bascula\w*|"
    r"balanza\w*|precio\w*|etiqueta\w*|qr|codigos?|cupon\w*|tarjetas?|puntos|factura\w*|saldo|"
    r"recarga\w*|vales?|promo\w*|descuentos?|cajeros? automatico|banos?|aire|clima|calor|elevador|"
    r"escalera\w*|puertas?|piso|estacionamiento|camara\w*|nevera\w*|refri\w*|computadora\w*|pantalla|"
    r"no (?:puedo|podemos|me deja|nos deja|deja|se puede|hay como)|boton\w*|elevador\w*|ascensor|"
    # 'La plancha de la tienda no calienta', 'no sale en inventario'.
    r"(?<!trato )(?<!servicio )(?<!atencion )(?<!gente )de (?:la|esta|nuestra|mi) "
    r"(?:tienda|sucursal|barra|cocina|bodega|entrada)|"
    r"no (?:(?:me|nos|se|le|les) )*(?:sale|aparece|refleja|encuentra|figura)n? en (?:el )?"
    r"(?:inventario|stock|existencias|kardex|programa))\b"
)
_TRIED = re.compile(
    r"\bya (?:(?:le|lo|la|los|las|se|me|nos|te|alguien|ustedes|todos) ){0,2}"
    r"(?:reinici|apag|prendi|prend|encend|desconect|conect|prob|revis|chec|chek|verific|llam|marc|"
    r"report|levant|avis|intent|resete|desenchuf|enchuf|movi|limpi|habl)"
    r"(?:aron|ieron|iste|aste|asteis|isteis|o)\b"
)
# 'Aca tampoco, esta muerto': how few come in.
_QUIET = re.compile(
    r"(?:esta|anda)?(?: todo)?(?: muy| bien| super)? ?(?:muert[oa]|vaci[oa]|tranquil[oa]|floj[oa]|"
    r"sol[oa]|calmad[oa]|quiet[oa]|desiert[oa])|(?:no (?:llego|ha llegado|vino|hay) )?nad(?:a|ie)"
)
_NOR = re.compile(r"(?:y |pues |no |jaja )*(?:por )?(?:aca|aqui|(?:en )?la \d+|nosotr[oa]s) "
                  r"(?:tampoco|igual|tambien) (?P<rest>.+)")  # fmt: skip


def why_of_others(gist: Gist) -> str | None:
    """Why a text that reads like a report is none: it tells of others. None when it may be one."""
    words = plain(gist.text)
    if gist.signs.get("danger") or gist.error:
        return None
    if _is_of_customer(words):
        return OF_A_CUSTOMER
    tells = gist.problem or gist.signs.get("fault")
    return ASKS_WHAT_WAS_DONE if "?" in gist.text and not tells and _TRIED.search(words) else None


def refuse_echo(
    decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room
) -> Decision:
    """The same decision, unless it lets 'nor here' begin something although nothing is open that
    it could say again, and nobody has lately spoken of what fails."""
    if decision.outcome != "new" or decision.parent is not None or not _says_no_more(turn):
        return decision
    if any(minutes_between(turn.at, one.last_at) <= OPEN_MINUTES for one in incidents):
        return decision
    for remark in room.remarks:
        near = minutes_between(turn.at, remark.at) <= ECHO_MINUTES
        own = remark.person_id == turn.person_id
        if near and not own and (not remark.text or _fails(remark.act, remark.text)):
            return decision
    return Decision("none", None, 0.7, ECHOES_NOTHING)


def _is_of_customer(words: str) -> bool:
    if not _TOLD.search(words) or _OF_STORE.search(words):
        return False
    return bool(_BOUGHT.search(words) or _GOODS.search(words) or _SERVED.search(words))


def _says_no_more(turn: TurnFacts) -> bool:
    gist = turn.gist
    if turn.quotes_something or turn.has_media or turn.shows_error or gist.system or gist.error:
        return False
    more = _NOR.fullmatch(plain(gist.text))
    if more and _QUIET.fullmatch(more["rest"]):
        return True
    return is_bare(gist.text, gist.said_store or turn.home_store) and not gist.problem


def _fails(act: str, text: str) -> bool:
    return act in _PROBLEM or bool(kinds_of(text))
