import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.identity import article_id, row_id

ROOT = Path(__file__).parents[1]


def test_identity_is_written_down() -> None:
    # These ids are in published warehouses: whoever changes them breaks every link into the ledger.
    assert article_id("One text.") == "a_27f9664546782da8"
    assert row_id("f", "a_1", 10, 25) == "f_a4fa9eccda6f7594"


def test_identity_is_the_same_in_another_process() -> None:
    code = "from pipeline.identity import row_id; print(row_id('f', 'ä', None, 7))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert other.stdout.strip() == row_id("f", "ä", None, 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("a_1", 12), ("a_11", 2), id="border between parts"),
        pytest.param(("a", "b"), ("b", "a"), id="order"),
        pytest.param((None,), ("",), id="nothing and the empty string"),
        pytest.param((None,), ("None",), id="nothing and its name"),
        pytest.param(("a",), ("a", ""), id="number of parts"),
        pytest.param(("é",), ("e\u0301",), id="composed and combining"),
        pytest.param(("1:a",), ("1", "a"), id="what looks like a length"),
    ],
)
def test_identity_tells_apart(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert row_id("x", *one) != row_id("x", *other)


def test_identity_takes_any_text() -> None:
    assert row_id("a", "\ud800 \x00 🏥").startswith("a_")
