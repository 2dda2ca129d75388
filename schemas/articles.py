"""What came in, what was refused and when: articles, rejects, pipeline_runs.

What is read from the articles stands in `readings`, what is found across them in `incidents`.
"""

import datetime as dt

import pandera.polars as pa
import polars as pl

from schemas.base import Row, code, key, link, optional, ordered, rule, words
from schemas.vocabulary import Basis, Stage


class IngestedArticle(Row):
    """An article as ingest leaves it in the lake: cleaned once, its offsets hold from here on."""

    article_id: str = key("stable id of the article: the same text gives the same id")
    source_uri: str = words("where the article came from")
    title: str = words("headline, as delivered", nullable=True)
    publisher: str = words("who published it", nullable=True)
    author: str = words("who wrote it", nullable=True)
    published_on: dt.date = optional("day of publication")
    published_on_basis: str = code(Basis, "where the day of publication comes from", nullable=True)
    language: str = pa.Field(str_matches=r"^[a-z]{2,3}$", description="ISO 639 code of the text's language")
    text: str = words("the text that every offset counts in")
    char_count: int = pa.Field(ge=1, description="length of the text in Unicode code points")
    duplicate_of: str = words("the article that this one repeats, exactly or nearly", nullable=True)
    superseded_by: str = words("the article that holds a later text of the same source", nullable=True)
    batch: str = words("the batch of files that it came in with")
    ingested_at: pl.Datetime = pa.Field(description="when it was first taken in, UTC")

    count_is_length = rule("count_is_length", "char_count = length(text)", "char_count is the length of the text")
    day_has_basis = rule(
        "day_has_basis",
        "(published_on IS NULL) = (published_on_basis IS NULL)",
        "a day of publication says where it comes from",
    )
    published_before_ingested = rule(
        "published_before_ingested", "published_on <= CAST(ingested_at AS DATE)", "no publication after ingestion"
    )
    repeats_another = rule(
        "repeats_another", "article_id <> duplicate_of AND article_id <> superseded_by", "no article repeats itself"
    )

    class Config:
        name = "articles"
        unique = ("article_id",)


class Article(IngestedArticle):
    """Every article that was read, whether or not it reports an incident."""

    reports_incident: bool = pa.Field(description="the article reports a data exposure incident")

    class Config:
        name = "articles"


class Reject(Row):
    """Every file, line or row that was refused, with the reason."""

    reject_id: str = key("stable id of the reject")
    source_uri: str = words("where the refused thing came from")
    article_id: str = words("the article that it belongs to, published or not", nullable=True)
    stage: str = code(Stage, "the stage that refused it")
    table_name: str = words("the table that it was meant for", nullable=True)
    column_name: str = words("the column at fault, if one is", nullable=True)
    check_name: str = words("the check that failed")
    failure: str = words("what is wrong, with the value")
    record: str = pa.Field(nullable=True, description="the whole row as JSON", metadata={"sql": "JSON"})
    rejected_at: pl.Datetime = pa.Field(description="when it was refused, UTC")
    resolved_at: pl.Datetime = optional("when a later run took what had been refused here, mended; UTC")

    class Config:
        name = "rejects"
        unique = ("reject_id",)


class PipelineRun(Row):
    """Every run that published a snapshot."""

    run_id: str = words("id of the run")
    started_at: pl.Datetime = pa.Field(description="when the run started, UTC")
    finished_at: pl.Datetime = pa.Field(description="when its snapshot was proved and ready, UTC")
    extractor: str = words("name of the extractor")
    extractor_version: str = words("version of the extractor")
    contract_version: str = words("version of the data contract")
    snapshot_id: str = words("the snapshot that it published, made from the content")
    duckdb_version: str = words("version of DuckDB that wrote the file")
    articles_new: int = pa.Field(ge=0, description="articles that the snapshot before did not hold")
    articles_total: int = pa.Field(ge=0, description="articles in the snapshot")
    figures_total: int = pa.Field(ge=0, description="figures in the snapshot")
    incidents_total: int = pa.Field(ge=0, description="incidents in the snapshot")
    rejects_total: int = pa.Field(ge=0, description="rejects in the snapshot")

    time_forward = ordered("started_at", "finished_at", "time runs forward")

    class Config:
        name = "pipeline_runs"
        unique = ("run_id",)


class RejectClosing(Row):
    """A reject that no longer holds: what was refused has been mended and taken."""

    reject_id: str = key("the reject")
    resolved_at: pl.Datetime = pa.Field(description="when the mended thing was taken, UTC")

    class Config:
        name = "reject_closings"
        unique = ("reject_id",)


class ArticleLink(Row):
    """What resolve finds about an article among the others; it overrides what ingest knew."""

    article_id: str = link("articles", "the article")
    duplicate_of: str = words("the article that this one repeats, exactly or nearly", nullable=True)
    superseded_by: str = words("the article that holds a later text of the same source", nullable=True)

    class Config:
        name = "article_links"
        unique = ("article_id",)
