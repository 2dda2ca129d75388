"""What must hold of the reader for any text whatever: no crash, no lying span, no blow-up, the same rows everywhere."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.extract.reader import read
from pipeline.extract.rows import tables
from tests.benchmarks.prose import article, prose

ROOT = Path(__file__).parents[2]
SEEDS = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
# One row of each is one finding, so its key must be its own.
KEYS = {"incident_readings": "reading_id", "figures": "figure_id", "events": "event_id", "statements": "statement_id"}

# What news holds, and what it should not: hypothesis strings them together.
FRAGMENTS = (
    *("Northgate Clinic said hackers stole the names of 6,200 patients", "nearly 3,000 people", "the company"),
    *(
        "“We are very sorry for this,” said Ann Lee",
        "‘It’s nothing",
        "“unclosed",
        "»",
        '"',
        "'",
        "’s",
        "No data were taken",
    ),
    *(
        "on Nov. 28",
        "last year",
        "between May and July 2017",
        "Thursday",
        "31/02/2019",
        "9999-99-99",
        "29 February 2019",
    ),
    *("10-15 million", "half a million", "one in five", "$4.75 million", "£400,000", "1.2bn", "9GB", "12 per cent"),
    *("hundreds of thousands of", "three and a half", "1,2,3,4,5", "٣٬٠٠٠", "３,０００", "²", "½", "1e999", "9" * 400),
    *("👩🏽‍⚕️", "e\u0301", "a\u0300\u0301\u0302", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202eتسرب البيانات", "\x00"),
    *(
        "\r\n",
        "\n\n",
        "\r",
        "\t",
        "\u2028",
        "\u00a0",
        " ",
        ". ",
        ", ",
        "(",
        ")",
        "[",
        "((((",
        "....",
        "—",
        "…",
        "İ",
        "ß",
        "ﬁ",
    ),
    *(
        "<script>alert(1)</script>",
        "{0}",
        "%s",
        "\\",
        "; DROP TABLE figures; --",
        "CVE-2017-5638",
        "Windows 10",
        "1.2.3.4",
    ),
)
ANY_TEXT = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=20)), max_size=20).map(" ".join),
    st.text(max_size=300),
)
ANY_DAY = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))
FUZZ = settings(
    max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def rows_of(
    text: str, published_on: date | None = None, title: str | None = None
) -> dict[str, list[dict[str, object]]]:
    return tables("a_1", text, read(text, published_on, title))


def check_rows(text: str, found: dict[str, list[dict[str, object]]]) -> None:
    """Every row's quote is what the text holds at its span, is not empty, and keys are its own."""
    assert [row["article_id"] for row in found["article_readings"]] == ["a_1"]
    for name, rows in found.items():
        for row in rows:
            if "quote" in row:
                start, end = row["char_start"], row["char_end"]
                assert isinstance(start, int)
                assert isinstance(end, int)
                assert 0 <= start < end <= len(text), (name, row)
                assert text[start:end] == row["quote"], (name, row)
            if (confidence := row.get("confidence")) is not None:
                assert isinstance(confidence, float)
                assert 0 <= confidence <= 1, (name, row)
        if key := KEYS.get(name):
            assert len({row[key] for row in rows}) == len(rows), name


@FUZZ
@given(text=ANY_TEXT, published_on=ANY_DAY, title=st.one_of(st.none(), st.text(max_size=40)))
@example("", None, None)
@example(" \n\u200b", None, "")
@example("late last week of last year", date(1, 1, 1), None)
@example("next month and in two weeks", date(9999, 12, 31), None)
def test_reader_any_text_gives_rows_that_it_holds(text: str, published_on: date | None, title: str | None) -> None:
    check_rows(text, rows_of(text, published_on, title))


@FUZZ
@given(seed=st.sampled_from([*SEEDS, article(1), article(2)]), data=st.data())
def test_reader_spoiled_news_gives_rows_that_it_holds(seed: str, data: st.DataObject) -> None:
    text = seed
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 40))
        text = text[:at] + data.draw(st.sampled_from(FRAGMENTS)) + text[at + cut :]
    check_rows(text, rows_of(text, date(2021, 6, 1), None))


@pytest.mark.parametrize("text", [*SEEDS, article(3)], ids=["first seed", "second seed", "invented"])
def test_reader_offsets_are_code_points_whatever_stands_before(text: str) -> None:
    head = "👩🏽‍⚕️ e\u0301 \u202eتسرب\u202c naïve café.\n\n"

    quotes = [row["quote"] for row in rows_of(text)["figures"]]
    moved = rows_of(head + text)
    check_rows(head + text, moved)
    assert [row["quote"] for row in moved["figures"]] == quotes


@pytest.mark.parametrize("ends", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_reader_offsets_hold_with_other_line_ends(ends: str) -> None:
    text = article(4).replace("\n", ends)

    found = rows_of(text)
    check_rows(text, found)
    assert len(found["figures"]) > 5


def again(words: str) -> Callable[[int], str]:
    """The same words over and over, up to a size in characters."""
    return lambda size: (words * (size // len(words) + 1))[:size]


SHAPES: dict[str, Callable[[int], str]] = {
    "prose": prose,
    "digits": again("7"),
    "dates": again("Nov. 28, 2017, last week, "),
    "unclosed quotation marks": again("“no one said "),
    "one endless word": again("a"),
}
MORE_SHAPES: dict[str, Callable[[int], str]] = {
    "one line of prose": lambda size: prose(size).replace("\n", " "),
    "names": lambda size: " ".join(f"N{i}orth Al{i}der Corp. said it." for i in range(size // 26 + 1))[:size],
    "capitalised words": again("Northgate Clinic Of Alder And "),
    "numbers": again("12 million and 3.4bn or five hundred thousand "),
    "number words": again("one hundred twenty three million and "),
    "grouped digits": again("123,456,"),
    "closed quotations": again("“We are very sorry for this,” said Ann Lee of Northgate Clinic, "),
    "exposed data": again("hackers stole names, e-mail addresses and passwords of customers, "),
    "of of of": again("thousands of names of records of "),
    "marks only": again("“\"‘'"),
    "unclosed brackets": again("(a [b {c "),
    "nested parentheses": lambda size: "(" * (size // 2) + ")" * (size - size // 2),
    "one endless capital word": again("Ab"),
    "hyphens": again("a-"),
    "abbreviations": again("U.S. Dr. No. 1 "),
    "full stops": again(". "),
    "white space": again(" \t\n\u00a0"),
    "zero-width characters": again("a\u200b\u200d"),
    "combining characters": lambda size: "e" + "\u0301" * (size - 1),
    "emoji": again("👩🏽‍⚕️"),
    "right to left": again("تسرب البيانات "),
}
# Three times the time that a longer text should take is measurement; a quadratic reader takes eight times it and more.
MOST = 3.0
SOAK = "SOAK" in os.environ  # `make soak`: up to a megabyte, which takes minutes
FLOOR = 0.02  # seconds; what takes less says nothing of growth


@pytest.mark.parametrize("shape", SHAPES)
def test_reader_time_grows_with_the_text(shape: str) -> None:
    check_growth(SHAPES[shape], (1 << 10, 1 << 13, 1 << 16, 1 << 20) if SOAK else (1 << 10, 1 << 13, 1 << 16))


@pytest.mark.parametrize("shape", MORE_SHAPES)
def test_reader_time_grows_with_more_shapes_of_text(shape: str) -> None:
    check_growth(MORE_SHAPES[shape], (1 << 12, 1 << 15, 1 << 18) if SOAK else (1 << 12, 1 << 15))


def check_growth(make: Callable[[int], str], sizes: tuple[int, ...]) -> None:
    """Reading a text of each size takes no longer, character by character, than one of the size before."""
    rows_of(SEEDS[0])  # loads the lexicons
    per_character = None
    for size in sizes:
        text = make(size)
        start = process_time()
        rows_of(text, date(2021, 6, 1))
        took = process_time() - start
        if per_character is not None:
            assert took <= MOST * max(per_character * size, FLOOR), f"{size} characters took {took:.2f} s"
        per_character = max(took, FLOOR) / size


DIGEST = """
import sys, json, hashlib
from datetime import date
from pathlib import Path
from pipeline.extract.reader import read
from pipeline.extract.rows import tables
from tests.benchmarks.prose import article
texts = [p.read_text("utf-8") for p in sorted(Path("seeds").glob("*.txt"))] + [article(n) for n in range(20)]
order = range(len(texts)) if sys.argv[1] == "forward" else reversed(range(len(texts)))
found = {n: tables(f"a_{n}", texts[n], read(texts[n], date(2021, 6, 1), None)) for n in order}
print(json.dumps([found[n] for n in range(len(texts))], default=str))
"""


def test_reader_rows_are_the_same_on_any_hash_seed_and_in_any_order() -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", DIGEST, order],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, order in (("0", "forward"), ("4711", "backward"))
    ]
    outputs = [run.communicate(timeout=120)[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 10_000
