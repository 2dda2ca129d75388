"""The formats beside plain text and JSON Lines, each from real files; and gzip and attached metadata over all."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipeline.ingest import parquet
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.readers import READERS, is_readable, read
from pipeline.ingest.records import Metadata, Record, Refusal

LIMIT = 20_000
Items = list[Record | Refusal]
BODY = (
    "The clinic said on Monday that a laptop with the names of 3,000 patients had been stolen from a car.",
    "Patients were told by letter, the clinic’s director said, and the police have begun an investigation.",
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="CHARSET"><title>Clinic loses laptop | Example Times</title>
<meta name="author" content="Ada Writer"><meta property="og:site_name" content="Example Times">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://news.example/1"><script>alert("no text")</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Clinic loses laptop</h1><p>{BODY[0]}</p><p>{BODY[1]}</p></article>
<footer>Copyright 2023 Example Times</footer></body></html>"""


@pytest.fixture
def items(tmp_path: Path) -> Callable[..., Items]:
    """Writes one file and reads it."""

    def written(name: str, data: bytes | str, limit: int = LIMIT) -> Items:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(read(SourceFile(tmp_path, path, name), limit))

    return written


def checks(found: Items) -> list[str]:
    return [item.check if isinstance(item, Refusal) else "taken" for item in found]


def test_markdown_keeps_the_words_and_drops_the_marks(items: Callable[..., Items]) -> None:
    source = (
        "---\ntitle: From the head\ndate: 2021-03-04\nauthors: [A. Writer, B. Writer]\nlayout: post\n---\n"
        "# Clinic *loses* laptop\n\nThe [clinic](https://x.example) said **3,000** patients\nwere told.\n\n"
        "- by letter\n- by phone &amp; mail\n\n<script>alert(1)</script>\n\n![a picture](p.png)\n\n```\na = 1\n```\n"
    )
    text = "Clinic loses laptop\n\nThe clinic said 3,000 patients\nwere told.\n\nby letter\n\nby phone & mail\n\na = 1"
    known = Metadata("a.md", None, "From the head", None, "A. Writer, B. Writer", date(2021, 3, 4))
    assert items("a.md", source) == [Record("a.md", text, known)]
    (record,) = items("b.md", "# Clinic *loses* laptop\n\nA laptop.")
    assert isinstance(record, Record)
    assert record.metadata.title == "Clinic loses laptop"
    assert checks(items("c.md", "![only](a.png)\n\n---\n")) == ["empty"]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_html_reads_the_article_and_what_the_page_says(items: Callable[..., Items], charset: str) -> None:
    (record,) = items("a.html", PAGE.replace("CHARSET", charset).encode(charset))
    text = f"Clinic loses laptop\n{BODY[0]}\n{BODY[1]}"
    known = Metadata(
        "a.html", "https://news.example/1", "Clinic loses laptop", "Example Times", "Ada Writer", date(2021, 3, 4)
    )
    assert record == Record("a.html", text, known)


def test_html_takes_no_date_from_the_text(items: Callable[..., Items]) -> None:
    page = f"<html><body><article><p>On March 4, 2021: {BODY[0]}</p><p>{BODY[1]}</p></article><p>(c) 2019</p></body>"
    (record,) = items("a.htm", page)
    assert isinstance(record, Record)
    assert record.metadata.published_on is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("<html><body></body></html>", id="nothing in it"),
        pytest.param("<html><body><script>var text = 'a laptop was stolen';</script></body></html>", id="script"),
        pytest.param('<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><html><body>&y;</body></html>', id="entities"),
        pytest.param("<div>" * 5_000, id="deep"),
        pytest.param("<" * 10_000, id="brackets"),
    ],
)
def test_html_refuses_pages_without_an_article(items: Callable[..., Items], data: str) -> None:
    assert checks(items("a.html", data, limit=100_000)) == ["no_article"]


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_reads_a_row_with_quotes_and_lines(items: Callable[..., Items], separator: str) -> None:
    lines = [
        separator.join(["id", "Text", "published_on", "noise"]),
        separator.join(["7", f'"A laptop{separator} ""stolen"".\nIt held names."', "2021-03-04", "x"]),
        "",
        separator.join(["8", "A second.", "", ""]),
    ]
    assert items("a.csv", b"\xef\xbb\xbf" + "\r\n".join(lines).encode()) == [
        Record(
            "a.csv#R2",
            f'A laptop{separator} "stolen".\nIt held names.',
            Metadata(key="7", published_on=date(2021, 3, 4)),
        ),
        Record("a.csv#R4", "A second.", Metadata(key="8")),
    ]


def test_csv_refuses_bad_rows_alone(items: Callable[..., Items]) -> None:
    rows = ["text,published_on", "one,", "two", "three,soon", ",2021-01-01", 'six,"2021-01-01"', '"seven"x,']
    found = items("a.csv", "\n".join(rows))
    assert checks(found) == ["taken", "wrong_columns", "wrong_date", "empty", "taken", "no_csv"]
    assert isinstance(found[1], Refusal)
    assert (found[1].place, found[1].record) == ("a.csv#R3", '{"row": "two"}')


@pytest.mark.parametrize(
    ("data", "check"),
    [
        pytest.param("title,body\na,b", "no_text_column", id="no text"),
        pytest.param("", "no_text_column", id="nothing"),
        pytest.param('text\n"' + "never closed\n" * 3_000, "no_csv", id="open quote"),
        pytest.param("text\n" + "x" * 30_000, "too_big", id="long line"),
        pytest.param("text\na\n".encode("utf-16"), "encoding", id="utf-16"),
        pytest.param("text\na\0b\n", "nul_bytes", id="nul"),
    ],
)
def test_csv_refuses_what_is_no_table(items: Callable[..., Items], data: str | bytes, check: str) -> None:
    assert checks(items("a.csv", data)) == [check]


def test_parquet_reads_rows_with_their_types(items: Callable[..., Items], tmp_path: Path) -> None:
    columns = {
        "noise": [1, 2, 3],
        "id": [7, 8, 9],
        "text": ["A laptop.", None, "A third."],
        "published_on": [date(2021, 3, 4), None, None],
    }
    pl.DataFrame(columns).write_parquet(tmp_path / "made")
    found = items("a.parquet", (tmp_path / "made").read_bytes())
    assert found[::2] == [
        Record("a.parquet#R1", "A laptop.", Metadata(key="7", published_on=date(2021, 3, 4))),
        Record("a.parquet#R3", "A third.", Metadata(key="9")),
    ]
    assert checks(found) == ["taken", "empty", "taken"]
    assert items("a.parquet.gz", gzip.compress((tmp_path / "made").read_bytes()))[0].place == "a.parquet.gz#R1"


def test_parquet_that_unpacks_to_more_than_the_bound_is_refused(
    items: Callable[..., Items], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{number} laptops. " + "A laptop. " * 50_000 for number in range(200)]
    pl.DataFrame({"text": texts}).write_parquet(tmp_path / "made")
    assert (tmp_path / "made").stat().st_size < 500_000  # of 100 MB
    monkeypatch.setitem(parquet.CONFIG, "memory_limit", "50MB")
    assert checks(items("a.parquet", (tmp_path / "made").read_bytes())) == ["parquet_bomb"]


def test_parquet_refuses_what_is_none(items: Callable[..., Items], tmp_path: Path) -> None:
    pl.DataFrame({"text": ["A laptop. " * 50] * 2_000}).write_parquet(tmp_path / "made")
    whole = (tmp_path / "made").read_bytes()
    assert checks(items("a.parquet", b"not parquet")) == ["no_parquet"]
    assert checks(items("a.parquet", b"")) == ["no_parquet"]
    assert checks(items("a.parquet", whole[:-20])) == ["no_parquet"]
    assert set(checks(items("a.parquet", whole, limit=100))) == {"too_big"}
    pl.DataFrame({"body": ["x"]}).write_parquet(tmp_path / "made")
    assert checks(items("a.parquet", (tmp_path / "made").read_bytes())) == ["no_text_column"]
    pl.DataFrame({"text": [1]}).write_parquet(tmp_path / "made")
    assert checks(items("a.parquet", (tmp_path / "made").read_bytes())) == ["wrong_type"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", BODY[0]),
        ("a.md", BODY[0]),
        ("a.html", PAGE),
        ("a.jsonl", json.dumps({"text": BODY[0]})),
        ("a.csv", f'text\n"{BODY[0]}"'),
    ],
    ids=["txt", "md", "html", "jsonl", "csv"],
)
def test_gzip_is_unpacked_for_every_format(items: Callable[..., Items], name: str, data: str) -> None:
    packed = gzip.compress(data.encode())
    (plain,), (record,) = items(name, data), items(name + ".GZ", packed)
    assert isinstance(plain, Record)
    assert isinstance(record, Record)
    assert record.text == plain.text
    assert record.place == plain.place.replace(name, name + ".GZ")
    assert checks(items(name + ".gz", packed[:-12])) == ["broken_gzip"]
    assert checks(items(name + ".gz", data)) == ["broken_gzip"]


@pytest.mark.parametrize("kind", sorted(READERS))
def test_gzip_bombs_are_refused(items: Callable[..., Items], kind: str) -> None:
    bomb = gzip.compress(b"\n" * 30_000_000)
    assert checks(items(f"a{kind}.gz", bomb))[-1] in ("gzip_bomb", "too_big", "no_text_column")


def test_attached_sidecar_comes_before_the_text(items: Callable[..., Items], tmp_path: Path) -> None:
    fields = {"title": "T", "url": "https://x.example/1", "publisher": "P", "date": "2021-03-04", "casie": 1}
    (tmp_path / "a.txt.meta.json").write_text(json.dumps(fields))
    (tmp_path / "b.meta.json").write_text(json.dumps({"title": "B"}))
    known = Metadata("a.txt", "https://x.example/1", "T", "P", None, date(2021, 3, 4))
    assert items("a.txt", "---\ntitle: no\nauthor: A\n---\nA laptop.") == [
        Record("a.txt", "A laptop.", Metadata(known.key, known.url, "T", "P", "A", known.published_on))
    ]
    (record,) = items("b.md.gz", gzip.compress(b"# C\n\nA laptop."))
    assert isinstance(record, Record)
    assert record.metadata.title == "B"


@pytest.mark.parametrize(
    ("sidecar", "check"),
    [
        ("{", "sidecar"),
        ("[]", "sidecar"),
        ('{"date": "soon"}', "wrong_date"),
        ('{"title": "\\ud83d"}', "lone_surrogate"),
    ],
    ids=["no json", "no object", "date", "surrogate"],
)
def test_attached_sidecar_that_is_wrong_refuses_the_article(
    items: Callable[..., Items], tmp_path: Path, sidecar: str, check: str
) -> None:
    (tmp_path / "a.txt.meta.json").write_text(sidecar)
    assert checks(items("a.txt", "A laptop.")) == [check]


def test_attached_sidecar_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.json").write_text('{"title": "secret"}')
    (folder / "a.txt").write_text("A laptop.")
    (folder / "a.txt.meta.json").symlink_to(tmp_path / "secret.json")
    assert checks(list(read(SourceFile(folder, folder / "a.txt", "a.txt"), LIMIT))) == ["sidecar"]


def test_attached_front_matter_in_text(items: Callable[..., Items]) -> None:
    (record,) = items("a.txt", "---\r\ntitle: Clinic\r\npublished_on: 2021-03-04 10:00:00\r\n---\r\n\r\nA laptop.\r\n")
    assert record == Record("a.txt", "A laptop.\n", Metadata("a.txt", title="Clinic", published_on=date(2021, 3, 4)))
    ruled = "---\nA laptop: stolen.\n---\nNames were on it."
    (record,) = items("b.txt", ruled)
    assert isinstance(record, Record)
    assert record.text == ruled


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]",
        "title: [open",
        "title: !!python/object/apply:os.system [ls]",
        "date: 2021-02-30",
    ],
    ids=["aliases", "broken", "object", "day"],
)
def test_attached_front_matter_that_is_wrong_is_refused(items: Callable[..., Items], block: str) -> None:
    assert checks(items("a.md", f"---\n{block}\n---\nA laptop.")) == ["front_matter"]


def test_formats_are_known_by_their_names(tmp_path: Path) -> None:
    names = {"a.TXT": True, "a.htm.gz": True, "a.gz": False, "a.pdf": False, "a.txt.meta.json": False, "gz": False}
    files = {name: SourceFile(tmp_path, tmp_path / name, name) for name in names}
    assert {name: is_readable(file) for name, file in files.items()} == names
