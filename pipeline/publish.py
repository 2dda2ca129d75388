"""The only writer of DuckDB: builds the next warehouse file beside the current one, proves it, makes it current.

Here are the lock, the record of the run, the flip, and which snapshots stay. `build` loads a file, `prove` checks it.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from pipeline import build, disk
from pipeline.lake import Lake
from pipeline.prove import ProofError, prove
from pipeline.settings import PREFIX
from schemas.articles import PipelineRun
from schemas.tables import CONTRACT_VERSION, TABLES, frame

CURRENT = "incidents.duckdb"
RUNS = "runs"  # the kind of the lake's chunks that keep the runs
_TOTALS = ("articles", "figures", "incidents", "rejects")
_ASIDE = ".building"
_LOCK = ".publish.lock"


class PublishError(RuntimeError):
    """Nothing was published, and the current file is as it was; the message says why."""


class Run(NamedTuple):
    """The run that publishes; the time is naive UTC."""

    run_id: str
    started_at: datetime
    extractor: str
    extractor_version: str


class Snapshot(NamedTuple):
    """What is current now: the file itself and its rows by table; `is_new` is false if it was current before."""

    snapshot_id: str
    path: Path
    is_new: bool
    rows: dict[str, int]


def publish(
    sources: Mapping[str, Sequence[Path]],
    resolution: Mapping[str, pl.DataFrame],
    run: Run,
    *,
    warehouse: Path,
    lake: Lake,
    now: Callable[[], datetime],
    storage_version: str = "v1.4.0",
    keep: int = 3,
) -> Snapshot:
    """Makes `warehouse/incidents.duckdb` hold what the sources and the resolution say, and returns the snapshot.

    `sources` are Parquet files by table, those of INGESTED and READINGS in `schemas.tables`; `resolution` are frames by
    table, those of RESOLVED and `rejects`. What is left out is empty; all rows must have passed their models.
    The same content is the same snapshot: then nothing is written. `keep` snapshots stay, the current one included.
    Raises PublishError.
    """
    with _errors_in_words(warehouse), _only_publisher(warehouse):
        aside = warehouse / _ASIDE
        shutil.rmtree(aside, ignore_errors=True)  # of a publisher that died: a living one would hold the lock
        aside.mkdir()
        try:
            given = build.sources(sources, resolution, aside)
            snapshot_id = build.identity(given, run.extractor, run.extractor_version, storage_version)
            path, before = warehouse / f"incidents-{snapshot_id}.duckdb", _current(warehouse)
            if before != path:
                draft = aside / path.name
                record = _write(draft, given, before, snapshot_id, run, lake, now, storage_version)
                prove(draft, given)
                # Before the flip: a run that published is recorded, whatever happens to this process now.
                lake.write(RUNS, f"{run.run_id} {snapshot_id}", {"pipeline_runs": record})
                _flip(draft, path)
                for old in old_snapshots(warehouse, path, keep):
                    old.unlink()
            return Snapshot(snapshot_id, path, before != path, row_counts(path))
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def row_counts(path: Path) -> dict[str, int]:
    """The rows of each table of a warehouse file."""
    with duckdb.connect(path, read_only=True) as connection:
        return {table.name: _count(connection, table.name) for table in TABLES}


def batches(path: Path) -> set[str]:
    """The batches whose articles this warehouse file holds; none where there is no file that can be read."""
    try:
        with duckdb.connect(path, read_only=True) as connection:
            return {str(batch) for (batch,) in connection.execute("SELECT DISTINCT batch FROM articles").fetchall()}
    except duckdb.Error:
        return set()


def extractor_version(path: Path) -> str | None:
    """The version that read what this warehouse file says; None where it cannot be told."""
    try:
        with duckdb.connect(path, read_only=True) as connection:
            told = connection.execute("SELECT extractor_version FROM pipeline_runs JOIN v_meta USING (snapshot_id)")
            return str(row[0]) if (row := told.fetchone()) else None
    except duckdb.Error:
        return None


@contextmanager
def _errors_in_words(warehouse: Path) -> Iterator[None]:
    try:
        yield
    except ProofError as error:
        raise PublishError(str(error)) from error
    except (duckdb.Error, pl.exceptions.PolarsError, OSError) as error:
        words = disk.remedy(error, warehouse, f"{PREFIX}WAREHOUSE")
        raise PublishError(words or f"the warehouse could not be built: {error}") from error


@contextmanager
def _only_publisher(warehouse: Path) -> Iterator[None]:
    warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise PublishError(f"another run is publishing to {warehouse}: try again when it has finished") from error
    try:
        yield
    finally:
        lock.release()


def _current(warehouse: Path) -> Path | None:
    """The snapshot that is current, or None if there is none that can be read."""
    path = (warehouse / CURRENT).resolve()
    try:
        with duckdb.connect(path, read_only=True) as connection:
            connection.execute("SELECT snapshot_id FROM v_meta").fetchone()
    except duckdb.Error:
        return None
    return path


def _write(
    draft: Path,
    given: Mapping[str, Sequence[Path]],
    before: Path | None,
    snapshot_id: str,
    run: Run,
    lake: Lake,
    now: Callable[[], datetime],
    storage_version: str,
) -> pl.DataFrame:
    """Writes the whole file and closes it; returns the row of this run."""
    config = {"storage_compatibility_version": storage_version}
    with duckdb.connect(draft, config={**build.OFFLINE, **config}) as connection:
        build.load(connection, given, before, now())
        record = {
            **run._asdict(),
            "finished_at": now(),
            "contract_version": CONTRACT_VERSION,
            "snapshot_id": snapshot_id,
            "duckdb_version": duckdb.__version__,
            "articles_new": build.new_articles(connection),
            **{f"{table}_total": _count(connection, table) for table in _TOTALS},
        }
        this = frame(PipelineRun, [record])
        runs = pl.concat([*(chunk.read("pipeline_runs") for chunk in lake.chunks(RUNS)), this])
        build.enter_runs(connection, runs, draft.parent)
        connection.execute("CHECKPOINT")
    return this


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    return int(count)


def _flip(draft: Path, path: Path) -> None:
    """Makes the file durable and gives it its name, then turns the stable name to it in one step.

    A link and not a rename onto the stable name: DuckDB knows open files by path, so a process that still reads the
    old file would get it again from a new connection.
    """
    draft.chmod(0o444)
    _sync(draft)
    draft.replace(path)
    link = draft.with_name("link")
    link.symlink_to(path.name)
    link.replace(path.with_name(CURRENT))
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def old_snapshots(warehouse: Path, current: Path, keep: int) -> list[Path]:
    """All but the current and the latest others that are kept; whoever has one open keeps reading it when it goes."""
    others = [path for path in warehouse.glob("incidents-*.duckdb") if path.resolve() != current.resolve()]
    others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return others[max(keep - 1, 0) :]
