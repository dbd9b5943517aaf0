"""Business time. Due times are compared with it; leases use the database's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock, ahead by what a demo has jumped."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class ManualClock:
    """A clock that stands still until it is moved: a test can run a year, a replay its months."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, when: datetime) -> None:
        """Go forward to `when`; a time in the past is ignored, since time does not go back."""
        self._now = max(self._now, when)
