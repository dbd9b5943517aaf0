"""Reads a text without any LLM, in milliseconds: fitted models for what it does, grammars for
what it says."""

from __future__ import annotations

from collections.abc import Mapping

from domain.gist import Act, Gist
from domain.hearing import heard
from domain.incident import Category
from domain.sayings.spared import says_none
from tools.models.local.courtesy import beside_question, without_courtesy
from tools.models.local.errors import find_error
from tools.models.local.features import SIGNAL_NAMES, trigger_words
from tools.models.local.few_stores import may_be_a_tills
from tools.models.local.fitted import fitted
from tools.models.local.halves import fails_only, names_only
from tools.models.local.idioms import thing_of_idiom
from tools.models.local.moved import moved, own_store
from tools.models.local.names import store_of_group, store_of_name
from tools.models.local.plain_reports import (
    as_report,
    asks_for_help,
    lacks_supply,
    not_an_answer,
    plainly,
    without_all_clear,
    without_repair,
)
from tools.models.local.problem import find_problem, told_unknown
from tools.models.local.registers import with_registers
from tools.models.local.stated_store import stated
from tools.models.local.stores import corrected_part, find_store
from tools.models.local.systems import find_system
from tools.models.local.urgency import priority_of, tells_of_danger
from tools.models.local.weights import Weights, load_weights, see

# Above it a text is taken to belong to an incident.
INCIDENT_THRESHOLD = fitted().incident_threshold

# So sure of a failure that greetings and thanks do not matter; and of a report without them.
SURE, SURELY = 0.9, 0.75

# So likely an incident is what says that its store has none.
SPARED = 0.1

# Words up to which a text may be a bare answer.
SHORT_ANSWER = 5


class LocalReader:
    """The Reader port over the shipped weights, or others; loads them on the first reading."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights

    def read(self, text: str, *, group_name: str = "", sender_name: str = "") -> Gist:
        """What a text, as far as it is heard, seems to say; the same text reads the same.

        The store is the one said; else the one that the sender's, then the group's name tells.
        """
        home = store_of_name(sender_name) or store_of_group(group_name)
        read = heard(text)
        if not read.strip():
            return Gist(text=read, incident=0.0, acts={Act.CHATTER: 1.0}, store=home)
        weights = self._weights or load_weights()
        seen, said = see(read), find_store(read)
        chances = weights.chances(seen)
        technical, incident = chances.technical, chances.incident
        category = Category.TECHNICAL if technical >= 0.5 else Category.OPERATIONAL
        signs = {
            **dict(zip(SIGNAL_NAMES, seen.dense[512:].tolist(), strict=True)),
            "danger": float(tells_of_danger(read)),
            "names_store": float(
                stated(read) is not None
                if len(read.split()) > SHORT_ANSWER
                else find_store(read, answering=True) is not None
            ),
            "corrects": float(corrected_part(read) is not None),
            "tells_where": float(own_store(read) is not None),
            "moved": float(moved(read) is not None),
            "tills": float(may_be_a_tills(read, said)),
            "fails_only": float(fails_only(read)),
            "names_only": float(names_only(read)),
            "idiom": float(thing_of_idiom(read) is not None),
        }
        signs["plea"] = float(asks_for_help(read, signs))
        # 'Qué precio tiene? no me aparece' is asked of whoever sells.
        signs["beside_question"] = float(not signs["trade"] and self._tells_beside(read))
        acts = with_registers(read, without_repair(signs, chances.acts))
        acts = without_all_clear(read, acts)
        if (core := without_courtesy(read)) != read and incident < SURE and _fails(core, signs):
            of_core = weights.chances(see(core))
            core_acts, told = of_core.acts, of_core.incident
            plainly_told = told >= SURE and max(core_acts, key=core_acts.__getitem__) is Act.REPORT
            if plainly_told or core_acts.get(Act.REPORT, 0.0) >= SURELY:
                acts, incident = core_acts, max(incident, told)
        if said and lacks_supply(read):
            acts = not_an_answer(acts)
        spared = says_none(read)
        if spared:  # what fails elsewhere is named, and nothing fails here
            incident = min(incident, SPARED)
            signs.update(dict.fromkeys(("fault", "trigger", "plea"), 0.0))
        plain = 0.0 if spared else plainly(read, signs, acts)
        sense, seeks = weights.ties.of(seen.dense[:512]) if weights.ties else ((), None)
        return Gist(
            text=read,
            incident=max(incident, plain),
            acts=as_report(signs, acts) if plain else acts,
            category=category,
            category_confidence=max(technical, 1.0 - technical),
            priority=priority_of(read),
            urgent=chances.urgent,
            store=said or home,
            said_store=said,
            system=find_system(read) or thing_of_idiom(read),
            error=find_error(read),
            problem=None if spared else find_problem(read),
            trigger_words=trigger_words(read),
            meaning=tuple(seen.dense[:512].tolist()),
            signs=signs,
            sense=sense,
            seeks=seeks,
        )

    def _tells_beside(self, text: str) -> bool:
        """Whether a text tells surely of a failure beside what it asks."""
        rest = beside_question(text)
        if rest is None or find_problem(rest) is None:
            return False
        told = self.read(rest)
        return told.incident >= SURE and told.act in (Act.REPORT, Act.DETAIL)


def _fails(core: str, signs: Mapping[str, float]) -> bool:
    """Whether the words without greetings and thanks may tell in earnest that something fails."""
    if signs.get("laugh", 0.0) > 0:
        return False
    told = find_problem(core) is not None or told_unknown(core) is not None
    return told or signs.get("system", 0.0) > 0
