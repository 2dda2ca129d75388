"""What of a ledger deserves a look: the newest incidents, and where their sources contradict each other.

Rows in the words of a reader, for whoever shows them; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipeline.resolve.quantities import Amount
from schemas.vocabulary import ReconciliationStatus

NEWEST, MOST_CONFLICTS = 10, 100
CONTRADICTING = (ReconciliationStatus.CONFLICTING.value, ReconciliationStatus.DOES_NOT_ADD_UP.value)
LAST_KNOWN = pl.coalesce("last_reported_on", "disclosed_on", "occurred_to")
ORDER = (LAST_KNOWN, "article_count", "incident_id")


def newest(frames: Mapping[str, pl.DataFrame]) -> list[dict[str, object]]:
    """The incidents that were reported last, latest first."""
    latest = frames["incidents"].sort(ORDER, descending=[True, True, False], nulls_last=True).head(NEWEST)
    return [
        {
            "incident": row["title"],
            "last reported": row["last_reported_on"],
            "articles": row["article_count"],
            "people": _amount(row, "people_affected"),
            "records": _amount(row, "records_exposed"),
            "confidence": row["confidence"],
            "id": row["incident_id"],
        }
        for row in latest.iter_rows(named=True)
    ]


def conflicts(frames: Mapping[str, pl.DataFrame]) -> list[dict[str, object]]:
    """What sources say that cannot all be true, and sums that miss their total; of the newest incidents first."""
    found = (
        frames["reconciliations"]
        .filter(pl.col("status").is_in(CONTRADICTING))
        .join(
            frames["incidents"].select("incident_id", "title", "article_count", last_reported_on=LAST_KNOWN),
            on="incident_id",
        )
    )
    by = ("last_reported_on", "incident_id", "measure", "subject", "explanation")
    found = found.sort(by, descending=[True, *[False] * 4], nulls_last=True).head(MOST_CONFLICTS)
    return [
        {
            "incident": row["title"],
            "of": f"{row['measure'].replace('_', ' ')}: {row['subject']}",
            "in words": row["explanation"],
            "id": row["incident_id"],
        }
        for row in found.iter_rows(named=True)
    ]


def _amount(row: Mapping[str, int | None], column: str) -> str:
    """A count of an incident as it is told, "" where none is known."""
    found = [row[name] for name in (column, f"{column}_low", f"{column}_high")]
    value, low, high = (None if number is None else float(number) for number in found)
    return "" if value is low is high is None else str(Amount(value, low, high))
