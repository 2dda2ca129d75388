import json
import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from pipeline.identity import article_id
from pipeline.ingest import load as module
from pipeline.ingest.batch import Loaded
from pipeline.ingest.load import load
from pipeline.lake import Lake

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
PROSE = "The clinic said on Monday that a laptop with the names of {} patients had been stolen from a car."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


def run(folder: Path, lake: Lake, at: datetime = AT, max_bytes: int = 1_000_000, chunk_articles: int = 1_000) -> Loaded:
    return load(folder, lake, at=at, max_bytes=max_bytes, chunk_articles=chunk_articles)


def table(lake: Lake, name: str) -> pl.DataFrame:
    return pl.concat([chunk.read(name) for chunk in lake.chunks("articles")])


def test_load_makes_an_article_of_a_record(folder: Path, lake: Lake) -> None:
    line = {
        "text": PROSE.format(7),
        "title": "T",
        "publisher": "P",
        "author": "A",
        "published_on": "2024-05-01",
        "id": 3,
    }
    (folder / "a.jsonl").write_text(json.dumps(line))
    assert run(folder, lake) == Loaded(1, 0, 0, Counter(), Counter())
    (row,) = table(lake, "articles").rows(named=True)
    batch = row.pop("batch")
    assert row == {
        "article_id": article_id(line["text"]),
        "source_uri": "a.jsonl#L1",
        "title": "T",
        "publisher": "P",
        "author": "A",
        "published_on": date(2024, 5, 1),
        "published_on_basis": "metadata",
        "language": "en",
        "text": line["text"],
        "char_count": len(line["text"]),
        "duplicate_of": None,
        "superseded_by": None,
        "ingested_at": AT,
    }
    assert [chunk.key for chunk in lake.chunks("articles")] == [batch]


def test_load_tells_the_language(folder: Path, lake: Lake) -> None:
    (folder / "de.txt").write_text("Die Klinik teilte am Montag mit, dass ein Laptop mit den Namen der Kranken fehlt.")
    (folder / "short.txt").write_text("Hacked.")
    run(folder, lake)
    assert dict(table(lake, "articles").select("source_uri", "language").rows()) == {"de.txt": "de", "short.txt": "und"}


def test_load_twice_takes_nothing_new(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(PROSE.format(1))
    (folder / "b.jsonl").write_text('{"text": "One laptop."}\n{broken\n{"text": "x", "published_on": "soon"}\n')
    (folder / "c.txt").write_text("")
    (folder / "d.pdf").write_text("%PDF")
    first = run(folder, lake)
    assert first == Loaded(2, 0, 0, Counter(no_json=1, wrong_date=1, empty=1), Counter({".pdf": 1}))
    chunks = lake.chunks("articles")
    os.utime(folder / "a.txt")
    assert run(folder, lake) == Loaded(0, 0, 0, Counter(), Counter({".pdf": 1}))
    assert lake.chunks("articles") == chunks


def test_load_takes_only_the_new_lines_of_a_file_that_grew(folder: Path, lake: Lake) -> None:
    path = folder / "day.jsonl"
    lines = [json.dumps({"text": PROSE.format(number)}) for number in range(3)]
    path.write_text("\n".join(lines[:2]))
    assert run(folder, lake).articles == 2
    path.write_text("\n".join([lines[2], *lines[:2]]))
    assert run(folder, lake) == Loaded(1, 0, 2, Counter(), Counter())
    assert table(lake, "articles")["text"].to_list().count(PROSE.format(0)) == 1


def test_load_knows_a_file_that_moved(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(PROSE.format(1))
    run(folder, lake)
    (folder / "2024").mkdir()
    (folder / "a.txt").rename(folder / "2024" / "a.txt")
    assert run(folder, lake) == Loaded(0, 0, 0, Counter(), Counter())


def test_load_keeps_the_same_text_of_another_source_as_a_duplicate(folder: Path, lake: Lake) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PROSE.format(1))
    line = {"text": PROSE.format(1), "publisher": "Example Times", "url": "https://news.example/1"}
    (folder / "c.jsonl").write_text(json.dumps(line) + "\n" + json.dumps(line))
    assert run(folder, lake) == Loaded(3, 2, 1, Counter(), Counter())
    rows = table(lake, "articles").sort("source_uri").select("source_uri", "article_id", "duplicate_of").rows()
    first = article_id(PROSE.format(1))
    assert [(uri, original) for uri, _, original in rows] == [
        ("a.txt", None),
        ("b.txt", first),
        ("https://news.example/1", first),
    ]
    assert len({article for _, article, _ in rows}) == 3
    assert rows[0][1] == first


def test_load_rejects_name_place_reason_and_record(folder: Path, lake: Lake) -> None:
    (folder / "a.jsonl").write_text('{"text": "x", "published_on": "soon", "noise": 1}')
    run(folder, lake)
    (row,) = table(lake, "rejects").rows(named=True)
    assert row.pop("reject_id").startswith("x_")
    assert row == {
        "source_uri": "a.jsonl#L1",
        "article_id": None,
        "stage": "ingest",
        "table_name": "articles",
        "column_name": "published_on",
        "check_name": "wrong_date",
        "failure": "'soon' is no date like 2022-11-28",
        "record": '{"text": "x", "published_on": "soon"}',
        "rejected_at": AT,
        "resolved_at": None,
    }


def test_load_refuses_tomorrow_until_it_is_there(folder: Path, lake: Lake) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"text": PROSE.format(1), "published_on": "2024-05-07"}))
    assert run(folder, lake).rejects == Counter(future_date=1)
    assert run(folder, lake) == Loaded(0, 0, 0, Counter(), Counter())
    assert run(folder, lake, at=AT.replace(day=7)).articles == 1


def test_load_takes_a_file_that_was_mended(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_bytes(b"broken\0")
    assert run(folder, lake).rejects == Counter(nul_bytes=1)
    (folder / "a.txt").write_text(PROSE.format(1))
    assert run(folder, lake).articles == 1


def test_load_takes_a_big_file_once_the_limit_is_raised(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(PROSE.format(1) * 10)
    assert run(folder, lake, max_bytes=100).rejects == Counter(too_big=1)
    assert run(folder, lake).articles == 1


def test_load_refuses_fifty_megabytes_by_default(folder: Path, lake: Lake) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert run(folder, lake, max_bytes=10_000_000).rejects == Counter(too_big=1)


def test_load_writes_chunks_of_the_size_asked_for(folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.jsonl").write_text("\n".join(json.dumps({"text": PROSE.format(number)}) for number in range(25)))
    run(folder, lake, chunk_articles=10)
    assert sorted(chunk.rows("articles") for chunk in lake.chunks("articles")) == [5, 10, 10]
    monkeypatch.setattr(module, "CHUNK_CHARACTERS", 150)
    (folder / "b.jsonl").write_text("\n".join(json.dumps({"text": PROSE.format(number)}) for number in range(30, 34)))
    run(folder, lake)
    assert sorted(chunk.rows("articles") for chunk in lake.chunks("articles")) == [0, 2, 2, 5, 10, 10]


def test_load_goes_on_where_it_was_broken_off(folder: Path, lake: Lake) -> None:
    (folder / "a.jsonl").write_text("\n".join(json.dumps({"text": PROSE.format(number)}) for number in range(25)))

    def stop(articles: int) -> None:
        if articles >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(folder, lake, at=AT, max_bytes=1_000_000, chunk_articles=10, progress=stop)
    assert run(folder, lake, chunk_articles=10) == Loaded(5, 0, 20, Counter(), Counter())
    assert table(lake, "articles")["article_id"].n_unique() == 25


def test_load_gives_the_same_rows_anywhere(tmp_path: Path) -> None:
    frames = []
    for name in ("one", "two"):
        folder = tmp_path / name / "articles"
        folder.mkdir(parents=True)
        for number in range(5):
            (folder / f"{number}.txt").write_text(PROSE.format(number % 3))
        lake = Lake(tmp_path / name / "lake")
        run(folder, lake)
        frames.append({name: table(lake, name) for name in ("articles", "rejects", "sources")})
    assert all(frames[0][name].equals(frames[1][name]) for name in frames[0])
