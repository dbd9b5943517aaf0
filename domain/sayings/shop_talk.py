"""What anybody in a shop says of its goods, and reads like a report because it names what a store
can lack: goods that have come, where they are put, what a promotion does not go with. Pure.
"""

from __future__ import annotations

import re

from domain.gist import Gist
from domain.wording import plain

GOODS = "tells of goods that came, or where they are, and of nothing that fails"
TERMS = "tells what a promotion does not go with"

_GOODS = (
    r"(?:pedidos?|resurtidos?|surtidos?|mercanci\w+|mercaderias?|bolsas?|rollos?|etiquetas?|"
    r"uniformes?|cartel(?:es)?|letreros?|paquetes?|cajas (?:de|con)|material(?:es)?|folletos?|"
    r"ganchos?|maniqui\w*|camaras de fotos|zapatos?|tinta|toner|papel|insumos?|papeleria|telas?|"
    r"productos?|catalogos?|playeras?|camisetas?|remeras?|poleras?|stock|reposicion)"
)
_CAME = re.compile(
    r"\b(?:llego|llegaron|entro|entraron|trajeron|bajaron|recibimos|recibi|descargaron|surtieron)"
    r" (?:ya |por fin )?(?:el|la|los|las|un|una|unos|unas|mi|nuestr[oa]s?) "
    rf"(?:nuev[oa]s? )?{_GOODS}"
)
# 'El rollo de tela azul va en la mesa', 'están en el estante de arriba'.
_LIES = re.compile(
    rf"\b{_GOODS}\b(?: \w+){{0,6}}? (?:van?|estan?|quedan?|quedo|quedaron|los? deje|las? deje) "
    r"(?:en|sobre|debajo de|atras de|junto a) (?:el|la|los|las|un|una) (?:mesa|estante|anaquel|"
    r"repisa|mostrador|vitrina|perchero|exhibidor|escritorio|cajon|rack|oficina|bodega|almacen|"
    r"trastienda|entrada|gondola|pasillo)\b"
)
# Whatever is wrong with them, or beside them.
_AMISS = re.compile(
    r"\b(?:no|ni|nunca|nada|tampoco|sin|pero|aunque|falt\w+|mal|peor|rot[oa]s?|danad\w+|mojad\w+|"
    r"incomplet\w+|equivocad\w+|otr[oa]s?|golpead\w+|menos|vencid\w+|caducad\w+|medias|mitad|"
    r"solo|sola\w*|sigue\w*|seguimos|error\w*|fall\w+|problem\w*|detalle|quemad\w+|abiert[oa]s?|"
    r"vaci[oa]s?|urge\w*|ayud\w+|apoy\w+|necesit\w+|agua|humo|fuego|plaga\w*|rat\w+|cable\w*|"
    r"vidrio\w*|distint[oa]s?|diferentes?|cambiad\w+|defect\w+|borros\w+|trab\w+|ator\w+|atasc\w+|"
    r"pedi|pedimos|auxili\w*|ningun\w*|son tod\w+|pueden?|podrian?|acab\w+|termin\w+|agot\w+)\b"
)
_PROMOTION = re.compile(
    r"\b(?:promo\w*|\d ?x ?\d|descuentos?|cupon\w*|vales?|ofertas?|meses sin intereses|puntos)\b"
)
_GOES_NOT = re.compile(
    r"\bno (?:se |es |son )?(?:acumul\w+|combin\w+|suman?|aplican?|juntan?|valen?) con\b"
)
# Who says that a device does not take it, or that it should.
_DEVICE = re.compile(
    r"\b(?:sistema|cajas?|terminal\w*|pantalla|pos|tpv|me|nos|marca|cobra\w*|toma\w*|"
    r"deja\w*|error\w*|deberi\w+|tendri\w+|tiene que|antes|ayer|fila|queja\w*|reclama\w*|enojad\w*|"
    r"molest\w+|urge\w*|ayud\w+|apoy\w+|revis\w+|ya no)\b"
)


def why_shop_talk(gist: Gist) -> str | None:
    """Why a text tells of goods or of a promotion, and of nothing that fails; None when it may."""
    if gist.error or gist.said_store or gist.signs.get("danger"):
        return None
    words = plain(gist.text)
    if _PROMOTION.search(words) and _GOES_NOT.search(words) and not _DEVICE.search(words):
        return TERMS
    goods = _CAME.search(words) or _LIES.search(words)
    if goods and "?" not in gist.text and not _AMISS.search(words):
        return None if gist.signs.get("fault") else GOODS
    return None
