"""How what is outside did when it was last asked, and how many requests were answered lately."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WINDOW = 60.0


@dataclass(frozen=True)
class Beat:
    """One answer of something outside, or none. `at` is monotonic; `seconds` how long it took."""

    at: float
    ok: bool
    seconds: float | None
    reason: str = ""


class Pulse:
    """What one process has seen; nothing is asked for it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: dict[str, Beat] = {}
        self._answers: deque[tuple[float, bool]] = deque()

    def saw(self, name: str, *, ok: bool, seconds: float | None = None, reason: str = "") -> None:
        """Something outside has answered, or failed to."""
        self._last[name] = Beat(self._now(), ok, seconds, reason)

    def told(self, name: str) -> dict[str, Any]:
        """Its status for health: `ok`, `away`, or `idle` while this process has not used it."""
        beat = self._last.get(name)
        if beat is None:
            return {"status": "idle", "latency_ms": None}
        told: dict[str, Any] = {
            "status": "ok" if beat.ok else "away",
            "latency_ms": None if beat.seconds is None else round(beat.seconds * 1000, 1),
            "seconds_ago": round(self._now() - beat.at, 1),
        }
        return told | {"reason": beat.reason} if beat.reason else told

    def answered(self, status: int) -> None:
        """A request was answered with this HTTP status."""
        now = self._now()
        self._answers.append((now, status >= 500))
        self._forget(now)

    def traffic(self) -> dict[str, float]:
        """Requests in the last minute, and the share of them that failed by our fault."""
        self._forget(self._now())
        count = len(self._answers)
        failed = sum(failed for _, failed in self._answers)
        return {
            "requests_per_minute": count,
            "error_rate": round(failed / count, 4) if count else 0.0,
        }

    def _forget(self, now: float) -> None:
        while self._answers and self._answers[0][0] < now - WINDOW:
            self._answers.popleft()
