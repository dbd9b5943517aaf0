"""What fails to people out of their store and is no report of it: the bank that does not pay their
cheque, the car that does not start, who does not answer the telephone, goods that are sold out, the
weather, an app that everybody uses at home. Pure.

Whoever names something of the store beside it reports: 'no pasa mi tarjeta ni la de los clientes'.
"""

from __future__ import annotations

import re

from domain.gist import Gist
from domain.wording import plain

OWN_MONEY = "tells of one's own money, or of a bank, and of nothing of the store's"
NOT_HERE = "tells of what fails at home or elsewhere, and of nothing of the store's"
NO_ANSWER = "says that somebody does not answer, and of nothing that fails"
SOLD_OUT = "says which goods are sold out, and of nothing that fails"
WEATHER = "speaks of the weather or of the traffic, and of nothing that fails"
RULE = "says how something is done, and of nothing that fails"
FOR_COFFEE = "speaks of what people eat and drink, and of nothing that fails"

# Words: who tells more than this tells more than that.
LONGEST = 16
# What only a store has, and what only who reports says.
_OF_STORE = re.compile(
    r"\b(?:client[ea]s?|cajas?(?! de )|cajer[oa]s?(?! automatico)|terminal\w*|datafonos?|tpv|pos|"
    r"posnet|pinpad|(?:el|del|al) sistema|tiendas?|sucursal\w*|local|bodega|mostrador|impresora\w*|"
    r"cobrar(?! (?:mi|el cheque|mis|la quincena))\w*|vender|facturar|fila|urge\w*|ayud\w+|apoy\w+|"
    r"soporte|ventas?|pedidos?|escaner|lector|bascula|inventario|correo (?:de la|del)|portal|"
    r"monedas?|billetes?|cambio(?! de delanter)|depositos|valores|cerradura|chapa|acceso|oficina|"
    r"puertas?(?! de mi)|codigo|contrasena|kiosk?o|vitrina|cortina|camaras?|alarma|conexion|"
    r"tecnico|revis\w+|de (?:aca|aqui)|aqui|aca|nos (?:cay|llov|inund)\w+|mercanc\w+|merca\w+)\b"
)
_KIN = (
    r"(?:mama|papa|herman[oa]|ti[oa]|novi[oa]|espos[oa]|marido|mujer|prim[oa]|suegr[oa]|hij[oa]|"
    r"abuel[oa]|cunad[oa]|vecin[oa]|amig[oa]|ex|compadre|comadre|roomie)s?"
)
_MONEY = (
    r"(?:cheque|quincena|nomina|sueldo|salario|bono(?! de)|deposito|tarjeta(?! de (?:acceso|"
    r"empleado|fichar|entrada|supervisor|autoriz\w+))|"
    r"saldo|aguinaldo|finiquito|transferencia|prestamo|tanda|pension|ahorros?)"
)
_OWN_MONEY = re.compile(
    rf"\bmis? {_MONEY}\b|\b(?:el|los|mi) bancos? (?:no|ya no|tampoco)\b|"
    rf"\bno\b[^.;]{{0,40}}\bel banco$|"
    r"\b(?:app|aplicacion|pagina) (?:de mi |del )banco\b|\ben el banco\b|"
    r"\bcajero(?: automatico)? (?:del banco|de (?:la esquina|enfrente|la plaza|afuera|la calle))\b|"
    r"\bno (?:tengo|traigo|me queda) (?:saldo|megas|datos|credito|pila|bateria)\b"
)
_ELSEWHERE = re.compile(
    rf"\b(?:en|de|por) (?:mi|su|tu) (?:casa|colonia|cuadra|depa\w*|pueblo|rancho)\b|"
    rf"\b(?:mi|mis) {_KIN}\b|\ben (?:la fiesta|el asado|la boda|la posada|"
    r"el cumple\w*|el antro|el gimnasio|el gym)\b|"
    r"\b(?:super|oxxo|farmacia|banco|puesto|cine|restaurante|gasolinera) de (?:la esquina|"
    r"enfrente|al lado)\b|"
    r"\bmi (?:carro|coche|moto|auto|bici\w*|cel(?:ular)?|lavadora|tele|refri\w*|estufa|compu\w*|"
    r"laptop|consola|play|xbox|reloj|coche|camioneta|perr[oa]|gat[oa])\b|"
    r"\b(?:la|el|mi) (?:de la )?casa$|\ben (?:el|mi) cel(?:ular)?$|\bque (?:me )?compre\b|"
    r"\b(?:del|en el) (?:metro|metrobus|cine|gimnasio|gym|hospital|aeropuerto|estadio)\b|"
    r"\bmis? \w+ (?:del?|en) (?:la |mi )?casa\b(?! (?:matriz|central))|"
    r"\b(?:internet|wifi|luz|agua|gas|tele\w*|refri\w*|lavadora|boiler|modem|cable|senal|estufa|"
    r"aire) (?:del?|en) (?:la |mi )?casa\b(?! (?:matriz|central))|"
    r"\bde mi (?:edificio|casa|escuela|uni|facultad|departamento|depa)\b|"
    r"\b(?:se cayo|no (?:me )?(?:abre|carga|jala|funciona|sirve|entra)|esta caid[oa]) (?:el )?"
    r"(?:facebook|face|insta(?:gram)?|whats ?app|tiktok|tik tok|twitter|netflix|youtube|spotify|"
    r"disney|hbo|telegram|messenger|prime|uber|didi|tinder)\b"
)
# What players and referees do.
_SPORT = re.compile(
    r"\b(?:delanter[oa]s?|mediocampistas?|defensas? central\w*|penal(?:es|ti)?|golazos?|goles|"
    r"arbitro|"
    r"(?:el|del) var|torneo|liguilla|mundial|la seleccion|fut(?:bol)?|"
    r"(?:el|al|del) (?:america|cruz azul|boca|river|barca|madrid|atleti|betis|millonarios)|pumas|"
    r"chivas|tigres|rayados)\b"
)
_SOMEBODY = (
    r"(?:proveedor(?:es|a)?|chofer|repartidor|vendedor[a]?|gerente|jef[ea]|supervisor[a]?|"
    r"distribuidor|senor|muchach[oa]|encargad[oa]|companer[oa]|transportista|fletero|contador[a]?|"
    r"plomero|electricista|cerrajero|licenciad[oa]|lic|don \w+|dona \w+|de (?:los|las|la|el) \w+)"
)
_NO_ANSWER = re.compile(
    rf"^(?:\w+ ){{0,3}}?(?:el|la|los|las) {_SOMEBODY}(?: (?:de|del)(?: (?:los|las|la|el))? \w+)? "
    r"(?:(?:aun|todavia|hoy|ya|sigue|siguen|tampoco) )*(?:no|sin) "
    r"(?:(?:me|nos|le|les) )?(?:(?:ha|han|quiere|quieren) )?(?:coge|cogen|cogido|contest\w+|"
    r"respond\w+|respuesta|levanta|agarra|atiende|toma|devuelve|pela|lee)"
    r"(?: (?:(?:el|la|mi|mis|los|las|al) )?(?:telefono|tel|celular|cel|llamadas?|mensajes?|"
    r"whats\w*))?"
    r"(?: (?:desde|hoy|ayer|todavia|aun|hace|nunca|jamas|nada|ni|a nadie)(?: \w+){0,3})?$|"
    rf"^(?:aun |todavia |hoy |y )?no (?:(?:me|nos) )?(?:coge|contesta|responde|atiende)n? "
    rf"(?:(?:el|mi|las|los|mis) (?:telefono|llamadas|mensajes) )?(?:el|la|los|las) {_SOMEBODY}"
    r"(?: \w+){0,3}$"
)
# Appliances that a store sells: its own do not run out.
_GOODS = (
    r"(?:abanicos?|ventiladores?|licuadoras?|planchas?|microondas|tablets?|celulares|telefonos|"
    r"pantallas|televisor(?:es)?|televisiones|teles|laptops|audifonos|bocinas|parlantes|"
    r"calentadores|estufas|refris|refrigeradores|neveras|lavadoras|hornos|cafeteras|tostadoras?|"
    r"batidoras|cargadores|teclados|lamparas|linternas|sombrillas|paraguas|colchones|"
    r"bicicletas|juguetes|peluches|perfumes|lentes|relojes|mochilas|maletas|zapatos|tenis|"
    r"aires acondicionados|minisplits?|calefactores|climas)"
)
_SOLD_OUT = re.compile(
    rf"\bse (?:(?:me|nos) )?(?:acab|agot|termin|vendi)\w+ (?:ya )?(?:(?:todos|todas) )?"
    rf"(?:el|la|los|las) {_GOODS}\b|"
    rf"\bya no (?:(?:me|nos) )?(?:quedan?|hay|tenemos|tengo) (?:mas |los |las )?{_GOODS}\b|"
    rf"\b(?:los|las) {_GOODS} (?:ya )?se (?:(?:me|nos) )?(?:acab|agot|termin|vendi)\w+"
)
_WEATHER = re.compile(
    r"\b(?:cayendo|cae|cayo|viene|vino) (?:(?:un|una|mucha|el|la|tremend[oa]|senor[a]?) ){0,2}"
    r"(?:agua|aguacero|lluvia|diluvio|granizo|granizada|tormenta|palo de agua|chaparron|neblina|"
    r"nevada|helada)(?: tremend[oa]| horrible| bien fuerte| terrible| bruta?l)?$|"
    r"\b(?:hace|hay|que) (?:un |una |mucho |tremendo )?(?:calor|frio|viento)\b[^.;]{0,20}"
    r"\b(?:afuera|en la calle|alla fuera)\b|"
    r"\bno (?:hay|pasan?|salen?|hubo|ha pasado) (?:ni |el |la |los |las )?(?:camiones|metro|"
    r"combis?|"
    r"buses|bus|micros?|colectivos?|taxis?|uber|transporte|peseros?|trenes?|busetas?|transmilenio|"
    r"metrobus|subte)\b(?![^.;]{0,30}\b(?:pedido|mercanc|reparto|entrega))"
)
_RULE = re.compile(
    r"\bmantenimiento (?:programado|preventivo)\b|"
    r"\bno se (?:factura|cobra|vende|recibe|trabaja|atiende|abre|permite)n? (?:\w+ ){0,2}?"
    r"(?:despues de|antes de|hasta|a partir de|los|el) (?:las?|el|lunes|martes|miercoles|jueves|"
    r"viernes|sabados?|domingos?|manana|\d)"
)
_ASIDE = re.compile(
    r"\b(?:no hay|sin|se acabo|no queda|se termino) (?:el |la )?"
    r"(?:agua|agua caliente|azucar|cafe|leche|hielo|vasos|pan|microondas)\b"
)
_COFFEE = re.compile(
    r"\b(?:cafe|cafecito|te|mate|mates|tinto|yerba|desayun\w+|almuerz\w+|almorz\w+|lonche|comida|"
    r"comer|galletas?|galletitas|pan|pastel|torta|merienda|cena|botana|bizcochos?|facturas con|"
    r"maruchan|sopa|fideos|termo)\b"
)


def why_out_of_store(gist: Gist) -> str | None:
    """Why a text that reads like a report is none: what it tells of is not the store's. None when
    it may be one."""
    if gist.signs.get("danger") or gist.error or gist.said_store is not None:
        return None
    words = plain(gist.text)
    if len(words.split()) > LONGEST:
        return None
    if _NO_ANSWER.search(words):
        return NO_ANSWER
    if _SOLD_OUT.search(words):
        return SOLD_OUT
    if _OF_STORE.search(words):
        return RULE if _RULE.search(words) and not gist.signs.get("fault_and_system") else None
    for why, said in (
        (OWN_MONEY, _OWN_MONEY),
        (NOT_HERE, _ELSEWHERE),
        (NOT_HERE, _SPORT),
        (WEATHER, _WEATHER),
    ):
        if said.search(words):
            return why
    if _ASIDE.search(words) and _COFFEE.search(words):
        return FOR_COFFEE
    return RULE if _RULE.search(words) else None


def speaks_of_coffee(text: str) -> bool:
    """Whether people speak of what they eat and drink."""
    return bool(_COFFEE.search(plain(text)))


def may_be_for_coffee(gist: Gist) -> bool:
    """Whether what is lacking may be for that, should it be spoken of: hot water, sugar."""
    return gist.said_store is None and bool(_ASIDE.search(plain(gist.text)))
