"""Access tokens: minted from the one refresh token, at most ten in ten minutes, good for an hour.

Failures are HTTP 200 with an `error` key, as Zoho Accounts gives them.
"""

import time
from collections.abc import Mapping
from random import SystemRandom
from typing import Any

from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.store import Store

Answer = dict[str, Any]

_DENIED = {
    "error": "Access Denied",
    "error_description": "You have made too many requests continuously. Please try again later.",
    "status": "failure",
}


class Tokens:
    """Mints and knows access tokens; they outlive a restart when the store does."""

    def __init__(self, config: ZohoConfig, store: Store) -> None:
        self._config = config
        self._store = store
        self._random = SystemRandom()

    def answer(self, form: Mapping[str, str], *, revoked: bool) -> Answer:
        """What POST /oauth/v2/token says to this form."""
        config = self._config
        client = (form.get("client_id"), form.get("client_secret"))
        if client != (config.client_id, config.client_secret):
            return {"error": "invalid_client"}
        match form.get("grant_type"):
            case "refresh_token":
                if revoked or form.get("refresh_token") != config.refresh_token:
                    return {"error": "invalid_code"}
                return self._mint()
            case "authorization_code":
                used = self._store.fact("grant_used") is not None
                if revoked or used or form.get("code") != config.grant_code:
                    return {"error": "invalid_code"}
                answer = self._mint()
                if "error" not in answer:
                    self._store.set_fact("grant_used", "yes")
                    answer["refresh_token"] = config.refresh_token
                return answer
            case _:
                return {"error": "unsupported_grant_type"}

    def known(self, token: str) -> bool:
        """Was this access token minted here, and is it still good?"""
        minted = self._store.get("token", token)
        return minted is not None and float(minted["expires"]) > time.time()

    def expire_all(self) -> int:
        """End every access token at once; the refresh token stays good."""
        live = [token for token in self._store.every("token") if token["expires"] > time.time()]
        for token in live:
            self._store.put("token", {**token, "expires": 0.0})
        return len(live)

    @staticmethod
    def denied() -> Answer:
        """The answer of an accounts server that mints no more for now."""
        return dict(_DENIED)

    def _mint(self) -> Answer:
        now = time.time()
        since = now - self._config.token_window_seconds
        recent = [token for token in self._store.every("token") if token["minted"] > since]
        if len(recent) >= self._config.token_limit:
            return self.denied()
        token = f"1000.{self._random.getrandbits(128):032x}.{self._random.getrandbits(128):032x}"
        life = self._config.token_life_seconds
        self._store.put("token", {"id": token, "minted": now, "expires": now + life})
        return {
            "access_token": token,
            "expires_in": int(life),
            # On purpose not the Desk host: a client that follows it is wrong.
            "api_domain": "https://www.zohoapis.invalid",
            "token_type": "Bearer",
        }
