"""Texts that nearly repeat others, and later versions of the same source, as the lake tells them."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from pipeline.ingest import near
from pipeline.ingest.load import load
from pipeline.ingest.versions import superseded
from pipeline.lake import Lake

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
STORY = (
    "Northgate Clinic said on Monday that a laptop with the names and birth dates of 3,100 patients was stolen from a "
    "car in March. The laptop was protected by a password, but its disk was not encrypted, the clinic said in a letter "
    "to its patients. A spokeswoman said that no medical records had been kept on the device, and that the clinic had "
    "told the police at once. It now encrypts all of its computers and has offered a year of credit monitoring to "
    "everyone whose data may have been seen by others, she said."
)
OTHER = (
    "Bay School District told parents that an employee had sent a table of grades to the wrong address by mistake. "
    "The district asked the receiver to delete the message, and says that this was done within an hour of sending. "
    "Parents of some 150 pupils will get a letter this week. The school board wants to hear how it could happen, and "
    "the head of the board promised new rules for messages that leave the district's own network."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


def take(folder: Path, lake: Lake, day: int = 0, chunk_articles: int = 1_000) -> None:
    load(folder, lake, at=AT + timedelta(days=day), max_bytes=1_000_000, chunk_articles=chunk_articles)


def articles(lake: Lake) -> dict[str, dict[str, object]]:
    """The rows by the first words of their texts."""
    rows = pl.concat([chunk.read("articles") for chunk in lake.chunks("articles")]).rows(named=True)
    return {f"{row['source_uri']} {row['text'][:8]}": row for row in rows}


def repeats(lake: Lake) -> dict[str, str]:
    rows = articles(lake)
    names = {row["article_id"]: name for name, row in rows.items()}
    return {name: names[row["duplicate_of"]] for name, row in rows.items() if row["duplicate_of"]}


def replaced(lake: Lake) -> dict[str, str]:
    names = {row["article_id"]: name for name, row in articles(lake).items()}
    links = superseded(lake.chunks("articles"))
    return {names[old]: names[new] for old, new in links.select("article_id", "superseded_by").rows()}


@pytest.mark.parametrize("chunk_articles", [1, 1_000], ids=["across chunks", "within one"])
def test_near_repeat_names_its_original(folder: Path, lake: Lake, chunk_articles: int) -> None:
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text("Laptop with patient data stolen\n\n" + STORY.replace("she said", "she told us"))
    (folder / "c.txt").write_text("Clinic: laptop is gone\n\n" + STORY.upper().replace("SHE SAID", "SHE ADDED"))
    (folder / "d.txt").write_text(OTHER)
    take(folder, lake, chunk_articles=chunk_articles)
    assert repeats(lake) == {"b.txt Laptop w": "a.txt Northgat", "c.txt Clinic: ": "a.txt Northgat"}


def test_near_repeat_is_found_in_a_later_run(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(STORY)
    take(folder, lake)
    (folder / "b.txt").write_text("Stolen laptop\n\n" + STORY[: STORY.index("It now")])
    take(folder, lake, 1)
    assert repeats(lake) == {"b.txt Stolen l": "a.txt Northgat"}


def test_near_text_with_a_number_of_its_own_is_no_repeat(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(STORY.replace("3,100", "4,200"))
    (folder / "c.txt").write_text(STORY.replace("in March", "on March 12, 2024").replace("3,100", "3100"))
    take(folder, lake)
    assert repeats(lake) == {"c.txt Northgat": "a.txt Northgat"}


def test_near_says_nothing_of_short_texts(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text("Clinic loses laptop with names of patients.")
    (folder / "b.txt").write_text("Clinic loses laptop with names of patients!")
    take(folder, lake)
    assert repeats(lake) == {}
    assert near.sign("word " * (near.SHORTEST - 1)) == near.NONE


def test_near_signature_stays_what_it_is() -> None:
    """Signatures are kept: another result of the library would find no repeat of what was taken in before."""
    signature = near.sign(STORY)
    assert (len(signature.signature), len(signature.bands)) == (120, 24)
    assert signature.numbers == ("3100",)
    assert signature == near.sign(STORY.replace(" ", "\n").upper())


def test_versions_the_later_text_of_a_file_supersedes(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(OTHER)
    take(folder, lake)
    assert superseded(lake.chunks("articles")).is_empty()
    (folder / "a.txt").write_text("UPDATE: " + STORY.replace("3,100", "3,400"))
    take(folder, lake, 1)
    (folder / "a.txt").write_text("UPDATE 2: " + STORY.replace("3,100", "3,500"))
    take(folder, lake, 2)
    assert repeats(lake) == {}
    assert replaced(lake) == {"a.txt Northgat": "a.txt UPDATE 2", "a.txt UPDATE: ": "a.txt UPDATE 2"}


def test_versions_are_told_by_address_and_by_id_in_a_file(folder: Path, lake: Lake) -> None:
    def lines(*rows: dict[str, object]) -> None:
        (folder / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))

    address = "https://news.example/1"
    lines({"url": address, "text": "One. " + STORY}, {"id": 2, "text": "Two. " + OTHER}, {"text": "Nameless one"})
    take(folder, lake)
    (folder / "b.jsonl").write_text(json.dumps({"url": address, "text": "Three. " + OTHER.replace("150", "160")}))
    lines({"text": "Nameless two"}, {"id": 2, "text": "Two and a half. " + OTHER.replace("150", "170")})
    take(folder, lake, 1)
    assert replaced(lake) == {
        f"{address} One. Nor": f"{address} Three. B",
        "a.jsonl#L2 Two. Bay": "a.jsonl#L2 Two and ",
    }


def test_versions_an_archive_does_not_supersede_what_is_newer(folder: Path, lake: Lake) -> None:
    def came(name: str, day: str | None, text: str) -> None:
        (folder / name).write_text(json.dumps({"url": "https://x.example", "published_on": day, "text": text}))

    came("1.jsonl", "2024-03-05", "Newest text")
    take(folder, lake)
    came("2.jsonl", "2024-03-01", "Archived text")
    take(folder, lake, 1)
    assert set(replaced(lake).values()) == {"https://x.example Newest t"}
    came("3.jsonl", None, "Undated, but later")
    take(folder, lake, 2)
    assert set(replaced(lake).values()) == {"https://x.example Undated,"}


def test_versions_the_same_text_with_more_known_of_it_supersedes(folder: Path, lake: Lake) -> None:
    (folder / "a.txt").write_text(STORY)
    take(folder, lake)
    (folder / "a.txt.meta.json").write_text('{"title": "T", "published_on": "2024-03-12"}')
    take(folder, lake, 1)
    rows = pl.concat([chunk.read("articles") for chunk in lake.chunks("articles")]).sort("ingested_at")
    assert rows["duplicate_of"].to_list() == [None, None]
    assert superseded(lake.chunks("articles"))["superseded_by"].to_list() == [rows["article_id"][1]]


def test_versions_a_repeat_takes_nobodys_place(folder: Path, lake: Lake) -> None:
    """Two papers that end up with each other's text: each text keeps one article that stands."""
    for day, (one, two) in enumerate([(STORY, OTHER), (OTHER, STORY)]):
        (folder / "a.txt").write_text(one)
        (folder / "b.txt").write_text(two)
        take(folder, lake, day)
    assert replaced(lake) == {}
    assert len(repeats(lake)) == 2
