"""Figures are printed by `make soak` alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak.place import SOAK, Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def say(line: str) -> None:
        if SOAK:
            with capsys.disabled():
                print(f"\n  soak: {line}")

    return say
