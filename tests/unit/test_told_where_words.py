"""Every word by which a number is told for a store's, and every one that makes it none."""

from __future__ import annotations

import pytest

from tools.models.local.numbers import find_numbers
from tools.models.local.spelling import fold
from tools.models.local.told_where import told_where

_LEADS = (
    "hola, |buenos días |buenas tardes |buenas noches |soporte |inge |equipo |oigan |oye |jefe |y |"
    "pues |si |no, |también |tampoco |igual |ahorita |ahora |aquí |acá |por acá |reporto |"
    "reportamos |urgente |ayuda, "
)
_SUPPLIES = (
    "luz corriente energía electricidad agua sistema internet red wifi línea señal conexión "
    "servicio teléfono"
)
_DOES = (
    "jala funciona sirve anda prende enciende cobra pasa imprime abre cierra lee carga conecta "
    "enfría factura pesa"
)
_LACKS = (
    "sin luz|estamos sin luz|seguimos sin luz|sigue sin luz|está sin luz|quedamos sin luz|"
    "tampoco hay luz|no ai luz|no tenemos luz|no tengo la señal|no tiene el sistema|"
    "se fue la luz|se cayó el sistema|se cortó la luz|se nos fue la luz|no me jala la caja 2|"
    "no nos jala el pos|no se prende los focos|no jala las cajas|no jala mi terminal|"
    "no jala una caja"
)
_BEHIND = (
    "tampoco hay luz|está sin luz|quedamos sin luz|también sin luz|igual sin luz|"
    "todavía no hay luz|aún sin luz|sigue sin luz|seguimos sin luz|estamos sin luz|"
    "tampoco|también|igual|tmb|ídem|lo mismo"
)
_BETWEEN = ("tampoco", "también", "igual", "tmb", "aquí", "acá")
_ENDS = "tampoco|también|por favor|porfa|ayuda|urge|. Gracias"
_MEASURES = (
    "%|/100|°|:30|por ciento|grados|de la lista|hrs|horas|minutos|días|am|pm|clientes|"
    "personas|veces|pesos"
)
_MASCULINE = (
    "datáfono tpv pos posnet pinpad internet wifi teléfono aire refri refrigerador horno "
    "congelador lector escáner cajón router módem servidor monitor sistema aire_acondicionado"
)
_BROKEN = (
    "fuera de servicio|fuera de línea|caído|está caído|anda trabado|sigue apagado|quedó bloqueado|"
    "dañado|descompuesto|malogrado|muerto|colgado|roto|pegado|congelado|quemado|tapado|cerrado|"
    "atascado|atorado"
)
_OF_A_SHOP = (
    "la caja fuerte|la caja 2|la puerta|la cortina|el refri|el congelador|el horno|el baño|"
    "la alarma|las cámaras|el aire|el aire acondicionado|la vitrina|el letrero|el elevador|"
    "el estacionamiento|la bodega|las cajas|los refris|una puerta|su puerta"
)
_HAS = "tiene|tienen|tenemos|trae|tiene otra vez|tiene de nuevo|tiene ya"
_HOW = "rota|muy rota|bien rota|otra vez rota|que no abre"


def store(text: str) -> str | None:
    return told_where(fold(text), find_numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        *(f"{lead}en el 38 no hay luz" for lead in _LEADS.split("|")),
        *(f"no hay {one} en el 38" for one in _SUPPLIES.split()),
        *(f"no {one} la caja en el 38" for one in _DOES.split()),
        *(f"{one} en el 38" for one in _LACKS.split("|")),
        *(f"en el 38 {one}" for one in _BEHIND.split("|")),
        *(f"no hay luz en el 38 {one}" for one in _ENDS.split("|")),
        *(f"no hay luz {one} en el 38" for one in _BETWEEN),
        "les aviso que no hay luz en el 38",
        "tampoco jala la caja en el 38",
    ],
)
def test_a_number_that_lacks_something_is_a_store(text: str) -> None:
    assert store(text) == "38"


@pytest.mark.parametrize(
    "text",
    [
        *(f"{one.replace('_', ' ')} caído la 8" for one in _MASCULINE.split()),
        *(f"el pos {one} la 8" for one in _BROKEN.split("|")),
        "un pos caído la 8",
        "el aire de bodega apagado en la 8",
        *(f"la 8 tiene {one} muy mal" for one in _OF_A_SHOP.split("|")),
        *(f"la 8 {one} la puerta rota" for one in _HAS.split("|")),
        *(f"la 8 tiene la puerta {one}" for one in _HOW.split("|")),
        "en la 8 tiene la puerta rota",
    ],
)
def test_a_digit_that_no_till_can_be_is_a_store(text: str) -> None:
    assert store(text) == "8"


@pytest.mark.parametrize(
    "text",
    [
        *(f"no hay luz, se cayó el sistema en el 38{gap}{one}" for one in _MEASURES.split("|")
          for gap in ("", " ")),
        *(f"acá 50 {one}, sin luz" for one in ["clientes", "personas", "minutos", "días", "horas"]),
        "acá 1900, sin luz",
        "acá 0, sin luz",
        "no hay luz en el 38 piso",
        "vendimos en el 38, sin luz",
        "datáfono caído la 8 o la 9",
        "datáfono caído la 8, la 5 sí jala",
        "acá 38.5, sin luz",
        "no hay luz, marca el medidor en el 38.5",
        "no hay luz en el 38.5",
        "datáfono caído la 8 ventana",
        "creo que 8 tiene la puerta rota",
    ],
)  # fmt: skip
def test_what_measures_or_is_somewhere_else_is_none(text: str) -> None:
    assert store(text) is None
