"""A second look at the custodian of the main incident: what speaks for one against the others."""

import pytest

from pipeline.extract.custodians import candidates, entities
from pipeline.extract.custodians.incidents import NO_PART, Role
from pipeline.extract.text import names
from pipeline.extract.text.document import parse
from pipeline.extract.text.findings import Span


def _odds(text: str, title: str = "", exposed: str = "", **first: float) -> dict[str, float]:
    """The odds by name at second look; `first` holds those at first sight by the name's first word."""
    document = parse(text)
    roles = []
    for entity in entities.find(document, names.find(document)):
        main = first.get(entity.name.split()[0], 0.01)
        roles.append(Role(entity, {"main": main, "recalled": 0.01, "attacker": 0.01, "none": 0.98 - main}))
    at = text.find(exposed) if exposed else -1
    spans = [(Span(at, at + len(exposed)), 0.9)] if exposed else []
    odds = candidates.main_odds(document, parse(title), roles, spans)
    return {role.entity.name: one for role, one in zip(roles, odds, strict=True)}


@pytest.mark.parametrize(
    ("text", "less", "more"),
    [
        ("Files were lost. It was said of Lisbon and of Alder Bank.", "Lisbon", "Alder Bank"),
        ("Files were lost. It was said of Jane Miller and of Alder Bank.", "Jane Miller", "Alder Bank"),
        ("Files were lost. It was said of Lazarus Group and of Alder Bank.", "Lazarus Group", "Alder Bank"),
        ("Files were lost. It was said of Weston Times and of Alder Bank.", "Weston Times", "Alder Bank"),
        ("Alder Bank lost files. Here it was said of Alder Bank and of Juniper Mills.", "Juniper Mills", "Alder Bank"),
    ],
    ids=["place", "person", "attacker", "media", "named first and more often"],
)
def test_candidates_are_less_likely_for_what_they_are_or_where_they_stand(text: str, less: str, more: str) -> None:
    odds = _odds(text, Lisbon=0.3, Jane=0.3, Lazarus=0.3, Weston=0.3, Alder=0.3, Juniper=0.3)
    assert 0 < odds[less] < odds[more] < 1


def test_candidates_are_less_likely_beside_a_likelier_one() -> None:
    text = "Files were lost. It was said of Alder Bank. Later it was said of Juniper Mills."
    alone, beside = _odds(text, Alder=0.3), _odds(text, Alder=0.3, Juniper=0.9)
    assert beside["Alder Bank"] < alone["Alder Bank"]
    assert beside["Juniper Mills"] > beside["Alder Bank"]


def test_candidates_gain_by_the_title() -> None:
    text = "Files were lost. It was said of Alder Bank."
    assert _odds(text, title="Alder Bank's files", Alder=0.3)["Alder Bank"] > _odds(text, Alder=0.3)["Alder Bank"]


def test_candidates_are_none_where_nobody_has_a_part() -> None:
    document = parse("It was said of Alder Bank.")
    (entity,) = entities.find(document, names.find(document))
    assert candidates.main_odds(document, parse(""), [Role(entity, NO_PART)], []) == [0.0]
    assert candidates.main_odds(document, parse(""), [], []) == []
