"""Fits what a text seeks in what was said before it, on labelled chats.

Every burst of a chat chooses among nothing, a beginning and what is open, as labelled; a matrix
for each thing before it says how well the two go together. When and by whom it was said is in the
fit only so that the matrices need not tell it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.group.chat import LabelledChat, Said
from tools.models.local.meaning import embed
from tools.models.local.ties import PARTS, Ties

Matrix = NDArray[np.float64]
_meaning = lru_cache(maxsize=None)(embed)
# The numbers of a sense, and how far a burst of one person reaches.
WIDTH = 64
BURST = timedelta(seconds=20)
# How long what is open counts as a choice.
OPEN_FOR = timedelta(days=3)
# How strongly matrices are held to 'means the same', and words to say nothing.
HOLD, PULL, ALIKE = 1.0, 0.3, 2.0
FACTS = 7
ROUNDS = 60


@dataclass
class _Talk:
    """What was said of one incident so far."""

    senses: list[Matrix] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    last: str = ""
    at: datetime = datetime.min


@dataclass(frozen=True)
class Scene:
    """A burst among its choices: nothing, a beginning, each open incident."""

    sense: Matrix
    before: Matrix  # a row a choice, a sense a part
    facts: Matrix
    right: int


def bursts_of(chat: LabelledChat) -> list[list[Said]]:
    """What each person said in one go, in the order in which they began."""
    found: list[list[Said]] = []
    open_: dict[str, list[Said]] = {}
    for said in sorted(chat.messages, key=lambda m: m.at):
        mine = open_.get(said.sender)
        if mine is not None and said.at - mine[-1].at <= BURST:
            mine.append(said)
        else:
            open_[said.sender] = [said]
            found.append(open_[said.sender])
    return found


def scenes_of(chat: LabelledChat, senses: dict[str, Matrix]) -> list[Scene]:
    """Every burst with words, as it stood when it was said."""
    found, known, chatter = [], dict[str, _Talk](), _Talk()
    before: str | None = None
    for number, burst in enumerate(bursts_of(chat)):
        text = words_of(burst)
        sense, at, sender = senses[text], burst[-1].at, burst[0].sender
        label = Counter(m.gold.incident for m in burst).most_common(1)[0][0]
        open_ = {name: t for name, t in known.items() if at - t.at < OPEN_FOR}
        if text:
            after_talk = float(number > 0 and before is None)
            found.append(_scene(sense, sender, at, open_, chatter, before, label, after_talk))
        talk = chatter if label is None else known.setdefault(label, _Talk())
        talk.senses.append(sense)
        talk.people.add(sender)
        talk.last, talk.at, before = sender, at, label
    return found


def words_of(burst: Sequence[Said]) -> str:
    """The words of a burst, as assignment reads them."""
    return "\n".join(m.text for m in burst if m.text and not m.revokes)


def _scene(
    sense: Matrix,
    sender: str,
    at: datetime,
    open_: dict[str, _Talk],
    chatter: _Talk,
    before: str | None,
    label: str | None,
    after_talk: float,
) -> Scene:
    none = np.zeros(WIDTH)
    lately = chatter.senses[-1] if chatter.senses else none
    rows = [(none, none, lately, none), (none, none, none, none)]
    quiet = _late(at, chatter.at) if chatter.senses else 1.0
    facts: list[tuple[float, ...]] = [(1, 0, 0, quiet, after_talk, 0, 0), (0, 1, 0, 0, 0, 0, 0)]
    for name, talk in open_.items():
        goes_on = talk.last == sender
        last = talk.senses[-1]
        said = np.mean(talk.senses, axis=0)
        rows.append((talk.senses[0], said, none if goes_on else last, last if goes_on else none))
        own = float(sender in talk.people)
        facts.append((0, 0, 1, _late(at, talk.at), float(before == name), own, float(goes_on)))
    names = list(open_)
    right = 0 if label is None else 2 + names.index(label) if label in open_ else 1
    return Scene(sense, np.asarray(rows), np.asarray(facts, dtype=np.float64), right)


def _late(now: datetime, then: datetime) -> float:
    return math.log1p(max((now - then).total_seconds(), 0.0) / 60) / 8


def fit_ties(chats: Sequence[LabelledChat]) -> Ties:
    """The basis, the matrices and what speaks for small talk and for a beginning."""
    texts = {words_of(burst) for chat in chats for burst in bursts_of(chat)}
    meanings = {text: np.asarray(_meaning(text), dtype=np.float64) for text in sorted(texts)}
    told = np.asarray([meaning for text, meaning in meanings.items() if text])
    middle = told.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov((told - middle).T))
    basis = axes[:, ::-1][:, :WIDTH]
    basis = basis / math.sqrt((((told - middle) @ basis) ** 2).sum(axis=1).mean())
    none = np.zeros(WIDTH)
    senses = {t: (m - middle) @ basis if t else none for t, m in meanings.items()}
    scenes = [scene for chat in chats for scene in scenes_of(chat, senses)]
    matrices, nothing, new = _fit(scenes)
    return Ties(*(part.astype(np.float32) for part in (middle, basis, matrices, nothing, new)))


def _fit(scenes: Sequence[Scene]) -> tuple[Matrix, Matrix, Matrix]:
    sizes = [len(scene.facts) for scene in scenes]
    owner = np.repeat(np.arange(len(scenes)), sizes)
    starts = np.cumsum([0, *sizes])[:-1]
    right = starts + np.asarray([scene.right for scene in scenes])
    sense = np.asarray([scene.sense for scene in scenes])[owner]
    before = np.concatenate([scene.before for scene in scenes]).transpose(1, 0, 2)
    facts = np.concatenate([scene.facts for scene in scenes])
    plain = np.concatenate([facts, sense * facts[:, [0]], sense * facts[:, [1]]], axis=1)
    count, width = len(PARTS), plain.shape[1]
    prior = np.concatenate([np.zeros(width), np.tile(np.eye(WIDTH).ravel() * ALIKE, count)])
    hold = np.concatenate([np.full(width, PULL), np.full(count * WIDTH * WIDTH, HOLD)])

    def loss(x: Matrix) -> tuple[float, Matrix]:
        matrices = x[width:].reshape(count, WIDTH, WIDTH)
        scores = plain @ x[:width]
        for matrix, part in zip(matrices, before, strict=True):
            scores = scores + ((sense @ matrix) * part).sum(axis=1)
        grown = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        pull = grown / np.add.reduceat(grown, starts)[owner]
        value = -np.log(np.maximum(pull[right], 1e-12)).sum()
        pull[right] -= 1
        slopes = [((sense * pull[:, None]).T @ part).ravel() for part in before]
        gap = x - prior
        return float(value + 0.5 * (hold * gap**2).sum()), np.concatenate(
            [plain.T @ pull, *slopes]
        ) + hold * gap

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    words = found[FACTS:width].reshape(2, WIDTH)
    return found[width:].reshape(count, WIDTH, WIDTH), words[0], words[1]
