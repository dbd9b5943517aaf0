"""Times in the shape Zoho Desk writes and reads them."""

import time
from datetime import UTC, datetime


def iso(at: float | None = None) -> str:
    """yyyy-MM-ddTHH:mm:ss.SSSZ for an epoch time in seconds, by default now."""
    moment = datetime.fromtimestamp(time.time() if at is None else at, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse_iso(text: str) -> datetime:
    """Any ISO 8601 time; without a zone it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
