"""Measures how often rows of each probability are right, and writes the curves that confidence is corrected by.

Every article is read by models that were fitted without it; what is right, `pipeline.evaluate` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.counts import Judged
from pipeline.evaluate.labels import ArticleLabels, LabelledArticle
from pipeline.evaluate.predictions import ArticleRows
from pipeline.evaluate.reading import from_extractor
from pipeline.evaluate.scoring import score
from pipeline.extract.rows import figure_curve
from pipeline.extract.weighing import confidence, lines, trees, weigh
from pipeline.extract.weighing.trees import logit
from pipeline.training.decisions import fit_all
from pipeline.training.examples import Read
from pipeline.training.saving import save

FILE = weigh.FOLDER / "confidence.json"
FOLDS = 3
GRID = tuple(round(0.02 + 0.06 * step, 2) for step in range(17))  # probabilities at which a curve is written
LEAST_ROWS = 30  # a kind with fewer rows keeps what its model says


def calibrate(read: Sequence[Read], articles: Mapping[str, LabelledArticle]) -> None:
    """Write the curves of every kind of row; leaves the weights of the last fold behind, so fit again afterwards."""
    FILE.unlink(missing_ok=True)
    true = [r for r in read if not r.is_extra]
    judged: list[Judged] = []
    for fold in range(FOLDS):
        left_out = {r.doc: r.labels for r in true[fold::FOLDS]}
        fit_all([r for r in read if r.doc not in left_out])
        _forget()
        texts = {doc: articles[doc] for doc in left_out}
        judged += _judged(from_extractor(texts), left_out, texts)
    kinds = sorted({row.kind for row in judged})
    rows = {kind: [row for row in judged if row.kind == kind] for kind in kinds}
    curves = {kind: _curve(members) for kind, members in rows.items() if len(members) >= LEAST_ROWS}
    save("confidence", curves)
    print("calibrated on", ", ".join(f"{len(members)} {kind}" for kind, members in rows.items()), flush=True)
    _forget()


def _judged(
    read: Mapping[str, ArticleRows], labels: Mapping[str, ArticleLabels], articles: Mapping[str, LabelledArticle]
) -> Iterator[Judged]:
    """Every row with what it claims and whether it is right, by the name of the curve that corrects it."""
    for reported in (True, False):
        some = {doc: label for doc, label in labels.items() if bool(read[doc].incidents) is reported}
        for row in score(read, some, articles).judged:
            yield row._replace(kind=figure_curve(reported=reported)) if row.kind == "figures" else row


def _curve(rows: Sequence[Judged]) -> list[tuple[float, float]]:
    """Points of claimed and measured probability on the logistic curve that fits best, but never surer than the model.

    The rules were written with labelled articles in sight, so these are read a little better than unseen ones.
    """
    right = np.array([row.right for row in rows])
    if right.all() or not right.any():
        return [(0.0, float(right.mean())), (1.0, float(right.mean()))]
    model = LogisticRegression(C=1.0).fit([[logit(row.confidence)] for row in rows], right)
    slope, offset = max(0.0, float(model.coef_[0][0])), float(model.intercept_[0])
    measured = [round(1 / (1 + exp(-(slope * logit(p) + offset))), 4) for p in GRID]
    if not slope:  # what the model says tells nothing of whether such a row is right
        return list(zip(GRID, measured, strict=True))
    return [(p, min(p, right)) for p, right in zip(GRID, measured, strict=True)]


def _forget() -> None:
    """Let the reader take the weights anew that lie in the folder now."""
    weigh.weights.cache_clear()
    trees.trees.cache_clear()
    lines.line.cache_clear()
    confidence.points.cache_clear()
