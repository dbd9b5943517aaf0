"""A store is one however it is written: 'POLANCO' and 'Polanco'."""

from __future__ import annotations

from dataclasses import replace

from domain.assignment import Decision
from domain.deciding.kinship import outage_of
from domain.sayings.waiting import WAITS, go_on_waiting
from tests.unit.test_assignment import CARDS, decide, turn
from tools.models.local.systems import is_shared, same_system

WRITTEN = replace(CARDS, store="POLANCO")


def test_a_report_from_there_belongs_there() -> None:
    said = turn("rosy", "Polanco, la terminal no pasa", 40)
    said = replace(said, gist=replace(said.gist, said_store="Polanco"))
    assert decide(said, WRITTEN).incident_id == "cards"


def test_who_has_waited_there_means_it() -> None:
    said = turn("mari", "llevamos 2 horas sin cobrar", 20)
    said = replace(said, gist=replace(said.gist, said_store="Polanco", system=None))
    nowhere = Decision("none", None, 0.7, "chatter")
    assert go_on_waiting(nowhere, said, [WRITTEN]).reason == WAITS
    assert go_on_waiting(nowhere, said, [replace(CARDS, store="Lomas")]) is nowhere


def test_errors_of_an_outage_are_two_by_their_codes() -> None:
    told = replace(CARDS, store="Lomas", error="SIN CONEXION")
    said = turn("lupita", "acá tampoco pasa tarjetas la terminal", 4)
    shown = replace(said, gist=replace(said.gist, error="HOST NO DISPONIBLE"))
    assert outage_of(shown, [told], same_system, is_shared) == "cards"
    coded = replace(said, gist=replace(said.gist, error="E-30"))
    assert outage_of(coded, [replace(told, error="E-21")], same_system, is_shared) is None
