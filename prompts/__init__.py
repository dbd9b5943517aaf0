"""What we say: one Markdown file per node, split into sections, with strict named slots.

A file opens with `version: N`; each `## name` starts a section. A slot is `{name}`; rendering
with a slot missing or one too many is an error, so a renamed slot is found by a test and not by
a customer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

_SECTION = re.compile(r"^## (\w+)\s*$", re.MULTILINE)
_SLOT = re.compile(r"\{(\w+)\}")
_VERSION = re.compile(r"^version: (\d+)\s*$", re.MULTILINE)

# A push name may be anything; a text that greets with a paragraph is not polite.
ADDRESS_MAX = 40


class SlotError(ValueError):
    """A slot of a text was not given, or one was given that the text does not have."""


@dataclass(frozen=True)
class Prompt:
    """One file: its version and its texts by section."""

    name: str
    version: int
    sections: dict[str, str]

    def say(self, section: str, /, **slots: str) -> str:
        """The text of a section with its slots filled. Raises SlotError, KeyError."""
        return fill(self.sections[section], **slots)


def slots_of(text: str) -> frozenset[str]:
    """The names of the slots in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def fill(text: str, /, **slots: str) -> str:
    """Fill every slot of a text, no more and no fewer. Raises SlotError."""
    wanted = slots_of(text)
    if wanted != slots.keys():
        missing, extra = sorted(wanted - slots.keys()), sorted(slots.keys() - wanted)
        raise SlotError(f"slots missing: {missing}, not in the text: {extra}")
    return Formatter().vformat(text, (), slots)


def fill_known(text: str, /, **slots: str) -> str:
    """Fill the slots given where a text has them and leave all else: for prompts edited in Studio.

    Braces are common in such prompts (JSON), so an unknown one is no error.
    """
    return _SLOT.sub(lambda found: slots.get(found[1], found[0]), text)


def address(name: str) -> str:
    """How a text addresses somebody: their name as one short line, or the group as a whole."""
    return " ".join(name.split())[:ADDRESS_MAX].strip(" ,;:.~") or "equipo"


@cache
def load(name: str) -> Prompt:
    """The prompt file of a node. Raises FileNotFoundError, ValueError when it has no version."""
    source = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    version = _VERSION.search(source)
    if version is None:
        raise ValueError(f"prompts/{name}.md has no 'version: N' line")
    parts = _SECTION.split(source)
    sections = {title: body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}
    return Prompt(name, int(version[1]), sections)
