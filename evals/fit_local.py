"""Fits the local reader on the labelled examples, and reports held-out figures.

`python -m evals.fit_local` writes the weights that ship; `--report` writes nothing and prints the
figures of the test split beside two baselines. No model is fitted on the test split, but the
grammars (urgency, store, system) and signals were mended while looking at all examples: take its
figures as an upper bound, and those of FRESH as the honest ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from domain.gist import Act
from domain.incident import Category, Priority
from evals.group.chat import LabelledChat, read_chat
from tools.models.local.features import SIGNAL_NAMES, describe
from tools.models.local.lexicon import DATA
from tools.models.local.spelling import fold
from tools.models.local.weights import WEIGHTS, Weights

EXAMPLES = Path(__file__).parent / "examples"
CHATS = Path(__file__).parent / "chats"
# The labelled chats that may be learnt from.
LEARNT_FROM = ("tune", "tune2", "tune3")
# What a sentence made up as an example counts beside a message of a chat.
EXAMPLE_COUNTS = 0.2
# Lines written after the last fit and read once. Once a failure among them has led to a change,
# they are examples like the others: move them there and write new ones.
FRESH = EXAMPLES / "fresh"
# What each act's text alone says about "does this belong to an incident?": its answer, and how
# much that counts. A bare '45', 'ok' or 'no sé' says nothing yet, and a question for news or a
# detail only a little, so that a gate that sees no context stays shut.
TELLING = {Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN, Act.DETAIL, Act.FIXED}
COUNTS: dict[Act, float] = {
    Act.REPORT: 1.0,
    Act.SAME_PROBLEM: 1.0,
    Act.STILL_BROKEN: 1.0,
    Act.DETAIL: 0.5,
    Act.FIXED: 0.5,
    Act.CHATTER: 1.0,
    Act.STATUS_QUESTION: 0.1,
}
SILENT_COUNTS = 0.3
# The same of a message of a chat.
SPOKEN_COUNTS: dict[Act, float] = {Act.REPORT: 1.0, Act.SAME_PROBLEM: 1.0, Act.CHATTER: 1.0}
# How often a false alarm weighs a lost report. It is the worse of the two, but jokes and notices
# made to deceive are far more frequent in the examples than in a chat, so 1 is already strict.
FALSE_ALARM_COST = 1.0
FOLDS = 5
STRENGTH = 3.0
# Above it a text is an incident by itself.
THRESHOLD = 0.55
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """One labelled sentence. Store and system are None when not said or not labelled."""

    text: str
    act: Act
    category: Category | None
    priority: Priority | None
    store: str | None
    system: str | None

    @property
    def telling(self) -> bool:
        """Whether the text alone tells of an incident."""
        return self.act in TELLING

    @property
    def judged(self) -> bool:
        """Whether 'does it belong to an incident?' can be answered from the text alone."""
        return self.telling or self.act is Act.CHATTER

    @property
    def split(self) -> str:
        """train, validation or test (70, 15, 15 in 100), by a hash of the folded text."""
        digest = hashlib.sha256(fold(self.text).strip().encode()).digest()
        share = digest[0] / 256
        return "train" if share < 0.70 else "validation" if share < 0.85 else "test"


def load_examples(folder: Path = EXAMPLES) -> list[Example]:
    """Every labelled sentence of the folder."""
    examples = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            category, priority = row.get("category"), row.get("priority")
            examples.append(
                Example(
                    row["text"],
                    Act(row["act"]),
                    Category(category) if category else None,
                    Priority(priority) if priority else None,
                    row.get("store"),
                    row.get("system"),
                )
            )
    return examples


def tuning_chats() -> list[Path]:
    """The files of the chats that may be learnt from."""
    return [path for part in LEARNT_FROM for path in sorted((CHATS / part).glob("*.jsonl"))]


@dataclass(frozen=True)
class Spoken:
    """A message of a labelled chat: what it does there, and the kind of its incident."""

    text: str
    act: Act
    category: Category | None


def spoken_in(chats: Sequence[LabelledChat]) -> list[Spoken]:
    """Every message with words; only what reports an incident tells its category."""
    found = []
    for chat in chats:
        for said in chat.messages:
            if not (said.text or "").strip() or said.revokes:
                continue
            act = Act(said.gold.kind)
            one = chat.incidents.get(said.gold.incident or "")
            kind = one.category if one and act in (Act.REPORT, Act.SAME_PROBLEM) else None
            found.append(Spoken(str(said.text), act, Category(kind) if kind else None))
    return found


def variants(text: str) -> list[str]:
    """The text and ways in which people also type it: no accents, capitals, a greeting."""
    bare = "".join(
        plain if char.isalpha() and char not in "ñÑ" else char
        for char, plain in zip(text, fold(text), strict=True)
    ).rstrip(".!")
    typed = [text, bare]
    pick = hashlib.sha256(text.encode()).digest()[1] % 4
    if pick == 0:
        typed.append(text.upper())
    if pick == 1:
        typed.append(f"Hola, {text}")
    if pick == 2:
        typed.append(f"Buenos días {text}")
    return list(dict.fromkeys(typed))


def matrix(texts: Sequence[str]) -> Matrix:
    """One row of `describe` a text."""
    return np.stack([describe(text) for text in texts]).astype(np.float32)


@dataclass(frozen=True)
class Fitted:
    """The three models and the threshold."""

    incident: LogisticRegression
    category: LogisticRegression
    acts: LogisticRegression
    threshold: float

    def weights(self) -> Weights:
        """The same as the reader takes them."""
        return Weights(
            incident=self.incident.coef_[0].astype(np.float32),
            incident_bias=float(self.incident.intercept_[0]),
            category=self.category.coef_[0].astype(np.float32),
            category_bias=float(self.category.intercept_[0]),
            acts=self.acts.coef_.astype(np.float32),
            act_bias=self.acts.intercept_.astype(np.float32),
            act_names=tuple(str(name) for name in self.acts.classes_),
            threshold=self.threshold,
        )


def fit_on(examples: Sequence[Example], spoken: Sequence[Spoken], threshold: float) -> Fitted:
    """Fit on made-up sentences and on messages of chats, which are the measure of things."""
    known: list[Spoken | Example] = [*spoken, *examples]
    x = matrix([one.text for one in known])
    share = np.asarray([1.0] * len(spoken) + [EXAMPLE_COUNTS] * len(examples))
    acts = [one.act for one in known]
    kinds = [one.category for one in known]
    # By itself, what is added to a report looks like small talk: a gate that sees no context
    # learns of chats only what opens an incident and what belongs to none.
    judged = np.asarray(
        [SPOKEN_COUNTS.get(one.act, 0.0) for one in spoken]
        + [COUNTS.get(one.act, SILENT_COUNTS) for one in examples]
    )
    of_kind = np.asarray([kind is not None for kind in kinds])
    technical = np.asarray([kind is Category.TECHNICAL for kind in kinds])

    def logistic() -> LogisticRegression:
        return LogisticRegression(C=STRENGTH, max_iter=200)

    return Fitted(
        logistic().fit(x, [act in TELLING for act in acts], sample_weight=judged),
        logistic().fit(x[of_kind], technical[of_kind], sample_weight=share[of_kind]),
        logistic().fit(x, [act.value for act in acts], sample_weight=share),
        threshold,
    )


def fit(examples: Sequence[Example]) -> Fitted:
    """Fit on train; choose strengths on validation and the threshold on folds of both."""
    train = [e for e in examples if e.split == "train"]
    held = [e for e in examples if e.split == "validation"]
    rows = [(e, v, 1.0 / len(variants(e.text))) for e in train for v in variants(e.text)]
    x = matrix([v for _, v, _ in rows])
    weight = np.asarray([w for _, _, w in rows])
    x_held = matrix([e.text for e in held])

    telling = np.asarray([e.telling for e, _, _ in rows])
    judged = np.asarray([COUNTS.get(e.act, SILENT_COUNTS) for e, _, _ in rows])
    judged_held = np.asarray([e.judged for e in held])
    y_held = np.asarray([e.telling for e in held if e.judged])
    incident = _best(
        x, telling, weight * judged, x_held[judged_held], y_held, strengths=(0.3, 1.0, 3.0, 10.0)
    )
    names = np.asarray([e.act.value for e, _, _ in rows])
    names_held = np.asarray([e.act.value for e in held])
    acts = _best(x, names, weight, x_held, names_held, strengths=(1.0, 3.0, 10.0, 30.0))

    of_kind = np.asarray([e.category is not None for e, _, _ in rows])
    kinds = np.asarray([e.category is Category.TECHNICAL for e, _, _ in rows])
    held_kind = np.asarray([e.category is not None for e in held])
    kinds_held = np.asarray([e.category is Category.TECHNICAL for e in held])
    category = _best(
        x[of_kind],
        kinds[of_kind],
        weight[of_kind],
        x_held[held_kind],
        kinds_held[held_kind],
        strengths=(0.3, 1.0, 3.0, 10.0),
    )
    chances, truth = _out_of_fold([*train, *held], incident.C)
    return Fitted(incident, category, acts, _cheapest_threshold(chances, truth))


def _out_of_fold(
    examples: Sequence[Example], strength: float
) -> tuple[NDArray[np.float64], NDArray[np.generic]]:
    """Chances of the judged examples, each from a model that did not see it, and the truth."""
    judged = [e for e in examples if e.judged]
    x = matrix([e.text for e in judged])
    y = np.asarray([e.telling for e in judged])
    weight = np.asarray([COUNTS[e.act] for e in judged])
    fold_of = np.asarray([hashlib.sha256(e.text.encode()).digest()[2] % FOLDS for e in judged])
    chances = np.zeros(len(judged))
    for fold_number in range(FOLDS):
        seen, unseen = fold_of != fold_number, fold_of == fold_number
        model = LogisticRegression(C=strength, max_iter=2000)
        model.fit(x[seen], y[seen], sample_weight=weight[seen])
        chances[unseen] = model.predict_proba(x[unseen])[:, 1]
    # A lost report and a false alarm on chatter are what the threshold weighs.
    kept = np.asarray([e.act in {Act.REPORT, Act.SAME_PROBLEM, Act.CHATTER} for e in judged])
    return chances[kept], y[kept]


def _best(
    x: Matrix,
    y: NDArray[np.generic],
    weight: NDArray[np.float64],
    x_held: Matrix,
    y_held: NDArray[np.generic],
    strengths: Sequence[float],
) -> LogisticRegression:
    """The regularisation with the lowest log loss on the held rows, so chances stay honest."""
    best, lowest = LogisticRegression(), float("inf")
    for strength in strengths:
        model = LogisticRegression(C=strength, max_iter=2000)
        model.fit(x, y, sample_weight=weight)
        columns = np.searchsorted(model.classes_, y_held)
        chances = model.predict_proba(x_held)[np.arange(len(y_held)), columns]
        loss = float(-np.log(np.clip(chances, 1e-6, 1)).mean())
        if loss < lowest:
            best, lowest = model, loss
    return best


def _cheapest_threshold(chances: NDArray[np.float64], truth: NDArray[np.generic]) -> float:
    """The middle of the thresholds with the lowest cost, a false alarm costing the most."""
    grid = np.round(np.arange(0.20, 0.90, 0.01), 2)
    costs = [
        FALSE_ALARM_COST * float(((chances >= t) & ~truth.astype(bool)).sum())
        + float(((chances < t) & truth.astype(bool)).sum())
        for t in grid
    ]
    cheapest = [float(t) for t, cost in zip(grid, costs, strict=True) if cost == min(costs)]
    return round(statistics.median_low(cheapest), 2)


def save(fitted: Fitted) -> None:
    """Write the weights and the threshold that ship with the package."""
    np.savez_compressed(
        WEIGHTS,
        incident=fitted.incident.coef_[0].astype(np.float32),
        incident_bias=np.float64(fitted.incident.intercept_[0]),
        category=fitted.category.coef_[0].astype(np.float32),
        category_bias=np.float64(fitted.category.intercept_[0]),
        acts=fitted.acts.coef_.astype(np.float32),
        act_bias=fitted.acts.intercept_.astype(np.float32),
        act_names=np.asarray(list(fitted.acts.classes_)),
        signals=np.asarray(SIGNAL_NAMES),
        threshold=np.float64(fitted.threshold),
    )
    (DATA / "fitted.json").write_text(
        json.dumps({"incident_threshold": fitted.threshold}) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Fit and write the weights, or with --report print the held-out figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--report", action="store_true", help="print figures, write nothing")
    parser.add_argument("--smalltalk", type=Path, help="nlp.js corpus-es.json, as outside chatter")
    options = parser.parse_args()
    examples = load_examples()
    if options.report:
        from evals.report_local import report

        sys.stdout.write("\n".join(report(examples, options.smalltalk)) + "\n")
        return
    spoken = spoken_in([read_chat(path) for path in tuning_chats()])
    fitted = fit_on(examples, spoken, THRESHOLD)
    save(fitted)
    sys.stdout.write(f"wrote {WEIGHTS} (threshold {fitted.threshold})\n")


if __name__ == "__main__":
    main()
