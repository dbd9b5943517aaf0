"""Success on /api, as brief.md has it; errors are RFC 9457 and made in `server.app`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from server.logs import new_trace_id

T = TypeVar("T")


class Envelope(BaseModel, Generic[T]):
    """What every success has around its data."""

    success: bool = True
    data: T
    error: None = None
    trace_id: str = Field(default_factory=new_trace_id)
    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))
