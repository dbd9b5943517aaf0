"""Where Zoho answers: a static table of data centres, or origins that the settings name.

No host is ever taken from an answer or a payload (facts/zoho-desk.md A1).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

ZOHO_DOMAINS: Mapping[str, str] = {
    "us": "zoho.com",
    "eu": "zoho.eu",
    "in": "zoho.in",
    "au": "zoho.com.au",
    "jp": "zoho.jp",
    "cn": "zoho.com.cn",
    "ca": "zohocloud.ca",
    "sa": "zoho.sa",
    "sg": "zoho.sg",
    "ae": "zoho.ae",
}
"""A static list by data centre: a host is never taken from what Zoho answers."""
# People also write the end of the address they log in at.
_ALIASES: Mapping[str, str] = {"com": "us", "com.au": "au", "com.cn": "cn"} | {
    domain: code for code, domain in ZOHO_DOMAINS.items()
}


@dataclass(frozen=True)
class Addresses:
    """Two origins without a trailing slash, such as https://desk.zoho.eu."""

    desk: str
    accounts: str

    @property
    def on_loopback(self) -> bool:
        """Whether the desk is on this machine: a stand-in, not the real thing."""
        return _is_loopback(urlsplit(self.desk).hostname or "")


def resolve_addresses(
    data_centre: str, desk_url: str | None = None, accounts_url: str | None = None
) -> Addresses:
    """The origins of a data centre, each replaced by the one given, if any.

    Raises ValueError with a sentence for an unknown data centre or an origin that is not one.
    """
    code = data_centre.strip().lower()
    code = _ALIASES.get(code, code)
    if code not in ZOHO_DOMAINS:
        known = ", ".join(ZOHO_DOMAINS)
        raise ValueError(f"ZOHO_DC is {data_centre!r}; it must be one of {known}.")
    domain = ZOHO_DOMAINS[code]
    return Addresses(
        desk=_origin("ZOHO_DESK_URL", desk_url) if desk_url else f"https://desk.{domain}",
        accounts=(
            _origin("ZOHO_ACCOUNTS_URL", accounts_url)
            if accounts_url
            else f"https://accounts.{domain}"
        ),
    )


def _origin(name: str, url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{name} is no address: {error}.") from error
    if not host or parts.scheme not in ("https", "http"):
        raise ValueError(f"{name} must be an origin such as https://desk.zoho.com.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{name} must be an origin without a path, such as https://{host}.")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{name} must not hold a user name or a password.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError(f"{name} must be https; http is for this machine (127.0.0.1) only.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
