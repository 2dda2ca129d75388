"""Which article a later text of the same source has taken the place of, over all articles of the lake.

The same source is the same address, the same file, or the same id in a file. Nothing is compared here but times.
"""

from collections.abc import Sequence

import polars as pl

from pipeline.ingest.batch import FINGERPRINTS
from pipeline.lake import Chunk
from schemas.articles import ArticleLink
from schemas.tables import dtypes


def superseded(chunks: Sequence[Chunk]) -> pl.DataFrame:
    """The links (`schemas.articles.ArticleLink`) of the articles of these chunks that a later text supersedes."""
    chunks = [chunk for chunk in chunks if FINGERPRINTS in chunk.tables]
    if not chunks:
        return pl.DataFrame(schema=dtypes(ArticleLink))
    known = pl.scan_parquet([chunk.path("articles") for chunk in chunks], glob=False)
    came = pl.scan_parquet([chunk.path(FINGERPRINTS) for chunk in chunks], glob=False).filter(
        pl.col("source").is_not_null()
    )
    versions = (
        came.filter(pl.col("source").is_duplicated())
        .select("article_id", "source", "arrival")
        .join(known.select("article_id", "duplicate_of", "published_on"), on="article_id")
        .sort("source", "arrival")
        # What came later is later, but where both days are known and say otherwise: an archive's older text.
        .with_columns(day=pl.coalesce("published_on", pl.col("published_on").cum_max().forward_fill().over("source")))
        .sort("source", "day", "arrival", nulls_last=False)
        .with_row_index("place")
    )
    # A text that others had before takes nobody's place: it has a place to stand itself.
    own = versions.filter(pl.col("duplicate_of").is_null())
    last = own.group_by("source").agg(superseded_by=pl.col("article_id").last(), until=pl.col("place").last())
    return (
        versions.join(last, on="source")
        .filter(pl.col("place") < pl.col("until"))
        .select("article_id", "duplicate_of", "superseded_by")
        .sort("article_id")
        .collect()
    )
