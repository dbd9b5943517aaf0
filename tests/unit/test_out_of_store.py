"""What fails to people out of their store begins no incident; in nearly the same words a store's
own does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.assignment import Decision
from domain.deciding.beginning import refuse_beginning
from domain.room import Remark, Room, TurnFacts
from tools.models.local.reader import LocalReader

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NEW = Decision("new", None, 0.8, "reads like a report of its own")


def outcome(text: str, *before: str) -> str:
    remarks = [
        Remark(f"m{n}", "raul", "Raúl", AT - timedelta(minutes=2), said)
        for n, said in enumerate(before)
    ]
    turn = TurnFacts(person_id="lupita", at=AT, gist=LocalReader().read(text))
    return refuse_beginning(NEW, turn, "Lupita", (), Room(remarks=remarks)).outcome


@pytest.mark.parametrize(
    "text",
    [
        "no me deja cobrar mi cheque el banco",
        "el banco no abre hoy",
        "mi tarjeta no pasa en el super de la esquina",
        "la app del banco no me deja transferirle a mi hermana",
        "el cajero automático de la esquina no sirve",
        "no tengo saldo para llamar",
        "no me ha caído mi quincena",
        "no me funciona el whatsapp web en la casa",
        "el asador no prendió en la fiesta",
        "mi carro no arranca",
        "en mi colonia no hay luz",
        "se cayó whatsapp un rato",
        "no carga netflix",
        "el proveedor no coge el teléfono",
        "el chofer no me contesta las llamadas",
        "la gerente no responde",
        "el de los refrescos no contesta desde ayer",
        "se acabaron los abanicos",
        "ya no quedan ventiladores, dejen de mandar gente",
        "se agotaron las licuadoras",
        "está cayendo un agua tremenda",
        "no hay camiones hoy por el paro",
        "hoy no se factura después de las 9",
        "no tengo internet en el celular",
        "el elevador del metro no sirve",
        "el ascensor de mi edificio se quedó parado",
        "la licuadora que compré no sirve",
        "no funcionó el cambio de delantero",
    ],
)
def test_it_begins_nothing(text: str) -> None:
    assert outcome(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "el banco no autoriza las tarjetas de los clientes",
        "no pasa mi tarjeta ni la de los clientes en la terminal",
        "mi tarjeta de acceso no abre la puerta",
        "no me deja cobrar el sistema",
        "el cajero automático de la tienda no da dinero",
        "la terminal no tiene saldo para recargas, ayuda",
        "no llegan los pedidos por whatsapp",
        "desde mi casa no puedo entrar al sistema",
        "la cámara de la esquina no graba",
        "el horno no prendió",
        "el proveedor no contesta y no hay gas en la cocina",
        "el teléfono no contesta, no da tono",
        "el encargado no llegó y no tengo llaves",
        "se acabaron los rollos de la terminal",
        "se acabaron las bolsas",
        "ya no queda cambio",
        "el abanico no gira",
        "los ventiladores ya no prenden",
        "está cayendo agua del techo",
        "cae agua en la bodega",
        "no hay sistema hoy",
        "no se factura desde la mañana",
        "no hay agua caliente en el baño",
        "el celular no tiene internet",
        "el elevador no sirve, hay gente esperando",
        "la licuadora no prende",
        "no hay cambio en la caja",
        "el portero automático no suena",
    ],
)
def test_a_store_s_own_still_begins(text: str) -> None:
    assert outcome(text) == "new"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("¿quién quiere café?", "ya no hay agua caliente"),
        ("vamos a desayunar", "no hay azúcar"),
        ("¿cuántas cajas faltan?", "confirmo 12"),
        ("cuántas piezas les llegaron?", "la 12 son 8"),
        ("me confirman cuántos asisten", "45"),
    ],
)
def test_what_was_just_said_tells_what_it_is_about(before: str, text: str) -> None:
    assert outcome(text, before) == "none"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("buenos días", "ya no hay agua caliente"),
        ("¿quién quiere café?", "ya no hay agua en la tienda 12"),
        ("¿quién quiere café?", "no hay luz"),
        ("¿cuántas tiendas están sin sistema?", "la 12"),
        ("¿cuántas cajas faltan?", "no prende la caja 12"),
        ("¿quién más está sin luz?", "confirmo la 12"),
        ("¿cuántos están sin sistema?", "confirmo 12"),
    ],
)
def test_a_failure_and_a_store_that_has_it_are_heard(before: str, text: str) -> None:
    assert outcome(text, before) == "new"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("la caja amaneció con ganas de no trabajar 😂 no prende", True),
        ("la impresora anda de vacaciones jajaja ya no imprime nada", True),
        ("el aire cree que es verano 🤣 no enfría", True),
        ("se nos puso difícil la terminal jaja, no pasa", True),
        ("mi impresora de paciencia ya no tiene tinta jajaja", False),
        ("se me cayó el sistema con esos tacos 😂", False),
        ("la caja y yo no servimos jajaja", False),
        ("ayuda no funciono sin café jaajja", False),
        ("mi celular se cree caja 😂 y yo también", False),
    ],
)
def test_laughter_beside_a_plain_failure_hides_it_not(text: str, *, begins: bool) -> None:
    assert (outcome(text) == "new") is begins
