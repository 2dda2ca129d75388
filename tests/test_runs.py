"""Whole runs over folders, without Dagster: the same articles give the same ledger, however they came in."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from pipeline.publish import Run
from pipeline.settings import Settings
from pipeline.stages import publish_all, read_new, resolve_all, take_in, waiting
from schemas.tables import TABLES
from tests.articles import CLINIC, MARKET, fill
from tests.ingest import server

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
# What tells how an article came in, and not what it says.
ARRIVAL = {"batch", "ingested_at", "changed_at", "rejected_at"}
SCHOOL = (
    "School district says hackers took data\n\nBay School District said Tuesday that hackers stole the names and "
    "social security numbers of about 1,500 students in March 2023."
)


def run(settings: Settings) -> None:
    """Everything that the job does."""
    take_in(settings, AT, lambda done: None)
    read_new(settings, AT, lambda done, total: None)
    resolve_all(settings, AT, "run")
    publish_all(settings, Run("run", AT, "breach-ledger", "1"), lambda: AT)


def published(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables but the history of runs, without what tells of their arrival."""
    with duckdb.connect(settings.published, read_only=True) as connection:
        return {
            table.name: connection.execute(
                f"SELECT {', '.join(name for name in table.columns if name not in ARRIVAL)} "
                f"FROM {table.name} ORDER BY {', '.join(table.key)}"
            ).fetchall()
            for table in TABLES
            if not table.is_history
        }


@pytest.fixture
def place(tmp_path: Path) -> Callable[..., Settings]:
    def made(name: str, **values: int) -> Settings:
        (tmp_path / name / "articles").mkdir(parents=True)
        return Settings(articles=str(tmp_path / name / "articles"), warehouse=str(tmp_path / name / "wh"), **values)

    return made


def test_runs_are_the_same_in_another_folder_order_and_chunks(place: Callable[..., Settings]) -> None:
    one, two = place("one"), place("two/deeper", chunk_articles=1)
    fill(one.articles_folder)
    (one.articles_folder / "school.txt").write_text(SCHOOL)
    run(one)

    (two.articles_folder / "school.txt").write_text(SCHOOL)
    run(two)
    fill(two.articles_folder)
    for name in ("clinic.txt", "empty.txt", "picture.txt"):
        path = two.articles_folder / name
        path.rename(path.with_suffix(".later"))
    run(two)
    for name in ("picture", "empty", "clinic"):
        path = two.articles_folder / f"{name}.later"
        path.rename(path.with_suffix(".txt"))
        run(two)

    first, second = published(one), published(two)
    assert first["articles"]
    assert {name: rows for name, rows in first.items() if rows != second[name]} == {}


def test_runs_keep_what_is_published_when_a_source_is_gone(place: Callable[..., Settings]) -> None:
    settings = place("one")
    fill(settings.articles_folder)
    run(settings)
    before = published(settings)
    (settings.articles_folder / "clinic.txt").unlink()
    run(settings)
    assert published(settings) == before


def test_runs_publish_nothing_where_nothing_is_new(place: Callable[..., Settings]) -> None:
    settings = place("one")
    fill(settings.articles_folder)
    run(settings)
    snapshot = settings.published.resolve()
    lake = sorted(path for path in settings.lake_folder.rglob("*") if path.is_file())
    run(settings)
    assert settings.published.resolve() == snapshot
    assert sorted(path for path in settings.lake_folder.rglob("*") if path.is_file()) == lake


def test_runs_are_asked_for_until_what_was_taken_in_is_published(place: Callable[..., Settings]) -> None:
    settings = place("one")
    assert waiting(settings) is None
    fill(settings.articles_folder)
    states = [waiting(settings)]
    take_in(settings, AT, lambda done: None)
    states.append(waiting(settings))
    read_new(settings, AT, lambda done, total: None)
    assert waiting(settings) == states[-1]  # for the same work there is one run a day
    run(settings)
    assert waiting(settings) is None
    (settings.articles_folder / "school.txt").write_text(SCHOOL)
    states.append(waiting(settings))
    take_in(settings, AT, lambda done: None)
    states.append(waiting(settings))
    assert len({*states}) == 4
    assert None not in states


def test_runs_lose_no_article(place: Callable[..., Settings]) -> None:
    """Each record is an article or a reject, whatever it is; each quote stands in its text."""
    settings = place("one", chunk_articles=3)
    texts = [
        CLINIC,
        MARKET,
        CLINIC.replace("\n", "\r\n"),
        "👩‍👩‍👧 " + CLINIC,
        CLINIC.replace("e", "e\u0301"),
        "\u202e" + CLINIC + "\u200b",
        "שלום " * 20 + CLINIC,
        "9" * 5_000,
        "(" * 3_000 + "“" * 3_000,
        "x",
        "\x0b\x0c\x1c\x85\u2028" + CLINIC,
        "",
        "\0",
        "\ud800",
    ]
    (settings.articles_folder / "odd.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    run(settings)
    with duckdb.connect(settings.published, read_only=True) as connection:
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchall()[0]
        (refused,) = connection.execute("SELECT count(*) FROM rejects WHERE stage = 'ingest'").fetchall()[0]
        assert connection.execute("SELECT count(*) FROM v_provenance").fetchone() == (0,)
    assert (articles, refused) == (len(texts) - 3, 3)


def test_runs_count_neither_a_near_repeat_nor_a_superseded_text(place: Callable[..., Settings]) -> None:
    settings = place("one")
    told = CLINIC + "\n\nThe clinic has asked all patients to watch their accounts, and the police look for the car."
    (settings.articles_folder / "a.txt").write_text(told)
    run(settings)
    (settings.articles_folder / "b.txt").write_text(told + "\n\nCopyright of the agency.")
    (settings.articles_folder / "a.txt").write_text("UPDATED: " + told.replace("6,200", "6,900"))
    run(settings)
    found = published(settings)
    articles = {row["source_uri"] + row["text"][:7]: row for row in rows(settings, "articles")}
    first, later, copy = articles["a.txt" + told[:7]], articles["a.txtUPDATED"], articles["b.txt" + told[:7]]
    assert first["superseded_by"] == later["article_id"]
    assert copy["duplicate_of"] == first["article_id"]
    assert [later[name] for name in ("duplicate_of", "superseded_by")] == [None, None]
    assert {row["article_id"] for row in rows(settings, "figures")} == {first["article_id"], later["article_id"]}
    (incident,) = rows(settings, "incidents")
    assert (incident["article_count"], incident["people_affected"]) == (1, 6_900)
    assert len(found["incident_articles"]) == 3


def rows(settings: Settings, table: str) -> list[dict[str, object]]:
    with duckdb.connect(settings.published, read_only=True) as connection:
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_runs_close_the_reject_of_a_mended_file(place: Callable[..., Settings]) -> None:
    settings = place("one")
    (settings.articles_folder / "a.txt").write_text(CLINIC)
    (settings.articles_folder / "b.txt").write_text("")
    run(settings)
    before = settings.published.resolve()
    assert [row["resolved_at"] for row in rows(settings, "rejects")] == [None]
    (settings.articles_folder / "b.txt").write_text(SCHOOL)
    run(settings)
    assert settings.published.resolve() != before
    assert [row["resolved_at"] for row in rows(settings, "rejects")] == [AT]
    assert [row["open_rejects"] for row in rows(settings, "v_data_quality")] == [0]


def test_runs_read_feeds_only_where_they_are_asked_to(place: Callable[..., Settings]) -> None:
    settings = place("one")
    (settings.articles_folder / "a.txt").write_text(CLINIC)
    with server.serve() as site:
        link = f"<item><link>{site.url('/page')}</link></item>"
        site.answers = {
            "/feed": server.says(200, f'<rss version="2.0"><channel><title>Times</title>{link}</channel></rss>'),
            "/page": server.says(200, f"<article><h1>School</h1><p>{SCHOOL}</p></article>", Content_Type="text/html"),
        }
        feeds = {"feeds": site.url("/feed"), "feeds_allow_private": True, "fetch_pause": 0.0}
        settings = settings.model_copy(update=feeds)
        assert take_in(settings, AT, lambda done: None, with_feeds=False).articles == 1
        assert site.paths() == []
        assert take_in(settings, AT, lambda done: None).articles == 1
        assert site.paths() == ["/feed", "/page"]
