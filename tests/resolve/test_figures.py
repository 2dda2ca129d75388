"""What sources say of one quantity, held against each other, and the sums that they make or break."""

import pytest

from tests.resolve.told import World, row, rows


def released(world: World) -> None:
    """The two articles of the seeds, as a careful reader takes down their figures."""
    world.article("herald", None)
    told = world.tell("herald", "Immigration and Customs Enforcement", "ICE", action="error", data_types=["name"])
    about = {"value_low": 2_700.0, "value_high": 3_300.0, "qualifier": "about"}
    world.count(
        told, 3_000, "approximately 3,000 illegal migrants", measure="people_responded", predicate="release", **about
    )
    world.article("gazette", None)
    told = world.tell(
        "gazette", "Immigration and Customs Enforcement", "ICE", action="error", data_types=["name"],
        people_affected=6_200,
    )  # fmt: skip
    bare = {"value_low": 2_000.0, "value_high": None, "qualifier": "at_least"}
    nearly = {"value_low": 2_700.0, "qualifier": "nearly"}
    part, done = {"measure": "people_subset"}, {"measure": "people_responded"}
    world.count(told, 3_000, "nearly 3,000 detained immigrants", predicate="has released", **done, **nearly)
    world.count(told, None, "thousands of immigrants", **bare)
    world.count(told, 6_200, "6,200 immigrants", char_start=500)
    world.count(told, 5_100, "5,100", subject="immigrants", predicate="were in custody", char_start=540, **part)
    world.count(
        told, 1_000, "another 1,000", subject="immigrants", predicate="had been removed or released already",
        char_start=570, **part,
    )  # fmt: skip
    world.count(told, 2_900, "2,900 ‘impacted noncitizens’", predicate="has released", char_start=1_450, **done)
    world.count(
        told, 2_200, "an additional 2,200", subject="noncitizens", predicate="under review", char_start=1_540, **done
    )


def test_figures_of_the_seeds() -> None:
    world = World()
    released(world)
    ledger = world.resolve()
    assert row(ledger, "incidents")["people_affected"] == 6_200

    both = row(ledger, "reconciliations", measure="people_responded", article_count=2)
    assert (both["low"], both["best"], both["high"], both["status"]) == (2_900, 2_900, 2_900, "compatible")
    assert both["figure_count"] == 3
    assert "nearly 3,000" in str(both["explanation"])
    assert "approximately 3,000" in str(both["explanation"])

    makes = row(ledger, "reconciliations", status="adds_up")
    assert makes["explanation"] == "2,900 released + 2,200 under review = 5,100 in custody"
    assert (makes["measure"], makes["figure_count"], makes["best"]) == ("people_subset", 3, 5_100)

    breaks = row(ledger, "reconciliations", status="does_not_add_up")
    assert breaks["explanation"] == (
        "5,100 in custody + 1,000 removed or released already = 6,100, 100 fewer than 6,200 immigrants"
    )
    assert (breaks["measure"], breaks["figure_count"], breaks["best"]) == ("people_affected", 3, 6_100)


def test_figures_more_than_and_just_over_agree_whether_called_all_or_a_part() -> None:
    world = World()
    for name, measure, high, quote in (
        ("herald", "people_subset", None, "more than 100 Cubans"),
        ("gazette", "people_affected", 110.0, "just over 100 Cubans"),
    ):
        world.article(name, "2023-01-20")
        told = world.tell(name, "Department of Homeland Security", people_affected=100 if high else None)
        world.count(told, 100, quote, measure=measure, value_high=high, qualifier="more_than")
    found = row(world.resolve(), "reconciliations")
    assert (found["measure"], found["status"]) == ("people_affected", "compatible")
    assert (found["low"], found["best"], found["high"]) == (100, 100, 110)


def test_figures_open_total_far_below_the_others_counts_something_else() -> None:
    """One article gives only a part, and calls it all; that part is another article's part."""
    world = World()
    released(world)
    bounds = {"qualifier": "more_than", "subject": "Cubans"}
    herald, gazette = (str(told["reading_id"]) for told in world.readings)
    world.readings[0].update(people_affected=100, people_affected_low=100, people_affected_high=None)
    world.count(herald, 100, "more than 100 Cubans", value_high=None, predicate="whose data was released", **bounds)
    world.count(gazette, 100, "just over 100 Cubans", value_high=110.0, predicate="affected", **bounds)
    ledger = world.resolve()
    assert row(ledger, "incidents")["people_affected"] == 6_200
    found = row(ledger, "reconciliations", best=100)
    assert (found["status"], found["article_count"], found["high"]) == ("compatible", 2, 110)


def two(first: float, second: float, *, days: tuple[str, str], **columns: object) -> World:
    """Two outlets that give a total for one leak."""
    world = World()
    for name, day, people in (("gazette", days[0], first), ("courier", days[1], second)):
        world.article(name, day, publisher=name.title())
        told = world.tell(
            name, "Alder Credit", people_affected=int(people), occurred_from="2021-05-01", occurred_to="2021-05-20",
            **columns,
        )  # fmt: skip
        world.count(told, people, f"{people:,.0f} customers")
    return world


@pytest.mark.parametrize(
    ("first", "second", "days", "status", "best", "words"),
    [
        pytest.param(
            36_000, 36_000, ("2021-06-01", "2021-06-02"), "corroborated", 36_000, "2 articles say the same", id="same"
        ),
        pytest.param(6_200, 6_252, ("2021-06-01", "2021-06-02"), "compatible", 6_252, "all be true", id="rounded"),
        pytest.param(
            143e6, 145.5e6, ("2021-06-01", "2021-07-02"), "compatible", 145.5e6, "later before earlier", id="raised"
        ),
        pytest.param(
            145.5e6, 143e6, ("2021-06-01", "2021-07-02"), "compatible", 143e6, "later before earlier", id="lowered"
        ),
        pytest.param(
            143e6, 145.5e6, ("2021-06-01", "2021-06-03"), "conflicting", None, "cannot all be true", id="same week"
        ),
        pytest.param(
            143e6, 1e6, ("2021-06-01", "2021-07-02"), "conflicting", None, "cannot all be true", id="a part of it"
        ),
    ],
)
def test_figures_two_outlets(
    first: float, second: float, days: tuple[str, str], status: str, best: float | None, words: str
) -> None:
    ledger = two(first, second, days=days).resolve()
    found = row(ledger, "reconciliations")
    assert (found["status"], found["best"]) == (status, best)
    assert words in str(found["explanation"])
    assert "Gazette" in str(found["explanation"])
    incident = row(ledger, "incidents")
    assert incident["people_affected"] == best
    assert (incident["people_affected_low"], incident["people_affected_high"]) == (found["low"], found["high"])


def test_figures_contradiction_leaves_the_range_of_all_that_is_said() -> None:
    incident = row(two(36_000, 63_000, days=("2021-06-01", "2021-06-02")).resolve(), "incidents")
    assert incident["people_affected"] is None
    assert (incident["people_affected_low"], incident["people_affected_high"]) == (36_000, 63_000)


def test_figures_reports_before_mentions() -> None:
    world = two(36_000, 36_000, days=("2021-06-01", "2021-06-02"))
    world.article("herald", "2021-06-03")
    told = world.tell("herald", "Alder Credit", main=False, people_affected=63_000, occurred_to="2021-05-20")
    world.count(told, 63_000, "63,000 customers")
    found = row(world.resolve(), "reconciliations")
    assert (found["status"], found["best"]) == ("compatible", 36_000)
    assert "reports before mentions" in str(found["explanation"])


def test_figures_confirmed_before_claimed() -> None:
    world = two(36_000, 36_000, days=("2021-06-01", "2021-06-02"))
    world.article("herald", "2021-06-03")
    told = world.tell(
        "herald", "Alder Credit", people_affected=63_000, exposure_status="claimed", occurred_from="2021-05-01",
        occurred_to="2021-05-20",
    )  # fmt: skip
    world.count(told, 63_000, "63,000 customers")
    found = row(world.resolve(), "reconciliations")
    assert (found["status"], found["best"]) == ("compatible", 36_000)
    assert "confirmed before claimed" in str(found["explanation"])


def test_figures_of_one_article_that_differ_count_different_things() -> None:
    world = World()
    world.article("gazette", "2021-06-01")
    told = world.tell("gazette", "Alder Credit", people_affected=974_000)
    world.count(told, 974_000, "974,000 individuals")
    world.count(told, 326_000, "326,000 individuals")
    assert {(found["best"], found["status"]) for found in rows(world.resolve(), "reconciliations")} == {
        (974_000, "single"),
        (326_000, "single"),
    }


def test_figures_repeated_article_is_no_second_source() -> None:
    world = World()
    original = world.article("gazette", "2021-06-01")
    world.count(world.tell("gazette", "Alder Credit"), 36_000, "36,000 customers")
    world.article("copy", "2021-06-01", duplicate_of=original)
    world.count(world.tell("copy", "Alder Credit"), 36_000, "36,000 customers")
    found = row(world.resolve(), "reconciliations")
    assert (found["status"], found["figure_count"], found["article_count"]) == ("single", 1, 1)


def sums(world: World) -> list[dict[str, object]]:
    found = rows(world.resolve(), "reconciliations")
    return [each for each in found if each["status"] in ("adds_up", "does_not_add_up")]


def parts(*numbers: tuple[int, str], total: int, measure: str = "people_subset") -> World:
    """An article with a total and then some parts, thirty characters from each other."""
    world = World()
    world.article("gazette", "2021-06-01")
    told = world.tell("gazette", "Alder Credit", people_affected=total)
    world.count(told, total, f"{total:,} customers", char_start=100)
    for place, (number, quote) in enumerate(numbers):
        world.count(told, number, quote, measure=measure, predicate=f"in place {place}", char_start=140 + 40 * place)
    return world


def test_sums_of_two_parts_side_by_side() -> None:
    (found,) = sums(parts((245_000, "245,000"), (25_000, "25,000"), total=270_000))
    assert found["status"] == "adds_up"
    assert found["explanation"] == "245,000 in place 0 + 25,000 in place 1 = 270,000 customers"


def test_sums_of_three_parts_that_the_wording_presents() -> None:
    (found,) = sums(parts((200, "200"), (40, "another 40"), (30, "a further 30"), total=270))
    assert found["explanation"] == "200 in place 0 + 40 in place 1 + 30 in place 2 = 270 customers"


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(parts((200, "200"), (60, "60"), total=270), id="a miss that the wording does not present"),
        pytest.param(parts((100, "100"), (60, "another 60"), total=270), id="a miss by far"),
        pytest.param(parts((200, "200"), (70, "more than 70"), total=2_700), id="more than is no addition"),
        pytest.param(parts((200, "200"), (70, "70"), total=270, measure="background"), id="background"),
    ],
)
def test_sums_leave_coincidences_alone(world: World) -> None:
    assert sums(world) == []


def test_sums_do_not_reach_across_the_text() -> None:
    world = parts((245_000, "245,000"), total=270_000)
    told = str(world.readings[0]["reading_id"])
    world.count(told, 25_000, "25,000", measure="people_subset", predicate="in Dover", char_start=4_000)
    assert sums(world) == []


def test_sums_of_other_units_are_none() -> None:
    world = parts((245_000, "245,000"), total=270_000)
    told = str(world.readings[0]["reading_id"])
    world.count(told, 25_000, "another 25,000 cards", measure="records_exposed", unit="record", char_start=160)
    assert sums(world) == []


@pytest.mark.parametrize(
    ("first", "is_sum"), [(612_318_204, True), (612_000_000, False)], ids=["too precise for chance", "round"]
)
def test_sums_of_precise_numbers_count_wherever_they_stand(first: int, is_sum: bool) -> None:
    world = World()
    world.article("gazette", "2021-06-01")
    told = world.tell("gazette", "Alder Mail", records_exposed=first + 445_907_113)
    for place, number in enumerate((first + 445_907_113, first, 445_907_113)):
        world.count(
            told,
            number,
            f"{number:,} logins",
            measure="records_exposed",
            unit="record",
            subject="logins",
            char_start=2_000 * place,
        )
    assert [each["explanation"] for each in sums(world)] == (
        [f"{first:,} logins + 445,907,113 logins = {first + 445_907_113:,} logins"] if is_sum else []
    )


def test_sums_of_a_part_that_is_called_all() -> None:
    """Who counts 245,000 customers at home and 25,000 abroad may call the first all."""
    world = parts((245_000, "245,000"), total=270_000, measure="people_affected")
    told = str(world.readings[0]["reading_id"])
    world.count(told, 25_000, "25,000", measure="people_subset", predicate="in Dover", char_start=170)
    assert [each["status"] for each in sums(world)] == ["adds_up"]


@pytest.mark.parametrize(
    ("things", "found"),
    [(("messages", "accounts"), ["single", "single"]), (("files", "documents"), ["conflicting"])],
    ids=["of two kinds", "of one kind"],
)
def test_figures_of_messages_and_accounts_are_no_conflict(things: tuple[str, str], found: list[str]) -> None:
    world = World()
    for name, number, thing in zip(("gazette", "courier"), (2_000_000, 800_000), things, strict=True):
        world.article(name, "2021-06-01")
        told = world.tell(name, "Alder Toys", records_exposed=number)
        world.count(told, number, f"{number:,} {thing}", measure="records_exposed", unit="record")
    assert [each["status"] for each in rows(world.resolve(), "reconciliations")] == found
