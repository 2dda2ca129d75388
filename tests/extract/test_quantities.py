"""Figures: quote, range, qualifier and unit; what counts nothing; and the lexicons, proved by their own examples."""

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

from pipeline.extract.days import dates
from pipeline.extract.numbers import numerals, quantities
from pipeline.extract.text import document, lexicon
from pipeline.extract.text.findings import Quantity
from schemas.vocabulary import UNITS

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "quantities.toml").read_text("utf-8")
)["case"]


def _find(text: str) -> tuple[Quantity, ...]:
    parsed = document.parse(text, date(2018, 3, 7))
    numbers = numerals.find(parsed)
    claimed = [mention.span for mention in dates.find(parsed, numbers)]
    return quantities.find(parsed, numbers, claimed)


def _plain(marked: str) -> str:
    """A marked sentence without its marks."""
    return re.sub(r"[\[\]]", "", marked)


def _examples(name: str, field: str = "examples") -> list[tuple[str, str]]:
    return [(entry["code"], example) for entry in lexicon.entries(name) for example in entry.get(field, ())]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_quantities_find_as_cases_tell(case: dict[str, Any]) -> None:
    text = case["text"] if "figures" not in case else _plain(case["text"])
    found = _find(text)
    quotes = case.get("quotes") or (re.findall(r"\[(.*?)\]", case["text"]) if "figures" in case else [])
    assert [text[q.span.start : q.span.end] for q in found] == quotes
    for quantity, expected in zip(found, case.get("figures", []), strict=True):
        qualifier, number, unit = expected.split()
        low, ranged, high = number.partition("..")
        assert (quantity.qualifier, quantity.unit) == (qualifier, unit)
        if ranged:
            bounds = (None, float(low) if low else None, float(high) if high else None)
            assert (quantity.value, quantity.low, quantity.high) == pytest.approx(bounds)
        else:
            assert quantity.value == pytest.approx(float(low))


@pytest.mark.parametrize(
    ("wording", "bounds"),
    [
        ("100 users", (100, 100, 100)),
        ("about 100 users", (100, 90, 110)),
        ("nearly 100 users", (100, 90, 100)),
        ("just under 100 users", (100, 90, 100)),
        ("more than 100 users", (100, 100, None)),
        ("just over 100 users", (100, 100, 110)),
        ("at least 100 users", (100, 100, None)),
        ("as many as 100 users", (100, None, 100)),
        ("fewer than 100 users", (100, None, 100)),
        ("between 100 and 200 users", (None, 100, 200)),
        ("hundreds of users", (None, 200, None)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quantities_bound_as_the_contract_reads(wording: str, bounds: tuple[float | None, ...]) -> None:
    (quantity,) = _find(f"It hit {wording}.")
    assert (quantity.value, quantity.low, quantity.high) == pytest.approx(bounds)
    assert quantity.span == (7, 7 + len(wording))


def test_quantities_tell_number_and_noun_apart() -> None:
    text = "It hit more than 100 large clinics."
    (quantity,) = _find(text)
    assert text[quantity.number.start : quantity.number.end] == "100"
    assert text[quantity.noun.start : quantity.noun.end] == "large clinics"


def test_quantities_leave_claimed_numbers_alone() -> None:
    parsed = document.parse("In 2016 it had 20 shops.")
    numbers = numerals.find(parsed)
    assert [q.value for q in quantities.find(parsed, numbers, [numbers[0].span])] == [20.0]


@pytest.mark.parametrize(("code", "example"), [*_examples("units"), *_examples("currencies")])
def test_units_lexicon_examples_hold(code: str, example: str) -> None:
    text = _plain(example)
    marked = re.findall(r"\[(.*?)\]", example)
    units = {text[q.span.start : q.span.end]: q.unit for q in _find(text)}
    assert set(marked) <= set(units)
    assert code in {units[quote] for quote in marked}


@pytest.mark.parametrize(
    ("code", "before"),
    [
        *((entry["code"], sign) for entry in lexicon.entries("currencies") for sign in entry.get("written", ())),
        *((entry["code"], sign) for entry in lexicon.entries("currencies") for sign in entry.get("signs", ())),
        *((entry["code"], f"{of}$") for entry in lexicon.entries("currencies") for of in entry.get("dollars", ())),
    ],
)
def test_currencies_stand_before_digits_as_their_lexicon_tells(code: str, before: str) -> None:
    (quantity,) = _find(f"It paid {before}500.")
    assert (quantity.unit, quantity.value, quantity.span) == (code, 500.0, (8, 11 + len(before)))


@pytest.mark.parametrize(("code", "example"), _examples("units", "counters"))
def test_units_lexicon_counters_hold(code: str, example: str) -> None:
    assert all(q.unit != code for q in _find(_plain(example)))


@pytest.mark.parametrize(("code", "example"), _examples("qualifiers"))
def test_qualifiers_lexicon_examples_hold(code: str, example: str) -> None:
    text = _plain(example)
    (quantity,) = _find(text)
    if code:
        assert quantity.qualifier == code.rstrip("~")
        assert [text[quantity.span.start : quantity.span.end]] == re.findall(r"\[(.*?)\]", example)


@pytest.mark.parametrize(("code", "example"), _examples("labels"))
def test_labels_lexicon_examples_hold(code: str, example: str) -> None:
    assert _find(example) == ()


@pytest.mark.parametrize("name", ["units", "currencies", "qualifiers", "labels"])
def test_counting_lexicons_have_each_word_once(name: str) -> None:
    words = [word for entry in lexicon.entries(name) for word in entry["words"]]
    assert sorted(set(words)) == sorted(words)
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize("name", ["units", "currencies"])
def test_counting_lexicons_speak_of_known_units(name: str) -> None:
    assert {entry["code"] for entry in lexicon.entries(name)} - {""} <= set(UNITS)


@given(
    st.text(
        alphabet=st.sampled_from("0123456789.,-()[]%$£ \n\"“”'’+#kmRsABof the more than 5 users GB hours"), max_size=80
    )
    | st.text(max_size=60)
)
def test_quantities_of_any_text_lie_in_it_in_order(text: str) -> None:
    found = _find(text)
    assert all(0 <= q.span.start <= q.number.start < q.number.end <= q.span.end <= len(text) for q in found)
    assert all(q.noun.start <= q.noun.end for q in found)
    assert all(a.number.end <= b.number.start for a, b in pairwise(found))
