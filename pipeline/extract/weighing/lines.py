"""Logistic regression over a few numbers: for decisions that weigh what earlier models say.

The slopes of each decision lie in `weights/<name>.json`, fitted by `python -m pipeline.training`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import exp

from pipeline.extract.weighing.weigh import FOLDER


@lru_cache
def line(name: str) -> tuple[float, dict[str, float]]:
    """The fitted line of a decision: where it starts, and its slope for each number; FileNotFoundError if unfitted."""
    with (FOLDER / f"{name}.json").open(encoding="utf-8") as file:
        raw = json.load(file)
    return raw["start"], raw["slopes"]


def rise(name: str, numbers: Mapping[str, float]) -> float:
    """Probability of yes, 0 to 1; every number of the decision must be given."""
    start, slopes = line(name)
    return 1 / (1 + exp(-(start + sum(slope * numbers[number] for number, slope in slopes.items()))))
