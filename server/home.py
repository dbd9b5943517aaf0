"""What is known of a chat beforehand, by setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Home:
    """A chat's name and store, where the settings file says them."""

    name: str | None = None
    store: str | None = None
