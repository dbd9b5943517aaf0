"""Vector search in a Chroma server, over its REST v2.

Not through chromadb's own async client: it has no timeout, shares the first client's token among
all of them, does not verify TLS unless told, raises bare Exception, and takes 60 MB to import.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, get_args
from urllib.parse import quote

import httpx
from pydantic_core import to_json

from domain.errors import RetryLater
from domain.ports import Document, DocumentType, Similar

Embed = Callable[[Sequence[str]], list[list[float]]]
Scalar = str | int | float | bool

_TYPE = "type"
_BATCH = 100
_TYPES: tuple[str, ...] = get_args(DocumentType)


@dataclass(frozen=True)
class ChromaConfig:
    """Where the server is. `timeout` in seconds, for one request."""

    url: str
    token: str | None = field(default=None, repr=False)
    collection: str = "recado"
    tenant: str = "default_tenant"
    database: str = "default_database"
    timeout: float = 5.0


class ChromaKnowledge:
    """Documents by meaning; implements domain.ports.KnowledgeBase.

    `embed` gives unit vectors and is run in a thread. Raises RetryLater for whatever goes wrong:
    the index is a cache that Postgres can rebuild, and no reason to stop.
    """

    def __init__(
        self,
        config: ChromaConfig,
        embed: Embed,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._config = config
        self._embed = embed
        self._http = httpx.AsyncClient(
            base_url=config.url.rstrip("/")
            + f"/api/v2/tenants/{quote(config.tenant)}/databases/{quote(config.database)}",
            headers={
                "content-type": "application/json",
                **({"x-chroma-token": config.token} if config.token else {}),
            },
            timeout=config.timeout,
            transport=transport,
        )
        self._collection_id: str | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; the lifespan calls it."""
        await self._http.aclose()

    async def add(self, documents: Sequence[Document]) -> None:
        """Keep these documents; one with a known id replaces it."""
        # The server refuses the same id twice in one request; the last one stays, as elsewhere.
        unique = list({document.id: document for document in documents}.values())
        for start in range(0, len(unique), _BATCH):
            batch = unique[start : start + _BATCH]
            vectors = await asyncio.to_thread(self._embed, [d.found_by for d in batch])
            await self._collection(
                "upsert",
                {
                    "ids": [d.id for d in batch],
                    "embeddings": vectors,
                    "documents": [d.content for d in batch],
                    "metadatas": [{**d.metadata, _TYPE: d.type} for d in batch],
                },
            )

    async def search(
        self,
        text: str,
        *,
        limit: int = 5,
        type: DocumentType | None = None,
        where: Mapping[str, Scalar] | None = None,
    ) -> list[Similar]:
        """The most similar documents, best first, whatever their similarity."""
        conditions = [{name: {"$eq": value}} for name, value in (where or {}).items()]
        if type is not None:
            conditions.append({_TYPE: {"$eq": type}})
        [vector] = await asyncio.to_thread(self._embed, [text])
        query: dict[str, object] = {
            "query_embeddings": [vector],
            "n_results": limit,
            "include": ["documents", "metadatas", "distances"],
        }
        if conditions:
            query["where"] = conditions[0] if len(conditions) == 1 else {"$and": conditions}
        return _found(await self._collection("query", query))

    async def clear(self) -> None:
        """Forget everything; also the way to change to another encoder."""
        answer = await self._send("DELETE", f"/collections/{quote(self._config.collection)}")
        self._collection_id = None
        if answer.status_code != 404:
            _checked(answer)

    async def count(self) -> int:
        """How many documents there are."""
        return int(await self._collection("count"))

    async def _collection(self, action: str, body: Mapping[str, object] | None = None) -> Any:
        """Ask the collection, made anew when the server has lost it."""
        method = "GET" if body is None else "POST"
        answer = await self._send(method, f"/collections/{await self._id()}/{action}", body)
        if answer.status_code == 404:
            self._collection_id = None
            answer = await self._send(method, f"/collections/{await self._id()}/{action}", body)
        return _checked(answer)

    async def _id(self) -> str:
        if self._collection_id is None:
            wanted = {
                "name": self._config.collection,
                "get_or_create": True,
                "configuration": {"hnsw": {"space": "cosine"}},
            }
            made = _checked(await self._send("POST", "/collections", wanted))
            try:
                self._collection_id = str(made["id"])
            except (KeyError, TypeError) as error:
                raise RetryLater("Chroma named no collection") from error
        return self._collection_id

    async def _send(
        self, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> httpx.Response:
        try:
            # A vector is hundreds of numbers, over which the standard library takes its time.
            content = None if body is None else to_json(body)
            return await self._http.request(method, path, content=content)
        except httpx.HTTPError as error:
            raise RetryLater(f"Chroma cannot be reached ({type(error).__name__})") from error


def _checked(answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise RetryLater(f"Chroma answered {answer.status_code}: {answer.text[:200]}")
    try:
        return answer.json()
    except ValueError as error:
        raise RetryLater("Chroma answered something that is not JSON") from error


def _found(answer: Any) -> list[Similar]:
    """One query's rows. Cosine distance is 1 - similarity."""
    try:
        rows = zip(
            answer["ids"][0],
            answer["documents"][0],
            answer["metadatas"][0],
            answer["distances"][0],
            strict=True,
        )
        found = [_similar(*row) for row in rows]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise RetryLater("Chroma answered rows that cannot be read") from error
    return sorted(found, key=lambda similar: -similar.similarity)


def _similar(id: str, content: str, metadata: dict[str, Scalar], distance: float) -> Similar:
    kept = dict(metadata)
    kind = kept.pop(_TYPE)
    if kind not in _TYPES:
        raise ValueError(f"document {id} is of type {kind!r}")
    document = Document(id, kind, content, kept)  # type: ignore[arg-type]  # a kind that we wrote
    return Similar(document, min(1.0, max(-1.0, 1.0 - float(distance))))
