"""Zoho's access token, one for all workers: a row, encrypted, renewed under an advisory lock."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken

from server.persistence.database import Connection, Pool
from tools.zoho.oauth import HeldTokens, StoredToken

_NAME = "zoho.access_token"


class PostgresTokenStore:
    """Implements tools.zoho.oauth.TokenStore. `secret` encrypts the token at rest."""

    def __init__(self, pool: Pool, secret: bytes) -> None:
        self._pool = pool
        self._box = Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret).digest()))

    async def read(self) -> StoredToken | None:
        """The token, without waiting for anyone who renews it."""
        async with self._pool.connection() as conn:
            return await self._read(conn)

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[HeldTokens]:
        """Hold the lock; it is a transaction's, so it ends with the process that holds it."""
        async with self._pool.connection() as conn, conn.transaction():
            await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (_NAME,))
            yield _Held(self, conn)

    async def _read(self, conn: Connection) -> StoredToken | None:
        row = await (
            await conn.execute("SELECT value FROM secrets WHERE name = %s", (_NAME,))
        ).fetchone()
        if row is None:
            return None
        try:
            told = json.loads(self._box.decrypt(bytes(row["value"])))
        except InvalidToken:
            return None  # another secret key: the token is made anew
        return StoredToken(
            access_token=told["token"],
            issued_at=datetime.fromisoformat(told["issued_at"]),
            expires_at=datetime.fromisoformat(told["expires_at"]),
            grant=told["grant"],
        )

    async def _write(self, conn: Connection, token: StoredToken) -> None:
        told = {
            "token": token.access_token,
            "issued_at": token.issued_at.isoformat(),
            "expires_at": token.expires_at.isoformat(),
            "grant": token.grant,
        }
        await conn.execute(
            """INSERT INTO secrets (name, value, expires_at) VALUES (%s, %s, %s)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value,
                 expires_at = excluded.expires_at, updated_at = now()""",
            (_NAME, self._box.encrypt(json.dumps(told).encode()), token.expires_at),
        )


class _Held:
    def __init__(self, store: PostgresTokenStore, conn: Connection) -> None:
        self._store = store
        self._conn = conn

    async def read(self) -> StoredToken | None:
        return await self._store._read(self._conn)

    async def write(self, token: StoredToken) -> None:
        await self._store._write(self._conn, token)
