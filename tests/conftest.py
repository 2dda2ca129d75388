"""The fixtures that many tests share."""

from pathlib import Path

import pytest

from pipeline.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")
