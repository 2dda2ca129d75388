"""The word that governs a date: every entry of its lexicons proves itself by its marked dates."""

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
# What the examples of entries are, whose code is no kind
KINDS = {
    "alerted": "discovered",
    "sent": "notified",
    "notice": "notified",
    "lasting": "began",
    "entered": "occurred",
    "suffered": "occurred",
    "state": "began",
    "held": "data_as_of",
    "data": "data_as_of",
    "paid": "occurred",
    "case": "occurred",
    "concerned": "notified",
    "by mistake": "occurred",
    "lawsuit": "responded",
    "flaw": "disclosed",
    "activity": "began",
    "unseen": "discovered",
    "most": "began",
    "dating": "data_as_of",
}


def settled(marked: str) -> EventKind | None:
    """What is settled of the marked date of a sentence."""
    start, end = marked.index("["), marked.index("]") - 1
    document = parse(marked.replace("[", "").replace("]", ""), PUBLISHED)
    mentions = {tuple(m.span): m for m in dates.find(document, numerals.find(document))}
    return governors.settled(document, mentions[start, end])


def proofs(kind: str) -> list[object]:
    return [
        pytest.param(KINDS.get(entry["code"], entry["code"]), text, id=f"{entry['code']}: {text}")
        for lexicon in ("governors", "around_dates")
        for entry in entries(lexicon)
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
        pytest.param("On [May 2], the bank, which was founded in 1987, confirmed it.", "disclosed", id="an aside"),
        pytest.param("On [May 2], the bank said that thieves stole it.", None, id="not the verb of a clause below"),
        pytest.param("PARIS, [May 2] - Thieves stole it.", None, id="dateline"),
        pytest.param("It saw it [the day after] it was stolen.", None, id="a day counted from the theft"),
        pytest.param("The theft was first reported on [May 2].", "reported", id="first reported"),
        pytest.param("It said it suffered a breach [last week].", "occurred", id="what happened, as was said"),
        pytest.param("It told of the breach [last week].", None, id="what was told"),
        pytest.param("A blog broke the news of the hack on [May 2].", "reported", id="news of it"),
        pytest.param("But it was not until [May 2] that the bank found out.", "discovered", id="not until"),
        pytest.param("It was seen in May but dates back to [2017].", None, id="back to, of nothing named"),
        pytest.param("The leak was seen in May but dates back to [2017].", "occurred", id="what dates back"),
        pytest.param("During the night of [May 2], a guard noticed it.", "discovered", id="night of"),
        pytest.param("It was hit by a leak that occurred on [May 2].", "occurred", id="a verb behind that"),
        pytest.param("It says that on [May 2], it determined whose they were.", "discovered", id="opens behind that"),
        pytest.param("A guard found it and praised him on [May 2].", None, id="another verb between"),
        pytest.param("The list was posted by mistake on [May 2].", "occurred", id="by mistake"),
        pytest.param("News of the leak broke on [May 2].", "reported", id="news that broke"),
        pytest.param("It took place in [May].", "occurred", id="took place"),
        pytest.param(
            "It found access to its mail between [May 2 and May 9].", "occurred", id="a period of what was found"
        ),
        pytest.param("The leak, revealed by the bank on [May 2], was small.", "disclosed", id="revealed by"),
        pytest.param("It heard of the leak on [May 2].", "discovered", id="heard of"),
        pytest.param("The stolen files are from [2016].", "data_as_of", id="files from a year"),
        pytest.param("They stole security files on [May 2].", "occurred", id="nouns that look like verbs"),
        pytest.param("They have read its mail since [2017], it said.", None, id="since, of no known verb"),
        pytest.param("They got in as early as [May], it said.", "began", id="as early as"),
        pytest.param("They were inside as late as [May].", "ended", id="as late as"),
        pytest.param("They robbed it from [2016] onwards.", "began", id="onwards"),
        pytest.param("The scan holds forms for the [2016] tax year.", "data_as_of", id="tax year"),
        pytest.param("The list, current as of [May], was stolen.", "data_as_of", id="as of"),
    ],
)
def test_governors_settle_by_the_word_beside(text: str, wanted: str | None) -> None:
    assert settled(text) == wanted
