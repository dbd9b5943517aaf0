"""The stores of one group, learnt from what its people are called and from what they write.

Who writes 'acá en Modelia' writes from Modelia the next time too; and a place that somebody is
called by, or that was once said to be a store, is one in small letters and in a word alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from domain.room import Remark
from domain.whereabouts import Moved
from tools.models.local.asked_where import answered_number, asks_where, said_of, says_yes, supposes
from tools.models.local.called import ROLE, called_by, group_of, has_role, numbers_of
from tools.models.local.few_stores import may_be_a_tills
from tools.models.local.here import here_by_number, in_number, opens_with
from tools.models.local.lexicon import read_words
from tools.models.local.listed import Listed, in_list, listed
from tools.models.local.moved import moved, renamed
from tools.models.local.names import CONVENTION, store_by_convention, store_of_name
from tools.models.local.own_place import HERE, HINTED, PLACED, am_in, is_elsewhere, worth_of
from tools.models.local.places import all_names, in_title_case, proper_names
from tools.models.local.roll_call import Call, called_out
from tools.models.local.shop_duties import is_of_one_shop
from tools.models.local.spelling import fold
from tools.models.local.spoken_places import (
    CAPITAL,
    Named,
    common_words,
    is_in_no_store,
    known_in,
    known_places,
    named_in,
)
from tools.models.local.stores import find_store
from tools.models.local.systems import find_system
from tools.models.local.told_store import BARE_WORDS

# So much of what somebody said of stores must be of one, and at least so much be said.
SHARE, ENOUGH = 0.6, 1.5
# Stores have a number in a group where so many people or words tell one.
NUMBERED = 2
# So many of somebody's newest calls tell one shop, or none: who calls out several is of none, and
# who moved calls out another.
CALLS_HEARD = 3
# So many messages of others may stand between the question for it and the answer.
ASKED_LATELY = 4
# An answer names its store within so many characters.
ANSWERED_BY = 30
# A word that is no known place is a store where two people are in it.
WITNESSES = ("one", "another")
SHORTEST = 4
# So far a message is read: nobody says later than that where they are, and what is pasted or
# hostile costs no worker seconds.
LONGEST_READ = 400

_UNIT = re.compile(
    r"\b(?:cajas?|pcs?|terminal\w*|datafonos?|posnets?|pos|mesas?|zona|error|version|isla|surtidor|"
    r"lado|puestos?|camaras?|llave|a|desde|hasta|las)\b[^.,;]{0,12}$"
)
_ARTICLES = ("El", "La", "Los", "Las")


@dataclass(frozen=True)
class _Told:
    """What one message tells, whoever's it is and whatever the others say: names that somebody is
    in, places, a shop that is called out, the numbers of stores."""

    named: tuple[Named, ...]
    known: tuple[str, ...]
    call: Call | None
    numbers: tuple[str, ...]
    listed: Listed


@lru_cache(maxsize=4096)
def _told(text: str, group: str) -> _Told | None:
    """What a message tells in a group of this name; None where that is nothing."""
    numbers = group_of(group).number.finditer(fold(text))
    kinds = (n["number"] for n in numbers if n["kind"] != "la")
    told = _Told(named_in(text), known_in(text), called_out(text), tuple(kinds), listed(text))
    tells = told.named or told.known or told.call or told.numbers or told.listed
    return told if tells else None


class GroupStores:
    """What the messages of a group, oldest first, tell of its stores."""

    def __init__(self, heard: Sequence[Remark], group: str = "") -> None:
        self._heard = [one if len(one.text) <= LONGEST_READ else _head(one) for one in heard]
        self._group = group_of(group)
        names = {one.person_id: one.name for one in heard}
        self._names = {person: called_by(name, group) for person, name in names.items()}
        self._people = {named.first for named in self._names.values() if named.bare}
        self._number = self._group.number
        # Of most messages nothing is told, and there are many: what one tells is remembered.
        telling = [(one, told) for one in self._heard if (told := _told(one.text, group))]
        self._listed = {fold(p): p for _, told in telling for p in told.listed.names}
        self._called = {
            person: named.place if named.settled else self._of_name(person)
            for person, named in self._names.items()
        }
        self._places: dict[str, str] = {}
        for place in (*filter(None, self._called.values()), *self._listed.values()):
            self._know(place)
        in_it: defaultdict[str, set[str]] = defaultdict(set)
        for one, told in telling:
            for named in told.named:
                in_it[named.place].update(WITNESSES if named.known else (one.person_id,))
        for place, writers in in_it.items():
            if (
                len(writers) >= len(WITNESSES)
                and set(fold(place).split()) - common_words() - self._people
            ):
                self._know(place)
        for _, told in telling:  # of a known place any word of it is enough
            for place in told.known:
                self._know(place)
        self._calls = [(one, told.call) for one, told in telling if told.call]
        for _, call in self._calls:
            self._know(call.shop)
        called = {place for place in self._called.values() if place and place.isdigit()}
        by_name = sum((place or "").isdigit() for place in self._called.values())
        by_call = [(one, c.shop) for one, c in self._calls if c.sure and c.shop.isdigit()]
        self._numbered = by_name >= NUMBERED or len(by_call) >= NUMBERED
        self._numbers = called.union(*(told.numbers for _, told in telling))
        counted = {number for _, told in telling for number in told.listed.numbers}
        if counted:
            self._numbered = True
            self._numbers.update(counted)
        if self._numbered:
            self._numbers.update(shop for _, shop in by_call)
        self._numbers.update(numbers_of(group))
        self._place = _any_of(tuple(self._places))
        for person, theirs in self._names.items():
            if not self._called[person] and not theirs.settled:
                self._called[person] = in_list(theirs.tail, self._places)

    @cached_property
    def _all(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _folded(self) -> str:
        # Of the parts, which `fold` remembers: the whole is another one at each turn.
        return "\n".join(map(fold, self._texts))

    @cached_property
    def _texts(self) -> Sequence[str]:
        return [text for text in dict.fromkeys(one.text for one in self._heard) if text.strip()]

    def called(self, person_id: str) -> str | None:
        """The store that somebody's name tells."""
        place = self._called.get(person_id)
        return self._whole(place) if place else None

    def moves(self, person_id: str) -> Sequence[tuple[datetime, Moved]]:
        """Where somebody said that they work now, and when."""
        own = (one for one in self._heard if one.person_id == person_id)
        return [(one.at, told) for one in own if (told := moved(one.text))]

    def now(self, store: str) -> str:
        """What a store is called now, after somebody said of all of them that it is another, and
        nobody spoke of it by the old one since."""
        for one in self._heard:
            told = renamed(one.text)
            if told is not None and told[0] == store:
                left, after = told[0], [r for r in self._heard if r.at > one.at]
                if not any(find_store(r.text) == left for r in after if not renamed(r.text)):
                    return told[1]
        return store

    def of(self, person_id: str) -> str | None:
        """The store that somebody writes from, by their name or by their words."""
        votes: defaultdict[str, float] = defaultdict(float)
        shown: dict[str, str] = {}
        if place := self.called(person_id):
            return place
        named = self._names.get(person_id)
        if named and has_role(named.bare) and not is_of_one_shop(named.bare):
            return None  # who helps is everywhere
        asked: list[Remark] = []
        for one in self._heard:
            if one.person_id != person_id:
                asked = [*asked[1 - ASKED_LATELY :], one]
                # Most messages do not have their name: no place need be looked for in those.
                speaks_of = named is not None and named.first in fold(one.text)
                for place, front, _ in self._spots(one.text) if speaks_of else ():
                    if named and said_of(front) == named.first:
                        votes[fold(place)] += PLACED
                        shown[fold(place)] = place
                continue
            number = None if self._numbered else in_number(one.text)
            hinted = (
                [] if number is None or may_be_a_tills(one.text, number) else [(number, HINTED)]
            )
            for place, weight in self._stated(one, asked) or hinted:
                votes[fold(place)] += weight
                shown[fold(place)] = place
            asked = []
        if shop := self._calls_out(person_id):
            votes[fold(shop)] += HERE
            shown[fold(shop)] = shop
        if not votes:
            return None
        best, weight = max(votes.items(), key=lambda vote: vote[1])
        sure = weight >= ENOUGH and weight / sum(votes.values()) >= SHARE
        return self._whole(shown[best]) if sure else None

    def said(self, text: str, person_id: str = "") -> str | None:
        """The store of the group that somebody says theirs is. A number alone says less than the
        name of who writes."""
        votes = self._stated(_unsigned(text[:LONGEST_READ]), ())
        if not votes:
            return None
        best = max(votes, key=lambda v: v[1])[0]
        own = self.called(person_id)
        if own and best.isdigit() and not self._has_kind(best, text[:LONGEST_READ]):
            return own
        return self._whole(best)

    def told(self, text: str) -> str | None:
        """The store of the group that a text names, whoever's it is."""
        theirs = {fold(place) for place in self._called.values() if place}
        found = {
            place for place, *_ in self._spots(text[:LONGEST_READ]) if fold(place) not in theirs
        }
        return self._whole(found.pop()) if len(found) == 1 else None

    def _know(self, place: str) -> None:
        folded = fold(place)
        if not place.isdigit() and (folded not in self._people or folded in all_names()):
            self._places.setdefault(folded, place)

    def _of_name(self, person: str) -> str | None:
        """The store that a name tells only in this talk."""
        named = self._names[person]
        name, tail = named.bare, named.tail
        if place := in_list(tail or name, self._listed):
            return place
        if place := self._of_own_words(person, name):
            return place
        if named.shorter:
            return in_title_case(named.rest) if self._speaks_of(named.rest) else None
        if self._speaks_of(tail):
            return in_title_case(tail)
        if len(name.split()) == 2 and f" {fold(name)}" in f" {self._folded}":
            return None  # called so in full, as nobody is by a place
        others = [n.bare for p, n in self._names.items() if p != person]
        if fold(tail) in known_places():
            sure = {store_of_name(n) for n in others if not has_role(n)} - {None}
            if sum(not s.isdigit() for s in sure if s) >= CONVENTION:
                return in_title_case(tail)
        usual = store_by_convention(name, others, (self._all,))
        if self._listed and usual and fold(usual) not in known_places():
            return None  # all stores were counted up, and so none is called
        return usual if usual and fold(usual) != named.first else None

    def _of_own_words(self, person: str, name: str) -> str | None:
        """A word of a name that its bearer opens a message with, as nobody does with their own:
        'fuentes ✅' of Tania Fuentes."""
        said = [fold(one.text) for one in self._heard if one.person_id == person]
        for word in name.split():
            own = fold(word)
            if len(own) < SHORTEST or ROLE.fullmatch(own) or own in read_words("given_names.txt"):
                continue
            if any(opens_with(own, text) for text in said) and not find_system(word):
                return in_title_case(word)
        return None

    def _speaks_of(self, place: str) -> bool:
        """Whether somebody is in it, as nobody is in a person."""
        if len(place) < SHORTEST or ROLE.fullmatch(fold(place)) or find_system(place):
            return False
        if fold(place) not in self._folded or is_in_no_store(place):
            return False
        named = re.escape(fold(place))
        at = (
            rf"\b(?:en|aca|aqui|desde)(?: (?:el|la|los))? {named}\b(?! y\b)|"
            rf"^{named} (?:ok|listo|igual|tambien|tampoco|idem|ya)\b"
        )
        return bool(re.search(at, self._folded, re.MULTILINE))

    def _spots(self, text: str) -> Iterable[tuple[str, str, str]]:
        """Each place of the group in a text, with what stands before and behind it."""
        folded = fold(text)
        for found in self._place.finditer(folded):
            place = self._places[found.group()]
            yield place, folded[: found.start()], folded[found.end() :]
        for found in self._number.finditer(folded) if self._numbered else ():
            front = folded[: found.start("number")]
            # 'La 80' may be a bus, and 'la 2' a shelf.
            one = found["kind"] != "la" or found["number"] in self._numbers
            if (one or am_in(front)) and not _UNIT.search(folded[: found.start()]):
                yield found["number"], front, folded[found.end() :]

    def _answered(self, one: Remark, asked: Sequence[Remark]) -> str | None:
        """The store that a message answers to whoever asked its writer for it just before."""
        for before in reversed(asked):
            if says_yes(one.text):
                for place, front, behind in self._spots(before.text):
                    if supposes(front, behind):
                        return place
            if not asks_where(before.text):
                continue
            if number := answered_number(one.text):
                return number
            if len(one.text.split()) <= BARE_WORDS + 4 and (
                answer := find_store(one.text, answering=True)
            ):
                return answer
            early = (spot for spot, front, _ in self._spots(one.text) if len(front) < ANSWERED_BY)
            if (first := next(early, None)) is not None:
                return first
        return None

    def _stated(self, one: Remark, asked: Sequence[Remark]) -> list[tuple[str, float]]:
        """What a message says of its writer's store, and what that is worth."""
        if answer := self._answered(one, asked):
            return [(answer, HERE)]
        number = here_by_number(one.text, few=bool(self._numbers))
        if number and not may_be_a_tills(one.text, number):
            return [(number, HERE)]
        found = [
            (place, worth)
            for place, front, behind in self._spots(one.text)
            if (worth := worth_of(place, front, behind, one.text))
        ]
        said = find_store(one.text) if not found and "?" not in one.text else None
        ours = said and (self._is_number(said, one.text) or fold(said) in self._places)
        if said and ours and not is_elsewhere(fold(one.text)):
            found.append((said, PLACED if said.isdigit() else HINTED))
        return found

    def _calls_out(self, person_id: str) -> str | None:
        """The shop that somebody calls out: the same in their newest CALLS_HEARD calls."""
        own = [
            call.shop
            for one, call in self._calls
            if one.person_id == person_id
            and (call.shop in self._numbers or (call.sure and not call.shop.isdigit()))
        ]
        lately = set(own[-CALLS_HEARD:])
        return lately.pop() if len(lately) == 1 else None

    def _has_kind(self, number: str, text: str) -> bool:
        """Whether it is said to be a store's: 'tienda 45', not 'la 45'."""
        found = self._number.finditer(fold(text))
        return any(one["number"] == number and one["kind"] != "la" for one in found)

    def _is_number(self, said: str, text: str) -> bool:
        """Whether a number that is read as a store's can be one in this group."""
        if not said.isdigit() or said in self._numbers:
            return said.isdigit()
        if may_be_a_tills(text, said):
            return False
        if not self._numbered:
            return True
        return not re.search(rf"(?<!en )(?<!de )\bla #?0*{said}\b", fold(text))

    def _whole(self, place: str) -> str:
        """A place as the group calls it in full: 'El Tesoro' of 'Tesoro'."""
        if place.isdigit():
            return place
        name = in_title_case(place)
        around = re.compile(
            rf"(?<![.!?] )(?<!^)\b(?:(?:El|La|Los|Las|{CAPITAL}) )?{re.escape(name)}\b"
            rf"(?: {CAPITAL})?",
            re.MULTILINE,
        )
        size = len(name.split())
        longer: Counter[str] = Counter()
        for found in around.findall(self._all):
            parts = found.split()
            article = len(parts) == size + 1 and parts[0] in _ARTICLES
            if len(parts) > size and (article or fold(found) in proper_names()):
                longer[found] += 1
        return longer.most_common(1)[0][0] if longer else place


@lru_cache(maxsize=256)
def _any_of(places: tuple[str, ...]) -> re.Pattern[str]:
    keys = sorted(map(re.escape, places), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(keys) or '(?!)'})(?![\w-])")


def _head(one: Remark) -> Remark:
    return one if len(one.text) <= LONGEST_READ else replace(one, text=one.text[:LONGEST_READ])


def _unsigned(text: str) -> Remark:
    return Remark("", "", "", datetime.min.replace(tzinfo=UTC), text)
