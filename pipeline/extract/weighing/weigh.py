"""Small linear models that weigh evidence: weights in, probabilities out.

Evidence is a list of (slot, value) pairs, such as ("left", "stolen"). The weights of each decision lie in
`weights/<name>.json`, fitted by `python -m pipeline.training`; unknown evidence weighs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from math import exp
from pathlib import Path
from sys import intern
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "weights"

Evidence = list[tuple[str, str]]


class Weights(NamedTuple):
    """A multinomial logistic regression: the evidence that weighs anything, with one weight a label.

    Of two labels only the second weighs, by what it has more than the first: `lean`. Of more, `rows` hold all.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    lean: dict[tuple[str, str], float]
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
    lean = {pair: row[1] - row[0] for pair, row in rows.items()} if len(raw["labels"]) == 2 else {}
    return Weights(tuple(raw["labels"]), tuple(raw["bias"]), lean, {} if lean else rows)


def level(probability: float) -> str:
    """A probability as evidence for the next model: its tenth, "0" to "9"."""
    return str(min(9, int(probability * 10)))


def weigh(name: str, evidence: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Probability of each label, given the evidence; they add up to 1."""
    labels, bias, lean, rows = weights(name)
    # Evidence is hundreds of pairs: no loop in Python.
    if lean:
        scores = [0.0, sum(filter(None, map(lean.get, evidence)), bias[1] - bias[0])]
    else:
        scores = [sum(column) for column in zip(bias, *filter(None, map(rows.get, evidence)), strict=True)]
    top = max(scores)
    odds = [exp(s - top) for s in scores]
    total = sum(odds)
    return {label: o / total for label, o in zip(labels, odds, strict=True)}
