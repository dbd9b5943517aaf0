"""Which store a text names: numbers, words, names, answers, corrections, and what is no store."""

from __future__ import annotations

import pytest

from tools.models.local.names import (
    LONGEST_NAME,
    bare_name,
    store_by_convention,
    store_of_group,
    store_of_name,
)
from tools.models.local.stores import corrected_part, find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("la impresora de la tienda 45 no funciona", "45"),
        ("suc. 12 sin sistema", "12"),
        ("Suc 8 no abre", "8"),
        ("sucursal Centro", "Centro"),
        ("sucursal centro no tiene luz", "Centro"),
        ("en el local 7 no hay agua", "7"),
        ("T-45 sin red", "45"),
        ("no prende, reporta la 116", "116"),
        ("los focos ya no alumbran, acá 104", "104"),
        ("los focos ya no alumbran acá 104!!", "104"),
        ("no llega el camión, aquí 20 personas", None),
        ("hace calor acá 32", None),
        ("somos acá 12", None),
        ("no prende la caja, punto Kennedy", "Kennedy"),
        ("saluda Santiago de la 45", "45"),
        ("la app no reporta la 30", None),
        ("No quiere prender la caja 2 acá en la 113", "113"),
        ("internet se murió y nadie dice nada aca en 76 ya mismo si puede ser", "76"),
        ("otra vez lo de siempre con la caja 2 aca en 13", "13"),
        ("la caja 2 no prende, acá en la 3 sí", None),
        ("aquí en 15 llega el técnico", None),
        ("acá en 20 minutos cerramos", None),
        ("acá en 10 ya vamos saliendo", None),
        ("acá en 76 está caído el sistema", "76"),
        ("acá en 20 te llamo", None),
        ("aquí en 12 cuotas no deja pasar la tarjeta", None),
        ("llego acá en 15", None),
        ("t45 sin red", "45"),
        ("tda 45", "45"),
        ("tienda cuarenta y cinco", "45"),
        ("tienda 40 y 5 no funciona", "45"),
        ("tienda cuarentaicinco", "45"),
        ("tienda ciento dos sin internet", "102"),
        ("#45 sin sistema", "45"),
        ("tienda #45", "45"),
        ("tienda número 8", "8"),
        ("Tienda no. 102", "102"),
        ("tienda 045", "45"),
        ("TIENDA 45 SIN SISTEMA", "45"),
        ("tienda Polanco", "Polanco"),
        ("la tienda del Centro no abre", "Centro"),
        ("la tienda de Zapopan", "Zapopan"),
        ("TPV caído en la tienda de Chamartín", "Chamartín"),
        ("aquí en la 12 tampoco", "12"),
        ("Buenas, en la 87 la impresora de tickets no saca nada", "87"),
        ("no hay sistema en la 33", "33"),
        ("no pasa tarjetas en la 45, la terminal está muerta", "45"),
        ("soy de la 45 y no jala", "45"),
        ("aquí en Polanco no imprime", "Polanco"),
        ("card reader down at store 12", "12"),
        ("tienda 45, digo 54", "54"),
        ("no, es la 54", "54"),
        ("no es la 45, es la 54", "54"),
        ("perdón, tienda 54", "54"),
        ("tienda 45 caja 2 no imprime", "45"),
        ("la 45", None),
        ("45", None),
        ("caja 2 no prende", None),
        ("error E-45", None),
        ("error 45 en la terminal", None),
        ("llamen al 5512345678", None),
        ("la tienda abre a las 10:45", None),
        ("desde la 1 pm no hay luz", None),
        ("son 45 pesos", None),
        ("ciento dos", None),
        ("tienda 1,200 pesos de venta", None),
        ("en la tienda 3 clientes esperando", None),
        ("la sucursal no tiene luz", None),
        ("tienda de ropa", None),
        ("mi tienda, mil gracias", None),
        ("ticket #45", None),
        ("la caja 1 no imprime y en la 2 tampoco", None),
        ("la caja 11 no imprime y en la 12 tampoco", None),
        ("se cayó en la 5 de mayo", None),
        ("la junta es en la 20 de noviembre", None),
        ("vamos en la 10.4 de la app", None),
    ],
)
def test_said(text: str, store: str | None) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("45", "45"),
        ("la 45", "45"),
        ("La 45, gracias", "45"),
        ("en la cuarenta y cinco", "45"),
        ("es la tienda 45 gracias", "45"),
        ("si, la 45", "45"),
        ("la doce por favor", "12"),
        ("soy de la 45", "45"),
        ("45 de Polanco", "45"),
        ("0045", "45"),
        (" 045 ", "45"),
        ("Tienda 45", "45"),
        ("cuarenta y cinco", "45"),
        ("POLANCO", "Polanco"),
        ("polanco", "Polanco"),
        ("Sucursal Centro", "Centro"),
        ("", None),
        ("Polanco", "Polanco"),
        ("en Polanco", "Polanco"),
        ("centro", "Centro"),
        ("es la del centro", "Centro"),
        ("tlalpan", "Tlalpan"),
        ("Las Américas", "Las Américas"),
        ("perdón, la 54", "54"),
        ("ok", None),
        ("gracias", None),
        ("Voy", None),
        ("espera", None),
        ("ahorita te digo", None),
        ("un momento", None),
        ("no sé", None),
        ("la impresora", None),
        ("5512345678", None),
        ("es la caja", None),
        ("104 ya te dije", "104"),
        ("la 104 como siempre", "104"),
        ("¿otra vez? 104", "104"),
        ("la misma de siempre, 104", "104"),
        ("es la 104 ya te lo había dicho", "104"),
        ("104 otra vez", "104"),
        ("ya te dije la 5", "5"),
        ("lean arriba: Reforma!!", "Reforma"),
        ("¿otra vez? Reforma", "Reforma"),
        ("LE REPITO, REFORMA", "Reforma"),
        ("lo puse arriba, Quipus", "Quipus"),
        ("estamos en Estadio", "Estadio"),
        ("la de Levante", "Levante"),
        ("La Galería", "La Galería"),
        ("Breña", "Breña"),
        ("15 polanco", "15"),
        ("A12", "A12"),
        ("mx0231", "MX0231"),
        ("suc. del valle", "Del Valle"),
        ("Plaza Cristal", "Plaza Cristal"),
        ("mall plaza oeste", "Mall Plaza Oeste"),
        ("plaza llena de gente", None),
        ("tienda nueva", None),
        ("E51", None),
        ("usb3", None),
        ("10am", None),
        ("ya van 3 veces", None),
        ("ya te dije, hace 2 horas", None),
        ("otra vez la caja 3", None),
        ("como siempre", None),
        ("ya lo puse", None),
        ("¿otra vez?", None),
        ("ya normal", None),
        ("otra vez trabadita", None),
        ("de nuevo pegadísimo", None),
        ("como 20", None),
        ("otra vez por 20", None),
        ("lean arriba!!", None),
        ("¿estamos en Estadio?", None),
        ("es Lupita", None),
        ("Estamos en eso", None),
    ],
)
def test_answered(text: str, store: str | None) -> None:
    assert find_store(text, answering=True) == store


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("Tienda 45 - Soporte", "45"),
        ("Lupita T45", "45"),
        ("Suc. Centro Ventas", "Centro"),
        ("Tienda Polanco", "Polanco"),
        ("Soporte Tiendas Norte", None),
        ("Lupita", None),
        ("Grupo Soporte TI", None),
        ("Pepe 31", "31"),
        ("Persona 21", None),
        ("Zona Norte · Equipo 3", None),
        ("Soporte 2", None),
        ("", None),
        ("Lu Rosario ⚓", None),
        ("Andrés Rionegro 🚴", "Rionegro"),
        ("Kathe 💜 Gran Estación", "Gran Estación"),
        ("Walter La 11", "11"),
        ("Óptica Irapuato 🍓", "Irapuato"),
        ("Mega Plaza caja", "Mega Plaza"),
        ("Álvaro (Los Arcos)", "Los Arcos"),
        ("Nacho Taller", None),
        ("Mari Carmen", None),
        ("Ana Belén", None),
        ("María del Carmen", None),
        ("Rosario", None),
        ("Mari Carmen Coapa", "Coapa"),
    ],
)
def test_of_a_name(name: str, store: str | None) -> None:
    assert store_of_name(name) == store


def test_a_correction_is_what_follows_its_mark() -> None:
    assert corrected_part("no, es la 54") == "es la 54"
    assert corrected_part("la impresora no imprime") is None


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("Sucursal 88 - Ferretería El Roble (equipo)", "88"),
        ("Tienda Polanco", "Polanco"),
        ("Súper La Milpa - Tiendas Bajío", None),
        ("Líderes de punto - Ahorramax Antioquia", None),
        ("ABARROTES LA ESQUINA zona sur", None),
        ("Supermercados Valdeoro · tiendas y central", None),
        ("Panadería La Abuela - Cedritos", "Cedritos"),
        ("Veterinaria Sol (Barranco) equipo", "Barranco"),
        ("Casa Nova Parque Arauco - Operaciones", "Parque Arauco"),
        ("Calzados Andina - Lima", None),
        ("Boticas Sol - Barranco", None),
        ("Librería Roma - Zona Norte", None),
        ("Kiosco Las Flores", None),
    ],
)
def test_of_a_group(name: str, store: str | None) -> None:
    assert store_of_group(name) == store


def test_a_name_tells_a_store_where_the_others_do() -> None:
    others = ["Caro Providencia", "Jose La Serena", "Don Patricio"]
    assert store_by_convention("Fran Alameda", others) == "Alameda"
    assert store_by_convention("Fran Mazurén", ["Caro Pérez", "Jose La Serena"]) is None
    assert store_by_convention("Nacho Taller", others) is None
    assert store_by_convention("Fran", others) is None
    assert store_by_convention("Mari Carmen", others) is None
    assert store_by_convention("Pepe Sandoval", others) is None
    assert store_by_convention("Lola Temuco Portal", others) == "Temuco Portal"


def test_towns_in_the_names_of_others_make_a_convention() -> None:
    others = ["Nuria Tordesillas", "Chema Peñafiel", "Don Patricio"]
    assert store_by_convention("Olga Mazurén", others) == "Mazurén"
    assert store_by_convention("Olga Tordesillas", others[1:]) == "Tordesillas"
    assert store_by_convention("Olga Mazurén", others[1:]) is None
    assert store_by_convention("Lupita Aguilar", ["Karina - Ate"]) is None
    assert store_by_convention("Ana Aldama", ["Karina - Ate"]) is None
    # Towns that are rather a surname make none.
    assert store_by_convention("Olga Mazurén", ["Ana Peralta", "Luis Sarmiento"]) is None
    assert store_by_convention("Olga Tordesillas", ["Ana Peralta", "Luis Sarmiento"]) is None


def test_a_part_of_a_town_is_told_with_its_town() -> None:
    assert store_of_name("Toñita Polanco Centro") == "Polanco Centro"
    assert store_of_name("Toñita Ruiz Centro") == "Centro"


def test_a_name_tells_a_store_where_the_chat_speaks_of_it_as_a_place() -> None:
    texts = ["Ya estoy En Peñasco con el horno", "la tablet de Lola Reyes", "está en caja"]
    assert store_by_convention("Goyo Peñasco", [], texts) == "Peñasco"
    assert store_by_convention("Peñasco Goyo", [], texts) == "Peñasco"
    assert store_by_convention("Lola Reyes", [], texts) is None
    assert store_by_convention("Rosa Farmacia", [], ["en Farmacia no hay sistema"]) is None
    assert store_by_convention("Ana Casa", [], ["Me quedé en Casa"]) is None
    assert store_by_convention("Rosa Caja", [], texts) is None
    assert store_by_convention("Goyo Peñasco", [], ["vino Goyo Peñasco"]) is None


@pytest.mark.parametrize("text", ["Salió", "Trabajando", "Gris", "Tiene", "Volando", "Naranja"])
def test_a_common_word_answers_for_no_store(text: str) -> None:
    assert find_store(text, answering=True) is None


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("El Paso", "El Paso"),
        ("Paso Ancho", "Paso Ancho"),
        ("Almenara", "Almenara"),
        ("Canindé", "Canindé"),
        ("Macondé", "Macondé"),
        ("José", "José"),
        ("Juan Pablo III", "Juan Pablo III"),
        ("ya pasó", None),
        ("paso", None),
        ("creció", None),
        ("Creció", None),
        ("Reinicié", None),
        ("Entré", None),
        ("Cerró", None),
        ("entréeee", None),
        ("acá el 30 no pagan", None),
    ],
)
def test_a_name_is_told_from_what_happened(text: str, store: str | None) -> None:
    assert find_store(text, answering=True) == store


def test_a_hostile_name_is_read_to_its_limit() -> None:
    assert store_of_name("Ana - Polanco" + " x" * LONGEST_NAME) is None
    assert len(bare_name("a b " * 4000)) <= LONGEST_NAME


@pytest.mark.parametrize(
    "text",
    [
        "perdón, no es la 45, es la 54",
        "me confundí, es la 54",
        "me equivoqué de tienda, es la 54",
        "puse mal, es el local 54",
        "escribí mal la tienda, es la 54",
        "error, es la 54",
        "jaja no, es la 54",
        "ah no, 54",
        "la correcta es la 54",
        "la 54, me equivoqué",
        "54 perdón",
    ],
)
def test_a_store_is_put_right(text: str) -> None:
    assert find_store(text) == "54"
    assert corrected_part(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "error 54",
        "cambio 50",
        "2 perdón",
        "ah no, 2",
        "jaja no",
        "jaja no, la 54 ganó",
        "ah no, ya quedó",
        "puse mal el rollo, es la 2",
        "me confundí de grupo",
        "54 perdón por molestar",
        "llegan 54, perdón",
    ],
)
def test_no_store_is_put_right(text: str) -> None:
    assert find_store(text) is None
