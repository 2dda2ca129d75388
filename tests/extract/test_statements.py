"""Which words are statements, where they begin and end, and to whom they are given."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.speech import statements
from pipeline.extract.text.document import parse
from pipeline.extract.text.findings import Span

SPEECH = "We found the door open on Monday"


def quotes(text: str) -> list[str]:
    return [text[s.span.start : s.span.end] for s in statements.find(parse(text))]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        pytest.param("“", "”", id="curly"),
        pytest.param('"', '"', id="straight"),
        pytest.param("„", "“", id="german"),
        pytest.param("« ", " »", id="guillemets"),
        pytest.param("‘", "’", id="single curly"),
        pytest.param("'", "'", id="single straight"),
        pytest.param("``", "''", id="typewriter"),
        pytest.param("&quot;", "&quot;", id="entity"),
        pytest.param("&ldquo;", "&rdquo;", id="named entities"),
        pytest.param("“", '"', id="opened curly, closed straight"),
    ],
)
def test_statements_reads_every_kind_of_mark(opening: str, closing: str) -> None:
    text = f"The clinic’s owner, Jane Roe, said: {opening}{SPEECH},{closing} and left."
    (statement,) = statements.find(parse(text))
    start = text.index(SPEECH)
    assert statement.span == Span(start, start + len(SPEECH) + 1)
    assert statement.is_direct


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“We lost the keys,” she said, “and nobody told us.”",
            ["We lost the keys,", "and nobody told us."],
            id="broken by its attribution",
        ),
        pytest.param(
            '"We lost the keys. We found them again. All is well," she said.',
            ["We lost the keys. We found them again. All is well,"],
            id="several sentences in one pair",
        ),
        pytest.param(
            "Roe said: “We lost the keys. “We found them in a lake. “They still work today.” The fish died.",
            ["We lost the keys.", "We found them in a lake.", "They still work today."],
            id="each paragraph opens again",
        ),
        pytest.param(
            "Roe said: “We lost the spare keys.\nThe clinic closed on Friday.",
            ["We lost the spare keys."],
            id="never closed",
        ),
        pytest.param(
            "“They named it “the great leak” and then laughed,” she said.",
            ["They named it “the great leak” and then laughed,"],
            id="nested marks of one kind",
        ),
        pytest.param(
            "“They named it ‘the great data leak’ and laughed,” she said.",
            ["They named it ‘the great data leak’ and laughed,"],
            id="nested marks of another kind",
        ),
        pytest.param(
            "'It's the clients' files that we can't find,' she said.",
            ["It's the clients' files that we can't find,"],
            id="apostrophes within single marks",
        ),
        pytest.param(
            "Roe said: 'We lost the spare keys. 'We found them in a lake.' The fish died.",
            ["We lost the spare keys.", "We found them in a lake."],
            id="each paragraph opens a single mark again",
        ),
        pytest.param(
            "“We lost the spare keys, a clinic spokesman said. “We found them in a lake.”",
            ["We lost the spare keys,", "We found them in a lake."],
            id="never closed before its attribution",
        ),
        pytest.param(
            "“We lost the spare keys. Roe said that nobody knew. “They lay in a lake.”",
            ["We lost the spare keys.", "They lay in a lake."],
            id="never closed before narrative",
        ),
        pytest.param(
            "They have lost the whole archive,” said Jane Roe.",
            ["They have lost the whole archive,"],
            id="never opened",
        ),
        pytest.param(
            'The 5" drive is gone. "We are sorry about the drive," she said.',
            ["We are sorry about the drive,"],
            id="inches",
        ),
        pytest.param(
            "Roe wrote: We have lost your files. Our clinic is sorry. The police came at noon.",
            ["We have lost your files. Our clinic is sorry."],
            id="block without marks",
        ),
        pytest.param('He said it was "over, done and dusted".', ["over, done and dusted"], id="part of a sentence"),
    ],
)
def test_statements_begin_and_end(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A “small number” of clients were told.", id="scare quotes"),
        pytest.param("They showed “The Return of the Lost King” on Friday.", id="title"),
        pytest.param("It came with “your new bill for march.pdf” inside.", id="file"),
        pytest.param("The boys' and girls' schools closed in the '90s and 'tis a pity.", id="apostrophes"),
        pytest.param("The list had: Names, addresses and birth dates.", id="colon"),
        pytest.param("The lesson: We all forget to lock a door.", id="no speaker before a colon"),
        pytest.param("Acme lost its files (See: “Acme Loses Its Files Again”).", id="title to see"),
        pytest.param("It was as in “Pirates of the Sea” at the end.", id="short title"),
        pytest.param("", id="empty"),
        pytest.param("“”", id="nothing inside"),
    ],
)
def test_statements_leave_out(text: str) -> None:
    assert quotes(text) == []


def test_statements_recover_from_a_stray_mark() -> None:
    text = 'The sign read CLOSED". Roe said: "We will open again in May." It rained. "Come and see us then," she said.'
    assert quotes(text) == ["We will open again in May.", "Come and see us then,"]


def test_statements_titles_are_speech_where_they_are_said() -> None:
    assert quotes("“Make Data Great Again Now,” said Jane Roe.") == ["Make Data Great Again Now,"]


ALPHABET = st.sampled_from(
    [
        *"“”\"‘’'«»`.,:!?() \n",
        "said",
        "Roe",
        "he",
        "the",
        "of",
        "company",
        "We",
        "I",
        "\u200b",
        "\u0301",
        "é",
        "ß",
        "İ",
        "7",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(ALPHABET | st.characters(codec="utf-8"), max_size=60).map(lambda parts: " ".join(parts))
    | st.lists(ALPHABET, max_size=60).map("".join)
)
def test_statements_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = statements.find(parse(text))
    assert all(0 <= s.span.start < s.span.end <= len(text) for s in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for s in found:
        for part in (s.speaker, s.affiliation):
            assert part is None or 0 <= part.start < part.end <= len(text)
    assert found == statements.find(parse(text))


@pytest.mark.parametrize("unit", ['"', "' we ", '"We all did it now," he said. ', "one of ", "Roe, a, "])
def test_statements_take_time_that_grows_with_the_text(unit: str) -> None:
    from time import process_time

    def seconds(size: int) -> float:
        document = parse(unit * (size // len(unit)))
        start = process_time()
        statements.find(document)
        return process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 16 * seconds(20_000) + 0.2
