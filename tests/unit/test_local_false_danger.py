"""What only sounds like danger, and danger that the thing it befalls must not hide."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.happenings import happening
from tools.models.local.urgency import find_urgency, tells_of_danger


def _call(text: str) -> ModelCall:
    line = Line("m1", "2026-03-02T09:00:00-06:00", "staff", "Ana", text)
    return ModelCall("i", "classify", "", (line,), 1)


@pytest.mark.parametrize(
    "text",
    [
        "se robaron un celular de la vitrina",
        "se robaron la báscula anoche",
        "robaron la impresora y el monitor",
        "se cayó el letrero y le pegó a una clienta",
        "el letrero se está cayendo sobre la gente",
        "el teclado me dio una descarga",
        "el calentador explotó y hay vidrios",
        "el baño está inundando la tienda",
        "pantalla de cobro negra, tienda parada",
        "no escanea ningún producto, fila hasta la puerta",
        "no abre el cajón en ninguna caja, no podemos dar vuelto, la gente se va",
        "no se puede facturar ni cobrar, impresora de tickets caída",
        "no hay app ni precios, no podemos facturar ni vender",
        "no anda la impresora y no podemos facturar",
        "no puedo cobrar, una terminal de las dos no prende y la otra tampoco",
    ],
)
async def test_danger_and_no_sale_are_urgent_whatever_thing_is_named(text: str) -> None:
    answer = await LocalModels().classify(_call(text))
    assert (answer.is_incident, answer.priority) == (True, "urgent")


@pytest.mark.parametrize(
    "text",
    [
        "la chica tiene una pistola lectora dañada",
        "el muchacho tiene una pistola zebra que no lee",
        "trae una pistola que no enciende",
        "Un señor anda dando vueltas por el pasillo, ya lo ayudo",
        "hay una señora dando vueltas buscando la leche",
        "la gente dando vueltas por las promos",
        "anda rondando los 40",
        "la señora anda rondando los 40",
        "el chico nuevo anda sospechosamente feliz",
        "vino un señor con un palo de escoba a vender",
        "una chica con un palo de selfie",
        "vino con un fierro para arreglar la cortina",
        "el señor vino con un fierro para arreglar la cortina",
        "tiene un tubo pvc para el baño",
        "el señor tiene un tubo pvc para el baño",
        "trajo una torta y un cuchillo en la mano, feliz cumple",
        "los muchachos tirando cosas viejas de la bodega",
        "el chico está tirando las botellas vacías",
        "me mostró un cuchillo de la vitrina que quería comprar",
        "el café está caliente, toma",
        "está muy caliente toma agua",
        "pan calentito, tomas uno?",
        "se me quemó la comida, quién toma mi turno",
        "la toma de inventario quedó quemada de la lista",
        "los chicos salieron corriendo con varias cosas por hacer",
        "se fueron corriendo con 3 minutos de sobra al bus",
        "vitrina reventada de ofertas!",
        "la chapa está forzada, cuesta girar la llave",
        "la señora ya se fue al piso 3",
        "mi compañera se fue al piso 2 a buscar el pedido",
        "me mordió la lengua la clienta",
        "llegaron huevos podridos en el pedido",
        "falta amoniaco y cloro en la bodega",
        "me robaron la bici ayer fuera de mi casa",
        "me robaron el celular en el bus",
    ],
)
def test_what_only_sounds_like_danger_happens_to_no_store(text: str) -> None:
    assert happening(text) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("un tipo sacó una pistola", "amenaza"),
        ("hay un señor con un cuchillo", "amenaza"),
        ("un señor sacó una pistola de la mochila", "amenaza"),
        ("una chica nos apuntó con una pistola", "amenaza"),
        ("hay un señor merodeando la tienda", "amenaza"),
        ("un señor dando vueltas hace rato y no compra nada", "amenaza"),
        ("hay un tipo sospechoso afuera", "amenaza"),
        ("los tipos tirándonos botellas", "amenaza"),
        ("un borracho nos tira piedras", "amenaza"),
        ("el enchufe de la caja echa chispas", "instalación eléctrica"),
        ("está muy caliente el enchufe", "instalación eléctrica"),
        ("hay un toma quemado", "instalación eléctrica"),
        ("nos forzaron la chapa anoche", "robo"),
        ("robaron la impresora y el monitor", "robo"),
        ("la señora se fue al piso en el pasillo", "accidente"),
        ("un perro mordió a una clienta", "accidente"),
        ("huele a amoniaco en la cámara", "gas"),
    ],
)
def test_what_is_danger_still_happens(text: str, what: str) -> None:
    assert happening(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "mi abuela se cayó en su casa, no podré ir hoy",
        "me robaron la bici ayer fuera de mi casa",
        "a mi mamá le robaron el celular en el bus",
        "nos van a romper el record de ventas",
        "les va a pegar fuerte el calor",
        "no quieren pagar las horas extra",
        "la clienta se llevó tres perfumes, venta de 890",
        "si nos asaltan mantener la calma",
        "en caso de fuga de gas: cerrar, ventilar, evacuar. Repaso del curso",
    ],
)
async def test_what_is_private_or_not_meant_is_no_incident(text: str) -> None:
    assert not (await LocalModels().classify(_call(text))).is_incident


async def test_a_scanner_is_no_gun_that_a_person_must_hear_of() -> None:
    broken = await LocalModels().classify(_call("no puedo cobrar, la pistola lectora no lee"))
    armed = await LocalModels().classify(_call("un señor sacó una pistola, no puedo cobrar"))
    assert (broken.requires_human_escalation, armed.requires_human_escalation) == (False, True)


def test_who_cannot_get_into_a_car_stops_no_store() -> None:
    assert find_urgency("ninguno entra en el carro") is None
    assert find_urgency("ninguna de nosotras entra al sistema")


@pytest.mark.parametrize(
    "text",
    [
        "disculpen, el dinero se nos quedó encerrado y no hay forma de sacarlo",
        "se quedaron encerradas las llaves en la bodega",
        "la tarjeta del cliente quedó atrapada en la terminal",
    ],
)
def test_what_is_shut_in_is_nobody(text: str) -> None:
    assert not tells_of_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "se quedó encerrada una clienta con su dinero",
        "quedamos atrapados y las llaves afuera",
        "mi compañera dejó las llaves y quedó encerrada",
        "olvidé las llaves y me quedé encerrado",
    ],
)
def test_who_is_shut_in_is_in_danger(text: str) -> None:
    assert tells_of_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "no podemos cobrar, la pistola está fallando",
        "la pistola se quedó sin luz y no pasa productos",
        "la pistola falla y no se puede vender, tienda 12",
        "estamos sin sistema y la pistola muerta",
        "no podemos cobrar, la pistola de la caja 2 se congeló",
        "fila hasta la puerta, la pistola ya no dispara el láser",
    ],
)
async def test_the_scanner_of_who_cannot_sell_calls_nobody_to_help(text: str) -> None:
    answer = await LocalModels().classify(_call(text))
    assert answer.is_incident
    assert not answer.requires_human_escalation


@pytest.mark.parametrize(
    "text",
    [
        "entraron con pistola",
        "nos apuntan con una pistola",
        "un señor con una pistola en la caja",
        "trae una pistola el tipo de la entrada",
        "entraron dos hombres con pistolas a la tienda",
        "entró un tipo con pistola y se llevó todo",
    ],
)
async def test_a_gun_calls_a_person(text: str) -> None:
    answer = await LocalModels().classify(_call(text))
    assert answer.requires_human_escalation
