"""Figures of the local reader on sentences held out, beside baselines: `fit_local --report`."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from domain.gist import Act
from domain.incident import Category, Priority
from evals.fit_local import FRESH, Example, Fitted, fit_on, load_examples, matrix, tuning_chats
from evals.group.chat import read_chat
from tools.models.local.features import trigger_words
from tools.models.local.reader import INCIDENT_THRESHOLD
from tools.models.local.spelling import fold
from tools.models.local.stores import find_store
from tools.models.local.systems import find_system, same_system
from tools.models.local.urgency import priority_of


def prf(said: Sequence[bool], truth: Sequence[bool]) -> str:
    """Precision, recall and F1 as one cell."""
    right = sum(s and t for s, t in zip(said, truth, strict=True))
    precision = right / max(1, sum(said))
    recall = right / max(1, sum(truth))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def report(examples: Sequence[Example], smalltalk: Path | None) -> list[str]:
    """The lines of the report, on the test split."""
    known = [example for example in examples if example.split != "test"]
    fitted = fit_on(known, [read_chat(path) for path in tuning_chats()])
    train = [e for e in examples if e.split == "train"]
    test = [e for e in examples if e.split == "test"]
    judged = [e for e in test if e.judged]
    truth = [e.telling for e in judged]
    x = matrix([e.text for e in judged])
    ours = [bool(p >= INCIDENT_THRESHOLD) for p in fitted.incident.predict_proba(x)[:, 1]]
    keyword = [bool(trigger_words(e.text)) for e in judged]
    tfidf, tfidf_chance = _tfidf([e for e in train if e.judged])
    lexical = tfidf([e.text for e in judged])
    lines = [
        f"examples {len(examples)}: train {len(train)}, test {len(test)}, own sentences, synthetic",
        f"incident threshold {INCIDENT_THRESHOLD} (chosen on folds of train and validation)",
        f"incident, ours      {prf(ours, truth)}   n={len(judged)}",
        f"incident, tf-idf LR {prf(lexical, truth)}",
        f"incident, keyword   {prf(keyword, truth)}",
    ]
    lines += _act_lines(fitted, train, test)
    lines += _field_lines(fitted, [e for e in test if e.category])
    fresh = load_examples(FRESH)
    said = fitted.incident.predict_proba(matrix([e.text for e in fresh]))[:, 1]
    real = [e.telling for e in fresh]
    lines += [
        f"lines written after the fit, read once, n={len(fresh)}:",
        f"  ours      {prf([bool(p >= INCIDENT_THRESHOLD) for p in said], real)}",
        f"  tf-idf LR {prf(tfidf([e.text for e in fresh]), real)}",
        f"  keyword   {prf([bool(trigger_words(e.text)) for e in fresh], real)}",
    ]
    if smalltalk:
        lines += _smalltalk_lines(fitted, test, smalltalk, tfidf_chance)
    return [*lines, _speed([e.text for e in test])]


def _act_lines(fitted: Fitted, train: list[Example], test: list[Example]) -> list[str]:
    guesses = fitted.acts.predict(matrix([e.text for e in test]))
    accuracy = float(np.mean([g == e.act.value for g, e in zip(guesses, test, strict=True)]))
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=2000)
    model.fit(vectorizer.fit_transform([fold(e.text) for e in train]), [e.act for e in train])
    lexical = model.predict(vectorizer.transform([fold(e.text) for e in test]))
    base = float(np.mean([g == e.act for g, e in zip(lexical, test, strict=True)]))
    lines = [f"act accuracy: ours {accuracy:.3f}, tf-idf LR {base:.3f}  n={len(test)}"]
    for act in Act:
        mine = [g == act.value for g in guesses]
        real = [e.act is act for e in test]
        lines.append(f"  {act.value:16} {prf(mine, real)}  n={sum(real)}")
    return lines


def _field_lines(fitted: Fitted, test: list[Example]) -> list[str]:
    kinds = fitted.category.predict(matrix([e.text for e in test]))
    category = float(
        np.mean([k == (e.category is Category.TECHNICAL) for k, e in zip(kinds, test, strict=True)])
    )
    urgent = [priority_of(e.text) is Priority.URGENT for e in test]
    word = ["urg" in fold(e.text) for e in test]
    gold = [e.priority is Priority.URGENT for e in test]
    stores = [find_store(e.text) == e.store for e in test]
    said = [same_system(find_system(e.text), e.system) for e in test if e.system]
    return [
        f"reports in test: {len(test)} (grammars saw them: upper bound)",
        f"  category accuracy {category:.3f}",
        f"  urgent, rules       {prf(urgent, gold)}",
        f"  urgent, word 'urg'  {prf(word, gold)}",
        f"  store accuracy {np.mean(stores):.3f}, system accuracy {np.mean(said):.3f} "
        f"(n={len(said)})",
    ]


def _tfidf(
    train: list[Example],
) -> tuple[Callable[[Sequence[str]], list[bool]], Callable[[Sequence[str]], list[float]]]:
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=2000)
    model.fit(vectorizer.fit_transform([fold(e.text) for e in train]), [e.telling for e in train])

    def chances(texts: Sequence[str]) -> list[float]:
        found = model.predict_proba(vectorizer.transform([fold(t) for t in texts]))[:, 1]
        return [float(p) for p in found]

    return (lambda texts: [p >= 0.5 for p in chances(texts)]), chances


def _smalltalk_lines(
    fitted: Fitted, test: list[Example], path: Path, tfidf: Callable[[Sequence[str]], list[float]]
) -> list[str]:
    corpus = json.loads(path.read_text(encoding="utf-8"))
    chatter = [
        text
        for entry in corpus["data"]
        if not entry["intent"].startswith("support.")
        for text in (*entry["utterances"], *entry["tests"])
    ]
    reports = [e.text for e in test if e.act is Act.REPORT]
    truth = [True] * len(reports) + [False] * len(chatter)
    ours = fitted.incident.predict_proba(matrix(reports + chatter))[:, 1]
    alarms = float(np.mean(ours[len(reports) :] >= INCIDENT_THRESHOLD))
    return [
        f"nlp.js es smalltalk and trivia as chatter (n={len(chatter)}) against test reports: "
        f"AUROC ours {roc_auc_score(truth, ours):.3f}, "
        f"tf-idf LR {roc_auc_score(truth, tfidf(reports + chatter)):.3f}; "
        f"false alarms {alarms:.3f}"
    ]


def _speed(texts: Sequence[str]) -> str:
    from tools.models.local.reader import LocalReader

    reader, spent = LocalReader(), []
    reader.read("calentamiento")
    for number, text in enumerate(texts):
        begun = time.perf_counter()
        reader.read(f"{text} {number}")
        spent.append((time.perf_counter() - begun) * 1000)
    slow = sorted(spent)[int(len(spent) * 0.95)]
    return f"read(): median {statistics.median(spent):.2f} ms, p95 {slow:.2f} ms a text"
