"""Rejects are closed when what they refused is mended, and only then."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.ingest.closing import closed
from pipeline.ingest.load import load
from pipeline.lake import Lake

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
GOOD = json.dumps({"text": "A laptop was stolen."})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


def take(folder: Path, lake: Lake, day: int = 0, max_bytes: int = 1_000) -> None:
    load(folder, lake, at=AT + timedelta(days=day), max_bytes=max_bytes, chunk_articles=1_000)


def rejects(lake: Lake) -> dict[str, str]:
    return {
        row["reject_id"]: f"{row['source_uri']} {row['check_name']}"
        for chunk in lake.chunks("articles")
        for row in chunk.read("rejects").rows(named=True)
    }


def mended(lake: Lake) -> dict[str, int]:
    """Rejects that are closed, and the day on which they were."""
    names = rejects(lake)
    return {names[reject]: (at - AT).days for reject, at in closed(lake.chunks("articles")).rows()}


def test_closing_follows_a_mended_file(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text("")
    (folder / "b.txt").write_text("")
    take(folder, lake)
    take(folder, lake, 1)
    assert mended(lake) == {}
    (folder / "a.txt").write_text("A laptop was stolen.")
    take(folder, lake, 2)
    take(folder, lake, 3)
    assert sorted(rejects(lake).values()) == ["a.txt empty", "b.txt empty"]
    assert mended(lake) == {"a.txt empty": 2}


def test_closing_knows_the_lines_that_are_still_wrong(folder: Path, lake: Lake) -> None:
    path = folder / "day.jsonl"
    path.write_text("\n".join([GOOD, "{one", "{two"]))
    take(folder, lake)
    path.write_text("\n".join([GOOD, GOOD, "{two", "{three"]))
    take(folder, lake, 1)
    assert mended(lake) == {"day.jsonl#L2 no_json": 1}
    path.write_text("\n".join([GOOD, "{one"]))
    take(folder, lake, 2)
    assert mended(lake) == {"day.jsonl#L3 no_json": 2, "day.jsonl#L4 no_json": 2}


def test_closing_of_what_time_or_a_limit_mends(folder: Path, lake: Lake) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"text": "x", "published_on": "2024-05-07"}))
    (folder / "b.txt").write_text("A laptop was stolen. " * 100)
    take(folder, lake)
    assert mended(lake) == {}
    take(folder, lake, 1, max_bytes=10_000)
    assert mended(lake) == {"a.jsonl#L1 future_date": 1, "b.txt too_big": 1}


def test_closing_does_not_mix_up_files_of_like_names(folder: Path, lake: Lake) -> None:
    for name in ("a.jsonl", "a.jsonl#L1.jsonl", "a%23.jsonl"):
        (folder / name).write_text("{bad")
    take(folder, lake)
    (folder / "a.jsonl").write_text(GOOD)
    take(folder, lake, 1)
    assert mended(lake) == {"a.jsonl#L1 no_json": 1}
