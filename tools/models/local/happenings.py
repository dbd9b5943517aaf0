"""What happens to a store and is no thing of it: a theft, a fall, a threat, a smell of gas.

Such an incident is called by what happens, whatever door or shelf the words name beside it.
"""

from __future__ import annotations

import re

from tools.models.local.hazards import GUN
from tools.models.local.spelling import expand, fold

_SOMEBODY = (
    r"(?:tipos?|tipas?|sujetos?|hombres?|mujer(?:es)?|chic[oa]s?|chavales|flacos?|manes|man|vatos?|"
    r"batos?|personas?|senor(?:a|es|as)?|muchach[oa]s?|individuos?|gente|pibes?|cabr\w+|"
    r"pelad[oa]s?|ladron(?:es)?|rateros?|choros?|chavos?|chavas?|parejas?|tios?|senor|borrach[oa]s?|uno)"
)
# Who speaks of goods or of tools speaks of no weapon.
_A_TOOL = (
    r"(?! (?:pvc\b|para (?!amenaz|rob|asust|peg|mat|atac)|que (?:quer|compr|vend|no )|"
    r"de (?:la vitrina|exhib|cocina|escoba|selfie)))"
)
_BLADE = rf"(?:un|una) (?:(?:cuchillo|navaja|machete|arma)\b{_A_TOOL}|{GUN})"
_ARM = rf"(?:(?:un|una) (?:tubo|palo|fierro)\b{_A_TOOL}|{_BLADE})"
_RAGES = (
    r"(?:no (?:sale|se va)|plata|dinero|insult\w+|grit\w+|agresiv\w+|alterad\w+|borrach\w+|"
    r"loc[oa]|golpe\w+|forceje\w+)"
)
_LURKS = (
    r"(?:afuera|hace rato|no compra\w*|sospechos[oa]s?|cuchillo|pasamontanas|en moto|"
    r"apuntando|llevan? (?:\w+ )?(?:rato|horas?))"
)
_THROWN = r"(?: \w+)? (?:botellas?|cosas|piedras|latas)"
_SMELL = r"(?:huele|oler|olor\w*|oliendo|fuga|apesta)"
# A socket; bare, these two words are a verb and a person.
_SOCKET = (
    r"(?:(?:el|la|un|una|los|las|del|al|ese|este|esa|otro) "
    r"(?:contacto|tomas?)(?! de (?:inventario|fotos|datos|muestras))|"
    r"(?:(?:el|un) )?enchufe|tomacorriente|tablero|breakers?)\b"
)
_HURT = (
    r"(?:senora?s?|client[ea]s?|nin[oa]s?|companer[oa]s?|cajer[oa]s?|abuel[oa]s?|viejit[oa]s?|"
    r"emplead[oa]s?|persona|muchach[oa]s?|anciano|anciana|chic[oa]s?|repartidor\w*|reponedor\w*|"
    r"trabajador\w*|senor)"
)
# What befalls people at home or on their way is told of no store.
_KIN = (
    r"mi (?:abuel[oa]|mama|papa|herman[oa]|ti[oa]|novi[oa]|espos[oa]|prim[oa]|suegr[oa]|hij[oa]|"
    r"vecin[oa]|cunad[oa])"
)
_PRIVATE = re.compile(
    r"\b(?:en|fuera de|afuera de) (?:(?:mi|su|tu) casa|el (?:bus|metro|micro|colectivo|taxi|uber)|"
    r"la (?:micro|buseta|combi))\b|"
    rf"\b{_KIN} (?:(?:ya|casi|ayer|anoche) )?(?:se|le|l[oa]) "
)
_OF_PEOPLE = frozenset({"asalto", "robo", "accidente"})
# 'La tienda de enfrente' is another's.
_BURNS = (
    r"(?:tienda|local|bodega|almacen|negocio|sucursal|edificio|techo|cocina)\b"
    r"(?! (?:de (?:enfrente|al lado|junto)|vecin[oa]))"
)
_PATTERNS = (
    (
        "asalto",
        r"\b(?:nos |me |le |les )?(?:asaltaron|asaltando|asaltan|acaban de (?:asaltar|atracar)|"
        r"atracaron|atracando|encanonaron)\b"
        r"|\b(?:hubo|sufrimos|tuvimos) un (?:asalto|atraco)\b|\basalto a mano armada\b"
        rf"|\b(?:tipos?|hombres?|sujetos?)\b[^.;]{{0,25}}\b(?:con {GUN}|(?:armados?|con armas?)\b)",
    ),
    (
        "amenaza",
        r"\b(?:nos|me|le|lo|la|les) amenaz\w+|\bamenaz(?:o|aron|ando|andonos)\b|"
        r"\bextorsi\w+|\bpidiendo cupo\b|"
        r"\b(?:piden|pide|pidieron) (?:cupo|vacuna)\b|\bcobro de cupo\b|"
        r"(?<!se )\b(?:va|van) a (?:(?:romper|quemar|matar|pegar)(?:nos|me|les?)\b|"
        r"quemar (?:la tienda|el local|el negocio))|"
        r"(?<!se )\b(?:nos (?:va|van) a (?:matar|pegar|quemar|romper)|(?:me|les?) (?:va|van) a "
        r"pegar|me van a (?:matar|quemar|romper))\b|\bdice[n]? que me va a (?:matar|quemar)\b|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,30}}\b(?:(?:gritando|insultando|empujando|pegando|golpeando)"
        rf"(?:nos|me|les?|las?|los?)\b|(?:tirando|aventando|lanzando)(?:nos|me|les?){_THROWN}|"
        rf"(?:nos|me|les?) (?:tir|avient|lanz)\w+{_THROWN}|saco {_ARM})|"
        rf"\bborrach[oa]s?\b[^.;]{{0,30}}\b(?:tirando|aventando|lanzando){_THROWN}|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,30}}\b(?:con|tiene|trae) {_BLADE}|"
        rf"\b{_RAGES}\b[^.;]{{0,40}}\b(?:con|tiene|trae) {_ARM}|"
        rf"\b(?:me|nos|le) (?:mostro|mostraron|saco|sacaron|enseno) {_ARM}|"
        rf"\b(?:me|nos|le) apunt\w+ con {_ARM}|"
        r"\b(?:nos|me|les?) va a chuzar\b|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,40}}\b(?:sospechos[oa]s?|merodeando)\b|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,40}}\b(?:dando vueltas|rondando)\b[^.;]{{0,50}}\b{_LURKS}\b|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,40}}\b{_LURKS}\b[^.;]{{0,30}}\b(?:dando vueltas|rondando)\b",
    ),
    (
        "robo",
        r"\b(?:nos|me|le|les) (?:robaron|estan robando|roban|acaban de robar)\b|"
        # 'Se lo robaron' tells of what has been gone for long.
        r"(?<!\blo )(?<!\bla )(?<!\blos )(?<!\blas )\brobaron (?!en |camara|"
        r"(?:el|mi) (?:corazon|show|partido|protagonismo)|la (?:idea|atencion))\w|"
        r"\b(?:nos )?forzaron (?:la|el|las|los) (?:chapa|puerta|cerradura|candado|reja|cortina)|"
        r"\bse (?:nos )?(?:acaba[n]? de |esta[n]? )?llev(?:ar|aron|ando|o) [^.;]{0,25}"
        r"\b(?:sin pagar|vitrina|frascos?|product\w+|merca\w+|ropa|celular\w*|telefonos?|iphone|"
        r"perfumes?|botellas?|plata|dinero|recaudacion)\b"
        r"(?![^.;]{0,20}\b(?:a|para) (?:repar|arregl|revis|cambiarl|servicio|garantia))|"
        rf"\b{_SOMEBODY}\b[^.;]{{0,30}}\b(?:escondiendo(?:se)?|escondieron|robando|"
        r"(?:metiendo|echando|guardando|llevando)se|(?:metiendo|echando|guardando|metieron)\b"
        r"[^.;]{0,30}\b(?:mochilas?|carriola|chaqueta|chamarra|maletin|bolso|morral|cochecito|"
        r"manta|cartera|campera|cazadora|abrigo|bolsa con papel))\b|"
        r"\b(?:salir|salieron|salio|salen|saliendo|se fueron)\b[^.;]{0,25}\bcorriendo\b[^.;]{0,25}"
        r"\bcon (?![^.;]{0,12}\b(?:minutos?|horas?|segundos?)\b|[^.;]{0,20}\bpor hacer\b)"
        r"(?:como |un monton|vari[oa]s|\d|mercancia|ropa|una bolsa)|"
        r"\b(?:chapa|puerta|cerradura|candado|reja|cortina|persiana|vidriera|vitrina)\b[^.;]{0,25}"
        r"\b(?:forzad|violentad|reventad)[oa]s?\b(?! de )"
        r"(?![^.;]{0,12}\b(?:cuesta|gira\w*|dura)\b)|"
        r"\b(?:no quieren|sin|se fue(?:ron)? sin) pagar\b[^.;]{0,20}\b(?:salieron|corriendo|se)\b|"
        r"\brompi(?:o|eron) (?:el|la) (?:vidrio|vitrina|cristal|candado) y se llev\w+|"
        r"\bse (?:nos )?(?:metieron|meter) (?:anoche|a robar|por el techo)|"
        r"\bme pide la (?:recaudacion|plata|caja)|"
        r"\bno quieren pagar\b(?! (?:l[ao]s? |el |mis? )?(?:horas?|extras?|sueldos?|bonos?|dias?))",
    ),
    (
        "accidente",
        rf"\bse (?:me |nos )?(?:acaba de |ha )?(?:cae|caen|caer|caido|(?:cay|resbal|golpe|desmay|"
        rf"desplom|descompens|accident|atragant)\w+) (?:\w+ )?(?:una?|el|la|mi) {_HURT}\b|"
        rf"\b(?:una?|el|la|mi) {_HURT}\b(?: \w+){{0,3}} (?:se (?:ha )?(?:cay|resbal|golpe|desmay|"
        r"desplom|accident|atragant|lastim)\w+)|"
        rf"\b(?:una?|el|la|mi) {_HURT}\b[^.;]{{0,20}} se (?:ha ido|fue) al (?:suelo|piso)\b"
        r"(?! (?:\d|a |de |un[oa]?\b|dos|tres))|"
        rf"\b(?:le|les) (?:pego|golpeo|cayo)(?: encima)? a (?:una?|el|la|mi) {_HURT}\b|"
        rf"\b(?:una?|el|la|mi) {_HURT}\b(?: \w+){{0,3}} resbalo\b|"
        r"\b[a-z]+ l[ao] mordio (?:el|un|una|la) (?:perr|gat|rott|pitb|animal|cachorr)\w+|"
        rf"\bmordi(?:o|eron|endo)\b(?! (?:la|su) lengua)[^.;]{{0,25}}\b{_HURT}\b",
    ),
    (
        "incendio",
        rf"\bse (?:nos )?(?:(?:esta|estan) (?:quemando|incendiando)|quema|incendia|incendio) "
        rf"(?:toda |todo )?(?:la|el) {_BURNS}|"
        rf"\bhay (?:fuego|llamas|un incendio) en (?:la|el) {_BURNS}|"
        rf"\bse (?:nos )?(?:prendio fuego|prendieron fuego) (?:en )?(?:la|el) {_BURNS}",
    ),
    (
        "gas",
        rf"\b{_SMELL}\b(?: \w+){{0,3}} (?:a|de) (?:gas|amoniaco|butano)\b|"
        rf"\b{_SMELL}\b[^.;]{{0,20}}\bhuevos? podridos?\b|\bes el de amoniaco\b",
    ),
    (
        "instalación eléctrica",
        rf"\b(?:humo|humito|chisp\w+|quemad\w+|quemo|zumb\w+)\b[^.;]{{0,25}}\b{_SOCKET}|"
        rf"\b(?:caliente|calentit[oa]) {_SOCKET}|"
        rf"\b{_SOCKET}[^.;]{{0,25}}\b(?:humo|humito|chisp\w+|quemad\w+|zumb\w+)\b|"
        rf"\b{_SOCKET}[^.;,]{{0,12}}\b(?:caliente|calentit[oa])\b|\bcables? quemad\w+",
    ),
    (
        "techo",
        r"\b(?:gote\w+|filtr\w+|cae|cayendo|entra|entrando|chorre\w+|se (?:nos )?mete)\b[^.;]{0,20}"
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
    private = _PRIVATE.search(folded) is not None
    return next(
        (
            name
            for name, told in _HAPPENINGS
            if not (private and name in _OF_PEOPLE) and told.search(folded)
        ),
        None,
    )


def without_background(text: str) -> str | None:
    """The text without a blackout or a leak that is over; None where it tells of no such thing."""
    written = expand(text)
    folded = fold(written)
    if not _BACKGROUND.search(folded) or _LASTS.search(folded):
        return None
    for past in reversed(list(_BACKGROUND.finditer(folded))):
        written = f"{written[: past.start()]} {written[past.end() :]}"
    return written
