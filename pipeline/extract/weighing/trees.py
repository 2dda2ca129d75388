"""Boosted decision trees: numbers in, a probability out, for decisions whose evidence speaks together.

The trees of each decision lie in `weights/<name>.json`, grown by `python -m pipeline.training`. A tree is nested lists,
[feature, threshold, where not above, where above], down to a number that counts for the answer.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from math import exp, log
from typing import Any, NamedTuple

from pipeline.extract.weighing.weigh import FOLDER

LEAVES = 8  # of a tree at the most: a bit each, a tree is a byte
LOWEST = bytes([(bits & -bits).bit_length() - 1 if bits else 0 for bits in range(256)])  # lowest bit set of a byte


class Feature(NamedTuple):
    """The thresholds of a feature in order, and which leaves can still be reached when the first n are exceeded."""

    thresholds: tuple[float, ...]
    left: tuple[int, ...]


class Trees(NamedTuple):
    """A grown forest, laid out so that a feature is looked at once for all trees.

    Leaves are bits from left to right, trees are bytes. Where a feature exceeds a threshold, the leaves that lie where
    it is not above are out of reach; when all features are told, the leftmost leaf left of each tree is its answer.
    """

    start: float
    features: dict[str, Feature]
    all_reached: int
    below_zero: dict[str, int]  # features that exceed a threshold even as 0, which is what one not given is
    answers: tuple[tuple[float, ...], ...]  # of each tree, by its leaves


@lru_cache
def trees(name: str) -> Trees:
    """The grown trees of a decision; FileNotFoundError where it was never grown."""
    with (FOLDER / f"{name}.json").open(encoding="utf-8") as file:
        raw = json.load(file)
    lost: list[list[tuple[float, int]]] = [[] for _ in raw["features"]]
    answers = tuple(_leaves(tree, at * LEAVES, lost) for at, tree in enumerate(raw["trees"]))
    all_reached = (1 << len(answers) * LEAVES) - 1
    features = {name: _feature(all_reached, nodes) for name, nodes in zip(raw["features"], lost, strict=True)}
    below_zero = {
        name: feature.left[exceeded]
        for name, feature in features.items()
        if (exceeded := bisect_left(feature.thresholds, 0.0))
    }
    return Trees(raw["start"], features, all_reached, below_zero, answers)


def _leaves(tree: Any, first: int, lost: list[list[tuple[float, int]]]) -> tuple[float, ...]:
    """The answers of a tree whose first leaf is the bit `first`; adds to `lost` what exceeding each threshold loses."""
    if type(tree) is not list:
        return (float(tree),)
    feature, threshold, not_above, above = tree
    left = _leaves(not_above, first, lost)
    lost[feature].append((threshold, ((1 << len(left)) - 1) << first))
    found = left + _leaves(above, first + len(left), lost)
    if len(found) > LEAVES:
        raise ValueError(f"a tree has more than {LEAVES} leaves")
    return found


def _feature(all_reached: int, nodes: list[tuple[float, int]]) -> Feature:
    """A feature by its thresholds, each with the leaves that are lost when it is exceeded."""
    left = [all_reached]
    for _, lost in sorted(nodes):
        left.append(left[-1] & ~lost)
    return Feature(tuple(sorted(threshold for threshold, _ in nodes)), tuple(left))


def climb(name: str, features: Mapping[str, float]) -> float:
    """Probability of yes, 0 to 1; a feature that is not given is 0."""
    start, known, reached, below_zero, answers = trees(name)
    for feature, left_at_zero in below_zero.items():
        if feature not in features:
            reached &= left_at_zero
    for feature, value in features.items():
        if (found := known.get(feature)) is not None:
            thresholds, left = found
            reached &= left[bisect_left(thresholds, value)]
    leaves = reached.to_bytes(len(answers), "little").translate(LOWEST)
    score = start
    for leaf, answer in zip(leaves, answers, strict=True):
        score += answer[leaf]
    return 1 / (1 + exp(-score))


def logit(probability: float) -> float:
    """The logarithm of the odds, between -4.6 and 4.6: even steps where probabilities crowd at the ends.

    >>> logit(0.5)
    0.0
    """
    bounded = min(max(probability, 0.01), 0.99)
    return log(bounded / (1 - bounded))
