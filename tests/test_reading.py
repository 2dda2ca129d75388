from collections import Counter
from datetime import date, datetime

import polars as pl
import pytest

from pipeline import reading
from pipeline.identity import article_id
from pipeline.lake import Lake
from pipeline.reading import KIND, OF_REPEATS, extract_chunk, read_unread
from schemas.articles import IngestedArticle, Reject
from schemas.tables import READINGS, dtypes, frame
from tests.articles import CLINIC, MARKET

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
GERMAN = "Die Klinik teilte am Montag mit, dass ein Laptop mit den Namen von 6.200 Kranken gestohlen wurde."


def articles(*texts: str, **columns: object) -> pl.DataFrame:
    rows = [
        {
            "article_id": article_id(f"{number} {text}"),
            "source_uri": f"{number}.txt",
            "published_on": date(2022, 12, 1),
            "published_on_basis": "metadata",
            "language": "en",
            "text": text,
            "char_count": len(text),
            "batch": "b",
            "ingested_at": AT,
            **columns,
        }
        for number, text in enumerate(texts)
    ]
    return frame(IngestedArticle, rows)


def take_in(lake: Lake, key: str, rows: pl.DataFrame) -> None:
    lake.write("articles", key, {"articles": rows, "rejects": frame(Reject)})


def test_reading_extract_chunk_gives_every_table_in_its_model() -> None:
    found = extract_chunk(articles(CLINIC, MARKET))
    assert {name: dict(table.schema) for name, table in found.items() if name != "failed"} == {
        table.name: dtypes(table.model) for table in READINGS
    }
    assert found["article_readings"]["article_id"].to_list() == articles(CLINIC, MARKET)["article_id"].to_list()
    assert found["failed"].is_empty()


def test_reading_extract_chunk_of_nothing() -> None:
    assert {table.height for table in extract_chunk(articles()).values()} == {0}


def test_reading_extract_chunk_reads_no_other_language() -> None:
    found = extract_chunk(articles(GERMAN, language="de"))
    assert found["article_readings"]["reports_incident"].to_list() == [False]
    assert {name for name, table in found.items() if table.height} == {"article_readings"}


def test_reading_extract_chunk_counts_no_figure_of_a_repeat() -> None:
    whole, repeat = extract_chunk(articles(CLINIC)), extract_chunk(articles(CLINIC, duplicate_of="a_0000000000000000"))
    for name, table in repeat.items():
        assert table.equals(whole[name]) if name in OF_REPEATS else table.is_empty(), name


def test_reading_a_text_that_fails_is_a_reject_and_the_others_go_on(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reading.read

    def read(text: str, *known: object) -> object:
        if text == MARKET:
            raise ZeroDivisionError("no reason")
        return whole(text, *known)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read", read)
    take_in(lake, "one", articles(CLINIC, MARKET))
    done = read_unread(lake, at=AT, workers=1)
    assert (done.articles, done.rejects) == (2, Counter(extractor_failed=1))
    (chunk,) = lake.chunks(KIND)
    assert chunk.rows("article_readings") == 1
    (reject,) = chunk.read("rejects").rows(named=True)
    assert (reject["source_uri"], reject["stage"], reject["failure"]) == (
        "1.txt",
        "extract",
        "ZeroDivisionError: no reason",
    )


def test_reading_rejects_a_flood_of_figures(lake: Lake) -> None:
    take_in(lake, "one", articles("The 1,000 " * (reading.MOST_FIGURES + 1), CLINIC))
    done = read_unread(lake, at=AT, workers=1)
    assert (done.articles, done.rejects) == (2, Counter(too_many_figures=1))
    (chunk,) = lake.chunks(KIND)
    assert chunk.read("rejects")["failure"].to_list() == ["more than 2,000 figures: a table, not an article"]
    assert chunk.read("article_readings").height == 1


def test_reading_twice_reads_nothing(lake: Lake) -> None:
    take_in(lake, "one", articles(CLINIC))
    assert read_unread(lake, at=AT, workers=1).articles == 1
    assert read_unread(lake, at=AT, workers=1).articles == 0
    take_in(lake, "two", articles(MARKET))
    assert read_unread(lake, at=AT, workers=1).articles == 1


def test_reading_with_processes_gives_the_same(
    lake: Lake, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WORTH_PROCESSES", 4)
    monkeypatch.setattr(reading, "SLICE", 2)
    other = Lake(tmp_path_factory.mktemp("other"))
    rows = articles(*(CLINIC.replace("6,200", str(number)) for number in range(300, 305)))
    heard: list[tuple[int, int]] = []
    for place, workers in ((lake, 1), (other, 2)):
        take_in(place, "one", rows)
        read_unread(place, at=AT, workers=workers, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(2, 5), (4, 5), (5, 5)] * 2
    (one,), (two,) = lake.chunks(KIND), other.chunks(KIND)
    assert all(one.read(name).equals(two.read(name)) for name in one.tables)
