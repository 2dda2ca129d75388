import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Role, find
from pipeline.extract.reader import read
from pipeline.extract.rows import Reading
from pipeline.extract.text import names
from pipeline.extract.text.document import parse

TOLD = (
    "Northgate Clinic said on Monday that hackers had broken into its network and stolen the names, addresses and "
    "Social Security numbers of 6,200 patients. The clinic has notified those affected by the breach."
)


def custodians(reading: Reading) -> list[tuple[str | None, bool]]:
    """Name and main or not of each incident."""
    told = [described.incident for described in reading.incidents]
    return [(one.custodian.name if one.custodian else None, one.is_main) for one in told]


def test_incidents_main_one_by_its_custodian() -> None:
    reading = read(TOLD, title="Northgate Clinic data breach exposes 6,200 patients")
    assert custodians(reading) == [("Northgate Clinic", True)]
    anchor = reading.incidents[0].incident.anchor
    assert TOLD[anchor.start : anchor.end] == "Northgate Clinic"


def test_incidents_recalled_one_follows_the_main_one() -> None:
    text = TOLD + " In 2014, hackers stole the records of 80 million customers in a data breach at Wexford Health."
    found = custodians(read(text, title="Northgate Clinic data breach exposes 6,200 patients"))
    assert found[0] == ("Northgate Clinic", True)
    assert ("Wexford Health", True) not in found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Use a different password for every site, and turn on two-step login. Tips for users.", id="advice"
        ),
        pytest.param("Acme Corp. reported revenue of $2 million and opened a store in Leeds on Monday.", id="business"),
        pytest.param("", id="nothing"),
    ],
)
def test_incidents_none_where_none_is_reported(text: str) -> None:
    reading = read(text)
    assert custodians(reading) == []
    assert reading.exposed == ()
    assert all(figure.measure == "background" for figure in reading.figures)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        pytest.param("Breaches at Alder Bank and Wexford Health came before.", True, id="one list"),
        pytest.param("A breach at Alder Bank came before. Wexford Health opened.", False, id="apart"),
    ],
)
def test_incidents_recalled_ones_share_a_list(text: str, listed: bool) -> None:
    document = parse(text, None)
    named = entities.find(document, names.find(document))
    odds = {"Alder Bank": 0.6}
    roles = tuple(Role(e, {"main": 0.0, "recalled": odds.get(e.name, 0.01), "none": 0.4}) for e in named)
    found = {one.custodian.name for one in find(document, roles, [0.0] * len(roles), 0.9) if one.custodian}
    assert found == ({"Alder Bank", "Wexford Health"} if listed else {"Alder Bank"})


@pytest.mark.parametrize(("odds", "custodian"), [(0.3, "Alder Bank"), (0.1, None)], ids=["likely", "unlikely"])
def test_incidents_main_custodian_is_the_likeliest_if_likely_at_second_look(odds: float, custodian: str | None) -> None:
    document = parse("It was said of Alder Bank on Monday.")
    (named,) = entities.find(document, names.find(document))
    (found,) = find(document, (Role(named, {"main": 0.5, "recalled": 0.0, "none": 0.5}),), [odds], 0.9)
    assert found.is_main
    assert (found.custodian.name if found.custodian else None) == custodian


@pytest.mark.parametrize(
    ("name", "main", "recalled", "is_found"),
    [
        ("Alder Bank", 0.4, 0.0, True),
        ("Chicago", 0.4, 0.0, False),
        ("Chicago", 0.6, 0.0, True),
        ("Lazarus Group", 0.9, 0.0, False),
        ("Alder Bank", 0.0, 0.4, True),
        ("Jane Miller", 0.0, 0.4, False),
        ("Chicago", 0.0, 0.4, False),
        ("Lazarus Group", 0.0, 0.9, False),
    ],
)
def test_incidents_places_and_persons_must_be_likelier_and_attackers_are_none(
    name: str, main: float, recalled: float, is_found: bool
) -> None:
    document = parse(f"Thieves stole files from {name} on Monday.")
    (named,) = entities.find(document, names.find(document))
    (found,) = find(document, (Role(named, {"main": main, "recalled": recalled, "none": 0.1}),), [main], 0.9)
    assert (found.custodian is not None) is is_found


def test_incidents_main_custodian_is_no_mere_witness() -> None:
    document = parse("Weston Police looked at Alder Bank. The files of Harrow Police leaked.")
    named = entities.find(document, names.find(document))
    assert [one.name for one in named] == ["Weston Police", "Alder Bank", "Harrow Police"]
    roles = tuple(Role(e, {"main": 0.0, "recalled": 0.0, "none": 0.1}) for e in named)
    for odds, name in (([0.7, 0.15, 0.0], "Alder Bank"), ([0.0, 0.15, 0.7], "Harrow Police"), ([0.7, 0.05, 0.0], None)):
        (found,) = find(document, roles, odds, 0.9)
        assert (found.custodian.name if found.custodian else None) == name


def test_incidents_second_main_is_not_the_first_ones_product() -> None:
    document = parse("It hit Alder's Vault and Wexford Health.")
    named = entities.find(document, names.find(document))
    sure = {"Vault": 0.95, "Wexford Health": 0.9, "Alder": 0.85}
    assert {one.name for one in named} == set(sure)
    roles = tuple(Role(e, {"main": 0.0, "recalled": 0.0, "none": 0.05}) for e in named)
    found = find(document, roles, [sure[e.name] for e in named], 0.9)
    assert [one.custodian.name for one in found if one.custodian] == ["Vault", "Wexford Health"]
