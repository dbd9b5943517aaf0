"""Chores and bosses who are away, and what sounds like them and is a report."""

from __future__ import annotations

import pytest

from domain.sayings.chores import is_chore, tells_of_then

CHORES = """
Falta limpiar el baño de la 12
falta barrer la bodega de la 40
Chicos, falta acomodar la mercancía de la bodega
todavía falta trapear el pasillo 3
faltó limpiar los vidrios de la entrada
falta lavar el piso de la tienda 8
hola equipo, falta surtir los anaqueles hoy
falta limpiar el baño de damas y la bodega
no llegó el gerente
hoy no vino el jefe
todavía no llega el supervisor de zona
no ha llegado la gerente
""".strip().splitlines()
REPORTS = """
falta la impresora de la 12
falta un cable en la caja 2 tienda 12
el baño de la 12 se está inundando
fuga de agua
no llega la señal
falta limpiar el baño de la 12, está tapado
falta limpiar el derrame de aceite de la 12
falta limpiar el condensador del refri de la 12
falta limpiar el aire de la 12
falta cambiar el foco de la bodega
falta instalar la impresora de la 12
falta agua en el baño de la 12
falta luz en la bodega de la 40
falta papel en la impresora
el gerente no llegó con las llaves
no llegó el gerente con las llaves
no llegó el gerente y no podemos abrir
no llegó la cajera y no podemos abrir la caja
faltan dos cajeras hoy en la tienda 7
no llegó el pedido de ayer
no llega el internet
no llegó el técnico
falta la llave del baño de la 12
falta limpiar el vidrio roto de la entrada
¿falta limpiar el baño de la 12?
""".strip().splitlines()


@pytest.mark.parametrize("text", CHORES)
def test_a_chore_is_no_report(text: str) -> None:
    assert is_chore(text)


@pytest.mark.parametrize("text", REPORTS)
def test_what_sounds_like_one_is_a_report(text: str) -> None:
    assert not is_chore(text)


@pytest.mark.parametrize(
    "text",
    [
        "a mi tambien me paso ayer, se arregla apagandola",
        "nos pasó la semana pasada, era el cable",
        "a mí me hizo lo mismo el otro día y la reinicié",
    ],
)
def test_what_happened_before_is_told(text: str) -> None:
    assert tells_of_then(text)


@pytest.mark.parametrize(
    "text",
    [
        "a mi tambien me paso ayer y hoy otra vez",
        "nos pasó ayer y sigue igual",
        "me pasó ayer y todavía no jala",
        "desde ayer nos pasa lo mismo",
        "nos pasa lo mismo",
        "ayer me pasó y ahora se volvió a apagar",
        "también nos está pasando",
    ],
)
def test_what_fails_now_is_not_told_of_then(text: str) -> None:
    assert not tells_of_then(text)
