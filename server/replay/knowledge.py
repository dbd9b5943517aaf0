"""Vector search in memory, for as long as a replay takes: what the same chat said before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from domain.ports import Document, DocumentType, Similar

Embed = Callable[[Sequence[str]], list[list[float]]]


class MemoryKnowledge:
    """Implements domain.ports.KnowledgeBase.

    A document is embedded when a search first looks at it: most of a chat never is. `embed` gives
    unit vectors and is called in a thread.
    """

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._documents: dict[str, Document] = {}
        self._vectors: dict[str, list[float]] = {}

    async def add(self, documents: Sequence[Document]) -> None:
        """Keep these; one with a known id replaces it."""
        for document in documents:
            self._documents[document.id] = document
            self._vectors.pop(document.id, None)

    async def search(
        self,
        text: str,
        *,
        limit: int = 5,
        type: DocumentType | None = None,
        where: Mapping[str, str | int | float | bool] | None = None,
    ) -> list[Similar]:
        """The most similar documents, best first, whatever their similarity."""
        wanted = [
            one
            for one in self._documents.values()
            if type in (None, one.type) and (where or {}).items() <= dict(one.metadata).items()
        ]
        if not wanted:
            return []
        fresh = [one for one in wanted if one.id not in self._vectors]
        texts = [text, *(one.found_by for one in fresh)]
        asked, *vectors = await asyncio.to_thread(self._embed, texts)
        self._vectors |= {one.id: vector for one, vector in zip(fresh, vectors, strict=True)}
        near = np.array([self._vectors[one.id] for one in wanted]) @ np.array(asked)
        best = np.argsort(-near, kind="stable")[:limit]
        return [Similar(wanted[place], float(near[place])) for place in best]

    async def clear(self) -> None:
        """Forget everything."""
        self._documents.clear()
        self._vectors.clear()

    async def count(self) -> int:
        """How many documents there are."""
        return len(self._documents)
