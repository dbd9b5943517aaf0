"""Every word by which talk of goods and promotions is told, or is a report after all."""

from __future__ import annotations

import pytest

from domain.gist import Gist
from domain.sayings.shop_talk import GOODS, TERMS, why_shop_talk

_GOODS = (
    "pedido resurtido surtido mercancía mercadería bolsa rollo etiqueta uniforme cartel letrero "
    "paquete cajas_de cajas_con material materiales folleto gancho maniquí zapato tinta toner "
    "papel insumo papelería tela producto catálogo playera camiseta remera polera stock reposición"
)
_ALSO_LIE = "carteles materiales papelería cámaras_de_fotos"
_CAME = (
    "llegó llegaron entró entraron trajeron bajaron recibimos recibí descargaron surtieron "
    "llegó_ya llegó_por_fin"
)
_WHOSE = "el la los las un una unos unas mi nuestro el_nuevo"
_LIES = "van va están quedan quedó quedaron los_dejé las_dejé"
_ON = "en sobre debajo_de atrás_de junto_a"
_ONE = "el la los las un una"
_PLACES = (
    "mesa estante anaquel repisa mostrador vitrina perchero exhibidor escritorio cajón rack "
    "oficina bodega almacén trastienda entrada góndola pasillo"
)
_AMISS = (
    "no ni nunca nada tampoco sin pero aunque faltaron mal peor rotas dañadas mojadas incompletas "
    "equivocadas otras golpeadas menos vencidas caducadas medias mitad solo solamente sigue "
    "seguimos error fallas problema detalle quemadas abiertas vacías urge ayuda apoyo necesito "
    "agua humo fuego plagas ratas cable vidrio distintas diferentes cambiadas defecto borrosas "
    "trabadas atoradas atascadas pedí pedimos auxilio ninguna son_todas pueden podrían acabaron "
    "terminó agotadas"
)
_PROMOTIONS = "promo 2x1 descuento cupón vale oferta meses_sin_intereses puntos"
_GOES_NOT = (
    "no_acumula no_combina no_suma no_aplica no_junta no_vale no_se_suma no_son_acumulables "
    "no_es_acumulable"
)
_DEVICES = (
    "sistema caja terminal pantalla pos tpv me nos marca cobra toma deja error debería "
    "tendría tiene_que antes ayer fila queja reclama enojado molesto urge ayuda apoyo revisen "
    "ya_no"
)


def why(text: str, **signs: float) -> str | None:
    return why_shop_talk(Gist(text.replace("_", " "), 0.9, signs=signs))


@pytest.mark.parametrize(
    "text",
    [
        *(f"llegó el {one} azul" for one in _GOODS.split()),
        *(f"{one} el pedido" for one in _CAME.split()),
        *(f"llegó {one} pedido" for one in _WHOSE.split()),
        *(f"las bolsas azules {one} en la mesa" for one in _LIES.split()),
        *(f"los {one} van en la mesa" for one in _ALSO_LIE.split()),
        *(f"las bolsas van {one} la mesa" for one in _ON.split()),
        *(f"las bolsas van en {one} mesa" for one in _ONE.split()),
        *(f"las bolsas van en la {one}" for one in _PLACES.split()),
    ],
)
def test_goods_that_came_or_lie_somewhere(text: str) -> None:
    assert why(text) == GOODS


@pytest.mark.parametrize("word", _AMISS.split())
def test_what_is_amiss_with_them(word: str) -> None:
    assert why(f"llegaron las bolsas {word}") is None


@pytest.mark.parametrize(
    "text",
    [
        *(f"{one} {not_} con eso" for one in _PROMOTIONS.split() for not_ in ["no_suma"]),
        *(f"la promo {one} con eso" for one in _GOES_NOT.split()),
    ],
)
def test_what_a_promotion_does_not_go_with(text: str) -> None:
    assert why(text) == TERMS


@pytest.mark.parametrize("word", _DEVICES.split())
def test_what_a_device_does_not_take(word: str) -> None:
    assert why(f"la promo no suma con eso {word}") is None


@pytest.mark.parametrize(
    "text",
    ["¿llegaron las bolsas?", "el pedido va luego", "no aplica con eso", "la promo va hoy", "hola"],
)
def test_other_words_tell_nothing(text: str) -> None:
    assert why(text) is None


def test_what_fails_is_heard_beside_goods() -> None:
    assert why("llegaron las bolsas", fault=1.0) is None
    for sure in ("llegaron las bolsas", "la promo no suma con eso"):
        assert why(sure)
        assert why(sure, danger=1.0) is None
        assert why_shop_talk(Gist(sure, 0.9, error="E4")) is None
        assert why_shop_talk(Gist(sure, 0.9, said_store="12")) is None
