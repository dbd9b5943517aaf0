"""How urgent an incident is by all that was said in it: learnt, and rules beside it.

What its reporter tells counts most; what others say to it ('empty the freezer at once') half as
much. A rule that knows the words adds to it, and danger to people is urgent whatever was learnt:
that must not be missed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from domain.ports import Reader
from domain.reading import Line
from tools.models.local.fitted import fitted
from tools.models.local.happenings import happening
from tools.models.local.hazards import COLD, NOT_MEANT
from tools.models.local.spelling import fold
from tools.models.local.stakes import (
    customers_wait,
    is_the_only_one,
    keeps_people_away,
    may_harm,
    others_do_its_work,
    stops_sales,
)
from tools.models.local.stores import find_store
from tools.models.local.systems import concepts_of
from tools.models.local.urgency import find_urgency, is_denied, puts_people_in_danger

# So many lines of the reporter, and of the others, tell it (as in `evals/fit_local.py`).
TOLD_LINES = 6
# What others' words count beside the reporter's.
OTHERS_COUNT = 0.5
# How surely it must be urgent. Over chats of writers that were not learnt from, 0.46 finds 0.78 of
# the urgent at precision 0.80, 0.40 finds 0.82 at 0.79, and 0.36 finds 0.85 at 0.77: a store that
# cannot sell is worse to miss than to hurry for.
URGENT_AT = 0.36
# How sure the reader must be of a line alone that says that nothing is sold.
NO_SALE_AT = 0.7
# What the words of a rule add, in log odds.
RULE_ADDS = 1.0
# What the model says of an incident of which nothing is told, in log odds.
URGENT_BIAS = fitted().urgent_bias
_LEAST = 1e-6
# What each store is called where urgency is judged: the models see the digits of its number, which
# say nothing of it. Of eighteen numbers this one is near the mean.
ANY_STORE = "30"
# What happens that is urgent by itself.
_DANGERS = frozenset(
    {"asalto", "amenaza", "robo", "accidente", "incendio", "gas", "instalación eléctrica"}
)
# What stops no sale and endangers nobody when it fails: of some four hundred such incidents, whose
# people were often loud, four were urgent.
_CALM_THINGS_TEXT = (
    "fidelidad|sonido|teléfono|tablet|báscula|bolsas|escáner|recargas|cajón|rollos|baño|cambio|"
    "conteo de personas|precios|insumos|usuario|impresora de etiquetas|letrero|pantalla|correo|"
    "uniforme|app|reportes|etiquetas|créditos|turnos|inventario|basura|impresora|entrega|"
    "impresora de tickets|aire acondicionado|UPS|teclado|ratón|calentador"
)
_CALM_THINGS = frozenset(_CALM_THINGS_TEXT.split("|"))
_MAY_HARM = frozenset({"aire acondicionado", "entrega", "usuario", "tablet"})
# A bill for the taxes of a customer, where the sale itself is another thing (Mexico's).
_TAX_BILL = re.compile(r"\b(?:rfc|cfdi\w*|timbr\w+|pac|factur(?:e|en) (?:en|por))\b")
_NO_SALE = re.compile(
    r"\bno (?:se |nos |me )?(?:puedo|podemos|puede|deja|dejan|estamos pudiendo) (?:\w+ )?"
    r"(?:vender|cobrar|operar|despachar|atender|dar (?:vuelto|cambio|vueltas))|"
    r"\bni (?:vender|cobrar)\b|"
    r"\b(?:tienda|local|sucursal) (?:esta )?(?:parad|detenid|paralizad)[oa]\b|"
    r"\bno (?:escanea|lee|pasa|marca|reconoce)n? ning\w+ (?:producto|articulo|codigo)|"
    r"\bsin (?:poder )?(?:vender|cobrar|facturar|operar|despachar|atender)\b|"
    r"\bno (?:estamos|estoy|estan) (?:vendiendo|cobrando|facturando|operando|atendiendo)"
)
_NO_BILL = re.compile(r"\bno (?:se puede|podemos|puedo|deja) (?:\w+ )?facturar\b")
_PAID_AT = re.compile(r"\b(?:cajas?|tpv|pos|terminal|datafono|posnet|computadora|compu|pc)\b")
# What harms people or the store, whatever it is that does so.
_HARM = re.compile(
    r"\brob(?:aron|ando)\b|(?<!\bno hubo )(?<!\bno hay )(?<!\bno fue )\brobo\b(?! hormiga)|"
    r"\binund\w+(?! de (?:pedidos|clientes|gente|mensajes|correos))|"
    r"\b(?:exploto|explotaron|estallo|estallaron)\b|"
    r"\b(?:da|dan|dando|dio|dieron|pega|pego) (?:\w+ )?(?:descargas?|toques|corriente)\b|"
    r"\bcayendo (?:encima de|sobre) (?:la |el |los |las )?(?:gente|client\w+|personas?|cajer\w+)"
)
_COLD = re.compile(rf"\b{COLD}\b")


def endangers(text: str) -> bool:
    """Whether the text tells of a crime, of somebody hurt, or of what may burn."""
    return happening(text) in _DANGERS and not NOT_MEANT.search(fold(text))


def is_urgent(lines: Sequence[Line], reader: Reader, thing: str | None = None) -> bool:
    """Whether the lines of an incident, oldest first, tell that it is urgent; `thing` is what they
    plainly say to fail."""
    if not lines:
        return False
    own = [line.text for line in lines if line.name == lines[0].name]
    others = [line.text for line in lines if line.name != lines[0].name]
    ruled = _by_rule(own)
    if ruled and any(puts_people_in_danger(t) or endangers(t) or _harms(t) for t in own):
        return True
    kept_away = any(keeps_people_away(line.text) for line in lines)
    if any(map(may_harm, own)) or (kept_away and "baño" not in concepts_of(thing)):
        return True
    if ruled is False or _stops_nothing(thing, own, told=bool(ruled)):
        return False
    if ruled and any(_tells_no_sale(text, reader) for text in own[1:]):
        return True
    score = _log_odds(own, reader) + (RULE_ADDS if ruled else 0.0)
    if others:
        score += OTHERS_COUNT * (_log_odds(others, reader) - URGENT_BIAS)
    return score >= _odds(URGENT_AT)


def _by_rule(own: Sequence[str]) -> bool | None:
    """Whether a rule knows the words for urgent; False where what was said last denies it, as in
    'we can still sell', and None where no rule knows any of the words."""
    urgent: bool | None = None
    # That another freezer works saves nothing of what thaws in this one.
    cold = any(_COLD.search(fold(text)) for text in own)
    for text in own:
        spared = others_do_its_work(text) and not _harms(text)
        if not spared and _tells_urgency(text):
            urgent = True
        elif (spared or is_denied(text)) and not cold:
            urgent = False
    return urgent


def _tells_urgency(text: str) -> bool:
    told = find_urgency(text) or endangers(text) or _harms(text)
    return bool(told) or stops_sales(text) or (customers_wait(text) and not is_denied(text))


def _harms(text: str) -> bool:
    folded = fold(text)
    return bool(_HARM.search(folded)) and not NOT_MEANT.search(folded)


def _tells_no_sale(text: str, reader: Reader) -> bool:
    """Whether a line of its own says that nothing is sold, whatever was reported before it."""
    return bool(_NO_SALE.search(fold(text))) and reader.read(text).urgent >= NO_SALE_AT


def _stops_nothing(thing: str | None, own: Sequence[str], *, told: bool) -> bool:
    """Whether what fails stops no sale, by what it is; `told` where a rule knows the words."""
    if any(_NO_SALE.search(fold(text)) or _harms(text) or _only_till(text) for text in own):
        return False
    concepts = concepts_of(thing)
    for_taxes = any(_TAX_BILL.search(fold(text)) for text in own)
    if "facturación" in concepts:
        return for_taxes
    if not for_taxes and any(_NO_BILL.search(fold(text)) for text in own):
        return False
    # What drips from it, and whom the heat may kill, is another thing.
    spared = _CALM_THINGS - (_MAY_HARM if told else frozenset())
    return bool(concepts) and concepts <= spared


def _only_till(text: str) -> bool:
    return is_the_only_one(text) and bool(_PAID_AT.search(fold(text)))


def _log_odds(texts: Sequence[str], reader: Reader) -> float:
    told = "\n".join(map(_of_any_store, texts[:TOLD_LINES]))
    chance = reader.read(told).urgent
    return _odds(min(max(chance, _LEAST), 1.0 - _LEAST))


def _of_any_store(text: str) -> str:
    """The text with ANY_STORE in place of the number of the store that it names."""
    store = find_store(text)
    if store is None or not store.isdigit():
        return text
    return re.sub(
        rf"(?<![\w.,:]|\$)0*{store}(?!\w|[.,:]\d|[:%]| ?(?:min|hora|grado)|°)", ANY_STORE, text
    )


def _odds(chance: float) -> float:
    return math.log(chance / (1.0 - chance))
