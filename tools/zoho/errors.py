"""What Zoho says no with, and which of it means that our settings are wrong."""

from __future__ import annotations

from domain.errors import BadInput, DeskRefused

INVALID_OAUTH = "INVALID_OAUTH"
INVALID_DATA = "INVALID_DATA"
TOO_LARGE = "RESOURCE_SIZE_EXCEEDED"

CONFIG_ERRORS = frozenset(
    {
        INVALID_OAUTH,
        "UNAUTHORIZED",
        "SCOPE_MISMATCH",
        "OAUTH_ORG_MISMATCH",
        "FORBIDDEN",
        "LICENSE_ACCESS_LIMITED",
    }
)
"""Codes that no other ticket will get past either: tell a person and park the queue."""


def is_config_error(error: DeskRefused) -> bool:
    """Whether this refusal is about our settings, not about the one thing we asked."""
    return error.code in CONFIG_ERRORS


class NotSigned(BadInput):
    """A webhook delivery does not carry a valid signature of our organisation."""
