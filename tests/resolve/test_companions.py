"""Reports that name the same, though their custodians are read differently or not at all."""

import polars as pl
import pytest

from pipeline.resolve.companions import companions, followed
from pipeline.resolve.organizations import directory
from tests.resolve.told import World, row, rows, together

SHARED = ("Harriet Vance", "Lockbox Locker", "Vance Institute", "Brass Kettle", "Otterwatch")


def two(first: str | None, second: str | None, day: str = "2021-03-04", named: tuple[str, ...] = SHARED) -> World:
    """Two reports, the first of 2021-03-02, that name the same."""
    world = World()
    for name, published, organization in (("gazette", "2021-03-02", first), ("courier", day, second)):
        world.article(name, published)
        world.tell(name, organization, action="hacking")
        world.name(name, *named)
    return world


def readings(world: World) -> list[str]:
    return [str(told["reading_id"]) for told in world.readings]


@pytest.mark.parametrize(
    ("world", "is_one"),
    [
        pytest.param(two(None, None), True, id="neither names a custodian"),
        pytest.param(two("Northgate", None), True, id="one names none"),
        pytest.param(two(None, None, named=SHARED[:1]), False, id="one name may be chance"),
        pytest.param(two(None, None, day="2021-05-30"), False, id="months apart"),
        pytest.param(two("Northgate", "Alder Phones"), False, id="two custodians"),
    ],
)
def test_companions_meet_across_custodians(world: World, is_one: bool) -> None:
    assert together(world.resolve(), readings(world)) == is_one


def test_companions_that_name_each_others_custodian_may_be_of_owner_and_product() -> None:
    world = two("Kettle Toys", "Otterphone", named=(*SHARED, "Kettle Toys", "Otterphone"))
    ledger = world.resolve()
    assert together(ledger, readings(world))
    (evidence,) = [str(told["evidence"]) for told in rows(ledger, "memberships") if told["evidence"]]
    assert "both name Brass Kettle, Harriet Vance, Kettle Toys, Lockbox Locker and 3 more (+4.0)" in evidence
    assert "custodians Kettle Toys and Otterphone (-1.0)" in evidence or "Otterphone and Kettle Toys (-1.0)" in evidence


def test_companions_that_tell_of_each_others_custodian_tell_the_two_apart() -> None:
    world = two("Kettle Toys", "Otterphone", named=(*SHARED, "Kettle Toys", "Otterphone"))
    world.tell("gazette", "Otterphone", main=False)
    world.tell("courier", "Kettle Toys", main=False)
    assert not together(world.resolve(), readings(world)[:2])


def test_companions_of_an_article_about_two_custodians_are_none() -> None:
    world = two("Northgate", None)
    world.tell("gazette", "Alder Phones")
    assert row(world.resolve(), "memberships", reading_id=readings(world)[1])["evidence"] is None


def test_companions_share_only_what_few_articles_name() -> None:
    world = two(None, None)
    for number in range(30):
        world.name(f"other {number}", "Harriet Vance")
    world.name("gazette", "Rivertown", kind="place")
    world.name("courier", "Rivertown", kind="place")
    world.name("gazette", "The Daily Kettle", role="media")
    world.name("courier", "The Daily Kettle", role="media")
    told = world.frame("readings").join(world.frame("articles").select("article_id", "published_on"), on="article_id")
    found = companions(told.with_columns(custodian=pl.lit(None, pl.String)), world.frame("parties"), directory([], []))
    one, other = readings(world)
    names = ["Brass Kettle", "Lockbox Locker", "Otterwatch", "Vance Institute"]
    assert found.rows() == sorted([(one, other, names, 0), (other, one, names, 0)])


def test_followed_small_home_goes_to_the_larger_one_that_shares_most() -> None:
    homes = {"a": "small", "b": "large", "c": "large", "d": "rival", "e": "rival"}
    met = [("a", "b", ["x", "y", "z"]), ("a", "d", ["x", "y"]), ("b", "a", ["x", "y", "z"])]
    told = pl.DataFrame(list(homes.items()), ["reading_id", "home"], orient="row")
    assert followed(pl.DataFrame(met, ["reading_id", "companion", "names"], orient="row"), told) == {"small": "large"}
