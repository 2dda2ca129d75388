"""What the syntax around a name says of its bearer, sign by sign."""

import pytest

from pipeline.extract.custodians.syntax import MEANINGS, signs, signs_of
from pipeline.extract.text import names
from pipeline.extract.text.document import parse


def said(text: str) -> dict[str, set[str]]:
    """The signs of each name of a text."""
    document = parse(text)
    found = names.find(document)
    every: dict[str, set[str]] = {}
    for name, one in zip(found, signs(document, found), strict=True):
        every.setdefault(text[name.span.start : name.span.end], set()).update(one)
    return every


@pytest.mark.parametrize(
    ("text", "sign", "meaning"),
    [
        ("They sell data stolen last week from Alder Bank.", "taken from", "its"),
        ("They found a breach at Alder Bank.", "happening at", "befell"),
        ("They wrote of the Alder Bank hack.", "with happening", "befell"),
        ("They wrote to Alder Bank's customers.", "its people", "its"),
        ("In June Alder Bank was reportedly hacked.", "was hit", "befell"),
        ("In June Alder Bank, which has four branches, suffered a loss.", "does suffer", "befell"),
        ("In June Alder Bank quietly confirmed it.", "does own up", "owns up"),
        ("They spoke to researchers at Alder Bank.", "report at", "tells"),
        ("The files were stolen by Alder Gang.", "taken by", "did it"),
        ("In June Alder Bank was fined for it.", "was punish", "befell"),
        ("They recalled a fine imposed on Alder Bank.", "punish on", "befell"),
        ("They heard it from news site Alder Watch.", "report it", "tells"),
    ],
    ids=[
        "from",
        "at",
        "compound",
        "owner",
        "passive",
        "apposition",
        "owns up",
        "report",
        "by",
        "fined",
        "fine",
        "teller",
    ],
)
def test_syntax_signs_tell_what_befell_the_bearer(text: str, sign: str, meaning: str) -> None:
    (found,) = said(text).values()
    assert sign in found
    assert MEANINGS[sign] == meaning


def test_syntax_names_in_one_list_share_what_is_said_of_it() -> None:
    found = said("It follows breaches at Alder Bank, Northgate Clinic and Wexford Health.")
    assert all("happening at" in one for one in found.values())
    assert len(found) == 3


def test_syntax_a_list_may_say_what_the_next_is() -> None:
    found = said("It follows breaches at Alder Bank and insurer Wexford Health.")
    assert "happening at" in found["Wexford Health"]
    assert "happening at" not in said("Breaches at Alder Bank and researcher Wexford Health.")["Wexford Health"]


def test_syntax_a_name_opens_the_text_behind_its_dateline() -> None:
    assert "opens" in said("SALEM, Ore. (AP) — Alder Bank said so.")["Alder Bank"]
    assert "opens" not in said("It was late. Two of them – Alder Bank was one – said so.")["Alder Bank"]


def test_syntax_a_place_that_tells_where_a_noun_is_has_no_part() -> None:
    assert said("It is said that a Florida hospital was hacked.")["Florida"] == {"place of"}
    assert "was hit" in said("It is said that Florida was hacked.")["Florida"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It hit Alder Bank. Wexford Health opened a store.", id="sentences apart"),
        pytest.param("A breach at Alder Bank came up when they met Wexford Health.", id="no list"),
    ],
)
def test_syntax_names_outside_a_list_share_nothing(text: str) -> None:
    assert not {"hit it", "happening at", "listed"} & said(text)["Wexford Health"]


def test_syntax_examples_are_of_what_stands_before_them() -> None:
    assert "like happening" in said("There were breaches of retail chains, including Alder Bank.")["Alder Bank"]
    assert "like -" in said("They sell it at shops like Alder Bank.")["Alder Bank"]


def test_syntax_signs_of_a_name_in_a_title() -> None:
    assert "with happening" in signs_of(parse("Alder Bank Hack Exposes Customers"), 0, 2)
    assert signs_of(parse("Alder"), 0, 1) == ["opens", "alone"]
