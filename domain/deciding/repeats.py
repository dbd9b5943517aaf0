"""When a turn plainly says an open problem again, or goes on about the sender's own.

Pure, and no matter of weights: the same thing of the same store reported minutes later is the
same incident, another device or another error is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from domain.deciding.evidence import Scene
from domain.deciding.small_numbers import names_another_digit
from domain.gist import Act
from domain.likeness import agree, misspells, same
from domain.outage import may_speak_of_all
from domain.room import OpenIncident
from domain.wording import minutes_between, plain, words_of

# How long after the last word about a problem somebody else's report of it is the same one.
AGAIN_MINUTES = 30.0
# The same for who reported it and names it alike: the device fails again, or still.
OWN_AGAIN_MINUTES = 12 * 60.0
# The same where one of the two says no store.
UNSAID_MINUTES = 15.0
# How long what is like it counts as going on elsewhere.
ALIKE_MINUTES = 120.0
# How long after their own words somebody still goes on about them.
GOES_ON_MINUTES = 10.0
AGAIN = "the same problem of the same store"
GOES_ON = "the sender goes on about it"

_DEVICE = (
    r"(?:cajas?|registradoras?|impresoras?|terminal(?:es)?|tpvs?|datafonos?|posnets?|pinpads?|"
    r"computadoras?|compus?|pcs?|basculas?|balanzas?|congelador(?:es)?|refris?|neveras?|heladeras?|"
    r"freezers?|puertas?|camaras?|tablets?|lector(?:es)?|tiqueteras?|ticketeras?|pos)"
)
# Not the number of a device: 'una hora', '10 pulgadas', 'dos veces', '24/7'. What is counted
# stands in the same piece of the text: 'caja 3, clientes esperando' is the third.
_COUNTED = (
    r"(?! (?:horas?|hrs?|h|min\w*|seg\w*|dias?|semanas?|mes(?:es)?|anos?|vez|veces|ratos?|"
    r"pulgadas?|metros?|cm|mm|kg|kilos?|gramos?|litros?|grados?|pesos|soles|dolares|euros|"
    r"por ciento|(?:clientes?|personas?) (?:esperando|en fila|formad[oa]s|haciendo)|intentos?|"
    r"canales|puertos|am|pm)\b)"
)
_NUMBER = (
    r"(?:(?!24 7\b)\d{1,2}|uno(?! de (?:l[oa]s|mis|cada)\b)|dos|tres|cuatro|cinco|seis|siete|ocho|"
    rf"nueve|diez)\b{_COUNTED}"
)
_ENDS = re.compile(
    r"(?<!\bn)(?<!\bno)(?<!\bnro)(?<!\bnum)\.(?!\d)|[;!?()\n]|:(?! ?\d)|,(?!\d)", re.I
)
_END = "zz"
# 'Caja 2 y 3', 'cajas 1, 2 y 4'; 'la caja 2 y la 45' names a store.
_UNITS = re.compile(
    rf"\b{_DEVICE} (?:(?:numero|num|no|nro|n) )?"
    rf"({_NUMBER}(?:(?:(?: {_END})? {_NUMBER})*(?: {_END})? y (?:(?:la|el) (?!\d\d))?{_NUMBER})?)"
)
_NUMERAL = re.compile(_NUMBER)
_OTHER_UNIT = re.compile(rf"\b(?:otr[oa]|segund[oa]|tercer[oa]?) {_DEVICE}\b")
_DIGITS = {"uno": "1", "dos": "2", "tres": "3", "cuatro": "4"} | {
    "cinco": "5",
    "seis": "6",
    "siete": "7",
    "ocho": "8",
    "nueve": "9",
    "diez": "10",
}
# What the writer did to the thing spoken of or reads on it, without naming it again.
_DONE_TO_IT = re.compile(
    r"\bl[oae]s? (?:volvi a |hemos |he |estoy )?(?:reinici|apag|prend|encend|desconect|conect|"
    r"desenchuf|enchuf|cambi|revis|movi|limpi|prob|intent|resete|puse|quit|abri|cerr|sac)\w*|"
    r"\bya (?:prob|reinici|intent|revis|cambi|apag|desconect|desenchuf|"
    r"limpi|resete)\w*|"
    r"^(?:(?:y|ya|ahora|pero|solo|nomas|me|nos|se|le) )*(?:marca|dice|da|tira|muestra|arroja|sale|"
    r"aparece|lanza|pone) (?:un |el |que |como )?(?:error|mensaje|aviso|codigo|letrero)"
)
# A line that tells what a thing does and leaves out which: it was named before.
_LEFT_OUT = re.compile(
    r"^(?:(?:y|ya|ahora|pero|solo|nomas|me|nos|se|le|no|ni|sigue|tampoco) )*(?:marca|dice|sale|"
    r"aparece|muestra|tira|arroja|da|pone|lanza|agarra|jala|quiere|responde|prende|enciende|"
    r"arranca|reacciona|conecta|carga|lee|pasa|imprime|enfria|suena)\b"
)
_ANOTHER_MATTER = re.compile(
    r"\b(?:otra cosa|otro tema|aparte|ademas|por otro lado|por otra parte|"
    r"adicional\w*|de paso|y otra|cambiando de tema)\b"
)


@lru_cache(maxsize=4096)
def units_of(text: str) -> frozenset[str]:
    """The numbers of the devices that a text names: 'la caja dos' is '2'."""
    named = ", ".join(_UNITS.findall(plain(_ENDS.sub(f" {_END} ", text))))
    return frozenset(_DIGITS.get(n, n) for n in _NUMERAL.findall(named))


def names_another_unit(text: str) -> bool:
    """Whether a text speaks of 'the other' or 'the second' device."""
    return bool(_OTHER_UNIT.search(plain(text)))


class Repeats:
    """What a turn repeats, and what it cannot be about."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        gist = scene.gist
        self.units = units_of(gist.text)
        self.other_unit = names_another_unit(gist.text)
        told = (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)
        said = sum(gist.acts.get(act, 0.0) for act in told)
        fault = gist.signs.get("fault", 0.0) > 0
        asks = gist.signs.get("question", 0.0) > 0
        # Somebody tells of a failure; helpers and questions do not.
        self.tells = (
            said >= 0.5 or (fault and not asks and gist.acts.get(Act.CHATTER, 0.0) < 0.6)
        ) and not scene.turn.from_support
        self.reports = self.tells and gist.system is not None
        self.also = bool(gist.signs.get("also")) or gist.acts.get(Act.SAME_PROBLEM, 0.0) >= 0.4
        self.another_matter = bool(_ANOTHER_MATTER.search(plain(gist.text)))
        self._alike_by: dict[str | None, list[OpenIncident]] = {}
        calm = scene.turn.from_support or scene.addressed or gist.signs.get("question")
        # Danger that has nothing to do with what somebody says is still there.
        self.danger = bool(gist.signs.get("danger")) and not (calm or gist.signs.get("still"))
        # Whether there may be incidents that it cannot be about.
        self.tells_apart = self.danger or self.reports

    def spoken_by_writer(self) -> list[OpenIncident]:
        """What the writer last spoke of, if it is still open: they may go on about it."""
        own = self.scene.own_spoken
        return [i for i in self.scene.incidents if own is not None and i.id == own.incident_id]

    def within_reach(self) -> list[OpenIncident]:
        """What the turn may report again, the last spoken of first."""
        if not self.tells or self.scene.addressed:
            return []
        limit = OWN_AGAIN_MINUTES if self.reports else ALIKE_MINUTES
        met = [i for i in self.scene.incidents if self.scene.since[i.id] <= limit]
        return sorted(met, key=lambda i: i.last_at, reverse=True)

    def again(self, incident: OpenIncident) -> bool:
        """Whether the turn reports the very problem of this incident."""
        scene, turn, gist = self.scene, self.scene.turn, self.scene.gist
        since = scene.since[incident.id]
        # Who says the store as well need not be as quick to mean the same.
        said = agree(gist.said_store, incident.store) is True
        soon = ALIKE_MINUTES if said else AGAIN_MINUTES
        misspelt = self.tells and since <= soon and self._misspells(incident)
        if not (self.reports or misspelt):
            return False
        alike = same(gist.system or "", incident.system or "")
        own = alike and incident.reporter_id == turn.person_id
        limit = OWN_AGAIN_MINUTES if own else soon
        if since > limit or not (misspelt or scene.alike[incident.system]) or scene.addressed:
            return False
        if misspelt and gist.error and incident.error and not same(gist.error, incident.error):
            return False
        if self.excludes(incident):
            return False
        if self.units - self._units_of(incident):
            return False
        store = gist.said_store or turn.home_store
        if own and not gist.said_store:
            return True
        here = agree(store, incident.store)
        if here is not None:
            return here
        # One of the two says no store. 'Here too' would be another one, and where several stores
        # have the problem nobody can tell which is meant.
        return since <= UNSAID_MINUTES and not self.also and len(self._alike(incident)) == 1

    def goes_on(self, incident: OpenIncident) -> bool:
        """Whether the sender only adds to what they themselves just reported."""
        scene, turn, gist = self.scene, self.scene.turn, self.scene.gist
        own = scene.own_spoken
        if incident.reporter_id != turn.person_id or own is None or self.excludes(incident):
            return False
        near = minutes_between(turn.at, own.at) <= GOES_ON_MINUTES
        if own.incident_id != incident.id or not near or self.units - self._units_of(incident):
            return False
        if self.another_matter or scene.addressed:
            return False
        text = plain(gist.text)
        store = gist.said_store
        if agree(store, incident.store) is False:
            return False
        done = bool(_DONE_TO_IT.search(text))
        if gist.system is not None and incident.system is not None:
            alike = scene.alike[incident.system]
            # 'Ya le cambié el rollo': what is done to a thing names its parts, unless the sender
            # has reported that very thing as well.
            return (alike and self.reports) or (done and (alike or not self._of_another(incident)))
        if gist.system is not None:
            return done
        said = frozenset().union(
            *(words_of(r.text) for r in scene.said(incident) if r.person_id == turn.person_id)
        )
        fails = gist.signs.get("fault", 0.0) > 0 or gist.error is not None
        return done or bool(_LEFT_OUT.search(text)) or (fails and bool(said & scene.words))

    def _misspells(self, incident: OpenIncident) -> bool:
        """Whether the turn or the incident names a thing only by a word that is spelled nearly
        like what the other names: 'la camra' after 'la cámara'."""
        known, gist = incident.system or self.scene.gist.system, self.scene.gist
        if known is None:
            return False
        if incident.system and gist.system:
            return misspells(plain(gist.system), plain(incident.system))
        texts = [gist.text] if incident.system else [r.text for r in self.scene.said(incident)]
        return any(
            misspells(word, right)
            for text in texts
            for word in plain(text).split()
            for right in plain(known).split()
        )

    def _of_another(self, incident: OpenIncident) -> bool:
        """Whether the turn names what the sender has reported in another incident."""
        scene = self.scene
        return any(
            scene.alike[i.system]
            for i in scene.incidents
            if i.id != incident.id and i.reporter_id == scene.turn.person_id
        )

    def excludes(self, incident: OpenIncident) -> bool:
        """Whether a report cannot be of this incident: another device, or another's other error.

        Nor does danger belong to a device that nobody speaks of: a robbery is no detail.
        """
        if self._endangers(incident):
            return True
        if not self.reports:
            return False
        theirs = self._units_of(incident)
        if self.units and theirs and not self.units & theirs:
            return True
        if self._elsewhere_by_digit(incident):
            return True
        alike = self.scene.alike[incident.system]
        if self.other_unit and alike:
            return True
        if alike and self._elsewhere(incident):
            return True
        if self.another_matter and not alike:
            return True
        mine, known = self.scene.gist.error, incident.error
        own = incident.reporter_id == self.scene.turn.person_id
        return not own and agree(mine, known) is False

    def _elsewhere_by_digit(self, incident: OpenIncident) -> bool:
        turn, gist = self.scene.turn, self.scene.gist
        if gist.said_store or turn.home_store or turn.person_id in incident.participants:
            return False
        return names_another_digit(gist.text, incident.store, self.units)

    def _endangers(self, incident: OpenIncident) -> bool:
        """Whether the turn tells of danger that has nothing to do with this incident."""
        scene = self.scene
        if not self.danger or incident.system is None or scene.alike[incident.system]:
            return False
        return not scene.talk.shared_with(incident.id)

    def _elsewhere(self, incident: OpenIncident) -> bool:
        """Whether several stores have this, and a newcomer tells of it for one not said yet."""
        scene, turn = self.scene, self.scene.turn
        if turn.home_store or scene.gist.said_store or turn.person_id in incident.participants:
            return False
        if scene.helper or scene.addressed or may_speak_of_all(scene.gist.text):
            return False
        stores = {i.store.casefold() for i in self._alike(incident) if i.store}
        return len(stores) > 1

    def _units_of(self, incident: OpenIncident) -> frozenset[str]:
        return frozenset().union(*(units_of(r.text) for r in self.scene.said(incident)))

    def _alike(self, incident: OpenIncident) -> list[OpenIncident]:
        scene, system = self.scene, incident.system
        if system not in self._alike_by:
            self._alike_by[system] = [
                i
                for i in scene.incidents
                if scene.since[i.id] <= ALIKE_MINUTES and scene.same_system(i.system, system)
            ]
        return self._alike_by[system]
