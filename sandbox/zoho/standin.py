"""The portal as a whole: what it remembers, what it lets in, what goes wrong in it."""

import time

from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.contacts import Contacts
from sandbox.zoho.errors import too_many
from sandbox.zoho.faults import Faults
from sandbox.zoho.journal import Journal
from sandbox.zoho.oauth import Tokens
from sandbox.zoho.store import Store
from sandbox.zoho.tickets import Tickets
from sandbox.zoho.webhooks import Webhooks

_DAY_SECONDS = 86_400


class Credits:
    """The day's API credits, shared by all clients of the portal; a restart refills them."""

    def __init__(self, a_day: int) -> None:
        self._a_day = a_day
        self.refill()

    def refill(self) -> None:
        """Start the day with all credits."""
        self._today = int(time.time()) // _DAY_SECONDS
        self._left = self._a_day

    def require(self) -> None:
        """Raise 429 THRESHOLD_EXCEEDED when the day's credits are spent."""
        if int(time.time()) // _DAY_SECONDS != self._today:
            self.refill()
        if self._left <= 0:
            raise too_many("THRESHOLD_EXCEEDED", _DAY_SECONDS - int(time.time()) % _DAY_SECONDS)

    def headers(self, weight: int) -> list[tuple[bytes, bytes]]:
        """Charge one request and say so in its answer."""
        self._left = max(0, self._left - weight)
        return [
            (b"x-rate-limit-request-weight-v3", str(weight).encode()),
            (b"x-rate-limit-remaining-v3", str(self._left).encode()),
        ]


class StandIn:
    """Everything behind the routes."""

    def __init__(self, config: ZohoConfig) -> None:
        self.config = config
        self.store = Store(config.state_file, config.seed)
        self.journal = Journal(config.log_file)
        self.faults = Faults(config.seed, config.search_lag_seconds)
        self.credits = Credits(config.credits_per_day)
        self.tokens = Tokens(config, self.store)
        self.webhooks = Webhooks(config, self.store, self.journal, self.faults)
        self.contacts = Contacts(config, self.store)
        self.tickets = Tickets(config, self.store, self.contacts, self.webhooks)
        self.webhooks.subscribe_configured()

    def reset(self) -> None:
        """An empty portal without faults; the log stays, since it is never rewritten."""
        self.store.reset()
        self.faults.clear()
        self.credits.refill()
        self.webhooks.subscribe_configured()

    def close(self) -> None:
        """Close what was opened."""
        self.store.close()
        self.journal.close()
