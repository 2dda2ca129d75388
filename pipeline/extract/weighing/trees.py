"""Boosted decision trees: numbers in, a probability out, for decisions whose evidence speaks together.

The trees of each decision lie in `weights/<name>.json`, grown by `python -m pipeline.training`. A tree is nested lists,
[feature, threshold, where not above, where above], down to a number that counts for the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import exp, log
from typing import Any, NamedTuple

from pipeline.extract.weighing.weigh import FOLDER


class Trees(NamedTuple):
    """A grown forest: the names of its features, what it starts from, and its trees."""

    features: dict[str, int]
    start: float
    trees: tuple[Any, ...]


@lru_cache
def trees(name: str) -> Trees:
    """The grown trees of a decision; FileNotFoundError where it was never grown."""
    with (FOLDER / f"{name}.json").open(encoding="utf-8") as file:
        raw = json.load(file)
    return Trees({feature: i for i, feature in enumerate(raw["features"])}, raw["start"], tuple(raw["trees"]))


def climb(name: str, features: Mapping[str, float]) -> float:
    """Probability of yes, 0 to 1; a feature that is not given is 0."""
    forest = trees(name)
    given = [0.0] * len(forest.features)
    for feature, value in features.items():
        if (index := forest.features.get(feature)) is not None:
            given[index] = value
    score = forest.start
    for node in forest.trees:
        while type(node) is list:
            node = node[2] if given[node[0]] <= node[1] else node[3]
        score += node
    return 1 / (1 + exp(-score))


def logit(probability: float) -> float:
    """The logarithm of the odds, between -4.6 and 4.6: even steps where probabilities crowd at the ends.

    >>> logit(0.5)
    0.0
    """
    bounded = min(max(probability, 0.01), 0.99)
    return log(bounded / (1 - bounded))
