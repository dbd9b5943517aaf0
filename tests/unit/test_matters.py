"""One problem told in two ways is one matter; two problems told in one breath are two."""

from __future__ import annotations

import pytest

from domain.matters import left_out, newly_told
from evals.matters import EXAMPLES, tell
from tools.models.local.clauses import matters_of


@pytest.mark.parametrize("part", ["tune", "unseen"])
def test_the_labelled_texts_are_divided_as_published(part: str) -> None:
    told = tell(EXAMPLES / f"{part}.jsonl")
    needless = [t.text for t in told if len(t.labelled) == 1 and len(t.found) > 1]
    assert needless == []
    assert sum(t.is_right for t in told) >= 29


def test_each_matter_has_its_words_and_its_store() -> None:
    burst = ["buenas, no prende la impresora", "tienda 45", "y otra cosa", "la cortina no sube"]
    first, second = matters_of(burst)
    assert first.texts(burst) == {0: "buenas, no prende la impresora", 1: "tienda 45"}
    assert second.texts(burst)[3] == "la cortina no sube"
    assert (first.store, second.store) == ("45", "45")


def test_a_pasted_log_is_one_matter() -> None:
    assert len(matters_of(["la impresora no imprime. la báscula no pesa. " * 30])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "la caja 1 no prende y la caja 2 tampoco",
        "no prenden la caja y la impresora",
        "la cerradura está trabada y nos quedamos encerrados",
        "no me deja entrar al punto de venta, que contraseña vencida",
        "los clientes no ven ni el precio, los focos de la entrada se quemaron",
        "la gaveta se trabó y no tenemos cómo dar cambio",
        "la gaveta se trabó y no podemos dar cambio",
        "no puedo dar cambio, el cajón portamonedas no abre",
        "buenas, no podemos dar cambio, la gaveta no abre, tienda 12",
        "no se puede dar cambio, el cajón del dinero está trabado",
        "no tengo cómo dar cambio. el cajón no abre",
        "el cajón no abre y la llave no aparece",
        "la vitrina no abre y no aparecen las llaves",
    ],
)
def test_what_only_looks_like_two_is_one(text: str) -> None:
    assert len(matters_of([text])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ya cobran doble las terminales, y la impresora no imprime",
        "ya imprime puro negro la impresora, y la báscula no pesa",
        "Ya me pasa lo mismo con la terminal, y la impresora no imprime",
    ],
)
def test_what_fails_worse_is_not_mended(text: str) -> None:
    assert not any(matter.mended for matter in matters_of([text]))


@pytest.mark.parametrize(
    "text",
    [
        "la gente no puede pagar con la terminal y la impresora no imprime",
        "la báscula no pesa y no podemos cobrar con la terminal",
        "no podemos cobrar con la terminal, la báscula no pesa",
        "no tenemos cambio, la báscula no pesa",
        "no puedo abrir la cortina, la impresora no imprime",
        "no puedo cobrar, la terminal no pasa tarjetas, y la cortina no sube",
        "no hay bolsas, el cajón no abre",
        "la báscula no pesa y la llave de la bodega no aparece",
        "los clientes no ven el precio en el verificador, y aparte no abre la cortina",
    ],
)
def test_what_people_cannot_do_with_a_thing_is_a_matter_of_its_own(text: str) -> None:
    assert len(matters_of([text])) == 2


def test_two_tills_with_a_fault_each_are_two() -> None:
    assert len(matters_of(["la caja 1 no prende y la caja 3 no lee códigos"])) == 2


@pytest.mark.parametrize(
    ("text", "stores"),
    [
        ("en la tienda 8 no va el TPV y en la 9 no va el aire acondicionado", ["8", "9"]),
        ("no funciona la impresora en la tienda 8 y en la 9 no hay agua", ["8", "9"]),
        ("en la sucursal 8 no anda la impresora, y en la 9 se cortó el agua", ["8", "9"]),
        ("en la tienda 12 no va el TPV y en la 9 no hay agua", ["12", "9"]),
        # Of what stands at a till a number of one digit may be the till's.
        ("en la tienda 45 no hay agua y en la 2 no lee el escáner", ["45", "45"]),
        ("en la tienda 8 no hay agua y en la caja 2 no lee el escáner", ["8", "8"]),
        ("en la tienda 8 no cobra la caja 1 y en la 2 no pesa la báscula", ["8", "8"]),
        ("en la tienda 8 no hay agua y en la 2da planta no hay internet", ["8", "8"]),
        ("en la tienda 8 no hay agua y desde las 9 no hay internet", ["8", "8"]),
    ],
)
def test_a_digit_beside_a_store_is_one_where_no_till_is_meant(text: str, stores: list[str]) -> None:
    assert [matter.store for matter in matters_of([text])] == stores


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("como va lo de la terminal? y aparte ya no hay luz en el almacen", "como va lo"),
        ("alguna novedad de la terminal? tambien se descompuso el refri", "alguna novedad"),
        ("buenas, qué pasó con la terminal? ahora no enfría el refri", "buenas"),
        ("sigue igual la terminal y ademas se descompuso el refri", "sigue igual"),
        ("la terminal sigue igual, y aparte no hay agua", "la terminal"),
        ("ya reinicie la terminal y nada. tambien tenemos una gotera en el techo", "ya reinicie"),
        ("se descompuso el refri. y cómo va lo de la terminal?", "cómo va"),
    ],
)
def test_what_is_asked_or_said_of_an_earlier_matter_is_no_part_of_the_new(
    text: str, earlier: str
) -> None:
    told = [matter.texts([text])[0] for matter in matters_of([text])]
    assert len(told) == 2
    assert [words.startswith(earlier) for words in told].count(True) == 1
    assert "terminal" not in next(words for words in told if not words.startswith(earlier))


@pytest.mark.parametrize(
    "text",
    [
        # Tried on one thing for the sake of another.
        "ya reinicie la terminal y nada, no imprime la impresora",
        "ya reinicié la computadora y la báscula no pesa",
        # The one fails for want of the other.
        "como va lo del internet? no jalan las camaras",
        "sigue igual el internet y tampoco funciona la terminal",
        "que paso con la luz? no prende el refri",
        "sigue igual la caja y ademas no abre el cajón",
        "ya reinicié la terminal y el refri no enfría",
        # Nothing else fails.
        "como va lo de la terminal? estamos con la impresora prestada",
        "como va lo de la terminal y lo del refri?",
        "la terminal no cobra, como va lo de la terminal?",
    ],
)
def test_what_belongs_to_the_earlier_matter_is_not_told_apart(text: str) -> None:
    assert len(matters_of([text])) == 1


@pytest.mark.parametrize(
    ("told", "text", "gone"),
    [
        (
            ["no prende el horno de la 12", "la puerta no cierra"],
            "no prende el horno de la 12",
            {1},
        ),
        (["no prende el horno de la 12", "la puerta no cierra"], "la puerta no cierra", {0}),
        (["no funciona el horno", "no funciona la puerta"], "no funciona el horno", {1}),
        (["no hay luz", "no hay agua"], "no hay agua en la 12", {0}),
        (["no prende el horno", "la puerta no cierra"], "ni el horno ni la puerta", set()),
        (["no prende el horno", "la puerta no cierra"], "ya quedó", set()),
        (["no hay luz", "no hay luz"], "no hay luz", set()),
        (["", "la puerta no cierra"], "no hay luz", set()),
    ],
)
def test_what_a_text_leaves_out(told: list[str], text: str, gone: set[int]) -> None:
    assert left_out(told, text) == gone


@pytest.mark.parametrize(
    ("before", "told", "new"),
    [
        ("no prende el horno", ["no prende el horno", "la puerta no cierra"], {1}),
        ("la puerta no cierra", ["no prende el horno", "la puerta del baño no cierra"], {0}),
        ("ni el horno ni la puerta", ["no prende el horno", "la puerta no cierra"], set()),
        ("ok", ["no prende el horno", "la puerta no cierra"], set()),
    ],
)
def test_what_a_text_tells_newly(before: str, told: list[str], new: set[int]) -> None:
    assert newly_told(before, told) == new


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "en la 23 no sirve la impresora ni el internet",
            ["en la 23 no sirve la impresora", "en la 23 no sirve el internet"],
        ),
        (
            "che en la suc 14 no anda el posnet ni la balanza, gracias",
            ["che en la suc 14 no anda el posnet", "che en la suc 14 no anda la balanza gracias"],
        ),
        (
            "no tenemos internet ni agua en la 22",
            ["no tenemos internet", "no tenemos agua en la 22"],
        ),
        (
            "no hay sistema en la 45 y 46",
            ["no hay sistema en la 45", "no hay sistema en la 46"],
        ),
        (
            "oigan en la 12 y en la 18 no pasan las tarjetas",
            ["oigan en la 12 no pasan las tarjetas", "oigan en la 18 no pasan las tarjetas"],
        ),
        (
            "tanto la 12 como la 15 estan sin sistema",
            ["la 12 estan sin sistema", "la 15 estan sin sistema"],
        ),
        (
            "se cayo el internet en la 12, 14 y 16",
            [f"se cayo el internet en la {n}" for n in (12, 14, 16)],
        ),
        (
            "sin sistema en las tiendas 12 y 15",
            ["sin sistema en la tienda 12", "sin sistema en la tienda 15"],
        ),
        (
            "tiendas 5, 8 y 11 sin internet",
            [f"tienda {n} sin internet" for n in (5, 8, 11)],
        ),
        ("ni la 45 ni la 46 tienen luz", ["la 45 no tienen luz", "la 46 no tienen luz"]),
    ],
)
def test_what_is_said_once_of_several_is_told_of_each(text: str, told: list[str]) -> None:
    assert [" ".join(matter.texts([text]).values()) for matter in matters_of([text])] == told


@pytest.mark.parametrize(
    "text",
    [
        "no prende la caja ni la impresora, tienda 4",
        "no jala nada, ni la caja ni el internet",
        "no sirve el teclado ni el mouse de la caja 2",
        "no llego el pedido ni la factura",
        "no esta el gerente ni la encargada",
        "en la 45 no prende la caja 1 y 2",
        "la 45 se quedo sin internet a las 12 y 15",
        "tienda 12 y 30 clientes esperando, no hay sistema",
        "tienda 45, 3 dias sin internet",
        "ya volvio el sistema en la 12 y 15",
        "en la 12 y 14 todo bien, en la 15 no hay luz",
        "desde las 12 y 30 no hay sistema en la 40",
    ],
)
def test_what_only_looks_like_a_list_is_one(text: str) -> None:
    assert len(matters_of([text])) == 1


def test_another_store_has_a_failure_of_its_own_though_no_thing_is_named() -> None:
    said = "me reportan:\n12 sin sistema\n15 sin luz\n22 no imprime"
    assert [one.store for one in matters_of([said])] == ["12", "15", "22"]
