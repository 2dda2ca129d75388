"""Which names mean the same one, and by what the text shows it."""

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.entities import Entity, known_as
from pipeline.extract.text import names
from pipeline.extract.text.document import parse


def _find(text: str) -> tuple[Entity, ...]:
    document = parse(text)
    return entities.find(document, names.find(document))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("It is said that Northgate Inc. spoke first. Later Northgate paid.", {"Northgate Inc.", "Northgate"}),
        ("The Alder Bank Group (ABG) was hit and kept silent.", {"Alder Bank Group", "ABG"}),
        ("It hit the Marlow Health Trust. Later MHT said no.", {"Marlow Health Trust", "MHT"}),
        ("The Office of Data Protection met. The ODP said no.", {"Office of Data Protection", "ODP"}),
        ("We asked Farid Khan. Later Khan left.", {"Farid Khan", "Khan"}),
        ("Files of Pure Alder leaked. Later PureAlder.com was shut.", {"Pure Alder", "PureAlder.com"}),
        ("The files of Cobalt’s clients and of Cobalt itself leaked.", {"Cobalt"}),
    ],
    ids=["suffix", "brackets", "acronym", "acronym with of", "surname", "address", "possessive"],
)
def test_entities_join_the_names_of_one(text: str, forms: set[str]) -> None:
    (entity,) = _find(text)

    assert set(entity.forms) == forms
    assert entity.name == max(forms, key=len)
    assert {text[start:end] for (start, end), _, _ in entity.mentions} == forms
    assert len(entity.mentions) == 2


def test_entities_of_a_group_are_the_groups_whatever_else_bears_its_name() -> None:
    found = _find("It also hit the Alder Marsh Group. Later Alder Marsh said so, as did Alder Marsh Cards of Weston.")
    assert [set(entity.forms) for entity in found] == [
        {"Alder Marsh Group", "Alder Marsh"},
        {"Alder Marsh Cards of Weston"},
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It hit Northgate Clinic and Alder Bank.", ["Northgate Clinic", "Alder Bank"]),
        ("We use Cobalt Docs, then later on Cobalt Play, not Cobalt.", ["Cobalt Docs", "Cobalt Play", "Cobalt"]),
        ("It hit Alder Bank. Later XYZ said no.", ["Alder Bank", "XYZ"]),
        ("", []),
    ],
    ids=["others", "a short form of two", "no acronym of it", "empty"],
)
def test_entities_keep_apart_what_nothing_joins(text: str, found: list[str]) -> None:
    assert [entity.name for entity in _find(text)] == found


def test_entities_stand_in_the_order_of_their_first_mention_and_know_their_sentences() -> None:
    text = "It hit Northgate Clinic. Nobody else knew. Alder Bank knew, and so did Northgate Clinic."
    northgate, alder = _find(text)

    assert (northgate.name, alder.name) == ("Northgate Clinic", "Alder Bank")
    assert northgate.sentences == (0, 2)
    assert alder.sentences == (2,)
    assert [northgate.is_named_in(index) for index in range(4)] == [True, False, True, False]
    assert [m.span.start for m in northgate.mentions] == [text.index("Northgate"), text.rindex("Northgate")]


def test_entities_of_many_names_with_one_word_in_common_are_all_kept() -> None:
    text = " ".join(f"It hit Northgate {chr(65 + i)}{'abcdefghij'[i % 10]}lder and left." for i in range(26))

    assert len(_find(text)) == 26


@pytest.mark.parametrize(
    "text",
    [
        "They broke the Data Care Act and the Clean File Standard. The Annual Leak Report says so.",
        "Later the CISOs and the ISPs met.",
        "He used the Web and the File Transfer Protocol.",
        "Most South Korean and Latin American firms paid on World Password Day.",
        "LISBON, Portugal - The firm paid.",
        "The Social Security numbers leaked on Pennsylvania Avenue.",
        "It uses the Kestrel trojan. Later Kestrel was sold, as Operation Red Kite went on.",
        "They run MongoDB and Windows 10 on Amazon S3, with the MD5 of a W-2.",
    ],
    ids=[
        "laws and reports",
        "plural acronyms",
        "standards",
        "people and days",
        "dateline",
        "numbers and streets",
        "malware",
        "technology",
    ],
)
def test_entities_are_none_that_no_data_belongs_to(text: str) -> None:
    assert _find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Cold Harvest went on. Experts dubbed it so; a gang, codenamed Cold Harvest, did it.", id="code name"
        ),
        pytest.param(
            "They met in operation “Cold Harvest” in May. The firms behind Cold Harvest paid.", id="operation"
        ),
    ],
)
def test_entities_are_no_made_up_names(text: str) -> None:
    assert _find(text) == ()


def test_entities_whose_malware_it_is_stay() -> None:
    assert [entity.name for entity in _find("They fought Alder's malware. Later Juniper paid.")] == ["Alder", "Juniper"]


def test_entities_of_a_dateline_are_its_agency_alone() -> None:
    assert [entity.name for entity in _find("TAMPA, Fla. (AP) - Alder Bank paid.")] == ["AP", "Alder Bank"]
    assert [entity.name for entity in _find("APPLE VALLEY, Calif. (UPI) - Alder Bank paid.")] == ["UPI", "Alder Bank"]
    assert [entity.name for entity in _find("WIDR lost the tapes - all of them.")] == ["WIDR"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("FBI", "agency"),
        ("Weston Police", "police"),
        ("Ohio Attorney General's Office", "police"),
        ("Weston Bay Times", "media"),
        ("Times", ""),
        ("Kaspersky Lab", "security"),
        ("Lisbon", "place"),
        ("Alder Bank", ""),
    ],
)
def test_entities_are_known_by_name_or_by_what_it_tells(name: str, kind: str) -> None:
    assert known_as(name) == kind
