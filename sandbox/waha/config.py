"""How this WAHA server was started."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WahaConfig:
    """Settings of one WAHA stand-in; everything but the two keys has a default."""

    api_key: str
    """What callers of /api must send as X-Api-Key."""
    hmac_key: str
    """Signs the webhooks, SHA-512 over the raw body."""
    session: str = "default"
    webhook_url: str | None = None
    """Where webhooks go; unset: nothing is delivered, and nothing waits to be."""
    log: Path | None = None
    """Append-only JSON lines, fsynced before the answer."""
    state: Path | None = None
    """SQLite file of chats, media and the webhooks still owed; unset: memory."""
    seed: int = 0
    """Seeds the drawing of faults."""
    echo: bool = False
    """Subscribe to `message.any` instead of `message`: own sends are delivered too."""
    retry_seconds: float = 2.0
    retry_attempts: int = 15
    timeout_seconds: float = 30.0
    base_url: str | None = None
    """Origin of media URLs, as WAHA_BASE_URL; unset: the address it listens on."""
    me: str = "520000000000@c.us"
    """The bot's own number, invented."""
    me_lid: str = "900000000000000@lid"
    me_name: str = "Recado"
