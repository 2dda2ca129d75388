"""An evaluation kept as JSON lines, and what a later one gained and lost against it.

One line a finding. Only articles that both runs scored are compared, and labels that both knew.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.evaluate.counts import Finding


class Change(NamedTuple):
    """A label `gained` or `lost`, or a row that is `newly wrong` or `no longer wrong`."""

    change: str
    finding: Finding


def save(findings: Iterable[Finding], path: Path) -> None:
    """Write the findings, one JSON object a line."""
    lines = (json.dumps(finding._asdict(), ensure_ascii=False) + "\n" for finding in findings)
    path.write_text("".join(lines), encoding="utf-8")


def load(path: Path) -> list[Finding]:
    """Findings that `save` wrote; ValueError with the line where one cannot be read."""
    findings = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line:
            try:
                findings.append(Finding(**json.loads(line)))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path}, line {number}: no finding of an evaluation ({error})") from error
    return findings


def changes(before: Sequence[Finding], now: Sequence[Finding]) -> list[Change]:
    """What changed, sorted by part and article: first what concerns labels, then rows."""
    docs = {finding.doc for finding in before} & {finding.doc for finding in now}
    return sorted(
        [*_labels(_of(before, docs), _of(now, docs)), *_rows(_of(before, docs), _of(now, docs))],
        key=lambda change: (change.finding[:2], ORDER.index(change.change), change.finding),
    )


ORDER = ("gained", "lost", "newly wrong", "no longer wrong")


def _of(findings: Iterable[Finding], docs: set[str]) -> list[Finding]:
    return [finding for finding in findings if finding.doc in docs]


def _labels(before: Iterable[Finding], now: Iterable[Finding]) -> Iterator[Change]:
    earlier = {_key(finding): finding.outcome for finding in before if finding.outcome != "wrong"}
    for finding in now:
        outcomes = (earlier.get(_key(finding)), finding.outcome)
        if outcomes == ("missed", "right"):
            yield Change("gained", finding)
        elif outcomes == ("right", "missed"):
            yield Change("lost", finding)


def _rows(before: Iterable[Finding], now: Iterable[Finding]) -> Iterator[Change]:
    # The same row can be wrong twice: two incidents of one custodian.
    earlier = Counter(finding for finding in before if finding.outcome == "wrong")
    later = Counter(finding for finding in now if finding.outcome == "wrong")
    yield from (Change("newly wrong", finding) for finding in (later - earlier).elements())
    yield from (Change("no longer wrong", finding) for finding in (earlier - later).elements())


def _key(finding: Finding) -> tuple[str, str, int, int, str]:
    return finding.part, finding.doc, finding.start, finding.end, finding.what
