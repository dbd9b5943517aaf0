"""Goods that came and the terms of a promotion are no report; what is wrong with them is one."""

from __future__ import annotations

import pytest

from domain.hearing import heard
from domain.sayings.shop_talk import GOODS, TERMS, why_shop_talk
from tools.models.local.reader import LocalReader

_READER = LocalReader()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ya entraron las bolsas del mes, están en el estante de arriba", GOODS),
        ("llegó el pedido de bolsas y rollos completito, gracias a los de almacén", GOODS),
        ("llegaron los uniformes, pasen a firmar", GOODS),
        ("ya recibimos la mercadería de la tarde, la voy acomodando", GOODS),
        ("trajeron las etiquetas nuevas, las dejé con Marta", GOODS),
        ("el rollo de tela azul va en la mesa de la entrada", GOODS),
        ("los ganchos de la ropa de niño están en el mostrador", GOODS),
        ("el 3x2 no acumula con puntos, lo dice la letra chiquita del correo", TERMS),
        ("¿el 3x2 no acumula con la tarjeta?", TERMS),
        ("ojo, la promo no aplica con vales de despensa", TERMS),
        ("el descuento de socios no se combina con las ofertas", TERMS),
        ("los cupones no suman con el 2x1, avisen al cliente", TERMS),
    ],
)
def test_what_anybody_says_of_goods_is_no_report(text: str, why: str) -> None:
    assert why_shop_talk(_READER.read(text)) == why


@pytest.mark.parametrize(
    "text",
    [
        "llegaron las bolsas rotas",
        "llegó el pedido incompleto, faltan los rollos",
        "llegaron los rollos y no son de la medida de la impresora",
        "ya llegó la impresora nueva pero no conecta",
        "llegaron las etiquetas mal impresas",
        "me llegó el pedido de bolsas y son todas chicas, pedí 30 grandes, auxilio",
        "entró agua a la bodega",
        "entraron a robar",
        "ya llegó el técnico y sigue sin servir la caja",
        "recibimos el pedido mojado, se dañó todo",
        "las bolsas están en la bodega y no podemos abrir la puerta",
        "los rollos están en la bodega, ayuda, está trabada la chapa",
        "el 3x2 no aplica con tarjeta, la caja cobra completo",
        "el sistema no toma el descuento, no aplica con nada",
        "la promo no me la aplica con la terminal",
        "el cupón no aplica con el pos y debería, tengo fila",
        "los puntos no acumulan con la tarjeta desde ayer, el cliente se queja",
        "llegaron las bolsas en la 12 y están abiertas",
        "hay un cable pelado en la mesa de la entrada",
    ],
)
def test_what_is_wrong_with_goods_is_heard(text: str) -> None:
    assert why_shop_talk(_READER.read(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "mañana inventario, lleguen a las 7 sin falta",
        "MAÑANA INVENTARIO, LLEGUEN A LAS 7 SIN FALTA",
        "mañana inventario, nadie falta",
        "el corte lo mandan hoy sin falta",
        "el viernes hay conteo de la caja fuerte, todos sin falta",
        "la foto de la vitrina la mandan hoy sin falta",
    ],
)
def test_who_is_to_come_without_fail_reports_nothing(text: str) -> None:
    gist = _READER.read(text)
    assert not gist.signs.get("fault")
    assert gist.incident < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "vengan hoy sin falta que la caja no prende",
        "falta papel para la impresora",
        "sin luz, falta una fase",
        "no hay sistema, manden a alguien sin falta",
        "nos hace falta toner",
        "la terminal no cobra, la necesitamos hoy sin falta",
    ],
)
def test_what_is_missing_is_heard(text: str) -> None:
    assert _READER.read(text).incident >= 0.6


def test_what_is_lacked_is_not_left_out() -> None:
    assert heard("sin falta de nada") == "sin falta de nada"
    assert heard("nadie falta en caja") == "nadie falta en caja"
