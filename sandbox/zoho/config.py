"""What the stand-in is told at start: ids, credentials, limits and the portal's picklists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

STATUSES: Mapping[str, str] = {
    "Open": "Open",
    "On Hold": "On Hold",
    "Escalated": "Open",
    "Closed": "Closed",
    "Resolved in store": "Closed",
}
"""Status name to statusType; the last one is a custom status, so a name alone proves nothing."""

PICKLISTS: Mapping[str, tuple[str, ...]] = {
    "priority": ("Low", "Medium", "High", "Urgent"),
    "category": (
        "Hardware",
        "Software",
        "Network",
        "POS",
        "Payments",
        "Facilities",
        "Inventory",
        "General",
    ),
    "classification": ("Question", "Problem", "Feature", "Others"),
    "channel": ("Email", "Phone", "Web", "Chat", "Forums", "WhatsApp"),
}

CUSTOM_FIELDS: tuple[str, ...] = ("cf_source_ref", "cf_wa_group", "cf_store")


@dataclass(frozen=True)
class ZohoConfig:
    """One portal with one organisation and one department; every value is invented."""

    org_id: str = "60001234567"
    department_id: str = "189200000000006907"
    department_name: str = "Store support"
    client_id: str = "1000.SANDBOXCLIENT"
    client_secret: str = "sandbox-client-secret"  # noqa: S105 (an invented value)
    refresh_token: str = "1000.sandbox-refresh-token"  # noqa: S105 (an invented value)
    grant_code: str = "1000.sandbox-grant-code"
    webhook_url: str | None = None
    webhook_id: str = "189200000000009001"
    search_lag_seconds: float = 0.0
    log_file: Path | None = None
    state_file: Path | None = None
    seed: int = 0
    attachment_limit_bytes: int = 20 * 1024 * 1024
    blocked_extensions: tuple[str, ...] = (".exe", ".bat", ".cmd", ".scr", ".js")
    token_life_seconds: float = 3600.0
    token_limit: int = 10
    token_window_seconds: float = 600.0
    credits_per_day: int = 100_000
    statuses: Mapping[str, str] = field(default_factory=lambda: dict(STATUSES))
    picklists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(PICKLISTS))
    custom_fields: tuple[str, ...] = CUSTOM_FIELDS
