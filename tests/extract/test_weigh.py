import math

import pytest

from pipeline.extract.weighing.confidence import calibrated, points
from pipeline.extract.weighing.weigh import FOLDER, level, weigh, weights

NAMES = sorted(path.stem for path in FOLDER.glob("*.json") if path.stem not in ("confidence", "exposed"))


@pytest.mark.parametrize("name", NAMES)
def test_weigh_unknown_evidence_weighs_nothing(name: str) -> None:
    plain = weigh(name, [])
    assert math.isclose(sum(plain.values()), 1.0)
    slot = next(iter(weights(name).lean or weights(name).rows))[0]
    assert weigh(name, [("no such slot", "x"), (slot, "no such value")]) == plain


def test_weigh_evidence_moves_the_odds() -> None:
    stolen = weigh("report", [("title", "breach"), ("lead", "stolen"), ("lead", "hacker"), ("body", "expos")])
    advice = weigh("report", [("title", "tip"), ("lead", "protect"), ("body", "should")])
    assert stolen["yes"] > weigh("report", [])["yes"] > advice["yes"]


@pytest.mark.parametrize(("probability", "tenth"), [(0.0, "0"), (0.09, "0"), (0.55, "5"), (1.0, "9")])
def test_weigh_level_is_the_tenth(probability: float, tenth: str) -> None:
    assert level(probability) == tenth


@pytest.mark.parametrize("kind", sorted(points()))
def test_confidence_rises_with_what_is_claimed(kind: str) -> None:
    curve = [calibrated(kind, step / 50) for step in range(51)]
    assert curve == sorted(curve)
    assert 0 <= curve[0] <= curve[-1] <= 1


def test_confidence_of_an_unmeasured_kind_is_what_is_claimed() -> None:
    assert calibrated("no such kind", 0.4321) == 0.432
    assert (calibrated("no such kind", -0.5), calibrated("no such kind", 1.5)) == (0.0, 1.0)
