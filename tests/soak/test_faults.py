"""Disks that are full or closed, damaged chunks, locks of the dead: a remedy in words, what is published untouched."""

import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from pipeline import stages
from pipeline.ingest.batch import KIND as ARTICLES
from pipeline.lake import Lake, LakeError
from pipeline.publish import RUNS, PublishError, Run
from pipeline.reading import KIND as READ
from pipeline.settings import Settings
from pipeline.stages import RESOLUTIONS, TURN, Hindered, publish_all, read_new, resolve_all, take_in
from tests.soak.place import LONGEST, SOAK, Place
from tests.test_runs import AT, published, run

ROUNDS = 8 * SOAK
STAGES: dict[str, Callable[[Settings], object]] = {
    "ingest": lambda settings: take_in(settings, AT, lambda done: None),
    "extract": lambda settings: read_new(settings, AT, lambda done, total: None),
    "resolve": lambda settings: resolve_all(settings, AT, "run"),
    "publish": lambda settings: publish_all(settings, Run("run", AT, "breach-ledger", "1"), lambda: AT),
}


@pytest.fixture
def disk(place: Place) -> Iterator[Path]:
    """A disk of its own for the warehouse of this place, of 200 MB."""
    folder = place.settings.warehouse_folder
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here (it takes root): {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path, left: int) -> Path:
    """Takes all room of the disk but so many bytes."""
    path = disk / ".filled"
    with path.open("wb") as file:
        file.write(b"\0" * max(0, shutil.disk_usage(disk).free - left))
    return path


def test_faults_full_disk_names_the_remedy_in_each_stage(place: Place, disk: Path) -> None:
    place.write(1)
    run(place.settings)
    before, snapshot = place.published(), place.settings.published.resolve()
    place.write(1)
    for name, stage in STAGES.items():
        for left in (0, 1_000_000) if name == "publish" else (0,):
            filled = fill(disk, left)
            with pytest.raises((Hindered, PublishError), match=f"no room left on the disk of {disk}: make room there"):
                stage(place.settings)
            filled.unlink()
        assert place.settings.published.resolve() == snapshot
        assert place.published() == before
        stage(place.settings)
    assert place.published()["articles"] == 2


def test_faults_closed_disk_names_the_remedy(place: Place, disk: Path) -> None:
    place.write(1)
    run(place.settings)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for stage in STAGES.values():
        with pytest.raises(Hindered, match=f"{disk} cannot be written: give this user the right"):
            stage(place.settings)
    assert place.published()["articles"] == 1


@pytest.mark.skipif(not SOAK, reason="takes minutes: make soak")
def test_faults_full_disk_at_any_time(place: Place, disk: Path, tell: Callable[[str], None]) -> None:
    dice, complaints = Random(4), Counter[str]()
    for number in range(ROUNDS):
        place.write(10)
        before, link = place.published(), place.settings.published.resolve()
        filled = fill(disk, dice.randrange(3_000_000) if number else 0)
        with place.start() as process:
            said, _ = process.communicate(timeout=LONGEST)
        complaints["no room left" if process.returncode else "there was room enough"] += 1
        if process.returncode:
            assert re.search("^breach-ledger: no room left on the disk", said, re.MULTILINE), said
            assert "Traceback" not in said
            assert (place.published(), place.settings.published.resolve()) == (before, link)
        filled.unlink()
        place.run()
        assert place.published()["articles"] == place.articles
    told = ", ".join(f"{what} {count}" for what, count in sorted(complaints.items()))
    tell(f"{ROUNDS} runs on a disk with 0 to 3 MB free ({told}): published file untouched, lost 0")


def test_faults_warehouse_that_is_a_file_names_the_remedy(place: Place) -> None:
    place.write(1)
    place.settings.warehouse_folder.write_text("no folder")
    with pytest.raises(Hindered, match="cannot be a folder: move the file that is there, or set BREACH_LEDGER_WAREH"):
        run(place.settings)


def cut(chunk: Path) -> None:
    path = next(chunk.glob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-9])


def half_write(chunk: Path) -> None:
    (chunk / "manifest.json").unlink()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with one article that is published."""
    place = Place(tmp_path_factory.mktemp("faults"))
    place.write(1)
    run(place.settings)
    return place.root


@pytest.mark.parametrize(
    ("kind", "damage"), [(ARTICLES, half_write), (READ, cut), (RESOLUTIONS, cut), (RUNS, half_write)]
)
def test_faults_damaged_chunk_is_named_and_made_anew(
    place: Place, model: Path, kind: str, damage: Callable[[Path], None]
) -> None:
    shutil.copytree(model, place.root, symlinks=True, dirs_exist_ok=True)
    before, snapshot = published(place.settings), place.settings.published.resolve()
    (chunk,) = Lake(place.settings.lake_folder).chunks(kind)
    damage(chunk.directory)
    place.articles = 1
    place.write(1)
    with pytest.raises(LakeError, match=f"damaged chunk {chunk.directory}: .*; remove the folder and run again"):
        run(place.settings)
    assert place.settings.published.resolve() == snapshot
    assert published(place.settings) == before
    shutil.rmtree(chunk.directory)
    run(place.settings)
    after = published(place.settings)
    assert len(after["articles"]) == 2
    assert after["rejects"] == []
    assert set(before["figures"]) <= set(after["figures"])


# Holds the lock whose path it is given until it is killed.
HOLDER = "import sys, filelock\nwith filelock.FileLock(sys.argv[1]):\n    print('held', flush=True)\n    input()"


@pytest.fixture
def holder(place: Place) -> Iterator["subprocess.Popen[str]"]:
    place.write(1)
    place.settings.warehouse_folder.mkdir()
    command = [sys.executable, "-c", HOLDER, str(place.settings.warehouse_folder / TURN)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_faults_lock_of_a_process_that_died_holds_nobody(place: Place, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    assert holder.wait() == -signal.SIGKILL
    run(place.settings)
    assert place.published()["articles"] == 1


def test_faults_lock_that_is_held_is_waited_for_and_named(
    place: Place, holder: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stages, "SILENT", 0.05)
    monkeypatch.setattr(stages, "LONGEST", 0.05)
    with pytest.raises(
        Hindered, match=rf"another run .* end it if it hangs \(`fuser {place.settings.warehouse}/{TURN}`"
    ):
        run(place.settings)
    assert caplog.messages == [f"another run is at work on {place.settings.warehouse}: waiting for it"]
