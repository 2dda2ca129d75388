"""What an evaluation counts: labels found and missed, rows right and wrong, and the pairing between them.

What makes a row right does not belong here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, NamedTuple, Protocol, TypeVar

from pipeline.extract.text.findings import Span


class Tally(NamedTuple):
    """How many rows were right, how many were predicted, how many the labels hold."""

    hit: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted rows that are right, 0 to 1."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the labels that were found, 0 to 1."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Share(NamedTuple):
    """Of how many main incidents that were found a field is right."""

    hit: int
    of: int

    @property
    def accuracy(self) -> float:
        """Share that is right, 0 to 1."""
        return self.hit / self.of if self.of else 0.0


class Finding(NamedTuple):
    """A label that was found (`right`) or not (`missed`), or a row that no label bears out (`wrong`)."""

    part: str
    doc: str
    outcome: str
    start: int  # in the labelled text; -1 for what has no place of its own: an article, an incident
    end: int
    what: str


class Judged(NamedTuple):
    """The probability that a row claims for itself, and whether it is right."""

    kind: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one evaluation and what they are made of."""

    tallies: dict[str, Tally]  # by part, sorted
    shares: dict[str, Share]  # by field of the main incidents, sorted
    labelled: int
    missing: int  # labelled articles that were not read at all
    findings: tuple[Finding, ...]
    judged: tuple[Judged, ...]


class Named(Protocol):
    """Something that lists of findings can name."""

    @property
    def what(self) -> str:
        """Its name, in one line."""


T = TypeVar("T", bound=Named, covariant=True)
L = TypeVar("L", bound=Named)
R = TypeVar("R", bound=Named)


class Placed(NamedTuple, Generic[T]):
    """A label or a row, and where it stands in the labelled text."""

    span: Span
    item: T


Right = Callable[[Placed[L], Placed[R]], bool]


class Book:
    """Counts, kept article by article."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}
        self.shares: dict[str, Share] = {}
        self.findings: list[Finding] = []
        self.judged: list[Judged] = []

    def tally(self, part: str, hit: int, predicted: int, gold: int) -> None:
        """Add to the counts of a part."""
        so_far = self.tallies.get(part, Tally(0, 0, 0))
        self.tallies[part] = Tally(so_far.hit + hit, so_far.predicted + predicted, so_far.gold + gold)

    def share(self, field: str, right: bool) -> None:
        """Count one main incident's field."""
        so_far = self.shares.get(field, Share(0, 0))
        self.shares[field] = Share(so_far.hit + right, so_far.of + 1)

    def pair(
        self, part: str, doc: str, labels: Sequence[Placed[L]], rows: Sequence[Placed[R]], right: Right[L, R]
    ) -> set[int]:
        """Pair, tally and list one part of one article; the indexes of the rows that are right."""
        pairs = _pairs(labels, rows, right)
        found, borne_out = {i for i, _ in pairs}, {j for _, j in pairs}
        self.tally(part, len(pairs), len(rows), len(labels))
        for i, (span, label) in enumerate(labels):
            self.findings.append(Finding(part, doc, "right" if i in found else "missed", *span, label.what))
        for j, (span, row) in enumerate(rows):
            if j not in borne_out:
                self.findings.append(Finding(part, doc, "wrong", *span, row.what))
        return borne_out

    def report(self, labelled: int, missing: int) -> Report:
        """The book closed."""
        return Report(
            dict(sorted(self.tallies.items())),
            dict(sorted(self.shares.items())),
            labelled,
            missing,
            tuple(self.findings),
            tuple(self.judged),
        )


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _pairs(labels: Sequence[Placed[L]], rows: Sequence[Placed[R]], right: Right[L, R]) -> list[tuple[int, int]]:
    """Indexes of labels with their rows, one to one: the longest overlap first, then the earliest label and row."""
    candidates = sorted(
        (-shared, i, j)
        for (i, label), (j, row) in product(enumerate(labels), enumerate(rows))
        if (shared := overlap(label.span, row.span)) and right(label, row)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())
