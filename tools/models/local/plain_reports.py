"""Short, plain reports that chats made the fitted models wary of: 'urgente, no sirve' is mostly a
joke there, and still the only words of who has no time for more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.deciding.beginning import asks_who_else
from domain.gist import Act
from tools.models.local.problem import has_fault
from tools.models.local.spelling import expand, fold
from tools.models.local.stores import find_store

# Longer texts say enough for the models, and announcements are among them.
LONGEST = 9
# So sure of small talk are the models of jokes without a sign of one.
SURELY_CHATTER = 0.85
# So sure of a repair are the models of turns of phrase that the list of words lacks.
SURE_WITHOUT_WORDS = 0.83
# How surely such a text tells of an incident, and of danger.
PLAIN, DANGER = 0.7, 0.9
# Words up to which a failure is told with nothing beside it, and what a system does not let do.
BARE, LONGEST_LACKED = 5, 7
# So begins what is told of a thing, and no answer: 'el abanico no gira', 'se botó el breaker'.
_OF_A_THING = re.compile(r"\W*(?:el|la|los|las|mis?|nuestr[oa]s?|un|una|se|no)\b")
# Greeting, thanks and store included.
LONGEST_PLEA = 14
_NO_PLEA = ("laugh", "private", "past", "trade", "staffing", "notice", "new", "fixed", "good")
_JESTS = ("laugh", "private", "past", "question", "fault_and_joke")
_ALONE = ("danger", "fault_and_system", "broken_thing", "idiom")
_WITH_FAULT = ("help", "urgent_word", "store")
# What a system does not let a person do, whatever it is called.
_CANNOT = re.compile(
    r"\bno (?:(?:me|nos|se|lo|la) )*(?:deja|permite|puedo|podemos|puede) (?:hacer |sacar )?"
    r"(?:el |la |las |los |un |una |ningun |ninguna )?(?:factur\w+|timbrar|boletear|anular|"
    r"cobrar(?! (?:mi|la quincena|el cheque|el bono))|"
    r"cerrar (?:el |la )?(?:turno|caja|zeta|z|dia|ventas?)|cierres?(?: z)?|corte|retiros?|"
    r"depositos?|devolucion\w*|recargas?|imprimir|escanear|"
    r"cancelar (?:el |un |la |una )?(?:ticket|venta)|abonos?|transferencias?)\b"
)
# How customers of the store cannot pay; of who cannot pay elsewhere more is said in front.
_CANNOT_PAY = re.compile(
    r"^\W*(?:(?:ya|hoy|ahora|otra vez|aqui|aca|oigan?|ayuda|hola|buen[oa]s|dias|tardes|noches|urge|"
    r"urgente|equipo|chicos|la (?:terminal|caja|tienda|maquinita)|el (?:sistema|datafono|posnet|"
    r"pos|tpv)|en la (?:caja|tienda|terminal|\d{1,4})|\d{1,4}|nos|me)\W+){0,5}"
    r"no (?:(?:me|nos|se|le|les) )*(?:deja|dejan|permite|puede) (?:hacer )?(?:pagar|pagos)(?: "
    r"con)? "
    r"(?:(?:la|las|el|una|ninguna|ningun) )?(?:tarjetas?|debito|credito|qr|codigo qr|"
    r"transferencias?|yape|plin|nequi|bizum|mercado ?pago|contactless)\b"
    r"(?! (?:la|el|los|las|mi|mis|esa|ese|su|a)\b)"
)
# Who asks for help with a thing, or says that it is not as it should be, without saying why.
_PLEA = re.compile(
    r"\b(?:(?:a+y+u+d\w*|apoy\w*|colabor\w*|auxili\w*|problemas?|detalles?|lios?) (?:\w+ )?con|"
    r"(?:que|nose que) (?:le (?:pasa|paso|ocurre) a|tiene)|(?:revis|che[qc]|mir)\w* (?:a )?|"
    r"algo (?:raro |malo )?(?:le )?pasa (?:con|a)|(?:pasa|paso|hay|tiene) algo (?:raro |malo )?con|"
    r"(?:lo|la) (?:mismo |misma )?de siempre con|ya no se que hacer con) ?"
    r"(?:el|la|l[oa]s|mi|un|una)\b|"
    r"\b(?:anda|andan|esta|estan|se puso|trabaja|va) (?:muy |medio |algo |bien )?"
    r"(?:rar[oa]s?|mal|loc[oa]s?|fallando|fatal)\b|"
    r"\b(?:cajas?|registradora|impresora|terminal|datafono|posnet|pos|tpv|sistema|internet|wifi|"
    r"compu\w*|pc|pantalla|bascula|balanza|lector|escaner|maquinita|nevera|refri\w*|heladera)"
    r"(?: \d+)? (?:ya )?(?:me|nos) tienen? (?:hart|loc|hasta (?:la|el)\b|enferm|podrid|cansad)"
)
# What is to be looked through and is not broken, and what is somebody's own matter.
_PAPERS = re.compile(
    r"\b(?:correos?|mensajes?|pedidos?|inventarios?|reportes?|precios?|listas?|facturas?|horarios?|"
    r"cuentas?|turnos?|stock|portal|que (?:l[eo]|te|les) \w+)\b"
)
# 'Ya mandé la factura', 'los puse junto a la caja': what somebody has done.
_DONE = re.compile(
    r"^\W*(?:(?:ya|yo|ayer|hoy|ahí|te|se|les?|l[oa]s?) )*"
    r"(?:\w{2,}é|puse|hice|traje|mande|pague|firme|deje|lleve|envie|entregue|compre|pedi|pedí)\b",
    re.IGNORECASE,
)

# Characters: it says nothing else.
LONGEST_LACK = 160
# Light, water or the line is gone, which needs no more words, and nothing else but where.
_PLACE = r"(?:(?:aqui|aca|en|de|desde|la|el|tienda|sucursal|suc|local|sede|#)[ .]*)*(?:\d{1,4})?"
_POLITE = (
    r"(?:hola|buen[oa]s?(?: (?:dias?|tardes?|noches?))?|oigan?|equipo|ayuda|urge|urgente|gracias|"
    r"por favor|porfa\w*)"
)
_NO_SUPPLY = re.compile(
    rf"\W*(?:{_POLITE}\W+)*{_PLACE}\W*(?:(?:ya|hoy|otra vez|ahora|ahorita|desde \w+) )*"
    r"(?:(?:seguimos|estamos|estoy|sigue|quedamos|nos quedamos) )?"
    r"(?:sin|no (?:hay|ahi|ay)|no (?:tenemos|tengo|llega)|"
    r"se (?:nos )?(?:fue|corto|acaba de ir)) (?:la |el )?"
    r"(?:luz|corriente|energia|electricidad|agua|gas|internet|wifi|senal|sistema|linea|red)"
    rf"\W*(?:(?:todavia|aun|otra vez|de nuevo|ahora|ahorita)\W+)?{_PLACE}\W*(?:{_POLITE}\W*)*"
)


def lacks_supply(text: str) -> bool:
    """Whether a text tells that light, water or the line is gone, and nothing else but where."""
    if "?" in text or len(text) > LONGEST_LACK:
        return False
    said = fold(expand(text))
    store = find_store(text)
    if store and not store.isdigit():  # 'Satélite sin sistema'
        said = said.replace(fold(store), "", 1)
    return _NO_SUPPLY.fullmatch(said) is not None


def is_lacked(text: str) -> bool:
    """Whether light, water or the line is said to be gone, be it asked: 'sin sistema??', 'quién
    más está sin luz? aquí en la 12'; what is asked of another begins nothing before."""
    said = text.rstrip(" ?")
    asks = asks_who_else(said, said_store=find_store(text) is not None)
    return lacks_supply(said) or (asks and has_fault(said))


def not_an_answer(acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts, of words that answer nothing: 'la 18 sin luz' reports."""
    gone = acts.get(Act.ANSWER, 0.0) + acts.get(Act.CHATTER, 0.0)
    return {
        **acts,
        Act.ANSWER: 0.0,
        Act.CHATTER: 0.0,
        Act.REPORT: acts.get(Act.REPORT, 0.0) + gone,
    }


def tells_what_was_done(text: str) -> bool:
    """Whether somebody says what they did themselves, and not what happened."""
    return bool(_DONE.match(text))


def plainly(text: str, signs: Mapping[str, float], acts: Mapping[Act, float]) -> float:
    """How surely this is a plain report of few words, 0 to 1; 0 where something speaks against."""
    if signs.get("plea"):
        return PLAIN
    if len(text.split()) > LONGEST or any(signs.get(name) for name in _JESTS):
        return 0.0
    act = max(acts, key=lambda act: acts[act])
    asked = _only_sounds_asked(act, signs) and (signs.get("store") or _OF_A_THING.match(fold(text)))
    if act not in (Act.CHATTER, Act.DETAIL, Act.REPORT) and not asked:
        return 0.0
    if acts.get(Act.CHATTER, 0.0) > SURELY_CHATTER and not _is_bare(text, signs):
        return 0.0
    if signs.get("danger"):
        return DANGER
    told = any(signs.get(name) for name in _ALONE)
    told = told or (bool(signs.get("fault")) and any(signs.get(name) for name in _WITH_FAULT))
    few = len(text.split()) <= LONGEST_LACKED
    told = told or (few and _CANNOT.search(fold(text)) is not None)
    told = told or _CANNOT_PAY.search(fold(text)) is not None
    return PLAIN if told else 0.0


def _only_sounds_asked(act: Act, signs: Mapping[str, float]) -> bool:
    """'La 22 sin luz' reads like the answer to which store, 'el abanico no gira' like one to what
    fails, and both tell what does."""
    return act is Act.ANSWER and bool(signs.get("fault_and_system"))


def _is_bare(text: str, signs: Mapping[str, float]) -> bool:
    """Whether a text names a thing, that it fails and hardly more: 'se cayó el sistema'. Jokes need
    more words, or are of somebody's own: 'se me cayó el sistema'."""
    words = fold(text).split()
    fails = signs.get("fault_and_system") or signs.get("idiom")
    return bool(fails) and len(words) <= BARE and "me" not in words


_FAILS_NOW = re.compile(
    r"\bya (?:no|ni|tampoco) (?:(?:me|nos|se|le|les|quiere|quieren|deja|dejan) )*"
    r"(?:funciona\w*|jala\w*|sirve\w*|prend\w+|encien\w+|encend\w+|and(?:a|an|uvo)\b|cobra\w*|"
    r"imprim\w+|leen?\b|leyo|carga\w*|conect\w+|enfri\w+|respond\w+|pesa\w*|abr(?:e|en|io|ir)\b|"
    r"entra\w*|arranc\w+|agarr\w+|escane\w+|graba\w*|sube\w*|baja\w*|cierra\w*|calient\w+|"
    r"pasan? (?:la |las |ninguna )?tarjet\w+|da (?:tono|imagen|linea|senal)\b|"
    r"(?:hay|tenemos) (?:luz|agua|internet|sistema|senal|red|linea|gas)\b)|"
    r"\bya (?:(?:se|me|nos) )*(?:vali(?:o|eron) (?:la|el|los|las|mi)\b|tron(?:o|aron) (?:el|la)\b)"
)


def asks_for_help(text: str, signs: Mapping[str, float]) -> bool:
    """Whether these few words ask for help with a device, and do not say what ails it."""
    if len(text.split()) > LONGEST_PLEA or any(signs.get(name) for name in _NO_PLEA):
        return False
    said = fold(expand(text))
    return bool(signs.get("technical") and _PLEA.search(said) and not _PAPERS.search(said))


def without_repair(signs: Mapping[str, float], acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts: 'ya vi, es la caja' is no repair without a word for one."""
    names = any(signs.get(name) for name in ("store", "names_store", "system", "idiom"))
    if not names or signs.get("fixed") or acts.get(Act.FIXED, 0.0) >= SURE_WITHOUT_WORDS:
        return dict(acts)
    rest = 1.0 - acts.get(Act.FIXED, 0.0)
    return {act: 0.0 if act is Act.FIXED else share / rest for act, share in acts.items()}


def without_all_clear(text: str, acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts: 'ya no prende' and 'ya ni enciende' are no repair, though they
    begin like one; what spoke for that speaks for a report."""
    if not _FAILS_NOW.search(fold(expand(text))):
        return dict(acts)
    given = acts.get(Act.FIXED, 0.0)
    return {**acts, Act.FIXED: 0.0, Act.REPORT: acts.get(Act.REPORT, 0.0) + given}


def as_report(signs: Mapping[str, float], acts: Mapping[Act, float]) -> dict[Act, float]:
    """The probabilities of the acts, with what spoke for small talk given to the report; who asks
    for help with a device adds no detail either."""
    moved: tuple[Act, ...] = (Act.CHATTER, Act.DETAIL) if signs.get("plea") else (Act.CHATTER,)
    if acts and _only_sounds_asked(max(acts, key=lambda act: acts[act]), signs):
        moved = (*moved, Act.ANSWER)
    kept = {act: acts.get(act, 0.0) / 10 for act in moved}
    given = sum(acts.get(act, 0.0) - share for act, share in kept.items())
    return {**acts, **kept, Act.REPORT: acts.get(Act.REPORT, 0.0) + given}
