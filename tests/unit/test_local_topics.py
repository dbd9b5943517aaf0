"""What a question names beside the incident that it may be about."""

from __future__ import annotations

import pytest

from tools.models.local.topics import names_another

KNOWN = ("báscula", "la báscula no pesa", "45")
SAID = ("buenas, la báscula de frutas de la tienda 45 no pesa bien, traba el cajón",)


@pytest.mark.parametrize(
    "text",
    [
        "qué pasó con el bono?",
        "hay novedades del aguinaldo?",
        "ya hay respuesta de rh?",
        "a qué hora viene el camión?",
        "y el camión, a qué hora viene?",
        "cuándo llega la mercancía?",
        "ya llegó mercancía?",
        "cuánto falta para la meta?",
        "sigue en pie lo del sábado?",
        "ya quedó lo del viernes?",
        "alguna novedad del pedido?",
        "me pasan el número del técnico del aire?",
        "cómo sigue el niño?",
        "cómo sigue karla?",
        "cómo está tu mamá?",
        "alguien sabe algo de los uniformes?",
        "y el aire cuándo lo arreglan?",
        "y la terminal?",
        "y los folletos?",
        "ya pagaron?",
        "ya vino el de valores?",
        "qué onda con las vacaciones?",
        "alguien sabe si hay junta?",
        "ya llegó el supervisor?",
        "buenas, ya viene la pipa del agua?",
    ],
)
def test_a_question_that_names_another_thing(text: str) -> None:
    assert names_another(text, KNOWN, SAID)


@pytest.mark.parametrize(
    "text",
    [
        "cómo va?",
        "alguna novedad?",
        "qué pasó?",
        "qué pasó con eso?",
        "ya mero?",
        "cuándo queda?",
        "cuándo la arreglan?",
        "cuándo las revisan?",
        "ya la vieron?",
        "cómo va, jefe?",
        "cómo va jefa?",
        "oigan y mi ticket?",
        "qué onda con mi reporte?",
        "ya viene el técnico?",
        "a qué hora viene el ingeniero?",
        "ya viene la gente de sistemas?",
        "ya viene el señor de soporte?",
        "y el técnico, a qué hora llega?",
        "hay noticias de la reparación?",
        "y lo de la 45?",
        "qué pasó con lo de la tienda?",
        "alguna novedad de lo mío?",
        "lo mío en qué va?",
        "y la balanza?",
        "y la báscula cuándo queda?",
        "cuándo arreglan el cajón?",
        "alguna novedad de la de frutas?",
        "ya vienen? tengo la fila llena de clientes",
        "tengo la fila llena de clientes, cuándo vienen?",
        "para el viernes queda?",
        "cuándo la van a reparar?",
        "ya tienen fecha de visita?",
        "hay alguien que me diga cómo va?",
        "hay forma de que vengan hoy?",
        "en cuánto tiempo llegan, más o menos?",
        "van a venir en la tarde?",
        "siguen trabajando en el problema?",
        "y la refacción cuándo llega?",
        "saben algo del caso?",
        "nada de nada?",
        "y de lo de ayer?",
        "sigue igual, ya vienen?",
    ],
)
def test_a_question_that_may_be_about_the_incident(text: str) -> None:
    assert not names_another(text, KNOWN, SAID)
