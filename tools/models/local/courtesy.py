"""What a report says without the greeting in front of it and the thanks behind.

Small talk greets and thanks too: next to that, a fitted model makes less of the fault in between.
"""

from __future__ import annotations

import re

from tools.models.local.spelling import fold
from tools.models.local.systems import find_systems

# Shorter texts are not worth a second look.
LEAST = 3
_FRONT = re.compile(
    r"^(?:\W*(?:hol+a+|holi+|(?:muy )?buen[oa]?s?(?: dias?| tardes?| noches?)?|bue{2,}n[oa]s dias|"
    r"bns (?:dias|tardes)|que tal|saludos|a tod[oa]s|tod[oa]s|oigan?|oye|che|hey|ey|este|si|"
    r"mira|miren|y|ademas|encima|aparte|disculp\w+|perdon\w*|permiso|por favor|porfa\w*|"
    r"senor(?:es|as?|ita|itas)?|sr[ea]?s?|srta|don \w+|dona \w+|ing(?:e|eniero|eniera)?|jef[ea]s?|"
    r"ok\w*|vale|listo|perfecto|(?:muchas |mil )?gra?ci?as(?!\w* (?:a|por|de)\b)|por cierto|"
    r"(?:otra|una) (?:cosa|pregunta|consulta|duda)|"
    r"(?:que |con la |me da (?:mucha |tanta )?)(?:pena|verguenza)(?: (?:molestar|interrumpir|"
    r"escribir|con ustedes))?(?: pero)?|con todo (?:carino|respeto)|no (?:quisiera|quiero|queria) "
    r"(?:molestar|interrumpir|exagerar)(?:l[oe]s)?(?: pero)?|(?:la|por la) (?:hora|molestia)|"
    r"cordial saludo|feliz dia|(?:consulta|emergencia)|urgente|urge|necesito ayuda|"
    r"(?:vengan|venga alguien|manden (?:a )?alguien|apure\w+|ayud\w+)(?: ya| pronto| rapido)?|"
    r"(?:les? |os )?(?:digo|escribo|queria (?:comentar|avisar|hacer notar)(?:les)?)(?: que)?|"
    r"(?:queria|quiero|quisiera) (?:comentar|avisar|reportar|hacer)(?:les?)?(?: notar)?(?: que)?|"
    r"estimad[oa]s?|equipo|grupo|gente|chic[oa]s|chiquill[oa]s|muchach[oa]s|vecin[oa]s|amig[oa]s?|"
    r"companer[oa]s?|colegas?|soporte|te cuento(?: que)?|les cuento(?: que)?|"
    r"(?:les? |te )?(?:reporto|informo|comento|aviso)(?: que)?|fijense que|resulta que|es que)"
    r"\b)+\W*"
)
# 'Moni, no imprime', 'qué pena molestar, no imprime': who is called, and how, is nobody's fault.
_CALLED = re.compile(r"^\W*[^\W\d_]+(?: [^\W\d_]+){0,2}, ")
_BEHIND = re.compile(
    r"(?:\W+(?:(?:muchas |mil )?(?:gra?ci?as|garcias)(?: de antemano| por su apoyo)?|grax|saludos|"
    r"por favor|porfa\w*|porfis|xfa|plis|(?:me |nos )?urge|es urgente|"
    r"quedo atent[oa]s?(?: a (?:sus|tus|los) comentarios)?|"
    r"(?:me|nos) (?:pueden |podrian |puede |podria )?(?:ayud|apoy|colabor|auxili)\w+|"
    r"(?:l[oa]s? )?(?:pued\w+|pod(?:eis|rian|ria)) (?:l[oa]s? |me |nos )?"
    r"(?:ver|mirar|revisar|checar|apoyar|ayudar|echar la mano)|"
    r"(?:hay )?alguien que (?:l[oae]s? |me |nos )?(?:vea|mire|revise|cheque|atienda|venga|ayude|"
    r"apoye|arregle)\w*|(?:manden|envien|venga) (?:a )?alguien|vengan (?:ya|pronto|rapido)|"
    r"apure(?:n|nse|se)(?: pues| porfa\w*)?|ya mismo(?: si puede ser)?|al tiro|urgente|"
    r"si (?:me|nos) hacen el favor\w*|si alguien sabe(?: (?:me|nos) avis\w+)?|si puede[ns]?|"
    r"(?:me|nos) regalan? una (?:ayud|man)\w+|pues|po|majos|queria comentarlo"
    r"(?: para que esten enterados)?|"
    r"alguien (?:me |nos )?(?:apoya|ayuda|cacha|sabe|puede)\w*|que (?:hago|hacemos|puedo hacer)|"
    r"(?:que tengan? |les deseo )?(?:un |una )?(?:bonit[oa]|buen[oa]?|lind[oa]|excelente|feliz) "
    r"(?:dia|tarde|noche|jornada|semana)|quien (?:l[oa]s? |me |nos )?(?:pued\w+|podria) \w+|"
    r"cuando (?:puedan?|podais|pueda alguien)|desde ya (?:muchas )?gracias|un saludo|"
    r"quedo (?:pendiente|al pendiente|a la espera)|a la espera|se (?:l[oe]s? )?agradec\w+|"
    r"(?:y pues |entonces |pues )?(?:no se que (?:mas )?hacer(?: la verdad)?|"
    r"a ver si alguien \w+ puede (?:decir|ayudar)\w*(?: que hago)?)))+\W*$"
)
# 'Alguien sabe por qué no jala la terminal?' tells that it does not.
_ASKS_WHY = re.compile(
    r"^\W*(?:(?:alguien|alguno|quien)(?: mas)? (?:sabe|sabra|sabria|me (?:puede |podria )?"
    r"(?:decir|explicar|dice|explica))|(?:no )?(?:de casualidad )?(?:saben|sabes|sabran|sabe)"
    r"(?: ustedes)?|me (?:pueden|podrian|puede|dicen) ?(?:decir|explicar)?|"
    r"(?:tienen|tendran|tienes|alguna|hay) idea)"
    r",? (?:de )?por ?que\b\W*|"
    # And whom to tell of it.
    r"^\W*(?:a|con) quien (?:(?:le|se|lo|la|les) )*(?:reporto|reportamos|reporta|aviso|avisamos|"
    r"digo|veo|vemos|hablo|paso|levanto|comunico)(?: lo)? (?:que|de(?:l)?|para)\b\W*"
)
# What is asked in a sentence of its own: '¿ya llamaron al técnico? el refri no enfría'.
_QUESTION = re.compile(r"[^.!?¿\n]*\?+")
# Of lorries, people and accounts anybody asks why.
_ANYBODYS = frozenset({"entrega", "personal", "usuario", "uniforme", "cambio", "basura", "bolsas"})


def beside_question(text: str) -> str | None:
    """What a text says in sentences that ask nothing, where others ask; None where all do."""
    rest = " ".join(_QUESTION.sub(" ", text.replace("¿", " ")).split())
    return rest if "?" in text and len(rest.split()) >= LEAST else None


def _asked_why(text: str) -> str:
    """The text without the words that ask why, where it names what a store's people mend or have
    mended."""
    asked = _ASKS_WHY.match(fold(text))
    if asked is None:
        return text
    core = text[asked.end() :].strip(" ?")
    own = (one for one in find_systems(core) if not one.weak and not one.concepts & _ANYBODYS)
    return core if any(own) else text


def without_courtesy(text: str) -> str:
    """The text without them, and without asking why; the same text where nothing is left, or
    nothing was there."""
    folded = fold(text)
    behind = _BEHIND.search(folded)
    end = behind.start() if behind else len(text)
    front = _FRONT.match(folded[:end])
    start = front.end() if front else 0
    called = _CALLED.match(folded[start:end])
    start += called.end() if called else 0
    core = _asked_why(text[start:end].strip())
    return core if len(core.split()) >= LEAST else text
