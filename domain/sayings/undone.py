"""When words say that what was reported not to happen happens now, or the other way round. Pure.

'No baja la cortina' and 'ya baja la cortina', 'gotea el techo' and 'ya no gotea': no list of verbs
is needed where the report has said the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.sayings.mended import LONGEST_READ, fails_behind
from domain.wording import laughs, plain, words_of

_CLITICS = r"(?:(?:me|nos|se|te|le|les|lo|la|los|las|si|bien) )*"
_HELPS = r"(?:(?:quiere|quieren|deja|dejan|puede|pueden|logra|termina|acaba) (?:de )?)?"
_NOW = re.compile(rf"\bya (?!no\b|que\b){_CLITICS}([a-z]{{3,}})")
_NO_MORE = re.compile(rf"\bya no (?:esta (?=\w+ndo\b))?{_CLITICS}([a-z]{{3,}})")
_NOT = re.compile(rf"\b(?:no|ni|sin|tampoco|nada) (?:esta (?=\w+ndo\b))?{_CLITICS}{_HELPS}"
                  r"([a-z]{3,})")  # fmt: skip
_WORD = re.compile(r"[a-z]{3,}")
# What fails by happening: 'ya no prende' is no repair of 'prende y apaga'.
_BAD_THING = re.compile(
    r"(?:gote|chorre|escurr|bot|tir|pit|suen|son|huel|parpade|rechaz|tard|trab|colg|cuelg|congel|"
    r"cae|cai|falla|fallo|sal|aparec|marc|vibr|calient|calent|brinc|desconect|atasc|ator)\w*"
)
_ENDING = re.compile(
    r"(?:aron|ieron|eron|ando|iendo|amos|emos|imos|aban?|ian?|io|an|en|ar|er|ir|o|a|e|i)$"
)
_HEAD = 3
# Of such verbs anything may be said.
_EMPTY_STEMS = (
    "est hab hay ten tien hac hag pued pod quier dej deb qued dij dic sab veng vin vien voy pas"
    " lleg report avis mand ped pid vea ver son era fue ser iba"
)
_EMPTY = frozenset(_EMPTY_STEMS.split())
# These any thing does that works.
_WORKS = frozenset({"sirv", "funcion", "jal", "and", "prend", "encend", "respond", "va", "camin"})

# 'Ya cobré con la otra terminal': another thing does it, and this one does not.
_OTHER = re.compile(r"\botr[oa]s?\b(?! vez)")
# What may stand beside it that the report has not said.
_POLITE = re.compile(
    r"(?:gracias|muchas|mil|bien|normal\w*|todo|tod[oa]s|perfect\w+|excelente|ahora|ahorita|aqui|"
    r"otra|nuevo|nueva|sol[oa]s?|chic[oa]s|amig[oa]s|equipo|saludos|list[oa]|super|por|fin|"
    r"vecin[oa]s?|compa\w*|jefe|inge\w*|sin|problemas?|correctamente|rapido|como|antes|mucho|mejor|"
    r"para|avisar|apoyo|ayuda|muy|amables?)"
)


def undoes(text: str, reported: Iterable[str]) -> bool:
    """Whether a text says that one of the things `reported` not to happen happens now, and nothing
    else; or that what happened, and should not, does so no more."""
    words = plain(text[:LONGEST_READ])
    if laughs(text) or "?" in text or _OTHER.search(words):
        return False
    now = {_stem(m[1]): m.end() for m in _NOW.finditer(words)}
    gone = {_stem(m[1]): m.end() for m in _NO_MORE.finditer(words) if _BAD_THING.match(m[1])}
    if not now and not gone:
        return False
    for one in map(plain, reported):
        denied = set(map(_stem, _NOT.findall(one)))
        said = set(map(_stem, _WORD.findall(one))) - denied
        ends = [end for stem, end in now.items() if stem in denied]
        ends += [end for stem, end in gone.items() if stem in said]
        if any(_says_no_more(words[end:], one) for end in ends):
            return True
    return False


def denied_verbs(text: str) -> frozenset[str]:
    """The stems of what a text says not to happen, but for what any thing does that works."""
    stems = map(_stem, _NOT.findall(plain(text[:LONGEST_READ])))
    return frozenset(stem for stem in stems if not stem.endswith(".")) - _WORKS


def _says_no_more(rest: str, reported: str) -> bool:
    """Whether what stands behind the verb names what was reported, and tells nothing new."""
    if fails_behind(rest):
        return False
    known = words_of(reported)
    new = (word for word in words_of(rest) if not _POLITE.match(word))
    return all(any(word[:4] == one[:4] for one in known) for word in new)


def _stem(word: str) -> str:
    """A verb without its ending, and without what its stem does when it is stressed."""
    bare = _ENDING.sub("", word).replace("ie", "e").replace("ue", "o")
    return bare if len(bare) >= _HEAD and bare not in _EMPTY else f"{word}."
