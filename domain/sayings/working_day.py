"""What a working day brings and reads like a report of a failure: who comes to mend or tells that
it is done, what head office asks stores to do or still waits for, who asks colleagues for what
they could lend, how sales go, what is passed on from elsewhere. Pure.
"""

from __future__ import annotations

import re

from domain.gist import Act, Gist
from domain.sayings.chores import CHORE, THEN, is_chore, tells_of_then
from domain.sayings.failures import failures
from domain.wording import plain

MENDS = "tells of a repair that somebody comes to do or has done, and of no failure"
TEACHES = "tells others what to do, should something fail"
CHASES = "waits for what a store has to send, and tells of no failure"
BORROWS = "asks colleagues for what they may lend"
SELLS = "tells how sales go, and of nothing that fails"
PASSED_ON = "passes on what goes round"
ASKS_WHETHER = "asks whether something fails, or is mended"

# Words of a failure, and of who wants it mended.
_FAILS = re.compile(
    r"\b(?:no|ni|nada|tampoco|sin|sigue\w*|seguimos|fall\w+|error\w*|mal|peor|igual|lent[oa]s?|"
    r"pide|sale|aparece|marca|dice|urge\w*|ayud\w+|apoy\w+|necesit\w+|ocupo|ocupamos|pueden?|podr\w+|"
    r"favor|porfa\w*|solicit\w+|quier\w+|alguien|cuando)\b"
)
_REPAIRS = (
    r"(?:revis|valid|verific|repar|arregl|instal|configur|reemplaz|solucion|restablec|checa?|"
    r"cambi)(?:ar|ando|arl[oae]s?)"
)
_COMES = re.compile(
    r"\b(?:estoy|estamos|ando|andamos|voy|vamos|paso|pasamos|pasan|pasara|pasaran|regreso|"
    r"regresamos|camino|toca|llega|llegan|manana|hoy|tarde)\b(?: \w+){0,6}? "
    rf"{_REPAIRS}\b|"
    r"\b(?:quedo|quedaron|queda|quedan) (?:\w+ ){0,2}?(?:(?:instalad|configurad|actualizad|"
    r"programad|reemplazad|conectad|probad|reparad|arreglad)[oa]s?|funcionando|operando)\b|"
    r"\bya (?:se |les |le )?(?:actualiz|instal|configur|reemplaz)(?:o|e|amos|aron)\b"
)
# 'Ya revisé la terminal y estaba desconectada'.
_WAS_LOOSE = re.compile(
    r"^(?:\w+ ){0,3}?ya (?:(?:se )?l[oa]s? )?(?:revis|chec|chek|vi|mir|verific|prob)\w* "
    r"(?:\w+ ){0,4}?(?:y )?(?:solo )?estaban? (?:des|mal )?"
    r"(?:conectad|enchufad|apagad|suelt|floj)[oa]s?$"
)
# Who helps by trade and says so; 'saludos soporte, no imprime' is of who wants help.
_OF_SUPPORT = re.compile(
    r"\b(?:somos|soy|les (?:habla|saluda|escribe)|saludos) (?:\w+ ){0,2}?(?:soporte|sistemas|"
    r"mantenimiento|mesa de ayuda)\b"
)
# How it goes with what everybody knows.
_HELPS = re.compile(
    r"\b(?:en breve|pronto|en unos minutos) (?:se |les |queda\w* )?(?:restablec\w+|normaliz\w+|"
    r"avis\w+|confirm\w+|solucion\w+)|"
    r"\b(?:estamos|estan) (?:ya )?(?:validando|revisando|verificando|trabajando en|atendiendo) "
    r"(?:la|el|esa|ese|esta|este) (?:caida|falla|incidencia|problema|incidente|reporte)\b"
)
# What nobody tells support to do: so are colleagues told.
_TO_OTHERS = (
    r"(?:abran|apaguen|reinicien|desconecten|limpien|esperen|esperar|usen|usar|cobren|cobrar|"
    r"cierren|saquen|anoten|verifiquen|chequen|pongan|quiten|hagan|tomen|muevan|reiniciar|"
    r"desconectar|limpiar|reporten(?:lo|la)?|reportar(?:lo|la)?|levanten)"
)
_TEACHES = re.compile(
    r"^(?!como )(?:\w+ ){0,10}?(?:si|cuando|en caso de(?: que)?) "
    r"(?:(?:no|se|les?|la|el|las|los|ven|hay) ){1,3}"
    rf"(?:\w+ ){{1,8}}?{_TO_OTHERS}\b|"
    r"^(?:\w+ ){0,3}?(?:hay que|recuerd\w+|(?:se )?les? recuerd\w+|no olvid\w+|favor de no|"
    r"eviten?|procuren) (?:que )?(?:avis|record|no|esper|cuid|cerr|ten|abr|mov|apag|dej)\w*"
)
_NOT_FOR_US = re.compile(
    r"\b(?:manana|(?:el|este|proximo) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)) "
    r"no (?:hay|habra|va a haber|tendr\w+)\b|\bno se asusten\b|"
    r"\bno (?:l[oa]s? )?(?:ofrezcan|vendan|muevan|den|proporcionen|compartan|toquen|exhiban)\b|"
    r"\b(?:llenen|acomoden|surtan|limpien|ordenen|completen)(?:l[oa]s?)?\b"
)
# The second till that does not answer is no store that does not.
_NO_THING = (
    r"(?<!caja )(?<!cajas )(?<!terminal )(?<!impresora )(?<!bascula )(?<!camara )(?<!tpv )"
    r"(?<!pos )(?<!pinpad )(?<!lector )(?<!pc )(?<!servidor )"
)
_CHASES = re.compile(
    rf"{_NO_THING}\b\d{{1,4}} (?:(?:aun|todavia|sigue|siguen) )?(?:no|sin) (?:me |nos )?"
    r"(?:contest\w+|han? (?:mandad|enviad|subid|reportad|confirmad|depositad|contestad|"
    r"entregad|capturad)o|mandar|enviar|subir|confirmar)\b|"
    r"^(?:\w+ ){0,3}?faltan? (?:el |la |los |las |su )?(?:cortes?|depositos?|reportes?|"
    r"inventarios?|conteos?|fotos?|evidencias?|cierres?|arqueos?|firmas?|checklist|"
    r"ventas?) (?:de(?: la)?|del?) "
)
_BORROWS = re.compile(
    r"\b(?:quien|alguien|alguno|alguna|nadie) (?:\w+ )?(?:que )?(?:me |nos |le )*"
    r"(?:prest\w+|regal\w+|sobran?|vende|tiene|tienen|tendra|tenga) (?:de )?(?:mas )?"
    r"(?:(?:un|una|unos|unas|algun|alguna|\d+|extra) ){0,3}"
    r"(?:rollos?|bolsas?|cables?|cambio|etiquetas?|toner|tinta|papel|cintas?|"
    r"plumas?|escalera|extension|cargador\w*|adaptador\w*|pilas?|"
    r"uniformes?|morralla|monedas|billetes|hielo|cajas de|vasos|charolas|gel|cloro|jabon)\b|"
    r"\b(?:quien|alguien) (?:que )?(?:me|nos) (?:lo |la |los |las )?prest[ae]\w*\b|"
    r"\ba (?:quien|alguien) le sobran?\b"
)
_SELLS = re.compile(
    r"\b(?:para|llegar a|llegamos a|llego a|alcanzar|alcanzamos|sobre) (?:la |el |nuestra )?"
    r"(?:meta|cuota|presupuesto|objetivo)\b|"
    r"\b(?:no hay|no entran?|no llegan) (?:ni )?clientes\b(?! que)|\bni clientes hay\b|"
    r"\b(?:cayo|cayeron|bajo|bajaron) (?:\w+ )?(?:la demanda|las? ventas?)\b"
)
_PASSED_ON = re.compile(
    r"\b(?:reenvi\w+|comparte\w*|compartan|envial?o?|pasal?o) (?:\w+ ){0,4}?(?:a|con) (?:\w+ )?"
    r"(?:contactos|amigos|grupos|personas)\b|"
    r"\bsi no (?:lo )?reenvias\b|"
    r"\b(?:estan|andan) (?:\w+ )?(?:llamando|hablando|circulando|estafando|"
    r"marcando(?=$| (?:a|de|desde|y|diciendo|por|para|personas|gente|supuest\w+|un)\b))|"
    r"\bsupuest[oa]s? (?:tecnic|ejecutiv|emplead|trabajador)\w+"
)
_WHETHER = re.compile(
    r"^(?:\w+ ){0,4}?(?:me |nos )?(?:confirm\w+|avis\w+|dig\w+|dicen|dices|informan|saben|sabe|"
    r"sabes) (?:\w+ ){0,3}?si (?:(?:la|el|los|las|su|tu|ese|esa|en|de) \w+ ){0,3}?"
    r"(?:ya|siguen?|todavia|aun|quedo|quedaron|llego|llegaron|vino)\b"
)

# So sure of a failure are words that say so beside what belongs to any day.
LIKELY, TOLD, PLAINLY_TOLD = 0.8, 0.9, 0.95
_PLEADS = re.compile(
    r"(?<!su )(?<!el )(?<!tu )(?<!por )\b(?:ayud\w+|apoy(?:o|en|e|an|ar|arme|arnos)|auxilio|"
    r"urge\w*|pueden|podrian)\b"
)
_ASKS_HOW = re.compile(
    r"\b(?:que (?:hago|hacemos|le hago)|como (?:le )?(?:hago|hacemos|cobr\w+|vendo|vendemos))\b"
)
# Who tells what swindlers say tells of no failure.
_OF_SWINDLERS = re.compile(
    r"\b(?:dicen|diciendo|haciendose|se hacen pasar|fraude|estafa\w*|piden|pidiendo|supuest\w+|"
    r"no (?:den|contesten|caigan|proporcionen))\b"
)
# Who tells more than they ask.
_MORE = re.compile(r"[.,;:?!\n]\s*\w+\s+\w+\s+\w+")


def why_of_the_day(gist: Gist) -> str | None:
    """Why a text that reads like a report is none: it belongs to an ordinary day. None when it may
    be one."""
    if gist.signs.get("danger") or gist.error:
        return None
    if is_chore(gist.text):
        return CHORE
    if gist.said_store is None and tells_of_then(gist.text):
        return THEN
    words = plain(gist.text)
    if _COMES.search(words) and not (
        gist.problem or gist.signs.get("fault") or _FAILS.search(words)
    ):
        return MENDS
    plainly = gist.signs.get("broken_thing") or gist.signs.get("fault_and_system")
    if _WAS_LOOSE.search(words) or (not plainly and _OF_SUPPORT.search(words)):
        return MENDS
    helps = _HELPS.search(words) and not _PLEADS.search(words)
    if helps and (gist.said_store is None or _is_apart(_HELPS, gist)):
        return MENDS
    if _PASSED_ON.search(words) and _OF_SWINDLERS.search(words):
        return PASSED_ON
    told = gist.incident >= PLAINLY_TOLD and gist.act is Act.REPORT
    surely = gist.incident >= TOLD
    alone = gist.said_store is None
    for pattern, why, may_be, sure in (
        (_PASSED_ON, PASSED_ON, True, surely),
        (_CHASES, CHASES, True, surely),
        (_BORROWS, BORROWS, not _MORE.search(gist.text), told),
        (_TEACHES, TEACHES, alone and not _ASKS_HOW.search(words), told),
        (_NOT_FOR_US, TEACHES, alone, told),
        (_SELLS, SELLS, not gist.signs.get("broken_thing"), gist.incident >= LIKELY),
    ):
        if may_be and _is_apart(pattern, gist, sure=sure):
            return why
    if _WHETHER.search(words) and not _MORE.search(gist.text):
        return ASKS_WHETHER
    return None


def _is_apart(pattern: re.Pattern[str], gist: Gist, *, sure: bool = True) -> bool:
    """Whether words say this, and nothing beside it that fails now: 'no hay clientes', but not
    'no hay clientes porque no hay luz'. Only what is `sure` to be a report tells what does not
    work; how a thing is, less will do for."""
    words = plain(gist.text)
    said = pattern.search(words)
    if said is None:
        return False
    rest = (words[: said.start()], words[said.end() :])
    if not sure and gist.incident < TOLD:
        return True
    fails = failures(gist.text, plainly=sure)
    return not any(phrase in one for phrase in fails for one in rest)
