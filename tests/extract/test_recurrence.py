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
    ("behind", "told"),
    [
        pytest.param(
            "It is its second breach. Last May, thieves took a tape with the data of 870 clerks.", (4,), id="second"
        ),
        pytest.param("A separate attack in late 2018 exposed the files of 500 people.", (3,), id="separate"),
        pytest.param(
            "It comes two months after it mailed the files of 40 people to a stranger.", (3,), id="comes after"
        ),
        pytest.param(
            "It is hardly the first breach. In May hackers took the clinic's e-mails.", (4,), id="hardly the first"
        ),
        pytest.param("Northgate Clinic was also hacked in 2018, when 90 files leaked.", (3,), id="also"),
    ],
)
def test_recurrence_earlier_incident_is_called_so(behind: str, told: tuple[int, ...]) -> None:
    document = parse(LEAD + behind, PUBLISHED)
    before = earlier(document, clinic(document), [])
    assert before is not None
    assert before.sentences == told
    assert before.mentions


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param("For the first time it told of the files of 500 people in May.", id="for the first time"),
        pytest.param("It is its second breach. The files of 870 clerks were taken.", id="no time"),
        pytest.param("It isn't the first leak. In May hackers took the files of 90 clerks of Wexford.", id="another"),
        pytest.param("It is its second breach. In May the clinic hired a firm.", id="nothing exposed"),
    ],
)
def test_recurrence_none_where_words_for_it_tell_of_no_other_exposure(behind: str) -> None:
    document = parse(LEAD + behind, PUBLISHED)
    named = entities.find(document, names.find(document))
    assert earlier(document, clinic(document), [], [e for e in named if e.name != "Northgate Clinic"]) is None


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
