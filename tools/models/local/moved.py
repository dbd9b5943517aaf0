"""Who says that they work elsewhere now, or for today: 'ya me cambiaron a la 40', 'ya no trabajo
en la 18', 'hoy estoy cubriendo en la 25'; and who puts right which store is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from domain.whereabouts import Moved, Stay
from tools.models.local.answered_store import COUNTED, answered
from tools.models.local.places import in_title_case, longest_name, proper_names
from tools.models.local.spelling import fold
from tools.models.local.stated_store import stated
from tools.models.local.stores import corrected_part
from tools.models.local.told_store import OF_A_LIST

# Longer ones tell more than where somebody works.
LONGEST_READ = 200
_SO = r"(?:(?:ya|yo|nosotr[oa]s|todos?|oficialmente|de nuevo|ahorita|hoy) )*"
_SINCE = r"(?:desde|a partir de) (?:hoy|ayer|(?:el|la|este|esta) \w+(?: pasad[oa])?)"
_WAS_MOVED = (
    r"(?:me|nos) (?:acaban de |han |he |hemos )?(?:cambiaron|cambie|cambiamos|movieron|pasaron|"
    r"trasladaron|transfirieron|reubicaron|asignaron|mandaron|rotaron|destinaron|cambiar|mover|"
    r"pasar|trasladar|(?:cambi|pas|traslad|destin|asign|mand)ado|movido|transferido)"
    r"(?: (?:de (?:la |el )?(?:tienda|sucursal|local)(?! ?#?\d)|de (?:la |el )?#?\d{1,4}|ya))*"
    r" (?:al?|para|pa|en) "
)
_WORKS = r"(?:soy|somos|trabajo|laboro|pertenezco|quede)(?: (?:de|en|a))? "
_IS_NEW = r"soy (?:(?:la|el) )?nuev[oa](?:,? (?:entre|empiezo|empece))?(?: hoy)? (?:en|de|a) "
_AM_IN = r"(?:estoy|estamos|ando|andamos|toca|me toca) (?:aca |aqui )?en "
_STANDS_IN = r"(?:cubriendo|de apoyo|apoyando|supliendo|prestad[oa])"
_TODAY = (
    rf"(?:por hoy|hoy|ahorita|ya) (?:estoy|estamos|ando|andamos|trabajo|me toca)"
    rf"(?: {_STANDS_IN})? en |{_STANDS_IN}(?: hoy| ahorita| un rato)? en "
)
_PLACE = r"(?:(?:la|el|tienda|sucursal|suc|local|tda)\.? )+#?\d{1,4}"
# What puts right the store of a ticket: 'la tienda es la 22', 'corrijan porfa, es la 22'.
_IT_IS = re.compile(
    r"(?<!\w)(?:tienda(?: correcta| buena| incorrecta| equivocada)?|ticket|reporte|ahora|"
    r"corrij\w+(?: porfa\w*| por favor)?|"
    r"cambi(?:en|e|ar|enlo|enla)(?: la tienda| el ticket| eso)? (?:a|por))[ ,]+"
    r"(?:(?:es|era|va|de|en|para|a) )*(?P<store>(?:(?:la|el|tienda|suc\w*|local) )*#?\d{1,4})"
    r"(?: (?:por favor|porfa\w*|gracias))*\W*$"
)
_ADDS = re.compile(r"\b(?:tambien|tampoco|tmb|igual|ademas)\b")
_IN = re.compile(r"\b(?:en|de|desde|es|soy|somos|estoy)\b")
_A_STORES = re.compile(
    r"\b(?:la|el|ala|dela|del|al|tiendas?|tda|local|suc\w*|sede|punto|numero|nro|num|soy|somos)"
    r"\.? ?[#°º]?0*\d{1,4}\b|^\W*(?:en |de )?#?\d{2,4}\W*$|"
    r"\b(?:mal|pero|error|equivoc\w+|confundi\w*)\b.{0,12}\bes #?\d{2,4}\W*$"
)
# How somebody says it, and for how long that holds.
_MOVES = re.compile(rf"(?<!\w)(?:{_WAS_MOVED})")
# 'Nos pasaron a la 12 el pedido', 'me mandaron a la 40 a dejar cajas': a thing or an errand went.
_BRINGS = re.compile(r"\s*(?:el|la|los|las|un|una|unos|unas|\d+|(?:a|por|para) \w+) \w")
_FRAMES = [
    (_MOVES, Stay.MOVED),
    *(
        (re.compile(rf"(?<!\w)(?:{frame})"), stay)
        for frame, stay in (
            (rf"(?:ahora|{_SINCE}) {_SO}{_WORKS}", Stay.MOVED),
            (_IS_NEW, Stay.MOVED),
            (r"(?:ya )?(?:regrese|volvi|regresamos|volvimos|he vuelto) (?:al?|en) ", Stay.MOVED),
            (
                rf"(?:yo soy|yo trabajo|trabajo|laboro|pertenezco) (?:de|en|a) (?={_PLACE}\b)",
                Stay.MOVED,
            ),
            (rf"{_SINCE} {_SO}{_AM_IN}", Stay.MOVED),
            (rf"ahora(?: si)? {_SO}{_AM_IN}", Stay.NOW),
            (rf"ahora(?: si)? {_SO}(?:aca |aqui )?en (?={_PLACE}\W*$)", Stay.NOW),
            (_TODAY, Stay.TODAY),
        )
    ),
]
_LEFT = re.compile(
    r"(?<!\w)(?:ya no (?:trabajo|trabajamos|laboro|estoy|estamos|soy|somos|pertenezco|sigo)"
    r"(?: (?:en|de|a))?|no (?:soy|somos) de|mi ultimo dia en) "
)
# Behind 'ya no soy de la 18' any 'soy de la 40' tells where they are instead.
_INSTEAD = re.compile(
    r"(?<!\w)(?:soy|somos|estoy|estamos|trabajo|ando) (?:(?:de|en) )?|"
    r"(?<!\w)(?:ahora|sino)(?: si)?(?: es| en)? (?=(?:la|el|tienda|tda|suc\w*|local) )"
)
# 'Ya no somos la 18': all of them, and not one who was sent elsewhere.
_ALL_OF_US = re.compile(r"\b(?:ya no|no) somos (?:(?:de|en) )?(?:la|el|tienda|tda|suc\w*|local)\b")
_LEFT_THEIRS = re.compile(
    r"\b(?:(?:me|nos) (?:cambie|cambiamos|cambiaron|movieron) de (?:tienda|sucursal|local)|"
    r"(?:ya )?no (?:trabajo|estoy|soy) (?:en|de) (?:esa|ese|esta) (?:tienda|sucursal|local)|"
    r"no es mi (?:tienda|sucursal|local))\b"
)
_MAY_TELL = re.compile(
    r"\b(?:me|nos|no|ya|ultimo|ahora|desde|partir|hoy|ahorita|yo|trabajo|laboro|pertenezco|"
    r"nuev[oa]|cubriendo|apoyo|apoyando|supliendo|"
    r"prestad[oa]|regrese|volvi|regresamos|volvimos|vuelto)\b"
)
# 'Cuando me cambiaron a la 40', 'si me mandan': told of another time.
_ANOTHER_TIME = re.compile(r"\b(?:cuando|si|antes|hasta|como|aunque|nunca|no) (?:ya )?$")
_NUMBER = re.compile(
    r"(?:(?:la|el) )?(?P<noun>(?:tienda|tda|sucursal|suc|local|sede|punto|pdv)\.? )?"
    r"(?:(?:numero|num|nro)\.? )?#?0*(?P<number>\d{1,4})\b(?! ?(?:[%:°/]|[.,]\d))"
)
_BEFORE_NAME = re.compile(
    r"(?:(?:la|el) )?(?P<noun>(?:tienda|tda|sucursal|suc|local|sede)\.? )?(?:de )?"
)
# An errand leads somewhere no longer than it takes.
_ERRAND = re.compile(r"\s*(?:a |para )?(?:\w{2,}(?:ando|iendo|yendo)\b|\w+ar\b)|\s*(?:por|para) ")


@lru_cache(maxsize=4096)
def moved(text: str) -> Moved | None:
    """What a text says of where its writer works now; None for a question, and where it tells of
    another time."""
    folded = fold(text)
    if "?" in text or len(text) > LONGEST_READ or not _MAY_TELL.search(folded):
        return None
    left, end = next(_places(_LEFT, text, folded), (None, 0))
    if theirs := _LEFT_THEIRS.search(folded):
        end = theirs.end()
    if left is not None or theirs:
        instead = _places(_INSTEAD, text[end:], folded[end:])
        if store := next((store for store, _ in instead if store != left), None):
            return Moved(store, Stay.MOVED, left)
    for frame, stay in _FRAMES:
        for store, end in _places(frame, text, folded):
            rest = folded[end:]
            if store == left:
                continue
            if frame is _MOVES and _BRINGS.match(rest):
                continue
            today = stay is Stay.NOW and _ERRAND.match(rest)
            return Moved(store, Stay.TODAY if today else stay, left)
    return Moved(None, Stay.MOVED, left) if left is not None or theirs else None


def renamed(text: str) -> tuple[str, str] | None:
    """The store that everybody who writes from it had, and the one that they have now: 'ya no
    somos la 18, ahora la 81'."""
    told = moved(text) if _ALL_OF_US.search(fold(text)) else None
    if told is None or told.stay is not Stay.MOVED or told.store is None or told.left is None:
        return None
    return told.left, told.store


@lru_cache(maxsize=1024)
def own_store(text: str) -> str | None:
    """The store that a text says is its writer's, with little else: no report, no question, and
    none of those that are spoken of in passing."""
    folded = fold(text)
    if "?" in text or len(text) > LONGEST_READ or _ADDS.search(folded) or OF_A_LIST.match(text):
        return None
    if (told := moved(text)) is not None:
        return told.store
    it_is = _IT_IS.search(folded)
    said = text[it_is.start("store") : it_is.end("store")] if it_is else None
    # 'No es mi tienda, estoy en la 22': what closes it says which.
    tries = (said or corrected_part(text), text, re.split(r"[,;.]\s", text)[-1])
    found = (answered(one, known_question=False) for one in tries if one)
    store = next(filter(None, found), None) or stated(text)
    if store is None or (store.isdigit() and len(store) == 1 and folded.strip().isdigit()):
        return None
    if store.isdigit():
        # '190, ya horneando' and 'es de 57 sí' tell a heat and a width: a store has its article,
        # its noun, or the whole message.
        return store if _A_STORES.search(folded) or it_is or corrected_part(text) else None
    return store if _IN.search(folded) else None


def _places(frame: re.Pattern[str], text: str, folded: str) -> Iterator[tuple[str, int]]:
    """The stores that stand behind a frame, and where each ends."""
    for match in frame.finditer(folded):
        if _ANOTHER_TIME.search(folded[: match.start()]):
            continue
        start = match.end()
        if number := _NUMBER.match(folded, start):
            bare = number.start("number") == start and number["number"] == number.group()
            if not bare and not COUNTED.match(folded[number.end() :]):
                yield str(int(number["number"])), number.end()
            continue
        before = _BEFORE_NAME.match(folded, start)
        at = before.end() if before else start
        known = longest_name(text[at:], proper_names())
        if known:
            yield in_title_case(known), at + len(known)
