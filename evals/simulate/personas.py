"""What people do when the bot says something: they answer what it really asked, soon, late, wrong
or never, thank it for a ticket, and say so when the problem is back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from evals.simulate.outside import BotMessage
from evals.simulate.phrases import says
from evals.simulate.talk import Pen
from evals.simulate.truth import Line, Person, TrueIncident, dice, plain

MUTE, LATE, WRONG, DUNNO, ANOTHER, QUOTES = 0.05, 0.08, 0.04, 0.04, 0.10, 0.35
AGAIN = 0.7


def asked_field(text: str) -> str | None:
    """Which field a text of the bot asks for, read as people read it; None when it asks nothing."""
    questions = [plain(part) for part in re.findall(r"¿([^?]*)\?", text)]
    if not questions:
        return None
    # 'Falta la tienda. ¿Cuál es?': what the question leaves out was said before it.
    for words in (" ".join(questions), plain(text)):
        if re.search(r"\b(tienda|sucursal|local)\b", words):
            return "store"
        if re.search(r"\b(equipo|sistema|aparato)\b", words):
            return "system"
        if re.search(r"\b(que ocurre|que pasa|describir\w*|que sucede)\b", words):
            return "problem"
    return None


class Personas:
    """The people of all groups. `write` puts a line into the chat at its time."""

    def __init__(
        self,
        seed: int,
        incidents: Mapping[str, TrueIncident],
        pens: Mapping[str, Pen],
        about: Callable[[BotMessage], str | None],
        write: Callable[[Line], None],
    ) -> None:
        self._seed, self._incidents, self._pens = seed, incidents, pens
        self._about, self._write = about, write
        self._asked: dict[tuple[str, str], int] = {}

    def hear(self, said: BotMessage) -> None:
        """React to what the bot says in a group, or not."""
        pen = self._pens[said.group]
        name = self._about(said)
        incident = self._incidents.get(name or "")
        field = asked_field(said.text)
        if field is not None:
            if incident is None:
                self._wonder(pen, said)
            else:
                self._answer(pen, incident, field, said)
        elif incident is not None:
            self._comment(pen, incident, said)

    def _wonder(self, pen: Pen, said: BotMessage) -> None:
        """The bot asks about what was no incident."""
        chance = dice(self._seed, "wonder", said.id)
        if chance.random() < 0.4:
            person = chance.choice(pen.group.people)
            at = said.at + timedelta(seconds=chance.randint(15, 120))
            text = pen.voice.rough(chance, pen.voice.pick(chance, "answers", "puzzled"))
            self._write(pen.write(person, at, text, "chatter", quotes=said.id))

    def _answer(self, pen: Pen, incident: TrueIncident, field: str, said: BotMessage) -> None:
        times = self._asked[incident.id, field] = self._asked.get((incident.id, field), 0) + 1
        chance = dice(self._seed, "answer", incident.id, field, times)
        mute = dice(self._seed, "mute", incident.id).random() < MUTE
        if mute or (times > 1 and chance.random() > AGAIN):
            return
        if incident.over_at is not None and (incident.taken_back or chance.random() < 0.5):
            return
        wait = chance.lognormvariate(4.25, 0.8)
        if chance.random() < LATE:
            wait = chance.uniform(1200, 2700)
        at = said.at + timedelta(seconds=max(wait, 5))
        person = self._who(pen, incident, chance.random() < ANOTHER, chance.randrange(100))
        text, told = self._words(pen, incident, field, times)
        wrong = field == "store" and incident.store.isdigit() and chance.random() < WRONG
        quotes = said.id if chance.random() < QUOTES else None
        if wrong:
            text = text.replace(incident.store, str(int(incident.store) + 10))
            told -= {"store"}
        line = pen.write(person, at, text, "answer", incident.id, quotes=quotes)
        self._write(replace(line, says=told))
        if wrong:
            at += timedelta(seconds=chance.randint(8, 40))
            text = pen.voice.fill(pen.voice.pick(chance, "answers", "correct"), incident)
            line = pen.write(person, at, text, "answer", incident.id)
            self._write(replace(line, says=frozenset({"store"})))

    def _words(
        self, pen: Pen, incident: TrueIncident, field: str, times: int
    ) -> tuple[str, frozenset[str]]:
        chance = dice(self._seed, "words", incident.id, field, times)
        voice = pen.voice
        if field == "system" and chance.random() < DUNNO:
            return voice.pick(chance, "answers", "dunno"), frozenset()
        kind = field
        if field == "store" and not incident.store.isdigit():
            kind = "store_place"
        if field == "store" and "store" in incident.said and chance.random() < 0.5:
            kind = "already"
        text = voice.fill(voice.pick(chance, "answers", kind), incident)
        if field == "system" and "store" not in incident.said and chance.random() < 0.3:
            text += voice.named(chance, incident.store)
        if field == "store" and "system" not in incident.said and chance.random() < 0.2:
            text += f", {incident.system}"
        text = voice.rough(chance, text, (incident.store, incident.system))
        return text, says(text, incident, vague=field != "problem")

    def _who(self, pen: Pen, incident: TrueIncident, other: bool, draw: int) -> Person:
        near = [p for p in pen.group.people if p.store == incident.store]
        near = [p for p in near if p is not incident.reporter]
        return near[draw % len(near)] if other and near else incident.reporter

    def _comment(self, pen: Pen, incident: TrueIncident, said: BotMessage) -> None:
        """Thanks for a ticket; now and then it is not solved when the bot says so."""
        chance, words = dice(self._seed, "comment", said.id), plain(said.text)
        person = incident.reporter
        at = said.at + timedelta(seconds=chance.randint(10, 400))
        if "se creo el ticket" in words and chance.random() < 0.35:
            text = pen.voice.rough(chance, pen.voice.pick(chance, "after", "thanks"))
            self._write(pen.write(person, at, text, "ack", incident.id))
        elif "resuelto" in words and chance.random() < 0.12:
            at += timedelta(minutes=chance.randint(2, 50))
            template = pen.voice.pick(chance, "after", "broken")
            text = pen.voice.rough(chance, pen.voice.fill(template, incident))
            self._write(pen.write(person, at, text, "still_broken", incident.id))
