import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.articles import CLINIC, fill

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of articles, a warehouse and a Dagster home that the tests of this module share."""
    root = tmp_path_factory.mktemp("cli")
    fill(root / "articles")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(root / "home"))
        patch.setenv("COLUMNS", "120")
        yield root


@pytest.fixture(scope="module")
def cli(place: Path) -> Run:
    def run(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture(scope="module")
def first(cli: Run, place: Path) -> Result:
    """The first run over the folder."""
    return cli("run", "--articles", place / "articles", "--warehouse", place / "warehouse")


def test_cli_run_publishes_and_sums_up(first: Result, place: Path) -> None:
    assert first.exit_code == 0, first.output
    assert re.search(r"Published snapshot [0-9a-f]{16}: 3 new articles, 3 read, 4 rejects", first.output)
    assert "The ledger holds 3 articles" in first.output
    assert "Northgate Clinic" in first.output
    assert "6,200" in first.output
    for check in ("binary", "empty", "no_json", "wrong_date"):
        assert re.search(rf"ingest +{check} +1 ", first.output), check
    assert str(place / "warehouse" / "incidents.duckdb") in first.output


def test_cli_run_leaves_no_log_on_the_screen(first: Result) -> None:
    assert "DEBUG" not in first.output
    assert "dagster" not in first.output.lower()
    assert first.stderr == ""


def test_cli_run_again_says_that_nothing_is_new(first: Result, cli: Run, place: Path) -> None:
    snapshots = sorted((place / "warehouse").glob("incidents-*.duckdb"))
    again = cli("run", "--articles", place / "articles", "--warehouse", place / "warehouse")
    assert again.exit_code == 0
    assert again.output.strip().startswith("Nothing new")
    assert sorted((place / "warehouse").glob("incidents-*.duckdb")) == snapshots


def test_cli_run_is_recorded_in_the_dagster_home(first: Result, place: Path) -> None:
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        runs = instance.get_runs()
    assert {run.job_name for run in runs} == {"refresh"}
    with duckdb.connect(place / "warehouse" / "incidents.duckdb", read_only=True) as connection:
        ((run_id,),) = connection.execute("SELECT run_id FROM pipeline_runs").fetchall()
    assert run_id in {run.run_id for run in runs}


def test_cli_sql_prints_what_is_published(first: Result, cli: Run, place: Path) -> None:
    result = cli("sql", "SELECT source_uri, language FROM articles ORDER BY 1", "--warehouse", place / "warehouse")
    assert result.exit_code == 0
    assert [line.split() for line in result.output.splitlines()][2:] == [
        ["clinic.txt", "en"],
        ["day.jsonl#L1", "en"],
        ["day.jsonl#L2", "de"],
    ]


def test_cli_read_shows_one_text(cli: Run, place: Path) -> None:
    result = cli("read", place / "articles" / "clinic.txt", "--published-on", "2022-12-01")
    assert result.exit_code == 0, result.output
    assert "6,200 patients" in result.output
    assert re.search(r"figures \(\d+\)", result.output)


def test_cli_read_writes_a_page(cli: Run, place: Path) -> None:
    page = place / "page.html"
    result = cli("read", place / "articles" / "clinic.txt", "--html", page)
    assert result.exit_code == 0, result.output
    assert '<mark class="' in page.read_text(encoding="utf-8")
    assert CLINIC.splitlines()[0] in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("run", "--articles", "{place}/nowhere"), "nowhere cannot be read: No such file", id="no folder"),
        pytest.param(("run", "--articles", "{place}/none"), "holds no file that could be an article", id="no articles"),
        pytest.param(("sql", "SELECT 1", "--warehouse", "{place}/nowhere"), "`breach-ledger run`", id="no warehouse"),
        pytest.param(("read", "{place}/nowhere.txt"), "No such file", id="no file"),
        pytest.param(("read", "{place}/articles/empty.txt"), "empty file", id="empty file"),
        pytest.param(("read", "{place}/other.pdf"), "no reader for .pdf", id="no reader"),
        pytest.param(
            ("read", "{place}/articles/clinic.txt", "--html", "{place}/no/page.html"), "No such file", id="no place"
        ),
    ],
)
def test_cli_fails_with_one_clear_line(words: tuple[str, ...], message: str, cli: Run, place: Path) -> None:
    (place / "none").mkdir(exist_ok=True)
    extra = ("--warehouse", str(place / "other")) if words[0] == "run" else ()
    result = cli(*(word.format(place=place) for word in words), *extra)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("breach-ledger: ")
    assert message in result.stderr


def test_cli_run_over_bad_input_alone_publishes_its_rejects(cli: Run, place: Path) -> None:
    (place / "bad").mkdir(exist_ok=True)
    (place / "bad" / "empty.txt").write_text("")
    result = cli("run", "--articles", place / "bad", "--warehouse", place / "bad-warehouse")
    assert result.exit_code == 0, result.output
    assert "0 new articles, 0 read, 1 rejects" in result.output


def test_cli_wrong_setting_is_named(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREACH_LEDGER_MAX_BYTES", "none")
    result = cli("sql", "SELECT 1")
    assert result.exit_code == 1
    assert "BREACH_LEDGER_MAX_BYTES" in result.stderr


def test_cli_wrong_usage_is_refused(cli: Run) -> None:
    assert cli("read", "file", "--published-on", "someday").exit_code == 2
    assert cli("frobnicate").exit_code == 2


def test_cli_starts_without_the_heavy_libraries() -> None:
    code = "import sys, pipeline.cli; print(sorted({'dagster', 'duckdb', 'polars', 'pandera'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
