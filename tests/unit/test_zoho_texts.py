"""Words reach the desk as they were said: escaped, readable, and cut where it hurts least."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ports import Contact
from tools.zoho.mapping import contact_body, phone_number
from tools.zoho.texts import (
    clean,
    ends_in_mark,
    file_name,
    one_line,
    to_html,
    to_plain,
    with_mark,
)


def test_html_holds_the_same_words() -> None:
    assert to_html('Ana: <b>"no"</b> & ya\r\nurge', 1000) == (
        'Ana: &lt;b&gt;"no"&lt;/b&gt; &amp; ya<br>urge'
    )
    assert to_plain(to_html("a < b & c\n\nd", 1000)) == "a < b & c\nd"


@given(st.text(min_size=0, max_size=3000))
def test_html_fits_and_keeps_head_and_tail(text: str) -> None:
    text = "inicio " + text * 3 + "\nReferencia: recado:i1"
    markup = to_html(text, 3000)
    assert len(markup) <= 3000
    assert markup.startswith("inicio ")
    assert markup.endswith("Referencia: recado:i1")
    markup.encode()


def test_control_characters_surrogates_and_mentions_are_taken_out() -> None:
    assert clean("a\x00b\ud800c\r\nd") == "ab?c\nd"
    assert "zsu[" not in clean("zsu[@user:123]zsu hola")
    assert clean("zsu[@user:123]zsu hola") == "@user:123 hola"


def test_a_title_is_one_line_and_never_empty() -> None:
    assert one_line("a\n b\t c", 10, otherwise="x") == "a b c"
    assert one_line(" \n", 10, otherwise="x") == "x"
    assert one_line("a" * 20, 10, otherwise="x") == "a" * 9 + "…"


@given(st.text(max_size=200), st.text(alphabet="abc:0123", min_size=1, max_size=30))
def test_a_comment_ends_in_its_mark_however_it_comes_back(text: str, mark: str) -> None:
    content = with_mark(text, mark, 120)
    assert len(content) <= 120
    assert ends_in_mark(content, mark)
    assert ends_in_mark(f"<div>{html.escape(content)}</div>".replace("\n", "<br />"), mark)
    assert not ends_in_mark(content, f"other{mark}")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ('a"b\r\nc.jpg', "a_b_c.jpg"),
        ("", "file"),
        ("x" * 150 + ".jpeg", "x" * 95 + ".jpeg"),
        ("x" * 150, "x" * 100),
    ],
)
def test_a_file_name_is_short_and_keeps_its_extension(name: str, kept: str) -> None:
    assert file_name(name) == kept
    assert file_name(kept) == kept


def test_a_lid_is_never_a_phone() -> None:
    only_lid = Contact("p", "Ana", lid="111222333444555@lid")
    assert contact_body(only_lid) == {
        "lastName": "Ana",
        "description": "WhatsApp LID: 111222333444555@lid",
    }
    assert phone_number(Contact("p", "Ana", phone="111222333444555@lid")) is None
    assert contact_body(Contact("p", " ")) == {"lastName": "WhatsApp user"}
    both = Contact("p", "Ana", phone="5255 1111-1111@s.whatsapp.net", lid="1@lid")
    assert contact_body(both)["phone"] == "+525511111111"
