import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate.labels import LabelError
from pipeline.evaluate.run import evaluate, summary

ROOT = Path(__file__).parents[2]
LABELS = ROOT / "tests/gold/labels"
SEEDS = ROOT / "seeds"


def test_run_reads_and_scores_the_seeds() -> None:
    report = evaluate(LABELS, [SEEDS])

    assert (report.labelled, report.missing) == (2, 0)
    assert report.tallies["figures.found"].gold > 10
    assert {row.kind for row in report.judged} == {"article_readings", "events", "figures", "incidents"}


def test_run_is_the_same_twice() -> None:
    assert evaluate(LABELS, [SEEDS]) == evaluate(LABELS, [SEEDS])


def test_run_without_a_labelled_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no label in"):
        evaluate(LABELS, [tmp_path])
    with pytest.raises(LabelError, match="no label in"):
        evaluate(LABELS, [SEEDS], half="odd")


def test_run_without_the_warehouse_it_is_given_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no warehouse"):
        evaluate(LABELS, [SEEDS], warehouse=tmp_path)


def test_run_summary_saves_and_compares(tmp_path: Path) -> None:
    report = evaluate(LABELS, [SEEDS])
    saved, bins, page = tmp_path / "run.jsonl", tmp_path / "bins.csv", tmp_path / "bins.md"

    first = summary(report, save=saved, reliability_table=bins)
    second = summary(report, against=saved, reliability_table=page)

    assert first.startswith(" ")
    assert "calibration figures" in first
    assert second == first + "\n\nnothing gained, nothing lost"
    assert len(saved.read_text("utf-8").splitlines()) == len(report.findings)
    assert json.loads(saved.read_text("utf-8").splitlines()[0])["part"] == "detection"
    assert bins.read_text("utf-8").startswith("kind,from,to,rows,claimed,right\n")
    assert page.read_text("utf-8").startswith("| kind |")


def test_run_with_a_file_that_is_no_warehouse_is_refused(tmp_path: Path) -> None:
    (tmp_path / "incidents.duckdb").write_text("not a database, though long enough to be looked at\n" * 100)

    with pytest.raises(ValueError, match="cannot be read as a warehouse"):
        evaluate(LABELS, [SEEDS], warehouse=tmp_path)


def test_run_command_prints_the_scores() -> None:
    result = CliRunner().invoke(app, ["evaluate", "--labels", str(LABELS), "--articles", str(SEEDS)])

    assert result.exit_code == 0
    assert "figures.measured" in result.stdout
    assert "2 labelled articles, 0 of them not read" in result.stdout


def test_run_command_tells_a_mistake_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "--labels", str(tmp_path), "--articles", str(SEEDS)])

    assert result.exit_code == 1
    assert result.stderr == f"breach-ledger: no labels (*.json) in {tmp_path}\n"
