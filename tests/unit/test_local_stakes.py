"""A ticket is urgent by what is at stake: people kept away, customers who wait, no sale at all."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.stakes import (
    customers_wait,
    keeps_people_away,
    may_harm,
    others_do_its_work,
    stops_sales,
)


async def priority(*texts: str) -> str:
    """What the first person and, after '>', whoever helps say of it."""
    lines = tuple(
        Line(f"m{n}", "", "staff", "Beto" if text.startswith(">") else "Ana", text.strip("> "))
        for n, text in enumerate(texts)
    )
    return (
        await LocalModels().classify(ModelCall("i", "classify", "", lines, len(lines)))
    ).priority


@pytest.mark.parametrize(
    "text",
    [
        "Cierra ese pasillo YA con cinta y baja lo que puedas",
        "Edison acordone y que nadie pase por debajo",
        "Óscar cierre ese pasillo y que nadie entre",
        "Valla y cinta YA Ceci",
        "evacúen el local y llamen a bomberos",
        "Llama al 911 Darwin, siéntala",
        "que nadie fume ni arranque cerca",
        "salgan todos afuera ahora",
    ],
)
def test_people_are_kept_away(text: str) -> None:
    assert keeps_people_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "cierra la caja y vuelve a entrar",
        "que nadie pase tarjetas hasta que avise",
        "ponle cinta aislante al cable mientras",
        "limpie el vidrio con cinta pegante",
        "no lo muevas de la base, déjalo cargando",
        "que nadie toque el sistema mientras actualizo",
        "cierren sesión y entren de nuevo",
        "llama al técnico de la impresora",
        "mándame cinta de embalar a la entrada",
    ],
)
def test_advice_about_devices_keeps_nobody_away(text: str) -> None:
    assert not keeps_people_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "el camión ha perdido gasoil, hay un charco de 4 metros",
        "el letrero zumba y hace chispitas",
        "la estantería de los galones se está viniendo hacia adelante",
        "el andamio de los peluches se ha inclinado hacia el pasillo",
        "Está cayendo agua del techo encima del cuadro de luces",
        "la repisa está por caerse",
    ],
)
def test_what_may_harm_people(text: str) -> None:
    assert may_harm(text)


@pytest.mark.parametrize(
    "text",
    ["tiró el sistema", "se cayó el cartel de la promo", "la soldadura saca chispas bien bonito"],
)
def test_what_harms_nobody(text: str) -> None:
    assert not may_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "tengo a seis personas queriendo pagar con tarjeta",
        "llevo tres clientes parados, no me jala",
        "estoy con la cola",
        "la cola llega al pan",
        "es la única que tenemos",
        "traigo fila hasta la puerta",
    ],
)
def test_customers_wait(text: str) -> None:
    assert customers_wait(text)


@pytest.mark.parametrize(
    "text",
    ["vendimos 40 cajas de cola", "pega el cartel con cola", "hay tres personas de turno hoy"],
)
def test_nobody_waits(text: str) -> None:
    assert not customers_wait(text)


def test_no_sale_can_be_made() -> None:
    assert stops_sales("sale un letrero rojo y no deja hacer venta, en ninguna de las dos")
    assert not stops_sales("no puedo hacer la nota de crédito")


@pytest.mark.parametrize(
    "text",
    [
        "no puedo abrir mi caja me dice usuario bloqueado",
        "el chavo nuevo no puede entrar, su usuario dice bloqueado",
        "a Estiven y a mí no nos deja entrar a la app, dice usuario inactivo",
        "medio escaparate está a oscuras",
        "el fluorescente de la trastienda no va, estoy contando a oscuras",
        "la cortina no sube, se atoró a media. ya abri con la otra",
        "no hay internet, vendo normal pero no suben boletas",
        "la persiana quedó trabada a mitad, entro agachado",
    ],
)
async def test_others_do_its_work(text: str) -> None:
    assert others_do_its_work(text)
    assert await priority(text) == "normal"


@pytest.mark.parametrize(
    "texts",
    [
        (
            "la terminal no agarra ninguna tarjeta y traigo fila",
            "solo estamos cobrando en efectivo",
        ),
        ("no consigo entrar al TPV, pone usuario no válido y estoy con la cola",),
        ("todos los usuarios bloqueados, nadie puede cobrar",),
        ("se fue la luz en toda la cuadra, la bodega y las cajas a oscuras",),
        ("estamos a oscuras, no podemos cobrar",),
        ("una estantería se está inclinando", ">cierren ese pasillo y que nadie pase"),
        ("la cortina no sube y no podemos abrir la tienda",),
        ("sin internet no pasan las tarjetas en ninguna caja",),
    ],
)
async def test_real_urgency_in_nearly_the_same_words(texts: tuple[str, ...]) -> None:
    assert await priority(*texts) == "urgent"
