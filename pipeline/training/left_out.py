"""What a model says of the articles that it was not fitted to: cross-validation by whole articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sklearn.model_selection import GroupKFold, cross_val_predict

FOLDS = 4
T = TypeVar("T")


def left_out(model: Any, rows: Any, answers: Any, docs: Sequence[str], weights: Any) -> Any:
    """The odds of each answer for each row, (rows, answers), by a model that had left out the row's article.

    `weights` are those of the rows.
    """
    return cross_val_predict(
        model,
        rows,
        answers,
        groups=docs,
        cv=GroupKFold(FOLDS),
        method="predict_proba",
        params={"sample_weight": weights},
    )


def by_article(docs: Sequence[str], odds: Iterable[T]) -> dict[str, list[T]]:
    """What was said of each article, in the order of its rows."""
    found: dict[str, list[T]] = {}
    for doc, one in zip(docs, odds, strict=True):
        found.setdefault(doc, []).append(one)
    return found
