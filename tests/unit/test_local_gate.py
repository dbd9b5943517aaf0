"""The gate: clear chatter stays below the fitted threshold, reports come above it."""

from __future__ import annotations

import pytest

from tools.models.local.reader import INCIDENT_THRESHOLD, LocalReader

CHATTER = """
Muy buenos días, compañeros, que sea un gran lunes
Hola a todas, ¿cómo van?
Buenas noches, hasta mañana si Dios quiere
Felicitaciones al equipo de Medellín por el primer lugar
¡Feliz aniversario, doña Carmen! 🎉
jajajajaja ay no
me muero de risa 😂😂
Quedó hermoso el escaparate de otoño
¿A quién le toca cerrar hoy?
El sábado entro a las dos, aviso
Rosa pide permiso para salir temprano el jueves
Les comparto el calendario de vacaciones del trimestre
Capital humano: entreguen sus documentos antes del viernes
Mañana no laboramos por ser día feriado
La sucursal permanecerá cerrada el 1 de mayo
¿Quién me ayuda con el pedido de temporada?
Ayuda para cargar cajas el martes, ¿alguien puede?
Llevamos 87 % de la meta, falta poquito
Vendí tres pantallas y una impresora, ¡qué día!
Hoy cobramos más que ayer, bravo
Clienta quiere saber si hay el vestido en talla chica
¿A cuánto está la licuadora roja?
Un señor pregunta por las impresoras en oferta
Aparten dos refrigeradores para el cliente de Lomas
Las cámaras fotográficas llevan 15 % de descuento
Recuerden ofrecer el seguro en cada venta
Suban su foto de apertura antes de las nueve y media
Enviar corte parcial a las dos, por favor
Va mi reporte: 12,430 pesos
Apertura sin contratiempos, tienda 14
Cierre listo, todo cuadrado
Ya llegó el camión, todo completo
Mi coche no arrancó, llegaré tarde
No me funciona la memoria hoy jaja
Mi café no funciona, sigo dormida
Se le cayó el sistema al jefe cuando vio la cuenta 🤣
Urgente un aumento de sueldo jajaja
Auxilio, me casé 😅
El árbitro fue un error total anoche
Qué problema elegir el pastel jaja
Tengo hambre, ¿pedimos tacos?
¿Alguien va por el café?
Se me olvidó la lonchera
Compren boletos para la rifa del viernes
El simulacro del jueves es a las once
El lunes instalan las cajas nuevas, es lo programado
La semana que entra dan el curso del sistema nuevo
Si la terminal llegara a fallar, usen la bitácora manual
Apaguen luces y clima al salir, gracias
Cuando terminen, cierren la puerta de la bodega
Grupo equivocado, disculpen
Agreguen a Martín al grupo, porfa
¿Me pasas el contacto del proveedor?
Voy camino a la tienda 8
Estoy de visita en la sucursal Norte
Mañana toca inventario general, vengan cómodos
Ya depositaron la quincena, revisen
Ánimo, ya casi es viernes
Qué frío hace esta mañana
Linda foto, saluden a Paty
""".strip().splitlines()
REPORTS = """
La ticketera de la caja dos no saca boletas
Buenas, no imprime nada la máquina de recibos
En la 19 se nos fue la conexión
La terminal bancaria no agarra señal
El datáfono está rechazando todas las tarjetas
No nos deja cobrar con tarjeta
El TPV se queda congelado en la pantalla de inicio
tpv muerto en la tienda de Getafe
Posnet sin comunicación, ayuda
la compu del mostrador se apagó sola
el sistema se quedó pasmado
no abre el programa de ventas
No puedo iniciar sesión en la caja
Internet caído en sucursal Laureles
sin wifi desde las ocho
no tenemos red en toda la tienda
El escáner no prende
lector de barras roto
la balanza del mostrador da mal el peso
Las cámaras no se ven desde anoche
La alarma no deja de sonar
No sirve el teléfono fijo de la tienda 30
error E-205 en la impresora fiscal
Me aparece error 500 cuando facturo
marca "sin papel" y sí tiene
La etiquetadora saca las etiquetas en blanco
no sale el ticket
NO HAY SISTEMA TIENDA 66
no ay sistema
la inpresora no jala xfa
impresora d tickets no funciona t12
Se fue la luz en el local
no hay corriente en media tienda
El aire no enfría nada y hay clientes mareados
se está metiendo el agua por el techo
Hay una fuga en el baño de empleados
huele mucho a gas
sale humo de un enchufe
Nos robaron la caja chica anoche
Una clienta se resbaló y se pegó en la cabeza
La cortina no sube y no podemos abrir
La chapa se trabó y no podemos entrar
Nadie llegó con las llaves de la tienda
El congelador de helados no enfría
la nevera hace un ruido feo y está tibia
Se terminaron las bolsas en tienda 52
ya no tenemos rollo para la terminal
No llegó el pedido de ayer
El ascensor está detenido
La puerta automática se quedó abierta
El baño está tapado y se está desbordando
faltan dos cajeras hoy en la tienda 7
No podemos vender, todo está caído
las cajas no abren
ninguna terminal funciona
Todo se trabó y hay una fila enorme
la pantalla del POS está negra
No sincronizan los precios en caja
La app de pedidos se cierra sola
Hola, ¿me apoyan? la impresora no responde
""".strip().splitlines()


@pytest.fixture(scope="module")
def reader() -> LocalReader:
    return LocalReader()


def test_there_are_sixty_of_each() -> None:
    assert (len(CHATTER), len(REPORTS)) == (60, 60)


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_stays_out(reader: LocalReader, text: str) -> None:
    assert reader.read(text).incident < INCIDENT_THRESHOLD


@pytest.mark.parametrize("text", REPORTS)
def test_reports_come_in(reader: LocalReader, text: str) -> None:
    assert reader.read(text).incident >= INCIDENT_THRESHOLD
