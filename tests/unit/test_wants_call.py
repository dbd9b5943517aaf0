"""Who reports something and wants to be called, in whatever words; and who only speaks of calls."""

from __future__ import annotations

import pytest

from domain.sayings.orders import Order, order_of, wants_call

WISHES = """
no imprime la 12, que me llame alguien
no prende la caja de la tienda 12. Necesito que me llamen
no prende la caja de la tienda 12, llámenme porfa
no prende la caja de la tienda 12, me pueden marcar?
no prende la caja de la tienda 12, me puede llamar un técnico
no prende la caja de la tienda 12, pasenme a alguien de soporte
no prende la caja de la tienda 12, alguien que me atienda por favor
no prende la caja de la tienda 12, quiero hablar con una persona no con un bot
no prende la caja de la tienda 12, me urge hablar con un humano
no prende la caja de la tienda 12, marquenme al celular
no prende la caja de la tienda 12 y quiero que me llame un asesor
se cayó el sistema en la 45 desde hace rato y nadie contesta, por favor que alguien me llame
no hay internet en la 12. me llaman por favor?
no jala el pos de la 9, háblenme al 5500000000
""".strip().splitlines()
NONE = """
no suena el teléfono de la tienda 12, los clientes no me pueden llamar
no sirve el teléfono, no me pueden marcar
el teléfono no timbra cuando me llaman
no prende la caja, manden a alguien
no me llamen al fijo que no sirve
la impresora no imprime, un operador la tiró
no funciona el timbre, una persona lo rompió
no jala la tele y alguien la apagó
me llaman del banco y no pasa la tarjeta
no carga la app, me pide hablar con soporte
no abre la puerta, llamen al cerrajero
hay una persona gritando en la tienda 12
el cliente quiere hablar con una persona de gerencia
la terminal dice llame a su banco
no enfria el aire, ya llame al tecnico
se cayó la red, ya hablé con un asesor de telmex
llámenme loca pero ya jala
la línea no marca, marquen al celular
no imprime, ya pasé el reporte a sistemas
no prende la caja de la 12 y me llamó el gerente
""".strip().splitlines()


def wishes(text: str) -> bool:
    asked = order_of(text)
    return (asked is not None and asked.order is Order.PERSON) or wants_call(text)


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_for_a_person_beside_a_report_is_heard(text: str) -> None:
    assert wishes(text)


@pytest.mark.parametrize("text", NONE)
def test_what_speaks_of_calls_is_no_wish(text: str) -> None:
    assert not wishes(text)
