"""What a run over labelled chats is worth: the figures that `recado eval group` prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.group.chat import GoldIncident, LabelledChat
from evals.group.measures import (
    Tally,
    adjusted_rand,
    detected,
    exact,
    linked,
    one_to_one,
    overlap,
    pairs_under_one,
    variation,
)
from evals.group.run import SaidIncident
from tools.models.local.spelling import fold
from tools.models.local.systems import same_system

FIELDS = ("store", "system", "category", "error")


@dataclass
class Score:
    """Counts over several chats."""

    incident: Tally = field(default_factory=Tally)
    exact: Tally = field(default_factory=Tally)
    link: Tally = field(default_factory=Tally)
    exact_of_all: Tally = field(default_factory=Tally)
    link_of_all: Tally = field(default_factory=Tally)
    outage: Tally = field(default_factory=Tally)
    urgent: Tally = field(default_factory=Tally)
    priority: Tally = field(default_factory=Tally)
    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    confusion: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    gold: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def take(
        self,
        chat: LabelledChat,
        said: Sequence[str | None],
        incidents: Mapping[str, SaidIncident],
    ) -> None:
        """Add one chat."""
        gold = [message.gold.incident for message in chat.messages]
        self.incident.add(*detected(gold, said))
        # A conversation is measured over the messages that have an incident (the contract): what
        # chatter does to it shows in `detected`, and in the stricter figures over all messages.
        own = [i for i, true in enumerate(gold) if true is not None]
        own_gold, own_said = [gold[i] for i in own], [said[i] for i in own]
        self.exact.add(*exact(own_gold, own_said))
        self.link.add(*linked(own_gold, own_said))
        self.exact_of_all.add(*exact(gold, said))
        self.link_of_all.add(*linked(gold, said))
        # One that was missed stands alone.
        for position, (true, found) in enumerate(zip(gold, said, strict=True)):
            if true is not None:
                self.gold.append(f"{chat.source}/{true}")
                self.said.append(f"{chat.source}/{found or position}")
        pairs = match(gold, said)
        self._take_incidents(chat, pairs, incidents)
        self._take_outages(chat, pairs, incidents)
        for message, found in zip(chat.messages, said, strict=True):
            self.confusion[message.gold.kind][_outcome(message.gold.incident, found, pairs)] += 1

    def _take_incidents(
        self, chat: LabelledChat, pairs: Mapping[str, str], incidents: Mapping[str, SaidIncident]
    ) -> None:
        for name, true in _used(chat).items():
            found = incidents.get(pairs.get(name, ""))
            for key, tally in self.fields.items():
                tally.add(*_field(key, getattr(true, key), getattr(found, key, None)))
            if true.priority is not None:
                right = found is not None and (found.priority or "normal") == true.priority
                self.priority.add(right, 1, 1)
        urgent = {n for n, i in _used(chat).items() if i.priority == "urgent"}
        claimed = {i for i, one in incidents.items() if one.priority == "urgent"}
        right_ones = sum(pairs.get(name) in claimed for name in urgent)
        self.urgent.add(right_ones, len(claimed), len(urgent))

    def _take_outages(
        self, chat: LabelledChat, pairs: Mapping[str, str], incidents: Mapping[str, SaidIncident]
    ) -> None:
        back = {found: true for true, found in pairs.items()}
        families: dict[str, list[str]] = defaultdict(list)
        for name in _used(chat):
            families[chat.family(name)].append(name)
        claimed: dict[str, list[str]] = defaultdict(list)
        for one in incidents.values():
            claimed[one.parent or one.id].append(back.get(one.id, f"none:{one.id}"))
        true, found = pairs_under_one(families.values()), pairs_under_one(claimed.values())
        self.outage.add(len(true & found), len(found), len(true))

    def figures(self) -> dict[str, Any]:
        """The figures by name."""
        right = sum(tally.right for tally in self.fields.values())
        asked = sum(tally.true for tally in self.fields.values())
        return {
            "incident": _prf(self.incident),
            "assignment": {
                "exact_f": round(self.exact.f1, 4),
                "link_f": round(self.link.f1, 4),
                "exact_f_of_all": round(self.exact_of_all.f1, 4),
                "link_f_of_all": round(self.link_of_all.f1, 4),
                "one_to_one": round(one_to_one(self.gold, self.said), 4),
                "vi": round(variation(self.gold, self.said), 4),
                "ari": round(adjusted_rand(self.gold, self.said), 4),
            },
            "outage": _prf(self.outage),
            "priority": {
                "accuracy": round(self.priority.recall, 4),
                "urgent_recall": round(self.urgent.recall, 4),
                "urgent_precision": round(self.urgent.precision, 4),
            },
            "fields": {
                "accuracy": round(right / asked, 4) if asked else 1.0,
                **{name: round(tally.recall, 4) for name, tally in self.fields.items()},
            },
        }


def match(gold: Sequence[str | None], said: Sequence[str | None]) -> dict[str, str]:
    """Which said incident stands for which true one: those with the most messages in common."""
    both = [(g, s) for g, s in zip(gold, said, strict=True) if g is not None and s is not None]
    found = overlap([g for g, _ in both], [s for _, s in both])
    return {str(true): str(one) for true, one in found.items()}


def _used(chat: LabelledChat) -> dict[str, GoldIncident]:
    """The incidents that some message belongs to."""
    spoken = {message.gold.incident for message in chat.messages}
    return {name: one for name, one in chat.incidents.items() if name in spoken}


def _outcome(true: str | None, found: str | None, pairs: Mapping[str, str]) -> str:
    if true is None:
        return "none" if found is None else "false alarm"
    if found is None:
        return "missed"
    return "right" if pairs.get(true) == found else "other incident"


def _field(name: str, true: str | None, found: str | None) -> tuple[int, int, int]:
    """(right, 1, 1) for a field that is true or claimed; nothing to count where it is neither."""
    if true is None and found is None:
        return 0, 0, 0
    return int(same_field(name, true, found)), 1, 1


def same_field(name: str, true: str | None, found: str | None) -> bool:
    """Whether two values of a field mean the same: systems by synonyms, the rest by spelling."""
    if true is None or found is None:
        return False
    if name == "system":
        return same_system(true, found)
    a, b = (fold(value).strip(" .\"'") for value in (true, found))
    if name == "error":
        return _same_error(a, b)
    return a.lstrip("0") == b.lstrip("0")


# What stands before a code and is no part of it: 'Error 91', 'cod. 91' and '91' are one.
_ANNOUNCES = re.compile(r"\b(?:error|err|codigo|code|cod)\b[\s.:#-]*(?:de error\b)?[\s.:#-]*")


def _same_error(a: str, b: str) -> bool:
    """The same code or message, or one of them cites the other whole."""
    a, b = (_ANNOUNCES.sub("", value).strip() or value for value in (a, b))
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return bool(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long)) and len(short) >= 2


def _prf(tally: Tally) -> dict[str, float]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
    }
