"""Zoho's hosts come from a table or from the settings, and from nowhere else."""

from __future__ import annotations

import pytest

from tools.zoho.addresses import Addresses, resolve_addresses


@pytest.mark.parametrize(
    ("data_centre", "desk", "accounts"),
    [
        ("us", "https://desk.zoho.com", "https://accounts.zoho.com"),
        (" EU ", "https://desk.zoho.eu", "https://accounts.zoho.eu"),
        ("in", "https://desk.zoho.in", "https://accounts.zoho.in"),
        ("com.au", "https://desk.zoho.com.au", "https://accounts.zoho.com.au"),
        ("jp", "https://desk.zoho.jp", "https://accounts.zoho.jp"),
        ("cn", "https://desk.zoho.com.cn", "https://accounts.zoho.com.cn"),
        ("ca", "https://desk.zohocloud.ca", "https://accounts.zohocloud.ca"),
        ("zoho.sa", "https://desk.zoho.sa", "https://accounts.zoho.sa"),
    ],
)
def test_each_data_centre_has_its_hosts(data_centre: str, desk: str, accounts: str) -> None:
    assert resolve_addresses(data_centre) == Addresses(desk, accounts)


def test_origins_of_the_settings_come_first() -> None:
    given = resolve_addresses("us", "http://127.0.0.1:8801/", "https://accounts.example:8443")
    assert given == Addresses("http://127.0.0.1:8801", "https://accounts.example:8443")
    assert given.on_loopback
    assert resolve_addresses("us", "http://[::1]:8801").desk == "http://[::1]:8801"
    assert resolve_addresses("us", "http://localhost:1").on_loopback
    assert not resolve_addresses("us").on_loopback


@pytest.mark.parametrize(
    "url",
    [
        "https://desk.example/api/v1",
        "https://desk.example?x=1",
        "https://desk.example#x",
        "https://user:pass@desk.example",
        "http://desk.example",
        "http://127.0.0.1.example:80",
        "http://2130706433.example",
        "ftp://desk.example",
        "desk.example",
        "https://desk.example:99999",
        "https://[::1",
        "//desk.example",
    ],
)
def test_what_is_no_origin_is_refused_by_name(url: str) -> None:
    with pytest.raises(ValueError, match="ZOHO_DESK_URL"):
        resolve_addresses("us", url)
    with pytest.raises(ValueError, match="ZOHO_ACCOUNTS_URL"):
        resolve_addresses("us", None, url)


def test_an_unknown_data_centre_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"ZOHO_DC.*us, eu"):
        resolve_addresses("mars")
