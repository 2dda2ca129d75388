"""Grows the boosted trees of the extraction's models and writes them as JSON.

Linear models are fitted in `fitting.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from math import log
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer

from pipeline.training.left_out import left_out
from pipeline.training.saving import save

EXTRA = 0.2  # what a sample of an extra article weighs
SHOWN = 15  # features that fewer articles show are left out


class Sample(NamedTuple):
    """One decision of one article: its features and the right answer."""

    doc: str
    features: dict[str, float]
    answer: bool


def grow(name: str, samples: list[Sample], extra: Set[str]) -> None:
    """Grow one decision, and tell how right it is on articles left out; those in `extra` weigh less."""
    shown = Counter(pair for pairs in _by_article(samples).values() for pair in pairs)
    vectorizer = DictVectorizer(sparse=False, dtype=np.float32)
    rows = vectorizer.fit_transform([{f: v for f, v in s.features.items() if shown[f] >= SHOWN} for s in samples])
    answers, docs = np.array([s.answer for s in samples]), [s.doc for s in samples]
    model = GradientBoostingClassifier(
        n_estimators=150,
        learning_rate=0.06,
        max_leaf_nodes=8,
        max_depth=None,
        subsample=0.6,
        max_features=0.1,
        min_samples_leaf=10,
        random_state=1,
    )
    weights = np.array([EXTRA if doc in extra else 1.0 for doc in docs])
    odds = left_out(model, rows, answers, docs, weights)[:, 1]
    model.fit(rows, answers, sample_weight=weights)
    nodes = _write(name, model, vectorizer.get_feature_names_out(), float(np.average(answers, weights=weights)))
    best, at = max((_f1(answers, odds >= t / 100), t / 100) for t in range(20, 60))
    print(f"{name:14} F1 {best:.3f} at {at} of {len(samples)} ({answers.sum()} yes); {nodes} nodes", flush=True)


def _by_article(samples: list[Sample]) -> dict[str, set[str]]:
    """The features that each article shows."""
    found: dict[str, set[str]] = {}
    for sample in samples:
        found.setdefault(sample.doc, set()).update(sample.features)
    return found


def _f1(answers: Any, said: Any) -> float:
    return float(2 * (answers & said).sum() / max(1, answers.sum() + said.sum()))


def _write(name: str, model: GradientBoostingClassifier, features: Any, share: float) -> int:
    """The trees as JSON, with the features that they ask for alone; returns how many nodes they have."""
    grown = [stage[0].tree_ for stage in model.estimators_]
    used = sorted({int(f) for tree in grown for f in tree.feature if f >= 0})
    places = {feature: place for place, feature in enumerate(used)}
    content = {
        "features": [str(features[f]) for f in used],
        "start": round(log(share / (1 - share)), 4),
        "trees": [_nested(tree, 0, places, model.learning_rate) for tree in grown],
    }
    save(name, content)
    return sum(tree.node_count for tree in grown)


def _nested(tree: Any, node: int, places: dict[int, int], rate: float) -> Any:
    if tree.feature[node] < 0:
        return round(float(tree.value[node][0][0]) * rate, 4)
    return [
        places[int(tree.feature[node])],
        round(float(tree.threshold[node]), 4),
        _nested(tree, tree.children_left[node], places, rate),
        _nested(tree, tree.children_right[node], places, rate),
    ]
