"""When two incidents are alike: the same thing fails in the same way, wherever and however said.

A sentence encoder alone puts 'the printer does not print' beside 'the printer does not turn on'
and far from 'la tiquetera no bota el recibo'. So a vector has three parts: the words with each
country's name of the thing replaced by one, the thing, and the way in which it fails. Stores are
left out: two unlike incidents of one store are not alike.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.knowledge.embedding import SentenceEncoder
from tools.models.local.lexicon import read_lines
from tools.models.local.problem import clean_phrase
from tools.models.local.spelling import expand, fold
from tools.models.local.systems import SystemSpan, find_systems

HERE = Path(__file__).parent
FAILURES = HERE / "failures.json"
FITTED = HERE / "fitted.json"
# What the words, the thing and the failure count. Chosen on the fit split of evals/similar.
WEIGHTS = (1.0, 0.7, 0.7)
# What a second thing named in the text counts beside the first.
SECOND = 0.4
_SENTENCE = re.compile(r"[.;!?\n]+")
_SPACE = re.compile(r"\s+")
Vector = NDArray[np.float64]


def fitted_similarity() -> float:
    """The similarity above which incidents are named as alike; `recado eval similar --fit`."""
    return float(json.loads(FITTED.read_text(encoding="utf-8"))["threshold"])


class LikenessEncoder:
    """Unit vectors in which like incidents are near; an Embed of tools.knowledge.chroma."""

    def __init__(self, encoder: SentenceEncoder | None = None) -> None:
        self._encoder = encoder or SentenceEncoder()

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector a text, in the order given."""
        bare = [without_place(text) for text in texts]
        words = self._encoder.encode([in_one_register(text) for text in bare])
        return [
            _joined(np.asarray(word), _thing(text), _failure(text)).tolist()
            for word, text in zip(words, bare, strict=True)
        ]


@lru_cache(maxsize=1)
def encoder_name() -> str:
    """Changes whenever the vectors do, so that an index of other vectors is built again."""
    parts = [FAILURES.read_text(encoding="utf-8"), *read_lines("systems.txt"), repr(WEIGHTS)]
    return f"use3-likeness-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:12]}"


def without_place(text: str) -> str:
    """The text without greetings and stores, abbreviations written out."""
    sentences = (clean_phrase(part) for part in _SENTENCE.split(expand(text)))
    return ". ".join(sentence for sentence in sentences if sentence) or text.strip()


def in_one_register(text: str) -> str:
    """The text with every name of a thing ('datáfono', 'posnet') replaced by one of them."""
    for span in reversed(_named(text)):
        text = text[: span.start] + sorted(span.concepts)[-1] + text[span.end :]
    return _SPACE.sub(" ", text)


def failures_in(text: str) -> list[str]:
    """The ways of failing that the text tells of."""
    folded = fold(text)
    return [name for name, pattern in _failures().items() if pattern.search(folded)]


def _named(text: str) -> list[SystemSpan]:
    return [span for span in find_systems(text) if not span.weak]


def _thing(text: str) -> Vector:
    places = _concepts()
    vector = np.zeros(len(places))
    for rank, span in enumerate((_named(text) or list(find_systems(text)))[:2]):
        for concept in span.concepts:
            vector[places[concept]] += SECOND if rank else 1.0
    return _unit(vector)


def _failure(text: str) -> Vector:
    found = set(failures_in(text))
    return _unit(np.array([float(name in found) for name in _failures()]))


def _joined(*parts: Vector) -> Vector:
    """Unit vectors side by side, so that a cosine is the weighted mean of theirs."""
    weighted = [np.sqrt(weight) * part for weight, part in zip(WEIGHTS, parts, strict=True)]
    return _unit(np.concatenate(weighted))


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


@lru_cache(maxsize=1)
def _failures() -> Mapping[str, re.Pattern[str]]:
    stems: dict[str, str] = json.loads(FAILURES.read_text(encoding="utf-8"))
    return {name: re.compile(rf"\b(?:{stem})") for name, stem in stems.items()}


@lru_cache(maxsize=1)
def _concepts() -> Mapping[str, int]:
    named = {line.partition(":")[0].strip() for line in read_lines("systems.txt")}
    return {concept: place for place, concept in enumerate(sorted(named))}
