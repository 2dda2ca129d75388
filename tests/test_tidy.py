import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from filelock import FileLock
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.lake import Lake
from pipeline.publish import Run
from pipeline.reading import KIND
from pipeline.settings import Settings
from pipeline.stages import TURN, publish_all, read_new, resolve_all, take_in
from pipeline.tidy import ASIDE, Busy, tidy
from tests.articles import CLINIC

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
OLD = "readings/0"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four snapshots of one article, of which the last is current, and readings of version 0."""
    root = tmp_path_factory.mktemp("tidy")
    settings = Settings(articles=str(root / "articles"), warehouse=str(root / "wh"), snapshots_kept=9)
    settings.articles_folder.mkdir()
    (settings.articles_folder / "clinic.txt").write_text(CLINIC)
    take_in(settings, AT, lambda done: None)
    read_new(settings, AT, lambda done, total: None)
    resolve_all(settings, AT, "run")
    for version in "1234":
        publish_all(settings, Run(version, AT, "breach-ledger", version), lambda: AT)
    Lake(settings.lake_folder).write(OLD, "chunk", {"figures": pl.DataFrame({"figure_id": ["f_0"]})})
    return root


@pytest.fixture
def settings(model: Path, tmp_path: Path) -> Settings:
    """A copy of the model, of which two snapshots are to be kept."""
    for name in ("articles", "wh"):
        shutil.copytree(model / name, tmp_path / name, symlinks=True)
    return Settings(articles=str(tmp_path / "articles"), warehouse=str(tmp_path / "wh"), snapshots_kept=2)


@pytest.fixture
def alive(tmp_path: Path) -> Path:
    """The folder of the locks of runs, with that of a run that has died."""
    folder = tmp_path / "alive"
    folder.mkdir()
    (folder / "dead.lock").touch()
    return folder


def files(folder: Path) -> dict[str, int]:
    """Everything in a folder but locks: names and sizes."""
    found = {path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock")}
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(found)}


def test_tidy_removes_superseded_readings_and_old_snapshots_alone(settings: Settings, alive: Path) -> None:
    before, current = files(settings.warehouse_folder), settings.published.resolve()
    done = tidy(settings, alive)
    after = files(settings.warehouse_folder)
    gone = {name: size for name, size in before.items() if name not in after}
    assert {name: before[name] for name in after} == after
    assert settings.published.resolve() == current
    assert len(list(settings.warehouse_folder.glob("incidents-*.duckdb"))) == 2
    assert {name.split("/c_")[0] for name in gone if "incidents-" not in name} == {f"lake/{OLD}"}
    assert done.freed == sum(gone.values()) > 0
    readings, *snapshots = [one.what for one in done.removed]
    assert readings == f"readings of extractor version 0 (now {KIND.split('/')[1]})"
    assert sorted(snapshots) == [f"snapshot {name}" for name in gone if "incidents-" in name]
    assert not (settings.lake_folder / ASIDE).exists()
    assert tidy(settings, alive) == ((), ())


def test_tidy_leaves_what_the_next_run_needs(settings: Settings, alive: Path) -> None:
    tidy(settings, alive)
    current = settings.published.resolve()
    assert take_in(settings, AT, lambda done: None).articles == 0
    assert read_new(settings, AT, lambda done, total: None).articles == 0
    resolve_all(settings, AT, "again")
    assert not publish_all(settings, Run("again", AT, "breach-ledger", "4"), lambda: AT).is_new
    assert settings.published.resolve() == current


def test_tidy_keeps_superseded_readings_until_everything_is_read_anew(settings: Settings, alive: Path) -> None:
    shutil.rmtree(settings.lake_folder / KIND)
    done = tidy(settings, alive)
    assert done.waiting == ("0",)
    assert all(one.what.startswith("snapshot ") for one in done.removed)
    assert len(Lake(settings.lake_folder).chunks(OLD)) == 1


@pytest.mark.parametrize(
    ("published", "there", "gone"),
    [
        pytest.param("4", ["0", "0.9", "1", "10"], ["0", "0.9", "1"], id="older ones go, a newer one stays"),
        pytest.param("1", ["0", "1", "1.5"], ["0"], id="published by an older version"),
        pytest.param("12", ["0", "10", "12", "13"], ["0"], id="published by a newer version"),
    ],
)
def test_tidy_keeps_readings_that_what_is_published_was_made_of(
    published: str, there: list[str], gone: list[str], settings: Settings, alive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.tidy.EXTRACTOR_VERSION", "2")
    monkeypatch.setattr("pipeline.tidy.READ", "readings/2")
    publish_all(settings, Run("run", AT, "breach-ledger", published), lambda: AT)
    lake, folder = Lake(settings.lake_folder), settings.lake_folder / "readings"
    if not (folder / "2").exists():
        shutil.copytree(settings.lake_folder / KIND, folder / "2")
    for version in there:
        lake.write(f"readings/{version}", "chunk", {"figures": pl.DataFrame({"figure_id": ["f_0"]})})
    before = {path.name for path in folder.iterdir()}
    tidy(settings, alive)
    assert before - {path.name for path in folder.iterdir()} == set(gone)


def test_tidy_keeps_the_current_snapshot_where_it_is_not_the_latest(settings: Settings, alive: Path) -> None:
    every = settings.model_copy(update={"snapshots_kept": 9})
    back = publish_all(every, Run("5", AT, "breach-ledger", "1"), lambda: AT)
    tidy(settings.model_copy(update={"snapshots_kept": 1}), alive)
    assert list(settings.warehouse_folder.glob("incidents-*.duckdb")) == [back.path]


@pytest.mark.parametrize("loss", ["gone", "dangling"])
def test_tidy_removes_no_snapshot_where_none_is_current(loss: str, settings: Settings, alive: Path) -> None:
    settings.published.unlink()
    if loss == "dangling":
        settings.published.symlink_to("incidents-0000000000000000.duckdb")
    tidy(settings, alive)
    assert len(list(settings.warehouse_folder.glob("incidents-*.duckdb"))) == 4


def test_tidy_leaves_a_reader_the_snapshot_that_it_has_open(settings: Settings, alive: Path) -> None:
    oldest = min(settings.warehouse_folder.glob("incidents-*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    with duckdb.connect(oldest, read_only=True) as reader:
        tidy(settings, alive)
        assert not oldest.exists()
        assert reader.execute("SELECT text FROM articles").fetchall() == [(CLINIC,)]


@pytest.mark.parametrize("held", ["at a stage", "between two stages"])
def test_tidy_removes_nothing_while_a_run_is_going(held: str, settings: Settings, alive: Path) -> None:
    lock = settings.warehouse_folder / TURN if held == "at a stage" else alive / "run.lock"
    before = files(settings.warehouse_folder)
    # In another process, as a run would be.
    code = "import sys, filelock\nwith filelock.FileLock(sys.argv[1]):\n    print('held', flush=True)\n    input()"
    command = [sys.executable, "-c", code, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Busy, match="a run is going and nothing was removed: try again"):
            tidy(settings, alive)
        holder.communicate("\n", timeout=10)
    assert files(settings.warehouse_folder) == before
    assert len(tidy(settings, alive).removed) == 3


def test_tidy_finishes_what_one_that_died_began(settings: Settings, alive: Path) -> None:
    aside = settings.lake_folder / ASIDE
    aside.mkdir()
    (settings.lake_folder / OLD).rename(aside / "0")
    shutil.copytree(aside / "0", settings.lake_folder / OLD)
    tidy(settings, alive)
    assert not aside.exists()
    assert not (settings.lake_folder / OLD).exists()


def test_tidy_of_no_warehouse_makes_none(tmp_path: Path) -> None:
    assert tidy(Settings(warehouse=str(tmp_path / "wh")), tmp_path / "alive") == ((), ())
    assert not (tmp_path / "wh").exists()


def test_tidy_command_says_what_it_removed(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BREACH_LEDGER_SNAPSHOTS_KEPT", "3")
    words = ["tidy", "--warehouse", settings.warehouse]
    first = CliRunner().invoke(app, words)
    assert first.exit_code == 0, first.output
    lines = first.output.splitlines()
    beginnings = ("removed readings of extractor version 0", "removed snapshot incidents-", "freed ")
    assert [line.startswith(beginning) for line, beginning in zip(lines, beginnings, strict=True)] == [True] * 3
    assert CliRunner().invoke(app, words).output == "nothing to remove\n"
    with FileLock(settings.warehouse_folder / TURN):
        busy = CliRunner().invoke(app, words)
    assert (busy.exit_code, busy.stderr.startswith("breach-ledger: a run is going")) == (1, True)
