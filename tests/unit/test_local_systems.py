"""Which thing a text speaks of, in the country's own word, and when two words mean the same."""

from __future__ import annotations

import pytest

from tools.models.local.systems import find_system, same_system


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("la impresora no imprime", "impresora"),
        ("la impresora de tickets no funciona", "impresora de tickets"),
        ("impresora fiscal bloqueada", "impresora fiscal"),
        ("la impresora de la caja 2 no imprime", "impresora"),
        ("en la caja 2 la impresora no imprime", "impresora"),
        ("el datafono no lee", "datáfono"),
        ("TPV bloqueado", "TPV"),
        ("el posnet no anda", "posnet"),
        ("lector de tarjetas roto", "lector de tarjetas"),
        ("las terminales no pasan", "terminal"),
        ("no hay internet y la terminal no funciona", "internet"),
        ("se cayó la red", "red"),
        ("sin wifi", "wifi"),
        ("el ordenador se reinicia", "ordenador"),
        ("el lector de codigos no lee", "lector de códigos"),
        ("el escaner no lee", "escáner"),
        ("la balanza pesa mal", "balanza"),
        ("las camaras no graban", "cámaras"),
        ("el aire acondicionado gotea", "aire acondicionado"),
        ("se fue la luz", "luz"),
        ("la persiana no sube", "persiana"),
        ("se descompuso la heladera", "heladera"),
        ("nos quedamos sin bolsas", "bolsas"),
        ("no tenemos llaves", "llaves"),
        ("problema con la facturación", "facturación"),
        ("la inpresora no sirve", "impresora"),
        ("la conputadora se trabó", "computadora"),
        ("falta papel", "papel"),
        ("el ascensor está parado", "ascensor"),
        ("Printer on floor 3 is down", "printer"),
        ("tienda 45 no funciona nada", None),
        ("ya terminamos", None),
        ("hola buenos días", None),
        ("no funciona", None),
        ("les reporto algo", None),
        # What fails is not what it fails to do, nor where it stands.
        ("no abre ninguna página", "internet"),
        ("la página de pedidos se quedó cargando", "página"),
        ("la impresora saca páginas en blanco", "impresora"),
        ("cae agua por el techo", "techo"),
        ("no puedo mandar el reporte y el correo", "correo"),
        ("no hay para dar cambio", "cambio"),
        ("no da ni una luz el pos", "POS"),
    ],
)
def test_named(text: str, system: str | None) -> None:
    assert find_system(text) == system


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("datáfono", "terminal", True),
        ("TPV", "terminal", True),
        ("TPV", "caja", True),
        ("posnet", "pinpad", True),
        ("internet", "wifi", True),
        ("impresora", "impresora de tickets", True),
        ("impresora de tickets", "impresora de etiquetas", False),
        ("nevera", "heladera", True),
        ("cortina", "persiana", True),
        ("ordenador", "computadora", True),
        ("impresora", "nevera", False),
        ("caja", "terminal", False),
        ("tostadora", "Tostadora", True),
        ("tostadora", "impresora", False),
        (None, "impresora", False),
        (None, None, False),
    ],
)
def test_compared(a: str | None, b: str | None, same: bool) -> None:
    assert same_system(a, b) is same
    assert same_system(b, a) is same
