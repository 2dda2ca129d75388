"""Which recorded runs are alive. Each holds a lock that the system lets go of when its process dies, however it dies.

Without this a run that was killed would stay "started" for ever, and keep its place in the pool: nobody could publish.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

FOLDER = "alive"
# So long, in seconds, a run may wait behind one that has died.
INTERVAL = 5.0
# Longer than a look at a lock takes.
PATIENCE = 5.0

_held: dict[str, FileLock] = {}


def hold(instance: dg.DagsterInstance, run_id: str) -> None:
    """Marks a run of this process as alive; a second call changes nothing."""
    if run_id not in _held:
        path = _path(instance, run_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=PATIENCE)
        _held[run_id] = lock


def let_go(instance: dg.DagsterInstance, run_id: str) -> None:
    """Ends what `hold` began."""
    if lock := _held.pop(run_id, None):
        lock.release()
        _path(instance, run_id).unlink(missing_ok=True)


def close_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """Records runs whose process has died as failed, frees their places in pools, and returns their ids."""
    unfinished = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    dead = [run for run in instance.get_runs(unfinished) if _has_died(instance, run.run_id)]
    for run in dead:
        instance.report_run_failed(run, "The process of this run has died. The next run goes on where it stopped.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        _path(instance, run.run_id).unlink(missing_ok=True)
    return [run.run_id for run in dead]


def is_any_alive(instance: dg.DagsterInstance) -> bool:
    """Whether a run is going, in whatever process."""
    return bool(_held) or any(map(_is_locked, (Path(instance.root_directory) / FOLDER).glob("*.lock")))


@contextmanager
def watch(instance: dg.DagsterInstance) -> Iterator[None]:
    """Closes dead runs now and for as long as this lasts, so that a run here does not wait for one of them."""
    close_dead_runs(instance)
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(INTERVAL):
            close_dead_runs(instance)

    thread = threading.Thread(target=look, name="watch for dead runs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _has_died(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Whether the run was held and is no longer; of a run that was never held nothing is known."""
    path = _path(instance, run_id)
    return run_id not in _held and path.exists() and not _is_locked(path)


def _is_locked(path: Path) -> bool:
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def _path(instance: dg.DagsterInstance, run_id: str) -> Path:
    return Path(instance.root_directory) / FOLDER / f"{run_id}.lock"
