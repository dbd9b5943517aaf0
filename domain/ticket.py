"""The ticket that an incident becomes: pure drafting, no desk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.incident import Category, Field, Priority
from domain.sayings.everywhere import EVERY_STORE, is_everywhere
from domain.sayings.own_thing import names_it

# Zoho Desk: subject <= 1000, description <= 65535 (facts/zoho-desk.md A3). A subject that a
# person reads in a list is shorter.
SUBJECT_MAX = 120
DESCRIPTION_MAX = 60_000
PRIORITY_NAMES: Mapping[Priority, str] = {Priority.URGENT: "High", Priority.NORMAL: "Medium"}
SOURCE_PREFIX = "recado:"
# The letters of a word that alone may tell what happens.
LEAST_LEFT = 3
# What only ties a problem to the one told before it.
_JOINS = re.compile(
    r"^(?:(?:y|e|pero|adem[aá]s|aparte|tambi[eé]n|encima|(?:hablando de )?otra cosa|solo que|que)"
    r"\b[\s,:]*)+(?=\w)",
    re.IGNORECASE,
)
# 'Tampoco tenemos internet' denies beside something else; a ticket stands alone.
_NEITHER = re.compile(
    r"\btampoco (?:no )?(?!(?:l[ao]s?|el|un[ao]?s?|mis?|nuestr[ao]s?|est[aeo]s?|en|de|del|a|al|por|"
    r"con|para|sin|ya|y|ac[aá]|aqu[ií]|ah[ií]|nosotr[oa]s|nadie|nada|ning[uú]n[oa]?)\b)(?=[a-záéíóúüñ])",
    re.IGNORECASE,
)
_KIND = r"(?:tienda|tda\.?|sucursal|suc\.?|local|sede|farmacia|punto|n[uú]mero)"


@dataclass(frozen=True)
class Said:
    """One thing somebody wrote, as the ticket quotes it. `at` is local time for a reader."""

    at: str
    name: str
    text: str


@dataclass(frozen=True)
class TicketDraft:
    """A ticket to open, in our words; the adapter maps it to the desk's."""

    incident_id: str
    subject: str
    description: str
    priority: str
    category: str
    reporter_id: str
    reporter_name: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def source_ref(self) -> str:
        """Value of cf_source_ref: how a ticket is found again when the answer was lost."""
        return source_ref(self.incident_id)


def source_ref(incident_id: str) -> str:
    """cf_source_ref of an incident's ticket."""
    return f"{SOURCE_PREFIX}{incident_id}"


def what_happens(fields: Mapping[str, str]) -> str:
    """The affected thing and its problem, without the store: what a ticket is found by."""
    problem = fields.get(Field.PROBLEM, "").strip()
    system = fields.get(Field.SYSTEM, "").strip()
    if not system or system.lower() in problem.lower():
        return problem or system
    return f"{system}: {problem}" if problem else system


def without_store(problem: str, store: str | None) -> str:
    """What happens without the place where it was said to: 'No hay sistema' of 'No hay sistema en
    la 18', store 18. As it is where no telling word would be left."""
    if not store:
        return problem
    digits = store.isdigit()
    number = rf"0*{store}" if digits else re.escape(store)
    # 'De 18 a 20' and ', 18 clientes' are no place; 'de Polanco' is.
    place = r"(?:en|aqu[ií]|ac[aá]) " if digits else r"(?:en|de|desde|aqu[ií]|ac[aá]) "
    named = re.compile(
        rf"(?:\s*[,;(-]\s*|\s+|^)(?:(?:aqu[ií]|ac[aá]) )?"
        rf"(?:(?:(?:en|del?|desde|para) )?(?:(?:la|el|mi|nuestra) (?:{_KIND} ?)?|{_KIND} ?)|"
        rf"{place})"
        rf"#?{number}(?![\w%/]|[.,:]\w)\)?|"
        rf"\s*[,(]\s*#?{number}\)?$|"
        rf"^{number}(?= (?:sin|no|tampoco|se|tienen?|siguen?|est[aá]n?)\b)",
        re.IGNORECASE,
    )
    left = named.sub("", problem).strip(" ,;:-")
    return left if any(len(word) >= LEAST_LEFT for word in left.split()) else problem


def _subject(problem: str, system: str, store: str) -> str:
    """What a ticket is called, without its store: that stands behind it once."""
    head = without_store(_JOINS.sub("", problem), store) if store != EVERY_STORE else problem
    head = _NEITHER.sub("no ", head)
    head = head or f"{system} con incidencia".strip()
    if system and not names_it(head, system):
        head = f"{system}: {head}"
    return head[:1].upper() + head[1:]


def draft_ticket(
    incident_id: str,
    category: Category,
    priority: Priority,
    fields: Mapping[str, str],
    said: Sequence[Said],
    *,
    reporter_id: str,
    reporter_name: str,
    group_name: str,
    notes: Sequence[str] = (),
) -> TicketDraft:
    """Draft one ticket from what is known; the same input drafts the same ticket.

    The description holds the reporter's own words (contract.md) in plain text.
    """
    problem = fields.get(Field.PROBLEM, "").strip()
    system = fields.get(Field.SYSTEM, "").strip()
    store = fields.get(Field.STORE, "").strip()
    subject = _subject(problem, system, store)
    if store == EVERY_STORE:
        told = is_everywhere(subject)
        subject = subject if told else f"{subject[: SUBJECT_MAX - 20]}, todas las tiendas"
    elif store and f"tienda {store}".lower() not in subject.lower():
        subject = f"{subject[: SUBJECT_MAX - 20]}, tienda {store}"
    lines = [
        f"Tienda: {store or 'no indicada'}",
        f"Sistema: {system or 'no indicado'}",
        f"Problema: {problem or 'no indicado'}",
    ]
    if error := fields.get(Field.ERROR):
        lines.append(f"Error: {error}")
    # The channel may not have told yet what the group is called.
    lines += [f"Reporta: {reporter_name}", *([f"Grupo: {group_name}"] if group_name else [])]
    lines += ["", "Mensajes:"]
    lines += [f"[{s.at}] {s.name}: {s.text}" for s in said]
    lines += [*([""] if notes else []), *notes, "", f"Referencia: {source_ref(incident_id)}"]
    return TicketDraft(
        incident_id=incident_id,
        subject=subject[:SUBJECT_MAX].strip(),
        description="\n".join(lines)[:DESCRIPTION_MAX],
        priority=PRIORITY_NAMES[priority],
        category=category.value,
        reporter_id=reporter_id,
        reporter_name=reporter_name,
        fields=dict(fields),
    )
