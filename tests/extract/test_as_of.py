"""The day that a figure describes: of counts that their sentence dates, and of no others."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.reader import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Acme had 4,000 clients as of June 30.", {"4,000": "2018-06-30"}, id="behind the count"),
        pytest.param("As of June 30, Acme had 4,000 clients.", {"4,000": "2018-06-30"}, id="before it"),
        pytest.param("Acme, as of June 30, had 4,000 clients.", {"4,000": "2018-06-30"}, id="between"),
        pytest.param("It holds 70,000 files; as of May, it has 300 clients.", {"300": "2018-05-31"}, id="its clause"),
        pytest.param(
            "It lost $60 (\N{POUND SIGN}40 as of June 2).", {"\N{POUND SIGN}40": "2018-06-02"}, id="in brackets"
        ),
        pytest.param("By Monday, 181 clients had complained.", {"181": "2018-07-02"}, id="by a day that is past"),
        pytest.param("It wants 40 dollars by Friday.", {}, id="a deadline"),
        pytest.param("By July 30, 181 clients will be told.", {}, id="a day to come"),
        pytest.param("It was hit by Monday\N{RIGHT SINGLE QUOTATION MARK}s attack on 300 clients.", {}, id="an agent"),
        pytest.param("On June 30, hackers took 300 records.", {}, id="what happened on a day"),
        pytest.param("As of June 30, it was open for five hours.", {}, id="durations have no day"),
    ],
)
def test_as_of_is_the_day_that_dates_the_count(text: str, wanted: dict[str, str]) -> None:
    reading = read(text, date(2018, 7, 5))
    found = zip(reading.figures, reading.counted_on, strict=True)
    numbers = {text[f.quantity.span.start : f.quantity.span.end].split()[0].rstrip("."): day for f, day in found if day}
    assert {number: str(day) for number, day in numbers.items()} == wanted
