"""Only what was signed with our key over these very bytes is let in."""

from __future__ import annotations

import pytest

from tools.channels.waha.signature import is_signed, sign

KEY = "my-secret-key"
BODY = b'{"event":"message","session":"default","engine":"WEBJS"}'
# The vector of WAHA's own documentation.
VECTOR = (
    "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8"
    "097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89"
)


def test_signs_as_waha_does() -> None:
    assert sign(KEY, BODY) == VECTOR


@pytest.mark.parametrize("header", [VECTOR, VECTOR.upper(), f" {VECTOR} "])
def test_the_case_of_the_hex_does_not_matter(header: str) -> None:
    assert is_signed(KEY, BODY, header)


@pytest.mark.parametrize(
    "header",
    [None, "", VECTOR[:-1], VECTOR + "0", "sha512=" + VECTOR, "ñ" * 128, "\ud800", "０" * 128, "0"],
)
def test_anything_else_is_not_a_signature(header: str | None) -> None:
    assert not is_signed(KEY, BODY, header)


def test_one_other_byte_or_key_breaks_it() -> None:
    for at in range(len(BODY)):
        changed = bytearray(BODY)
        changed[at] ^= 1
        assert not is_signed(KEY, bytes(changed), VECTOR)
    assert not is_signed("my-secret-kez", BODY, VECTOR)
    assert not is_signed(KEY, b"", VECTOR)


def test_no_key_signs_nothing() -> None:
    assert not is_signed("", BODY, sign("", BODY))
