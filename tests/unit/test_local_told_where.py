"""Stores by their number where no noun and no 'en la' tells of them, and what is no store."""

from __future__ import annotations

import pytest

from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("no hay sistema en el 38", "38"),
        ("en el 38 tampoco hay sistema", "38"),
        ("en el 38 no hay luz", "38"),
        ("aquí en el 38 no jala la terminal", "38"),
        ("se cayó el internet en el 38", "38"),
        ("en el 38 también", "38"),
        ("acá 50 también", "50"),
        ("acá 50 no hay sistema", "50"),
        ("aquí 50 sin luz", "50"),
        ("datáfono fuera de servicio la 8", "8"),
        ("el posnet está caído la 8", "8"),
        ("internet caído la 8, ayuda", "8"),
        ("lector dañado en la 8", "8"),
        ("la 8 tiene la caja 2 trabada", "8"),
        ("buenas, la 8 tiene el refri apagado", "8"),
        ("la 8 tiene la puerta rota", "8"),
    ],
)
def test_the_store_is_heard(text: str, store: str) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    "text",
    [
        "ya voy en el 38",
        "la descarga se quedó en el 38",
        "la temperatura está en el 38",
        "la actualización se trabó en el 45",
        "no sale la foto en el 38 de la lista",
        "en el 38 sí hay sistema",
        "en el 15 cobramos",
        "no hay sistema en el 2",
        "no cargan los precios en el 10 por ciento",
        "acá 50 clientes esperando sin sistema",
        "aquí 50 minutos sin sistema",
        "acá 40 grados, no enfría el aire",
        "en el 2024 no había sistema",
        "la caja fuera de servicio la 2",
        "terminal fuera de servicio la 3",
        "impresora apagada la 4",
        "la 8 tiene la pantalla negra",
        "la 8 tiene el cajón trabado",
        "la 8 tiene la impresora rota",
        "la 8 tiene fila",
    ],
)
def test_what_is_no_store(text: str) -> None:
    assert find_store(text) is None
