"""The loops of a worker go on, whatever one of their looks runs into."""

from __future__ import annotations

import asyncio

import pytest
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from server.worker import _again, _every

TROUBLES = [ConnectorException(), OperationalError("gone"), PoolTimeout("late"), KeyError("bug")]


class Loop:
    """Something to do that fails once and then asks to stop."""

    def __init__(self, trouble: Exception) -> None:
        self.stop = asyncio.Event()
        self.looks = 0
        self._trouble = trouble

    async def look(self) -> None:
        self.looks += 1
        if self.looks == 1:
            raise self._trouble
        self.stop.set()


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda error: type(error).__name__)
async def test_a_look_that_fails_is_not_the_last(trouble: Exception) -> None:
    now_and_then, always = Loop(trouble), Loop(trouble)
    await _every(now_and_then.stop, now_and_then.look, 0.001)
    await _again(always.stop, always.look, 0.001)
    assert (now_and_then.looks, always.looks) == (2, 2)
