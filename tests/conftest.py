"""The fixtures that many tests share."""

from pathlib import Path

import pytest

from pipeline.lake import Lake
from tests.ledgers import Ledger, incident, one_of_each


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """One article, about one incident."""
    ledger = Ledger(tmp_path)
    ledger.add("first", **one_of_each("first"))
    ledger.found(**incident("first"))
    return ledger
