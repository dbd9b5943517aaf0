"""What a question among colleagues is about, where it names a thing: 'a qué hora viene el camión?'
is no question for the printer's ticket, 'cuándo viene el técnico?' may be.

Only the place of a word in the sentence tells that it names a thing; those that anybody uses of any
incident, and hours, days and places, name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.wording import plain
from tools.models.local.questions import asks
from tools.models.local.systems import find_system, same_system

# So much of a word tells it from others, whatever its ending.
HEAD = 6
# 'Y el aire, cuándo lo arreglan?': before a comma so few words are what is asked about.
TOPIC_WORDS = 4
_ARTICLE = (
    r"(?:el|la|los|las|del|al|una?|unos|unas|mis?|tus?|sus?|nuestr[oa]s?|est[ae]|est[oa]s|es[ae]|"
    r"es[oa]s|aquel|aquella)"
)
_AFTER = (
    # 'Como sigue Karla', 'que paso con rh', 'hay junta', 'ya llego mercancia', 'novedades de rh'.
    r"(?:como (?:va|sigue|esta|anda|viene|quedo|salio)n?|que (?:paso|onda|hubo|hay|fue|sabe\w*) "
    r"(?:con|de)|de|hay|habra|(?:ya|cuando|no) (?:lleg|pag|deposit|entreg)\w+)"
)
_OTHERWISE = (
    r"(?:mism[oa]s?|otr[oa]s?|nuev[oa]s?|famos[oa]s?|bendit[oa]s?|dich[oa]s?|pinches?|buen|tal|"
    r"mentad[oa]s?|susodich[oa])"
)
_NAMED = re.compile(
    rf"(?=\b(?P<before>{_ARTICLE}|{_AFTER}) (?:{_OTHERWISE} )?(?P<named>[a-zñ]\w*))"
)
# 'Cuándo la arreglan': a pronoun and a verb, where an article and a noun stand elsewhere.
_VERB = re.compile(
    r"(?!(?:orden|imagen|almacen|mujer)$)(?:\w+(?:an|en|aron|ieron|amos|emos|imos|aste|iste)|"
    r"(?:arregl|repar|revis|resuelv|resolvi|solucion|atiend|atendi|cambi|mand|envi|tra[ej]|instal|"
    r"conect|reinici|chec|chek|sac|quit|dej|llev|activ|habilit|restablec|compon|compus|recog|pas|"
    r"necesit|ocup|us|ten|tien|vi|prueb|prob)(?:a|e|o|es|as|ia|era|io)|va|ve|ha|vio|dio|puede|"
    r"pude|\w+(?:ar|er|ir))$"
)
_PRONOUNS = frozenset({"la", "los", "las"})
_INFINITIVE = re.compile(r"(?!(?:taller|celular|alquiler|azucar|lugar)$)\w+(?:ar|er|ir)"
                         r"(?:l[oae]s?|me|nos|se)?$")  # fmt: skip
# What is said of any incident, of whoever sees to it, of hours and places; and empty words.
_GENERAL = re.compile(
    r"tickets?|tiket|tikets|tickt|reportes?|folios?|casos?|fallas?|fallos?|problemas?|incidencias?|"
    r"incidentes?|averias?|asuntos?|temas?|solicitud(?:es)?|orden|detalles?|errore?s?|cosas?|"
    r"tecnic[oa]s?|ingenier[oa]s?|inges?|ing|soporte|sistemas?|ti|it|mesa|mantenimiento|mtto|"
    r"help|desk|visitas?|refaccion(?:es)?|repuestos?|piezas?|partes?|equipos?|aparatos?|maquinas?|"
    r"dispositivos?|servicios?|reparacion(?:es)?|arreglos?|revision(?:es)?|solucion(?:es)?|"
    r"garantia|respuestas?|novedad(?:es)?|noticias?|nuevas?|avances?|actualizacion|seguimiento|"
    r"estados?|estatus|status|info|informacion|razon|fecha|eta|update|news|atencion|ayuda|apoyo|"
    r"senor(?:es)?|muchach[oa]s?|chic[oa]s?|chav[oa]s?|gente|personas?|personal|encargad[oa]s?|"
    r"alguien|nadie|quien(?:es)?|alguno|alguna|ustedes|usted|vos|ellos|ellas|ella|nosotros|"
    r"tiendas?|sucursal(?:es)?|suc|tda|local(?:es)?|farmacia|restaurante|central|"
    r"horas?|hrs?|min|minutos?|ratos?|dias?|hoy|ayer|antier|anoche|manana|mañana|tarde|noche|"
    r"semanas?|mes|lunes|martes|miercoles|jueves|viernes|sabado|domingo|momento|tiempo|rato|fin|"
    r"turno|cierre|apertura|chance|posibilidad|forma|manera|modo|esperanza|algo|nada|mas|menos|"
    r"mucho|much[oa]s?|poco|tanto|todo|todos|todas|eso|esto|ese|esa|lo|que|cual|cuando|donde|como|"
    r"si|no|ya|aun|todavia|ahora|ahorita|ahi|aca|aqui|alla|alli|antes|despues|luego|pronto|bien|"
    r"mal|igual|list[oa]s?|verdad|casualidad|favor|nuevo|plano|una|un|el|la|los|las|del|al|de|en|"
    r"por|para|a|con|sin|y|o|e|pero|mi[oa]?s?|tu|su|me|se|te|le|les|nos|mero|aproximad[oa]|"
    r"idea|dudas?|preguntas?|dato|espera|aprox|vez|veces|rapido|lento|tan|muy|entonces|pues|vamos|va|van|ha|han|es|son|esta|"
    r"primer[oa]?|ultim[oa]|chat|grupo|lado|qué|resto|fallando|mal|caid[oa]s?|buen[oa]s|hola|"
    # Whoever is called, and is not spoken of: 'cómo va, jefe?'
    r"amig[oa]s?|compa\w*|compañer[oa]s?|bro|brother|wey|guey|mano|parce|pana|che|hermano|doc|lic|"
    r"licenciad[oa]|estimad[oa]s?|dios|gracias|porfa\w*|plis|pls|please"
)
_CALLED = re.compile(r"jef[ea]s?|patron(?:a|es)?|gerente|veci|profe|maestr[oa]|rey|reina")
# A day by which people name what was agreed: 'sigue en pie lo del sábado?'
_OF_A_DAY = re.compile(
    r"\blo de(?:l|l proximo)? (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|fin)\b"
)
# What people ask each other every day, and whom to call.
_DAILY = re.compile(
    r"\b(?:pag(?:an|aron|aran)|deposit\w+|comi(?:ste|eron|o)|comer|almorz\w+|almuerz\w+|desayun\w+|"
    r"cenar|cenaron|descans\w+|vacacion\w+|cumple\w*|quincena|nomina|"
    r"(?:pasas?|pasan|pases|dan|das|tienen?|tienes)(?: \w+)? (?:numero|telefono|tel|contacto|cel|"
    r"celular|correo|whats\w*) (?:de|del))\b"
)


def names_another(text: str, known: Iterable[str], said: Iterable[str]) -> bool:
    """Whether a question names things, and none of them is the incident's: of what is `known` of
    it, in other words as well, or of what was `said` of it. What it does not ask is not its topic:
    'tengo la fila llena de clientes, cuándo vienen?'"""
    asked = [clause for clause in _clauses(text) if asks(clause)]
    named = [list(dict.fromkeys(_things(plain(clause)))) for clause in asked]
    daily = [_DAILY.search(plain(one)) or _OF_A_DAY.search(plain(one)) for one in asked]
    if not asked or not all(named[n] or daily[n] for n in range(len(asked))):
        return False
    known, things = list(known), [one for clause in named for one in clause]
    own = {_head(word) for one in (*known, *said) for word in plain(one).split()}
    if any(_head(one) in own for one in things):
        return False
    system = find_system(text)
    told = [*things, *([system] if system and not _GENERAL.fullmatch(plain(system)) else [])]
    return not any(same_system(one, other) for one in told for other in known)


def _clauses(text: str) -> Iterable[str]:
    """The sentences of a text, and what stands before a comma where it is more than a topic."""
    for sentence in re.findall(r"[^.;!?¿¡\n]+\??", text):
        begun = ""
        for part in re.findall(r"[^,]+,?", sentence):
            begun += part
            if len(plain(begun).split()) > TOPIC_WORDS:
                yield begun
                begun = ""
        if begun.strip():
            yield begun


def _things(words: str) -> Iterable[str]:
    for match in _NAMED.finditer(words):
        before, named = match["before"], match["named"]
        if _GENERAL.fullmatch(named) or named.isdigit():
            continue
        if before in _PRONOUNS and _VERB.match(named):
            continue
        if before == "de" and _INFINITIVE.match(named):
            continue
        if before.startswith("como ") and _CALLED.fullmatch(named):
            continue
        yield named


def _head(word: str) -> str:
    return word.removesuffix("s")[:HEAD]
