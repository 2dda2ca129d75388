"""Retention: removes from a warehouse what no reader and no run will ask for again, and says what that was.

What goes: readings of versions of the extractor older than this one and the published one, once this one has read every
article, and snapshots beyond the number kept. Articles, resolutions and the record of runs stay: no run could make them
anew.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from pipeline.extract import EXTRACTOR_VERSION
from pipeline.ingest.batch import KIND as ARTICLES
from pipeline.lake import Lake
from pipeline.publish import extractor_version, old_snapshots
from pipeline.reading import KIND as READ
from pipeline.settings import Settings
from pipeline.stages import TURN

# Folders go here by one rename before they are removed: what is half removed must not look like a damaged chunk.
ASIDE = ".removing"


class Busy(Exception):
    """A run is going, and nothing was removed; the message says what to do."""


class Removed(NamedTuple):
    """Something that is gone, as its user would call it, and its size in bytes."""

    what: str
    size: int


class Tidied(NamedTuple):
    """What was removed, and versions of the extractor whose readings stay because this one has not read everything."""

    removed: tuple[Removed, ...]
    waiting: tuple[str, ...]

    @property
    def freed(self) -> int:
        """Bytes; those of a snapshot that somebody has open come free when it is closed."""
        return sum(one.size for one in self.removed)


def tidy(settings: Settings, alive: Path) -> Tidied:
    """Removes old snapshots and superseded readings; the current snapshot stays, and so does what a reader has open.

    `alive` is the folder in which runs hold a lock for as long as they last. Raises Busy, LakeError, OSError.
    """
    if not settings.warehouse_folder.is_dir():
        return Tidied((), ())
    with _alone(settings.warehouse_folder, alive):
        lake = Lake(settings.lake_folder)
        aside = settings.lake_folder / ASIDE
        shutil.rmtree(aside, ignore_errors=True)  # of a tidying that died
        superseded = _superseded(settings)
        may_go = _has_read_everything(lake)
        readings = [_remove_readings(folder, aside) for folder in superseded] if may_go else []
        snapshots = [_remove_snapshot(path) for path in _old_snapshots(settings)]
        shutil.rmtree(aside, ignore_errors=True)
    return Tidied((*readings, *snapshots), () if may_go else tuple(folder.name for folder in superseded))


@contextmanager
def _alone(warehouse: Path, alive: Path) -> Iterator[None]:
    """While this lasts no run is at any of its stages nor between two of them; one that begins now waits."""
    try:
        with FileLock(warehouse / TURN, timeout=0):
            for path in sorted(alive.glob("*.lock")):
                with FileLock(path, timeout=0):
                    pass
            yield
    except Timeout as error:
        raise Busy("a run is going and nothing was removed: try again when it has finished") from error


def _superseded(settings: Settings) -> list[Path]:
    """The folders of readings of older versions than this and than the one that the published file was made with."""
    current = settings.lake_folder / READ
    needed = (EXTRACTOR_VERSION, extractor_version(settings.published) or EXTRACTOR_VERSION)
    folders = sorted(path for path in current.parent.glob("*") if path.is_dir() and path.name not in needed)
    return [path for path in folders if _order(path.name) < min(map(_order, needed))]


def _order(version: str) -> tuple[int, ...]:
    """Sorts "2" before "10", and "1.9" before "1.10"."""
    return tuple(map(int, re.findall(r"\d+", version)))


def _has_read_everything(lake: Lake) -> bool:
    """Whether this version has; until then, who goes back to the one before would have to read everything again."""
    return {chunk.key for chunk in lake.chunks(ARTICLES)} <= {chunk.key for chunk in lake.chunks(READ)}


def _remove_readings(folder: Path, aside: Path) -> Removed:
    files = [path for path in folder.rglob("*") if path.is_file()]
    removed = Removed(
        f"readings of extractor version {folder.name} (now {EXTRACTOR_VERSION})",
        sum(path.stat().st_size for path in files),
    )
    aside.mkdir(exist_ok=True)
    folder.rename(aside / folder.name)
    return removed


def _old_snapshots(settings: Settings) -> list[Path]:
    """All but the current and the latest others that are kept; none where it is unknown which one is current."""
    if not settings.published.exists():
        return []
    return old_snapshots(settings.warehouse_folder, settings.published, settings.snapshots_kept)


def _remove_snapshot(path: Path) -> Removed:
    removed = Removed(f"snapshot {path.name}", path.stat().st_size)
    path.unlink()
    return removed
