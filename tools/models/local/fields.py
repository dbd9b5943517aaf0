"""Gathers the fields of an incident from its conversation: first said, newest correction wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.hearing import heard
from domain.reading import Line, ModelCall
from domain.sayings.retraction import calls_off, takes_back
from tools.models.local.answers_for_several import store_beside, stores_in
from tools.models.local.corrected_things import names_anew, without_what_works
from tools.models.local.errors import find_screen_error
from tools.models.local.failing import PIECES, Plainly, failing_thing
from tools.models.local.few_stores import may_be_a_tills
from tools.models.local.here import says_here
from tools.models.local.lexicon import read_words
from tools.models.local.lone_numbers import answers_a_person, is_of_no_store
from tools.models.local.moved import moved, own_store
from tools.models.local.named_here import here_by_name, is_described, named_again
from tools.models.local.own_words import problem_told, thing_told
from tools.models.local.places import all_names
from tools.models.local.problem import (
    find_problem,
    free_problem,
)
from tools.models.local.refusals import is_refusal
from tools.models.local.spelling import NUMERAL, fold
from tools.models.local.spoken_places import known_places
from tools.models.local.stores import corrected_part, find_store
from tools.models.local.systems import find_screen_system, find_system
from tools.models.local.told_errors import error_of
from tools.models.local.told_store import (
    BARE_WORDS,
    answers_another,
    asks_store,
    confirmed_store,
    is_somebody,
    names_store,
    store_for_another,
    told_instead,
    without_names,
)
from tools.models.local.told_things import tells_what_it_is

_ASKS_STORE = re.compile(r"\b(?:tienda|sucursal|local|sede)\b")
_ASKS_SYSTEM = re.compile(r"\b(?:sistema|equipo|dispositivo|aparato)\b")
_ASKS_PROBLEM = re.compile(
    r"\b(?:que (?:ocurre|sucede|pasa|falla|problema)|describ\w+|cual es el problema|problema)\b"
)
_THING = re.compile(
    r"^(?:(?:es|son|con|seria|se trata de|pues|si|ah|de|del)[\s,]+)*(?:la|el|las|los|"
    r"una?|al|mi)?\s*"
    r"((?:[^\W\d_]+\s?(?:de |del |para )?){1,3})$"
)
_AFFECTED = re.compile(
    r"\ba ((?:mi |la |el |nuestr[oa] )(?:compa[nñ]er[oa]|cajer[oa]|gerente|encargad[oa]|client[ea])"
    r"(?: [A-ZÁÉÍÓÚÑ]\w+)?)"
)
# 'SE ACABARON LAS BOLSAAAAS', not 'Juan Pablo III'.
_DRAWN_OUT = re.compile(rf"\b{NUMERAL}\b|([aeiouáéíóú])\1{{2,}}", re.IGNORECASE)


# A name and nothing more: 'Cafetal', 'Juan Pablo III.'.
_NAME = re.compile(r"\s*[A-ZÁÉÍÓÚÑ][^\W\d_]+(?: (?:de |del |la )*[A-ZÁÉÍÓÚÑ][^\W\d_]+){0,2}[\s.]*")


@dataclass
class Found:
    """What the lines said so far; None where nothing did."""

    problem: str | None = None
    system: str | None = None
    store: str | None = None
    error: str | None = None
    affected: str | None = None
    refused: bool = False
    # How plainly the system was said to fail, and whether others than the reporter said the store.
    plainly: Plainly | None = None
    store_of_others: bool = False
    # Whether the number of the store may be that of a till.
    store_unsure: bool = False


def staff_lines(call: ModelCall) -> list[Line]:
    """What people of the stores wrote, oldest first, as far as it is heard."""
    return [_short(line) for line in call.conversation if _says(line)]


def new_lines(call: ModelCall) -> list[Line]:
    """The staff lines that nobody has read yet."""
    fresh = call.conversation[len(call.conversation) - call.new :] if call.new else ()
    return [_short(line) for line in fresh if _says(line)]


def _says(line: Line) -> bool:
    return line.who == "staff" and bool(line.text.strip())


def _short(line: Line) -> Line:
    text = _DRAWN_OUT.sub(lambda drawn: drawn[1] or drawn[0], heard(line.text))
    return replace(line, text=text)


def is_retracted(lines: Sequence[Line]) -> bool:
    """Whether the writers took it back, for whatever reason, in one of these lines."""
    return any(takes_back(one.text) for one in lines)


def is_called_off(text: str) -> bool:
    """Whether a text says that nothing was the matter: 'falsa alarma, estaba desconectado'."""
    return calls_off(text)


def gather(call: ModelCall) -> Found:
    """Read every staff line in order; bare answers count only where a question was asked."""
    found = Found()
    fresh = {line.id for line in new_lines(call)}
    reporter = next((line.name for line in call.conversation if _says(line)), "")
    at_home = bool(call.where or call.known.get("store"))
    people = _first_names(call)
    home = call.where or ""
    asked: frozenset[str] = frozenset()
    answered, question = False, ""
    for line, before in zip(call.conversation, (None, *call.conversation), strict=False):
        if line.who == "bot":
            asked = _asked_by(line.text) or asked
        elif line.who == "support":
            question = _short(line).text
        if not _says(line):
            continue
        own = line.name == reporter
        answered = answered or not own
        pending = asked | ({call.pending} if call.pending and line.id in fresh else frozenset())
        said = _short(line).text
        known = at_home and "store" not in pending
        lone = known and (is_of_no_store(said, before) or answers_a_person(said, before, line.name))
        if (own or not known) and not lone:
            _read_store(
                found,
                said,
                pending,
                own=own,
                asked_by=question,
                people=people,
                home=home,
                name=line.name,
                opens=own and not answered,
            )
        question = "" if own else said
        _read_line(found, said, pending, own=own, opens=own and not answered)
        if line.id in fresh and call.pending and is_refusal(line.text):
            found.refused = True
    _read_images(found, call.images)
    found.error = error_of(staff_lines(call), call.images)
    if not found.system or found.plainly is Plainly.HINTED:
        found.system = _named_by_others(call) or found.system
    if not found.problem:
        told = problem_told([line.text for line in staff_lines(call)])
        found.problem = told or _shown_problem(call.images)
    if not found.system:
        said_by_them = [line.text for line in staff_lines(call) if line.name == reporter]
        found.system = thing_told(said_by_them)
    if call.pending and getattr(found, call.pending, None):
        found.refused = False
    return found


def _first_names(call: ModelCall) -> frozenset[str]:
    names = (fold(line.name).split() for line in call.conversation if line.who == "staff")
    return frozenset(name[0] for name in names if name) - all_names()


def _is_place(store: str) -> bool:
    return store[:1].isdigit() or fold(store) in known_places()


def _whole(store: str, home: str) -> str:
    """The name that is known where a part of it was said: 'acá en Bosa' of 'Bosa Centro'."""
    part = not store.isdigit() and f" {fold(store)} " in f" {fold(home)} "
    return home if part else store


def _read_store(
    found: Found,
    text: str,
    pending: frozenset[str],
    *,
    own: bool,
    asked_by: str = "",
    people: frozenset[str] = frozenset(),
    home: str = "",
    name: str = "",
    opens: bool = False,
) -> None:
    """The first store said; the reporter's own word overrules what others said of it.

    `asked_by` is what another said just before: a question of theirs is answered as ours is.
    """
    refusal = is_refusal(text)
    meant = own and asks_store(asked_by) and len(text.split()) <= BARE_WORDS
    answering = ("store" in pending or meant) and not refusal
    if not own and "?" in text:
        store = None  # what they offer is believed of who says yes
    elif own or answering:
        store = find_store(text, answering=answering)
        if answering and (several := stores_in(text)):
            store = several
        elif not store and answering:
            alone = without_names(text, people)
            store = store_beside(text) or find_store(alone, answering=True)
        # Who was asked something else by a person answers that; a number, a known place and a
        # name alone answer us, whatever was exclaimed in between.
        aside = not own or ("?" in asked_by and not asks_store(asked_by))
        strange = store and not _is_place(store) and not _NAME.fullmatch(text)
        if own and answers_another(asked_by, text):
            store = find_store(text) if names_store(text) else None
        elif aside and strange:
            store = find_store(text)
        # To whose store is known a 'yes' says something else.
        unknown = own and not found.store and not home
        if refusal or answers_another(asked_by, text):
            pass
        elif unknown and not (store or answering):
            store = told_instead(text) or here_by_name(text)
        elif own and home and not found.store:
            # What was known may not be true any more; what is told later may be of another place.
            store = own_store(text) or (store if opens or says_here(text) else None)
        if own and (told := moved(text)):
            store = told.store  # 'ya no soy de la 18' names none of theirs
        if unknown and not store:
            store = confirmed_store(asked_by, text) or named_again(asked_by, text)
    else:
        store = store_for_another(text)
    if not store or is_somebody(store, text, people) or is_described(store, text):
        return
    if home and store != home and not answering and may_be_a_tills(text, store):
        return  # 'la impresora de la 2'
    store = _whole(store, home)
    if own and home.isdigit() and f" {fold(store)} " in f" {fold(name)} ":
        store = home  # 'acá en Comas' of 'Local 7 Comas'
    corrects = corrected_part(text) is not None or ("store" in pending and _is_bare(text))
    if not found.store or corrects or (own and (found.store_of_others or found.store_unsure)):
        found.store, found.store_of_others = store, not own
        found.store_unsure = may_be_a_tills(text, store)


def _read_line(found: Found, text: str, pending: frozenset[str], *, own: bool, opens: bool) -> None:
    correction = corrected_part(text)
    refusal = is_refusal(text)
    problem = None if refusal else find_problem(text)
    # Who helps speaks of cables, keys and menus: their words name what is affected only where
    # they tell what is wrong with it, or somebody has asked for it.
    if own or correction or problem is not None or "system" in pending:
        _read_system(found, text, correction, pending, own=own, opens=opens)
    if not problem and "problem" in pending and not refusal and not found.problem:
        problem = free_problem(text)
    if problem and not found.problem:
        found.problem = problem
    affected = _AFFECTED.search(text)
    if affected and not found.affected:
        found.affected = affected.group(1)


def _read_system(
    found: Found,
    text: str,
    correction: str | None,
    pending: frozenset[str],
    *,
    own: bool,
    opens: bool,
) -> None:
    """The first thing named; while its reporter tells it, the one that fails most plainly."""
    # 'No, el gel no' of who helps corrects no name of what fails.
    if correction is not None:
        # 'No, la luz está bien' answers who helps, and names nothing that fails.
        correction = without_what_works(correction, text)
        if not correction:
            return
    corrects = correction and (own or "system" in pending) and names_anew(correction, text)
    system = find_system(correction) if correction and corrects else None
    if system:
        found.system, found.plainly = system, Plainly.NAMED
        return
    failing = failing_thing(text)
    if failing is not None:
        weak = found.plainly is Plainly.HINTED
        better = opens and found.plainly is not None and failing.plainly > found.plainly
        better = better and failing.word not in PIECES
        bare = "system" in pending and len(text.split()) <= 6
        if not found.system or better or weak or bare:
            found.system, found.plainly = failing.word, failing.plainly
    elif "system" in pending and not found.system and not is_refusal(text):
        found.system = _thing(text)


def _named_by_others(call: ModelCall) -> str | None:
    """The first thing that those who help name plainly, where its reporter named none."""
    lines = staff_lines(call)
    own = lines[0].name if lines else ""
    # What they ask about, and what they tell to take instead, is not what fails.
    telling = (one for one in lines if one.name == own or tells_what_it_is(one.text))
    named = (failing_thing(line.text) for line in telling)
    return next((one.word for one in named if one and one.plainly >= Plainly.NAMED), None)


def _thing(text: str) -> str | None:
    """A short answer that names a thing the lexicon does not know; None when it may be no name."""
    named = _THING.match(fold(text.strip(" .,!¡¿?🙏👍")))
    if not named or find_store(text) or find_problem(text):
        return None
    tokens = named.group(1).split()
    refused = read_words("not_answers.txt") | read_words("empty_words.txt")
    if any(token in refused for token in tokens if token not in {"de", "del", "para"}):
        return None
    start = named.start(1)
    return text.strip(" .,!¡¿?🙏👍")[start : named.end(1)].strip().lower()


def _is_bare(text: str) -> bool:
    return len(text.split()) <= 8


def _read_images(found: Found, images: Sequence[str]) -> None:
    for text in images:
        if not found.system:
            found.system = find_screen_system(text)


def _shown_problem(images: Sequence[str]) -> str | None:
    """The line of a screen that tells what happens, where nobody has said a word of it."""
    for text in images:
        shown = find_screen_error(text)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if shown:
            return next((line for line in lines if shown in line), shown)[:120]
    return None


def _asked_by(text: str) -> frozenset[str]:
    folded = fold(text)
    if "?" not in text and not re.search(r"\b(?:indi\w+|confirm\w+|falta\w*|necesit\w+)\b", folded):
        return frozenset()
    patterns = {"store": _ASKS_STORE, "system": _ASKS_SYSTEM, "problem": _ASKS_PROBLEM}
    return frozenset(name for name, pattern in patterns.items() if pattern.search(folded))
