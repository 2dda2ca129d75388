"""The assets in the order of the flow. Each calls one function of the stage below and says what came of it.

How a stage works is its own module's matter; which tables are published, `schemas.tables` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import dagster as dg

from pipeline import metadata, plot
from pipeline.evaluate.run import evaluate
from pipeline.extract import EXTRACTOR_VERSION
from pipeline.ingest.batch import KIND as ARTICLES
from pipeline.ingest.folder import NoFolder
from pipeline.inspection import Sample, opened, sample
from pipeline.lake import LakeError
from pipeline.publish import PublishError, Run, Snapshot
from pipeline.reading import KIND as READ
from pipeline.report import of_run
from pipeline.resolve.decisions import DecisionError
from pipeline.resources import FEEDS, NOT_VISITED, Clock, Progress, SettingsResource
from pipeline.settings import Settings
from pipeline.stages import (
    RESOLUTIONS,
    Hindered,
    NothingToPublish,
    glimpse,
    publish_all,
    read_new,
    resolve_all,
    take_in,
)
from schemas.tables import INGESTED, READINGS, TABLES, Table

INGEST = dg.AssetKey(["ingest", "articles"])
EXTRACT = dg.AssetKey(["extract", "readings"])
RESOLVE = dg.AssetKey(["resolve", "incidents"])
REPORT = dg.AssetKey(["report", "run"])
EXTRACTOR = "breach-ledger"
# Of the tables of a stage, the one that its asset shows.
TOLD = next(table for table in READINGS if table.name == "incident_readings")
MERGED = next(table for table in TABLES if table.name == "incidents")
# Only one run publishes at a time, among all that share this Dagster home.
POOL = "publish"
# A run that finds nothing new counts as well: what is published is then known to be what there is.
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=Settings.here().fresh_hours))
SAMPLED = 5
NO_LABELS = (
    "no labels: BREACH_LEDGER_LABELS names their folder, BREACH_LEDGER_LABELLED their articles; "
    "tests/gold/README.md says how to write them"
)


@dg.asset(
    key=INGEST,
    group_name="ingest",
    kinds={"parquet"},
    metadata={"dagster/column_schema": metadata.column_schema(INGESTED[0])},
)
def articles(
    context: dg.AssetExecutionContext, settings: SettingsResource, clock: Clock, progress: dg.ResourceParam[Progress]
) -> dg.MaterializeResult[None]:
    """Articles of the folder and the feeds that the lake had not seen; what cannot be an article is a reject."""
    visits = context.run.tags.get(FEEDS) != NOT_VISITED
    with _told():
        taken = take_in(settings, clock(), lambda done: progress("take in", done, None), with_feeds=visits)
    return dg.MaterializeResult(
        metadata={
            "articles_new": taken.articles,
            "duplicates": taken.duplicates,
            "known_already": taken.held,
            "rejects_new": taken.rejects.total(),
            "rejects_by_check": metadata.counts(taken.rejects, "check"),
            "files_passed_over": metadata.counts(taken.passed_over, "kind"),
            **_glimpse(settings, ARTICLES, "articles"),
        }
    )


@dg.asset(
    key=EXTRACT,
    deps=[INGEST],
    group_name="extract",
    kinds={"parquet"},
    code_version=EXTRACTOR_VERSION,
    metadata={"dagster/column_schema": metadata.column_schema(TOLD)},
)
def readings(
    settings: SettingsResource, clock: Clock, progress: dg.ResourceParam[Progress]
) -> dg.MaterializeResult[None]:
    """What this version of the extractor finds in each article: incidents (shown here), figures, dates, quotes ..."""
    with _told():
        done = read_new(settings, clock(), lambda now, total: progress("read", now, total))
    return dg.MaterializeResult(
        metadata={
            "articles_read": done.articles,
            "rows": metadata.counts(done.rows, "table"),
            "rejects_new": done.rejects.total(),
            "rejects_by_check": metadata.counts(done.rejects, "check"),
            "extractor_version": EXTRACTOR_VERSION,
            **_glimpse(settings, READ, TOLD.name),
        }
    )


@dg.asset(
    key=RESOLVE,
    deps=[EXTRACT],
    group_name="resolve",
    kinds={"parquet"},
    metadata={"dagster/column_schema": metadata.column_schema(MERGED)},
)
def incidents(
    context: dg.AssetExecutionContext, settings: SettingsResource, clock: Clock
) -> dg.MaterializeResult[None]:
    """The same incident across articles, its record, and what the sources say of each quantity."""
    with _told():
        resolved = resolve_all(settings, clock(), context.run.run_id)
    return dg.MaterializeResult(
        metadata={
            "readings_resolved": resolved.readings,
            "notes": metadata.records({"note": note} for note in resolved.notes),
            "newest": metadata.page(resolved.newest),
            "conflicts": metadata.page(resolved.conflicts),
            **_glimpse(settings, RESOLUTIONS, MERGED.name),
        }
    )


@contextmanager
def _told() -> Iterator[None]:
    """What a user can mend is told in its own words alone; anything else is our fault, and keeps its traces."""
    try:
        yield
    except (DecisionError, Hindered, LakeError, NoFolder, NothingToPublish, PublishError) as error:
        raise dg.Failure(str(error)) from error


def _glimpse(settings: SettingsResource, kind: str, table: str) -> dict[str, Any]:
    seen = glimpse(settings, kind, table, SAMPLED)
    return {
        "dagster/row_count": seen.total,
        "dagster/uri": str(settings.lake_folder / kind),
        "sample": metadata.rows(Sample(seen.some.columns, seen.some.rows())),
    }


def _spec(table: Table) -> dg.AssetSpec:
    sources = {INGEST} if table.name in {t.name for t in INGESTED} else set()
    sources |= {EXTRACT} if table.name in {t.name for t in READINGS} else set()
    return dg.AssetSpec(
        ["warehouse", table.name],
        deps=[*sorted(sources), RESOLVE],
        description=table.description,
        group_name="warehouse",
        kinds={"duckdb"},
        freshness_policy=FRESHNESS,
        metadata={"dagster/column_schema": metadata.column_schema(table)},
    )


@dg.multi_asset(specs=[_spec(table) for table in TABLES], pool=POOL)
def warehouse(
    context: dg.AssetExecutionContext, settings: SettingsResource, clock: Clock
) -> Iterator[dg.MaterializeResult[None]]:
    """Builds the published file from the lake, proves it, and makes it current; the same content publishes nothing."""
    begun = context.instance.get_run_stats(context.run.run_id).start_time
    run = Run(context.run.run_id, clock.of(begun), EXTRACTOR, EXTRACTOR_VERSION)
    with _told():
        snapshot = publish_all(settings, run, clock)
    with opened(snapshot.path) as connection:
        for table in TABLES:
            yield _published(table, snapshot, sample(connection, table, SAMPLED))


def _published(table: Table, snapshot: Snapshot, shown: Sample) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(
        asset_key=["warehouse", table.name],
        data_version=dg.DataVersion(snapshot.snapshot_id),
        metadata={
            "dagster/row_count": snapshot.rows[table.name],
            "dagster/uri": str(snapshot.path),
            "snapshot": snapshot.snapshot_id,
            "published_now": snapshot.is_new,
            "sample": metadata.rows(shown),
        },
    )


@dg.asset(
    key=["evaluate", "scores"],
    deps=[["warehouse", table.name] for table in TABLES],
    group_name="evaluate",
    metadata={"dagster/column_schema": metadata.SCORES},
)
def scores(settings: SettingsResource) -> dg.MaterializeResult[None]:
    """How well the published file tells what labelled articles say, where the settings name some."""
    if settings.labels_folder is None:
        return dg.MaterializeResult(metadata={"scores": NO_LABELS})
    report = evaluate(settings.labels_folder, settings.labelled_articles, settings.published)
    return dg.MaterializeResult(metadata=metadata.scores(report))


@dg.asset(key=REPORT, deps=[["warehouse", table.name] for table in TABLES], group_name="report")
def run_report(context: dg.AssetExecutionContext, settings: SettingsResource) -> dg.MaterializeResult[None]:
    """What the last run brought, what it refused and why, and what the ledger holds by month."""
    with opened(settings.published) as connection:
        told = of_run(connection, context.run.run_id)
    return dg.MaterializeResult(
        metadata={
            "articles_new": told.articles_new,
            "figures_new": told.figures_new,
            "incidents_new": told.incidents_new,
            "incidents_changed": told.incidents_changed,
            "articles": told.articles,
            "incidents": told.incidents,
            "over_time": metadata.picture(plot.svg(told.months), "articles and incidents by month"),
            "rejects": metadata.records(told.rejects),
        }
    )
