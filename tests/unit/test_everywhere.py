"""What fails in every store, and what is said of all that is in one."""

from __future__ import annotations

import pytest

from domain.deciding.echo import confirms
from domain.sayings.everywhere import is_everywhere


@pytest.mark.parametrize(
    "text",
    [
        "ninguna tienda tiene sistema, caído general",
        "no hay sistema en todas las tiendas",
        "se cayó el sistema a nivel nacional",
        "todas las sucursales están sin internet",
        "ningún local puede facturar",
        "toda la cadena sin sistema",
        "no hay sistema en ninguna tienda",
    ],
)
def test_every_store_has_it(text: str) -> None:
    assert is_everywhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "no abren todas las cajas",
        "se fue la luz en toda la tienda",
        "ya hay sistema en todas las tiendas",
        "en todas las tiendas menos la 12 hay sistema",
        "no hay sistema en casi todas las tiendas",
        "¿no hay sistema en todas las tiendas?",
        "caída general del sistema, nadie puede vender",
        "en ninguna tienda venden de esos",
        "no imprime ninguna impresora",
        "todas las tiendas cierran a las 9",
        "en todas",
    ],
)
def test_one_store_or_some_have_it(text: str) -> None:
    assert not is_everywhere(text)


@pytest.mark.parametrize(
    "text", ["en todas", "todas", "son todas las tiendas", "Todas las sucursales"]
)
def test_all_of_them_answers_which_store(text: str) -> None:
    assert is_everywhere(text, answering=True)


@pytest.mark.parametrize(
    "text", ["todas las cajas", "todo", "ya todas", "todas?", "todos los días"]
)
def test_all_of_something_else_answers_nothing(text: str) -> None:
    assert not is_everywhere(text, answering=True)


@pytest.mark.parametrize(
    "text", ["confirmo 12", "confirmado la 15", "33 confirmo", "Confirmamos tienda 22 igual"]
)
def test_who_confirms_names_a_store(text: str) -> None:
    assert confirms(text)


@pytest.mark.parametrize(
    "text",
    ["confirmo 12 cajas", "confirmo 3", "confirmo", "¿confirmo 12?", "confirmo el pedido 12"],
)
def test_who_confirms_something_else_names_none(text: str) -> None:
    assert not confirms(text)
