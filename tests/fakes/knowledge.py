"""Vector search in memory: the twin of tools.knowledge.chroma."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from domain.errors import RetryLater
from domain.ports import Document, DocumentType, Similar


def bag_of_letters(texts: Sequence[str]) -> list[list[float]]:
    """Small deterministic unit vectors: texts that share words are near each other."""
    vectors = []
    for text in texts:
        vector = [0.01] * 64
        for word in text.lower().split():
            vector[sum(place * ord(c) for place, c in enumerate(word, 1)) % 64] += 1.0
        length = math.sqrt(sum(number * number for number in vector))
        vectors.append([number / length for number in vector])
    return vectors


class MemoryKnowledge:
    """Implements domain.ports.KnowledgeBase. While `broken`, everything raises RetryLater."""

    def __init__(
        self, embed: Callable[[Sequence[str]], list[list[float]]] = bag_of_letters
    ) -> None:
        self.documents: dict[str, Document] = {}
        self.broken = False
        self._embed = embed
        self._vectors: dict[str, list[float]] = {}

    async def add(self, documents: Sequence[Document]) -> None:
        """Keep these documents; one with a known id replaces it."""
        self._check()
        vectors = self._embed([document.found_by for document in documents])
        for document, vector in zip(documents, vectors, strict=True):
            self.documents[document.id] = document
            self._vectors[document.id] = vector

    async def search(
        self,
        text: str,
        *,
        limit: int = 5,
        type: DocumentType | None = None,
        where: Mapping[str, str | int | float | bool] | None = None,
    ) -> list[Similar]:
        """The most similar documents, best first, whatever their similarity."""
        self._check()
        [asked] = self._embed([text])
        found = [
            Similar(document, sum(a * b for a, b in zip(asked, self._vectors[id], strict=True)))
            for id, document in self.documents.items()
            if type in (None, document.type)
            and (where or {}).items() <= dict(document.metadata).items()
        ]
        return sorted(found, key=lambda similar: -similar.similarity)[:limit]

    async def clear(self) -> None:
        """Forget everything."""
        self._check()
        self.documents.clear()
        self._vectors.clear()

    async def count(self) -> int:
        """How many documents there are."""
        self._check()
        return len(self.documents)

    def _check(self) -> None:
        if self.broken:
            raise RetryLater("the fake knowledge base is down")
