"""Figures of the seeds and of invented sentences: measure, what is counted, what is said of it, who said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.meaning import measures
from pipeline.extract.meaning.figures import Figure, likeliest
from pipeline.extract.reader import read

SEEDS = Path(__file__).parents[2] / "seeds"


def _cut(text: str, figure: Figure) -> tuple[str, str, str, str]:
    """Its quote without the noun's end, its measure, its subject and its predicate."""
    return (
        text[figure.quantity.span.start : figure.quantity.number.end],
        figure.measure,
        text[figure.subject.start : figure.subject.end],
        " ".join(text[s.start : s.end] for s in figure.predicate),
    )


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        pytest.param(
            "000_*.txt",
            [
                ("approximately 3,000", "people_responded", "illegal migrants", "release into the country"),
                ("more than 100", "people_subset", "immigrants", "were unable to stay in the U.S."),
                ("over 2 million", "background", "illegal border crossings", "in 2022 alone"),
                ("more than 100", "people_affected", "Cubans", "whose data was accidentally released"),
            ],
            id="000",
        ),
        pytest.param(
            "002_*.txt",
            [
                ("nearly 3,000", "people_responded", "detained immigrants", "releases"),
                ("nearly 3,000", "people_responded", "detained immigrants", "released"),
                ("thousands", "people_affected", "immigrants", "in detention being posted online"),
                ("6,200", "people_affected", "immigrants", "being published online"),
                ("5,100", "people_subset", "immigrants", "were in custody"),
                ("another 1,000", "people_subset", "immigrants", "had been removed or released already"),
                ("approximately five", "exposure_duration", "hours", "was up for"),
                ("just over 100", "people_affected", "Cubans", "affected"),
                ("2,900", "people_responded", "impacted noncitizens", "released from custody"),
                ("an additional 2,200", "people_responded", "impacted noncitizens", "review the cases of"),
            ],
            id="002",
        ),
    ],
)
def test_figures_seeds(seed: str, expected: list[tuple[str, str, str, str]]) -> None:
    (path,) = SEEDS.glob(seed)
    text = path.read_text("utf-8")
    assert [_cut(text, figure) for figure in read(text).figures] == expected


def test_figures_background_belongs_to_no_incident() -> None:
    (path,) = SEEDS.glob("000_*.txt")
    figures = read(path.read_text("utf-8")).figures
    assert all((f.incident is None) == (f.measure == "background") for f in figures)


def test_figures_source_is_who_says_so() -> None:
    (path,) = SEEDS.glob("000_*.txt")
    text = path.read_text("utf-8")
    crossings = read(text).figures[2]
    assert crossings.source is not None
    assert "Border Protection" in text[crossings.source.start : crossings.source.end]


@pytest.mark.parametrize(
    ("measure", "unit", "fits"),
    [
        ("ransom", "USD", True),
        ("people_affected", "USD", False),
        ("people_affected", "record", True),
        ("records_exposed", "system", False),
        ("systems_affected", "organization", True),
        ("share", "person", False),
        ("background", "byte", True),
        ("other", "hour", True),
    ],
)
def test_measures_fit_units(measure: str, unit: str, fits: bool) -> None:
    assert measures.fits(measure, unit) is fits


@pytest.mark.parametrize(
    ("odds", "measure"),
    [
        pytest.param({"background": 0.4, "ransom": 0.35, "loss": 0.25}, "ransom", id="told"),
        pytest.param({"background": 0.5, "ransom": 0.5}, "background", id="even-odds"),
        pytest.param({"background": 0.9}, "background", id="nothing-else"),
    ],
)
def test_figures_measure_the_likeliest(odds: dict[str, float], measure: str) -> None:
    assert likeliest(odds) == measure
