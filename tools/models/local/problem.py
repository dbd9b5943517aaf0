"""What happens, in a short phrase of the reporter's own words."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.models.local.idioms import is_idiom
from tools.models.local.lexicon import read_lines
from tools.models.local.numbers import find_numbers
from tools.models.local.spelling import expand, fold
from tools.models.local.stores import find_store
from tools.models.local.systems import find_systems

PROBLEM_WORDS = 14
# Words of a clause that may tell what a thing does, and is not only a name of it.
LEAST_TOLD = 3
# Beside the name of a thing these say no more than that somebody wants help with it.
_PLEAS_TEXT = (
    "tengo tenemos tiene hay problema problemas problemita detalle tema asunto caso falla fallo"
    " ayuda ayudan ayudar apoyo apoya apoyan apoyar colaboran colaborar pueden puede podrian podria"
    " revisar ver checar mirar echar mano nuevo nueva otro otra mismo misma nuestro nuestra ahi"
    " aqui aca"
)
_PLEAS = frozenset(_PLEAS_TEXT.split())
_NOTHING_TOLD_TEXT = (
    "dificultad dificultades vez igual siempre urgente quisiera incomodar molestar para pues este"
    " esta ese esa estos esas desde hasta entre grupo equipo soporte sistemas favor porfis espero"
    " primera segunda tercera ultima nosotros todos todas unos unas que cual sobre acerca respecto"
)
_NOTHING_TOLD = frozenset(_NOTHING_TOLD_TEXT.split())
_WHERE = re.compile(
    r"\b(?:de|del|en|desde|para|junto|al) (?:(?:el|la|los|las|mi|nuestra|nuestro|una?) )?"
    r"(?:[a-zñ]{3,}|\d+)(?: \d+)?"
)
_WANTS = re.compile(
    r"\b(?:necesit(?:o|amos)|ocup(?:o|amos)|requ(?:iero|erimos)|urgen?) "
    r"(?:\d+|una?|unos|unas|mas|otr[oa]s?|dos|tres|cuatro|cinco)(?: \w+ de)? ·"
)
# What makes a clause of a name: it does something, or is somehow.
_SAYS = re.compile(r"\b(?:no|se|esta|estan|ta|anda|sigue|quedo|nos|me|le|ya|tampoco|nada) +\w+")
_VERBS = (
    r"(?:funciona|funsiona|sirve|jala|prende|enciende|anda|imprime|abre|cierra|lee|pasa|conecta|"
    r"carga|responde|arranca|enfria|calienta|sale|suena|sube|baja|llega|entra|graba|pesa|cobra|"
    r"reconoce|sincroniza|guarda|genera|aplica|acepta|detecta|contesta|levanta|recibe|coincide|"
    r"corta|gira|avanza|marca|timbra|escanea|toma|"
    r"coge(?!n? (?:el|los) (?:tel|cel|mov|fon))|pilla|refleja|aparece|envia|"
    r"acredita|alinea|sella|desactiva|agarra|enlaza|inicia|reinicia|ve|ven|escucha|"
    r"oye|apaga|hace|emite|factura|quiere|logra|actualiza|escribe|congela|descarga|"
    r"funcionaba|saca|cobro|bloqueo|rinde|prendia)"
)
_FAULT = re.compile(
    r"\b(?:ya |tampoco |todavia |aun )?(?:no|tampoco|nunca) (?:se |me |nos |le |les |lo |la |te )*"
    r"(?:esta[n]? |ha[n]? )?(?:" + _VERBS + r"(?:n|ron|do|ndo)?|sirvio|sirviendo|funcion\w+|jalo|"
    r"prendio|abrio|imprimio|llego|vino|llegaron|venido|llegado|andando|responden|abren|salen|"
    r"imprimiendo|cobrando|vendiendo|va|van|da|dan|hay|ai|ay|"
    r"ahi(?= (?:luz|agua|sistema|sitema|internet|red|linea|wifi)\b)|tiene|tienen|tenemos|"
    r"tengo|deja|dejan|"
    r"permite|podemos|puedo|pueden|puede|encuentr\w+|recogieron|mandaron|cuadra|estan?|prenden|"
    r"encienden|leen|pasan|sirven|conectan|caen|entran|mueve|vende|llama)\b"
    r"|\b(?:marca|esta a|llego a|subio a) (?:los )?-?\d+(?:[.,]\d)? ?(?:grados|°|º)|"
    r"\b(?:me|nos) (?:bota|saca|tumba|expulsa)\b|\bperd(?:i|imos|io) (?:la|las|el|los) (?:llaves?|"
    r"control|clave)\b"
    r"|\b(?:nada|ningun[oa]?(?: \w+){0,3}) (?:funciona|sirve|jala|prende|anda|abre|"
    r"enciende|cobra|va)\b"
    r"|\b(?:cortaron|abandono|cobr(?:o|a) (?:dos veces|doble|de mas)|bloqueo|"
    r"entrando agua|no abrieron|"
    r"no paso|no se hizo|se (?:nos )?va (?:la|el) (?:red|internet|luz|senal|sistema)|subiendo)\b"
    r"|\bsin (?:comunicacion|sistema|internet|red|luz|agua|senal|servicio|linea|"
    r"conexion|energia|corriente|wifi|"
    r"terminal\w*|datafonos?|tpv|cambio|bolsas|rollos|papel|llaves|personal|gas|telefono|funcionar|"
    r"imprimir|poder|electricidad|tono|imagen|acceso|vigilan\w+|tinta|toner|stock)\b"
    r"|\bno (?:he|hemos|han|estoy|estamos) (?:podido|logrado|conseguido|pudiendo) (?:cobrar|"
    r"facturar|vender|imprimir|timbrar|escanear|entrar (?:al|con|en) |ingresar|acceder|conectar|"
    r"operar|atender|pasar (?:la |una |ninguna )?tarjeta|pesar)\w*(?! (?:al rato|manana|luego))|"
    r"\bimposible \w+[aei]r\b|\ba oscuras\b|"
    r"\b(?:me|nos) (?:lo |la )?rebotan?\b|\bse (?:le|les|me|nos) va (?:la|el) (?:imagen|pantalla|"
    r"sonido|audio|voz|corriente|energia|presion)\b|"
    r"\b(?:hace|marca|pesa|cobra|imprime|lee) (?:lo que|como|cuando) (?:quiere|se le antoja|"
    r"le da la gana)\b"
    r"|\bdej(?:o|aron) de \w+|\bqued(?:o|aron|ado) (?:sin|en|trabad|bloquead|congelad|pegad|"
    r"colgad|ciclad|tildad|frizad|"
    r"pasmad|parad|negr|abiert|atorad)\w*|\bquedamos sin\b"
    r"|\bse (?:nos |me |le |les |ha |han |esta |estan |volvio a |va a |van a )*(?:cay\w+|caio|"
    r"caer\w*|caido|cae[n]?\b|pasm(?:o|ado|aron)|cicl(?:o|ado|aron)|tild(?:o|ado|aron)|"
    r"rebals\w+|trab\w+|congel\w+|apag\w+|fue|ido|colg\w+|peg(?:o|ado|aron)|dan(?:o|aron|ado)|rompi\w+|"
    r"rompe|roto|descomp\w+|malogr\w+|jodi\w+|quem\w+|atasc\w+|ator\w+|bloque\w+|reinici\w+|"
    r"acab(?:o|aron|ado)|termin(?:o|aron)|perdi\w*|borr\w+|duplic\w+|moj\w+|revent\w+|fundi\w+|"
    r"tap(?:o|aron|ado)|inund\w+|cort(?:o|aron|ado)|quebr\w+|estrell\w+|metieron|desmay\w+|desprend"
    r"\w+|despeg\w+|zaf(?:o|aron|ado)|descarril\w+|descongel\w+|echa\w*|cierra sol\w|cuelga|"
    r"muri\w+|echo a perder|va y viene|"
    r"qued(?:o|aron) (?:sin|trab\w+|peg\w+|en negro|en blanco|pasmad\w+|parad\w+|congel\w+))"
    r"|\b(?:esta|estan|anda|sigue|siguen|quedo|esta todo|tenemos|tengo|viene|llego|llegaron)(?: (?:"
    r"muy|super|todo|toda|otra vez|como|medio|tan|el|la|sistema|totalmente|"
    r"lentisim\w))* (?:caid\w+|"
    r"trabad\w+|lent\w+|bloquead\w+|danad\w+|rot\w+|tapad\w+|colgad\w+|pegad\w+|"
    r"congelad\w+|apagad\w"
    r"+|muert\w+|descompuest\w+|atascad\w+|atorad\w+|malograd\w+|fall\w+|sin \w+|cerrad\w+|vencid\w"
    r"+|negr[oa]|calient\w+|descalibrad\w+|inundad\w+|averiad\w+|fatal|parad\w+|detenid\w+|mal\b|"
    r"ciclad\w+|pasmad\w+|tildad\w+|zafad\w+|descuadrad\w+|levantad[oa]s?\b|"
    r"fuera de (?:servicio|linea)(?! por les)|"
    r"goteando|tirando agua|incomplet\w+|frozen|down|raro|quemad\w+|fundid\w+|floj\w+|"
    r"oscur\w+|rechaza\w+|cobrando "
    r"doble|desconectad\w+|desconfigurad\w+|inservible|forzad\w+|echando\w*|abiert\w+ y)"
    r"|\b(?:marca|da|tira|sale|arroja|manda|aparece|muestra|lanza|dice|pone|salta)\w*(?: \w+){0,3} "
    r"(?:error|sin papel|sin conexion|rechazad\w+|denegad\w+|fallida|fallo|diferencia|\"[^\"]+\")"
    # What springs when there is too much current, or bursts.
    r"|\b(?:salto|saltado|saltaron|boto|botado|botaron|bajo|disparo) (?:la|el|las|los) "
    r"(?:termic\w+|llave(?= (?:de (?:la )?(?:luz|corriente)|general|termica)\b|\W*$)|"
    r"diferencial\w*|automatic\w+|pastillas?|breakers?|fusibles?|tapon\w*|plomos|disyuntor\w*|tacos?)\b|"
    r"\btron(?:o|aron|ado) (?:el|la|los|las|un|una)\b|\bya vali(?:o|eron) (?:la|el|los|las|mi)\b|"
    r"\b(?:va|van|anda|andan) a (?:pedales|trompicones|tirones|los saltos|los tumbos)\b|"
    r"\b(?:hay|tenemos) (?:una|unas) filtracion|\bescribe doble\b|"
    r"(?<!en )(?<!de )(?<!por )\b(?:chilla|rechina|chirria|chirrea)n?\b|"
    r"\b(?:tiene|con|marca|prende|parpadea|sale) (?:el |la |un |una )?(?:foco|foquito|led|luz) "
    r"(?:en )?roj[oa]\b|\b(?:chapa|cerradura|puerta|llave|cajon|candado|reja|cortina|persiana|"
    r"gaveta|palanca)(?: \d)? (?:esta|estan) (?:muy |bien )?dur[oa]s?\b|"
    r"\bqued(?:o|a|an|aron|ado) (?:pensando|cargando|actualizando|procesando|dando vueltas)"
    r"(?=\W*$|[,.;]| (?:el|la|los|las|y|desde|hace|en|todo|nomas|solo|otra|de)\b)"
    r"|\bfall(?:a|o|an|ando|aron|ado|as)\b(?! (?:con|en) (?:el|la|los|las)?)|\bvolvi(?:o|eron) a "
    r"(?:fallar|(?:caer|trabar|apagar|congelar|descomponer|atascar|atorar|bloquear|colgar|danar|ir)se\b)"
    r"|\b(?:apagon|cort(?:o ?circuito)|(?:entraron|metieron) a robar|descalibr\w+|"
    r"descongel\w+|mud[oa]|"
    r"apagad[oa]s? (?:desde|en|y|todo|hace)|pur[oa]s? rayas?|sale (?:diferente|mal|"
    r"otro)|se disparo|"
    r"no (?:bota|entrego|entregaron|mandaron|surti\w+|trajo|trajeron|acept\w+|pued\w+ pagar)|"
    r"codigo \d+ al|sale distinto|sin (?:imagen|audio|sonido|tono)|se cayo un[ao]?)\b"
    r"|\b(?:muert[oa]s?|averiad[oa]|estrellad[oa]s?|intermitente|(?:da|pesa|marca|lee|"
    r"cobra|imprime|saca) mal|"
    r"(?:nadie|ningun\w*)(?: \w+)? (?:lleg|tra|vin|vien)\w+|"
    r"(?:nadie|ningun\w*(?: \w+){0,2}) (?:nos |me )?(?:ha podido|puede|pudo|logra) (?:pagar|cobrar|"
    r"vender|facturar|imprimir|abrir|trabajar|acceder|ingresar|entrar (?:al|con|en|a la)|"
    r"conectar\w*|timbrar|escanear|operar|atender|iniciar|fichar|checar|registrar\w*)|"
    r"ruido (?:feo|extrano|"
    r"raro)|zumbido|derrit\w+|"
    r"metiendo (?:el )?agua|se filtra|apagad[oa] y no|saca \w+(?: \w+)? en blanco|"
    r"lent[oa]s?|lentisim[oa]s?|tarda\w*|demora\w*|parpadea\w*|rechaza\w*|"
    r"gotea\w*|borros[oa]|"
    r"descompuest[oa]s?|averiad[oa]s?|malograd[oa]s?|fundid[oa]s?|atascad[oa]s?|atorad[oa]s?|caid"
    r"[oa]s?|bloquead[oa]s?|trabad[oa]s?|colgad[oa]s?|danad[oa]s?|rot[oa]s?|vencid[oa]s?|tapad[oa]"
    r"s?|congelad[oa]s?|truena|zumba|inundad[oa]s?|desconectad[oa]s?|pita|cobra doble)\b"
    r"|\b(?:falta|faltan|hace falta|hacen falta|necesitamos (?:cambio|bolsas|rollos)|perdimos|"
    r"extravi\w+|robaron|robando|robo|asalt\w+|huele|apesta|sale (?:humo|agua)|humo|"
    r"fugas?|goteras?|"
    r"inundacion|chispas|plaga|incendio|cucarachas|rata[s]?|ruido raro|pantalla azul|"
    r"pantalla (?:en )?negra?|sale en blanco|"
    r"va fatal|va (?:muy )?lento|suena sol[oa]|mojad[oa]s?|hace (?:un )?calor|"
    r"pide (?:clave|licencia)|"
    r"encerrad[oa]s?|atrapad[oa]|amenaz\w+|agredi\w+|heri\w+|lastimad\w+|sangrando|equivocado|"
    r"incomplet[oa]|da toques|desbord\w+|chueco|imprime (?:borroso|en blanco|con rayas|mal))"
    r"|\b(?:is|are|not|isn'?t|doesn'?t|won'?t|can'?t)(?: \w+)? (?:down|working|broken|print\w*|turn"
    r"\w*|connect\w*|respond\w*|open\w*|start\w*|load\w*|scan\w*|dead|stuck|leaking|slow|frozen)\b"
    r"|\bno (?:internet|power|signal|network|water|wifi)\b|\bstopped working|"
    r"\bout of (?:order|paper)|\bfuera de (?:servicio|linea)\b(?! (?:por les|del? horario))"
)
_DOES_NOT = re.compile(
    r"(?: (?:de|del|en) (?:la |el |los |las )?\w+(?: \d+)?| \d+| ya| hoy| tampoco| todavia){0,4}"
    r",? no (?:se |me |nos |le |les |lo |la |te )*(?!es\b|son\b|hay\b|sea\b|olvid)\w+"
)
_NOT_FAULT = re.compile(
    r"\bcuanto (?:mas )?falta|\bno hay (?:ningun )?(?:problema|de que|tema|prisa|pedo|"
    r"bronca)|\bsin (?:problemas?|novedad)|"
    r"\bno pasa nada|\bno se preocupe\w*|\bno te preocupes|\bno (?:es|era) (?:nada|necesario)|"
    r"\bno (?:tengo|tenemos|hay) (?:idea|dudas?)|\bya (?:no falla|funciona|sirve|quedo|jala)|"
    # What is over, what is hung up, what an offer does not add up with: nothing fails there.
    r"\bse (?:me |nos )?(?:acab|termin)(?:o|aron) (?:el|la|los|las) (?:promo\w*|ofertas?|"
    r"descuentos?|campana|temporada|liquidacion|feria|\dx\d|turno|mes|semana|reunion|curso)|"
    r"\b(?:cartel|carteles|poster|afiche|aviso|letrero|lista|horario)s?\b[^.;]{0,60}"
    r"\bpegad[oa]s? en\b|"
    r"\bno (?:es |son )?acumul\w+ (?:con|ni)"
)
_GREETING = re.compile(
    r"^(?:\W*(?:hola+|holi|buen(?:os|as)?(?: dias?| tardes?| noches?| dia)?|bn?s dias|"
    r"que tal|oigan?|"
    r"oye|disculp\w+|perdon|saludos|estimad\w+|equipo|grupo|compa\w*|chic[oa]s|amig[oa]s?|soporte|"
    r"a todos|todos|por favor|favor|ayuda\w*|urgente\w*|urge|hey|ey|gente|muchachos|jefe|veci\w*|"
    r"che|mira|miren|aqui|aca|con la novedad(?: de)?(?: que)?|le[s]? (?:reporto|informo|comento|"
    r"aviso)(?: que)?|reporto(?: que)?|informo(?: que)?|quiero reportar(?: que)?|aviso(?: que)?|"
    r"incidencia(?: en)?|reporte|resulta que|es que|porque|pues|fijese que|"
    r"fijense que|tenemos (?:el|un)"
    r" (?:problema|detalle)(?: de)? que|nuevamente|otra vez|"
    r"que pena molestar\w*|de nuevo|dear|hi|hello|please|y|pero|que|ya|tambien|si|no,|"
    r"bueno|ok|sos|auxilio|"
    r"me ayudan|me apoyan|nos ayudan|necesito (?:ayuda|apoyo)|necesitamos (?:ayuda|apoyo|soporte))"
    r"(?![\w]))+[\s,.:;!?¡¿🙏😭-]*"
)
_STORE = re.compile(
    r"(?:[,;]?\s*\b(?:aqui |aca |soy |somos |hablo |les hablo )?(?:en|de|desde|para|"
    r"at|in) (?:la |el"
    r" |mi |nuestra )?|\b(?:la |el )?)(?:tienda|tda|tnda|suc|sucursal|local|sede|store|branch)\b\.?"
    r"(?: (?:numero|no\.|num\.?|nro\.?|#|n°|del?|de la))*\s*#?"
)
_T_STORE = re.compile(r"(?:\b(?:en|de|desde) (?:la |el )?)?\b(?:t|suc|tda)[-.]?\s?\d{1,4}\b")
_ARTICLE = re.compile(r"^(?:la|el|los|las|nuestra|nuestro|mi|the|al|una?)\s+(?=\w+ )")
_CLAUSE = re.compile(r"[.!?;\n]+|,(?!\d)| - |:(?=\s)|\s(?=pero |aunque |asi que )")
_NEITHER = re.compile(r"(?:(?:y|e|ni|pero|tampoco|el|la|los|las|mi|un|una|de|del)\b|\W)*")
_SYMBOLS = " \t,.;:!?¡¿-—()\"'*🙏😭😡👀"


def has_broken_thing(text: str) -> bool:
    """Whether a system is said not to do something ('la tiquetera no bota el recibo')."""
    written = expand(text)
    folded = fold(written)
    return any(
        _DOES_NOT.match(folded[span.end :]) for span in find_systems(written) if not span.weak
    )


@lru_cache(maxsize=1024)
def has_fault(text: str) -> bool:
    """Whether the text says that something is wrong, whatever else it says."""
    folded = _without_what_is_none(fold(expand(text)))
    return _FAULT.search(folded) is not None or is_idiom(folded)


def find_problem(text: str) -> str | None:
    """What happens, at most PROBLEM_WORDS words of the text; None when it only names or greets."""
    for clause in clauses_of(text):
        if has_fault(clause):
            phrase = clean_phrase(clause)
            if len(phrase.split()) >= 2 or (phrase and has_fault(phrase)):
                return phrase
    if "tampoco" not in fold(text):
        return None
    return next(filter(_is_neither, map(clean_phrase, clauses_of(text))), None)


def _is_neither(phrase: str) -> bool:
    """Whether a thing is said to fail as another does, and nothing else: 'tampoco el internet'."""
    rest = fold(phrase)
    spans = [span for span in find_systems(phrase) if not span.weak]
    for span in reversed(spans):
        rest = rest[: span.start] + " " + rest[span.end :]
    return bool(spans) and "tampoco" in rest and _NEITHER.fullmatch(rest) is not None


def clean_phrase(text: str) -> str:
    """The text without greeting, store and leading article, at most PROBLEM_WORDS words."""
    bare = _without_store(text).strip(_SYMBOLS)
    for _ in range(3):
        greeting = _GREETING.match(fold(bare))
        if not greeting or greeting.end() == 0:
            break
        bare = bare[greeting.end() :].strip(_SYMBOLS)
    article = _ARTICLE.match(fold(bare))
    bare = bare[article.end() :] if article else bare
    if bare.isupper():
        bare = bare.lower()
    return " ".join(bare.split()[:PROBLEM_WORDS]).strip(_SYMBOLS)


def free_problem(text: str) -> str | None:
    """The text as an answer to 'what happens?': anything that says more than a name.

    None for a bare thing or store, a greeting, thanks or a word of waiting.
    """
    found = find_problem(text)
    if found:
        return found
    phrase = clean_phrase(text)
    folded = fold(phrase)
    spans = find_systems(phrase)
    rest = folded
    for span in reversed(spans):
        rest = rest[: span.start] + " " + rest[span.end :]
    empty = _empty_words()
    telling = [w for w in re.findall(r"[^\W\d_]+", rest) if w not in empty]
    return phrase if telling and (len(telling) >= 2 or not spans) else None


def told_unknown(text: str) -> str | None:
    """A clause that says of a thing what no list knows ('la caja no prrende', 'se come el papel').

    None where it only names the thing, asks for help with it or asks about it.
    """
    for clause in clauses_of(text):
        phrase = clean_phrase(clause)
        spans = [span for span in find_systems(phrase) if not span.weak]
        if not spans or len(phrase.split()) < LEAST_TOLD or "?" in text:
            continue
        rest = fold(phrase)
        for span in reversed(spans):
            rest = rest[: span.start] + " " + rest[span.end :]
        said = set(re.findall(r"[^\W\d_]+", rest)) - _PLEAS - _empty_words()
        if said and _SAYS.search(rest):
            return phrase
    return None


def words_beside(clause: str) -> set[str]:
    """The folded words of a clause that tell something beside the things it names, whose they are
    and where: of 'olor a gas en panadería' the first; of a plea and a bare name none."""
    phrase = expand(clean_phrase(clause))
    spans = [span for span in find_systems(phrase) if not span.weak]
    if not spans or "?" in clause:
        return set()
    rest = fold(phrase)
    for span in reversed(spans):
        rest = rest[: span.start] + " · " + rest[span.end :]
    wants = _WANTS.search(rest)
    rest = _WHERE.sub(" ", rest)
    names = {fold(word) for word in re.findall(r"\b[A-ZÁÉÍÓÚÑ]\w+", phrase[1:])}
    said = set(re.findall(r"[a-zñ]{3,}", rest)) - _PLEAS - _NOTHING_TOLD - _empty_words() - names
    return said | ({wants.group()} if wants else set())


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return frozenset(read_lines("empty_words.txt"))


def _without_what_is_none(folded: str) -> str:
    return _NOT_FAULT.sub(lambda m: "·" * len(m.group()), folded)


def clauses_of(text: str) -> list[str]:
    """The parts of a text that signs of writing divide."""
    clauses, start = [], 0
    for cut in _CLAUSE.finditer(fold(text)):
        clauses.append(text[start : cut.start()])
        start = cut.end()
    clauses.append(text[start:])
    return [c.strip() for c in clauses if c.strip()]


def _without_store(text: str) -> str:
    """The text without the phrase that names the store."""
    folded = fold(text)
    for match in _STORE.finditer(folded):
        end = _store_end(text, match.end())
        if end and find_store(text[match.start() : end]):
            return f"{text[: match.start()]} {text[end:]}"
    short = _T_STORE.search(folded)
    if short and find_store(short.group()):
        return f"{text[: short.start()]} {text[short.end() :]}"
    return text


def _store_end(text: str, start: int) -> int | None:
    while start < len(text) and text[start] in " #":
        start += 1
    for number in find_numbers(text):
        if number.start == start:
            return number.end
    store = find_store(f"tienda {text[start:]}")
    if not store:
        return None
    named = re.match(re.escape(fold(store)), fold(text[start:]))
    return start + named.end() if named else None
