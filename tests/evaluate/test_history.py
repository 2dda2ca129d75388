from pathlib import Path

import pytest

from pipeline.evaluate.counts import Finding
from pipeline.evaluate.history import Change, changes, load, save

NAME = Finding("exposed_data", "7", "right", 5, 10, "'Names' name")
PHONE = Finding("exposed_data", "7", "missed", 20, 25, "'phone' phone")
WRONG = Finding("exposed_data", "7", "wrong", 30, 33, "'car' other")
ELSEWHERE = Finding("exposed_data", "8", "right", 1, 6, "'Names' name")


def test_history_is_read_as_it_was_saved(tmp_path: Path) -> None:
    odd = Finding("statements", "7", "right", 1, 9, "'“Ça”\u2028va' by Zoë")
    save([NAME, odd, WRONG], tmp_path / "run.jsonl")

    assert load(tmp_path / "run.jsonl") == [NAME, odd, WRONG]
    assert (tmp_path / "run.jsonl").read_text("utf-8").count("\n") == 3


@pytest.mark.parametrize("line", ["{", '{"part": "exposed_data"}', "3", '{"score": 1}'])
def test_history_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "run.jsonl").write_text(line + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match="line 1: no finding"):
        load(tmp_path / "run.jsonl")


def test_history_tells_gained_and_lost() -> None:
    gained, lost = PHONE._replace(outcome="right"), NAME._replace(outcome="missed")

    assert changes([NAME, PHONE, WRONG], [lost, gained]) == [
        Change("gained", gained),
        Change("lost", lost),
        Change("no longer wrong", WRONG),
    ]
    assert changes([NAME], [NAME, WRONG]) == [Change("newly wrong", WRONG)]


def test_history_counts_equal_rows() -> None:
    assert changes([NAME, WRONG], [NAME, WRONG, WRONG]) == [Change("newly wrong", WRONG)]


def test_history_compares_only_what_both_runs_scored() -> None:
    assert changes([NAME], [NAME, ELSEWHERE]) == []
    assert changes([NAME, ELSEWHERE], [NAME]) == []
    # A label that the earlier run did not know is neither gained nor lost.
    assert changes([NAME], [NAME, PHONE._replace(outcome="right")]) == []
