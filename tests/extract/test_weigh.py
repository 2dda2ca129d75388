import math

import pytest

from pipeline.extract.weighing.confidence import calibrated, points
from pipeline.extract.weighing.lines import line, rise
from pipeline.extract.weighing.weigh import FOLDER, weigh, weights

# Those of evidence; the others are curves, trees and lines.
NAMES = sorted(path.stem for path in FOLDER.glob("*.json") if '"slots"' in path.read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_weigh_unknown_evidence_weighs_nothing(name: str) -> None:
    plain = weigh(name, [])
    assert math.isclose(sum(plain.values()), 1.0)
    slot = next(iter(weights(name).lean), None) or next(iter(weights(name).rows))[0]
    assert weigh(name, [("no such slot", "x"), (slot, "no such value")]) == plain


def test_weigh_evidence_moves_the_odds() -> None:
    stolen = weigh("report", [("title", "breach"), ("lead", "stolen"), ("lead", "hacker"), ("body", "expos")])
    advice = weigh("report", [("title", "tip"), ("lead", "protect"), ("body", "should")])
    assert stolen["yes"] > weigh("report", [])["yes"] > advice["yes"]


def test_weigh_a_long_text_is_no_surer_for_its_length() -> None:
    short = [("body", "breach"), ("body", "stolen"), *(("no such slot", str(n)) for n in range(50))]
    long = [*short, *(("no such slot", str(n)) for n in range(50, 5000))]
    assert weights("report").by_length
    assert weigh("report", short)["yes"] > weigh("report", long)["yes"] > weigh("report", [])["yes"]


def test_lines_rise_with_what_speaks_for_a_report() -> None:
    nothing = dict.fromkeys(line("reported")[1], 0.0)
    assert 0 < rise("reported", nothing | {"words": -4.0}) < rise("reported", nothing | {"words": 4.0}) < 1


@pytest.mark.parametrize("kind", sorted(points()))
def test_confidence_rises_with_what_is_claimed(kind: str) -> None:
    curve = [calibrated(kind, step / 50) for step in range(51)]
    assert curve == sorted(curve)
    assert 0 <= curve[0] <= curve[-1] <= 1


def test_confidence_of_an_unmeasured_kind_is_what_is_claimed() -> None:
    assert calibrated("no such kind", 0.4321) == 0.432
    assert (calibrated("no such kind", -0.5), calibrated("no such kind", 1.5)) == (0.0, 1.0)
