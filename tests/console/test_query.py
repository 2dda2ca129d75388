from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from pipeline.console.query import NoAnswer, cell, show


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(
            "CREATE TABLE t AS SELECT i AS id, 'word ' || i AS words, NULL AS nothing, [i, 62000] AS list "
            "FROM range(3) r(i)"
        )
    return path


def asked(published: Path, sql: str, width: int = 100, rows: int = 10) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    show(published, sql, console, rows)
    return console.export_text()


def test_query_prints_a_table(published: Path) -> None:
    lines = [line.split() for line in asked(published, "FROM t").splitlines()]
    assert lines[0] == ["id", "words", "nothing", "list"]
    assert lines[2:] == [[str(i), "word", str(i), "NULL", f"{i},", "62,000"] for i in range(3)]


def test_query_prints_blocks_where_a_table_would_cut_words(published: Path) -> None:
    printed = asked(published, "SELECT repeat('long', 10) AS a, repeat('word', 10) AS b, 5 AS c", width=60)
    assert printed.splitlines()[0].startswith("row 1 ─")
    assert [line.split() for line in printed.splitlines()[1:]] == [["a", "long" * 10], ["b", "word" * 10], ["c", "5"]]


def test_query_says_that_there_are_more_rows(published: Path) -> None:
    assert "the first 2 rows" in asked(published, "FROM t", rows=2)
    assert "the first" not in asked(published, "FROM t", rows=3)


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("SELEC 1", id="no SQL"),
        pytest.param("FROM nowhere", id="no such table"),
        pytest.param("DELETE FROM t", id="delete"),
        pytest.param("CREATE TABLE u AS SELECT 1", id="create"),
        pytest.param("COPY t TO '{folder}/copy.csv'", id="write a file"),
        pytest.param("FROM read_text('{folder}/secret')", id="read a file"),
        pytest.param("ATTACH '{folder}/other.duckdb'", id="attach"),
        pytest.param("SET enable_external_access = true", id="open the door"),
    ],
)
def test_query_reads_the_file_and_nothing_else(published: Path, sql: str) -> None:
    (published.parent / "secret").write_text("secret")
    before = published.read_bytes()
    with pytest.raises(NoAnswer):
        asked(published, sql.format(folder=published.parent))
    assert published.read_bytes() == before
    assert {path.name for path in published.parent.iterdir()} == {"incidents.duckdb", "secret"}


def test_query_says_what_to_do_where_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match="breach-ledger run"):
        asked(tmp_path / "incidents.duckdb", "SELECT 1")


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, "NULL"),
        (2022, "2022"),
        (62000, "62,000"),
        (0.5, "0.5"),
        (9e9, "9,000,000,000"),
        (True, "true"),
        ("[b]", "[b]"),
    ],
    ids=str,
)
def test_query_cell(value: object, plain: str) -> None:
    assert cell(value).plain == plain


def test_query_cell_sends_no_control_characters_to_the_terminal() -> None:
    assert cell("a\x1b]0;title\x07b\x9bc\r\n\td").plain == "a␛]0;title␇b\ufffdc␍\n\td"


def test_query_never_breaks_an_id(published: Path) -> None:
    text = asked(published, "SELECT 'i_0123456789abcdef' AS id, repeat('word ', 40) AS words", width=60)
    assert "i_0123456789abcdef" in text
