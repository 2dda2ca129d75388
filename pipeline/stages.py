"""The stages over one warehouse: each takes its turn, finds in the lake what is to do, and leaves there what it did.

What a stage does is its own module's matter. A stage that was broken off is done again by the next run, and two runs
at once take turns by a lock that the system lets go of when a process dies. All of them raise Hindered.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import polars as pl
from filelock import FileLock, Timeout

from pipeline import disk
from pipeline.extract import EXTRACTOR_VERSION
from pipeline.identity import row_id
from pipeline.ingest.batch import KIND as ARTICLES
from pipeline.ingest.batch import Loaded
from pipeline.ingest.closing import closed
from pipeline.ingest.feeds import Feeds
from pipeline.ingest.fetch import Limits
from pipeline.ingest.load import load, pending
from pipeline.ingest.versions import superseded
from pipeline.lake import Chunk, Lake
from pipeline.publish import Run, Snapshot, batches, publish
from pipeline.reading import KIND as READ
from pipeline.reading import Read, read_unread
from pipeline.resolve.decisions import read_decisions
from pipeline.resolve.frames import Ledger
from pipeline.resolve.ledger import resolve
from pipeline.resolve.notable import conflicts, newest
from pipeline.settings import PREFIX, Settings
from pipeline.validate import split_tables
from schemas.tables import READINGS, RESOLVED, frame
from schemas.vocabulary import Stage

# The kind of the lake's chunks that hold what resolve found; the highest key is the last run's.
RESOLUTIONS = "resolutions"
DECISIONS = "decisions.csv"
TURN = ".turn.lock"
# Seconds that a run waits for another's stage: in silence, and in all. A stage may well read for an hour.
SILENT, LONGEST = 2.0, 4 * 3600.0

_log = logging.getLogger(__name__)


class Hindered(Exception):
    """The warehouse cannot be worked on, and is as it was; the message says what to do."""


class NothingToPublish(Exception):
    """The lake is empty; the message says what was looked for."""


class Resolved(NamedTuple):
    """What resolve did: readings resolved anew, incidents in all, and what an analyst should know; and the rows of the
    newest incidents and of the conflicts between their sources.
    """

    readings: int
    incidents: int
    notes: tuple[str, ...]
    newest: list[dict[str, object]]
    conflicts: list[dict[str, object]]


class Glimpse(NamedTuple):
    """The rows of a table, counted, and a few of them."""

    total: int
    some: pl.DataFrame


def take_in(settings: Settings, at: datetime, progress: Callable[[int], None], *, with_feeds: bool = True) -> Loaded:
    """Takes in the new articles of the folder and of the feeds. Raises NoFolder, LakeError, NothingToPublish."""
    limits = Limits(settings.max_bytes, settings.fetch_seconds, settings.fetch_pause, settings.feeds_allow_private)
    with _turn(settings) as lake:
        feeds = Feeds(settings.feed_addresses if with_feeds else (), settings.lake_folder, limits, at)
        loaded = load(
            settings.articles_folder,
            lake,
            at=at,
            max_bytes=settings.max_bytes,
            chunk_articles=settings.chunk_articles,
            progress=progress,
            visit=feeds.visit,
        )
        feeds.remember()
        if not lake.chunks(ARTICLES):
            raise NothingToPublish(f"nothing to publish: {settings.articles} holds no file that could be an article")
        return loaded


def waiting(settings: Settings) -> str | None:
    """What tells one amount of work from another: files not taken in, articles not read or not published; or None.

    A run that failed on its way leaves work as well. Raises NoFolder, LakeError.
    """
    lake = Lake(settings.lake_folder)
    files = pending(settings.articles_folder, lake)
    taken = {chunk.key for chunk in lake.chunks(ARTICLES) if chunk.rows(ARTICLES)}
    done = {chunk.key for chunk in lake.chunks(READ)} & batches(settings.published)
    return row_id("p", files, *sorted(taken - done)) if files or taken - done else None


def read_new(settings: Settings, at: datetime, progress: Callable[[int, int], None]) -> Read:
    """Reads what this version of the extractor has not read. Raises LakeError."""
    with _turn(settings) as lake:
        return read_unread(lake, at=at, workers=settings.workers, progress=progress)


def resolve_all(settings: Settings, at: datetime, run_id: str) -> Resolved:
    """Brings the incidents up to date with all readings. Raises LakeError, DecisionError."""
    with _turn(settings) as lake:
        last = _last(lake)
        found = resolve(
            _articles(lake),
            _scan(lake, "incident_readings").collect(),
            _scan(lake, "parties").select("article_id", "name", "kind", "role").collect(),
            lambda articles: _scan(lake, "figures").filter(pl.col("article_id").is_in(list(articles))).collect(),
            now=at,
            run_id=run_id,
            version=EXTRACTOR_VERSION,
            previous=_frames(last),
            decisions=read_decisions(settings.warehouse_folder / DECISIONS),
        )
        _keep(lake, last, found)
        notable = newest(found.frames), conflicts(found.frames)
        return Resolved(found.resolved, found.frames["incidents"].height, found.notes, *notable)


def publish_all(settings: Settings, run: Run, now: Callable[[], datetime]) -> Snapshot:
    """Publishes what has been read and resolved. Raises LakeError, PublishError."""
    with _turn(settings) as lake:
        resolution, rejects = split_tables(RESOLVED, _resolution(lake), stage=Stage.RESOLVE, at=now())
        return publish(
            {
                "articles": [chunk.path("articles") for chunk in _read_chunks(lake)],
                "rejects": [*lake.paths(ARTICLES, "rejects"), *lake.paths(READ, "rejects")],
                **{table.name: lake.paths(READ, table.name) for table in READINGS},
            },
            {**resolution, "rejects": rejects, "reject_closings": closed(lake.chunks(ARTICLES))},
            run,
            warehouse=settings.warehouse_folder,
            lake=lake,
            now=now,
            storage_version=settings.storage_version,
            keep=settings.snapshots_kept,
        )


def glimpse(settings: Settings, kind: str, table: str, rows: int) -> Glimpse:
    """How many rows of a table the lake holds, and some of one chunk; of what is resolved, the last chunk counts."""
    lake = Lake(settings.lake_folder)
    chunks = [chunk for chunk in (_last(lake),) if chunk] if kind == RESOLUTIONS else lake.chunks(kind)
    some = next((chunk for chunk in chunks if chunk.rows(table)), None)
    return Glimpse(sum(chunk.rows(table) for chunk in chunks), some.read(table).head(rows) if some else pl.DataFrame())


@contextmanager
def _turn(settings: Settings) -> Iterator[Lake]:
    """The warehouse's lake, while no other run is at a stage of it. Raises Hindered."""
    folder = settings.warehouse_folder
    lock = FileLock(folder / TURN)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _wait(lock, folder)
        try:
            yield Lake(settings.lake_folder)
        finally:
            lock.release()
    except (OSError, pl.exceptions.PolarsError) as error:
        if words := disk.remedy(error, folder, f"{PREFIX}WAREHOUSE"):
            raise Hindered(words) from error
        raise


def _wait(lock: FileLock, folder: Path) -> None:
    try:
        lock.acquire(timeout=SILENT)
    except Timeout:
        _log.warning("another run is at work on %s: waiting for it", folder)
        try:
            lock.acquire(timeout=LONGEST)
        except Timeout as error:
            raise Hindered(
                f"another run has been at work on {folder} for {LONGEST / 3600:g} hours: wait for it, or end it if it "
                f"hangs (`fuser {folder / TURN}` names its process), then run again"
            ) from error


def _read_chunks(lake: Lake) -> list[Chunk]:
    """The chunks of articles that are read; one that another run has just taken in is published by that run."""
    read = {chunk.key for chunk in lake.chunks(READ)}
    return [chunk for chunk in lake.chunks(ARTICLES) if chunk.key in read]


def _articles(lake: Lake) -> pl.DataFrame:
    """What resolve asks of articles, a row each: no text; the day of publication as delivered, else as read."""
    known = pl.scan_parquet([chunk.path("articles") for chunk in _read_chunks(lake)], glob=False)
    told = _scan(lake, "article_readings").select("article_id", told_on="published_on")
    on = pl.coalesce("published_on", pl.when(pl.col("told_on") <= pl.col("ingested_at").dt.date()).then("told_on"))
    return (
        known.join(told, on="article_id", how="left")
        .select("article_id", "publisher", "duplicate_of", published_on=on)
        .collect()
        .join(superseded(_read_chunks(lake)).drop("duplicate_of"), on="article_id", how="left")
    )


def _scan(lake: Lake, table: str) -> pl.LazyFrame:
    return pl.scan_parquet(lake.paths(READ, table), glob=False)


def _last(lake: Lake) -> Chunk | None:
    """What the last run resolved."""
    return max(lake.chunks(RESOLUTIONS), key=lambda chunk: chunk.key, default=None)


def _frames(chunk: Chunk | None) -> dict[str, pl.DataFrame]:
    return {name: chunk.read(name) for name in chunk.tables} if chunk else {}


def _keep(lake: Lake, last: Chunk | None, found: Ledger) -> None:
    """Adds what is resolved now, if it is anything new, and removes all but it and the one before."""
    if last is None or any(not rows.equals(last.read(name)) for name, rows in found.frames.items()):
        lake.write(RESOLUTIONS, f"{int(last.key) + 1 if last else 1:012}", found.frames)
        for old in sorted(lake.chunks(RESOLUTIONS), key=lambda chunk: chunk.key)[:-2]:
            rmtree(old.directory)


def _resolution(lake: Lake) -> dict[str, pl.DataFrame]:
    found = _frames(_last(lake))
    links = {"article_links": superseded(_read_chunks(lake))}
    return {table.name: (found | links).get(table.name, frame(table.model)) for table in RESOLVED}
