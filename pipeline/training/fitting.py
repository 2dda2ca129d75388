"""Fits one linear model after another and writes their weights as JSON.

Which decisions there are, and of what evidence, is not known here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.extract.weighing.weigh import FOLDER, Evidence

FOLDS = 4
LEAST = 0.03  # weights smaller than this in every column are left out
CHAIN = ("report", "custody", "exposed_first", "reported")  # later decisions build on these
EXTRA = 0.4  # what an example of an extra article weighs
SEEN = 2  # evidence that fewer articles show is left out


class Example(NamedTuple):
    """One decision of one article: the evidence and the right answer."""

    doc: str
    evidence: Evidence
    answer: str


class Fitting:
    """Fits decisions one after another; `only` names those to write, all if empty; `extra` articles weigh less."""

    def __init__(self, only: Sequence[str], extra: Set[str]) -> None:
        self._only = only
        self.extra = extra

    def writes(self, name: str) -> bool:
        """Whether a decision is among those to write."""
        return not self._only or name in self._only

    def __call__(
        self, name: str, examples: list[Example], strength: float, extra: float = EXTRA
    ) -> dict[str, list[dict[str, float]]]:
        """Fit one decision; by article, the odds of its examples in their order, each left out when it was fitted."""
        if not self.writes(name) and name not in CHAIN:
            return {}
        shown = Counter(pair for pairs in _by_article(examples) for pair in pairs)
        vectorizer = DictVectorizer()
        kept = [[f"{slot}\t{value}" for slot, value in e.evidence if shown[slot, value] >= SEEN] for e in examples]
        # What an example says twice weighs twice, here as in the reader.
        rows = vectorizer.fit_transform([dict.fromkeys(evidence, 1.0) for evidence in kept])
        answers, docs = np.array([e.answer for e in examples]), [e.doc for e in examples]
        model = LogisticRegression(C=strength, max_iter=3000)
        weights = np.array([extra if doc in self.extra else 1.0 for doc in docs])
        left_out = cross_val_predict(
            model,
            rows,
            answers,
            groups=docs,
            cv=GroupKFold(FOLDS),
            method="predict_proba",
            params={"sample_weight": weights},
        )
        model.fit(rows, answers, sample_weight=weights)
        labels = [str(c) for c in model.classes_]
        written = _write(name, labels, model, vectorizer.get_feature_names_out()) if self.writes(name) else 0
        right = left_out.argmax(axis=1) == [labels.index(a) for a in answers]
        shares = ", ".join(f"{label} {count}" for label, count in Counter(answers.tolist()).most_common())
        print(f"{name:14} right {right.mean():.3f} of {len(examples)} ({shares}); {written} weights", flush=True)
        by_doc: dict[str, list[dict[str, float]]] = {}
        for doc, odds in zip(docs, left_out, strict=True):
            by_doc.setdefault(doc, []).append(dict(zip(labels, map(float, odds), strict=True)))
        return by_doc


def _by_article(examples: list[Example]) -> Iterable[set[tuple[str, str]]]:
    """The evidence that each article shows."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for example in examples:
        pairs.setdefault(example.doc, set()).update(example.evidence)
    return pairs.values()


def _write(name: str, labels: list[str], model: LogisticRegression, features: Any) -> int:
    """The weights as JSON; a model of two labels gets its second column alone, the first being zero."""
    columns, bias = model.coef_.T, model.intercept_
    if len(labels) == 2:
        columns, bias = np.hstack([np.zeros_like(columns), columns]), np.array([0.0, bias[0]])
    slots: dict[str, dict[str, list[float]]] = {}
    for feature, column in zip(features, columns, strict=True):
        if np.abs(column).max() >= LEAST:
            slot, value = feature.split("\t", 1)
            slots.setdefault(slot, {})[value] = [round(float(w), 3) for w in column]
    content = {"labels": labels, "bias": [round(float(b), 3) for b in bias], "slots": slots}
    (FOLDER / f"{name}.json").write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8"
    )
    return sum(map(len, slots.values()))
