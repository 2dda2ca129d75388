import tomllib
from pathlib import Path

import pytest

from pipeline.evaluate.counts import Report
from pipeline.evaluate.run import evaluate

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"

FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def report() -> Report:
    """The scores of the extractor on the seeds."""
    return evaluate(HERE / "labels", [SEEDS])


def test_floors_are_of_both_seeds(report: Report) -> None:
    assert (report.labelled, report.missing) == (2, 0)


@pytest.mark.parametrize(("part", "floor"), FLOORS["f1"].items(), ids=list(FLOORS["f1"]))
def test_floors_hold_for_f1(report: Report, part: str, floor: float) -> None:
    wrong = [finding for finding in report.findings if finding.part == part and finding.outcome != "right"]
    assert round(report.tallies[part].f1, 4) >= floor, "\n".join(map(str, wrong))


@pytest.mark.parametrize(("field", "floor"), FLOORS["accuracy"].items(), ids=list(FLOORS["accuracy"]))
def test_floors_hold_for_accuracy(report: Report, field: str, floor: float) -> None:
    assert round(report.shares[field].accuracy, 4) >= floor
