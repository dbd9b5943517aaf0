"""What is said in answer to 'which store?': a number or a name with little else."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from tools.models.local.hasty_answers import without_haste
from tools.models.local.lexicon import read_words
from tools.models.local.numbers import THOUSANDS, read_number
from tools.models.local.places import CONNECT, all_names, in_title_case, longest_name, towns
from tools.models.local.spelling import NUMERAL, fold
from tools.models.local.stated_store import stated
from tools.models.local.street_names import street
from tools.models.local.systems import find_system

_SHORT = re.compile(r"(?<![\w#-])(?:t|tda|tnda|suc|s|st)[-_.]?\s?#?0*(\d{1,4})(?![\w%:]|[.,-]\d)")
_ANSWER = re.compile(
    r"^\s*(?:(?:pues|si|sii|ah|ok|claro|hola|buen[oa]s? (?:dias|tardes|noches)|buenas|perdon|"
    r"tambien|tampoco|igual|lo mismo|la misma|jaj\w*|jej\w*|creo(?: que)?|me parece(?: que)?|"
    r"(?:ha|debe)(?: de)? ser|"
    r"disculp\w+|mira|es que|listo|oye|sale|va|dale|este|mmm+|a ver|"
    r"con (?:mucho |todo )?gusto|con todo respeto|claro que si|por supuesto|desde luego|como no|"
    r"enseguida|una disculpa|mil disculpas|le[s]? comento)[\s,.!:]+)*"
    r"(?:(?:es|seria|soy|somos|estoy|estamos|de|desde|en|aqui|aca|hablo|escribo|fue|sucede|pasa|"
    r"its?|it is|from|at|in)\s+)*(?:(?:la|el|lo|los|las|the)\s+)?(?:(?:del?|de la|que esta en|"
    r"numero|num\.?|nro\.?|no\.|n[o°º]\.?|number)\s+)*#?\s*"
)
# 'Ya lo dije, 53': what follows is the answer.
_SAID_ALREADY = re.compile(
    r"^.{0,40}?\b(?:dije|puse|escribi|comente|mencione|indique|anote|decia|avise)\b"
    r"(?: (?:antes|mas arriba|arriba|que|es|era))*[\s,.:;-]+"
)
_HOUR = re.compile(r"\b(?:a|desde|hasta|sobre|tipo|como) las \d{1,2}\b")
_TAIL = re.compile(
    r"[\s,.;:!?)(]*(?:por favor|porfa\w*|gracias|saludos|tambien|"
    r"igual|jefe|amig[oa]|si|sorry|pues|creo(?: yo)?|jaj\w*|🙏|👍)*"
    r"[\s,.;:!?🙏👍😊)(]*$"
)
# Thanks of more than a word behind the answer: '51 muchas gracias', 'la 12, gracias anticipadas'.
_THANKS = re.compile(
    r"[\s,.;:!()-]+(?:y )?(?:(?:much(?:as|isimas)|mil|miles de|desde ya|de antemano|infinitas) "
    r"gracias|gracias(?: (?:anticipadas|de antemano|totales|mil|de nuevo|por \w+(?: \w+){0,2}))?|"
    r"por favorcito|se l[oe]s? agradezco(?: mucho)?|(?:les?|te) agradezco(?: mucho)?|"
    r"(?:muy )?agradecid[oa]s?|mil (?:disculpas|perdones)|(?:muy )?amables?|saludos|bendiciones|"
    r"si (?:es|son|sois) tan amables?|quedo (?:atent[oa]|(?:al )?pendiente)|a la espera|"
    r"disculp\w+(?: (?:la (?:demora|tardanza)|l[ao]s? molestias?))?)\W*$"
)
# So many such phrases follow one another, and so long a text may be an answer.
_MOST_THANKS, _LONGEST = 3, 160
COUNTED = re.compile(
    r"^\s*(?:clientes?|personas|gentes?|cajas|veces|horas?|hrs?|minutos|mins?|dias?|semanas|meses|"
    r"equipos|impresoras|terminales|computadoras|cajer[oa]s|companer[oa]s|pesos|soles|euros|%|"
    rf"{THOUSANDS}|"
    r"am\b|pm\b|a\.? ?m|p\.? ?m|y media|piezas|productos|ventas|pedidos|empleados|anos|articulos|"
    r"kilos?|litros|metros|pisos|de las|pantallas|lectores|tiendas|sucursales|[.,]\d|:\d|/\d)"
)


# '16 de queso' counts what is ordered; '45 de aquí' and '12 de la plaza' say whose number it is.
_COUNTS_GOODS = re.compile(r"\d{1,4} de (?P<of>[a-z]+)\b")
_GOODS = frozenset(
    {"suadero", "chorizo", "agua", "maciza", "mechada", "guisado", "tamarindo", "picadillo"}
)
_NO_GOODS_TEXT = (
    "aqui aca ahi alla tienda sucursal local zona region plaza mall esta este esa ese mi nuestra "
    "nuestro nuevo antes siempre sur norte verdad hecho arriba abajo ayer hoy manana todos "
    "todas ustedes enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre "
    "noviembre diciembre"
)
_NO_GOODS = frozenset(_NO_GOODS_TEXT.split())


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return read_words("not_answers.txt")


@lru_cache(maxsize=1)
def _spoken() -> frozenset[str]:
    return read_words("spoken_words.txt")


# 'Graciassss', 'entréeee': nobody draws out the name of a store.
_DRAWN_OUT = re.compile(rf"(?!{NUMERAL}$).*?([a-z])\1\1")
# Forms of verbs, which no list is long enough for.
_PASTS = frozenset(
    {"busque", "cerro", "comenzo", "confirme", "enchufo", "logre", "logro", "mejoro", "probo"}
    | {"quito", "paso", "tome", "tranco"}
)
_PAST_END = re.compile(r"(?:é[eé]*|ó[oó]*)$")
_VERB = re.compile(
    r"\w+(?:[aei]ndonos|[aei]ndolo|ando|iendo|yendo|ado|ada|ido|aron|ieron|amos|emos|imos|aste|"
    r"iste|aba|eme|ame|\w[aei]te)"
)


# What stands beside the answer of who has given it before: '104 ya te dije', 'lean arriba: Breña'.
_BESIDE_TEXT = (
    "ya te se les le lo la el los las dije dijimos dicho puse pusimos escribi avise comente "
    "mencione indique conteste respondi habia hemos otra vez de del nuevo como siempre misma "
    "mismo es somos soy estoy estamos arriba lean leer lee leyeron repito repetimos que en "
    "aca aqui por pues po pe oigan oiga oye porfa favor anote anoten apunte apunten mi "
    "nuestra tienda sucursal local suc tda sede farmacia numero nombre ustedes usted gracias "
    "ok hola buenas mensaje anterior antes "
)
_BESIDE = frozenset(_BESIDE_TEXT.split())
# Without one of the others these say nothing of a place: 'ya normal', 'ok listo'.
_SAY_NOTHING_TEXT = "ya te se les le lo la el los las es por pues po pe ok que gracias"
_SAY_NOTHING = frozenset(_SAY_NOTHING_TEXT.split())
_WORDS = re.compile(r"[^\W_]+")
# What a number of one digit, which may count anything, must stand behind.
_OF_A_STORE = frozenset({"la", "el", "tienda", "sucursal", "local", "suc", "tda", "numero"})
# What a number behind these counts: 'como 20'.
_COUNTS = frozenset({"como", "por", "las", "los"})
MOST_BESIDE = 9
# Shorter words are others with a letter more or less.
LEAST_MISSPELLED = 5
# Where a word in capitals behind it is what somebody is in, though the word means something too.
_IN = re.compile(r"\b(?:en|desde|la de|el de|de la|del)(?: (?:la|el))? $")


def answered(text: str, *, known_question: bool) -> str | None:
    """The store that a text says with little else, normalised.

    With `known_question` the store was asked for, so that any name counts, also beside words that
    only say that it was said before, and what a sentence states.
    """
    found = _answered(text, known_question=known_question)
    if found or not known_question:
        return found
    return _said_again(text) or _pointed_to(text) or stated(text) or _in_haste(text)


def _in_haste(text: str) -> str | None:
    """The number in front of pleas and of how long it lasts: '45, urge, llevamos 2 horas'."""
    bare = without_haste(text)
    found = _answered(bare, known_question=True) if bare != text else None
    return found if found and found.isdigit() else None


def _said_again(text: str) -> str | None:
    """The number or the name beside words of who has said it before."""
    words = list(_WORDS.finditer(text))
    rest = [n for n, word in enumerate(words) if not _stands_beside(fold(word.group()))]
    if not rest or len(rest) == len(words) or len(words) > MOST_BESIDE:
        return None
    first, last = words[rest[0]], words[rest[-1]]
    whole = rest[-1] - rest[0] + 1 == len(rest)
    if not whole or "?" in text[last.end() :] or _HOUR.search(fold(text)):
        return None
    said = text[first.start() : last.end()]
    if said.isdigit():
        before = fold(words[rest[0] - 1].group()) if rest[0] else ""
        number = int(said)
        meant = before not in _COUNTS and (number > 9 or before in _OF_A_STORE)
        return str(number) if meant and number <= 9999 else None
    if all(fold(w.group()) in _SAY_NOTHING for n, w in enumerate(words) if n not in rest):
        return None
    if not said[:1].isupper() and not longest_name(said, all_names()):
        return None  # 'otra vez trabadita'
    sure = bool(_IN.search(fold(text[: first.start()]))) and not text.isupper()
    return _named(said, sure=sure)


def _stands_beside(word: str) -> bool:
    """Whether a word, be it misspelled, only says that it was said before."""
    if word in _BESIDE or len(word) < LEAST_MISSPELLED or word in all_names():
        return word in _BESIDE
    near = (one for one in _BESIDE if len(one) >= LEAST_MISSPELLED and one[0] == word[0])
    return word not in _spoken() and any(OSA.distance(word, one) <= 1 for one in near)


# 'Con gusto: Ruzafa', 'lo puse más arriba: 20': what stands behind it is the answer.
_POINTS_TO = re.compile(r"^[^:\d?]{3,40}:\s+(?P<said>[^:?]+)$")
# What people count or read off stands behind such words, and no store.
_COUNTED_BEFORE = re.compile(
    r"\b(?:falta\w*|qued\w*|hay|tenemos|tengo|errore?s?|codigos?|claves?|dice|marca|sale|aparece|"
    r"muestra|piso|pasillo|mesa|total|precio|folio|ticket|turno|horas?|cantidad|llegaron|son|"
    r"version|serie|modelo|empleado|nomina|usuario|temperatura|grados|extension|ext)\b"
)


def _pointed_to(text: str) -> str | None:
    """What a text says behind a colon, where what stands before names nothing else."""
    pointed = _POINTS_TO.match(text)
    if pointed is None:
        return None
    front = text[: pointed.start("said")]
    if find_system(front) or _COUNTED_BEFORE.search(fold(front)):
        return None
    found = _answered(pointed["said"], known_question=True)
    # 'Te cuento: Juan' names anybody.
    known = found is not None and (found.isdigit() or longest_name(found, all_names()))
    return found if known else None


# A place that is called by what it is: 'Plaza Cristal', 'mall plaza oeste'; and what a store is
# called behind its noun: 'suc. del valle'.
_KIND_OF_PLACE = re.compile(
    r"(?:cc|c\.c\.|centro comercial|plaza|mall|parque|paseo|galerias|mercado|portal|portales|"
    r"outlet|alameda|calzada) (?=[^\W\d_])"
)
_STORE_CALLED = re.compile(r"(?:tienda|suc\.?|sucursal|tda\.?|sede) (?=[^\W\d_])")
# 'A12', 'MX0231': what a chain calls its stores by. 'E51' is an error.
_CODE = re.compile(r"(?!e-?\d)(?P<letters>[a-z]{1,4})-?\d{2,5}")


def _called_by_kind(bare: str) -> str | None:
    """A whole name that tells what kind of place it is, or that stands behind the store's noun."""
    folded = fold(bare)
    behind = _STORE_CALLED.match(folded)
    if called := street(bare[behind.end() :] if behind else bare):
        return called
    if behind:
        return _named(bare[behind.end() :])
    kind = _KIND_OF_PLACE.match(folded)
    if kind is None or not re.fullmatch(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+){1,4}", bare):
        return None
    words = [w for w in folded[kind.end() :].split() if w not in CONNECT]
    said = _not_names() | _spoken()
    if not 1 <= len(words) <= 3 or any(w in said or _VERB.fullmatch(w) for w in words):
        return None
    return in_title_case(bare)


def _answered(text: str, *, known_question: bool) -> str | None:
    text = _without_thanks(re.sub(r"[^\w).]+$", "", text))  # and signs and pictures behind it
    folded = fold(text)
    if known_question and (again := _SAID_ALREADY.match(folded)):
        return _answered(text[again.end() :], known_question=True)
    if _HOUR.search(folded):
        return None
    lead = _ANSWER.match(folded)
    start = lead.end() if lead else 0
    bare = text[start:]
    tail = _TAIL.search(fold(bare))
    bare = (bare[: tail.start()] if tail else bare).strip(" \"'“”*")
    if re.match(r"-\s?\d", bare):
        return None  # so cold is it there
    if _counts_goods(fold(bare)) and not re.search(r"\b[lLeE][aAlL] $", text[:start]):
        return None
    bare = bare.strip("- ")
    code = _CODE.fullmatch(fold(bare)) if known_question else None
    if code and not (_SHORT.fullmatch(fold(bare)) or find_system(code["letters"]) or stated(bare)):
        return bare.upper()
    number = read_number(bare)
    if number is not None and re.search(r"\b[lL][oa]s $", text[:start]):
        return None  # so many of them
    if number is None:
        led = re.match(r"0*(\d{1,4})(?=\s*(?:[,.(-]|$)\s*[a-z(]|\s+(?:de|del|en) )", fold(bare))
        number = int(led.group(1)) if led and not COUNTED.match(fold(bare)[led.end() :]) else None
    if number is None and (led := re.match(r"0*(\d{1,4}) (?=[a-z])", fold(bare))):
        name = bare[led.end() :]  # '15 polanco'
        number = int(led.group(1)) if longest_name(name, all_names()) == name else None
    if number is not None:
        return str(number) if number <= 9999 else None
    short = _SHORT.fullmatch(fold(bare))
    if short:
        return str(int(short.group(1)))
    if not known_question:
        known = longest_name(bare, all_names())
        return in_title_case(known) if known and len(known) == len(bare) else None
    article = re.search(r"\b(?:La|El|Las|Los|San|Santa) $", text[:start])
    if article and bare[:1].isupper() and not longest_name(bare, all_names()):
        return _named(article.group() + bare, sure=True)
    return _called_by_kind(bare) or _named(bare)


def _counts_goods(folded: str) -> bool:
    """Whether a number counts what somebody orders: '16 de queso'."""
    counted = _COUNTS_GOODS.match(folded)
    word = counted["of"] if counted else ""
    if not word or word in all_names() or word in towns() or word in CONNECT | _NO_GOODS:
        return False
    return word in _GOODS or word in _spoken()


def _without_thanks(text: str) -> str:
    for _ in range(_MOST_THANKS if len(text) <= _LONGEST else 0):
        thanks = _THANKS.search(fold(text))
        if thanks is None:
            break
        text = text[: thanks.start()]
    return text


def _named(bare: str, *, sure: bool = False) -> str | None:
    """A short answer that can only be a name.

    Where that is `sure` by what stands before it a word with a meaning is one too, if it has a
    capital.
    """
    known = longest_name(bare, all_names())
    if known:
        return in_title_case(known)
    tokens = bare.split()
    if len(tokens) == 1 and _is_past(bare) and fold(bare) not in towns():
        return None
    if not 1 <= len(tokens) <= 4 or not re.fullmatch(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*\.?", bare):
        return None
    names = [t for t in tokens if fold(t) not in CONNECT]
    if not names or any(fold(t.strip(".")) in _not_names() for t in tokens if t in names):
        return None
    if find_system(bare) or any(len(fold(t)) < 3 for t in names):
        return None
    capital = all(t[:1].isupper() for t in names)
    sure = sure and capital
    if not sure and all(fold(t.strip(".")) in _spoken() or _VERB.fullmatch(fold(t)) for t in names):
        return None
    if any(OSA.distance(fold(t), "gracias") <= 2 or _DRAWN_OUT.match(fold(t)) for t in names):
        return None
    return in_title_case(bare) if capital or len(tokens) == 1 else None


def _is_past(word: str) -> bool:
    """Whether a word says what happened: 'Creció', 'reinicié', 'Entréeee', not 'Canindé'."""
    ending = _PAST_END.search(word)
    if ending is None:
        return fold(word) == "paso"  # as 'El Paso' is not
    short = word[: ending.start() + 1]
    plain = word[:1].islower() or fold(short) in _spoken() or fold(short) in _PASTS
    return plain or short.endswith(("ió", "ié"))
