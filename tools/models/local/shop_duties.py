"""What people are called by who work in one shop, or what a shop's own phone is: 'Hugo Panadero',
'Mostrador Béjar'. Others with a trade in their name help all shops."""

from __future__ import annotations

import re

from tools.models.local.spelling import fold

_OF_ONE = re.compile(
    r"(?:cajas?|turno|mostrador|obrador|recepcion|encargad[oa]|panader[oa]|carnicer[oa]|"
    r"peluquer[oa]|vete|veterinari[oa]|guardia|vigilante)\.?"
)
_THING = re.compile(r"(?:cajas?|turno|mostrador|obrador|recepcion)\.?")
_WHEN = frozenset({"tarde", "manana", "noche", "dia"})


def is_of_one_shop(name: str) -> bool:
    """Whether a name says that somebody works in one shop."""
    return any(_OF_ONE.fullmatch(fold(word)) for word in name.split())


def is_a_shops_phone(name: str) -> bool:
    """Whether no person is called so, but what stands in one shop."""
    return any(_THING.fullmatch(fold(word)) for word in name.split())


def without_shift(words: list[str]) -> list[str]:
    """The words of a name but those that say when: 'Caballito' of 'Caballito tarde'."""
    return [word for word in words if fold(word) not in _WHEN]
