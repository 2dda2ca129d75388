import ast
from pathlib import Path

import pytest

from schemas import vocabulary
from schemas.vocabulary import CURRENCIES, UNITS, Code, Measure, Unit


@pytest.mark.parametrize("codes", Code.__subclasses__(), ids=lambda codes: codes.__name__)
def test_vocabulary_explains_every_code(codes: type[Code]) -> None:
    assert codes.__doc__ != Code.__doc__
    assert all(code.meaning and code == code.value == str(code) for code in codes)
    assert len({code.meaning for code in codes}) == len(codes)


@pytest.mark.parametrize(
    ("measure", "units"),
    [
        (Measure.PEOPLE_AFFECTED, ("person",)),
        (Measure.EXPOSURE_DURATION, ("hour", "day")),
        (Measure.SHARE, ("percent",)),
        (Measure.RANSOM, CURRENCIES),
        (Measure.BACKGROUND, UNITS),
    ],
)
def test_vocabulary_knows_the_units_of_a_measure(measure: Measure, units: tuple[str, ...]) -> None:
    assert measure.units == units


def test_vocabulary_writes_money_in_capitals_and_nothing_else() -> None:
    # The rule on units of measures relies on it.
    assert {unit for unit in UNITS if unit.isupper()} == set(CURRENCIES)
    assert {"USD", "EUR", "GBP", "BTC"} < set(CURRENCIES)
    assert not {unit.value for unit in Unit} & set(CURRENCIES)


def test_vocabulary_imports_nothing_but_enum() -> None:
    tree = ast.parse(Path(str(vocabulary.__file__)).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["from enum import StrEnum"]
