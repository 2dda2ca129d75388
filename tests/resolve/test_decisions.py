"""An analyst's word counts, and is refused where it contradicts itself."""

from pathlib import Path

import pytest

from pipeline.resolve.decisions import Decision, DecisionError, read_decisions
from tests.resolve.told import World, article_id, incident_of, row, rows, stories, together


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("decision,left,right,note", *lines)) + "\n", "utf-8")
    return path


def test_decisions_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.csv") == ()


def test_decisions_lines_are_read_with_their_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "decisions.csv", "same,i_1,i_2,one story", "", "alias,Glowbears,Birch Toys,its product")
    assert read_decisions(path) == (
        Decision(2, "same", "i_1", "i_2"),
        Decision(4, "alias", "Glowbears", "Birch Toys"),
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["same,i_1,i_2,", "different,i_2,i_1,"], "lines 2, 3 contradict: i_2 and i_1", id="directly"),
        pytest.param(
            ["same,i_1,i_2,", "same,i_4,i_5,", "same,i_2,i_3,", "different,i_1,i_3,"], "lines 2, 4, 5", id="by a chain"
        ),
        pytest.param(["different,i_1,i_1,"], "line", id="from itself"),
        pytest.param(
            ["alias,Glow,Alder,", "alias,glow,Birch,"],
            "lines 2, 3 contradict: glow is called Alder and Birch",
            id="two names",
        ),
        pytest.param(["alias,Glow,Alder,", "alias,Alder,Glow,"], "lines 2, 3 contradict: each name", id="in a circle"),
        pytest.param(["maybe,i_1,i_2,"], "line 2: expected same, different or alias", id="unknown word"),
        pytest.param(["same,i_1,,"], "line 2: expected", id="half a line"),
    ],
)
def test_decisions_wrong_lines_are_named(tmp_path: Path, lines: list[str], message: str) -> None:
    path = write(tmp_path / "decisions.csv", *lines)
    with pytest.raises(DecisionError, match=message) as raised:
        read_decisions(path)
    assert str(path) in str(raised.value)


def test_decisions_without_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("i_1,i_2\n", "utf-8")
    with pytest.raises(DecisionError, match="decision, left, right"):
        read_decisions(path)


def apart() -> World:
    """Two stories of two custodians, and a second report of the first."""
    world = World()
    for name, organization in (("gazette", "Glowbears"), ("courier", "Birch Toys"), ("herald", "Glowbears")):
        world.article(name, "2021-02-28")
        world.tell(name, organization, action="error")
    return world


@pytest.mark.parametrize("by", ["incidents", "articles", "readings"])
def test_decisions_same_joins_incidents_of_two_custodians(by: str) -> None:
    world = apart()
    before = world.resolve()
    readings = [str(told["reading_id"]) for told in world.readings]
    ids = {
        "incidents": [incident_of(before, reading) for reading in readings],
        "articles": [article_id("gazette"), article_id("courier")],
        "readings": readings,
    }[by]
    decisions = (Decision(7, "same", ids[0], ids[1]),)
    for previous in (None, before.frames):
        ledger = world.resolve(previous, decisions=decisions)
        assert together(ledger, readings)
        assert any("decisions, line 7" in str(found["evidence"]) for found in rows(ledger, "memberships"))
    alias = row(ledger, "incident_aliases")
    assert "analyst" in str(alias["reason"])
    assert alias["incident_id"] == row(ledger, "incidents")["incident_id"]


def test_decisions_same_does_not_make_the_custodians_one() -> None:
    """What else is told of either custodian is not drawn together by a word about two of their stories."""
    world = World()
    for name, organization in (("gazette", "Glowbears"), ("courier", "Birch Toys"), ("herald", "Birch Toys")):
        world.article(name, "2021-02-28" if name != "herald" else "2019-02-28")
        world.tell(name, organization, action="error")
    world.article("times", "2019-02-28")
    world.tell("times", "Glowbears", action="error")
    pets, toys, old_toys, old_pets = (str(told["reading_id"]) for told in world.readings)
    ledger = world.resolve(decisions=(Decision(2, "same", pets, toys),))
    assert together(ledger, [pets, toys])
    assert not together(ledger, [old_pets, old_toys])


def test_decisions_different_keeps_apart_and_is_shown_as_evidence() -> None:
    world = apart()
    first, _, third = (str(told["reading_id"]) for told in world.readings)
    before = world.resolve()
    assert together(before, [first, third])
    ledger = world.resolve(before.frames, decisions=(Decision(3, "different", first, third),))
    assert not together(ledger, [first, third])
    assert incident_of(before, first) in {incident_of(ledger, first), incident_of(ledger, third)}
    assert "an analyst calls them different (decisions, line 3)" in str(row(ledger, "incident_candidates")["evidence"])


def test_decisions_alias_joins_two_names() -> None:
    ledger = apart().resolve(decisions=(Decision(2, "alias", "Glowbears", "Birch Toys"),))
    assert len(stories(ledger)) == 1
    assert row(ledger, "incidents")["organization"] == "Birch Toys"


def test_decisions_contradiction_that_only_the_readings_show_is_refused() -> None:
    world = apart()
    before = world.resolve()
    first, second = (str(told["reading_id"]) for told in world.readings[:2])
    decisions = (
        Decision(2, "same", incident_of(before, first), incident_of(before, second)),
        Decision(3, "different", article_id("gazette"), article_id("courier")),
    )
    with pytest.raises(DecisionError, match="lines 2, 3 contradict"):
        world.resolve(before.frames, decisions=decisions)


def test_decisions_about_unknown_ids_are_noted_and_nothing_else() -> None:
    ledger = apart().resolve(decisions=(Decision(9, "same", "i_gone", article_id("gazette")),))
    assert ledger.notes == ("line 9: no incident, article or reading i_gone",)
    assert len(stories(ledger)) == 2
