"""Who may do what: every route of /api names its policy, and a test fails for one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from server.access import COOKIE, is_api_key, is_session, needs_login
from server.parts import Parts
from server.problems import Problem
from server.settings_checks import is_loopback


class Policy(StrEnum):
    """public: anybody who reaches us. read, act: whoever is logged in. demo: the same, and there is
    nothing there unless this is a demo."""

    PUBLIC = "public"
    READ = "read"
    ACT = "act"
    DEMO = "demo"


@dataclass(frozen=True)
class Guard:
    """The dependency that holds a route to its policy.

    Raises 403 for a request that another site had a browser make, 401 without a login.
    """

    policy: Policy

    def __call__(self, connection: HTTPConnection) -> None:
        parts: Parts = connection.app.state.parts
        if self.policy is Policy.DEMO and parts.settings.mode != "demo":
            raise Problem(404, "demo_only", "this exists in a demo only")
        check_site(connection)
        if self.policy is Policy.PUBLIC or not needs_login(parts.settings):
            return
        headers = connection.headers
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if is_session(parts.settings, connection.cookies.get(COOKIE)):
            return
        if is_api_key(parts.settings, headers.get("x-api-key") or bearer):
            return
        raise Problem(401, "logged_out", "log in, or send an API key")


def check_site(connection: HTTPConnection) -> None:
    """Refuse what another site had a browser send: by its origin, or by a name that it owns."""
    headers = connection.headers
    host = headers.get("host", "")
    settings = connection.app.state.parts.settings
    if not needs_login(settings) and not is_loopback(urlsplit(f"//{host}").hostname):
        raise Problem(403, "strange_address", "this address is not one of ours")
    if connection.scope["type"] == "http" and connection.scope["method"] in ("GET", "HEAD"):
        return
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise Problem(403, "other_site", "another site may not ask this")
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Problem(403, "other_site", "another site may not ask this")


PUBLIC, READ, ACT, DEMO = (Guard(policy) for policy in Policy)
