"""How far the published confidence can be believed: of the rows that claim 0.8, are eight in ten right?

Rows are put in ten bins by the confidence that they claim; the expected calibration error is the mean distance
between what a bin claims and its share right, weighted by its rows. Which rows are right, `scoring` says.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.evaluate.counts import Judged

BINS = 10
HEADER = ("kind", "from", "to", "rows", "claimed", "right")


class Bin(NamedTuple):
    """Rows of one kind whose confidence lies in [low, high); the last bin holds 1.0 too."""

    kind: str
    low: float
    high: float
    rows: int
    claimed: float  # their mean confidence
    right: float  # the share of them that is right


def reliability(judged: Iterable[Judged]) -> tuple[Bin, ...]:
    """The bins that hold rows, by kind and confidence."""
    members: defaultdict[tuple[str, int], list[Judged]] = defaultdict(list)
    for row in judged:
        members[row.kind, min(BINS - 1, int(row.confidence * BINS))].append(row)
    return tuple(
        Bin(
            kind,
            index / BINS,
            (index + 1) / BINS,
            len(rows),
            sum(row.confidence for row in rows) / len(rows),
            sum(row.right for row in rows) / len(rows),
        )
        for (kind, index), rows in sorted(members.items())
    )


def calibration_errors(bins: Sequence[Bin]) -> dict[str, float]:
    """Expected calibration error of each kind of row, 0 (as good as its word) to 1.

    >>> calibration_errors(reliability([Judged("figures", 0.9, True), Judged("figures", 0.9, False)]))
    {'figures': 0.4}
    """
    rows: defaultdict[str, int] = defaultdict(int)
    distance: defaultdict[str, float] = defaultdict(float)
    for found in bins:
        rows[found.kind] += found.rows
        distance[found.kind] += found.rows * abs(found.claimed - found.right)
    return {kind: round(distance[kind] / rows[kind], 4) for kind in sorted(rows)}


def csv(bins: Iterable[Bin]) -> str:
    """The bins as comma-separated values with a header."""
    lines = [HEADER, *((b.kind, b.low, b.high, b.rows, round(b.claimed, 4), round(b.right, 4)) for b in bins)]
    return "".join(",".join(map(str, line)) + "\n" for line in lines)


def markdown(bins: Sequence[Bin]) -> str:
    """The bins as a Markdown table, with the expected calibration error of each kind beneath."""
    lines = ["| kind | confidence | rows | claimed | right |", "| --- | --- | ---: | ---: | ---: |"]
    lines += [f"| {b.kind} | {b.low:.1f} to {b.high:.1f} | {b.rows} | {b.claimed:.3f} | {b.right:.3f} |" for b in bins]
    errors = [f"- {kind}: {error:.4f}" for kind, error in calibration_errors(bins).items()]
    return "\n".join([*lines, "", "Expected calibration error:", "", *errors, ""])
