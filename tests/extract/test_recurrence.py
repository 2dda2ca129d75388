"""An earlier incident of the same custodian, told apart by its year."""

from datetime import date

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.custodians.links import choose
from pipeline.extract.custodians.recurrence import earlier
from pipeline.extract.text import names
from pipeline.extract.text.document import Document, parse
from pipeline.extract.text.findings import Span

LEAD = "Thieves stole the names of 6,200 patients of Northgate Clinic. It told them by letter. Nobody was hurt. "
PUBLISHED = date(2019, 3, 4)


def clinic(document: Document) -> entities.Entity:
    return next(e for e in entities.find(document, names.find(document)) if e.name == "Northgate Clinic")


def test_recurrence_earlier_incident_has_the_mentions_that_tell_of_it() -> None:
    document = parse(LEAD + "In 2015, hackers stole the records of 300 people from Northgate Clinic.", PUBLISHED)
    custodian = clinic(document)
    before = earlier(document, custodian, [])
    assert before is not None
    assert (before.name, before.forms) == (custodian.name, custodian.forms)
    assert before.mentions == custodian.mentions[1:]
    assert before.sentences == (3,)


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param("In 2018, hackers stole the records of 300 people from Northgate Clinic.", id="too near"),
        pytest.param("Northgate Clinic opened in 2015 with 40 beds.", id="nothing befell it"),
        pytest.param("In 2015, hackers stole the records of 300 people from Wexford Health.", id="another"),
        pytest.param("Hackers had stolen the records of 300 people from Northgate Clinic before.", id="no year"),
    ],
)
def test_recurrence_none_where_the_text_tells_of_one_incident(behind: str) -> None:
    document = parse(LEAD + behind, PUBLISHED)
    assert earlier(document, clinic(document), []) is None


def test_recurrence_none_where_the_sentence_names_another_custodian() -> None:
    text = LEAD + "In 2015, hackers stole the records of 300 people from Northgate Clinic and Wexford Health."
    document = parse(text, PUBLISHED)
    wexford = next(e for e in entities.find(document, names.find(document)) if e.name == "Wexford Health")
    assert earlier(document, clinic(document), [wexford]) is None


def test_recurrence_none_without_a_day_of_publication() -> None:
    document = parse(LEAD + "In 2015, hackers stole the records of 300 people from Northgate Clinic.")
    assert earlier(document, clinic(document), []) is None


def test_recurrence_findings_of_its_sentence_belong_to_the_earlier_incident() -> None:
    text = LEAD + "In 2015, hackers stole the records of 300 people from Northgate Clinic."
    document = parse(text, PUBLISHED)
    custodian = clinic(document)
    before = earlier(document, custodian, [])
    told = (Incident(custodian, True, 0.9, Span(0, 1)), Incident(before, False, 0.5, Span(0, 1)))
    at = text.index("300 people")
    assert choose(document, told, Span(at, at + 10))[0] == 1
    assert choose(document, told, Span(text.index("6,200"), text.index("6,200") + 5))[0] == 0
