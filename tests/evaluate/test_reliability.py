import pytest

from pipeline.evaluate.counts import Judged
from pipeline.evaluate.reliability import Bin, calibration_errors, csv, markdown, reliability

JUDGED = [
    *[Judged("figures", 0.85, right) for right in (True, True, True, False)],
    Judged("figures", 0.25, False),
    Judged("events", 1.0, True),
]
BINS = (
    Bin("events", 0.9, 1.0, 1, 1.0, 1.0),
    Bin("figures", 0.2, 0.3, 1, 0.25, 0.0),
    Bin("figures", 0.8, 0.9, 4, 0.85, 0.75),
)


def test_reliability_bins_rows_by_kind_and_confidence() -> None:
    assert reliability(JUDGED) == BINS


@pytest.mark.parametrize(("confidence", "low"), [(0.0, 0.0), (0.0999, 0.0), (0.1, 0.1), (0.7, 0.7), (1.0, 0.9)])
def test_reliability_puts_a_row_in_the_bin_that_holds_it(confidence: float, low: float) -> None:
    assert [b.low for b in reliability([Judged("figures", confidence, True)])] == [low]


def test_reliability_error_weighs_bins_by_their_rows() -> None:
    assert calibration_errors(BINS) == {"events": 0.0, "figures": pytest.approx((0.25 + 4 * 0.1) / 5)}
    assert calibration_errors(()) == {}


def test_reliability_as_csv_and_markdown() -> None:
    assert csv(BINS).splitlines() == [
        "kind,from,to,rows,claimed,right",
        "events,0.9,1.0,1,1.0,1.0",
        "figures,0.2,0.3,1,0.25,0.0",
        "figures,0.8,0.9,4,0.85,0.75",
    ]
    assert "| figures | 0.8 to 0.9 | 4 | 0.850 | 0.750 |" in markdown(BINS)
    assert markdown(BINS).endswith("- events: 0.0000\n- figures: 0.1300\n")
