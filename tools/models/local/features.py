"""Cheap signals of a text, as numbers that the fitted models weigh beside its meaning."""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray

from tools.models.local.errors import find_error
from tools.models.local.meaning import embed
from tools.models.local.problem import has_broken_thing, has_fault
from tools.models.local.refusals import is_refusal
from tools.models.local.spelling import expand, fold, is_shouted
from tools.models.local.stores import find_store
from tools.models.local.systems import find_systems
from tools.models.local.urgency import find_urgency

_TRIGGERS = re.compile(
    r"\b(?:urgente|urge|no funciona|no sirve|no jala|no prende|no enciende|no imprime|"
    r"no abre|no lee|"
    r"no anda|no va|caid[oa]s?|se cayo|se trabo|sin sistema|sin internet|cerrado|error|ayuda|"
    r"problemas?|fall[oa]s?|averi\w+|descompuest[oa]|no podemos|no puedo|no hay)\b"
)
_TECHNICAL = frozenset(
    """impresora|impresora de tickets|impresora fiscal|impresora de etiquetas|terminal|caja|cajón|
    internet|sistema|facturación|inventario|computadora|pantalla|teclado|ratón|escáner|báscula|
    cámaras|alarma|teléfono|tablet|correo|app|usuario|precios|UPS|reportes|sonido|
    recargas|fidelidad|créditos|turnos""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_SIGNS: dict[str, str] = {
    "greeting": r"^\W*(?:hola|buen\w* (?:dia|tarde|noche)s?|buenas|saludos|hi\b|hello)",
    "thanks": r"\b(?:gracias|grax|agradec\w+|thanks|muy amable)\b|🙏",
    "ack": r"^\W*(?:ok\w*|vale|dale|va|sale|listo|perfecto|enterad\w|entendido|recibido|de acuerdo|"
    r"excelente|genial|bien|oki\w*|super)\b|👍",
    "laugh": r"\b(?:(?:ja|je|ha){2,}\w*|jaja\w*|lol|xd+)\b|[😂🤣😅😆🔥😜]",
    "also": r"\b(?:tambien|tampoco|igual|lo mismo|mism[oa]|idem|x2)\b|^\W*\+1",
    "here": r"\b(?:aqui|aca|en la (?:mia|nuestra)|nosotros|a mi)\b",
    "still": r"\b(?:sigue|siguen|seguimos|todavia|aun|continua|persiste|volvio a|se volvio a|otra "
    r"vez|de nuevo|nuevamente|no quedo|no ha quedado|no se ha)\b",
    "fixed": r"\bya (?:quedo|funciona|jala|sirve|imprime|hay|volvio|regreso|se (?:arreglo|restablec"
    r"\w+|solucion\w+)|podemos|anda|prendio|entro|abrio|tenemos|pasa|va\b|esta funcionando|vino|"
    r"enfria|nos funciona|todo|llego)|\b(?:solucionad\w|resuelt\w|se arreglo|falsa alarma|arreglad"
    r"\w|funciono)\b",
    "status": r"\b(?:novedad\w*|avances?|estatus|status|estado|seguimiento|folio|"
    r"numero de ticket|en que va|como va|como vamos|que paso con|a que hora|"
    r"cuando (?:viene|lo|queda|"
    r"llega)|para cuando|"
    r"cuanto (?:falta|mas|tarda)|alguna respuesta|que se sabe|ya lo)\b",
    "command": r"^\W*(?:@?bot\b|@recado|recado\b|/\w+)|\b(?:(?:abr\w+|cierr\w+|cancel\w+|reabr\w+|"
    r"levant\w+) (?:\w+ )?(?:ticket|reporte|caso)|un humano|un agente|una persona real)\b",
    "tried": r"\b(?:ya (?:lo |la |los )?(?:reinici|intent|prob|desconect|cambi|revis|apag|llam)\w+|"
    r"desde (?:ayer|hoy|la|hace)|empezo|le (?:cambie|puse|movi)|foto|video|captura|pantallazo)\b",
    "trade": r"\b(?:promo\w*|descuentos?|ofertas?|vendimos|meta|ventas?|clientes?|clienta|talla|"
    r"precio|piezas|modelo|pedido|apartar|catalogo|exhibi\w+|aparador|corte|mercancia|vendo|compr"
    r"\w+|garantia|devolucion)\b",
    "staffing": r"\b(?:vacaciones|nomina|quincena|cumple\w*|junta|reunion|turno|horario|rh|"
    r"recursos humanos|capacitacion|descanso|permiso|vacante|encuesta|incapacidad|rol|"
    r"asistencia)\b",
    "notice": r"\b(?:recuerden|recordatorio|programad\w+|festivo|feriado|manana|proxim\w+|a partir|"
    r"favor de|comunicado|aviso|simulacro|proced\w+|mantenimiento preventivo|se les)\b",
    "conditional": r"\b(?:si (?:no|se|algo|la|el|falla)\b.{0,25}\b(?:avis|us|llam|marqu|report)\w+|"
    r"cuando (?:falle|se caiga|no)\b|ojala|en caso)",
    "private": r"\brecomien\w+|\b(?:mi \w+ personal|mi (?:compu|laptop|tele|refri|vecin\w|casa|"
    r"cabeza|celular|novio|novia|ex|coche|carro|colonia|hijo|hija|mama|edificio|vuelo|perro|"
    r"cerebro|jefe|lavadora|cuenta|reloj)|en casa|facebook|instagram|partido)\b",
    "past": r"\b(?:ayer|anoche|semana pasada|mes pasado)\b",
    "ours": r"\b(?:tenemos|estamos|podemos|nuestr\w|nos)\b",
    "now": r"\b(?:ahora|ahorita|hoy|desde (?:la manana|hace)|en este momento|ya)\b",
    "url": r"https?://",
    "help": r"\b(?:ayuda\w*|apoy\w+|soporte|tecnico|revis\w+|chec\w+)\b",
    "new": r"\b(?:nuev[oa]s?|estren\w+|instal\w+|llegaron)\b",
    "good": r"\b(?:bien|perfecto|excelente|maravilla|rapid\w+|encanta|gusta|bonit\w|felicid\w+|"
    r"sin novedad|completo|en orden)\b",
}
# An order to everybody: 'apaguen', 'registren', 'no olviden'.
_ORDERS = re.compile(
    r"^\W*(?:por favor,? |favor de |recuerden |no |ya |todos |todas |chicos,? )*"
    r"(?!tienen|faltan|siguen|pueden|dicen|salen|vienen|hacen|estan|quieren|saben|abren|robaron|"
    r"podrian|deberian|anden)\w{3,}(?:en|an|enme|anme|enlo|enla|enles)\b(?! (?:error|mal|sin))"
)
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SIGNS.items()}
SIGNAL_NAMES = (
    *_SIGNS,
    "trigger",
    "fault",
    "urgent",
    "urgent_word",
    "error",
    "store",
    "system",
    "technical",
    "operational",
    "fault_and_system",
    "question",
    "exclamation",
    "shouted",
    "refusal",
    "digits_only",
    "length",
    "one_word",
    "few_words",
    "asks_who",
    "broken_thing",
    "orders",
    "fault_and_joke",
)


def trigger_words(text: str) -> tuple[str, ...]:
    """The words of the text that signal an incident, in order, without repeats."""
    written = expand(text)
    found = (written[m.start() : m.end()] for m in _TRIGGERS.finditer(fold(written)))
    return tuple(dict.fromkeys(word.lower() for word in found))


def signals(text: str) -> NDArray[np.float32]:
    """One number a name of SIGNAL_NAMES, each between 0 and about 1."""
    folded = fold(expand(text))
    count = len(folded.split())
    spans = [s for s in find_systems(expand(text)) if not s.weak]
    technical = any(s.concepts & _TECHNICAL for s in spans)
    fault = has_fault(text)
    values = [float(bool(pattern.search(folded))) for pattern in _PATTERNS.values()]
    values += [
        float(bool(_TRIGGERS.search(folded))),
        float(fault),
        float(find_urgency(text) is not None),
        float(bool(re.search(r"\burg(?:e|ente)\b", folded))),
        float(find_error(text) is not None),
        float(find_store(text) is not None),
        float(bool(spans)),
        float(technical),
        float(bool(spans) and not technical),
        float(fault and bool(spans)),
        float("?" in text or "¿" in text),
        float("!" in text),
        float(is_shouted(text)),
        float(is_refusal(text)),
        float(bool(re.fullmatch(r"\W*\d{1,4}\W*", text))),
        min(1.0, math.log1p(count) / 4),
        float(count <= 1),
        float(2 <= count <= 3),
        float(bool(re.search(r"\b(?:quien|alguien|cuantos|cuantas|donde|cual)\b", folded))),
        float(has_broken_thing(text)),
        float(bool(_ORDERS.search(folded))),
        float((fault or bool(spans)) and bool(_PATTERNS["laugh"].search(folded))),
    ]
    return np.asarray(values, dtype=np.float32)


def describe(text: str) -> NDArray[np.float32]:
    """What the fitted models see of a text: its meaning, then its signals."""
    return np.concatenate([embed(text), signals(text)])
