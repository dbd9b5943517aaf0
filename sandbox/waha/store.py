"""What the WAHA server remembers, in SQLite: chats, people, messages, media, webhooks owed."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sandbox.waha.wire import Media, Message

_SCHEMA = """
CREATE TABLE IF NOT EXISTS chats (chat TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
  chat TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (chat, person));
CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL, stanza TEXT NOT NULL,
  at INTEGER NOT NULL, from_me INTEGER NOT NULL, facts TEXT NOT NULL, UNIQUE (chat, stanza));
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, mimetype TEXT, content BLOB);
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL, event_id TEXT NOT NULL,
  event TEXT NOT NULL, body BLOB NOT NULL, bad_signature INTEGER NOT NULL,
  ready_at REAL NOT NULL, next_at REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'pending');
CREATE INDEX IF NOT EXISTS outbox_pending ON outbox (chat, seq) WHERE status = 'pending';
"""


@dataclass(frozen=True, slots=True)
class Owed:
    """A webhook that has not been delivered yet; times are seconds since 1970."""

    seq: int
    chat: str
    event_id: str
    event: str
    body: bytes
    bad_signature: bool
    ready_at: float
    next_at: float
    attempts: int


def _message(facts: str) -> Message:
    found: dict[str, Any] = json.loads(facts)
    media = found.pop("media")
    found["mentions"] = tuple(found["mentions"])
    return Message(media=Media(**media) if media else None, **found)


class Store:
    """One SQLite database, used from the event loop's thread alone."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def clear(self) -> None:
        """Forget everything, the owed webhooks too."""
        for table in ("chats", "people", "messages", "files", "outbox"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above

    def know_chat(self, chat: str, name: str | None) -> None:
        """Add the chat, or rename it when a name is given."""
        self._db.execute(
            "INSERT INTO chats VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET name = ? "
            "WHERE ? IS NOT NULL",
            (chat, name or chat, name, name),
        )

    def know_person(self, chat: str, person: str, name: str) -> None:
        """Add the person to the chat, or rename them."""
        self._db.execute(
            "INSERT INTO people VALUES (?, ?, ?) "
            "ON CONFLICT (chat, person) DO UPDATE SET name = excluded.name",
            (chat, person, name),
        )

    def chats(self) -> list[tuple[str, str]]:
        """Return (chat, name) in the order of their names."""
        return self._db.execute("SELECT chat, name FROM chats ORDER BY name, chat").fetchall()

    def people(self, chat: str) -> list[tuple[str, str]]:
        """Return (person, name) of a chat."""
        rows = self._db.execute(
            "SELECT person, name FROM people WHERE chat = ? ORDER BY name, person", (chat,)
        )
        return rows.fetchall()

    def add(self, message: Message) -> bool:
        """Keep a message; False when that stanza id is known in that chat."""
        cursor = self._db.execute(
            "INSERT INTO messages (chat, stanza, at, from_me, facts) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (
                message.chat,
                message.stanza,
                message.at,
                message.from_me,
                json.dumps(asdict(message), ensure_ascii=False),
            ),
        )
        return cursor.rowcount == 1

    def change(self, message: Message) -> None:
        """Keep the new state of a known message."""
        self._db.execute(
            "UPDATE messages SET facts = ? WHERE chat = ? AND stanza = ?",
            (json.dumps(asdict(message), ensure_ascii=False), message.chat, message.stanza),
        )

    def message(self, chat: str, stanza: str) -> Message | None:
        """Return one message."""
        row = self._db.execute(
            "SELECT facts FROM messages WHERE chat = ? AND stanza = ?", (chat, stanza)
        ).fetchone()
        return _message(row[0]) if row else None

    def newest(
        self,
        chat: str,
        limit: int,
        offset: int = 0,
        *,
        since: int | None = None,
        until: int | None = None,
        from_me: bool | None = None,
    ) -> list[Message]:
        """Return messages, newest first; `since` and `until` are whole seconds, inclusive."""
        rows = self._db.execute(
            "SELECT facts FROM messages WHERE chat = ? AND (? IS NULL OR at >= ?) "
            "AND (? IS NULL OR at <= ?) AND (? IS NULL OR from_me = ?) "
            "ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?",
            (chat, since, since, until, until, from_me, from_me, limit, offset),
        )
        return [_message(row[0]) for row in rows]

    def sent(self) -> list[Message]:
        """Return every accepted send of the bot, oldest first."""
        rows = self._db.execute("SELECT facts FROM messages WHERE from_me = 1 ORDER BY seq")
        return [_message(row[0]) for row in rows]

    def add_file(self, media: Media, content: bytes) -> None:
        """Keep the bytes of a file."""
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (media.name, media.mimetype, content)
        )

    def file(self, name: str) -> tuple[str, bytes] | None:
        """Return (mimetype, bytes) of a file."""
        row: tuple[str, bytes] | None = self._db.execute(
            "SELECT mimetype, content FROM files WHERE name = ?", (name,)
        ).fetchone()
        return row

    def owe(
        self,
        chat: str,
        event: str,
        event_id: str,
        body: bytes,
        ready_at: float,
        *,
        bad_signature: bool,
    ) -> None:
        """Put a webhook into the chat's lane, not to be sent before `ready_at`."""
        self._db.execute(
            "INSERT INTO outbox (chat, event_id, event, body, bad_signature, ready_at, next_at) "
            "VALUES (?, ?, ?, ?, ?, ?, 0)",
            (chat, event_id, event, body, bad_signature, ready_at),
        )

    def next_owed(self, chat: str, now: float) -> Owed | None:
        """Return the lane's first webhook whose time has come, else the one ready soonest."""
        row = self._db.execute(
            "SELECT seq, chat, event_id, event, body, bad_signature, ready_at, next_at, attempts "
            "FROM outbox WHERE chat = ? AND status = 'pending' "
            "ORDER BY ready_at > ?, CASE WHEN ready_at > ? THEN ready_at ELSE seq END LIMIT 1",
            (chat, now, now),
        ).fetchone()
        return Owed(*row) if row else None

    def tried(self, seq: int, status: str, next_at: float) -> None:
        """Count one more attempt at a webhook."""
        self._db.execute(
            "UPDATE outbox SET attempts = attempts + 1, status = ?, next_at = ? WHERE seq = ?",
            (status, next_at, seq),
        )

    def hurry(self) -> None:
        """Let every waiting retry happen now."""
        self._db.execute("UPDATE outbox SET next_at = 0 WHERE status = 'pending'")

    def lanes(self) -> list[str]:
        """Return the chats that are owed something."""
        rows = self._db.execute("SELECT DISTINCT chat FROM outbox WHERE status = 'pending'")
        return [row[0] for row in rows]

    def outbox_counts(self) -> dict[str, int]:
        """Return how many webhooks are pending, delivered and given up."""
        counts = {"pending": 0, "delivered": 0, "given_up": 0}
        counts |= dict(self._db.execute("SELECT status, count(*) FROM outbox GROUP BY status"))
        return counts
