"""What simulated people do when the bot speaks: answer, late, wrong or never, as it was asked."""

from __future__ import annotations

from datetime import timedelta

from domain.ticket import TicketDraft
from evals.simulate.ledger import Ledger
from evals.simulate.outside import BotMessage, OpenedTicket
from evals.simulate.personas import Personas
from evals.simulate.phrases import Voice
from evals.simulate.script import write_script
from evals.simulate.talk import Pen
from evals.simulate.truth import Line, TrueIncident, plain

STORE = "Gracias por avisar. ¿De qué tienda se trata (número o nombre)?"
SYSTEM = "Gracias por avisar. ¿Qué equipo o sistema presenta la falla (por ejemplo: caja)?"


class Town:
    """The groups of one seed before anybody speaks, and what their people write to the bot."""

    def __init__(self, seed: int) -> None:
        self.script = write_script(seed, 15, 4)
        groups = {group.chat: group for group in self.script.groups}
        self.incidents = {n: one.afresh() for n, one in self.script.incidents.items()}
        self.ledger = Ledger(groups, self.incidents)
        for line in self.script.lines:
            self.ledger.take(line)
        self.written: list[Line] = []
        pens = {
            g.chat: Pen(g, Voice(g.country, "dev"), f"t{n}") for n, g in enumerate(groups.values())
        }
        self.people = Personas(seed, self.incidents, pens, self.ledger.about, self.written.append)

    def ask(self, incident: TrueIncident, text: str, n: int = 1) -> list[Line]:
        """The bot asks by quoting the report; what is written because of it."""
        quote = next(
            line.id
            for line in self.script.lines
            if line.incident == incident.id and line.kind in ("report", "same_problem")
        )
        before = len(self.written)
        at = incident.opened_at + timedelta(minutes=n)
        self.people.hear(BotMessage(f"b{incident.id}{n}", at, incident.group, text, quote))
        return self.written[before:]


def test_most_answer_what_was_asked_some_late_some_wrong_some_never() -> None:
    town = Town(21)
    answers = {one.id: town.ask(one, STORE) for one in town.incidents.values()}
    total = len(answers)
    assert total > 60
    silent = sum(not lines for lines in answers.values())
    assert 0 < silent < 0.15 * total
    assert all(line.kind == "answer" for lines in answers.values() for line in lines)
    right = sum(
        any(plain(town.incidents[n].store) in plain(line.text) for line in lines)
        for n, lines in answers.items()
    )
    assert right == total - silent
    corrected = [lines for lines in answers.values() if len(lines) == 2]
    assert corrected
    assert all("store" not in lines[0].says for lines in corrected)
    waits = [
        (lines[0].at - town.incidents[n].opened_at).total_seconds() / 60
        for n, lines in answers.items()
        if lines
    ]
    assert max(waits) > 20
    assert sorted(waits)[len(waits) // 2] < 5
    assert 0.1 < sum(bool(lines[0].quotes) for lines in answers.values() if lines) / total < 0.6


def test_the_thing_is_named_when_the_thing_is_asked_for() -> None:
    town = Town(22)
    told = missing = 0
    for one in town.incidents.values():
        for line in town.ask(one, SYSTEM)[:1]:
            told += "system" in line.says
            missing += "system" not in line.says
    assert told > 5 * missing
    assert missing


def test_a_statement_is_not_answered() -> None:
    town = Town(23)
    one = next(iter(town.incidents.values()))
    assert town.ask(one, "Actualización: estamos trabajando en ello.") == []


def test_a_ticket_stands_for_whose_words_it_quotes_and_is_what_it_last_said() -> None:
    town = Town(24)
    line = next(one for one in town.script.lines if one.kind == "report" and one.text)
    group = town.ledger.groups[line.group]
    description = (
        f"Tienda: 1\nSistema: caja\nGrupo: {group.name}\n\nMensajes:\n"
        f"[2026-03-02 09:00] {line.person.name}: {line.text}\n"
    )
    draft = TicketDraft("i", "s", description, "High", "technical", "p", "n", {"store": "1"})
    seen = town.ledger.open(OpenedTicket("9", line.at + timedelta(minutes=1), draft))
    assert town.ledger.truth(seen.lines) == line.incident
    town.ledger.amend("9", description.replace("Tienda: 1", "Tienda: 2"))
    assert town.ledger.tickets["9"].store == "2"
    about = BotMessage("b", line.at, line.group, "El ticket #9 fue marcado como resuelto.")
    assert town.ledger.about(about) == line.incident
