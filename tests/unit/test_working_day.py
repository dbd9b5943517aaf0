"""What a working day brings begins nothing; a report in nearly the same words does."""

from __future__ import annotations

import pytest

from domain.sayings.working_day import why_of_the_day
from tools.models.local.reader import LocalReader

READER = LocalReader()


@pytest.mark.parametrize(
    "text",
    [
        "ya estoy en la 33 revisando el clima",
        "mañana paso a revisar los equipos de la 12 y la 18",
        "Terminamos en la 9, quedo instalado el modem",
        "ya se actualizo en la 12",
        "Ya salimos de la 14 quedo funcionando el aire",
        "Aguas que mañana no hay agua en toda la colonia",
        "Ya revise la terminal y estaba desconectada",
        "Buenas tardes somos de soporte, estamos validando la caida, en breve se restablece",
        "Si la impresora se atora abran la tapa y saquen el papel con cuidado",
        "hoy se actualiza el pos, si ven la pantalla en blanco esperen 5 min",
        "hay que avisar y no abrir los congeladores",
        "Ya no hay stock de la tv de 50, no la ofrezcan",
        "La 12 no me contesta el telefono",
        "La 18 no ha mandado su reporte",
        "Nos falta el deposito de la 12 de ayer",
        "alguien tiene rollos de papel para la impresora?",
        "faltan 12 mil para la meta en la 18",
        "en la 8 no vendemos teles, se cayo la demanda",
        "ojo estan llamando diciendo que son de sistemas y piden la clave de la caja",
        "si no reenvias este mensaje a 20 contactos tu cuenta se bloquea",
        "me confirman si el congelador sigue sin enfriar",
    ],
)
def test_what_belongs_to_an_ordinary_day_is_no_report(text: str) -> None:
    assert why_of_the_day(READER.read(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "ya estoy en la 33 revisando el clima y no enciende",
        "ya cambie el rollo y sigue sin imprimir",
        "voy a cambiar el rollo y se trabo la tapa de la impresora",
        "el aire de la 14 no quedo funcionando",
        "quedo funcionando mal el aire de la 14",
        "estamos trabajando con una sola caja",
        "ya se actualizo el pos y ahora no abre",
        "hoy vinieron a cambiar la impresora y quedo mal",
        "necesito que hoy pasen a revisar la caja de la 3",
        "cuando pasan a revisar el aire de la 12",
        "saben si se cayo el sistema?",
        "si, la impresora no imprime desde ayer, manden a alguien",
        "si no hay sistema en la 12",
        "hay que cambiar la terminal de la 12, ya no lee",
        "no tenemos sistema y hay clientes esperando",
        "en la 12 no me responde la caja",
        "falta luz en la bodega de la 9",
        "alguien tiene sistema? aqui no carga nada",
        "alguien mas sin internet?",
        "no podemos vender, se cayo el sistema",
        "saben si hay falla en el banco? aqui en la 12 no pasan tarjetas",
        "saben si se cayo el sistema, en la 12 no carga nada",
        "la terminal estaba apagada y no prende",
        "saludos soporte no sirve la impresora de la 12",
        "Saludos equipo de soporte, no prende la caja 2 de la 45",
        "soy Ana, soporte no me contesta y no prende la caja",
        "no hay clientes porque no hay luz en la 12",
        "no llego a la meta porque no sirve la terminal de la 12",
        "estan llamando clientes porque no funciona la app",
    ],
)
def test_what_fails_is_a_report_in_nearly_the_same_words(text: str) -> None:
    assert why_of_the_day(READER.read(text)) is None
