"""Who may use the page: one password, made at first start where others can reach the address, and
sessions signed with the secret key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from server.persistence.database import Pool
from server.settings import Settings, secret_key
from server.settings_checks import is_loopback

SESSION_SECONDS = 12 * 3600
TICKET_SECONDS = 30
COOKIE = "recado_session"
_PASSWORD = "page.password"  # noqa: S105 - the name of a row
_TICKET = "page.ticket:"
# scrypt: 16 MB and some 50 ms a guess.
_COST = {"n": 2**14, "r": 8, "p": 1}


def needs_login(settings: Settings) -> bool:
    """Whether others than this machine can reach the address."""
    return not is_loopback(settings.host)


async def first_password(pool: Pool) -> str | None:
    """Make the password unless there is one; it, to be said once: only its hash is kept."""
    password = "-".join(secrets.token_hex(2) for _ in range(5))
    async with pool.connection() as conn:
        made = await conn.execute(
            "INSERT INTO secrets (name, value) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING",
            (_PASSWORD, _hash(password, secrets.token_bytes(16))),
        )
    return password if made.rowcount else None


async def is_password(pool: Pool, given: str) -> bool:
    """Whether it is the page's password."""
    async with pool.connection() as conn:
        row = await (
            await conn.execute("SELECT value FROM secrets WHERE name = %s", (_PASSWORD,))
        ).fetchone()
    if row is None:
        return False
    kept = bytes(row["value"])
    return hmac.compare_digest(kept, _hash(given, kept[:16]))


def new_session(settings: Settings) -> str:
    """A session for the cookie."""
    told = f"{int(time.time()) + SESSION_SECONDS}.{secrets.token_hex(8)}"
    return f"{told}.{_sign(settings, told)}"


def is_session(settings: Settings, given: str | None) -> bool:
    """Whether we made it and it has not expired."""
    told, _, signature = (given or "").rpartition(".")
    until = told.partition(".")[0]
    if not until.isdecimal() or not signature.isascii():
        return False
    return hmac.compare_digest(signature, _sign(settings, told)) and int(until) > time.time()


def is_api_key(settings: Settings, given: str | None) -> bool:
    """Whether it is one of RECADO_API_KEY."""
    held = (given or "").encode()
    return any(hmac.compare_digest(k.get_secret_value().encode(), held) for k in settings.api_keys)


async def new_ticket(pool: Pool) -> str:
    """A ticket for one connection to the live feed, good for half a minute."""
    ticket = secrets.token_urlsafe(24)
    async with pool.connection() as conn:
        await conn.execute(
            "DELETE FROM secrets WHERE starts_with(name, %s) AND expires_at < now()", (_TICKET,)
        )
        await conn.execute(
            """INSERT INTO secrets (name, value, expires_at)
               VALUES (%s, '', now() + make_interval(secs => %s))""",
            (_ticket_name(ticket), TICKET_SECONDS),
        )
    return ticket


async def take_ticket(pool: Pool, ticket: str) -> bool:
    """Use a ticket up; False for one that is unknown, used or too old."""
    async with pool.connection() as conn:
        taken = await conn.execute(
            "DELETE FROM secrets WHERE name = %s AND expires_at >= now()", (_ticket_name(ticket),)
        )
    return taken.rowcount == 1


def _ticket_name(ticket: str) -> str:
    return _TICKET + hashlib.sha256(ticket.encode()).hexdigest()


def _hash(password: str, salt: bytes) -> bytes:
    return salt + hashlib.scrypt(password.encode(), salt=salt, **_COST)


def _sign(settings: Settings, told: str) -> str:
    return hmac.new(secret_key(settings), f"page:{told}".encode(), hashlib.sha256).hexdigest()
