"""What the portal allows in a ticket's fields, learnt from it and remembered for an hour."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from domain.errors import DeskRefused, RetryLater
from tools.zoho.client import ZohoClient

KNOWN_SECONDS = 3600.0
UNKNOWN_SECONDS = 300.0
# The newer route and the one that older portals answer.
_ROUTES = ("/fields", "/organizationFields")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Portal:
    """Names of a ticket's fields, and the values of those that are picklists.

    An empty portal is one that did not tell.
    """

    names: frozenset[str] = frozenset()
    picklists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether the portal told its fields."""
        return bool(self.names)

    def allows(self, name: str, wanted: Sequence[str]) -> str | None:
        """The first wanted value that this picklist has, as the portal spells it."""
        values = {value.casefold(): value for value in self.picklists.get(name, ())}
        return next((values[w.casefold()] for w in wanted if w.casefold() in values), None)


class PortalReader:
    """Reads the portal's fields at first use; a portal that does not tell is asked again later."""

    def __init__(
        self, client: ZohoClient, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._monotonic = monotonic
        self._portal = Portal()
        self._until = 0.0

    async def read(self) -> Portal:
        """The portal; never fails, since a ticket can be opened without knowing it."""
        if self._monotonic() >= self._until:
            portal = await self._ask()
            # An hour-old answer is better than none.
            if portal.is_known or not self._portal.is_known:
                self._portal = portal
            wait = KNOWN_SECONDS if portal.is_known else UNKNOWN_SECONDS
            self._until = self._monotonic() + wait
        return self._portal

    async def _ask(self) -> Portal:
        for route in _ROUTES:
            try:
                answer = await self._client.get("list_fields", route, {"module": "tickets"})
            except DeskRefused as error:
                log.info("zoho_fields_not_told", route=route, code=error.code)
                continue
            except RetryLater as error:
                log.info("zoho_fields_not_told", route=route, error=type(error).__name__)
                break
            if (portal := _portal(answer)).is_known:
                return portal
        return Portal()


def _portal(answer: Mapping[str, Any]) -> Portal:
    rows = answer.get("data")
    fields = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    named = [(row["apiName"], row) for row in fields if isinstance(row.get("apiName"), str)]
    return Portal(
        names=frozenset(name for name, _ in named),
        picklists={name: values for name, row in named if (values := _values(row))},
    )


def _values(row: Mapping[str, Any]) -> tuple[str, ...]:
    allowed = row.get("allowedValues")
    if not isinstance(allowed, list):
        return ()
    values = (item.get("value") if isinstance(item, dict) else item for item in allowed)
    return tuple(value for value in values if isinstance(value, str) and value)
