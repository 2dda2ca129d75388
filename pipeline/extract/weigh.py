"""Small linear models that weigh evidence: weights in, probabilities out.

Evidence is a list of (slot, value) pairs, such as ("left", "stolen"). The weights of each decision lie in
`weights/<name>.json`, fitted by `python -m pipeline.train`; unknown evidence weighs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from math import exp
from pathlib import Path
from sys import intern
from typing import NamedTuple

FOLDER = Path(__file__).parent / "weights"

Evidence = list[tuple[str, str]]


class Weights(NamedTuple):
    """A multinomial logistic regression: the evidence that weighs anything, with one weight a label."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    rows: dict[tuple[str, str], tuple[float, ...]]


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
    return Weights(tuple(raw["labels"]), tuple(raw["bias"]), rows)


def level(probability: float) -> str:
    """A probability as evidence for the next model: its tenth, "0" to "9"."""
    return str(min(9, int(probability * 10)))


def weigh(name: str, evidence: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Probability of each label, given the evidence; they add up to 1."""
    model = weights(name)
    known = filter(None, map(model.rows.get, evidence))  # hundreds of pairs: no loop in Python
    scores = [sum(column) for column in zip(model.bias, *known, strict=True)]
    top = max(scores)
    odds = [exp(s - top) for s in scores]
    total = sum(odds)
    return {label: o / total for label, o in zip(model.labels, odds, strict=True)}
