"""Who the text names: persons, places and organisations, and their parts."""

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.record import parties
from pipeline.extract.speech import statements
from pipeline.extract.text import names
from pipeline.extract.text.document import parse
from pipeline.extract.text.findings import Span

NOBODY = {"main": 0.0, "recalled": 0.0, "attacker": 0.0, "none": 1.0}


def found(
    text: str, custodian: str | None = None, attacker: str | None = None
) -> dict[str, tuple[str, str, int | None]]:
    document = parse(text)
    roles, told = [], []
    for entity in entities.find(document, names.find(document)):
        roles.append(Role(entity, {**NOBODY, "attacker": 0.9} if attacker in entity.forms else NOBODY))
        if custodian in entity.forms:
            told.append(Incident(entity, True, 1.0, Span(0, 0)))
    rows = parties.find(document, tuple(roles), tuple(told), statements.find(document))
    for party in rows:
        assert text[party.span.start : party.span.end] in text
    return {party.name: (str(party.kind), str(party.role), party.incident) for party in rows}


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("The data of Acme Bank was stolen.", "Acme Bank", ("organization", "custodian", 0)),
        ("Acme Bank said that Maria Keller noticed it.", "Maria Keller", ("person", "other", None)),
        ("Acme Bank notified the FBI on Monday.", "FBI", ("organization", "authority", None)),
        ("Acme Bank has branches in Germany and elsewhere.", "Germany", ("place", "other", None)),
        (
            "Acme Bank called the U.S. Customs and Border Protection agency.",
            "Customs and Border Protection",
            ("organization", "other", None),
        ),
    ],
    ids=["custodian", "person", "authority", "place", "agency with a country's name"],
)
def test_parties_kind_and_role(text: str, name: str, wanted: tuple[str, str, int | None]) -> None:
    assert found(text, custodian="Acme Bank")[name] == wanted


def test_parties_attacker_is_a_group_of_the_main_incident() -> None:
    told = found("Then the Silver Foxes stole the data of Acme Bank.", custodian="Acme Bank", attacker="Silver Foxes")
    assert told["Silver Foxes"] == ("group", "attacker", 0)


def test_parties_attacker_needs_an_incident() -> None:
    told = found("Then the Silver Foxes threatened Acme Bank again.", attacker="Silver Foxes")
    assert told["Silver Foxes"][1:] == ("other", None)
