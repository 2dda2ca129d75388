"""What the charts of an incident draw: its figures and events as ranges, those that say the same as one bar.

`scale` knows where on the paper they lie; terminal and page draw them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pipeline.console.amounts import amount, days, number
from pipeline.console.incident import Dossier, Row
from pipeline.console.incident_words import line
from pipeline.console.scale import Scale, of_days, of_numbers
from schemas.vocabulary import Measure

MEASURES = [measure.value for measure in Measure]
SUMS = ("adds_up", "does_not_add_up")


@dataclass(frozen=True, slots=True)
class Bar:
    """A closed range, and its best value if it has one; an end that is None is open, and so drawn to the margin.

    `rows` say so, in the order of the articles; none where it is what all sources together allow.
    """

    label: str
    words: str
    low: float | None
    best: float | None
    high: float | None
    rows: Sequence[Row] = ()

    @property
    def known(self) -> list[float]:
        return [end for end in (self.low, self.best, self.high) if end is not None]


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars that share a scale. `name` is the measure, or "timeline"."""

    name: str
    unit: str
    scale: Scale
    bars: Sequence[Bar]


def figures(dossier: Dossier) -> list[Panel]:
    """A panel for each measure and unit, in the order in which the contract lists the measures."""
    panels = []
    for (measure, unit), rows in _grouped(dossier.found["figures"], ("measure", "unit")):
        bars = [
            Bar(line(same[0]["quote"]), _figure(same[0]), low, best, high, same)
            for (_, low, best, high), same in _grouped(rows, ("subject", "value_low", "value", "value_high"))
        ]
        # A comparison does not tell its unit; it is drawn where there is but one.
        if len({row["unit"] for row in dossier.found["figures"] if row["measure"] == measure}) == 1:
            bars += _together(dossier, measure, unit)
        scale = of_numbers((end for bar in bars for end in bar.known), partial(number, unit=unit))
        panels.append(Panel(measure, unit, scale, bars))
    return sorted(panels, key=lambda panel: MEASURES.index(panel.name))


def timeline(dossier: Dossier) -> Panel | None:
    """Events with a day and the days of publication, in order; None where no day is known."""
    bars = []
    for (kind, first, last), rows in _grouped(dossier.found["events"], ("kind", "date_from", "date_to")):
        if first is not None or last is not None:
            bars.append(Bar(kind.replace("_", " "), days(first, last), _ordinal(first), None, _ordinal(last), rows))
    for (day,), rows in _grouped(dossier.articles, ("published_on",)):
        if day is not None:
            bars.append(Bar("article published", str(day), _ordinal(day), None, _ordinal(day), rows))
    if not bars:
        return None
    bars.sort(key=lambda bar: (min(bar.known), max(bar.known), bar.label))
    return Panel("timeline", "day", of_days(end for bar in bars for end in bar.known), bars)


def _figure(row: Row) -> str:
    return amount(row["value_low"], row["value"], row["value_high"], row["unit"])


def _together(dossier: Dossier, measure: str, unit: str) -> list[Bar]:
    """What several sources leave possible, each subject for itself."""
    return [
        Bar(f"all: {line(row['subject'])}", amount(row["low"], row["best"], row["high"], unit), *ends)
        for row in dossier.reconciliations
        if row["measure"] == measure and row["status"] not in SUMS and row["figure_count"] > 1
        for ends in [(row["low"], row["best"], row["high"])]
        if ends != (None, None, None)
    ]


def _grouped(rows: Iterable[Row], columns: Sequence[str]) -> list[tuple[tuple[Any, ...], list[Row]]]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return list(groups.items())


def _ordinal(day: date | None) -> float | None:
    return None if day is None else float(day.toordinal())
