"""Chroma is a cache: a real one loses its folder, and Postgres brings everything back."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from psycopg.types.json import Jsonb

from domain.errors import RetryLater
from server.embedded.chroma import EmbeddedChroma
from server.indexer import Indexer
from server.persistence.database import Pool, make_pool
from tests.service.conftest import Run
from tests.service.stage import PATIENCE, RECADO
from tools.knowledge.chroma import ChromaConfig, ChromaKnowledge
from tools.knowledge.likeness import LikenessEncoder, encoder_name

pytestmark = pytest.mark.slow

ENCODER = LikenessEncoder()
MANY = 230


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    pool = make_pool(database_url, 3)
    await pool.open()
    yield pool
    await pool.close()


def knowledge_at(url: str) -> ChromaKnowledge:
    return ChromaKnowledge(ChromaConfig(url, timeout=PATIENCE), ENCODER.encode)


async def keep(pool: Pool, id: str, type: str, content: str, **metadata: object) -> None:
    async with pool.connection() as conn:
        await conn.execute(
            "INSERT INTO documents (id, type, content, metadata) VALUES (%s, %s, %s, %s)",
            (id, type, content, Jsonb(metadata)),
        )


async def fill(pool: Pool) -> int:
    """Tickets, a solution and more chatter than one batch; how many documents."""
    printer = "impresora de tickets: no imprime"
    await keep(
        pool, "ticket:1", "ticket", "No imprime, tienda 45", about=printer, ticket_number="101"
    )
    await keep(pool, "solution:1", "solution", "No imprime: otro rollo", about=printer)
    await keep(pool, "ticket:2", "ticket", "Sin internet, tienda 45", ticket_number="102")
    for n in range(MANY):
        await keep(pool, f"message:{n}", "message", f"buenos días, saludo número {n}")
    return MANY + 3


async def unindexed(pool: Pool) -> int:
    async with pool.connection() as conn:
        row = await (
            await conn.execute("SELECT count(*) AS n FROM documents WHERE indexed_at IS NULL")
        ).fetchone()
    assert row is not None
    return int(row["n"])


async def test_a_lost_index_is_rebuilt_from_postgres(
    run: Run, pool: Pool, database_url: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    query = "la tiquetera no saca los recibos en la tienda 9"
    total = await fill(pool)
    async with EmbeddedChroma(data) as chroma, knowledge_at(chroma.url) as knowledge:
        await Indexer(pool, knowledge, encoder_name()).carry_quietly()
        assert await knowledge.count() == total
        assert await unindexed(pool) == 0
        before = await knowledge.search(query, type="ticket")
        assert before[0].document.metadata["ticket_number"] == "101"
        solved = await knowledge.search(query, type="solution")
        assert [s.document.id for s in solved] == ["solution:1"]
    shutil.rmtree(data / "chroma")
    async with EmbeddedChroma(data) as chroma, knowledge_at(chroma.url) as knowledge:
        assert await knowledge.count() == 0
        program = await run(
            "rebuild",
            [str(RECADO), "data", "rebuild-vectors", "--json"],
            env={
                "RECADO_MODE": "demo",
                "RECADO_DATA_DIR": str(data),
                "DATABASE_URL": database_url,
                "CHROMA_URL": chroma.url,
            },
        )
        assert program.process is not None
        assert await program.process.wait() == 0, program.text()
        told = [line for line in program.text().splitlines() if line.startswith("{")]
        assert json.loads(told[-1]) == {"documents": total}
        assert await knowledge.count() == total
        assert await unindexed(pool) == 0
        after = await knowledge.search(query, type="ticket")
    assert [s.document for s in after] == [s.document for s in before]


async def test_another_encoder_means_a_new_index(pool: Pool, tmp_path: Path) -> None:
    await keep(pool, "ticket:1", "ticket", "La caja no abre")
    async with EmbeddedChroma(tmp_path) as chroma:
        config = ChromaConfig(chroma.url, timeout=PATIENCE)
        async with ChromaKnowledge(config, lambda texts: [[1.0, 0.0]] * len(texts)) as old:
            assert await Indexer(pool, old, "old").carry() == 1
        async with knowledge_at(chroma.url) as knowledge:
            with pytest.raises(RetryLater):
                await knowledge.search("la caja no abre")
            assert await Indexer(pool, knowledge, encoder_name()).carry() == 1
            assert len(await knowledge.search("la caja no abre")) == 1
            # The same encoder again: nothing to do.
            assert await Indexer(pool, knowledge, encoder_name()).carry() == 0


async def test_what_changes_while_it_is_indexed_is_indexed_again(
    pool: Pool, tmp_path: Path
) -> None:
    await keep(pool, "ticket:1", "ticket", "La caja no abre")
    async with EmbeddedChroma(tmp_path) as chroma, knowledge_at(chroma.url) as knowledge:
        indexer = Indexer(pool, _Slow(knowledge, pool))
        assert await indexer.carry() == 1
        assert await unindexed(pool) == 1
        assert await Indexer(pool, knowledge).carry() == 1
        [found] = await knowledge.search("caja")
        assert found.document.metadata == {"ticket_number": "101"}


class _Slow(ChromaKnowledge):
    """While it adds, somebody changes the row."""

    def __init__(self, inner: ChromaKnowledge, pool: Pool) -> None:
        self._inner = inner
        self._rows = pool

    async def add(self, documents: object) -> None:
        await self._inner.add(documents)  # type: ignore[arg-type]
        async with self._rows.connection() as conn:
            await conn.execute(
                "UPDATE documents SET metadata = %s, indexed_at = NULL",
                (Jsonb({"ticket_number": "101"}),),
            )
