"""How people say that a thing broke or does not do its work, in the words of many countries: 'ya
petó el TPV', 'se chingó la báscula', 'no caen las transferencias', 'saltó el automático'."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.models.local.spelling import expand, fold
from tools.models.local.systems import SystemSpan, find_systems

# What breaks by itself: 'se barrió la chapa', 'la reja se ha desgoznado'.
_BREAKS = (
    r"(?:barr(?:i[oe]\w*|ido)|freg|ching|jod(?:i[oe]\w*|ido)|cag|amol|embrom|escon|escachar\w{0,3}|"
    r"escacharr|estrope|averi|descacharr|desajust|desconfigur|desprogram|desnivel|aflo[jx]|solt|"
    r"saf|desarm|desbarat|desvencij|desgozn|desatornill|raj|deform|oxid|encasquill|atranc|tranc|"
    r"engarrot|agarrot|fris|friz|frez|freez|enloquec(?:i[oe]\w*|ido)|estall|explot|achicharr|"
    r"chamusc|recalent|sobrecalent|desvincul|desenlaz|desemparej|desincroniz|descarril|"
    r"hund(?:i[oe]\w*|ido)|"
    r"cuarte|rebos|rebas|deschavet|fastidi|arruin|escarch|desbord|recal|cuatrape|emperr|empac|"
    r"empast|entramp|desinfl|destempl|desfond|quebr|part(?:i[oe]\w*|ido)|torc(?:i[oe]\w*|ido)|"
    r"dobl|venc(?:i[oe]\w*|ido)|vir|lad|desacomod|desalin|desoldar|chorre|reviento|pudr\w{1,4})"
)
_ENDS = r"(?:o|aron|ado|ada|eo|earon|eado)?"
_REFLEXIVE = re.compile(
    rf"\bse (?:(?:me|nos|le|les|ha|han|esta|estan|acaba de|volvio a) )*{_BREAKS}{_ENDS}\b"
)
# What a thing does of itself where it breaks; people and fireworks do so, too: only beside a thing.
_DIES = re.compile(
    r"\b(?:(?:ha|han|ya) )?(?:pet(?:o|aron|ado)|crep(?:o|aron|ado)|palm(?:o|aron|ado)|"
    r"casc(?:o|aron|ado)|explot(?:o|aron|ado)|revent(?:o|aron|ado)|estall(?:o|aron|ado)|"
    r"muri(?:o|eron)|muerto|feneci(?:o|eron)|cag(?:o|aron) fuego|colaps(?:o|aron|ado)|"
    r"crashe(?:o|aron|ado)|reset(?:eo|ea)|enloqueci(?:o|eron)|dio el (?:mico|viejazo)|"
    r"dej(?:o|aron) de existir|paso a mejor vida|estir(?:o|aron) la pata|colgo los tenis)\b"
)
# What it does instead of its work.
_ODDLY = re.compile(
    r"\b(?:se (?:me |nos |le |esta |estan )*(?:sale|salen|saliendo)|pita|pitan|pitando|"
    r"escribe (?:cualquier cosa|sol[oa]|lo que quiere|raro|doble)|"
    r"(?:se (?:me |nos )?(?:hace|puso|pone|volvio|vuelve)|anda|esta|amanecio|quedo) "
    r"(?:como |medio |bien |muy )?(?:l[oa] )?(?:loc[oa]s?|lok[oa]s?|tont[oa]s?|bob[oa]s?|"
    r"tarad[oa]s?|"
    r"sord[oa]s?|boba|en las ultimas|de huelga|en huelga|de malas|chueca|pensando|"
    r"dando vueltas|en (?:el )?limbo|down|offline|hecha? (?:mierda|pedazos|un asco))|"
    r"no (?:se |me |nos |le |lo )*(?:da (?:una|mas|bola|pie con bola|senal(?:es)?(?: de vida)?|"
    r"pa mas)|"
    r"tira[n]?|rula[n]?|furrula[n]?|camina[n]?|chufla[n]?|chambea[n]?|"
    r"arma|pinta|quiere[n]?|reacciona[n]?)|"
    r"ha[n]? dejado de \w+r|(?:piens|pens)\w+ y (?:piens|pens)\w+|"
    r"ni (?:pa|para) (?:atras|adelante|delante)|ni (?:para|pa) (?:tras|lante))\b"
)
_CARDS = r"(?:(?:(?:la|las|los|ninguna?|ni una|tod[oa]s las|cualquier) )(?:tarjetas?|visas?|amex)|"
_CARD_MACHINE = re.compile(
    r"\bno (?:(?:me|nos|se) )*(?:quiere )?(?:lee|leen|leer|pasa|pasan|pasar|agarra|agarrar|jala|"
    rf"toma|tomar|reconoce|reconocer) (?:bien |ni )?{_CARDS}"
    r"(?:el |la |los )?(?:chips?|contactless|banda(?: magnetica)?|nfc)(?! del? (?:mi |celular)))\b|"
    r"\b(?:rebota|rechaza|escupe|bota|devuelve|deniega|declina)n? "
    r"(?:tod[oa]s )?(?:las|cualquier) tarjetas?\b|"
    r"\b(?:visas?|mastercard|amex|american(?: express)?)\b[^.;]{0,20}?\b(?:rebota|rechaza|"
    r"no (?:\w+ )?pasa)n?\b|"
    r"\bno (?:(?:me|nos) )?(?:pasa|acepta|agarra|toma|lee)n? (?:\w+ )?(?:visas?|mastercard|amex|"
    r"american|"
    r"debito|credito)\b"
)
# Money that customers send and that does not come; wages are another matter.
_SENT = (
    r"(?:transferencias?|pagos?|yapes?|plins?|plines|bizums?|nequis?|daviplatas?|speis?|qrs?|codi|"
    r"cobros?|depositos?)\b(?! (?:de (?:mis?|la (?:nomina|quincena|renta)|nomina|sueldos?|bono|"
    r"aguinaldo|"
    r"hoy? comida|comisi\w+|vacaciones|renta)|del (?:sueldo|bono|aguinaldo|finiquito))\b)"
)
_COMES_NOT = (
    r"no (?:(?:me|nos|se|les|le|han?|estan?|quieren?) )*(?:ca[ei]\w*|cay\w+|entr\w+|lleg\w+|"
    r"reflej\w+|suen\w+|sonando|acredit\w+|aparec\w+|registr\w+|confirm\w+|imput\w+|abon\w+|"
    r"impact\w+)"
)
_PAYMENTS = re.compile(
    rf"\b{_COMES_NOT} (?:(?:todavia|aun|bien|ya|ni) )*(?:el|la|los|las|ningun[ao]?|"
    rf"ni un[ao]?) {_SENT}|"
    rf"\b(?:los|las|ningun[ao]?) {_SENT}(?: (?:por|de|con|del) \w+(?: \w+){{0,2}}?)? {_COMES_NOT}\b"
)
_POWER = re.compile(
    r"\b(?:salt(?:o|a|aron|ado)|bot(?:o|aron|ado)|baj(?:o|aron)|dispar(?:o|aron|ado)|cay(?:o|eron)|"
    r"tron(?:o|aron|ado)|brinc(?:o|aron)) (?:el|la|los|las) (?:automatic[oa]s?|diferencial(?:es)?|"
    r"termicas?|plomos|tapones|tacos?|breakers?|brakers?|pastillas?|disyuntor(?:es)?|fusibles?)\b|"
    r"\b(?:se (?:nos )?(?:fue|cayo|perdio)|falta|sin|perdimos) (?:una|dos|la) fases?\b"
)
_CEILING = re.compile(
    r"\b(?:gotea|goteando|chorrea|filtra|filtrando|gotea agua) (?:agua )?(?:\w+ ){0,2}?"
    r"(?:el|del) (?:cielo|plafon|tumbado|cielorraso|entretecho|entrepiso)\b"
)
# What prints is a printer, and nobody names it: 'en la 46 no imprime'.
_PRINTS = re.compile(
    r"\bno (?:(?:me|nos|se|les?) )*(?:imprimen?|imprimio|(?:quiere|deja|esta|podemos|puedo|puede) "
    r"imprimi(?:r|endo))\b"
)
# Nobody came to open it.
_OPENING = re.compile(
    r"\b(?:nadie|no (?:ha|han) (?:llegado|venido)|no (?:llego|llegaron|vino|vinieron|llegan?|"
    r"vienen?|hay quien))\b(?: \w+){0,4}? (?:a |para |quien )?abr(?:ir|a|io|ieron)(?:nos)?\b"
    r"(?! (?:el |la |un |una )?(?:caja|sesion|cuenta|ticket|frasco|sobre|refresco))|"
    r"\bno (?:(?:nos|ha|han) )*(?:abrieron|abierto|abren) (?:la |el )?(?:tienda|local|sucursal|\d)"
)
_THINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("terminal", _CARD_MACHINE),
    ("pagos", _PAYMENTS),
    ("luz", _POWER),
    ("techo", _CEILING),
    ("apertura", _OPENING),
    ("impresora", _PRINTS),
)
# So near to the thing stands what it does.
NEAR = 2


def thing_of_idiom(text: str) -> str | None:
    """What fails where the turn of phrase tells it and no word names it: 'no lee el chip'."""
    folded = fold(expand(text))
    return next((thing for thing, said in _THINGS if said.search(folded)), None)


@lru_cache(maxsize=1024)
def is_idiom(folded: str) -> bool:
    """Whether folded words say so of a thing, whichever it is."""
    if any(said.search(folded) for _, said in _THINGS):
        return True
    spans = [span for span in find_systems(folded) if not span.weak]
    if not spans:
        return False
    said = [one for phrase in (_REFLEXIVE, _DIES, _ODDLY) for one in phrase.finditer(folded)]
    return any(_is_near(one.start(), one.end(), span, folded) for one in said for span in spans)


def _is_near(start: int, end: int, span: SystemSpan, folded: str) -> bool:
    between = folded[end : span.start] if end <= span.start else folded[span.end : start]
    return len(between.split()) <= NEAR + 2 and not re.search(r"[.;!?\n]", between)
