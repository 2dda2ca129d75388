"""Confidence as a measured probability: what the models say, corrected by how often they were right.

`weights/confidence.json` holds, for each kind of row, points of predicted and measured probability, fitted by
`python -m pipeline.training`; between them the line is straight.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import lru_cache

from pipeline.extract.weighing.weigh import FOLDER


def calibrated(kind: str, probability: float) -> float:
    """The share of rows of this kind and probability that were right, 0 to 1, to three digits."""
    curve = points().get(kind)
    if not curve:
        return round(min(1.0, max(0.0, probability)), 3)
    at = bisect_right(curve, (probability, 2.0))
    if at == 0:
        return round(curve[0][1], 3)
    if at == len(curve):
        return round(curve[-1][1], 3)
    (x0, y0), (x1, y1) = curve[at - 1], curve[at]
    return round(y0 + (y1 - y0) * (probability - x0) / (x1 - x0), 3)


@lru_cache
def points() -> dict[str, list[tuple[float, float]]]:
    """For each kind of row the points of its curve, claimed before measured, rising."""
    path = FOLDER / "confidence.json"
    if not path.exists():
        return {}
    raw = json.loads(path.read_text("utf-8"))
    return {kind: [(float(x), float(y)) for x, y in points] for kind, points in raw.items()}
