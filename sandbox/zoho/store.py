"""Everything the portal remembers, written through to SQLite so that it outlives a restart.

Bodies are never changed in place: a change stores a new one. Older versions stay for as long as
the process lives, because a lagging search index still answers with them.
"""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

Kind = Literal["ticket", "contact", "comment", "attachment", "webhook", "token"]
Lag = tuple[float, float]

FIRST_ID = 189_200_000_000_100_000
FIRST_NUMBER = 100

_TABLES = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL,
    parent TEXT, at REAL NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id));
CREATE TABLE IF NOT EXISTS contents (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an object; `share` says where in the lag's range its indexing falls."""

    at: float
    share: float
    body: dict[str, Any]


class Store:
    """Objects by kind and id, in the order they were made."""

    def __init__(self, file: Path | None, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 (a lag, not a secret)
        self._db = sqlite3.connect(file or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_TABLES)
        self._versions: dict[str, dict[str, list[Version]]] = {}
        self._children: dict[tuple[str, str], list[str]] = {}
        for kind, id_, parent, at, body in self._db.execute(
            "SELECT kind, id, parent, at, body FROM objects ORDER BY seq"
        ):
            self._remember(kind, id_, parent, at, json.loads(body))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is put inside, or nothing; not to be held across an await."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def put(
        self,
        kind: Kind,
        body: dict[str, Any],
        *,
        parent: str | None = None,
        content: bytes | None = None,
    ) -> dict[str, Any]:
        """Store a new object or the next version of a known one, by its `id`."""
        at = time.time()
        self._db.execute(
            "INSERT INTO objects (kind, id, parent, at, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, body = excluded.body",
            (kind, body["id"], parent, at, json.dumps(body)),
        )
        if content is not None:
            self._db.execute("INSERT INTO contents VALUES (?, ?)", (body["id"], content))
        self._remember(kind, body["id"], parent, at, body)
        return body

    def get(self, kind: Kind, id_: str) -> dict[str, Any] | None:
        """The newest version, or None."""
        versions = self._versions.get(kind, {}).get(id_)
        return versions[-1].body if versions else None

    def every(self, kind: Kind) -> list[dict[str, Any]]:
        """The newest version of every object of this kind, oldest object first."""
        return [versions[-1].body for versions in self._versions.get(kind, {}).values()]

    def children(self, kind: Kind, parent: str) -> list[dict[str, Any]]:
        """The objects that hang on this parent, oldest first."""
        known = self._versions.get(kind, {})
        return [known[id_][-1].body for id_ in self._children.get((kind, parent), [])]

    def indexed(self, kind: Kind, lag: Lag) -> list[dict[str, Any]]:
        """What a search index knows that runs behind by a lag within these seconds."""
        now = time.time()
        low, high = lag
        found = []
        for versions in self._versions.get(kind, {}).values():
            for version in reversed(versions):
                if version.at + low + version.share * (high - low) <= now:
                    found.append(version.body)
                    break
        return found

    def content(self, id_: str) -> bytes:
        """The bytes of an attachment."""
        row = self._db.execute("SELECT bytes FROM contents WHERE id = ?", (id_,)).fetchone()
        return bytes(row[0])

    def remove(self, kind: Kind, id_: str) -> None:
        """Forget one object without children."""
        self._db.execute("DELETE FROM objects WHERE kind = ? AND id = ?", (kind, id_))
        self._versions.get(kind, {}).pop(id_, None)

    def next_id(self) -> str:
        """A new id of 18 digits; never given twice, not even after a reset."""
        return str(self._count("last_id", FIRST_ID))

    def next_number(self) -> str:
        """The next ticketNumber, from 101 on."""
        return str(self._count("last_number", FIRST_NUMBER))

    def fact(self, key: str) -> str | None:
        """A single remembered value, such as the signing key."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_fact(self, key: str, value: str) -> None:
        """Remember a single value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def reset(self) -> None:
        """Forget all objects and the ticket numbers; ids go on growing, the signing key stays."""
        with self.transaction():
            self._db.execute("DELETE FROM objects")
            self._db.execute("DELETE FROM contents")
            self._db.execute("DELETE FROM meta WHERE key IN ('last_number', 'grant_used')")
        self._versions.clear()
        self._children.clear()

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _count(self, key: str, start: int) -> int:
        value = int(self.fact(key) or start) + 1
        self.set_fact(key, str(value))
        return value

    def _remember(
        self, kind: str, id_: str, parent: str | None, at: float, body: dict[str, Any]
    ) -> None:
        known = self._versions.setdefault(kind, {})
        if id_ not in known:
            known[id_] = []
            if parent is not None:
                self._children.setdefault((kind, parent), []).append(id_)
        known[id_].append(Version(at, self._random.random(), body))
