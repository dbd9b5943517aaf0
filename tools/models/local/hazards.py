"""What stops a store or endangers people and goods, however six countries say it: the wordings
that no single device tells. Patterns over folded text; and what sounds so and is not."""

from __future__ import annotations

import re

_CANNOT = (
    r"(?:no (?:se |nos |me )?(?:podemos|puedo|puede|pueden|deja|logramos)|sin poder|imposible|"
    r"no (?:hay|tenemos) (?:forma|manera|modo|como)(?: de)?)"
)
COLD = (
    r"(?:congelador(?:es)?|refri(?:gerador(?:es)?|s)?|neveras?|heladeras?|freezers?|"
    r"camaras? (?:fria|de frio|frigorifica)s?|cuartos? frios?|arcon(?:es)?|vitrinas? de frio|"
    r"conservadoras?|visicooler)"
)
_GOODS = (
    r"(?:helados?|yogure?s?|carnes?|lacteos?|congelados?|pescados?|pollos?|quesos?|embutidos?|"
    r"fiambres?|vacunas?|insulinas?|medicamentos?|mercaderia|mercancia|productos?|leches?)"
)
_PERSON = (
    r"(?:senora?|clientas?|clientes?|nin[oa]s?|chic[oa]s?|companer[oa]s?|cajer[oa]s?|"
    r"ancian[oa]s?|abuel[oa]s?|emplead[oa]s?|repartidor|guardia|muchach[oa]s?|trabajador[a]?|"
    r"persona|vigilante|reponedor[a]?)"
)
_TIMES_COLD = (
    r"(?:\d+|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte)(?:[.,]\d)? ?(?:grados|°|º)"
)

# A shop's 'pistola' reads barcodes, prints labels or holds glue.
GUN = (
    r"pistolas?\b(?! (?:lector\w*|escan\w*|scan\w*|zebra|honeywell|laser|inalambrica|danada|"
    r"de (?:codigos?|barras?|etiquet\w+|precios?|silicon\w*|calor|agua|pintura|inventario|caja|la "
    r"caja)|(?:que )?(?:ya )?no (?:me |nos )?(?:lee|prend|enciend|funcion|sirv|jala|anda|escan|"
    r"carga|agarra)\w*|se (?:descarg|trab|apag|desconect)\w*))"
)

HAZARDS = tuple(
    re.compile(pattern)
    for pattern in (
        # Nothing can be sold or paid.
        rf"{_CANNOT} (?:\w+ ){{0,3}}(?:cobr\w+|pag(?:ar\w*|os?)|ventas?|vender\w*|ticketear)\b",
        r"\bno (?:nos )?(?:entra|pasa|sale|procesa)n? (?:ni )?(?:un|ningun|los|ni un) (?:solo )?"
        r"(?:pago|cobro|venta)s?\b|\bno (?:cobramos|vendemos|facturamos) (?:nada|un|ni)\b",
        r"\b(?:toca|todo en|a puro|puro|solo|solamente|unicamente|nomas) (?:puro )?(?:con )?"
        r"efectivo\b|ni (?:efectivo|plastico|tarjetas?),? ni",
        r"\b(?:ha |han )?(?:dejo|dejaron|dejado) de (?:aceptar|leer|cobrar|tomar|pasar|procesar|"
        r"recibir)\b[^.;]{0,25}\b(?:tarjetas?|pagos?)",
        r"\b(?:terminal(?:es)?|datafonos?|tpvs?|posnets?|pos|pinpads?|maquinitas?|"
        r"lector(?:es)?(?! de (?:codigo|barra|huella|qr)))\b"
        r"[^.;,]{0,25}\b(?:todos |todas )?(?:muert[oa]s?\b|no (?:comunica|da linea|dan linea|"
        r"transmite)|ha dejado de|dejo de|dejaron de)",
        r"\bning\w+ (?:terminal|datafono|tpv|posnet|pos|caja)\b (?:\w+ )?(?:da|tiene|prende|"
        r"enciende|funciona|anda|jala|abre|conecta|cobra|lee|responde)",
        r"\bcaja se (?:nos )?(?:congelo|trabo|colgo|bloqueo|murio|apago|tildo|pasmo|planto)\b",
        r"\bno (?:nos |se |me )?(?:abre|levanta|entra|funciona|jala|anda|arranca|carga|cobra|deja)"
        r"\b[^.;]{0,25}\ben (?:ning\w+|todas las) (?:cajas?|equipos?|terminal(?:es)?)\b",
        r"\bno (?:nos )?(?:pagan|pueden pagar) con (?:tarjetas?|credito|debito)|\ba oscuras\b",
        r"\b(?:es|era) (?:la|el) unic[oa] (?:que (?:hay|tengo|tenemos|tiene|nos queda)|caja|"
        r"terminal|"
        r"datafono|tpv|posnet|pos)\b|\bno cobran\b|\bcon (?:pura )?libreta\b|"
        r"\bestoy sol[oa] con est[ea]\b",
        # Customers wait, or go.
        r"\b(?:clientes|gente|clientela|publico)(?: \w+){0,5} (?:se (?:va|van|fue|fueron|esta|"
        r"estan|nos va|nos van)\b|yendose|protesta\w*|reclama\w*|molest[oa]s?\b|enojad|furios)|"
        r"mandando a (?:la gente|los clientes)|(?:dejan|dejando|abandona\w*) (?:los carritos|las "
        r"compras)|\b(?:fila|cola) (?:hasta|que (?:llega|sale)|llega|enorme)",
        # The store cannot open.
        rf"{_CANNOT} (?:subir|levantar|abrir|mover) (?:la |el |las |los )?(?:rejas?|cortinas?|"
        r"persianas?|porton|santamaria|puerta (?:principal|de entrada|de la tienda|del local))",
        r"\b(?:cortina|persiana|reja|porton)\b[^.;]{0,25}\b(?:a (?:la )?(?:mitad|media)|no (?:se )?"
        r"(?:mueve|sube|abre|levanta|responde))",
        r"\b(?:tienda|local|sucursal)\b[^.;]{0,12}\bcerrad[oa]\b[^.;]{0,25}\bno (?:llego|llega|ha "
        r"llegado|vino|aparece)|no (?:llego|llega|vino|aparece|aparecio)\b[^.;]{0,25}\b"
        r"(?:llaves?|abrir)\b",
        # What must stay cold does not.
        rf"\b{COLD}\b[^.;]{{0,45}}\b(?:temperatura ambiente|no (?:cort|hac|da|dan|tira)\w* frio|"
        rf"bot[oa] la carga|{_TIMES_COLD}|se (?:apag|descongel|par|murio|calent)\w*|tibi[oa]s?|"
        r"sin frio|descongel\w+|dej(?:o|aron) de)",
        rf"\bse (?:nos )?(?:esta|estan|va|van|empieza|empezo) (?:\w+ )?(?:derrit|descongel|pudr|"
        rf"echa|derret|malogr)\w*|\b{_GOODS}\b[^.;]{{0,25}}\b(?:tibi[oa]s?|derrit\w+|"
        r"descongel\w+|derret\w+|pudri\w+|ech\w+ a perder|malogr\w+)\b",
        # Water and current.
        r"\bcharco\b[^.;]{0,40}\b(?:electric|cuadro|tablero|enchufe|cables?|corriente|luz|crec)\w*|"
        r"\bagua\b[^.;]{0,25}\b(?:ya )?(?:llego|llega|alcanz|subi|sube)\w*\b|"
        r"\b(?:filtra|filtrando|chorre|cae|cayendo|goteando|gotea)\w* (?:el )?(?:agua )?(?:encima|"
        r"sobre|arriba)|\bse (?:\w+ )?filtra\w* (?:el )?agua|\b(?:romp|revent|parti|quebr)\w+(?: "
        r"\w+){0,2} (?:caneria|tuberia|cano|tubo|llave de paso|flexible|manguera|tinaco)",
        r"\bchispe\w+|\b(?:explot|revent|estall|quem|fundi|derriti)\w*(?: \w+){0,2} (?:enchufe|"
        r"tomacorriente|contacto|transformador|tablero|medidor|apagador|interruptor|toma|cableado|"
        r"bateria|freidora|horno|calentador|caldera|cilindro|garrafa|balon|tanque)|"
        r"\bcables? (?:\w+ )?(?:pelad|suelt|expuest)[oa]s?\b|\bcon corriente\b",
        # Crime.
        r"\b(?:cuchillo|navaja|machete|encapuchad[oa]s?|a punta de)\b|"
        r"\bse (?:nos )?(?:llevaron|robaron|roban|estan llevando) (?:la |el |los |las |tod[oa] )?"
        r"(?:la |el |los |las )?(?:plata|dinero|efectivo|lana|caja|merca\w+|telefon\w+|celular\w*|"
        r"televis\w+|recaudacion|cajon)(?![^.;]{0,20}\b(?:a|para) (?:repar|arregl|revis|cambiarl|"
        r"servicio|garantia))|\bse metieron (?:anoche|a la|al|por|en la madrugada|de "
        r"madrugada)|\bnos (?:abrieron|vaciaron) (?:la|el) (?:tienda|local|caja)",
        # Somebody is hurt.
        rf"\b{_PERSON}\b(?: \w+){{0,4}} (?:se (?:ha )?(?:cay|resbal|golpe|lastim|quem|desvanec|"
        r"desplom|atragant)\w+|se (?:ha )?cort\w+(?! (?:el|un) (?:pelo|cabello|flequillo))|"
        r"no respira|sangr\w+|convuls\w+)|"
        r"\bno se puede (?:levantar|mover|parar)\b|\bno (?:respira|reacciona) "
        rf"(?:una?|el|la) {_PERSON}|\b(?:pelea|pelean|golpes) (?:entre|en|con) (?:\w+ )?"
        r"(?:clientes?|tienda|guardia)",
    )
)

_DEVICE = (
    rf"(?:{COLD}|terminal(?:es)?|datafonos?|tpvs?|posnets?|pos|lector(?:es)?|cajas?|impresoras?|"
    r"compu\w*|equipos?|pinpads?|balanzas?|basculas?)"
)
# Sounds like it and is not: jokes and figures of speech, and things the store sells without. What
# is urgent is a sign of the fitted weights: they know these laughs, not all of domain.wording.
NOT_MEANT = re.compile(
    r"\b(?:ja|je|ha){2,}\w*|\blol\b|\bxd+\b|[😂🤣😅😆😜😋😍🥰]|"
    r"\brob\w+ (?:el corazon|la idea|el show|mi corazon|el protagonismo|camara)|"
    r"\b(?:es|son|fue|que|seria) un (?:robo|atraco|asalto)\b|\bmuer(?:o|ta|to) de\b|"
    r"\b(?:por )?si (?:nos|me|les?|te|los|las) (?:asalt|rob|atrac|amenaz|amenac)(?:an|en|a|e)\b|"
    r"\b(?:trae|traen|tiene|tienen|presta|prestan) fuego\b|"
    r"\bme (?:desmayo|muero|mato|infarto)\b|"
    rf"\b{_DEVICE} (?:(?:que es |esta |es )?(?:de (?:los |las |la )?(?:emplead[oa]s|personal|"
    r"comedor|trabajadores|office|oficina|companeros|repuesto|reserva|respaldo|sobra|prueba|"
    r"demostracion|exhibicion)|viej[oa]s?)|que (?:ya )?no (?:se )?usa\w*)\b|"
    r"\bnadie (?:l[oa]s? )?usa\w*|\bno l[oa]s? (?:usamos|ocupamos)\b"
)
# One way of paying fails, another does not; one of several fails, the other does not.
_ANOTHER_WAY = (
    r"\b(?:con|por|metiendo|insertando|pasando|deslizando) (?:la |el )?(?:chip|banda|contactless|"
    r"tarjeta|acercando|sin contacto|proximidad)\b(?: la tarjeta)? ?,?(?:si\b(?! no)|"
    r"pasa(?! (?:lo mismo|igual))|lee|funciona|anda|jala)|"
    r"\bsolo (?:pasa |lee |anda |funciona )?(?:con |por )?(?:contactless|"
    r"chip|banda|insertando|insertada|acercando)\b|\bno \w+ (?:el )?(?:contactless|sin contacto)\b|"
    r"(?<!ni )(?<! a )\b(?:el|la) (?:otr[oa]|grande|chic[oa]|pequen[oa]|\d|de al lado) (?:todavia |"
    r"aun )?(?:si\b(?! (?:no|pueden)\b)|"
    r"(?:funciona|pasa|anda|jala|cobra|abre|va|trabaja)\b(?! (?:mal|lent|lo mismo|igual)))|"
    r"\buno (?:si )?(?:pasa|anda|funciona)? ?y (?:el )?otro no\b|"
    r"\b(?:con|en) (?:el|la) (?:otr[oa]|\d) (?:estamos|vamos|seguimos|estoy) \w+ndo\b|"
    r"\bestamos (?:tirando|cobrando|atendiendo|vendiendo) con (?:el|la)\b|"
    r"\bla[s]? ventas? (?:salen|sale|siguen?) (?:igual|normal|bien)\b|"
    r"(?<!no )(?<!ni )(?<!tampoco )(?<!siquiera )(?<!les )(?<!nos )(?<!me )(?<!le )"
    r"(?<!solo )(?<!solamente )\b(?:estan|estamos|siguen|seguimos) (?:vendiendo|cobrando)\b"
    r"(?! (?:nada|solo|puro|en papel|"
    r"doble|de mas|dos veces))"
)
MANAGES = re.compile(
    _ANOTHER_WAY + r"|"
    r"\b(?:es[ae]|la otra|el otro|la \d|el \d) (?:si )?(?:esta )?(?:bien|normal|impeque|"
    r"perfecto)\b|\bcon (?:la|el) (?:\d|otr[oa]|grande|chic[oa]|buen[oa])(?: y (?:la|el) \w+)? "
    r"(?:vamos|voy|estamos|sigo|seguimos)\b|\bpor (?:ahi|es[ae]|el otro|la otra) "
    r"(?:cobramos|cobro|vamos|pasamos|estamos|sigo|seguimos)\b|"
    r"\bestamos (?:todos )?por (?:es[ae]|la otra|el otro)\b|"
    r"\b(?:cobro|cobramos) igual\b|\babriendo con (?:la )?llave\b|"
    r"\b(?:el viejito|el viejo|el nuevo) si\b|\b(?:tiquete|ticket|boleta) (?:normal )?si (?:sale|"
    r"imprime)\b|"
    r"\bl(?:a|o)s? (?:demas|otr[oa]s?)(?: \w+){0,2} (?:si )?(?:funciona|jala|sirve|cobra|anda|"
    r"pasa(?!n? (?:lo mismo|igual))|va|van|lee|trabaja)\w*|"
    r"\b(?:cobramos|vendemos|atendemos|seguimos|vamos|pasamos todo|estamos "
    r"cobrando) (?:en|por|con) (?:la|las|el|los) (?:otr[oa]s?|demas|caja|\d)|"
    r"\bcon (?:la|las|el|los) otr[oa]s?\b[^.;]{0,25}\b(?:libramos|cobr|vend|atend|saca|vamos|"
    r"alcanza|avanz)\w*|(?<!no )(?<!nos )\b(?:podemos )?(?:apanar(?:nos)?|nos apanamos|la libramos|"
    r"nos arreglamos)\b|\bsin (?:bronca|drama)s?\b|"
    r"\bpero (?:si )?(?:cobra|vende|funciona|pasa)\b|"
    r"\bmanana (?:l[oa]s? )?(?:saco|veo|reviso|hago|vemos|sacamos)\b"
)
