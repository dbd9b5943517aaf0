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
        "ya la revisamos y estaba apagada",
        "estamos validando el problema del internet, no está cobrando en ninguna",
        "estamos trabajando en la falla, gracias por su apoyo",
        "están llamando supuestos técnicos que dicen que el sistema falla, no contesten",
        "andan llamando y dicen que la terminal no funciona, no den datos",
        "están hablando a las tiendas diciendo que la caja no sirve, es fraude",
        "si el sistema está lento cierren otras ventanas, no es falla",
        "si la terminal no pasa, reinicien el módem y esperen 5 minutos",
        "hay que cerrar bien el refri porque no enfría si queda abierto",
        "no toquen el termostato del aire porque se descompone",
        "no hay que abrir los congeladores mientras no hay luz",
        "no la ofrezcan, ya no hay en sistema",
        "no llegamos a la meta, la gente no tiene dinero, esto está para la meta",
        "la 45 sin mandar inventario y ya es tarde",
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
        "están llamando clientes, la app no abre",
        "hoy llegué y ya la alarma estaba desconectada",
        "estamos atendiendo el problema de la caja pero no sabemos qué tiene, ayuda",
        "estamos revisando el problema del aire, no enfría nada, tienda 18",
        "pronto avisen si viene alguien, no hay luz en la 20",
        "hay que esperar 10 minutos para que cargue la caja, está lentísima",
        "hay que cerrar la puerta con candado porque la chapa no sirve",
        "hay que apagar y prender el módem a cada rato porque se va el internet",
        "cuando la caja no imprime y quiero cobrar se traba, qué hago?",
        "no hay que esperar más, la nevera no enfría y se pierde la carne",
        "no vendan con tarjeta, la terminal está cobrando doble",
        "mañana no hay quien abra y la alarma no funciona",
        "manden a alguien y limpien el drenaje que está tapado",
        "la 12 sin enviar ventas porque no hay internet",
        "en la 45 no han subido precios y cobra mal la caja",
        "caja 2 no contesta el pinpad",
        "faltan las firmas del sistema, no carga la tableta",
        "nadie tiene cambio y el cajón no abre",
        "no hay quien tenga tinta y la fiscal no imprime",
        "no hay clientes y para colmo se descompuso el aire, 12",
        "cayó la venta por la luz, estamos a oscuras",
        "no hay ni clientes ni luz jaja, tienda 12",
        "las cajas están marcando lento",
        "están marcando error todas las terminales",
    ],
)
def test_what_fails_is_a_report_in_nearly_the_same_words(text: str) -> None:
    assert why_of_the_day(READER.read(text)) is None
