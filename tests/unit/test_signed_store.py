"""A store's number that is signed behind a report, or said of here before a small word."""

from __future__ import annotations

import pytest

from tools.models.local.stores import find_store

SAID = [
    ("desde temprano no podemos mandar las transferencias, se queda en enviando. La 29", "29"),
    ("me piden factura y el botón está en gris, no se puede picar. La 52", "52"),
    ("cero comunicación con las cámaras desde ayer. La 73", "73"),
    ("el posnet se tildó y de ahí no sale. Somos la 88", "88"),
    ("la etiquetadora imprime las etiquetas encimadas (la 21) un saludo...", "21"),
    ("se rompió la persiana y no hay cómo abrir (la 31) ¿alguien que lo vea?", "31"),
    ("mando el cierre por el correo y me rebota, acá 41 que hay fila", "41"),
    ("tampoco podemos entrar al sistema aqui en 49 os lo agradezco un monton", "49"),
    ("la impresora saca todo en blanco, aquí 62 nos ayudan", "62"),
    ("el datáfono no lee ninguna tarjeta acá 18 por favorcito", "18"),
]
# Talk of store groups, and reports whose number is something else's.
OTHER = [
    "tengo la fila aqui 41 personas",
    "hace 35 grados, acá 37 ya me derrito",
    "vendimos 40 tickets, aquí 52 ya",
    "vendimos la impresora, aquí 52 que felicidad",
    "aquí en 15 ya llega el de la caja",
    "salimos aquí en 20 que la caja ya cuadró",
    "me quedan 12 rollos, aquí 14 ya",
    "la camisa cuesta 45, aquí 39 que ganga",
    "el 10 juega mejor que el otro. La 12",
    "quién va a la ruta. La 18",
    "en el camión llegaron cajas, acá 12 que revisé",
    "la caja 3 no abre. La 15 sí",
    "no imprime la impresora de la caja 12. La 15 sí imprime",
    "en la caja 12 no abre el cajón. La 15",
    "pasen a cobrar a la otra caja. La 12",
    "llevo aquí 25 minutos y no abre el sistema",
]


@pytest.mark.parametrize(("text", "store"), SAID)
def test_the_store_is_read(text: str, store: str) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize("text", OTHER)
def test_another_number_is_none(text: str) -> None:
    assert find_store(text) is None
