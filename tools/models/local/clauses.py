"""The clauses of a burst, each with the thing, the fault and the store that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from domain.deciding.repeats import units_of
from domain.matters import Clause, Matter, Tie, divide, undivided
from domain.sayings.mended import works_again
from tools.models.local.failing import is_only_missed
from tools.models.local.led_by_stores import led_by_stores
from tools.models.local.problem import has_broken_thing, has_fault
from tools.models.local.spelling import expand, fold
from tools.models.local.stores import find_store, numbered_store
from tools.models.local.systems import concepts_of, find_system, find_systems, same_system
from tools.models.local.told_of_several import Several, several_in

# A longer text is a pasted log, not a list of problems.
LONGEST = 600
_APART = (
    r"(?:aparte|otra cosa|otro tema|otro (?:problema|detalle|asunto)|otra (?:falla|incidencia)|"
    r"por otr[oa] (?:lado|parte)|cambiando de tema|por separado|en otro tema)"
)
_BECAUSE = (
    r"(?:porque|ya que|debido a|por eso|por lo que|por lo cual|asi que|entonces|puesto que|pues|"
    r"a causa de|desde que|cuando|hasta que|aunque)"
)
_CUT = re.compile(
    rf"(?P<item>(?:^|(?<=[\s:,;.]))(?:\d{{1,2}}\s?(?:[).]|\.-|-)(?!\d)|[-•*–](?=\s))\s*)|"
    rf"[,;.]?\s*(?:\by\s+)?\b(?:(?P<apart>{_APART}\b[,:]?\s*)|(?P<because>{_BECAUSE})\b)|"
    r"(?P<and>\n+|[.;!?]+(?=\s|$)|,(?!\d)(?:\s*\b[ye]\b)?\s*|\s\b[ye]\s|\s(?=(?:tampoco|tambien|"
    r"ademas|encima|pero)\b))"
)
# Told after a mere comma, what somebody cannot do is what came of it ('mi usuario salió bloqueado,
# no me deja hacer el cierre').
_WHAT_CAME = re.compile(r"no (?:me |nos |se |le |les |lo |la )*\w+")
# The same after anything, of the work that all things of a store are for.
_WORK_STOPS = re.compile(
    r"no (?:(?:tenemos|tengo|hay) (?:como|forma|manera|con que)\b|"
    r"(?:podemos|puedo|pudimos|se puede) (?:dar cambio|cobrar|vender|atender|facturar|trabajar|"
    r"seguir|abrir)\b(?! (?:con|en|el|la)\b))"
)
# So begins what is told of the work that stops, before what it stops for.
_STOPS_FIRST = re.compile(
    r"\W*(?:(?:hola|oigan?|oye|che|buen[oa]s?|dias?|tardes?|noches?|equipo|disculpen?|aqui|aca|"
    r"urgente|ayuda|ya|pues|que|en la \d+|tienda \d+)\W+)*" + _WORK_STOPS.pattern
)
_ECHO = re.compile(r"\b(?:tampoco|tambien|igual|lo mismo)\b")
_ADDS = re.compile(r"\b(?:tambien|tampoco|tmb|ademas|encima|aparte|otra cosa)\b")
# How it goes with what was reported, asked ('cómo va lo de la terminal') and told ('sigue igual la
# terminal', 'ya la reinicié y nada').
_ASKS_HOW = re.compile(
    r"\b(?:como (?:va|vamos|van|sigue|quedo) (?:con )?(?:lo|el|la|los|las|mi)\b|"
    r"en que (?:va|quedo|van)\b|que (?:paso|hubo|onda|se sabe) (?:con|de)\b|"
    r"(?:alguna? |hay |ya |que |tienen )*(?:novedad\w*|avances?|noticias?|seguimiento|estatus|"
    r"status|estado) (?:de|del|con|sobre|al?)\b|"
    r"(?:cuando|a que hora) (?:vienen?|llegan?|queda|arreglan|reparan|mandan)\b)"
)
_STILL = re.compile(
    r"\bsiguen? (?:igual|(?:en )?l[oa] mism[oa]|asi|(?:mal|fallando|caid\w+|descompuest\w+)\b)|"
    r"^(?:y |pero |ya |pues |ahora )*ya (?:se |l[ao]s? |le |he |hemos )*(?:reinici|apag|prend|"
    r"desconect|conect|desenchuf|revis|limpi|resete|prob)\w+"
)
_TAMPOCO = re.compile(r"\btampoco\b")
# What does not work without the other, or is a piece of it: the cause or the whole in front.
_CARRIES: dict[str, str] = {
    "luz": "*",
    "UPS": "*",
    "internet": "sistema|terminal|caja|facturación|app|correo|teléfono|cámaras|tablet|precios|"
    "usuario|inventario|reportes|impresora fiscal|computadora",
    "sistema": "caja|facturación|inventario|precios|reportes|usuario|terminal|computadora|"
    "impresora fiscal|correo|app|escáner",
    "caja": "usuario|cajón|pantalla|teclado|ratón|escáner|reportes|facturación|cambio|computadora",
    "computadora": "pantalla|teclado|ratón|usuario|correo",
    "impresora": "rollos|etiquetas|facturación|insumos|reportes",
    "impresora de tickets": "rollos|etiquetas|facturación|insumos|reportes",
    "impresora fiscal": "rollos|facturación|insumos|reportes",
    "impresora de etiquetas": "rollos|etiquetas|insumos|precios",
    "terminal": "usuario|rollos|pantalla|teclado|reportes|facturación",
    "agua": "baño|piso|techo|basura",
    "refrigerador": "agua|piso|puerta|lámparas|gas",
    "aire acondicionado": "agua|piso|techo|gas",
    "techo": "agua|piso|lámparas",
    "puerta": "llaves|vitrina|cortina",
    "cortina": "llaves",
    "caja fuerte": "llaves|usuario",
    "cajón": "llaves|cambio",
    "vitrina": "llaves",
    "báscula": "etiquetas|rollos|pantalla",
    "horno": "gas|luz",
    "gas": "horno",
    "alarma": "usuario|teléfono",
    "cámaras": "pantalla",
    "facturación": "reportes|correo",
}
# A device of a store that runs on current; people, supplies and stock do not.
_UNPOWERED = frozenset(
    {"llaves", "bolsas", "rollos", "insumos", "uniforme", "cambio", "personal", "entrega", "gas"}
    | {"basura", "plaga", "extintor", "vitrina", "muebles", "techo", "piso", "etiquetas"}
)
# 'De la 45' is a store; 'de la 2' is a till, unless the text lists stores so.
_IN_STORE = re.compile(r"\b(?:en|de|desde) la (\d{1,4})\b(?! ?(?:horas?|am|pm|%|:))")
_THE_STORE = re.compile(r"\bla #?(\d{2,4})\b(?! ?(?:horas?|am|pm|%|:))")
# Beside 'tienda 8' so is 'en la 9'; beside 'tienda 45' only where no till can be meant.
_IN_THE = re.compile(r"\ben la (\d)\b(?! ?(?:horas?|am|pm|%|:|°|[.,]\d))")
_OF_A_TILL = re.compile(
    r"\b(?:cajas?|cajer[oa]s?|registradoras?|terminal\w*|tpvs?|pos|datafonos?|posnets?|pinpads?|"
    r"impresoras?|tiqueteras?|ticketeras?|escaner\w*|lector\w*|cajon\w*|gavetas?|pantallas?|"
    r"monitor\w*|teclados?|mouse|raton|compu\w*|pcs?|basculas?|balanzas?|sistema|cobr\w+|"
    r"tarjetas?|puertas?|camaras?|mesas?|pisos?|planta|linea)\b"
)


def one_cause(a: str, b: str) -> bool:
    """Whether one thing is a part of the other, or cannot work without it."""
    left, right = concepts_of(a), concepts_of(b)
    return any(_carries(x, y) or _carries(y, x) for x in left for y in right)


def _carries(whole: str, part: str) -> bool:
    carried = _CARRIES.get(whole, "")
    return part not in _UNPOWERED if carried == "*" else part in carried.split("|")


def clauses_of(texts: Sequence[str]) -> list[Clause]:
    """The clauses of a burst in order; those that name no thing or no fault as well."""
    found: list[Clause] = []
    lists_stores = sum(len(_IN_STORE.findall(fold(text))) for text in texts) > 1
    named = [store for text in texts if (store := numbered_store(text))]
    # Where tills are told apart by their number, 'en la 2' is one of them.
    few = any(len(store) == 1 for store in named) and not any(map(units_of, texts))
    for place, text in enumerate(texts):
        several = {one.start: one for one in several_in(text)}
        pieces = list(_pieces(text, several.values()))
        listed = led_by_stores([text[start:end] for start, end, _ in pieces])
        for (start, end, tie), led in zip(pieces, listed, strict=True):
            if any(listed) and not found and text[start:end].rstrip().endswith(":"):
                continue  # 'Reporte de zona:' is no store's
            if led and start not in several:
                clause = _clause(
                    found, place, start + led.start, end, text[start + led.start : end], tie
                )
                fault = clause.fault or (led.lacks and clause.system is not None)
                found.append(replace(clause, store=led.store, fault=fault))
                continue
            if one := several.get(start):
                for told in one.each:
                    clause = _clause(found, place, start, end, told.words, tie)
                    store = told.store or clause.store
                    found.append(replace(clause, words=told.words, store=store))
                continue
            clause = _clause(found, place, start, end, text[start:end], tie)
            near = _IN_STORE.search(fold(text[start:end]))
            if near and not clause.store and (lists_stores or len(near[1]) > 1):
                clause = replace(clause, store=near[1])
            elif not clause.store and named and (small := _beside(text[start:end], few=few)):
                clause = replace(clause, store=small)
            found.append(clause)
    return found


def _beside(words: str, *, few: bool) -> str | None:
    """The store of one digit that a clause says beside another with its noun; `few` says that
    stores have such numbers here."""
    folded = fold(words)
    found = _IN_THE.search(folded)
    return found[1] if found and (few or not _OF_A_TILL.search(folded)) else None


def matters_of(texts: Sequence[str]) -> list[Matter]:
    """What the texts of one burst tell of: one matter, or several."""
    if sum(map(len, texts)) <= LONGEST:
        strong = [s for text in texts for s in find_systems(expand(text)) if not s.weak]
        listed = any(map(several_in, texts)) or any(map(lists_stores, texts))
        if len(strong) > 1 or listed or (strong and _of_stores(texts)):
            return divide(clauses_of(texts), same_system, one_cause)
    return undivided(texts)


def lists_stores(text: str) -> bool:
    """Whether a text tells of several stores, each with its own failure behind its name."""
    return any(led_by_stores([text[start:end] for start, end, _ in _pieces(text)]))


def _of_stores(texts: Sequence[str]) -> bool:
    """Whether a burst names two stores: 'no hay sistema en la 45, en la 46 no imprime'."""
    return len({number for text in texts for number in _THE_STORE.findall(fold(text))}) > 1


def _pieces(text: str, whole: Collection[Several] = ()) -> Iterator[tuple[int, int, Tie]]:
    """Where the clauses of a text begin and end, and how each goes on from the one before; what
    tells of several is a `whole`."""
    start, tie = 0, Tie.AND
    folded = fold(text)
    ends = {one.start: one.end for one in whole}
    cuts = [c for c in _CUT.finditer(folded) if not any(s < c.start() < e for s, e in ends.items())]
    for n, cut in enumerate(cuts):
        if text[start : cut.start()].strip():
            yield start, cut.start(), tie
            tie = Tie.AND
        # 'Porque' is a word of the clause that it begins.
        start = cut.start("because") if cut["because"] else cut.end()
        came = _WHAT_CAME if cut.group().strip() == "," else _WORK_STOPS
        stops = n == 0 and _STOPS_FIRST.match(folded[: cut.start()])
        if cut["because"] or (cut["and"] and (stops or came.match(folded, cut.end()))):
            tie = Tie.BECAUSE
        elif cut["apart"] or cut["item"]:
            tie = Tie.APART
    if text[start:].strip():
        yield start, len(text), tie


def _clause(
    before: Sequence[Clause], place: int, start: int, end: int, words: str, tie: Tie
) -> Clause:
    written = expand(words)
    strong = any(not s.weak for s in find_systems(written))
    system = find_system(words) if strong and not is_only_missed(fold(written)) else None
    fault = has_fault(words) or has_broken_thing(words)
    echoes = bool(_ECHO.search(fold(written)))
    if not fault and system and _TAMPOCO.search(fold(written)):
        fault = any(c.fault for c in before)
    return Clause(
        number=len(before),
        message=place,
        start=start,
        end=end,
        tie=tie,
        system=system,
        fault=fault,
        store=find_store(words),
        units=units_of(words),
        echoes=echoes,
        mended=not fault and works_again(written),
        asks=bool(_ASKS_HOW.search(fold(written))),
        goes_on=bool(_STILL.search(fold(written))),
        adds=bool(_ADDS.search(fold(written))),
    )
