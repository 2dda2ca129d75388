import pytest

from pipeline.extract.reader import read
from pipeline.extract.rows import Reading

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
