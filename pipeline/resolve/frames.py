"""The frames that resolution gives: the published tables as the contract lists them, and the state for the next run.

Only columns and dtypes; the models in `schemas` check the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

TEXT, COUNT, NUMBER, DAY, TIME, FLAG = (
    pl.String(),
    pl.Int64(),
    pl.Float64(),
    pl.Date(),
    pl.Datetime("us"),
    pl.Boolean(),
)
_NUMBER_OF = pl.Int32()

INCIDENTS: dict[str, pl.DataType] = {
    "incident_id": TEXT,
    "title": TEXT,
    "organization": TEXT,
    "action": TEXT,
    "action_variety": TEXT,
    "actor": TEXT,
    "actor_name": TEXT,
    "occurred_from": DAY,
    "occurred_to": DAY,
    "discovered_on": DAY,
    "disclosed_on": DAY,
    "people_affected": COUNT,
    "people_affected_low": COUNT,
    "people_affected_high": COUNT,
    "records_exposed": COUNT,
    "records_exposed_low": COUNT,
    "records_exposed_high": COUNT,
    "data_types": pl.List(pl.String()),
    "exposure_status": TEXT,
    "discovery_method": TEXT,
    "sector": TEXT,
    "country": TEXT,
    "article_count": _NUMBER_OF,
    "publisher_count": _NUMBER_OF,
    "first_reported_on": DAY,
    "last_reported_on": DAY,
    "confidence": NUMBER,
    "changed_at": TIME,
}
DTYPES: dict[str, dict[str, pl.DataType]] = {
    "incidents": INCIDENTS,
    "incident_articles": {
        "incident_id": TEXT,
        "article_id": TEXT,
        "is_main": FLAG,
        "relation": TEXT,
        "confidence": NUMBER,
    },
    "incident_aliases": {"old_incident_id": TEXT, "incident_id": TEXT, "reason": TEXT, "merged_at": TIME},
    "incident_candidates": {"incident_id": TEXT, "other_incident_id": TEXT, "score": NUMBER, "evidence": TEXT},
    "incident_changes": {
        "incident_id": TEXT,
        "field": TEXT,
        "old": TEXT,
        "new": TEXT,
        "article_id": TEXT,
        "changed_at": TIME,
        "run_id": TEXT,
    },
    "reconciliations": {
        "incident_id": TEXT,
        "measure": TEXT,
        "subject": TEXT,
        "figure_count": _NUMBER_OF,
        "article_count": _NUMBER_OF,
        "low": NUMBER,
        "best": NUMBER,
        "high": NUMBER,
        "status": TEXT,
        "explanation": TEXT,
    },
    "reading_incidents": {"reading_id": TEXT, "incident_id": TEXT},
    # State: why each reading is where it is, and what each incident was made from.
    "memberships": {
        "reading_id": TEXT,
        "article_id": TEXT,
        "incident_id": TEXT,
        "is_main": FLAG,
        "score": NUMBER,
        "evidence": TEXT,
    },
    "foundations": {
        "incident_id": TEXT,
        "home": TEXT,
        "fingerprint": TEXT,
        "founding_reading_id": TEXT,
        "founded_at": TIME,
    },
}
KEYS: dict[str, tuple[str, ...]] = {
    "incidents": ("incident_id",),
    "incident_articles": ("incident_id", "article_id"),
    "incident_aliases": ("old_incident_id",),
    "incident_candidates": ("incident_id", "other_incident_id"),
    "incident_changes": ("incident_id", "field", "changed_at"),
    "reconciliations": ("incident_id", "measure", "subject", "status", "explanation"),
    "reading_incidents": ("reading_id",),
    "memberships": ("reading_id",),
    "foundations": ("incident_id",),
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every frame of DTYPES by name, sorted by key, and what a reader of the run should know, in words.

    The next run takes `frames` as its previous state. `resolved` counts the readings that were resolved anew.
    """

    frames: Mapping[str, pl.DataFrame]
    notes: tuple[str, ...]
    resolved: int


def frame(name: str, rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    """Rows in the order of a table's columns as a frame of its dtypes."""
    return pl.DataFrame(list(rows), schema=DTYPES[name], orient="row")


def carried(name: str, before: pl.DataFrame | None) -> pl.DataFrame:
    """A table as an earlier version may have left it, with today's columns: a column that it lacked is NULL."""
    return frame(name, ()) if before is None else pl.concat([frame(name, ()), before], how="diagonal")


def joined(name: str, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Parts of one table as one frame, sorted by its key, each key once (that of the first part)."""
    whole = pl.concat([frame(name, ()), *(part.select(list(DTYPES[name])) for part in parts)])
    return whole.unique(list(KEYS[name]), keep="first", maintain_order=True).sort(list(KEYS[name]))
