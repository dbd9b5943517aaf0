"""What a group's names and words tell of its stores."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.room import Remark
from tools.models.local import group_stores
from tools.models.local.group_stores import LONGEST_READ, GroupStores
from tools.models.local.names import store_of_group
from tools.models.local.stores import find_store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def heard(*lines: tuple[str, str], group: str = "Ferreterías - Sucursales") -> GroupStores:
    """A group in which these people wrote these lines; each is known by their name."""
    return GroupStores([Remark("", name, name, NOW, text) for name, text in lines], group)


def test_who_wrote_from_a_store_writes_from_it_the_next_time() -> None:
    stores = heard(("Keylor", "acá en Liberia todo bien"), ("Keylor", "no imprime la matriz"))
    assert stores.of("Keylor") == "Liberia"


def test_a_store_that_a_person_was_asked_for_is_theirs() -> None:
    stores = heard(("Liz", "de qué local eres?"), ("Wilmer", "115 pe Liz, el de siempre"))
    assert stores.of("Wilmer") == "115"


def test_who_goes_to_a_store_is_not_of_it() -> None:
    stores = heard(("Kevin", "ando en Huasco"), ("Kevin", "la cafetera no calienta"))
    assert stores.of("Kevin") is None


def test_who_helps_is_of_no_store() -> None:
    stores = heard(("Soporte Marco", "estoy acá en Liberia"), ("Keylor", "acá en Liberia igual"))
    assert stores.of("Soporte Marco") is None


@pytest.mark.parametrize(
    ("name", "group", "store"),
    [
        ("Cabildo Kiosco", "KIOSCOS EL TREBOL", "Cabildo"),
        ("Rancagua Papelucho", "Librerías Papelucho", "Rancagua"),
        ("Pingüino Constitución", "Heladerías Pingüino Real", "Constitución"),
        ("Panadería Sagasta", "La Tahona de Mila", "Sagasta"),
        ("Jefa Ceci", "PASO FIRME - Tiendas Perú", None),
        ("Soporte Huella", "Tiendas Huella", None),
        ("Ing Pilar", "Zona Sabana", None),
        ("Alonso Talca", "Boticas Talca", "Talca"),
        ("Lupe Tda 33", "Farmacias San Judas", "33"),
    ],
)
def test_a_name_tells_a_store_and_no_trade_or_company(
    name: str, group: str, store: str | None
) -> None:
    stores = heard((name, "buenos días"), ("Gaby Perisur", "hola"), group=group)
    assert stores.called(name) == store


def test_a_surname_is_a_store_where_others_are_called_by_theirs() -> None:
    names = ("Romina Unicenter", "Noe Quilmes", "Cami Alto Palermo", "Marcos Flores")
    stores = heard(*((name, "hola") for name in names))
    assert stores.called("Marcos Flores") == "Flores"


def test_a_store_of_the_group_is_one_in_small_letters() -> None:
    stores = heard(("Nuria Policentro", "hola"), ("Mar", "en el policentro no hay luz"))
    assert stores.said("policentro igual") == "Policentro"


def test_a_store_is_called_as_the_group_calls_it() -> None:
    stores = heard(("Joan Salera", "X3 en La Salera. Cobrando en metálico"))
    assert stores.called("Joan Salera") == "La Salera"


@pytest.mark.parametrize("text", ["graciassss", "entréeee", "Creció", "los 4", "-2"])
def test_what_is_no_store_answers_no_question_for_one(text: str) -> None:
    assert find_store(text, answering=True) is None


def test_a_long_message_is_read_to_its_limit() -> None:
    padding = "va de nuevo " * (LONGEST_READ // 12)
    stores = heard(("Keylor", "acá en Liberia " + padding), ("Wilmer", padding + " acá en Niza "))
    assert (stores.of("Keylor"), stores.of("Wilmer")) == ("Liberia", None)
    assert stores.told(padding + " Liberia") is None


# Two people called by a number, so that numbers are stores here.
NUMBERED = (("Lupe Tda 33", "hola"), ("Rosy Tda 40", "buenas"))


@pytest.mark.parametrize(
    "text",
    [
        "el 15 no trabajo",
        "El 24 no abrimos",
        "el 20 ya depositan",
        "aca el 30 no pagan",
        "el 911 no contesta",
        "el 8 de marzo",
        "la 80 no pasa por aqui, perdi el bus",
        "la 212 no llegó, perfume",
        "la 2, por favor",
    ],
)
def test_dates_and_numbers_to_call_are_no_stores(text: str) -> None:
    stores = heard(*NUMBERED, ("Karla", text))
    assert (stores.said(text), stores.told(text), stores.of("Karla")) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("la 40 igual", "40"),
        ("en la 33 no hay luz", "33"),
        ("la 12 tampoco", "12"),
        ("acá tienda 51 sin luz", "51"),
    ],
)
def test_the_number_of_a_store_of_the_group_is_one(text: str, store: str) -> None:
    stores = heard(*NUMBERED, ("Karla", "acá la tienda 12 sin internet"), ("Ana", text))
    assert stores.of("Ana") == store


def test_who_is_somewhere_else_than_where_it_fails_is_of_there() -> None:
    text = "en la 33 no hay luz, estoy en la 40"
    stores = heard(*NUMBERED, ("Karla", text))
    assert (stores.said(text), stores.of("Karla")) == ("40", "40")


def test_a_number_in_passing_is_not_the_store_of_whose_name_tells_another() -> None:
    stores = heard(*NUMBERED, ("Karla Tda 7", "hola"))
    assert stores.said("ya la 33 no contesta", "Karla Tda 7") == "7"
    assert stores.said("acá en la tienda 33 no hay luz", "Karla Tda 7") == "33"


@pytest.mark.parametrize(
    "texts",
    [
        ("voy en camino", "en camino ya"),
        ("es en agosto", "en agosto no"),
        ("en febrero", "nos vemos en febrero"),
        ("ya en casita", "en casita, descansando"),
        ("cobro en dolares", "en dolares no"),
        ("pago en soles", "en soles ya"),
        ("lo vi en Tinder", "en Tinder no"),
        ("desayuno en Starbucks", "en Starbucks ya"),
        ("está en Youtube", "en Youtube no"),
        ("nos vemos en Zoom", "en Zoom ya"),
        ("trabajo en Bimbo", "en Bimbo no"),
        ("ella es de acá Cruz Azul", "vamos en Cruz Azul"),
        ("Acá Sofi, ya llegué", "Aqui Sofi"),
    ],
)
def test_what_people_are_in_or_called_is_no_store(texts: tuple[str, str]) -> None:
    stores = heard(("Keylor", texts[0]), ("Wilmer", texts[1]))
    assert [stores.said(t) for t in texts] == [None, None]
    assert [stores.told(t) for t in texts] == [None, None]


def test_an_unknown_word_is_a_store_where_two_people_are_in_it() -> None:
    said = ("no hay luz en quirpinchaca", "en quirpinchaca tampoco")
    assert heard(("Ana", said[0]), ("Ana", said[1])).told(said[0]) is None
    assert heard(("Ana", said[0]), ("Eva", said[1])).told(said[0]) == "Quirpinchaca"


def test_who_helps_by_first_name_is_no_store() -> None:
    stores = heard(("Yajaira Quispe", "acá Yajaira"), ("Ana", "aquí Yajaira otra vez"))
    assert stores.told("acá Yajaira") is None


def test_nothing_is_folded_but_single_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cache remembers of a turn is not the whole chat anew."""
    sizes = []

    def measured(text: str) -> str:
        sizes.append(len(text))
        return text.lower()

    monkeypatch.setattr(group_stores, "fold", measured)
    people = ("Karla Tda 33", "Ana Quirpinchaca", "Eva Tda 40")
    stores = heard(*((name, f"{n} no hay luz " * 30) for n, name in enumerate(people)))
    stores.of("Ana Quirpinchaca")
    assert max(sizes) <= LONGEST_READ


@pytest.mark.parametrize("name", ["Carlos La Rosa", "Pepe El Profe", "Juan El Gordo"])
def test_an_article_in_a_name_makes_no_store_of_it(name: str) -> None:
    assert heard((name, "la impresora no imprime"), ("Ana", "ok")).called(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "hoy juega Boca en Córdoba",
        "la camioneta está en Toluca, llega tarde",
        "mi hijo está en Lima de viaje",
        "el técnico de Niza viene",
    ],
)
def test_where_something_else_is_is_nobodys_store(text: str) -> None:
    stores = heard(("Beto", text), ("Beto", "no enciende el monitor de la caja 2"))
    assert (stores.of("Beto"), stores.said(text, "Beto")) == (None, None)


def test_who_works_in_one_shop_is_where_they_say() -> None:
    stores = heard(("Hugo Panadero", "yo acá en envigado, alumbrado"), ("Gloria", "en Envigado ok"))
    assert stores.of("Hugo Panadero") == "Envigado"
    stores = heard(("Técnico Hugo", "yo acá en envigado"), ("Gloria", "en Envigado ok"))
    assert stores.of("Técnico Hugo") is None


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("Mostrador Béjar", "Béjar"),
        ("Caja Béjar", "Béjar"),
        ("Caballito turno tarde", "Caballito"),
        ("Turno noche Envigado", "Envigado"),
        ("Mostrador Noelia", None),
        ("Encargada Béjar", None),
        ("Soporte Béjar", None),
        ("Técnico Envigado Sur", None),
    ],
)
def test_a_shops_phone_is_of_its_shop(name: str, store: str | None) -> None:
    assert heard((name, "no imprime")).of(name) == store


def test_a_duty_and_a_place_that_the_talk_is_in() -> None:
    stores = heard(("Medina Encargada", "no va el horno"), ("Averías", "en Medina con el horno"))
    assert stores.of("Medina Encargada") == "Medina"
    stores = heard(("Medina Soporte", "no va el horno"), ("Averías", "en Medina con el horno"))
    assert stores.of("Medina Soporte") is None


def test_already_works_is_no_yes() -> None:
    asked = ("Iván", "Raquel, ¿estás en Castellón?")
    told = ("Raquel", "en Castellón y Ruzafa va"), ("Raquel", "en Ruzafa funciona"), asked
    assert heard(*told, ("Raquel", "ya imprime normal, gracias")).of("Raquel") != "Castellón"
    assert heard(asked, ("Raquel", "ya, sí")).of("Raquel") == "Castellón"


@pytest.mark.parametrize(
    ("group", "store"),
    [
        ("Óptica Mirada Clara - Trujillo Centro 👓", "Trujillo Centro"),
        ("Panadería Sol - Cali Norte equipo", None),
        ("Telefonía Luz Madrid Sur", None),
        ("Soporte Luz Madrid Centro", None),
        ("Zapatería Luz | Puebla Centro", "Puebla Centro"),
        ("Panadería Luz - Cedritos equipo", "Cedritos"),
        ("Ópticas Mirada - Trujillo Centro", None),
    ],
)
def test_a_part_of_a_town_is_told_with_it(group: str, store: str | None) -> None:
    assert store_of_group(group) == store
