"""Who put it right, or whose slip it was; and what only begins so."""

from __future__ import annotations

import pytest

from domain.sayings.repaired import came_in_vain, is_put_right

PUT_RIGHT = """
ya vino el tecnico y la dejo funcionando
ya vino el técnico y la dejó lista
ya vino el tecnico y quedo
vino el tecnico y ya quedo
ya la reparo el tecnico
ya lo solucionaron
ya lo resolvieron
el tecnico ya la arreglo
ya pasó el técnico y la reparó
ya lo resolvimos nosotros
ya pudimos
ya pudimos entrar, gracias
ya la hice jalar
ya logré que prendiera
ya despertó
ya no hay problema
ya no hay falla, gracias
solo estaba desconectada, perdon
perdon fue error mio, estaba desconectado
perdon, estaba desconectada
era que estaba apagado el regulador, mil disculpas
disculpen, no estaba conectada
ay perdon era yo, estaba desenchufada
fue mi culpa, le faltaba papel
se arreglo sola
se compuso sola
ya reacciono
la dejaron jalando
ya la dejaron lista
ya la revisaron y funciona
mi compañero la arregló
ya lo arregló mi jefe, gracias
vino soporte y la dejó como nueva
ya la arregle yo
ya nos la dejaron funcionando, muchas gracias por el apoyo
listo, ya lo resolvieron los de sistemas
ya vinieron los de telmex y quedo
ya lo arreglaron, estaba flojo el cable
la arreglamos nosotros, estaba zafado el cable
jaja estaba desconectada
""".strip().splitlines()
NOT = """
ya vino el tecnico
ya llego el tecnico
vino el tecnico y no pudo arreglarla
vino el tecnico y dijo que manana
ya vino el tecnico y se la llevo
ya vino el tecnico y la dejo igual
ya la arreglaron pero sigue fallando
ya la arreglaron a medias
ya la arreglaron ayer y hoy otra vez
ya se la llevaron a reparar
ya la van a arreglar
ya mero la arreglan
ya la arreglaron?
que la arregle alguien
todavia no la arreglan
ya arreglaron la puerta
ya arreglaron el turno
ya vino el tecnico y la dejo apagada
ya la dejo el tecnico
estaba desconectada y la conecte pero nada
estaba desconectada
perdon fue error mio, es la 13
perdon, fue error mio
estaba apagada cuando llegue
perdon, estaba en el baño
disculpen, estaba con un cliente
ya pudimos hablar con el proveedor
ya se arreglaron para la fiesta
ya resolvio el jefe lo de mis vacaciones
ya no tengo problema en cubrir
ya la revisaron y no funciona
ya la revisaron y dicen que no sirve
vino el tecnico y quedo de volver mañana
ya paso el proveedor y dejo listas las bolsas
ya nos dejo bien feo el tecnico
ya pude ver la pelicula
se arreglo el cabello
perdon, estaba apagada y no prende
ya la arreglaron y otra vez no prende
estaba bien y se apagó
perdon, estaba desconectada la 2, la 1 no prende
disculpen, la impresora estaba apagada y no prende
perdon pero estaba conectada y no jala
ya no hay problema con el turno de mañana
""".strip().splitlines()
IN_VAIN = """
vino el tecnico y no pudo arreglarla
ya vino el tecnico y la dejo igual
ya vino el técnico y la dejó peor
vinieron pero no la arreglaron
ya vino el tecnico y sigue igual
ya pasó el inge y nada
vinieron hoy y no quedo
""".strip().splitlines()
NOT_IN_VAIN = """
ya vino el tecnico y quedo
vino el tecnico y dijo que no era nada
llegó el pedido y no hay donde ponerlo
ya vino el técnico y no pudo arreglarla?
ya vino el tecnico y no cobro nada
vino el supervisor y todo bien
""".strip().splitlines()


@pytest.mark.parametrize("text", PUT_RIGHT)
def test_what_was_put_right_is_heard(text: str) -> None:
    assert is_put_right(text)


@pytest.mark.parametrize("text", [*NOT, *IN_VAIN])
def test_what_only_begins_so_is_not(text: str) -> None:
    assert not is_put_right(text)


@pytest.mark.parametrize("text", IN_VAIN)
def test_who_came_in_vain_is_heard(text: str) -> None:
    assert came_in_vain(text)


@pytest.mark.parametrize("text", [*NOT_IN_VAIN, *PUT_RIGHT])
def test_who_came_and_mended_it_did_not_come_in_vain(text: str) -> None:
    assert not came_in_vain(text)
