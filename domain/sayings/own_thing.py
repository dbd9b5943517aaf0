"""What a report of an outage says of its own store in words of its own: 'Caja: no hay sistema' is
of a till, though the first one spoke of the card reader. Pure."""

from __future__ import annotations

from domain.deciding.echo import is_bare
from domain.likeness import misspells
from domain.sayings.here_too import kinds_of
from domain.wording import plain


def names_it(text: str, thing: str) -> bool:
    """Whether a text has the word for a thing, however it is spelled."""
    said, wanted = plain(text).split(), plain(thing).split()
    head = next((word for word in wanted if len(word) > 1), "")
    return bool(head) and any(word == head or misspells(word, head) for word in said)


def own_thing(problem: str | None, system: str | None) -> str | None:
    """The thing that a report names in saying what fails; None where it names none that stores
    share, as the door in 'here too, and a queue up to the door'."""
    named = problem and system and kinds_of(system) and names_it(problem, system)
    return system if named else None


def own_problem(problem: str | None, store: str | None) -> str | None:
    """What a report says that happens; None where it says no more than 'here too'."""
    return None if problem and is_bare(problem, store) else problem
