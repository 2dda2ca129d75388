"""What a date is the date of: governed by the words of its clause."""

from datetime import date

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.days import dates
from pipeline.extract.meaning import events
from pipeline.extract.numbers import numerals
from pipeline.extract.text import names
from pipeline.extract.text.document import Document, parse
from pipeline.extract.text.findings import Span


def incidents(document: Document, *custodians: str) -> tuple[Incident, ...]:
    named = entities.find(document, names.find(document))
    chosen = [next(e for e in named if custodian in e.forms) for custodian in custodians]
    return tuple(Incident(entity, not at, 1.0, Span(0, 0)) for at, entity in enumerate(chosen))


def found(text: str, *custodians: str) -> list[tuple[str, str, int | None]]:
    document = parse(text, date(2019, 5, 20))
    mentions = dates.find(document, numerals.find(document))
    told = events.find(document, mentions, incidents(document, *custodians))
    return [(text[e.mention.span.start : e.mention.span.end], str(e.kind), e.incident) for e in told]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Acme Bank said its network was hacked in March 2019.", ("March 2019", "occurred", 0)),
        ("The breach at Acme Bank took place on April 4, 2019.", ("April 4, 2019", "occurred", 0)),
        ("Acme Bank discovered the intrusion on April 4, 2019.", ("April 4, 2019", "discovered", 0)),
        ("Acme Bank disclosed the breach on Monday.", ("Monday", "disclosed", 0)),
        ("Acme Bank, a lender with 300 branches, was founded in 1987.", ("1987", "other", None)),
    ],
    ids=["hacked", "took place", "discovered", "disclosed", "founded"],
)
def test_events_kind_is_what_governs_the_date(text: str, wanted: tuple[str, str, int | None]) -> None:
    assert found(text, "Acme Bank") == [wanted]


def test_events_are_of_nothing_where_no_incident_is_told() -> None:
    assert found("The bank was hacked in March 2019.") == [("March 2019", "other", None)]


def slots(text: str, quote: str) -> dict[str, str]:
    document = parse(text, date(2019, 5, 20))
    mention = next(m for m in dates.find(document, numerals.find(document)) if text[m.span.start : m.span.end] == quote)
    return dict(events.event_evidence(document, mention, ()))


@pytest.mark.parametrize(
    ("text", "quote", "governs", "how"),
    [
        ("Data was stolen on Monday, it announced.", "Monday", "after take", "on"),
        ("On Monday, the firm announced a breach.", "Monday", "before say", "on"),
        ("Few knew of the 2015 breach until it was stolen again.", "2015", "of case", "of the"),
        ("They noticed it after Monday.", "Monday", "before -", "^"),
    ],
    ids=["verb before", "opening date", "owned noun", "nothing governs"],
)
def test_events_evidence_names_what_governs(text: str, quote: str, governs: str, how: str) -> None:
    told = slots(text, quote)
    assert (told["governs"], told["how"]) == (governs, how)


@pytest.mark.parametrize(
    ("quote", "age"),
    [("Monday", "day"), ("May 9", "week"), ("April 2018", "year"), ("2015", "years")],
)
def test_events_age_is_counted_from_publication(quote: str, age: str) -> None:
    assert slots(f"It was stolen in {quote}.", quote)["age"] == age
