"""Segmentation: sentences, paragraphs and tokens with their offsets, on news and on text that never ends a sentence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.text.document import Document, parse
from pipeline.extract.text.sentences import LONGEST


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in parse(text).sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Data leaked. Nobody knew.", ["Data leaked.", "Nobody knew."]),
        ("Mr. Roe left. Dr. Lee did not.", ["Mr. Roe left.", "Dr. Lee did not."]),
        ("It may harm the patient. St. Anne spoke.", ["It may harm the patient.", "St. Anne spoke."]),
        ("The clinic in St. Louis lost 2.5 million files.", ["The clinic in St. Louis lost 2.5 million files."]),
        ("Acme Inc. was hit on Nov. 3 by U.S. hackers.", ["Acme Inc. was hit on Nov. 3 by U.S. hackers."]),
        ("“It was bad. We know,” she said. He agreed.", ["“It was bad.", "We know,” she said.", "He agreed."]),
        (
            'They left. Roe said: "It is bad. "Nobody knew." He agreed.',
            ["They left.", 'Roe said: "It is bad. "', 'Nobody knew."', "He agreed."],
        ),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("  \n Padded. \n\n", ["Padded."]),
    ],
    ids=[
        "two",
        "titles",
        "title first",
        "place and number",
        "shortened",
        "within a quotation",
        "mark alone",
        "lines",
        "white space",
    ],
)
def test_document_sentences_are_those_of_a_reader(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


@pytest.mark.parametrize("text", ["", "   ", "\n\n"], ids=["empty", "blanks", "line ends"])
def test_document_without_words_has_one_sentence_and_no_token(text: str) -> None:
    document = parse(text)

    assert len(document.sentences) == 1
    assert document.tokens == ()
    assert document.inside == (range(0, 0),)
    assert document.sentence_index(0) == document.token_index(0) == 0


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Acme's e-mail, 6,200 files.", ["Acme's", "e-mail", ",", "6,200", "files", "."]),
        ("AT&T paid $4.75 million", ["AT&T", "paid", "$", "4.75", "million"]),
        ("on 11/28/2017 at 10:30", ["on", "11/28/2017", "at", "10:30"]),
        ("“Côte d’Ivoire”", ["“", "Côte", "d’Ivoire", "”"]),
        ("APT28 and x_y", ["APT", "28", "and", "x", "_y"]),
    ],
    ids=["possessive and comma", "sign inside", "date and time", "accents", "letters and digits"],
)
def test_document_tokens_keep_what_a_word_or_number_holds(text: str, tokens: list[str]) -> None:
    document = parse(text)

    assert list(document.words) == tokens
    assert [text[start:end] for start, end in document.tokens] == tokens


def test_document_words_are_known_by_lower_case_stem_and_cue() -> None:
    document = parse("Hackers STOLE the files")

    assert document.lower == ("hackers", "stole", "the", "files")
    assert document.stems == ("hacker", "stole", "the", "file")
    assert document.cues[1] == "expose"
    assert document.cues[2] == ""


def test_document_finds_its_way_from_offsets_to_sentences_and_tokens() -> None:
    text = "Data leaked. Nobody knew of it."
    document = parse(text)
    knew = text.index("knew")

    assert document.sentence(knew) == document.sentences[1]
    assert document.sentence(text.index("leaked")) == document.sentences[0]
    assert document.words[document.token_index(knew + 2)] == "knew"
    inside = document.tokens_within(*document.sentences[1])
    assert " ".join(document.words[i] for i in inside) == "Nobody knew of it ."
    assert document.inside == (range(0, 3), range(3, 8))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5000,
        "“" * 5000,
        "“ " * 5000,
        "a" * 50_000,
        "(a [b {c " * 3000,
        "“no one said " * 3000,
        "\u200b" * 5000,
    ],
    ids=["no stop", "marks", "marks apart", "one word", "brackets", "unclosed quotations", "zero width"],
)
def test_document_sentences_are_bounded(text: str) -> None:
    document = parse(text)

    assert all(end - start <= LONGEST for start, end in document.sentences)
    _check(document)


def test_document_long_sentences_are_cut_at_white_space() -> None:
    text = "word " * 5000

    assert all(sentence.startswith("word") and sentence.endswith("word") for sentence in _sentences(text))


def test_document_long_paragraphs_have_the_sentences_of_short_ones() -> None:
    sentence = "Acme said on Monday that the names of 6,200 patients were stolen by hackers from its servers."

    assert _sentences(" ".join([sentence] * 500)) == [sentence] * 500


@given(st.text(alphabet=st.sampled_from([*"aB. ,“”\"'’\n\t\u00a0\u200b1-("]), max_size=200))
def test_document_any_text_is_covered_in_order(text: str) -> None:
    _check(parse(text))


def _check(document: Document) -> None:
    """Nothing overlaps, nothing but white space is left out, every token lies in the sentence that claims it."""
    text = document.text
    for spans in (document.sentences, document.tokens):
        assert all(one.end <= other.start for one, other in pairwise(spans))
        if any(not char.isspace() for char in text):
            assert "".join(text[a:b] for a, b in spans).translate(BLANKS) == text.translate(BLANKS)
    for index, inside in enumerate(document.inside):
        assert inside == document.tokens_within(*document.sentences[index])


BLANKS = {ord(char): None for char in " \n\t\u00a0"}
