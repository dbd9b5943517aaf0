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
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from domain.gist import Act
from domain.incident import Category, Priority
from evals.fit_ties import fit_ties
from evals.group.chat import LabelledChat, read_chat
from tools.models.local.fitted import save_urgent_bias
from tools.models.local.grams import PLACES
from tools.models.local.haste import OTHERS_COUNT, TOLD_LINES
from tools.models.local.spelling import fold
from tools.models.local.ties import Ties
from tools.models.local.weights import WEIGHTS, Linear, Weights, save_weights, see

EXAMPLES = Path(__file__).parent / "examples"
CHATS = Path(__file__).parent / "chats"
# The labelled chats that may be learnt from.
LEARNT_FROM = ("tune", "tune2", "tune3", "tune4", "tune5", "tune6", "tune7", "tune8", "tune9")
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
STRENGTH = 3.0
URGENT_STRENGTH = 3.0
# What a made-up sentence counts for the gate beside a message of a chat.
EXAMPLE_JUDGED = 0.5


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


# Of the chats and the sentences, each of which is seen again for every part that is left out.
_seen = lru_cache(maxsize=None)(see)


def matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """One row of what the models see a text: the dense part, then the places of its grams."""
    seen = [_seen(text) for text in texts]
    dense = sparse.csr_matrix(np.stack([one.dense for one in seen]).astype(np.float32))
    starts = np.cumsum([0, *(len(one.places) for one in seen)])
    grams = sparse.csr_matrix(
        (
            np.concatenate([one.amounts for one in seen]),
            np.concatenate([one.places for one in seen]),
            starts,
        ),
        shape=(len(seen), PLACES),
    )
    return sparse.hstack([dense, grams]).tocsr()


def linear(model: LogisticRegression) -> Linear:
    """A fitted model as the reader takes it."""
    weights = model.coef_.astype(np.float32)
    width = weights.shape[1] - PLACES
    return Linear(weights[:, :width], weights[:, width:], model.intercept_.astype(np.float32))


@dataclass(frozen=True)
class Told:
    """What the reporter of an incident tells, what others say to it, and whether it is urgent."""

    own: str
    others: str
    urgent: bool


def told_urgent(chats: Sequence[LabelledChat]) -> list[Told]:
    """Every incident of the chats whose urgency is labelled, by its first lines.

    Not another report of an outage: 'here too' is as urgent as what it is said of.
    """
    found = []
    for chat in chats:
        for name, one in chat.incidents.items():
            lines = [said for said in chat.messages if said.gold.incident == name and said.text]
            if not lines or one.parent is not None or one.priority is None:
                continue
            own = [str(said.text) for said in lines if said.sender == lines[0].sender]
            others = [str(said.text) for said in lines if said.sender != lines[0].sender]
            said_all = ("\n".join(own[:TOLD_LINES]), "\n".join(others[:TOLD_LINES]))
            found.append(Told(*said_all, one.priority == "urgent"))
    return found


def urgent_matrix(told: Sequence[Told]) -> sparse.csr_matrix:
    """One row an incident: what its reporter tells, and a share of what others say to it."""
    x = matrix([one.own for one in told])
    answered = [n for n, one in enumerate(told) if one.others]
    if not answered:
        return x
    others = matrix([told[n].others for n in answered])
    place = sparse.csr_matrix(
        (np.ones(len(answered)), (answered, range(len(answered)))), (len(told), len(answered))
    )
    return (x + OTHERS_COUNT * (place @ others)).tocsr()


@dataclass(frozen=True)
class Fitted:
    """The models."""

    incident: LogisticRegression
    category: LogisticRegression
    urgent: LogisticRegression
    acts: LogisticRegression
    ties: Ties | None = None

    def weights(self) -> Weights:
        """The same as the reader takes them."""
        return Weights(
            incident=linear(self.incident),
            category=linear(self.category),
            urgent=linear(self.urgent),
            acts=linear(self.acts),
            act_names=tuple(str(name) for name in self.acts.classes_),
            ties=self.ties,
        )


def fit_on(examples: Sequence[Example], chats: Sequence[LabelledChat]) -> Fitted:
    """Fit on made-up sentences and on messages of chats, which are the measure of things."""
    spoken = spoken_in(chats)
    known: list[Spoken | Example] = [*spoken, *examples]
    x = matrix([one.text for one in known])
    share = np.asarray([1.0] * len(spoken) + [EXAMPLE_COUNTS] * len(examples))
    acts = [one.act for one in known]
    kinds = [one.category for one in known]
    # By itself, what is added to a report looks like small talk: a gate that sees no context
    # learns of chats only what opens an incident and what belongs to none.
    judged = np.asarray(
        [SPOKEN_COUNTS.get(one.act, 0.0) for one in spoken]
        + [COUNTS.get(one.act, SILENT_COUNTS) * EXAMPLE_JUDGED for one in examples]
    )
    of_kind = np.asarray([kind is not None for kind in kinds])
    technical = np.asarray([kind is Category.TECHNICAL for kind in kinds])
    told = told_urgent(chats)
    spoken_urgent = len(told)
    told += [
        Told(e.text, "", e.priority is Priority.URGENT)
        for e in examples
        if e.priority is not None and e.act is Act.REPORT
    ]
    counts = [1.0] * spoken_urgent + [EXAMPLE_COUNTS] * (len(told) - spoken_urgent)

    def logistic() -> LogisticRegression:
        return LogisticRegression(C=STRENGTH, max_iter=200)

    return Fitted(
        logistic().fit(x, [act in TELLING for act in acts], sample_weight=judged),
        logistic().fit(x[of_kind], technical[of_kind], sample_weight=share[of_kind]),
        LogisticRegression(C=URGENT_STRENGTH, max_iter=200).fit(
            urgent_matrix(told), [one.urgent for one in told], sample_weight=counts
        ),
        logistic().fit(x, [act.value for act in acts], sample_weight=share),
        fit_ties(chats) if chats else None,
    )


def save(fitted: Fitted) -> None:
    """Write the weights that ship with the package, and the bias of urgency beside them."""
    save_weights(fitted.weights())
    save_urgent_bias(float(fitted.urgent.intercept_[0]))


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
    fitted = fit_on(examples, [read_chat(path) for path in tuning_chats()])
    save(fitted)
    sys.stdout.write(f"wrote {WEIGHTS}\n")


if __name__ == "__main__":
    main()
