"""Which readings tell of one incident: what evidence joins, what keeps apart, what is left in doubt."""

from datetime import date

import pytest

from pipeline.resolve.cases import Case
from pipeline.resolve.evidence import MERGE, explain, likelihood, score, weigh
from tests.resolve.told import World, row, rows, stories, together


def test_incidents_two_reports_of_one_leak_are_one() -> None:
    world = World()
    for name, day in (("gazette", "2021-03-02"), ("courier", "2021-03-04")):
        world.article(name, day)
        world.tell(name, "Northgate Clinic", people_affected=36_000, data_types=["medical"])
    assert len(stories(world.resolve())) == 1


def test_incidents_two_leaks_at_one_custodian_years_apart_are_two() -> None:
    world = World()
    for name, day in (("gazette", "2018-03-02"), ("courier", "2021-03-04")):
        world.article(name, day)
        world.tell(name, "Northgate Clinic", action="hacking")
    assert len(stories(world.resolve())) == 2


def test_incidents_leaks_of_other_kind_and_size_in_one_week_stay_apart() -> None:
    """A breach at home and an open portal abroad, reported in the same days, of one company."""
    world = World()
    world.article("gazette", "2021-09-13")
    world.tell("gazette", "Alder Credit", action="hacking", people_affected=143_000_000, country="US")
    world.article("courier", "2021-09-14")
    world.tell("courier", "Alder Credit", action="error", people_affected=14_000, country="AR")
    assert len(stories(world.resolve())) == 2


def test_incidents_names_that_are_only_alike_stay_apart() -> None:
    world = World()
    for name, organization in (("gazette", "Northgate Clinic"), ("courier", "Northgate Clinics")):
        world.article(name, "2021-03-02")
        world.tell(name, organization, people_affected=36_000)
    assert len(stories(world.resolve())) == 2


@pytest.mark.parametrize("day", ["2021-03-04", "2021-04-20", "2020-01-10"])
def test_incidents_publication_a_year_off_does_not_split_what_else_agrees(day: str) -> None:
    world = World()
    for name, published in (("gazette", "2020-03-02"), ("courier", day)):
        world.article(name, published)
        world.tell(name, "Northgate Clinic", people_affected=36_000, data_types=["medical"])
    assert len(stories(world.resolve())) == 1


@pytest.mark.parametrize(
    ("occurred", "is_one"),
    [((), True), (("2020-01-05", "2021-02-07"), False)],
    ids=["nothing against it", "a year apart"],
)
def test_incidents_readings_of_one_article_by_two_names(occurred: tuple[str, ...], is_one: bool) -> None:
    world = World()
    world.article("gazette", "2021-03-02")
    told = [world.tell("gazette", name, "iCloud", "Apple", action="hacking") for name in ("Apple", "iCloud")]
    for place, day in enumerate(occurred):
        days = {"occurred_from": date.fromisoformat(day), "occurred_to": date.fromisoformat(day)}
        world.readings[place] |= days
    assert together(world.resolve(), told) == is_one


def test_incidents_readings_of_one_article_are_never_one() -> None:
    world = World()
    world.article("gazette", "2021-03-02")
    for _ in range(2):
        world.tell("gazette", "Northgate Clinic", people_affected=36_000)
    ledger = world.resolve()
    assert len(stories(ledger)) == 2
    assert "one article tells of both" in str(row(ledger, "incident_candidates")["evidence"])


def test_incidents_report_joins_the_right_one_of_two_told_by_one_article() -> None:
    world = World()
    world.article("gazette", "2021-04-19")
    second = world.tell("gazette", "Bluewater Hotels", occurred_from="2020-09-29", occurred_to="2020-12-29")
    first = world.tell("gazette", "Bluewater Hotels", main=False, occurred_from="2020-02-16", occurred_to="2020-07-07")
    world.article("courier", "2021-04-21")
    report = world.tell("courier", "Bluewater Hotels", occurred_from="2020-09-29", occurred_to="2020-12-29")
    ledger = world.resolve()
    assert together(ledger, [second, report])
    assert not together(ledger, [first, report])


def test_incidents_report_that_fits_two_as_well_is_left_alone() -> None:
    world = World()
    for name, people in (("gazette", 36_000), ("courier", 900)):
        world.article(name, "2021-03-02")
        world.tell(name, "Northgate Clinic", people_affected=people, action="hacking" if people > 900 else "error")
    world.article("herald", "2021-03-02")
    world.tell("herald", "Northgate Clinic")
    ledger = world.resolve()
    assert len(stories(ledger)) == 3
    assert len(rows(ledger, "incident_candidates")) >= 2


def test_incidents_without_custodian_need_attacker_and_dates() -> None:
    world = World()
    for name, day in (("gazette", "2021-04-04"), ("courier", "2021-04-04"), ("herald", "2021-11-01")):
        world.article(name, day)
        world.tell(name, actor_name="Fancy Otter", action="hacking", data_types=["internal_document"])
    world.article("times", "2021-04-04")
    world.tell("times", action="hacking", data_types=["internal_document"])
    assert sorted(len(story) for story in stories(world.resolve())) == [1, 1, 2]


def test_incidents_story_without_custodian_joins_the_one_that_its_attacker_hit() -> None:
    world = World()
    for name, organization in (("gazette", "Alder Phones"), ("courier", None)):
        world.article(name, "2021-03-21")
        world.tell(
            name, organization, actor_name="The Dover Family", action="hacking", records_exposed=559_000_000
        )  # fmt: skip
    assert len(stories(world.resolve())) == 1


def test_incidents_repeat_of_an_article_tells_of_the_same() -> None:
    world = World()
    world.article("gazette", "2021-03-02")
    told = world.tell("gazette", action="hacking", data_types=["email"])
    world.article("copy", "2021-03-02", duplicate_of=world.articles[0]["article_id"])
    again = world.tell("copy", action="hacking", data_types=["email"])
    ledger = world.resolve()
    assert together(ledger, [told, again])
    assert row(ledger, "incidents")["article_count"] == 1


def test_incidents_unread_repeat_of_an_article_is_one_of_its_articles() -> None:
    world = World()
    first = world.article("gazette", "2021-03-02")
    world.tell("gazette", "Northgate Clinic")
    copy = world.article("copy", "2021-03-02", duplicate_of=first)
    ledger = world.resolve()
    assert {found["article_id"] for found in rows(ledger, "incident_articles", is_main=True)} == {first, copy}
    assert row(ledger, "incidents")["article_count"] == 1


def test_incidents_evidence_adds_up_to_the_score_and_is_told_in_words() -> None:
    world = World()
    for name, people in (("gazette", 6_200), ("courier", 6_252)):
        world.article(name, "2021-03-02")
        world.tell(name, "Northgate Clinic", people_affected=people, action="error")
    one, other = (Case([account]) for account in world.accounts())
    evidence = weigh(one, other)
    assert score(evidence) == pytest.approx(4.0 + 2.0 + 1.2 + 0.5)
    assert score(evidence) >= MERGE
    assert explain(evidence) == (
        "same custodian, Northgate Clinic (+4.0); reported 0 days apart (+2.0); "
        f"people {one.accounts[0].people} and {other.accounts[0].people} (+1.2); same action, error (+0.5)"
    )
    assert score(weigh(other, one)) == score(evidence)


@pytest.mark.parametrize(
    ("organizations", "points"), [(("Northgate Clinic",) * 2, 1.0), ((None, None), 2.0)], ids=["one custodian", "none"]
)
def test_incidents_equal_totals_tell_less_of_one_custodian(
    organizations: tuple[str | None, str | None], points: float
) -> None:
    world = World()
    for name, organization in zip(("gazette", "courier"), organizations, strict=True):
        world.article(name, "2021-03-02")
        world.tell(name, organization, people_affected=62_000)
    one, other = (Case([account]) for account in world.accounts())
    assert [e.points for e in weigh(one, other) if e.words.startswith("people")] == [points]


def test_incidents_reports_that_name_nobody_alike_are_less_likely_one() -> None:
    world = World()
    for name, word in (("gazette", "Otter"), ("courier", "Heron")):
        world.article(name, "2021-03-02")
        world.tell(name, "Northgate Clinic")
        world.name(name, *(f"{word} {place}" for place in ("Bay", "Lane", "Labs", "Hall", "Mills", "Press")))
    one, other = (Case([account]) for account in world.accounts())
    assert explain(weigh(one, other)) == (
        "same custodian, Northgate Clinic (+4.0); reported 0 days apart (+2.0); they name nobody alike (-1.0)"
    )


def test_incidents_links_say_how_likely_they_are() -> None:
    """What joined an incident is as sure as its reading, which another article bears out, and the evidence."""
    world = World()
    for name in ("gazette", "courier"):
        world.article(name, "2021-03-02")
        world.tell(name, "Northgate Clinic", confidence=0.9)
    world.article("herald", "2021-03-02")
    world.tell("herald", "Alder Phones", confidence=0.9)
    told = sorted(float(str(found["confidence"])) for found in rows(world.resolve(), "incident_articles"))
    assert told == sorted([round(0.95 * likelihood(6.0), 3), 0.95, 0.9])


def test_incidents_membership_says_because_of_what() -> None:
    world = World()
    for name in ("gazette", "courier"):
        world.article(name, "2021-03-02")
        world.tell(name, "Northgate Clinic")
    told = {found["evidence"] for found in rows(world.resolve(), "memberships")}
    assert told == {None, "same custodian, Northgate Clinic (+4.0); reported 0 days apart (+2.0)"}
