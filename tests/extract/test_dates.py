"""Calendar expressions: their quotes, the days that they name, and what looks like a date and is none."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.days import dates, holidays
from pipeline.extract.numbers import numerals
from pipeline.extract.text import document
from pipeline.extract.text.findings import DateMention
from pipeline.extract.text.lexicon import entries

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "cases" / "dates.toml").read_text("utf-8"))["case"]
# What hypothesis makes sentences of
MONTHS = [
    "May",
    "31",
    "30th",
    "2017",
    "2018-02-30",
    "mid-June",
    "Q3",
    "spring",
    "summer",
    "Monday",
    "Tuesday,",
    "yesterday",
]
POINTERS = [
    "in",
    "early",
    "late",
    "last",
    "next",
    "this",
    "the",
    "past",
    "two",
    "first",
    "same",
    "before",
    "after",
    "ago",
]
UNITS = [
    "years",
    "weeks",
    "months",
    "decades",
    "quarter",
    "day",
    "week",
    "end",
    "of",
    "and",
    "to",
    "9,999",
    ",",
    ".",
    "-",
    "'",
]
WORDS = MONTHS + POINTERS + UNITS


def _find(text: str, published: date | None) -> tuple[DateMention, ...]:
    parsed = document.parse(text, published)
    return dates.find(parsed, numerals.find(parsed))


def _told(mention: DateMention) -> str:
    if mention.first is None and mention.last is None:
        return "?"
    first, last = mention.first or "", mention.last or ""
    return str(first) if first == last else f"{first}..{last}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_dates_resolve_as_cases_tell(case: dict[str, Any]) -> None:
    text = re.sub(r"[\[\]]", "", case["text"])
    published = case.get("published", "2018-03-07")
    found = _find(text, date.fromisoformat(published) if published else None)
    quotes = case.get("quotes") or re.findall(r"\[(.*?)\]", case["text"])
    told = [text[m.span.start : m.span.end] for m in found]
    assert [quote.removeprefix("the ") for quote in told] == [quote.removeprefix("the ") for quote in quotes]
    assert [_told(m) for m in found] == case.get("days", [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000_0deb03519cf382ab", {"2022": "2022-01-01..2022-12-31"}),
        (
            "002_3b21ac3abde230b1",
            {
                "Thursday": "?",
                "last year": "2022-01-01..2022-12-31",
                "Nov. 28": "2022-11-28",
                "Nov. 19": "2022-11-19",
                "December": "2022-12-01..2022-12-31",
                "November": "2022-11-01..2022-11-30",
                "November and December 2022": "2022-11-01..2022-12-31",
            },
        ),
    ],
    ids=["000", "002"],
)
def test_dates_of_the_seeds(name: str, expected: dict[str, str]) -> None:
    text = (ROOT / "seeds" / f"{name}.txt").read_text("utf-8")
    assert {text[m.span.start : m.span.end]: _told(m) for m in _find(text, None)} == expected


def test_dates_depend_on_publication_alone() -> None:
    text = "On Friday it closed; last month it was open."
    assert [_told(m) for m in _find(text, date(2020, 1, 1))] == ["2019-12-27", "2019-12-01..2019-12-31"]
    assert [_told(m) for m in _find(text, date(2020, 7, 1))] == ["2020-06-26", "2020-06-01..2020-06-30"]


@pytest.mark.parametrize("name", holidays.NAMES)
@pytest.mark.parametrize("mark", ["'", "’"])
def test_dates_find_holidays_by_name(name: str, mark: str) -> None:
    written = f"{name} 2016".replace("'", mark)
    (mention,) = _find(f"It was hit on {written}.", date(2018, 6, 1))
    day = holidays.day_of(name, 2016)
    assert (mention.span, mention.first, mention.last) == ((14, 14 + len(written)), day, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("It was hit on Christmas Eve.", date(2017, 12, 24), id="the last before publication"),
        pytest.param("It was hit last Easter.", date(2018, 4, 1), id="last"),
        pytest.param("It will close on Thanksgiving.", date(2018, 11, 22), id="told as coming"),
        pytest.param("It moves next Christmas.", date(2018, 12, 25), id="next, far ahead"),
        pytest.param("It moves next Easter.", date(2019, 4, 21), id="next, of the next year"),
    ],
)
def test_dates_place_holidays_by_publication(text: str, day: date) -> None:
    assert [mention.first for mention in _find(text, date(2018, 6, 1))] == [day]


def test_dates_are_no_days_of_shopping() -> None:
    assert _find("It was hit by Christmas shopping.", date(2018, 6, 1)) == ()


@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=50),
    st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_dates_of_any_text_lie_in_it_and_run_forward(text: str, published: date | None) -> None:
    found = _find(text, published)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(m.first is None or m.last is None or m.first <= m.last for m in found)


@pytest.mark.parametrize("text", [text for entry in entries("calendar") for text in entry.get("examples", ())])
def test_dates_calendar_lexicon_finds_its_examples(text: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    assert (start, end) in [tuple(mention.span) for mention in _find(plain, date(2018, 3, 7))]


@pytest.mark.parametrize("text", [text for entry in entries("calendar") for text in entry.get("counters", ())])
def test_dates_calendar_lexicon_finds_no_date_in_its_counters(text: str) -> None:
    assert _find(text, date(2018, 3, 7)) == ()
