"""What is asked of the bot, as people write it, and what only sounds like it."""

from __future__ import annotations

import pytest

from domain.sayings.orders import Order, order_of

ORDERS = {
    Order.STATUS: [
        "@bot estado", "bot estado", "Bot, ¿cómo va lo mío?", "oye bot, en qué va el reporte?",
        "bot novedades?", "hola bot, alguna novedad del ticket?",
        "che bot, cómo viene lo de la caja",
        "bot, hay avances?", "recado estado por favor", "status bot", "bot estatus del ticket",
        "asistente, qué pasó con mi reporte", "@bot seguimiento porfa", "bot como vamos con eso",
    ],
    Order.CANCEL: [
        "bot cancela", "@bot cancelar", "bot, cancela el reporte",
        "bot cancela mi ticket por favor",
        "bot anula el reporte", "bot, por favor cancele el ticket", "bot olvídalo", "cancela bot",
        "bot, quiero cancelar mi reporte", "bot déjalo así", "che bot, cancelá el reporte",
        "bot, ya no hace falta", "recado, anular ticket 101", "bot borra el reporte, ya quedó",
        "bot descarta ese reporte", "asistente virtual, cancelalo porfa",
    ],
    Order.PERSON: [
        "quiero hablar con una persona", "necesito hablar con un humano", "pásenme con un asesor",
        "me pueden comunicar con una persona por favor", "quiero hablar con alguien de soporte",
        "quisiera que me atienda una persona", "me atiende una persona?",
        "ocupo hablar con alguien",
        "pónganme con un agente porfa", "me comunicas con un operador?",
        "comuníqueme con un asesor",
        "prefiero hablar con una persona real", "quiero hablar con un ejecutivo",
        "me gustaría hablar con un ser humano", "derívenme con un humano", "hay alguien real ahí?",
        "bot, quiero hablar con una persona", "mejor hablar con una persona", "un humano por favor",
        "necesito que me atienda un asesor", "puedo hablar con alguien que no sea un bot?",
    ],
    Order.HELP: ["@bot ayuda", "bot ayuda por favor", "bot, cómo funcionas?", "recado comandos"],
}  # fmt: skip
OTHERS = [
    "estado", "cómo va?", "cancela la junta de mañana", "ayuda por favor", "cancelen el pedido",
    "el bot no contesta", "este bot no sirve", "el bot ya abrió el ticket", "dejé un recado",
    "le dejaron recado de la oficina", "bot, no deja cancelar ventas en la caja 2",
    "bot ayuda, no imprime la impresora de la tienda 45",
        "el cliente quiere hablar con una persona",
    "hablé con una persona de mantenimiento y vienen mañana", "quiero hablar con Juan",
    "necesito un asesor de ventas para el piso", "llegó una persona de paquetería",
    "hay una persona esperando en caja", "no deja cancelar", "se canceló la venta",
    "quiero hablar con la de recursos humanos por lo de mi nómina",
        "necesito una persona más en caja",
    "necesito ayuda con un cliente", "el sistema manda un recado de error", "en qué estado quedó?",
    "cancela el ticket 4521", "borra el ticket por favor", "anulen el ticket por favor",
    "ya cancelen el ticket", "hay alguien en bodega?", "puedo hablar contigo?",
    "quién viene a atender?",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "order"), [(text, order) for order, texts in ORDERS.items() for text in texts]
)
def test_an_order_is_heard(text: str, order: Order) -> None:
    found = order_of(text)
    assert found is not None
    assert found.order is order


@pytest.mark.parametrize("text", OTHERS)
def test_what_people_say_to_each_other_is_none(text: str) -> None:
    assert order_of(text) is None


@pytest.mark.parametrize("text", ["no deja cancelar ventas", "la 45", "ayuda, no prende", "sí"])
def test_an_answer_that_quotes_the_bot_is_no_order(text: str) -> None:
    assert order_of(text, to_bot=True) is None


def test_a_mention_is_an_address() -> None:
    asked = order_of("@5215512345678 cancela", to_bot=True)
    assert asked is not None
    assert asked.order is Order.CANCEL
