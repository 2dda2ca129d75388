"""Small linear models that weigh evidence: weights in, probabilities out.

Evidence is a list of (slot, value) pairs, such as ("left", "stolen"). The weights of each decision lie in
`weights/<name>.json`, fitted by `python -m pipeline.training`; unknown evidence weighs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from math import exp, sqrt
from pathlib import Path
from sys import intern
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "weights"

Evidence = list[tuple[str, str]]


class Weights(NamedTuple):
    """A multinomial logistic regression: the evidence that weighs anything, with one weight a label.

    Of two labels only the second weighs, by what it has more than the first: `lean`, by slot and value. Of more, `rows`
    hold all. Where all words of a text are evidence, a long one shall not be surer for its length:
    `by_length`.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    lean: dict[str, dict[str, float]]
    rows: dict[tuple[str, str], tuple[float, ...]]
    by_length: bool


@lru_cache
def weights(name: str) -> Weights:
    """The fitted weights of a decision; FileNotFoundError where it was never fitted."""
    with (FOLDER / f"{name}.json").open(encoding="utf-8") as file:
        raw = json.load(file)
    rows = {
        (intern(slot), intern(value)): tuple(row)
        for slot, values in raw["slots"].items()
        for value, row in values.items()
    }
    lean: dict[str, dict[str, float]] = {}
    if len(raw["labels"]) == 2:
        for (slot, value), row in rows.items():
            lean.setdefault(slot, {})[value] = row[1] - row[0]
    labels, bias, by_length = tuple(raw["labels"]), tuple(raw["bias"]), raw.get("by_length", False)
    return Weights(labels, bias, lean, {} if lean else rows, by_length)


def weigh(name: str, evidence: Collection[tuple[str, str]]) -> dict[str, float]:
    """Probability of each label, given the evidence; they add up to 1."""
    fitted = weights(name)
    if fitted.lean:
        said, lean = 0.0, fitted.lean
        for slot, value in evidence:
            known = lean.get(slot)
            if known is not None and value in known:
                said += known[value]
        return _of_two(fitted, said, len(evidence))
    told = filter(None, map(fitted.rows.get, evidence))
    return _odds(fitted.labels, [sum(column) for column in zip(fitted.bias, *told, strict=True)])


def weigh_words(name: str, words: Mapping[str, Collection[str]]) -> dict[str, float]:
    """Probability of each of two labels, given words by slot: what `weigh` says of their pairs, without making them."""
    fitted = weights(name)
    said = 0.0
    for slot, values in words.items():
        said = sum(filter(None, map(fitted.lean.get(slot, {}).get, values)), said)
    return _of_two(fitted, said, sum(map(len, words.values())))


def _of_two(fitted: Weights, said: float, count: int) -> dict[str, float]:
    """Probability of each of two labels, by what `count` pieces of evidence say for the second."""
    lean = said / sqrt(count or 1) if fitted.by_length else said
    return _odds(fitted.labels, [0.0, fitted.bias[1] - fitted.bias[0] + lean])


def _odds(labels: tuple[str, ...], scores: list[float]) -> dict[str, float]:
    """Scores as probabilities."""
    top = max(scores)
    odds = [exp(s - top) for s in scores]
    total = sum(odds)
    return {label: o / total for label, o in zip(labels, odds, strict=True)}
