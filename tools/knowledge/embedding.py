"""Sentences as vectors, in any of 16 languages, on the processor and from the package alone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it is loaded at the first text
    from tools.models.local.encoder import Encoder


class SentenceEncoder:
    """Unit vectors of 512 numbers (Universal Sentence Encoder multilingual v3).

    Loaded at the first text; the last `cached` texts are remembered. Safe from several threads,
    which is how an async caller should use it: one text takes milliseconds of processor.
    """

    def __init__(self, *, cached: int = 4_096) -> None:
        self._cached = cached
        self._encoder: Encoder | None = None
        self._known: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector a text, in the order given."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
            fresh = [text for text in dict.fromkeys(texts) if text not in found]
            if fresh:
                vectors = self._load().encode(fresh)
                found |= {
                    text: [float(number) for number in vector]
                    for text, vector in zip(fresh, vectors, strict=True)
                }
            for text in texts:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > self._cached:
                self._known.popitem(last=False)
        return [found[text] for text in texts]

    def _load(self) -> Encoder:
        if self._encoder is None:
            from tools.models.local.meaning import sentence_model

            self._encoder = sentence_model()
        return self._encoder
