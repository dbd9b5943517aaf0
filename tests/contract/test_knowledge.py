"""One suite for the knowledge base: its twin in memory and a real Chroma server."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from domain.errors import RetryLater
from domain.ports import Document, KnowledgeBase
from tests.fakes.knowledge import MemoryKnowledge, bag_of_letters
from tests.service.stage import PATIENCE, free_port
from tools.knowledge.chroma import ChromaConfig, ChromaKnowledge
from tools.knowledge.embedding import SentenceEncoder

PRINTER = Document(
    "t1",
    "ticket",
    "la impresora de tickets no imprime",
    {"user_id": "p1", "ticket_id": "900", "classification": "technical", "resolved": True},
)
SOLUTION = Document(
    "s1",
    "solution",
    "la impresora de tickets se arregla al cambiar el rollo",
    {"user_id": "p1", "ticket_id": "900", "resolved": True},
)
NETWORK = Document(
    "t2",
    "ticket",
    "sin internet desde la mañana",
    {"user_id": "p2", "timestamp": 1772464445, "resolved": False},
)


@contextmanager
def chroma_server(path: Path, port: int) -> Iterator[str]:
    """A Chroma server on this directory, ended when the block ends."""
    command = Path(sys.executable).with_name("chroma")
    place = ("--path", str(path), "--host", "127.0.0.1", "--port", str(port))
    log = path.with_suffix(".log")
    with (
        log.open("ab") as out,
        subprocess.Popen([command, "run", *place], stdout=out, stderr=out) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        try:
            until = time.monotonic() + PATIENCE
            while not _answers(url):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.05)
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/heartbeat").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma") / "db", free_port()) as url:
        yield url


@pytest.fixture(params=["memory", pytest.param("chroma", marks=pytest.mark.slow)])
async def knowledge(request: pytest.FixtureRequest) -> AsyncIterator[KnowledgeBase]:
    if request.param == "memory":
        yield MemoryKnowledge()
        return
    url: str = request.getfixturevalue("chroma")
    async with ChromaKnowledge(ChromaConfig(url, timeout=PATIENCE), bag_of_letters) as found:
        await found.clear()
        yield found


async def test_an_empty_base_finds_nothing(knowledge: KnowledgeBase) -> None:
    assert await knowledge.count() == 0
    assert await knowledge.search("la impresora") == []


async def test_the_most_similar_come_first(knowledge: KnowledgeBase) -> None:
    await knowledge.add([NETWORK, PRINTER, SOLUTION])
    found = await knowledge.search("la impresora de tickets no imprime")
    assert [similar.document.id for similar in found] == ["t1", "s1", "t2"]
    assert found[0].document == PRINTER
    assert found[0].similarity == pytest.approx(1, abs=1e-5)
    assert -1 <= found[2].similarity < found[1].similarity < 1


async def test_at_most_limit_are_found(knowledge: KnowledgeBase) -> None:
    await knowledge.add([NETWORK, PRINTER, SOLUTION])
    assert len(await knowledge.search("impresora", limit=2)) == 2
    assert len(await knowledge.search("impresora", limit=50)) == 3


async def test_search_can_be_narrowed(knowledge: KnowledgeBase) -> None:
    await knowledge.add([NETWORK, PRINTER, SOLUTION])

    async def ids(**narrow: object) -> set[str]:
        return {s.document.id for s in await knowledge.search("x", **narrow)}  # type: ignore[arg-type]

    assert await ids(type="ticket") == {"t1", "t2"}
    assert await ids(where={"user_id": "p1"}) == {"t1", "s1"}
    assert await ids(where={"resolved": False}) == {"t2"}
    assert await ids(type="solution", where={"user_id": "p1", "resolved": True}) == {"s1"}
    assert await ids(where={"user_id": "nobody"}) == set()


async def test_the_same_id_is_one_document(knowledge: KnowledgeBase) -> None:
    await knowledge.add([PRINTER])
    newer = Document("t1", "ticket", "la caja no abre", {"resolved": False})
    await knowledge.add([PRINTER, newer])
    assert await knowledge.count() == 1
    [found] = await knowledge.search("la caja no abre")
    assert found.document.content == "la caja no abre"


async def test_many_are_added_at_once(knowledge: KnowledgeBase) -> None:
    await knowledge.add([Document(f"m{n}", "message", f"mensaje {n}") for n in range(250)])
    assert await knowledge.count() == 250
    await knowledge.add([])
    assert await knowledge.count() == 250


async def test_it_can_be_rebuilt(knowledge: KnowledgeBase) -> None:
    await knowledge.add([PRINTER, NETWORK])
    await knowledge.clear()
    assert await knowledge.count() == 0
    await knowledge.clear()
    await knowledge.add([NETWORK])
    assert [s.document for s in await knowledge.search("internet")] == [NETWORK]


@pytest.mark.slow
async def test_chroma_keeps_documents_over_a_restart_and_its_loss_is_survived(
    tmp_path: Path,
) -> None:
    port = free_port()
    config = ChromaConfig(f"http://127.0.0.1:{port}", timeout=PATIENCE)
    async with ChromaKnowledge(config, bag_of_letters) as knowledge:
        with chroma_server(tmp_path / "db", port):
            await knowledge.add([PRINTER, NETWORK])
        with pytest.raises(RetryLater, match="cannot be reached"):
            await knowledge.search("impresora")
        with chroma_server(tmp_path / "db", port):
            assert (await knowledge.search("la impresora"))[0].document == PRINTER
        # Another directory: the server has lost everything, our collection id too.
        with chroma_server(tmp_path / "lost", port):
            assert await knowledge.count() == 0
            await knowledge.add([PRINTER])
            assert await knowledge.count() == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="boom"),
        httpx.Response(401, json={"error": "AuthError"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"name": "no id"}),
        httpx.Response(200, json=["x"]),
    ],
)
async def test_whatever_chroma_answers_wrongly_is_for_later(answer: httpx.Response) -> None:
    transport = httpx.MockTransport(lambda _: answer)
    config = ChromaConfig("http://chroma", token="secret")
    async with ChromaKnowledge(config, bag_of_letters, transport=transport) as knowledge:
        with pytest.raises(RetryLater):
            await knowledge.search("x")
        assert "secret" not in repr(config)


async def test_rows_that_cannot_be_read_are_for_later() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        made = request.url.path.endswith("/collections")
        rows = {"ids": [["a"]], "documents": [["x"]], "metadatas": [[None]], "distances": [[0.1]]}
        return httpx.Response(200, json={"id": "c1"} if made else rows)

    transport = httpx.MockTransport(serve)
    config = ChromaConfig("http://chroma")
    async with ChromaKnowledge(config, bag_of_letters, transport=transport) as knowledge:
        with pytest.raises(RetryLater, match="rows"):
            await knowledge.search("x")


@pytest.mark.slow
async def test_the_real_encoder_finds_paraphrases(chroma: str) -> None:
    encoder = SentenceEncoder()
    config = ChromaConfig(chroma, collection="paraphrases", timeout=PATIENCE)
    async with ChromaKnowledge(config, encoder.encode) as knowledge:
        await knowledge.add(
            [
                Document("printer", "ticket", "La impresora de tickets no imprime"),
                Document("network", "ticket", "No hay internet en la tienda"),
                Document("fridge", "ticket", "El refrigerador no enfría"),
                Document("card", "ticket", "La terminal no acepta tarjetas"),
            ]
        )
        pairs = {
            "la miniprinter ya no saca los recibos": "printer",
            "se cayó la red, estamos sin conexión": "network",
            "la nevera está caliente": "fridge",
            "no pasa ninguna tarjeta en el cobro": "card",
        }
        found = {text: (await knowledge.search(text, limit=1))[0].document.id for text in pairs}
    assert found == pairs


@pytest.mark.slow
def test_the_real_encoder_gives_unit_vectors_in_order() -> None:
    encoder = SentenceEncoder(cached=2)
    first = encoder.encode(["hola", "impresora", "hola", "caja"])
    assert [len(vector) for vector in first] == [512] * 4
    assert first[0] == first[2] != first[1]
    assert all(sum(n * n for n in vector) == pytest.approx(1, abs=1e-3) for vector in first)
    assert encoder.encode(["caja"]) == [first[3]]
    assert encoder.encode([]) == []
