"""Whether what fails is a thing of technology or of the shop, where the thing itself says so.

Sixteen people have labelled what fails in their shops, and of what is named here nearly all say
the same. An alarm or an oven, which one calls a device and another a fixture, is left to what was
learnt.
"""

from __future__ import annotations

from domain.incident import Category
from tools.models.local.systems import concepts_of

_TECHNICAL_TEXT = (
    "terminal|caja|internet|sistema|facturación|computadora|pantalla|teclado|ratón|escáner|"
    "báscula|cámaras|teléfono|tablet|correo|app|usuario|precios|impresora|impresora de tickets|"
    "impresora fiscal|UPS|inventario|impresora de etiquetas|cajón|fidelidad|recargas|reportes|"
    "créditos|conteo de personas|máquina de taller|sonido|turnos"
)
_TECHNICAL = frozenset(_TECHNICAL_TEXT.split("|"))
_OPERATIONAL_TEXT = (
    "aire acondicionado|luz|lámparas|cortina|puerta|llaves|refrigerador|agua|baño|elevador|"
    "techo|vitrina|muebles|piso|bolsas|rollos|insumos|uniforme|cambio|personal|basura|plaga|"
    "extintor|gas|letrero|calentador|apertura|robo|accidente|amenaza|incendio|derrame|acuario"
)
_OPERATIONAL = frozenset(_OPERATIONAL_TEXT.split("|"))


def category_of(system: str | None) -> Category | None:
    """What the affected thing is; None where it may be either, or no list knows it."""
    concepts = concepts_of(system)
    if concepts and concepts <= _TECHNICAL:
        return Category.TECHNICAL
    if concepts and concepts <= _OPERATIONAL:
        return Category.OPERATIONAL
    return None
