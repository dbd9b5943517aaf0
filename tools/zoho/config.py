"""What the Zoho Desk adapter is told: credentials, ids, limits. It reads no environment."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.zoho.addresses import Addresses, resolve_addresses


@dataclass(frozen=True)
class ZohoConfig:
    """One organisation and one department of Zoho Desk, and how patient we are with it."""

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    org_id: str
    department_id: str
    data_centre: str = "us"
    desk_url: str | None = None
    accounts_url: str | None = None
    webhook_id: str | None = None
    # Sent with a new ticket where the portal's picklists have them.
    channel: str = "WhatsApp"
    language: str = "Spanish"
    # A request is sent at most `total_seconds` after its call began, and has as long to answer.
    connect_seconds: float = 5.0
    total_seconds: float = 15.0
    upload_seconds: float = 60.0
    concurrency: int = 5
    # The figure is not official (facts/zoho-desk.md A5); a portal may allow less.
    attachment_max_bytes: int = 20 * 1024 * 1024

    @property
    def addresses(self) -> Addresses:
        """Where Desk and Accounts answer. Raises ValueError with a sentence for people."""
        return resolve_addresses(self.data_centre, self.desk_url, self.accounts_url)
