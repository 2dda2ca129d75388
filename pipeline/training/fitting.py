"""Fits one linear model after another, over evidence or over numbers, and writes their weights as JSON.

Which decisions there are, and of what evidence, is not known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from math import log, sqrt
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.extract.weighing.weigh import Evidence
from pipeline.training.forests import Sample
from pipeline.training.left_out import by_article, left_out
from pipeline.training.saving import save

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
        self, name: str, examples: list[Example], strength: float, *, by_length: bool = False, by_rarity: bool = True
    ) -> dict[str, list[dict[str, float]]]:
        """Fit one decision; by article, the odds of its examples in their order, each left out when it was fitted."""
        if not self.writes(name) and name not in CHAIN:
            return {}
        vectorizer = DictVectorizer()
        rarities = _rarities(examples) if by_rarity else dict.fromkeys(_rarities(examples), 1.0)
        rows = vectorizer.fit_transform([_features(e, rarities, by_length) for e in examples])
        scale = float(np.sqrt((rows.data**2).mean()))
        rows /= scale  # so that strengths mean the same for every decision
        answers, docs = np.array([e.answer for e in examples]), [e.doc for e in examples]
        model = LogisticRegression(C=strength, max_iter=3000)
        odds = self._fitted(model, rows, answers, docs)
        labels = [str(c) for c in model.classes_]
        written = 0
        if self.writes(name):
            features = vectorizer.get_feature_names_out()
            factors = np.array([rarities[feature] / scale for feature in features])
            written = _write(name, labels, model, dict(zip(features, factors, strict=True)), by_length)
        right = odds.argmax(axis=1) == [labels.index(a) for a in answers]
        shares = ", ".join(f"{label} {count}" for label, count in Counter(answers.tolist()).most_common())
        print(f"{name:14} right {right.mean():.3f} of {len(examples)} ({shares}); {written} weights", flush=True)
        return by_article(docs, (dict(zip(labels, map(float, one), strict=True)) for one in odds))

    def line(self, name: str, samples: list[Sample], strength: float) -> dict[str, list[float]]:
        """Fit one decision over numbers; by article, the odds of its samples, each left out when it was fitted."""
        rows = np.array([list(sample.features.values()) for sample in samples])
        answers, docs = np.array([sample.answer for sample in samples]), [sample.doc for sample in samples]
        model = LogisticRegression(C=strength, max_iter=1000)
        odds = self._fitted(model, rows, answers, docs)[:, 1]
        if self.writes(name):
            slopes = zip(samples[0].features, model.coef_[0], strict=True)
            content = {
                "start": round(float(model.intercept_[0]), 4),
                "slopes": {number: round(float(slope), 4) for number, slope in slopes},
            }
            save(name, content)
        right = (odds >= 0.5) == answers
        print(f"{name:14} right {right.mean():.3f} of {len(samples)} ({answers.sum()} yes)", flush=True)
        return by_article(docs, map(float, odds))

    def _fitted(self, model: LogisticRegression, rows: Any, answers: Any, docs: Sequence[str]) -> Any:
        """Fit the model to all rows; the odds of each, (rows, answers), as told by a fit without its article."""
        weights = np.array([EXTRA if doc in self.extra else 1.0 for doc in docs])
        odds = left_out(model, rows, answers, docs, weights)
        model.fit(rows, answers, sample_weight=weights)
        return odds


def _rarities(examples: list[Example]) -> dict[str, float]:
    """How much each piece of evidence counts: the more, the fewer articles show it, and nothing if hardly any do.

    Source: inverse document frequency, smoothed as scikit-learn does.
    """
    pairs: dict[str, set[tuple[str, str]]] = {}
    for example in examples:
        pairs.setdefault(example.doc, set()).update(example.evidence)
    shown = Counter(pair for article in pairs.values() for pair in article)
    return {
        f"{slot}\t{value}": log((1 + len(pairs)) / (1 + count)) + 1
        for (slot, value), count in shown.items()
        if count >= SEEN
    }


def _features(example: Example, rarities: Mapping[str, float], by_length: bool) -> dict[str, float]:
    """What an example shows, each as much as it counts."""
    root = sqrt(len(example.evidence)) if by_length else 1.0
    shown = dict.fromkeys(f"{slot}\t{value}" for slot, value in example.evidence)
    return {feature: rarities[feature] / root for feature in shown if feature in rarities}


def _write(name: str, labels: list[str], model: LogisticRegression, factors: dict[str, float], by_length: bool) -> int:
    """The weights as JSON; a model of two labels gets its second column alone, the first being zero."""
    columns, bias = model.coef_.T, model.intercept_
    if len(labels) == 2:
        columns, bias = np.hstack([np.zeros_like(columns), columns]), np.array([0.0, bias[0]])
    slots: dict[str, dict[str, list[float]]] = {}
    for (feature, factor), column in zip(factors.items(), columns, strict=True):
        if np.abs(column * factor).max() >= LEAST:
            slot, value = feature.split("\t", 1)
            slots.setdefault(slot, {})[value] = [round(float(w), 3) for w in column * factor]
    content = {"labels": labels, "bias": [round(float(b), 3) for b in bias], "slots": slots}
    if by_length:
        content["by_length"] = True
    save(name, content)
    return sum(map(len, slots.values()))
