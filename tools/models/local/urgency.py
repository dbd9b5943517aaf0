"""When an incident is urgent: the store cannot sell, operate or take cards, or there is danger.

The bare word 'urgente' is a signal, never a verdict (flow.md, People and fields).
"""

from __future__ import annotations

import re
from functools import lru_cache

from domain.incident import Priority
from domain.sayings.waiting import HOW_LONG
from tools.models.local.hazards import GUN, HAZARDS, MANAGES, NOT_MEANT
from tools.models.local.spelling import expand, fold

_CANNOT = (
    r"(?:no (?:se |nos |me |les |le )?(?:podemos|puedo|pueden|puede|podimos|pudimos|podia|podiamos|"
    r"pude|deja|permite|estamos pudiendo|logramos|hay (?:forma|manera|modo|como)(?: de)?)|"
    r"sin poder|imposible|no hay (?:forma|manera|como)|no conseguimos|no tenemos (?:forma|manera|"
    r"como)(?: de)?|tampoco (?:podemos|se puede)|nadie (?:nos )?puede|impide|cannot|"
    r"can'?t|unable to)"
)
_TRADE = (
    r"(?:vender\w*|cobrar\w*|facturar|operar|atender|despachar|trabajar|hacer (?:ventas|cobros)|"
    r"recibir (?:pagos|tarjetas|las tarjetas)|pasar (?:\w+ )?tarjetas?|tomar pagos|"
    r"aceptar tarjetas?|abrir (?:la )?"
    r"(?:tienda|sucursal|local|turno|cortina|persiana)|abrir\b(?! (?:el|un|ese|la|archivo))|"
    r"entrar\b(?! (?:al|a la|en el|en la|con|a mi) (?:\w+ )?(?:sistema|portal|correo|"
    r"programa|app|cuenta|pagina|plataforma|usuario|perfil|sesion|zoom|reunion|"
    r"grupo))|sell|take (?:payments|cards?)|open the store|marcar ventas|registrar ventas|boletear|"
    r"emitir (?:boletas|facturas|tickets))"
)
_CARD_DEVICE = (
    r"(?:terminal(?:es)?|datafonos?|tpv|posnet|pinpad|lapos|(?:lector|maquinita|maquina|equipo)"
    r" de (?:las )?tarjetas?|pos|bancaria|clip|card (?:reader|terminal)|transbank|redcompra|getnet|"
    r"niubiz|izipay|visanet|payway|clover|verifone|credibanco|redeban)"
)
_DEAD = (
    r"(?:no (?:me |nos |se )?(?:funciona\w*|sirven?|jalan?|prenden?|enciende\w*|andan?|conectan?|"
    r"leen?|cobran?|responden?|pasan?|aceptan?|agarran?|va\b|dan? senal|tienen? (?:senal|linea|"
    r"conexion))|(?:esta[n]?|quedo|anda[n]?) (?:muert[oa]s?|caid[oa]s?|fuera de (?:servicio|linea)|"
    r"bloquead[oa]s?|sin (?:senal|conexion|linea))|se (?:murio|cay(?:o|eron)|apago)|"
    r"rechaza\w*|(?:da|sale|marca|tira)\w* (?:denegad|rechazad)\w*|"
    r"no (?:toma|abre|arranca|entra)\w*|"
    r"se (?:apago|queda (?:en|pensando|colgad|pegad|cargando))|sin (?:senal|conexion|linea)|"
    r"is down|not working|isn'?t working|"
    r"(?:tira|da|marca|dice|sale|arroja|muestra|pone)\w* (?:error de (?:comunicacion|"
    r"conexion|red)|sin "
    r"conexion|sin senal|fuera de (?:linea|servicio))|(?<!no )\bcaid[oa]s?\b)"
)
_URGENT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_CANNOT}\s+(?:ni )?{_TRADE}",
        r"\bno (?:me |nos )?(?:deja|permite|puedo|podemos)(?: \w+)? (?:entrar|ingresar|acceder) "
        r"(?:al|en el) (?:sistema|programa)(?: de (?:ventas?|caja|cobro)\b|[^.;]{0,12}\bning\w+)|"
        r"\b(?:sistema|programa)\b[^.;]{0,40}\bning\w+ (?:de nosotr[oa]s )?"
        r"(?:entra|puede entrar)\b|"
        r"\bning\w+ (?:de nosotr[oa]s )?(?:entra|puede entrar) (?:al|en el) (?:sistema|programa)\b|"
        r"\bde brazos cruzados\b",
        rf"{HOW_LONG}(?: \w+)? sin (?:vender|cobrar|facturar|operar|atender|despachar|trabajar)\b|"
        r"\bsin (?:vender|cobrar|facturar|operar|atender) (?:desde )?hace\b",
        r"\bno (?:estamos|estan|esta) (?:vendiendo|cobrando|facturando|operando|atendiendo)",
        r"\bno (?:vendemos|cobramos|operamos)\b|\b(?:tienda|sucursal|local) (?:\w+ )?no (?:esta )?"
        r"oper\w+|(?:tienda|sucursal) (?:\w+ )?(?:esta )?(?:parada|detenida|paralizada|inoperante)",
        r"(?:venta|ventas|operacion|cobro) (?:esta[n]? )?(?:parad|detenid|paralizad|"
        r"suspendid)[oa]s?",
        r"perdiendo (?:ventas?|clientes)|(?:clientes|gente) (?:yendose|se (?:van|esta[n]? yendo))",
        r"no (?:\w+ )?(?:pasan?|acepta[n]?|lee[n]?|toma[n]?|agarra[n]?|recibe[n]?|reconoce[n]?|"
        r"procesa[n]?|cobra[n]?)(?: \w+)? (?:(?:las?|ninguna|con|pagos? con) )?tarjetas?\b",
        r"(?:tarjetas?|pagos? con tarjeta) no (?:\w+ )?(?:pasa[n]?|entra[n]?|lee[n]?|funciona[n]?)",
        r"rechaza[n]? (?:todas? )?(?:las )?tarjetas|solo (?:podemos cobrar |cobramos )?en efectivo|"
        r"solo (?:estamos )?(?:cobrando|recibiendo|aceptando) (?:en )?efectivo",
        rf"(?<!otra )\b{_CARD_DEVICE}(?! \d)(?:\W+\w+){{0,4}}?\W+{_DEAD}",
        rf"{_DEAD}(?:\W+(?:la|el|las|los|ninguna?))?\W+{_CARD_DEVICE}(?! \d)",
        rf"\bsin {_CARD_DEVICE}\b|no (?:hay|tenemos|tengo) {_CARD_DEVICE}\b(?! de)",
        r"\bno (?:tenemos|hay|tengo|funciona|anda) \w+,? ni (?:sistema|terminal\w*|internet|luz|"
        r"caja|datafono|posnet|tpv)|\bni (?:el )?sistema ni (?:la |las |el )?(?:terminal\w*|caja|"
        r"datafono|tpv|posnet)",
        r"\bsistema no (?:\w+ )?(?:abre|entra|carga|levanta|responde|funciona|jala|anda|arranca)\b|"
        r"\bno (?:\w+ )?(?:abre|entra|carga|levanta|funciona|anda|jala) el sistema\b",
        r"\bno (?:\w+ )?(?:abre|prende|enciende|arranca) la caja\b(?! fuerte)|\bcaja(?: \d+)? "
        r"(?:no (?:\w+ )?(?:abre|prende|enciende|arranca)\b|se (?:ha )?(?:quedado|"
        r"quedo) \w+ad[oa])",
        r"\bhay (?:mucha |bastante )?(?:fila|cola|gente esperando)\b|clientes esperando|"
        r"\bcasi (?:le|me|nos|se) (?:\w+ )?(?:da|cae|pega|golpea|mata)\b",
        r"(?:refri\w*|nevera|heladera|congelador|camara|"
        r"vacunas)\b.{0,40}\b\d+(?:[.,]\d)? ?(?:grados|°|º)",
        r"(?:cortina|persiana|reja)\b.{0,20}\bse (?:atoro|trabo|atasco|quedo)",
        r"\bcaja(?: \d+)? no (?:\w+ )?(?:cobra|factura|vende|deja (?:cobrar|vender))|"
        r"\bla unica caja\b",
        r"\bno (?:nos )?(?:salen?|emite|genera|imprime|deja emitir|podemos emitir) (?:las? |los? )?"
        r"(?:boletas?|facturas?|comprobantes?)\b(?! de)|no (?:esta )?facturando\b|no factura\b",
        r"(?:persiana|cortina|reja|puerta)\b.{0,60}\b(?:estamos|todos|todas) (?:\w+ )?"
        r"(?:fuera|afuera)|"
        r"no (?:sube|abre|levanta) (?:la |el )?(?:persiana|cortina|reja|porton)",
        r"gente sospechosa|se (?:llevaron|estan llevando) (?:\d|varias|varios|merca|ropa|todo|"
        r"product|un)|nos (?:robaron|estan robando)|forceje",
        r"\bse (?:nos )?cay(?:o|eron) (?:el |la |los |todo el )?(?:transbank|getnet|redcompra|"
        r"posnet|tpv|datafono\w*|pos|niubiz|izipay|credibanco|redeban|server|servidor)",
        r"\b(?:se (?:nos )?cay(?:o|eron)|se (?:nos )?fue)(?: tod[oa])? (?:el|los) sistemas?\b",
        r"\bsistemas? (?:\w+ )?(?:esta[n]? )?(?:totalmente |completamente )?caid[oa]s?\b|"
        r"\b(?:sin|no hay|no tenemos|no tengo) (?:el )?(?:sistema|red ni sistema)\b|"
        r"\bsistema (?:se )?(?:esta abajo|se cayo|no levanta|esta caido)|system is down",
        r"\b(?:todo|toda la tienda)(?: \w+)? (?:se cayo|caido|caida|muerto|apagad[oa]|parad[oa]|"
        r"sin (?:sistema|luz|energia|internet))|nada (?:funciona|sirve|jala|prende|anda)|"
        r"no (?:funciona|sirve|jala|prende|anda) nada|everything is down",
        r"(?<!en )ninguna (?:de las )?(?:cajas?|terminal(?:es)?|registradoras?)\b(?! libre)|"
        r"(?:todas|ambas) las (?:cajas|terminales|registradoras)|las (?:\w+ )?cajas (?:\w+ )?(?:no|"
        r"estan|se)\b|(?:cajas|terminales) (?:caidas|bloqueadas|muertas)|no tenemos cajas",
        r"\b(?:no hay|sin|se (?:nos )?fue|se (?:nos )?ha ido|se corto|no tenemos|no tengo|"
        r"no llega) (?:la |el )?"
        r"(?:luz|electricidad|corriente|energia|suministro)\b(?! (?:en (?:el|la) (?:bano|bodega|"
        r"letrero|anuncio|vitrina|almacen|probador|pasillo)|del (?:bano|letrero)))|apagon",
        r"(?:huele|olor|oliendo|apesta|smells?)(?: \w+){0,3} (?:a )?(?:quemado|gas|humo|cable|"
        r"plastico|smoke|burn\w+)|\bhumo\b|\bincendi\w+|\bfuego\b|\bchispas?\b|chisporrote|"
        r"echando humo|cort(?:o ?circuito)\b|hizo corto|se (?:esta )?quemando|"
        r"se quemo (?:el|la|un) (?:tablero|cable|instalacion|transformador|contacto)|"
        r"\bsmoke\b|\bfire\b",
        r"\bfugas? (?:\w+ )?de (?:gas|agua)|\binund\w+|se (?:esta )?meti(?:o|endo) (?:el )?agua|"
        r"(?<!no )\b(?:cae|entra|sale|saliendo|entrando|chorreando|brota)\w* (?:mucha |"
        r"un monton de |un chorro "
        r"de )?agua|\bse (?:esta )?mojando|(?:revento|rompio)\w*(?: \w+){0,3} (?:tuberia|"
        r"cano|tubo)|"
        r"water (?:leak|pouring)|aguas negras",
        r"\basalt\w+|\brobaron\b|\brobando\b|\brobo\b(?! hormiga)|\batrac\w+|\bladron\w*|"
        rf"(?:con|una) {GUN}|"
        r"\barmad[oa]s?\b|amenaz\w+|forzaron|(?:rompieron|quebraron) (?:el |la )?(?:vidrio|candado|"
        r"puerta|vitrina|cortina|cristal)|\brobbe\w+",
        r"\bherid[oa]s?\b|\baccident\w+|\bdesmay\w+|\blesion\w+|\bsangr\w+|ambulancia|"
        r"(?:se cayo|resbalo|se golpeo|se corto) (?:\w+ )?(?:una?|el|"
        r"la) (?:\w+ )?(?:client|senora?|"
        r"companer|cajer|persona|nin[oa])\w*|electrocut|(?:da|dan|dando|dio|"
        r"pega) (?:\w+ )?(?:toques|"
        r"descargas?|corriente)|inconsciente|convulsion|\binjur\w+|se (?:cayo|vino abajo|"
        r"desprendio)"
        r" (?:el|un|parte del) (?:techo|plafon|cielo)|encerrad[oa]s?\b|atrapad[oa]s?\b|"
        r"agredi\w+|lastimad\w+|golpe(?:aron|ando|o a)|infarto",
        r"(?:congelador|refrigerador|refri|nevera|heladera|freezer|camara fria|"
        r"cuarto frio|frigorific"
        r"o|fridge|conservadora|vitrina refrigerada|arcon|"
        r"camara frigorifica)s?\b(?:\W+\w+){0,6}?\W+"
        r"(?:no (?:esta )?(?:enfria\w*|congela\w*|frio|funciona\w*|prende\w*|enciende\w*|anda\w*|"
        r"jala\w*|sirve\w*|hace frio)|"
        r"se (?:apago|descongel\w+|calient\w+|murio|esta descongelando|esta calentando)|calent\w+|"
        r"caliente|descompuest\w+|dejo de (?:enfriar|funcionar|congelar)|warm\w*)",
        r"(?:no (?:enfria|congela|funciona|sirve|jala|prende)|se (?:descompuso|apago|jodio|rompio))"
        r"(?: (?:el|la|los|las))? (?:congelador|refrigerador|refri|nevera|heladera|freezer|camara "
        r"fria)|(?:se (?:va|van|esta|estan|nos va|nos esta) (?:a )?(?:echa\w*|pudr\w+|descongel\w+|"
        r"derret\w+|malogra\w*|perd\w+)(?: a perder)?)|cadena de frio",
        r"(?:tienda|sucursal|local) (?:\w+ )?(?:sigue |esta |"
        r"continua )?cerrad[oa] (?:porque|por(?: "
        r"falta| falla| que|que))|no (?:ha llegado|llego|llega) (?:nadie|el (?:gerente|"
        r"encargado))(?: "
        r"\w+){0,4} (?:abrir|llaves?)|cortina (?:\w+ )?(?:no (?:sube|abre|levanta)|"
        r"(?:esta )?(?:atora"
        r"d|trabad|atascad)a)|persiana (?:\w+ )?(?:no (?:sube|abre)|(?:esta )?(?:atascad|trabad)a)|"
        r"(?:estamos|nos quedamos|seguimos) (?:todos )?afuera|no (?:podemos|"
        r"puedo) entrar a (?:la|mi|nuestra) (?:tienda|sucursal)",
        r"\bsin (?:agua|internet|sistema) ni luz|ninguna (?:tarjeta|clase de tarjeta)|"
        r"rechaz\w+ (?:las |todas las |todo tipo de )?tarjetas|transaccion rechazada a todos|"
        r"sin (?:senal|conexion|linea) (?:en |con )?(?:los |las |el |la )?(?:datafonos?|"
        r"terminal(?:es)?|tpvs?|posnets?)|"
        r"(?:camara|cuarto|vitrina|congelador|nevera|freezer|refrigerador|"
        r"heladera)\w*(?: \w+){0,3} a \d+ grados|"
        r"se cayo todo|se nos cayo todo|metieron a robar|no llego(?: \w+){0,5} cerrad[oa]",
    )
)
_CALM = re.compile(
    r"\bno (?:es|era|esta) (?:\w+ )?(?:urgente|grave|critico|para tanto)|\bsin (?:urgencia|prisa)|"
    r"\bno (?:me |nos )?(?:urge|corre prisa)|\bno hay (?:prisa|urgencia|apuro)|cuando (?:puedan|"
    r"tengan (?:tiempo|chance|un momento)|se pueda)|\bsi (?:podemos|puedo|estamos|se puede) "
    r"(?:vend|cobr|oper|factur|atend|pudiendo|trabaj)\w*|\bpodemos (?:seguir )?(?:vender|vendiendo|"
    r"operar|operando|trabajando|cobrando)\b(?<!no podemos vender)|seguimos (?:vendiendo|operando|"
    r"cobrando)|\bsimulacro|la otra (?:\w+ )?si (?:funciona|jala|sirve|cobra|anda)|"
    r"(?:tenemos|usamos|hay) (?:la )?otra (?:terminal|caja)|no (?:detiene|afecta|impide) "
    r"(?:la )?(?:venta|operacion)|las? (?:demas|otras?) (?:\w+ )?si (?:funciona|jala|sirve|cobra|"
    r"anda|pasa)\w*|\bun(?:a|o) (?:terminal |caja |datafono |pos )?de (?:las|los|mis) (?:\w+ )?"
    r"(?:terminales|cajas|datafonos|lectores|pos|posnets?|tpvs?|maquinas|maquinitas|pinpads|dos)\b"
    r"(?![^.;]{0,40}\btampoco\b)|"
    r"\bya (?:podemos|estamos|se puede|pudimos) (?:vend|cobr|oper|factur)\w*|"
    r"\bya (?:volvio|regreso|"
    r"hay|tenemos) (?:la |el )?(?:luz|sistema|internet)|not urgent|no rush|still sell\w*"
)
_NEGATED_CALM = re.compile(r"\bno (?:podemos|puedo|se puede|estamos)\b")
# Shut in are money, keys and cards as well, which takes nobody's breath.
_SHUT_IN = (
    r"(?:dinero|plata|lana|guita|efectivo|billetes?|monedas?|recaudacion|llaves?|tarjetas?|pedidos?|"
    r"mercancia|mercaderia|cajon|gaveta|papel|rollos?|celular(?:es)?|hoja)"
)
_DENIED_DANGER = re.compile(
    rf"\b{_SHUT_IN} (?:(?:del|de la) \w+ )?(?:(?:ya|se|me|nos|le|les|quedo|quedaron|esta|estan|fue|"
    r"ahi|ha|han|quedado) ){0,5}(?:encerrad|atrapad)[oa]s?\b|"
    rf"\b(?:encerrad|atrapad)[oa]s? (?:el|la|las|los|mis?|nuestr[oa]s?) {_SHUT_IN}\b|"
    r"\b(?:no (?:hay|hubo|huele a|vimos)|sin|ningun[oa]?|nadie|nada de) (?:\w+ )?(?:humo|fuego|"
    r"heridos?|herida|incendio|robo|lesionad\w+|accidente|salio herid\w+|gas)\b"
)


@lru_cache(maxsize=1024)
def find_urgency(text: str) -> str | None:
    """The words of the text that make it urgent; None when nothing does or it is denied."""
    folded = re.sub(r"\s+", " ", fold(expand(text)))
    folded = _DENIED_DANGER.sub(" ", re.sub(r"[\"“”«»]", "", folded))
    found = next(filter(None, (pattern.search(folded) for pattern in (*_URGENT, *HAZARDS))), None)
    # Most texts have none of it; only of the others it is asked whether it is denied.
    if found is None or _calm(folded) or NOT_MEANT.search(folded):
        return None
    return found.group().strip()


def priority_of(text: str) -> Priority:
    """urgent or normal, judged by what the text says happens."""
    return Priority.URGENT if find_urgency(text) else Priority.NORMAL


def is_denied(text: str) -> bool:
    """Whether the text says outright that there is no urgency ('sí podemos vender')."""
    return _calm(re.sub(r"\s+", " ", fold(expand(text))))


def _calm(folded: str) -> bool:
    if MANAGES.search(folded):
        return True
    for match in _CALM.finditer(folded):
        before = folded[max(0, match.start() - 4) : match.start()]
        if not before.endswith(("no ", "ni ")) and not _NEGATED_CALM.search(match.group()):
            return True
    return False


_PEOPLE = re.compile(
    # 'La pistola' of a shop is its scanner, whatever else is told of it.
    rf"\b(?:asalt\w+|robando|(?:con|una|su) {GUN}|armad[oa]s?|amenaz\w+|agred\w+|golpea\w+|"
    r"herid[oa]s?|accident\w+|"
    r"desmay\w+|lesion\w+|lastimad\w+|sangr\w+|ambulancia|electrocut\w+|inconsciente|convulsion\w*|"
    r"encerrad[oa]s?|atrapad[oa]s?|incendi\w+|fuego|humo|chispas?|gas|injur\w+|fire|"
    r"smoke|toques|infarto)\b"
)


def puts_people_in_danger(text: str) -> bool:
    """Whether the text is urgent because people may be hurt, so that a person must take over."""
    if not find_urgency(text):
        return False
    return bool(_PEOPLE.search(_DENIED_DANGER.sub(" ", fold(expand(text)))))


_GOODS = re.compile(r"\b(?:quemad[oa]|quemando|inund\w+|roba\w+|robo|ladron\w*|atrac\w+|corto)\b")


def tells_of_danger(text: str) -> bool:
    """Whether the text is urgent because people, or the store and its goods, are in danger."""
    if not find_urgency(text):
        return False
    folded = _DENIED_DANGER.sub(" ", fold(expand(text)))
    return bool(_PEOPLE.search(folded) or _GOODS.search(folded))
