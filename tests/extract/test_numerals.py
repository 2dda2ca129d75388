"""Numbers as written: their span, value and form, and what looks like a number and is none."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numbers import numerals
from pipeline.extract.text import document
from pipeline.extract.text.findings import Numeral

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "cases" / "numerals.toml").read_text("utf-8"))[
    "case"
]


def _find(text: str) -> tuple[Numeral, ...]:
    return numerals.find(document.parse(text))


def _bounds(expected: object) -> tuple[float | None, float | None, float | None]:
    """Value, low and high that a case tells: 5, "10..15" or "24..": a plain number is all three."""
    if not isinstance(expected, str):
        number = float(str(expected))
        return number, number, number
    low, _, high = expected.partition("..")
    return None, float(low), float(high) if high else None


@pytest.mark.parametrize("case", [c for c in CASES if "skip" not in c], ids=lambda case: case["text"][:40])
def test_numerals_find_as_cases_tell(case: dict[str, Any]) -> None:
    text = re.sub(r"[\[\]]", "", case["text"])
    found = _find(text)
    assert [text[n.span.start : n.span.end] for n in found] == re.findall(r"\[(.*?)\]", case["text"])
    values = case.get("value", [])
    for numeral, expected in zip(found, values if isinstance(values, list) else [values], strict=True):
        for got, wanted in zip(numeral[1:4], _bounds(expected), strict=True):
            assert got == (None if wanted is None else pytest.approx(wanted, rel=1e-4))
        assert case["form"] in ("any", numeral.form)


def test_numerals_keep_to_ascii_digits() -> None:
    assert [n.value for n in _find("² ½ Ⅷ ٣ ① and 1٣ but 5² and 7")] == [7.0]


def test_numerals_of_endless_digits_are_none() -> None:
    assert _find("9" * 100_000) == ()


@given(
    st.text(alphabet=st.sampled_from("0123456789.,-/: $%kmbn²½٣\u00a0\u200b\nonetwohalfdozens"), max_size=60)
    | st.text(max_size=60)
)
def test_numerals_of_any_text_lie_in_it_in_order(text: str) -> None:
    found = _find(text)
    assert all(0 <= n.span.start < n.span.end <= len(text) for n in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(n.low is not None and (n.high is None or n.low <= n.high) for n in found)
