"""A pen for one group: it numbers what is written, and keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evals.group.chat import Kind
from evals.simulate.phrases import Voice
from evals.simulate.truth import Group, Line, Person, Photo


class Pen:
    """Writes the lines of one group. `prefix` makes its ids its own."""

    def __init__(self, group: Group, voice: Voice, prefix: str) -> None:
        self.group, self.voice, self.prefix = group, voice, prefix
        self.lines: list[Line] = []
        self._written = 0

    def write(
        self,
        person: Person,
        at: datetime,
        text: str,
        kind: Kind,
        incident: str | None = None,
        photos: Sequence[Photo] = (),
        quotes: str | None = None,
    ) -> Line:
        """A line with the next id, not kept yet; its time is a whole second, as WhatsApp's."""
        self._written += 1
        return Line(
            id=f"3EB0{self.prefix.upper()}N{self._written:06d}",
            at=at.replace(microsecond=0),
            group=self.group.chat,
            person=person,
            text=text,
            kind=kind,
            incident=incident,
            photos=tuple(photos),
            quotes=quotes,
        )

    def keep(self, line: Line) -> None:
        """Put a line into the chat."""
        self.lines.append(line)

    def last_of(self, person: Person) -> str | None:
        """The last message of a person that can be quoted."""
        own = [one.id for one in self.lines if one.person is person and not one.edits]
        return own[-1] if own else None
