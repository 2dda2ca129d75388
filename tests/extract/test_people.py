"""Numbers of people that are no total: parts of those affected, and people that something was done for."""

from __future__ import annotations

import pytest

from pipeline.extract.days import dates
from pipeline.extract.meaning import people
from pipeline.extract.numbers import numerals, quantities
from pipeline.extract.text.document import parse


def _role(text: str, quote: str) -> str:
    document = parse(text)
    numbers = numerals.find(document)
    found = quantities.find(document, numbers, [mention.span for mention in dates.find(document, numbers)])
    (quantity,) = [q for q in found if text[q.span.start : q.span.end].startswith(quote)]
    return people.role(document, quantity)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("The agency has now released 2,900 detainees from custody.", "2,900", id="released"),
        pytest.param("Northgate is notifying 26 targeted users by phone.", "26", id="notifying"),
        pytest.param("The clinic mailed letters to 4,100 patients last week.", "4,100", id="letters-to"),
        pytest.param(
            "It continues to review the cases of an additional 2,200 people.", "an additional 2,200", id="review"
        ),
        pytest.param("The 18,000 employees of the firm will be sent notices this week.", "18,000", id="will-be-sent"),
        pytest.param("Some 300 patients were notified on Monday.", "Some 300", id="were-notified"),
    ],
)
def test_people_responded(text: str, quote: str) -> None:
    assert _role(text, quote) == "responded"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("It lost the files of 6,200 people. Of those, 5,100 people were minors.", "5,100", id="of-those"),
        pytest.param("About 430 residents are concerned, 58 of whom have since died.", "58", id="of-whom"),
        pytest.param("It told 900 patients, including 200 minors, of the theft.", "200", id="including"),
        pytest.param("Another 1,000 people had been deported already.", "Another 1,000", id="another"),
        pytest.param("The file held names and, for 412 people, images of checks.", "412", id="for"),
        pytest.param("More than 100 migrants were unable to stay.", "More than 100", id="other-fate"),
    ],
)
def test_people_part(text: str, quote: str) -> None:
    assert _role(text, quote) == "part"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("Some 43,000 customers were affected by the breach.", "Some 43,000", id="were-affected"),
        pytest.param("It is unclear how the 900 people affected learned of it.", "900", id="participle"),
        pytest.param("It wrote of 40 users who may have been exposed.", "40", id="who"),
        pytest.param("The file named 70 men whose addresses were leaked.", "70", id="whose"),
        pytest.param("It met 90 women whose files were released by mistake.", "90", id="whose-released"),
    ],
)
def test_people_affected(text: str, quote: str) -> None:
    assert _role(text, quote) == "affected"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("Hackers stole the names of 6,200 patients.", "6,200", id="stolen"),
        pytest.param("It says that 43,000 customers were not affected.", "43,000", id="not-affected"),
        pytest.param("In all, 9,000 members had their files opened.", "9,000", id="had-files"),
        pytest.param("The intruder gained access to 700 patients through a vendor.", "700", id="access-to"),
    ],
)
def test_people_without_a_role(text: str, quote: str) -> None:
    assert _role(text, quote) == ""
