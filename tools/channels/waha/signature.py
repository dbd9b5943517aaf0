"""WAHA signs each webhook: hex HMAC-SHA512 over the raw body, in `X-Webhook-Hmac`."""

from __future__ import annotations

import hashlib
import hmac


def sign(key: str, body: bytes) -> str:
    """The signature of a raw body, lower-case hex."""
    return hmac.new(key.encode(), body, hashlib.sha512).hexdigest()


def is_signed(key: str, body: bytes, header: str | None) -> bool:
    """Whether `header` is this body's signature; hex of either case, compared in constant time.

    An empty key signs nothing: a door without a key must not be open.
    """
    if not key or header is None or not header.isascii():
        return False
    return hmac.compare_digest(sign(key, body), header.strip().lower())
