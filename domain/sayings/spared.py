"""Who says that a failure of others spares their own store: it has none, or what fails there is
something else. Pure.

'En la 40 sin fallas' reports nothing; 'acá sí hay sistema, pero no jala la impresora' reports the
printer, and is no part of an outage of the system.
"""

from __future__ import annotations

import re

from domain.wording import plain

_FAILURE = (
    r"(?:problem(?:a|ita)s?|fallas?|fallos?|fallit[ao]s?|inconvenientes?|incidencias?|broncas?|"
    r"dramas?|afectacion(?:es)?|caidas?|interrupcion(?:es)?)"
)
_HAS = (
    r"(?:hay|tenemos|tengo|tuvimos|tuve|hemos tenido|he tenido|presenta(?:mos|n)?|"
    r"registra(?:mos|n)?|reporta(?:mos|n)?|vemos|veo|se (?:presenta|registra|reporta|ve)n?)"
)
_OF = (
    r"(?: (?:con|en|de|por) (?:(?:el|la|los|las|mi|nuestr[oa]|este|esta|ese|esa) )?"
    r"[a-zñ]+(?: de [a-zñ]+)?)?"
)
_NONE = (
    rf"(?:sin (?:ningun[oa]? )?{_FAILURE}|"
    rf"(?:no|tampoco|ni|nunca) (?:(?:nos|me|se) )?{_HAS} (?:(?:ningun[oa]?s?|mas|ni un[ao]?) )?"
    rf"{_FAILURE}(?: (?:alguna|alguno|ninguna|ninguno))?|"
    rf"(?:ningun[oa]?|cero|nada de) {_FAILURE}){_OF}|"
    r"(?:no|tampoco|nunca) (?:(?:nos|me|se) )?(?:ha|han) fallado(?: (?:nada|para nada))?|"
    r"(?:no|tampoco) (?:nos|me) (?:falla|fallo|esta fallando|"
    rf"(?:ha dado|da|dio|esta dando) {_FAILURE})(?: nada)?"
)
# Where, when and how it is said: with these words alone nothing else is told.
_BESIDE = re.compile(
    r"en|por|de|desde|aqui|aca|aka|ahi|la|el|tienda|suc|sucursal|local|tda|sede|nosotr[oa]s|yo|a|mi|"
    r"nuestra|somos|soy|estamos|todo|bien|normal|ok|okey|hola|buen[oa]s|dias|tardes|noches|gracias|"
    r"dios|afortunadamente|suerte|hasta|ahora|ahorita|hoy|momento|todavia|aun|pues|bueno|si|no|y|"
    r"tambien|tampoco|igual|chic[oa]s|jefe|inge|saludos|reporto|reporta|funciona|funcionando|jala|"
    r"jalando|trabajando|operando|\d{1,4}"
)
# A place is named behind them.
_PLACE = frozenset({"en", "de", "desde", "sucursal", "suc", "tienda", "tda", "local"})
_SAYS_NONE = re.compile(rf"\b(?:{_NONE})\b")
# 'No hay problema' alone is courtesy.
_COURTESY = re.compile(
    r"^(?:(?:si|no|ok|ah|bueno|gracias|pues|jefe|inge|tampoco|hola) )*(?:no|sin|tampoco|ningun) "
    r"(?:(?:hay|tengo|veo) )?(?:ningun )?(?:problema|drama|bronca)"
    r"(?: (?:gracias|jefe|inge|saludos|ninguno|bueno|ok))*$"
)
_OVER = re.compile(r"\bya\b")
# What a store has or has not as a whole, and that has no parts of its own there.
_SUPPLY = (
    r"(?:luz|corriente|energia|electricidad|agua|gas|sistema|internet|red|wifi|linea|senal|"
    r"conexion)"
)
_NEXT = (
    r"(?=[ ,.;]+(?:y )?(?:pero|aunque|lo que|lo unico|solo|nomas|nada mas|sin embargo|en cambio)\b)"
)
_RUNS = re.compile(
    rf"(?:\bsi (?:hay|ay|tenemos|tengo|contamos con|cuento con) (?:el |la )?(?P<si>{_SUPPLY})\b|"
    rf"\b(?:hay|tenemos|tengo|contamos con|cuento con) (?:el |la )?(?P<has>{_SUPPLY})\b{_NEXT}|"
    rf"\b(?P<is>{_SUPPLY}),? (?:(?:si|esta|anda|va|funciona|jala|todo) ){{0,2}}"
    rf"(?:bien|ok|normal|perfecto|al cien)\b{_NEXT}|"
    rf"\bbien (?:con|de|en) (?:el |la |lo del? )?(?P<with>{_SUPPLY})\b{_NEXT})"
)
_DENIED = re.compile(
    r"\b(?:no|ni|tampoco|sin|nunca)(?: (?:nos|me|se|el|la|estamos|estoy|esta))*\s*$"
)
# What is back elsewhere, and not where the writer is.
_HERE = (
    r"(?:aqui|aca|a (?:mi|nosotr[oa]s)|nosotr[oa]s|yo|(?:en )?(?:la|el) (?:mia|mio|nuestra|nuestro|"
    r"\d{1,4})|en mi (?:tienda|sucursal|local)|por (?:aqui|aca))(?: en (?:la )?\d{1,4})?"
)
_ELSEWHERE = r"(?:todas|todos|demas|otr[oa]s|resto|\d{1,4}|ustedes|vosotr[oa]s)"
_NOT_HERE = re.compile(
    r"\b(?:(?:volvi|regres|lleg|restablec|arregl|qued)\w+|ya (?:hay|esta|tienen|funciona\w*|"
    r"jala\w*|sirve\w*|anda\w*)|(?:funciona\w*|jala\w*|sirve\w*|hay|tienen)(?= [^,]{0,20}"
    rf"{_ELSEWHERE}))"
    rf"(?: (?:la|el|en|a|las|los|bien|tiendas|sucursales|lados|dicen|ya|mayoria|{_SUPPLY}|"
    rf"{_ELSEWHERE}))*"
    rf"(?:(?<=todas)|(?<=todos)|(?<=demas)|(?<=otras)|(?<=otros)| (?:pero|aunque|y|menos|excepto))"
    rf" (?:(?:todavia|aun) )?{_HERE} "
    r"(?:(?:todavia|aun|seguimos|sigue|sigo|estamos|estoy|nos|me|se) )*"
    rf"(?:no|nada|tampoco|igual|sin (?:nada|{_SUPPLY}))"
    r"(?: (?:ha|han|hay|tenemos|tengo|nos|me|se|nada|todavia|aun|regres\w+|vuelv\w+|vuelto|volvio|"
    r"lleg\w+|funciona\w*|jala\w*|sirve\w*|anda\w*|restablec\w+|sistema|luz|internet))*$"
)
# The longest text that says no more than one of these.
LONGEST = 200


def says_none(text: str) -> bool:
    """Whether a text says that its store has no failure, and nothing else: 'la 31 no presenta
    fallas', 'acá tampoco tenemos problemas'. Not so the courteous 'no hay problema', nor what is
    over ('ya sin fallas')."""
    if len(text) > LONGEST or "?" in text:
        return False
    words = plain(text)
    said = _SAYS_NONE.search(words)
    if said is None or _COURTESY.match(words) or _OVER.search(words):
        return False
    return all(map(_tells_nothing, (words[: said.start()], words[said.end() :])))


def _tells_nothing(words: str) -> bool:
    """Whether words tell where and when, and nothing else."""
    split = words.split()
    befores = ["", *split]
    return all(
        _BESIDE.fullmatch(word) or before in _PLACE
        for before, word in zip(befores, split, strict=False)
    )


def is_spared(folded: str, start: int) -> bool:
    """Whether what a folded text names at `start` is said to work, while another thing fails:
    'sí hay sistema, pero no jala la impresora'."""
    return any(at == start for at, _ in _runs(folded))


def spared_of(text: str) -> frozenset[str]:
    """What a text says to work at the writer's while something else fails, by its plain names."""
    return frozenset(name for _, name in _runs(plain(text[:LONGEST])))


def not_here(text: str) -> bool:
    """Whether somebody says that what is back elsewhere is not so with them: 'ya regresó en las
    demás, pero aquí no'."""
    return "?" not in text and bool(_NOT_HERE.search(plain(text[:LONGEST])))


def _runs(folded: str) -> list[tuple[int, str]]:
    """Where something is said to work, and its name."""
    found = []
    for said in _RUNS.finditer(folded):
        name = next(key for key, value in said.groupdict().items() if value)
        if name == "si" or not _DENIED.search(folded[: said.start()]):
            found.append((said.start(name), said[name]))
    return found
