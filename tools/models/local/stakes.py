"""What is at stake beside the thing that fails: people kept away from it, customers who wait for
it, goods that cannot go, or nothing, since another one does its work.
"""

from __future__ import annotations

import re

from tools.models.local.hazards import NOT_MEANT
from tools.models.local.spelling import expand, fold

_PASSAGE = (
    r"(?:pasillos?|zona|area|sector|isla|paso|carril|corredor|entrada|escaleras?|perimetro|lado|"
    r"parte|sala|calle)"
)
# What people are told where somebody may be hurt, and what they say that they did.
_KEPT_AWAY = re.compile(
    rf"\b(?:cierr\w+|cerr(?:a|ad|ar|amos|aron|e)|acordon\w+|clausur\w+|"
    rf"bloque(?:a|e|en|ar|amos|o)|despej\w+|aisl\w+|delimit\w+|cort(?:a|ad|e|en|ado)|corte)\b"
    rf"(?: \w+)?(?: (?:es[ea]|est[ea]|el|la|ese|todo el|toda la)) {_PASSAGE}\b"
    r"(?! (?:de caja|de pago))|"
    r"\bacordon\w+|\bvall(?:a|en|ad|ar|amos)\b y cinta|\b(?:cerr|cierr|acordon|separ|rode|marc)\w*"
    r"[^.;]{0,25}\bcon (?:cinta|conos)\b|"
    r"\bque (?:no pase nadie|nadie (?:pase|entre|camine|circule|transite|fume|se (?:acerque|"
    r"arrime|suba|meta)))\b(?! (?:tarjetas?|al sistema|a la app|con))|"
    r"\b(?:nadie|ninguno) (?:pasa|pase) por (?:ahi|debajo|abajo|ese)|"
    r"\b(?:evacu\w+|desaloj\w+)|\bsalgan (?:tod[oa]s|del local|de ahi|afuera|a la calle|de la)|"
    r"\bllam(?:a|e|en|ad|aste|o|amos|ando) (?:(?:ya|tu|a|al|a la|una|los) ){0,3}(?:911|107|112|123|"
    r"113|133|105|106|ambulancia|bomberos|emergencias?|policia|serenazgo|carabineros|patrulla|samu|"
    r"cruz roja)\b|\bno (?:la|lo) muevan?\b(?! (?:de|la|el|nada|del))"
)
_WORD = (
    r"(?:\d{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|vari[oa]s|"
    r"much[oa]s|un monton de|harta|mucha)"
)
_PEOPLE = r"(?:personas?|clientes?|clientas?|gente|senoras?|senores|pacientes?|mesas?|papas|mamas)"
# Goods that burn or bite, and what leans over people.
_MAY_HARM = re.compile(
    r"\b(?:perd\w+|derram\w+|bot\w+|tir\w+|charco|reguero|fuga|gote\w+)\b[^.;]{0,25}"
    r"\b(?:gasoil|gasolina|nafta|diesel|petroleo|combustible|acido|amoniaco|thinner|tiner|acpm)\b|"
    r"\bchisp(?:it|az)[oa]s?\b|"
    r"\b(?:estanteria|estante|andamio|repisa|anaquel|gondola|rack|exhibidor|mueble|lampara|letrero|"
    r"cartel|plafon|techo|muro|pared|vidrio|ventanal|toldo|marquesina|porton|reja|escalera|racks|"
    r"estanterias)\b[^.;]{0,45}\b(?:inclin(?:ad|ando)\w*|(?:viniendo|viene|vino) (?:hacia|abajo|"
    r"encima)|por caer(?:se)?|a punto de caer\w*|se va a caer|se (?:esta|nos viene) (?:cayendo|"
    r"encima)|puede caer\w*|colgando|se salio del riel)|"
    r"\b(?:cay|chorre|gote|escurr|filtr)\w+ (?:el )?agua\b[^.;]{0,40}\b(?:cuadro|tablero|"
    r"electric\w+|enchufes?|cables?|tomas?|contactos?|breakers?)\b"
)
# Who waits to pay, wherever else nobody says it.
_WAIT = re.compile(
    rf"\b(?:tengo|llevo|hay|van|con|y) (?:a |como |ya |unas? |aqui |aca )*{_WORD} {_PEOPLE}"
    r"(?: (?:mas|ya|aqui|aca|adentro|todos))? (?:esperando|parad[oa]s?|en (?:la )?(?:fila|cola)|"
    r"afuera|queriendo pagar|formad[oa]s|molest[oa]s|enojad[oa]s|con (?:la )?tarjeta)\b|"
    r"\b(?:tengo|traigo|estoy con|hago|hay|se (?:me )?hizo|se (?:me )?(?:arma|armo)) (?:la |una |"
    r"mucha |tremenda |un |ya |toda la )*(?:cola|fila|colota|filota|colon)\b|"
    r"\b(?:cola|fila|colota|filota)\b[^.;]{0,12}\b(?:hasta|llega|enorme|larga|da la vuelta|"
    r"a la calle)"
)
# What customers wait for: what takes their money.
_SALE_STOPS = re.compile(
    r"\bno (?:me |nos |se )?(?:deja|puedo|podemos|puede|permite) (?:\w+ )?(?:hacer|meter|pasar|"
    r"ingresar|registrar|cerrar|terminar|sacar) (?:la |las |una |ni una |ninguna )?(?:ventas?|"
    r"cobros?)\b|\bno (?:estamos|estoy) (?:vendiendo|cobrando) nada\b|"
    r"\bni (?:vender|cobrar|facturar) (?:podemos|puedo|se puede)\b"
)
_ONLY_ONE = re.compile(
    r"\b(?:es|era|y es) (?:la|el) unic[oa] (?:que (?:hay|tengo|tenemos|queda|nos queda|funciona\w*|"
    r"servia|andaba)|caja|terminal|pantalla|pos|tpv|datafono|posnet)\b|"
    r"\b(?:soy|estoy|estamos) (?:solit[oa]s?|sol[oa]s?)? ?con una sola caja\b|"
    r"\bno (?:tengo|tenemos|hay) (?:ningun[oa] )?otr[oa] (?:caja|terminal|pos|tpv|datafono|posnet|"
    r"aparato|maquina|maquinita|pinpad)\b"
)
# One person's account stops that person: others sell.
_ACCOUNT = re.compile(
    r"\b(?:usuario|cuenta|clave|contrasena|perfil|huella)\b[^.;]{0,25}\b(?:bloquead[oa]|inactiv[oa]|"
    r"vencid[oa]|expirad[oa]|caducad[oa]|incorrect[oa]s?|inhabilitad[oa]|deshabilitad[oa]|"
    r"no (?:habilitad[oa]|existe|reconocid[oa]|registrad[oa]))\b|"
    r"\bse (?:le |me )?bloqueo (?:el |su |mi |la )?(?:usuario|clave|cuenta|contrasena)\b"
)
_OF_ALL = re.compile(
    r"\b(?:ning\w+|nadie|tod[oa]s?|los dos|las dos|ambas?|cola|fila|clientes?|clientas?|gente|"
    r"cobrar|vender|alarma|tiendas?|sistema de ventas?|companer[oa]s?)\b"
)
# Dark in a part, where people see to sell.
_DARK = re.compile(r"\ba oscuras\b|\bse fue la luz\b|\bsin luz\b|\bno hay luz\b")
_IN_PART = re.compile(
    r"\b(?:vitrinas?|escaparates?|vidriera|letrero|trastienda|bodega|almacen|banos?|probador(?:es)?|"
    r"oficina|deposito|patio|cafetin|comedor|parqueadero|estacionamiento|cocineta|"
    r"medi[oa] (?:tienda|local|escaparate|pasillo|salon)|parte de atras|pasillo|los focos|"
    r"fluorescentes?|tubos?|lamparas?|las de (?:arriba|abajo|en medio|al lado))\b"
)
_ALL_DARK = re.compile(
    r"\b(?:tod[oa] (?:la|el)|cuadra|manzana|cajas?|terminal\w*|no (?:podemos|puedo|se puede)|"
    r"barrio|calle|sistema|refri\w*|neveras?|congelador\w*)\b"
)
_GOES_ON = re.compile(
    r"\bvend(?:o|emos|iendo) (?:normal|bien|igual|con el (?:usuario )?de)\b|"
    r"\bestoy vendiendo con\b|\bya abri(?:mos)? (?:con|por) (?:la|el) otr[oa]\b|"
    r"\b(?:las |los )?(?:cajas|demas cajas) (?:estan )?(?:bien|normal|ok)\b|"
    r"\b(?:entro|entramos|entra(?: la gente)?|pasan|pasamos|entran) agachad[oa]s?\b|"
    r"\badelante (?:todo|esta|estamos) (?:todo )?bien\b|\bpero vend(?:emos|o)\b|"
    r"\bde a poco vendemos\b|\bsolo (?:en|con) (?:la|el|una|un) (?:caja )?\d\b[^.;]{0,15}\bjala\b|"
    r"\b(?:la|el) (?:\d|otr[oa]) (?:si )?(?:jala|anda|cobra|funciona|va bien|sirve)\b"
)
_FIGURE = re.compile(
    r"\bamenaz\w+ con (?:renunciar|irse|no (?:venir|volver)|quejar\w*|reclam\w+|poner|dejar|un)\b|"
    r"\bprend\w+ fuego (?:el|la) (?:quilombo|grupo|rancho)\b|"
    r"\bsolda\w+\b[^.;]{0,30}\bchispas?\b"
)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", fold(expand(text)))


def keeps_people_away(text: str) -> bool:
    """Whether somebody is told to keep people away, or to call for help, or did: whatever fails
    there may hurt them."""
    folded = _folded(text)
    return bool(_KEPT_AWAY.search(folded)) and not NOT_MEANT.search(folded)


def may_harm(text: str) -> bool:
    """Whether goods that burn are spilt, water meets current, or something leans over people."""
    folded = _folded(text)
    meant = not (NOT_MEANT.search(folded) or _FIGURE.search(folded))
    return meant and bool(_MAY_HARM.search(folded))


def stops_sales(text: str) -> bool:
    """Whether no sale can be made."""
    folded = _folded(text)
    return not NOT_MEANT.search(folded) and bool(_SALE_STOPS.search(folded))


def customers_wait(text: str) -> bool:
    """Whether customers stand and wait, or nothing else takes their money."""
    folded = _folded(text)
    return bool(_WAIT.search(folded) or _ONLY_ONE.search(folded))


def is_the_only_one(text: str) -> bool:
    """Whether what fails is the only one there is."""
    return bool(_ONLY_ONE.search(_folded(text)))


def others_do_its_work(text: str) -> bool:
    """Whether the store sells all the same: one person's account, one dark corner, another door."""
    folded = _folded(text)
    if _FIGURE.search(folded) or _GOES_ON.search(folded):
        return True
    if _ACCOUNT.search(folded) and not _OF_ALL.search(folded):
        return True
    dark = _DARK.search(folded) and _IN_PART.search(folded)
    return bool(dark and not _ALL_DARK.search(folded))
