"""Chat Spanish made comparable: folding of case and accents, and common abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ABBREVIATIONS = {
    "x": "por",
    "q": "que",
    "k": "que",
    "ke": "que",
    "xq": "porque",
    "pq": "porque",
    "xk": "porque",
    "porq": "porque",
    "tmb": "también",
    "tb": "también",
    "tbn": "también",
    "tmbn": "también",
    "tambn": "también",
    "porfa": "por favor",
    "xfa": "por favor",
    "xfavor": "por favor",
    "plis": "por favor",
    "pls": "por favor",
    "d": "de",
    "dl": "del",
    "pa": "para",
    "toy": "estoy",
    "ta": "está",
    "tan": "están",
    "stamos": "estamos",
    "aki": "aquí",
    "aca": "acá",
    "qiero": "quiero",
    "dnd": "donde",
    "msj": "mensaje",
    "cel": "celular",
    "compu": "computadora",
    "grax": "gracias",
    "grs": "gracias",
    "gcs": "gracias",
    "bn": "bien",
    "bnas": "buenas",
    "bns": "buenos",
    "nop": "no",
    "sip": "sí",
    "fnciona": "funciona",
    "func": "funciona",
    "inet": "internet",
    "imp": "impresora",
    "sist": "sistema",
}
# As they sound, or as thumbs write them; none of them is a word of its own.
_MISSPELT = {
    "cja": "caja",
    "cjas": "cajas",
    "kaja": "caja",
    "enpresora": "impresora",
    "empresora": "impresora",
    "inprime": "imprime",
    "inprimen": "imprimen",
    "inprimir": "imprimir",
    "habre": "abre",
    "habren": "abren",
    "habrir": "abrir",
    "avre": "abre",
    "avren": "abren",
    "avrir": "abrir",
    "sirbe": "sirve",
    "sirben": "sirven",
    "cirve": "sirve",
    "cirven": "sirven",
    "funsiona": "funciona",
    "funsionan": "funcionan",
    "funcina": "funciona",
    "ensiende": "enciende",
    "ensienden": "encienden",
    "ensender": "encender",
    "covrar": "cobrar",
    "covra": "cobra",
    "nesesito": "necesito",
    "nesesitamos": "necesitamos",
    "nesecito": "necesito",
    "nesecitamos": "necesitamos",
    "alluda": "ayuda",
    "aiuda": "ayuda",
    "lus": "luz",
    "sistma": "sistema",
    "sitema": "sistema",
    "cistema": "sistema",
}
# What people from over the border write in a Spanish group.
_NEIGHBOURS = {
    "não": "no",
    "nao": "no",
    "sem": "sin",
    "caixa": "caja",
    "caiu": "se cayó",
    "caigut": "caído",
    "imprimindo": "imprimiendo",
    "cartão": "tarjeta",
    "cartao": "tarjeta",
    "quebrou": "se rompió",
    "parou": "se paró",
    "travou": "se trabó",
    "espatllat": "descompuesto",
    "espatllada": "descompuesta",
    "trencat": "roto",
    "trencada": "rota",
    "loja": "tienda",
    "botiga": "tienda",
}
_WRITTEN_OUT = {**_ABBREVIATIONS, **_MISSPELT, **_NEIGHBOURS}
# What is misspelled only beside these words: 'nose puede', 'se callo el sistema', 'no ay luz'.
_BESIDE = (
    (re.compile(r"\bnose (?=puede|deja|abre|ve\b|conecta|imprime|prende|escucha)", re.I), "no se "),
    (re.compile(r"\bno[sc]e\b(?=\W*$| (?:que|q|k|cual|de que)\b)", re.I), "no sé"),
    (
        re.compile(
            r"\bcallo (?=(?:el |la |del? todo )?(?:el |la )?(?:sistema|internet|servidor|wifi|"
            r"programa|red|linea|se[nñ]al|techo|l[uú][sz])\b)",
            re.I,
        ),
        "cayó ",
    ),
    (re.compile(r"\bno ay\b", re.I), "no hay"),
    (
        re.compile(r"\bala (?=caja|cuenta|bodega|pagina|página|app|computadora|compu)", re.I),
        "a la ",
    ),
)
_WORD = re.compile(r"\w+")
# 'III', and what ends so: the only numerals that look like a vowel drawn out.
NUMERAL = r"x{0,3}v?iii"


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in lower case without accents, of the same length, so positions still match."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_char, text))


@lru_cache(maxsize=2048)
def _fold_char(char: str) -> str:
    plain = unicodedata.normalize("NFD", char)[:1].lower()
    return plain if len(plain) == 1 else char


@lru_cache(maxsize=4096)
def expand(text: str) -> str:
    """The text with common chat abbreviations written out ('xq' becomes 'porque'), and what is
    often misspelled, or said in a neighbour's language, as it is meant."""

    def full(match: re.Match[str]) -> str:
        word = match.group()
        return _WRITTEN_OUT.get(word.lower(), word)

    for pattern, meant in _BESIDE:
        text = pattern.sub(meant, text)
    return _WORD.sub(full, text)


def words(text: str) -> list[str]:
    """The folded words of a text, digits included, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1024)
def is_shouted(text: str) -> bool:
    """Whether the text is written in capitals only, so capitals say nothing about names."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and all(char.isupper() for char in letters)
