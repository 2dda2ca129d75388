"""What a run changed in the incidents: one row a column, its old and new value, and the article that brought it.

Rows are compared, never read again from the articles; what stays the same keeps its time of change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from pipeline.resolve.drafts import Draft
from pipeline.resolve.frames import INCIDENTS, frame
from pipeline.resolve.history import Succession

COMPARED = tuple(column for column in INCIDENTS if column not in ("incident_id", "changed_at"))


def incident_rows(
    named: Sequence[tuple[str, Draft]], left: Mapping[str, pl.DataFrame], now: datetime, run_id: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of `incidents` and of `incident_changes` for drafts with their ids.

    `left` holds the last run's `incidents` and `memberships` that are made anew.
    """
    before = {row["incident_id"]: row for row in left["incidents"].iter_rows(named=True)}
    members = left["memberships"].group_by("incident_id").agg("article_id")
    held = {incident: set(articles) for incident, articles in members.iter_rows()}
    rows: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    for incident_id, draft in named:
        new, old = draft.record.values, before.get(incident_id)
        changed_at = now
        if old is not None:
            added = [article for article, *_ in draft.articles if article not in held.get(incident_id, ())]
            differing = [column for column in COMPARED if old[column] != new[column]]
            for column in differing:
                article = draft.record.sources.get(column) or (added[-1] if added else None)
                changed.append((incident_id, column, text(old[column]), text(new[column]), article, now, run_id))
            changed_at = now if differing else old["changed_at"]
        rows.append((incident_id, *(new[column] for column in COMPARED), changed_at))
    return frame("incidents", rows), frame("incident_changes", changed)


def text(value: object) -> str | None:
    """A value as a reader of the changes sees it: dates in ISO form, lists joined by commas, NULL for nothing."""
    if isinstance(value, list):
        return ", ".join(value) or None
    return None if value is None else str(value)


def aliases(
    succession: Succession, named: Sequence[tuple[str, Draft]], memberships: pl.DataFrame, now: datetime
) -> pl.DataFrame:
    """The aliases that this run makes, each with the evidence by which its readings met those of the other."""
    told = memberships.group_by("incident_id").agg("reading_id")
    readings = {incident: frozenset(members) for incident, members in told.iter_rows()}
    drafts = dict(named) if succession.merged else {}
    rows = []
    for old, living in succession.merged.items():
        met = (
            words
            for absorbed, words in drafts[living].joins
            if bool(absorbed & readings[old]) != bool(absorbed & readings.get(living, frozenset()))
        )
        rows.append((old, living, f"one incident: {next(met, 'its articles now tell of this one')}", now))
    return frame("incident_aliases", rows)


def redirected(history: pl.DataFrame, succession: Succession) -> pl.DataFrame:
    """Earlier rows under the ids that live on; those of incidents that have ended are left out."""
    living = history.filter(~pl.col("incident_id").is_in(list(succession.ended)))
    return living.with_columns(pl.col("incident_id").replace(dict(succession.merged)))
