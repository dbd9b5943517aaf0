"""An outage: one problem that several stores report, each with an incident and a ticket of its own.

Pure: the family in, what each member must hear out. The first report is the head; a child asks for
its store only, tells its group nothing of its own, and ends with the head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.incident import OPEN_STATUSES, Status
from domain.wording import plain

# From so many stores on an outage is urgent, whatever each of them said.
URGENT_STORES = 3
GONE = frozenset({Status.DISMISSED, Status.WITHDRAWN, Status.MERGED})
OVER = frozenset({Status.RESOLVED, Status.CLOSED})
# A child is counted once its report is complete.
COMPLETE = frozenset({Status.QUEUED, Status.TICKETED})
_EVERYWHERE = re.compile(
    r"\b(?:todas (?:las )?(?:tiendas|sucursales|sedes|partes)|en todas(?! las)|todos lados|"
    r"todos los locales|toda la (?:zona|region|plaza)|en general|nivel nacional|(?:a|para) todos)\b"
)
# Whom somebody greets or thanks, and whom a system of one store puts out.
_ADDRESSED = re.compile(
    r"(?:\b(?:hola+|holi|buen[oa]s?|dias?|tardes?|noches?|saludos?|gracias|bendicion\w*|abrazos?|"
    r"semana|jornada|turno|disculp\w*|perdon|feliz|bienvenid\w*|felicidades|animo|exito\w*|oigan|"
    r"agradec\w*|agradezco|aviso|atencion|recuerd\w*|besos?|atent\w*|amables)|"
    r"\bnos (?:sac|bot|tumb|expuls|ech|dej|tien|tra|pid|cierr|corr)\w*(?: \w+){0,2})$"
)
# Also said of one store: 'nadie', 'todas las cajas'.
_MANY = re.compile(
    r"\b(?:tod[oa]s|general\w*|masiv\w+|nacional|varias|la zona|la region|nadie|ningun\w*)\b"
)


@dataclass(frozen=True)
class Member:
    """One report of an outage. `told` says that its group has read of its ticket, `back` that its
    people say it works again, `back_everywhere` that somebody says so of all stores, `still` that
    they said since that it does not, `ended` that it was ended with the outage once."""

    id: str
    chat: str
    status: str
    opened_at: datetime
    store: str | None = None
    owner: str | None = None
    told: bool = False
    back: bool = False
    back_everywhere: bool = False
    still: bool = False
    ended: bool = False
    where: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


@dataclass(frozen=True)
class Outage:
    """The family, the head and its children as they came. `over_at` is when it was resolved."""

    head: Member
    children: tuple[Member, ...]
    over_at: datetime | None = None

    @property
    def stores(self) -> set[str]:
        """The stores that reported it."""
        told = [self.head, *(c for c in self.children if c.status not in GONE)]
        return {m.store.casefold() for m in told if m.store}


@dataclass(frozen=True)
class News:
    """Something that a member must hear once, by its `key`."""

    member: str
    key: str
    name: str
    data: dict[str, Any]


def speaks_of_all(text: str) -> bool:
    """Whether somebody speaks of every store and not of their own."""
    said = plain(text)
    found = _EVERYWHERE.finditer(said)
    return any(
        not (one.group().endswith(" todos") and _ADDRESSED.search(said[: one.start()].rstrip()))
        for one in found
    )


def may_speak_of_all(text: str) -> bool:
    """Whether somebody speaks of every store, or perhaps of all that is in their own."""
    return speaks_of_all(text) or bool(_MANY.search(plain(text)))


def heir(outage: Outage) -> Member | None:
    """Who is the head when the head is gone, or leaves: the oldest that is still open."""
    rest = [child for child in outage.children if child.is_open]
    return min(rest, key=lambda m: (m.opened_at, m.id), default=None)


def speaker(outage: Outage, chat: str) -> Member | None:
    """Whose words a group reads of the outage: the head's in its own, else its first ticket's."""
    if chat == outage.head.chat:
        return outage.head
    theirs = [c for c in outage.children if c.chat == chat and c.status not in GONE]
    return min(theirs, key=lambda m: (not m.told, m.opened_at, m.id), default=None)


def is_back(outage: Outage) -> bool:
    """Whether people say that it is over: one of all stores, or half of the stores each for their
    own, and never a single one, nor while one of them says that theirs still fails."""
    members = [outage.head, *(c for c in outage.children if c.status not in GONE)]
    if any(m.back_everywhere for m in members):
        return True
    if any(m.still and m.is_open for m in members):
        return False
    back = sum(m.back for m in members)
    return back >= 2 and back * 2 >= len(members)


def news_of(outage: Outage, urgent_stores: int = URGENT_STORES) -> list[News]:
    """Everything that the members must have heard by now; what they have heard is left out by its
    key."""
    head, found = outage.head, []
    if head.status in OVER:
        if outage.over_at is not None:
            found += _endings(outage, outage.over_at)
        return found
    for child in outage.children:
        if child.status in COMPLETE:
            urgent = len(outage.stores) >= urgent_stores
            data = {"store": child.store, "where": child.where, "stores": len(outage.stores)}
            found.append(News(head.id, f"grew:{child.id}", "outage_grew", data))
            if urgent:
                stores = len(outage.stores)
                found.append(News(head.id, "urgent", "outage_urgent", {"stores": stores}))
    if head.status in COMPLETE and head.owner is None and is_back(outage):
        found.append(News(head.id, "back", "outage_back", {"stores": len(outage.stores)}))
    return found


def _endings(outage: Outage, over_at: datetime) -> list[News]:
    """One all-clear a group; who came later, is somebody's or fails again is not ended with it."""
    found = []
    for child in outage.children:
        late = child.opened_at >= over_at
        if not child.is_open or late or child.owner is not None or child.ended:
            continue
        says = speaker(outage, child.chat)
        data = {"speak": says is not None and says.id == child.id}
        found.append(News(child.id, f"over:{over_at.isoformat()}", "outage_over", data))
    return found
