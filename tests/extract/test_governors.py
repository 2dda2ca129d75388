"""The word that governs a date: every entry of the lexicon proves itself by its marked dates."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.days import dates
from pipeline.extract.meaning import governors
from pipeline.extract.numbers import numerals
from pipeline.extract.text.document import parse
from pipeline.extract.text.lexicon import entries
from schemas.vocabulary import EventKind

PUBLISHED = date(2019, 5, 20)


def settled(marked: str) -> EventKind | None:
    """What is settled of the marked date of a sentence."""
    start, end = marked.index("["), marked.index("]") - 1
    document = parse(marked.replace("[", "").replace("]", ""), PUBLISHED)
    mentions = {tuple(m.span): m for m in dates.find(document, numerals.find(document))}
    return governors.settled(document, mentions[start, end])


def proofs(kind: str) -> list[object]:
    return [
        pytest.param("occurred" if entry["code"] == "case" else entry["code"], text, id=f"{entry['code']}: {text}")
        for entry in entries("governors")
        for text in entry.get(kind, ())
    ]


@pytest.mark.parametrize(("code", "text"), proofs("examples"))
def test_governors_lexicon_settles_its_examples(code: str, text: str) -> None:
    assert settled(text) == code


@pytest.mark.parametrize(("code", "text"), proofs("counters"))
def test_governors_lexicon_does_not_settle_its_counters(code: str, text: str) -> None:
    assert settled(text) != code


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("It was hacked in March and noticed on [May 2].", "discovered", id="the nearest verb governs"),
        pytest.param("It happened when the clinic moved in [May].", None, id="a verb beyond the clause does not"),
        pytest.param("The report of the theft came on [May 2].", None, id="a noun is no verb"),
        pytest.param("[Friday]'s huge ransomware attack hit it.", "occurred", id="what a day owns"),
        pytest.param("[Friday]'s statement told of the attack.", None, id="what else a day owns"),
        pytest.param("It was hit on [Friday].", None, id="no word that settles it"),
    ],
)
def test_governors_settle_by_the_word_beside(text: str, wanted: str | None) -> None:
    assert settled(text) == wanted
