"""Names that mean one organization, by spelling, by what texts define, by the alias list; and never by likeness."""

import csv

import pytest

from pipeline.resolve.organizations import ALIASES, Custodian, directory, is_acronym, spelling


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("The Northgate Clinic, Inc.", "northgateclinic", id="article and legal form"),
        pytest.param("Adult FriendFinder", "adultfriendfinder", id="spaces do not count"),
        pytest.param("AdultFriendFinder.com", "adultfriendfinder", id="a site is its name"),
        pytest.param("Bell.ca", "bellca", id="only the plain endings go"),
        pytest.param("U.S. Postal Service", "uspostalservice", id="a country in front of two words stays"),
        pytest.param("United States Office of Personnel Management", "officeofpersonnelmanagement", id="and goes else"),
        pytest.param("Scotty’s Brewhouse", "scottybrewhouse", id="possessive"),
        pytest.param("Société Générale SA", "societegenerale", id="accents"),
        pytest.param("Boston-based Alder Bank", "alderbank", id="where it sits is no name"),
        pytest.param("Group", None, id="a legal form alone names none"),
        pytest.param("the hospital", None, id="a common word names none"),
        pytest.param("the credit bureau", None, id="common words in lower case name none"),
        pytest.param("Community Health Systems", "communityhealthsystems", id="common words as a name do"),
        pytest.param("", None, id="empty"),
        pytest.param("***", None, id="no letter"),
    ],
)
def test_organizations_spelling(name: str, key: str | None) -> None:
    assert spelling(name) == key


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        pytest.param("ICE", "Immigration and Customs Enforcement", True, id="small word skipped"),
        pytest.param("OPM", "Office of Personnel Management", True, id="office counted"),
        pytest.param("HHS", "Department of Health and Human Services", True, id="office skipped"),
        pytest.param("DHS", "U.S. Department of Homeland Security", True, id="country skipped"),
        pytest.param("AFF", "AdultFriendFinder", True, id="capitals inside a word"),
        pytest.param("IHG", "InterContinental Hotels Group", True, id="words before capitals"),
        pytest.param("IBM", "Immigration and Customs Enforcement", False, id="other letters"),
        pytest.param("Ice", "Immigration and Customs Enforcement", False, id="a word is no acronym"),
        pytest.param("NC", "Northgate Clinic of Dover", False, id="a word is left over"),
    ],
)
def test_organizations_acronym(short: str, long: str, expected: bool) -> None:
    assert is_acronym(short, long) is expected


def test_organizations_text_that_uses_only_the_acronym_is_led_by_one_that_defines_it() -> None:
    index = directory([("Northgate Patient Services", "NPS"), ("NPS",)], [])
    assert index.custodian(("NPS",)) == index.custodian(("Northgate Patient Services",))


def test_organizations_acronym_of_two_leads_to_neither() -> None:
    texts = [("Northgate Patient Services", "NPS"), ("Norfolk Pension Scheme", "NPS"), ("NPS",)]
    index = directory(texts, [])
    homes = [index.custodian(text) for text in texts]
    assert len(set(homes)) == 3
    assert index.custodian(("NPS", "Norfolk Pension Scheme")) == homes[1], "a text that defines it knows"


def test_organizations_acronym_that_nine_of_ten_define_alike_is_theirs() -> None:
    texts = [("Northgate Patient Services", "NPS")] * 9 + [("Norfolk Pension Scheme", "NPS")]
    index = directory(texts, [])
    assert index.custodian(("NPS",)) == index.custodian(texts[0])
    assert index.custodian(texts[-1]) != index.custodian(texts[0])


def test_organizations_short_form_joins_what_texts_call_by_it_and_remembers_the_full_names() -> None:
    index = directory([("Alder iCloud", "Alder"), ("Alder Stores", "Alder"), ("Alder",)], [])
    assert index.custodian(("Alder iCloud", "Alder")) == Custodian(home="alder", called="aldericloud")
    assert index.custodian(("Alder Stores",)) == Custodian(home="alder", called="alderstores")
    assert index.custodian(("Alder",)) == Custodian(home="alder", called="alder")


def test_organizations_likeness_joins_nothing() -> None:
    index = directory([("Northgate Clinic",), ("Northgate Clinics",), ("Northgate",)], [])
    assert len({index.custodian((name,)) for name in ("Northgate Clinic", "Northgate Clinics", "Northgate")}) == 3


def test_organizations_first_words_win_over_last_ones() -> None:
    index = directory([("Yonder CEO Mary Miller", "Miller", "Yonder")], [])
    assert index.custodian(("Yonder CEO Mary Miller",)) == Custodian(home="yonder", called="yonderceomarymiller")


def test_organizations_alias_list_leads_before_texts() -> None:
    index = directory([("Glimmer Photos", "Glimmer")], [("Glimmer", "Alder Media")])
    assert index.custodian(("Glimmer",)) == Custodian(home="aldermedia", called="aldermedia")
    assert index.names["aldermedia"] == "Alder Media"


def test_organizations_circle_of_aliases_ends() -> None:
    index = directory([], [("Alder", "Birch"), ("Birch", "Cedar"), ("Cedar", "Alder")])
    assert len({index.custodian((name,)) for name in ("Alder", "Birch", "Cedar")}) == 1


def test_organizations_alias_list_is_sorted_sourced_and_says_each_name_once() -> None:
    with ALIASES.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    names = [spelling(line["alias"]) for line in lines]
    assert all(line["source"].startswith("https://") for line in lines)
    assert len(set(names)) == len(names)
    assert [line["alias"].casefold() for line in lines] == sorted(line["alias"].casefold() for line in lines)
    assert not {spelling(line["canonical"]) for line in lines} & set(names), "a canonical name is nobody's alias"
