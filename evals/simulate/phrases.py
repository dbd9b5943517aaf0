"""How the people of a country write: templates filled in, with slang, typos and missing accents.

The templates of the development seeds and those of the reported seeds are different families, and
so are those of `words/families`, which belong to development as well.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

from evals.simulate.truth import FAMILIES, TrueIncident, bare, plain

_WORDS = files("evals.simulate") / "words"


@lru_cache(maxsize=8)
def words(name: str) -> Any:
    """One of the word lists, with what the further families of development say in its places."""
    found = json.loads((_WORDS / f"{name}.json").read_text(encoding="utf-8"))
    for family in set(FAMILIES) - {"dev", "report"}:
        path = _WORDS / "families" / f"{family}.json"
        said = json.loads(path.read_text(encoding="utf-8"))
        if name == "talk":
            _say_also(found, family, said["talk"])
        elif name == "problems":
            for problem in found:
                own = said["problems"][problem["kind"]]
                problem[family] = own["first"]
                for part in ("more", "also"):
                    if part in problem:
                        problem[part][family] = own[part]
    return found


def _say_also(node: dict[str, Any], family: str, said: Any) -> None:
    """Put a family's lists beside the first family's, wherever that has one."""
    for key, value in node.items():
        if isinstance(value, dict) and "dev" in value:
            value[family] = said[key]
        elif isinstance(value, dict) and key in said:
            _say_also(value, family, said[key])


class Voice:
    """How one country's people say things, in the words of one split."""

    def __init__(self, country: str, split: str) -> None:
        self.country, self.split = country, split
        self.land: dict[str, Any] = words("talk")["countries"][country]

    def pick(self, chance: random.Random, *path: str) -> str:
        """One of the templates under a path of the talk."""
        found: Any = words("talk")
        for key in path:
            found = found[key]
        return str(chance.choice(found[self.split]))

    def named(self, chance: random.Random, store: str) -> str:
        """How a store is named at the end of a report; a place is no number."""
        ways = [
            way for way in self.land["store"][self.split] if store.isdigit() or "suc" not in way
        ]
        way = str(chance.choice(ways))
        if not store.isdigit():
            way = re.sub(r"\ben la \{n\}", "en {n}", way).replace("de la {n}", "de {n}")
        return way.format(n=store)

    def report(
        self, chance: random.Random, template: str, incident: TrueIncident, *, name_store: bool
    ) -> str:
        """A report out of its template; it names the store when asked to."""
        tail = self.named(chance, incident.store) if name_store else ""
        if chance.random() < 0.35:
            tail += str(chance.choice(self.land["closes"][self.split]))
        opened = str(chance.choice(self.land["opens"][self.split]))
        return self.fill(template, incident, open=opened, tail=tail)

    def fill(self, template: str, incident: TrueIncident, **slots: str) -> str:
        """A template with the words of one incident."""
        noun = incident.system
        text = template.format(
            sys=noun,
            Sys=noun[:1].upper() + noun[1:],
            sysn=bare(noun),
            err=incident.error or "un aviso raro",
            n=incident.store,
            problem=incident.problem,
            **{"open": "", "tail": "", **slots},
        )
        text = re.sub(r"\bde el\b", "del", re.sub(r"\ba el\b", "al", text))
        return " ".join(text.split())

    def rough(self, chance: random.Random, text: str, keep: tuple[str, ...] = ()) -> str:
        """The same as it is typed in a hurry; the words of `keep` are not misspelled."""
        if not text:
            return text
        for proper, slang in self.land["slang"]:
            if chance.random() < 0.3:
                text = re.sub(rf"\b{proper}\b", slang, text)
        if chance.random() < 0.05 and len(text) > 12:
            return text.upper()
        if chance.random() < 0.55:
            text = text[:1].lower() + text[1:]
        if chance.random() < 0.35:
            text = without_accents(text)
        if chance.random() < 0.3:
            text = text.replace("¿", "").replace(",", "")
        if chance.random() < 0.18:
            text = misspelled(chance, text, keep)
        if chance.random() < 0.12:
            text += chance.choice(["!!", "...", " 🙏", " 😩", "!"])
        return text

    def dictated(self, chance: random.Random, text: str) -> str:
        """What the transcript of a voice note looks like: no signs, one breath."""
        spoken = self.pick(chance, "voice").format(text=text[:1].lower() + text[1:])
        return re.sub(r"[,.¿?!¡;:]", "", spoken)


def without_accents(text: str) -> str:
    """The text without accents; the ñ stays."""
    kept = text.replace("ñ", "\0").replace("Ñ", "\1")
    apart = unicodedata.normalize("NFD", kept)
    bare_text = "".join(c for c in apart if not unicodedata.combining(c))
    return bare_text.replace("\0", "ñ").replace("\1", "Ñ")


def misspelled(chance: random.Random, text: str, keep: tuple[str, ...]) -> str:
    """One long word with two letters swapped, one lost or one doubled."""
    kept = {word for phrase in keep for word in plain(phrase).split()}
    tokens = text.split(" ")
    long = [n for n, t in enumerate(tokens) if len(t) > 4 and t.isalpha() and plain(t) not in kept]
    if not long:
        return text
    at = chance.choice(long)
    word = tokens[at]
    place = chance.randrange(1, len(word) - 2)
    way = chance.randrange(3)
    if way == 0:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    elif way == 1:
        word = word[:place] + word[place + 1 :]
    else:
        word = word[:place] + word[place] + word[place:]
    return " ".join([*tokens[:at], word, *tokens[at + 1 :]])


def says(text: str, incident: TrueIncident, *, vague: bool = False) -> frozenset[str]:
    """Which fields of an incident a text tells, by its own words."""
    told, heard = set(), f" {plain(text)} "
    if f" {plain(incident.store)} " in heard or re.search(
        rf"\b[tl]0*{re.escape(plain(incident.store))}\b", heard
    ):
        told.add("store")
    if any(f" {word} " in heard for word in incident.accepts):
        told.add("system")
    if incident.error and plain(incident.error) in heard:
        told.add("error")
    if not vague:
        told.add("problem")
    return frozenset(told)
