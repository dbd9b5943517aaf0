"""How well like incidents are found and named: recall, and the share of false ones.

Each labelled text is read as the bot reads it, becomes a document, and is then asked for among
all the others and among chatter. Two texts are alike when the same kind of thing fails in the
same way; another store, another country's words and another writer make no difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from domain.ticket import what_happens
from tools.knowledge.embedding import SentenceEncoder
from tools.knowledge.likeness import FITTED, WEIGHTS, LikenessEncoder, encoder_name
from tools.models.local.problem import clean_phrase, free_problem
from tools.models.local.reader import LocalReader

DATA = Path(__file__).parent / "similar"
SHOWN = 5
# Asked of the threshold on the fit split; less is to be expected of texts never seen.
WANTED_PRECISION = 0.95
# What is searched while fitting: the report split is there as so much more that is not alike.
BACKGROUND = ("fit", "report", "chatter")
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """One text. `group` names the thing and its failure; empty for chatter. `part` is fit or
    report (a hash of the group), unseen (written after the lexicon was final), or chatter."""

    text: str
    group: str
    part: str
    about: str


@dataclass(frozen=True)
class Figures:
    """Over `queries` texts: `recall_at_5` whatever the similarity; the rest above the threshold.

    `false_share` is of everything named; `named_right` the share of queries with a like incident
    that had at least one named, `recall_named` of all like incidents (at most five a query).
    """

    queries: int
    recall_at_5: float
    false_share: float
    named: int
    named_right: float
    recall_named: float


@dataclass(frozen=True)
class Case:
    """A pair that was judged wrongly, for a person to look at."""

    asked: str
    found: str
    similarity: float
    wrong: str


def load(folder: Path = DATA) -> list[Labelled]:
    """Every labelled text of the folder, as the bot would write it down."""
    reader = LocalReader()
    found = []
    for name in ("incidents", "unseen", "chatter"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            group = row.get("group", "")
            part = split_of(group) if name == "incidents" else name
            found.append(Labelled(row["text"], group, part, about(reader, row["text"])))
    return found


def split_of(group: str) -> str:
    """fit or report, half and half."""
    return "fit" if hashlib.sha256(group.encode()).digest()[0] < 128 else "report"


def about(reader: LocalReader, text: str) -> str:
    """What a ticket of this text is found by; a problem that is not read would be asked for."""
    gist = reader.read(text)
    problem = gist.problem or free_problem(text) or clean_phrase(text)
    return what_happens({"system": gist.system or "", "problem": problem}) or text


def same_group(texts: Sequence[Labelled]) -> NDArray[np.bool_]:
    """Which pairs are alike; nothing is alike to itself or to chatter."""
    names = np.array([one.group or f"chatter {n}" for n, one in enumerate(texts)])
    alike: NDArray[np.bool_] = np.equal.outer(names, names)
    np.fill_diagonal(alike, False)
    return alike


def ours(texts: Sequence[Labelled]) -> Matrix:
    """Similarities of the encoder that ships."""
    vectors: Matrix = np.array(LikenessEncoder().encode([one.about for one in texts]))
    return np.asarray(vectors @ vectors.T)


def baselines(texts: Sequence[Labelled]) -> dict[str, Matrix]:
    """The same from the sentence encoder alone, from tf-idf, and from chance."""
    words = [one.about for one in texts]
    sentences = np.array(SentenceEncoder().encode(words))
    counted = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit_transform(words)
    chance = np.random.default_rng(7).random((len(words), len(words)))
    return {
        "sentence encoder": sentences @ sentences.T,
        "tf-idf": (counted @ counted.T).toarray(),
        "random": chance,
    }


@dataclass(frozen=True)
class Ranked:
    """The best SHOWN of each query, their similarity, whether right, and how many could be."""

    places: NDArray[np.int_]
    scores: Matrix
    right: NDArray[np.bool_]
    possible: NDArray[np.int_]


def ranked(
    similarity: Matrix, texts: Sequence[Labelled], queries: Sequence[str], among: Sequence[str]
) -> Ranked:
    """Ask with the texts of some parts among the texts of others."""
    asked = np.array([n for n, one in enumerate(texts) if one.part in queries])
    hidden = np.array([one.part not in among for one in texts])
    scores = similarity[asked].copy()
    scores[:, hidden] = -2.0
    scores[np.arange(len(asked)), asked] = -2.0
    alike = same_group(texts)[asked] & ~hidden[None, :]
    places = np.argsort(-scores, axis=1, kind="stable")[:, :SHOWN]
    rows = np.arange(len(asked))[:, None]
    possible = np.minimum(alike.sum(axis=1), SHOWN)
    return Ranked(places, scores[rows, places], alike[rows, places], possible)


def judge(found: Ranked, threshold: float) -> Figures:
    """The figures at one threshold."""
    named = found.scores >= threshold
    good = named & found.right
    asked = found.possible > 0
    return Figures(
        queries=len(found.possible),
        recall_at_5=_mean(found.right[asked].sum(axis=1) / found.possible[asked]),
        false_share=_mean(~found.right[named]),
        named=int(named.sum()),
        named_right=_mean(np.any(good[asked], axis=1)),
        recall_named=int(good.sum()) / max(1, int(found.possible.sum())),
    )


def _mean(values: Any) -> float:
    """Their mean; 0 when there are none."""
    values = np.asarray(values, dtype=float)
    return float(values.mean()) if values.size else 0.0


def fit_threshold(found: Ranked, wanted: float = WANTED_PRECISION) -> float:
    """The lowest similarity at which what is named is right often enough.

    Where that is never so, the one that names least: above every similarity seen.
    """
    scores, right = found.scores.ravel(), found.right.ravel()
    order = np.argsort(-scores, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= wanted)
    if not len(enough):
        return float(scores.max()) + 0.01
    # Rounded up: rounding down would let in what lies just below.
    return float(np.ceil(scores[order][enough[-1]] * 1000) / 1000)


def worst(
    similarity: Matrix, texts: Sequence[Labelled], threshold: float, count: int = 10
) -> list[Case]:
    """The nearest unlike pairs that would be named, and the farthest like ones that would not."""
    judged = [n for n, one in enumerate(texts) if one.part in ("report", "unseen")]
    alike = same_group(texts)
    pairs = [
        (a, b, float(similarity[a, b]))
        for place, a in enumerate(judged)
        for b in judged[:place]
    ]  # fmt: skip
    false = sorted((p for p in pairs if not alike[p[0], p[1]]), key=lambda p: -p[2])
    missed = sorted((p for p in pairs if alike[p[0], p[1]]), key=lambda p: p[2])
    half = count // 2
    cases = [("named", p) for p in false[:half] if p[2] >= threshold]
    cases += [("missed", p) for p in missed[: count - len(cases)] if p[2] < threshold]
    return [
        Case(texts[a].about, texts[b].about, round(score, 3), wrong)
        for wrong, (a, b, score) in cases
    ]


def measure(threshold: float | None = None) -> dict[str, Any]:
    """All figures as plain JSON, at this threshold or a freshly fitted one."""
    texts = load()
    matrix = ours(texts)
    on_fit = ranked(matrix, texts, ["fit"], BACKGROUND)
    chosen = fit_threshold(on_fit) if threshold is None else threshold
    everything = ["fit", "report", "unseen", "chatter"]
    parts = {part: ranked(matrix, texts, [part], everything) for part in ("report", "unseen")}
    others: dict[str, Any] = {}
    for name, other in baselines(texts).items():
        cut = fit_threshold(ranked(other, texts, ["fit"], BACKGROUND))
        others[name] = {"threshold": round(cut, 3)} | {
            part: _round(judge(ranked(other, texts, [part], everything), cut)) for part in parts
        }
    return {
        "encoder": encoder_name(),
        "weights": list(WEIGHTS),
        "threshold": chosen,
        "texts": len(texts),
        "groups": len({one.group for one in texts if one.group}),
        "fit": _round(judge(on_fit, chosen)),
        **{part: _round(judge(found, chosen)) for part, found in parts.items()},
        "baselines": others,
        "worst": [asdict(case) for case in worst(matrix, texts, chosen)],
    }


def write_fitted(found: dict[str, Any], path: Path = FITTED) -> None:
    """Keep the threshold with its figures, for the package."""
    kept = {k: v for k, v in found.items() if k not in ("baselines", "worst")}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _round(figures: Figures) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(figures).items()}
