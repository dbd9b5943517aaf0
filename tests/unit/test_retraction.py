"""What takes a report back, and what only sounds like it."""

from __future__ import annotations

import pytest

from domain.sayings.retraction import TakenBack, takes_back


@pytest.mark.parametrize(
    "text",
    [
        "era broma jajaja",
        "jajaja que es broma hombre, que llueve mucho",
        "nada jajaja era broma, es el día de calor",
        "era joda che",
        "perdón, grupo equivocado",
        "los estaba troleando 😂",
        "feliz día de los inocentes!!",
    ],
)
def test_a_joke_is_taken_back(text: str) -> None:
    assert takes_back(text) is TakenBack.JOKE


@pytest.mark.parametrize(
    "text",
    [
        "falsa alarma, estaba desconectada",
        "olvídenlo ya jaló",
        "olvidadlo, ya va",
        "cancelen el reporte por fa",
        "ya no hace falta, prendió sola",
        "no era nada, perdón",
        "olviden lo que puse, estaba mal enchufado",
        "ignoren, ya quedó, era el cable",
        "ignoren mi mensaje, ya anda",
        "no hagan caso, ya funcionó solo",
        "cancelen, ya prendió",
        "cancelado",
        "reporte cancelado por favor",
        "quiero cancelar mi reporte",
        "cancélenlo porfa",
        "perdón, era yo",
        "era error mío, estaba apagada",
        "déjenlo así, gracias",
        "ya no hace falta que venga el técnico",
        "ya no se necesita, gracias",
        "ignoren eso",
        "ignoren eso porfa",
        "perdón, era yo que tenía desconectado el cable",
        "ya no hace falta su ayuda",
        "cancelar ticket por favor",
        "olvida lo que dije",
    ],
)
def test_a_false_alarm_is_taken_back(text: str) -> None:
    assert takes_back(text) is TakenBack.FALSE_ALARM


@pytest.mark.parametrize(
    "text",
    [
        "no es broma, sigue sin prender",
        "es broma verdad?",
        "no me ignoren por favor",
        "no olviden cerrar la puerta de bodega",
        "no se les olvide firmar",
        "el cliente quiere cancelar su compra",
        "parece broma pero otra vez no prende",
        "esto no es falsa alarma, sale humo",
        "ya quedó, gracias",
        "esto es una broma, llevamos tres días sin red",
        "mañana hay reunión 9.30 no se olviden",
        "la terminal dice CANCELADO",
        "sale pago cancelado",
        "me sale ticket cancelado",
        "necesito que cancelen la venta 45",
        "cancelen ya la venta 45",
        "cancelen el ticket de la venta 45",
        "no me deja cancelar el ticket",
        "al cancelar el ticket se traba la caja",
        "nos dicen que ya no se necesita la clave",
        "ya no hace falta la clave, pero no entra",
        "la pantalla dice ignorar aviso",
        "el lector ignora la tarjeta",
        "ignoren el aviso de la pantalla",
        "ignoren la caja 2, no abre",
        "me olvidé la clave del sistema",
        "olvida esa red y elige la otra",
        "pensé que era yo nomás, tampoco graba",
        "era yo la que cobraba cuando se trabó",
        "déjalo así hasta que venga el técnico",
        "ya cancelé, abran la caja de nuevo",
        "ya no manden mercadería, el congelador no enfría",
        "no era mi error",
        "no era culpa mía",
        "la alarma dio falsa alarma",
        "falsa alarma de robo cada hora, vengan",
        "el pedido ya no hace falta",
        "ya no manden más pan",
        "la pantalla decía no era nada",
        "no funciona cancelar ticket",
        "cancelar ticket no funciona",
        "no sirve el botón de cancelar ticket",
        "no sale la opcion de cancelar ticket",
        "cuando quiero cancelar ticket se congela",
        "tarda mucho en cancelar tickets",
        "se traba al querer cancelar tickets",
        "urge cancelar ticket, cliente esperando",
        "quiero cancelar ticket, se cobró doble",
        "necesito cancelar el ticket 4432",
        "la terminal ignora el aviso",
        "el sistema olvida lo que cobro",
        "la bascula ignora mensaje de tara",
        "ya no se necesita contraseña y entra cualquiera",
        "no era nada normal el ruido",
    ],
)
def test_what_only_sounds_like_it_takes_nothing_back(text: str) -> None:
    assert takes_back(text) is None
