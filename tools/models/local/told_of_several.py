"""What is said once of several: 'no sirve la impresora ni el internet', 'no hay sistema en la 45 y
46'. Each of them in words of its own, as whoever wrote it would have told it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.deciding.repeats import units_of
from tools.models.local.problem import has_broken_thing, has_fault
from tools.models.local.spelling import expand, fold
from tools.models.local.stores import find_store
from tools.models.local.systems import find_systems


@dataclass(frozen=True)
class OneOfSeveral:
    """The words of one of several things or stores; `store` is the one that they say."""

    words: str
    store: str | None = None


@dataclass(frozen=True)
class Several:
    """Where in a text the words stand that tell of several, and what they tell of each."""

    start: int
    end: int
    each: tuple[OneOfSeveral, ...]


_NUMBER = r"#?\d{1,4}(?![\w%:/°]|[.,]\d)"
_PLACE = r"(?:(?:en|de|a) )?(?:(?:la|el) )?(?:(?:tienda|sucursal|suc|local|tda|sede) )?"
_AND = r"(?:\s*,\s*(?:y |e |ni )?|\s+(?:y|e|ni|como) )"
_STORES = re.compile(
    rf"(?:\b(?P<none>ni)\b |\btanto )?(?P<list>\b(?P<lead>{_PLACE}){_NUMBER}"
    rf"(?:{_AND}{_PLACE}{_NUMBER})+)"
    # Behind the last of them nothing is counted: 'tienda 12 y 30 clientes esperando'.
    r"(?=\s*[.,;:!?)]|\s*$|\s+(?:no|sin|tampoco|tambien|estan?|estamos|tienen?|siguen?|se|con|desde|"
    r"por|me|nos|les|a|y|que|porque|hay|quedaron|reporta\w*|urgen?|l[ao]s?|el)\b)"
)
# 'La 12 y la 15 están sin sistema': so nobody tells of tills.
_OF_EACH = re.compile(rf"(?:en )?la \d{{2,4}}(?:{_AND}(?:en )?la \d{{2,4}})+")
_LACKS = re.compile(r"\s*(?:est[aá]n? |siguen? |se quedaron )?sin\b")
# 'La 45 sin internet y la 52 también': the others have what the first one has.
_AT = (
    r"(?:en )?(?:la |el )?(?:(?:tienda|sucursal|suc|local|tda|sede) #?\d{1,4}|"
    r"(?<=la |el )#?\d{2,4})"
)
_TOO = re.compile(
    rf"(?:\s*,\s*(?:y )?|\s+y )(?P<others>{_AT}(?:{_AND}{_AT})*)"
    r" (?:tambien|tampoco|igual|lo mismo|(?:anda|esta)n? (?:igual|en las mismas))\W*$"
)
_AT_ONE = re.compile(rf"\b{_AT}(?![\w%:/°]|[.,]\d)")
_ONE_STORE = re.compile(rf"(?:{_PLACE})({_NUMBER})")
_JOINED = re.compile(r"\b(?:y|e|ni|como)\b")
# Behind what several stores have, another one may have something else: ', la 22 sin luz'.
_ANOTHER = re.compile(
    r"\s*,\s*(?:y )?(?:en )?(?:la|el|tienda|sucursal|suc|local|tda) #?\d{1,4} "
    r"(?:sin|no|esta|tiene|se|sigue)\b"
)
_STORE_NOUN = re.compile(r"\b(?:tiendas|sucursales|locales|sedes) (?:las? |l[ao]s )?$")
_MANY = re.compile(r"\b(?:(las|los) )?(tienda|sucursal|local|sede)(?:s|es) $", re.IGNORECASE)
_NI = re.compile(r"\s*,?\s*\bni\s+(?=\w)")
_THE = r"(?:l[ao]s?|el|mis?|nuestr[ao]s?|un[ao]?)\s+"
_ARTICLE = re.compile(rf"\b{_THE}$")
# A thing, where it is and since when: no word of what it does.
_BARE = re.compile(
    rf"\s*(?P<the>{_THE})?@\s*(?:(?:(?:de|del|en|desde|a)\s+)?(?:(?:la|el|las|los)\s+)?(?:caja|"
    r"tienda|sucursal|suc|local|codigos?|barras|tickets?|etiquetas|aqui|aca|hoy|ayer|manana|"
    r"temprano|hace|un|rato|por|favor|porfa|gracias|ahora|ahorita|#?\d{1,4})\b\s*)*"
)
_ENDS = re.compile(r"[,.;!?)\n]|\s(?:y|desde|porque|pero)\s")
# What one failure takes with it is no list: nothing works, or nothing has current.
_ONE_CAUSE = re.compile(
    r"\b(?:nad[ai]e?|todo|ningun\w*|prend\w+|enciend\w+|luz|(?:lleg|entreg|trajer|"
    r"mandar)\w*)\b"
)
# Each of what somebody does not have is named without an article.
_HAVE_NONE = re.compile(r"\b(?:hay|tenemos|tengo|tiene|sin)\s*$")
# Parts of one whole: one report, however many of them are named.
_SIBLINGS = (
    frozenset(["pantalla", "teclado", "ratón", "computadora", "cajón", "escáner"]),
    frozenset(
        [
            "facturación",
            "inventario",
            "precios",
            "reportes",
            "usuario",
            "correo",
            "app",
            "rollos",
            "etiquetas",
            "insumos",
            "sistema",
        ]
    ),
)


_SENTENCE = re.compile(r"(?:[^.;!?\n]|[.](?=\w))+")


def several_in(text: str) -> list[Several]:
    """The places of a text that tell one thing of several, in order; none overlap."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        folded = fold(words)
        if len(folded) == len(words) and (one := _in_each(words, folded)):
            start = sentence.start()
            found.append(Several(start + one.start, start + one.end, one.each))
    return found


def _in_each(text: str, folded: str) -> Several | None:
    return _stores(text, folded) or _too(text, folded) or _things(text, folded)


def _too(text: str, folded: str) -> Several | None:
    """What one store has and others have too, behind it: 'la 45 sin internet y la 52 también'."""
    found = _TOO.search(folded)
    if found is None:
        return None
    front = text[: found.start()]
    at = list(_AT_ONE.finditer(folded[: found.start()]))
    if len(at) != 1 or not _fails(front) or units_of(front):
        return None
    first = re.search(r"\d+$", at[0].group())
    others = [re.findall(r"\d+", one.group())[0] for one in _AT_ONE.finditer(found["others"])]
    if first is None or int(first.group()) in map(int, others):
        return None
    start, end = at[0].start() + first.start(), at[0].end()
    numbers = [first.group(), *others]
    each = (OneOfSeveral(f"{front[:start]}{n}{front[end:]}", str(int(n))) for n in numbers)
    return Several(0, len(text), tuple(each))


def _stores(text: str, folded: str) -> Several | None:
    """One failure in each of several stores; who speaks of them is understood of each alone."""
    for found in _STORES.finditer(folded):
        listed = found["list"]
        numbers = [str(int(one[1].lstrip("#"))) for one in _ONE_STORE.finditer(listed)]
        if len(set(numbers)) < 2 or not _JOINED.search(listed):
            continue
        start, end = found.start("list"), found.end("list")
        another = _ANOTHER.search(folded, end)
        over = another.start() if another else len(text)
        front, behind = _MANY.sub(_one_of_them, text[: found.start()]), text[end:over]
        denied = " no" if found["none"] else ""
        each = tuple(
            OneOfSeveral(f"{front}{text[start : start + len(found['lead'])]}{n}{denied}{behind}", n)
            for n in numbers
        )
        two = _fails(front) and _fails(behind)  # 'no jala en la 30 y en la 31 no hay luz'
        if two or not all(_fails(one.words) for one in each):
            continue
        plural = bool(_STORE_NOUN.search(folded[: found.start("list")]))
        named = _OF_EACH.fullmatch(listed) and _LACKS.match(behind) and not find_systems(front)
        if plural or named or all(find_store(one.words) == one.store for one in each):
            return Several(0, over, each)
    return None


def _one_of_them(many: re.Match[str]) -> str:
    article = {"las": "la ", "los": "el "}.get((many[1] or "").lower(), "")
    return f"{article}{many[2]} "


def _things(text: str, folded: str) -> Several | None:
    """One failure of each of several things: 'no sirve la impresora ni el internet'."""
    cuts = list(_NI.finditer(folded))
    if not cuts or _ONE_CAUSE.search(folded):
        return None
    first = text[: cuts[0].start()]
    starts, ends = [cut.end() for cut in cuts], [cut.start() for cut in cuts[1:]]
    # Behind the last thing something else may be told.
    over = _ENDS.search(folded, starts[-1])
    end = over.start() if over else len(text)
    parts = [text[start:stop] for start, stop in zip(starts, [*ends, end], strict=True)]
    head = next((s for s in reversed(find_systems(first)) if not s.weak), None)
    lead = first[: head.start] if head else first
    if head and (the := _ARTICLE.search(fold(lead))):
        lead = lead[: the.start()]
    have_none = bool(_HAVE_NONE.search(fold(lead).rstrip()))
    things = [_thing(part, articled=not have_none) for part in parts]
    concepts = [*([head.concepts] if head else []), *(found for found in things if found)]
    if not lead.strip() or None in things or len(concepts) < 2 or _are_one(concepts):
        return None
    each = [*([first] if head else []), *(f"{lead.rstrip()} {part.strip()}" for part in parts)]
    if not all(map(_fails, each)):
        return None
    return Several(0, end, tuple(map(OneOfSeveral, each)))


def _thing(words: str, *, articled: bool) -> frozenset[str] | None:
    """What the only thing means that a piece names; None where it says anything else."""
    written = expand(words)
    spans = [span for span in find_systems(written) if not span.weak]
    if not spans:
        return None
    folded = fold(written)
    bare = _BARE.fullmatch(f"{folded[: spans[0].start]}@{folded[spans[0].end :]}")
    return spans[0].concepts if bare and (bare["the"] or not articled) else None


def _fails(words: str) -> bool:
    return has_fault(words) or has_broken_thing(words)


def _are_one(things: list[frozenset[str]]) -> bool:
    named = frozenset().union(*things)
    return any(named <= siblings for siblings in _SIBLINGS)
