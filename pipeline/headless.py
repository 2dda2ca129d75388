"""Runs the job `refresh` without a server, recorded in the same Dagster home, with a bar instead of a log."""

import logging
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from filelock import FileLock
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from pipeline import disk, home
from pipeline.assets import EXTRACT, INGEST
from pipeline.console.summary import Outcome
from pipeline.definitions import build
from pipeline.liveness import watch
from pipeline.resources import Clock, Progress, SettingsResource
from pipeline.settings import Settings
from schemas.tables import TABLES

SILENT = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class RunFailed(Exception):
    """Nothing was published; the message is the reason, and where Dagster has recorded the rest."""


def refresh(settings: Settings, console: Console, clock: Clock | None = None) -> Outcome:
    """Takes in, reads, resolves and publishes what is new. Raises RunFailed."""
    # What Dagster would tell its developers is not for those who read a summary.
    warnings.filterwarnings("ignore", module="dagster")
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    begun = time.monotonic()
    try:
        result = _executed(settings, console, clock or Clock())
    except Exception as error:  # the run's record could not be kept: SQLite, SQLAlchemy and the system each say it so
        if words := disk.remedy(error, home.folder(), home.VARIABLE):
            raise RunFailed(words) from error
        raise
    if not result.success:
        raise RunFailed(f"{_reason(result)} (Dagster run {result.run_id})")
    return _outcome(result, time.monotonic() - begun)


def _executed(settings: Settings, console: Console, clock: Clock) -> dg.ExecuteInProcessResult:
    with _open(home.prepare()) as instance, watch(instance), _bars(console) as progress:
        job = build(SettingsResource(**settings.model_dump()), clock, progress).resolve_job_def("refresh")
        return job.execute_in_process(SILENT, instance=instance, raise_on_error=False)


def _open(folder: Path) -> dg.DagsterInstance:
    """The instance of a home; one process at a time, as two that make the tables of a new home at once spoil it."""
    with FileLock(folder / ".opening.lock"):
        instance = dg.DagsterInstance.get()
        # Each of the three storages makes its tables when it is first asked.
        instance.get_runs(limit=1)
        instance.has_asset_key(INGEST)
        instance.all_instigator_state()
        return instance


def _outcome(result: dg.ExecuteInProcessResult, seconds: float) -> Outcome:
    told: dict[dg.AssetKey, dict[str, object]] = {}
    for event in result.get_asset_materialization_events():
        made = event.step_materialization_data.materialization
        told[made.asset_key] = {name: entry.value for name, entry in made.metadata.items()}
    published = told[dg.AssetKey(["warehouse", TABLES[0].name])]
    return Outcome(
        articles_new=int(str(told[INGEST]["articles_new"])),
        articles_read=int(str(told[EXTRACT]["articles_read"])),
        rejects_new=int(str(told[INGEST]["rejects_new"])) + int(str(told[EXTRACT]["rejects_new"])),
        snapshot=str(published["snapshot"]),
        is_new=bool(published["published_now"]),
        seconds=seconds,
    )


def _reason(result: dg.ExecuteInProcessResult) -> str:
    """What the first step that failed raised, in its own words."""
    for event in result.all_events:
        if event.is_step_failure and (wrapped := event.step_failure_data.error):
            error = wrapped.cause or wrapped
            return error.message.strip().partition(": ")[2] or error.message.strip()
    return "the run was stopped"


@contextmanager
def _bars(console: Console) -> Iterator[Progress]:
    """A line for each stage that has something to do."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles"),
    )
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=console, transient=True) as bars:

        def hear(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield hear
