"""What a report is about by what it tells, whatever else it names: a price that differs is about
the prices, who stands outside without keys about the keys, broken glass about the glass.
"""

from __future__ import annotations

import re

from tools.models.local.problem import has_fault
from tools.models.local.spelling import fold

_AMOUNT = r"\$?(?:s/ ?)?\d{1,3}(?:[.,]\d{2,3})*(?:[.,]\d{1,2})?\b"
_SHELF = (
    r"(?:gondolas?|etiquetas?|cartel(?:es|ito)?|lista|estantes?|anaquel(?:es)?|afiches?|flejes?|"
    r"promo\w*|ofertas?|catalogo|folleto|vitrina|rotulo|cenefas?|exhibidor|estanteria|lineal|"
    r"publicad[oa]|anunciad[oa]|marcad[oa])"
)
_RINGS_UP = (
    rf"(?:pasan?|salen?|marcan?|cobran?|registran?|cobro|paso|salio|jala|lee|entran?|figuran?|aparecen?)"
    rf" (?:a|en|con|por) {_AMOUNT}"
)
# 'En góndola está a 6.990 y en caja pasa a 8.990'.
_PRICED = re.compile(
    rf"\b{_SHELF}\b[^\n]{{0,60}}{_AMOUNT}[^\n]{{0,60}}\b{_RINGS_UP}|"
    rf"\b{_RINGS_UP}[^\n]{{0,60}}\b{_SHELF}\b[^\n]{{0,40}}{_AMOUNT}|"
    rf"\b(?:a|en) {_AMOUNT} y (?:en|por) (?:la )?(?:caja|sistema|el sistema) {_RINGS_UP}|"
    rf"\b{_SHELF}\b[^\n]{{0,60}}{_AMOUNT}[^\n]{{0,25}}\b(?:caja|sistema)\b[^\n]{{0,20}}{_AMOUNT}|"
    r"\b(?:cobr\w+|pas\w+|sale|marca) (?:al |el |con (?:el )?|a )?precios? (?:viejo|anterior|"
    r"antiguo|de antes|equivocado|mal|distinto|diferente)s?\b"
)
_KEYS = r"(?:llaves?|manojo|llavero)"
# Who cannot get in for want of a key.
_WITHOUT_KEYS = re.compile(
    rf"\b(?:quien|alguien|nadie) (?:\w+ )?(?:trae|tiene|traera|tendra|tenga|traiga) "
    rf"(?:\w+ )?(?:{_KEYS}|copia)\b(?! (?:de paso|inglesa|allen|del agua))|"
    rf"\b(?:afuera|fuera)\b[^.\n]{{0,70}}\b{_KEYS}\b|"
    rf"\b{_KEYS}\b[^.\n]{{0,50}}\b(?:estamos|sigo|seguimos|estoy|quede|quedamos) (?:\w+ )?"
    r"(?:afuera|fuera)\b|"
    rf"\bse (?:fue|llevo|fueron|olvido|quedo) (?:\w+ )?(?:con )?(?:la|las|el) {_KEYS}\b|"
    rf"\bno (?:\w+ )?(?:llega|llego|aparece|viene) con (?:la|las|el) {_KEYS}\b|"
    rf"\b(?:la|las|una|mi|esta|esa) {_KEYS} (?:de \w+ )?(?:(?:que \w+ \w+|ya|me|se|nos) )?"
    r"(?:no (?:entra|gira|abre|da vuelta|engancha)|gira en falso|se (?:rompio|partio|quebro|doblo))"
)
# Water and gas have keys too.
_OTHER_KEYS = re.compile(
    rf"\b{_KEYS} (?:de(?:l)? (?:paso|agua|gas|bano|lavabo|lavamanos|tinaco|luz)|"
    r"termica|allen|maestra de)|\b(?:cortina|persiana) (?:ya )?no (?:sube|baja)\b|\bchapa\b"
)
_GLASS = re.compile(
    r"\b(?:romp\w+|quebr\w+|raj\w+|estrell\w+|trizo|trizad[oa]|parti\w+|revent\w+|estall\w+|rot[oa]|"
    r"astill\w+)\b"
    r"(?: (?:el|la|un|una|los|las|ese|esa|ya|nos|me|otro|todo|su|mi)){0,3} "
    r"(?P<glass>vidrio|cristal|vidriera|ventanal|luna)\b"
    r"(?= (?:de|del|en)\b|\W|$)"
)
_GLASS_FIRST = re.compile(
    r"\b(?P<glass>vidrio|cristal|vidriera|ventanal)\b[^.\n]{0,30}\b(?:rot[oa]|rajad[oa]|quebrad[oa]|"
    r"trizad[oa]|estrellad[oa]|astillad[oa])\b"
)
_DEVICE = (
    r"(?:celular|tablet|tableta|pantalla|monitor|horno|microondas|refri\w*|nevera|heladera|freezer|"
    r"congelador\w*|televisor|tele|balanza|bascula|escaner|reloj|lentes|gafas)"
)
_OF_A_DEVICE = re.compile(rf"^ de(?:l)? (?:la |el )?{_DEVICE}\b")
_ON_A_DEVICE = re.compile(rf"\b{_DEVICE}\b[^.\n]{{0,40}}$")
# 'Nos sale un letrero rojo': what a screen shows.
_SHOWN = re.compile(
    r"\b(?:sal(?:e|en|io|iendo)|aparec\w+|dice|muestra|tira|manda|pone|da|bota|abre|arroja|lanza)"
    r" (?:me |nos |como )?(?:un |una |el |la |ese |este |otro )?$"
)
_SHOWABLE = frozenset({"letrero", "cartel", "aviso", "anuncio", "rótulo", "pantalla"})
_ORDINAL = re.compile(
    r"\b(?:\d{1,2} ?(?:er|do|ro|to|mo|o|a|º|°)|primer|segundo|tercer|cuarto|quinto|ultimo) $"
)

# What whoever helps says of what fails: 'es el servidor central', 'está caído el enlace'.
_IT_IS = re.compile(
    r"(?:^|[.,;:!] ?|\b(?:eso|entonces|creo que|parece que|seguro) )(?:es|son|seria|fue|era) "
    r"(?:del? |la |el |las |los |un |una |problema|falla|culpa)"
)


def thing_told(folded: str) -> str | None:
    """What folded words are about by what they tell; None where they tell nothing of the kind."""
    if _PRICED.search(folded):
        return "precios"
    if _WITHOUT_KEYS.search(folded) and not _OTHER_KEYS.search(folded):
        return "llaves"
    glass = _GLASS.search(folded) or _GLASS_FIRST.search(folded)
    if glass and not _ON_A_DEVICE.search(folded[: glass.start("glass")]):
        return None if _OF_A_DEVICE.match(folded[glass.end("glass") :]) else glass["glass"]
    return None


def is_no_thing(word: str, before: str) -> bool:
    """Whether a word with these folded ones before it is what a screen shows, or a storey."""
    if word in _SHOWABLE and _SHOWN.search(before):
        return True
    return word == "piso" and bool(_ORDINAL.search(before))


def tells_what_it_is(text: str) -> bool:
    """Whether words of somebody who helps say what fails, and neither ask nor advise."""
    if "?" in text:
        return False
    return bool(_IT_IS.search(fold(text))) or has_fault(text)
