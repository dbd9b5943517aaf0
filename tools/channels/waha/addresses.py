"""Where a media URL may lead: to our WAHA server and nowhere else, whatever a webhook says."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

from domain.errors import MediaRefused

_FILES = "/api/files/"
_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\]")


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    """(scheme, host, port). Raises ValueError for a port that is none."""
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def media_address(base_url: str, url: str) -> str:
    """The address on our server where this file is to be had.

    WAHA often names itself by an inner host: `/api/files/...` is looked for on ours. The host
    in the URL is never connected to. Raises MediaRefused for everything else.
    """
    try:
        parts = urlsplit(url)
        given = _origin(parts)
    except ValueError as error:
        raise MediaRefused("the file's address cannot be read") from error
    path = unquote(unquote(parts.path))
    if _ODD.search(url) or "\\" in path or ".." in path.split("/"):
        raise MediaRefused("the file's address is not plain")
    base = urlsplit(base_url)
    relative = not parts.scheme and not parts.netloc
    if not relative and (parts.scheme not in _PORTS or not parts.hostname):
        raise MediaRefused("the file's address is not http")
    query = f"?{parts.query}" if parts.query else ""
    if not relative and given == _origin(base):
        return f"{base.scheme}://{base.netloc}{parts.path}{query}"
    if parts.path.startswith(_FILES):
        return f"{base_url.rstrip('/')}{parts.path}{query}"
    raise MediaRefused("the file is not on our WAHA server")
