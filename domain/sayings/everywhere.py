"""What fails in every store at once, so that nobody need say in which. Pure."""

from __future__ import annotations

import re

from domain.wording import plain

# What stands for the store of such a report.
EVERY_STORE = "todas"
_STORES = r"(?:tiendas?|sucursal(?:es)?|sedes?|local(?:es)?|farmacias?|puntos? de venta)"
_NOWHERE = re.compile(
    rf"(?<!\ben )\bningun[oa]? {_STORES} (?:(?:aun|todavia|ya|se|puede|pueden|logra|de la zona) )*"
    r"(?:tiene|tenemos|hay|puede|cobr|vend|factur|funcion|jala|abr|conect|entr)\w*"
)
_EVERYWHERE = re.compile(
    rf"\b(?:en|para|a|de) tod[oa]s (?:l[oa]s )?{_STORES}|"
    rf"\btod[oa]s l[oa]s {_STORES} (?:estan|estamos|andan|siguen|quedaron|sin|no|reportan)\b|"
    rf"\bno (?:hay|funciona|sirve|jala|abre|carga) (?:el |la )?\w+ en ningun[oa]? {_STORES}\b|"
    r"\b(?:a|de) nivel nacional\b|\btoda la cadena\b"
)
_ANSWERS = re.compile(
    rf"(?:(?:es|son|esta|estan|pasa|pues|si|en|de) )*tod[oa]s(?: l[oa]s {_STORES}|las)?"
    r"(?: (?:por igual|parejo|estan igual|gracias|por favor))?"
)
# 'En todas las tiendas menos la 12', 'casi todas': not so in every one.
_BUT_SOME = re.compile(r"\b(?:casi|menos|excepto|salvo|ya|quiza\w*|creo)\b")


def is_everywhere(text: str, *, answering: bool = False) -> bool:
    """Whether a text says that every store has it; with `answering` as little as 'en todas', said
    to who asked which store it is."""
    words = plain(text)
    if "?" in text or _BUT_SOME.search(words) or re.search(r"\d", words):
        return False
    if answering and _ANSWERS.fullmatch(words):
        return True
    return bool(_NOWHERE.search(words) or _EVERYWHERE.search(words))
