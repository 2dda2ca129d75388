"""Which refusals still hold: a reject of a file is closed when the file is mended, and opened when it is broken again.

Chunks never change, so what became of a reject stands in later chunks; the last word counts.
"""

from collections.abc import Sequence

import polars as pl

from pipeline.ingest.batch import CLOSING, CLOSINGS
from pipeline.lake import Chunk
from schemas.articles import RejectClosing
from schemas.tables import dtypes

PLACE = pl.col("place").str.splitn("#", 2).struct.field("field_0").alias("place")


class Open:
    """The rejects of ingest that stand, found by where they stood: `day.jsonl` for `day.jsonl#L12`."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._closed = set(closed(chunks)["reject_id"])
        # Rejects by refusal alone: those by a schema are of articles that were taken, and stay.
        stood = [
            chunk.read("sources")
            .select(PLACE, reject_id=pl.concat_str(pl.lit("x"), pl.col("digest").str.slice(1)))
            .join(chunk.read("rejects").select("reject_id"), on="reject_id", how="semi")
            for chunk in chunks
            if chunk.rows("rejects")
        ]
        self._stood = pl.concat(stood) if stood else None
        self._places = set() if self._stood is None else set(self._stood["place"])

    def at(self, place: str) -> set[str]:
        """The ids of the rejects that stand at a place, a file or an address."""
        if place not in self._places or self._stood is None:
            return set()
        return {*self._stood.filter(pl.col("place") == place)["reject_id"]} - self._closed

    def again(self, reject: str) -> bool:
        """Whether this reject was closed; from now on it stands."""
        was_closed = reject in self._closed
        self._closed.discard(reject)
        return was_closed


def closed(chunks: Sequence[Chunk]) -> pl.DataFrame:
    """The closings (`schemas.articles.RejectClosing`) of the rejects that no longer hold."""
    told = [chunk.read(CLOSINGS) for chunk in chunks if CLOSINGS in chunk.tables and chunk.rows(CLOSINGS)]
    last = (
        pl.concat([pl.DataFrame(schema=CLOSING), *told])
        .sort("at", "is_open")
        .unique("reject_id", keep="last", maintain_order=True)
    )
    found = last.filter(~pl.col("is_open")).select("reject_id", resolved_at="at").sort("reject_id")
    return found.cast({"resolved_at": dtypes(RejectClosing)["resolved_at"]})
