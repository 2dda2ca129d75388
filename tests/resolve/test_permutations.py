"""Whatever the order in which articles arrive, and in however many runs, the ledger ends up the same."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.frames import Ledger
from tests.resolve.told import NOW, World

ORGANIZATIONS = (
    ("Northgate Patient Services", "NPS"),
    ("NPS",),
    ("Norfolk Pension Scheme", "NPS"),
    ("Alder Phones", "Alder"),
    ("Alder",),
    (None,),
)
DAYS = ("2021-03-02", "2021-03-09", "2021-05-30", "2020-03-05", None)
PEOPLE = (None, 36_000, 36_400, 900)
ATTACKERS = (None, None, "Fancy Otter")
ACTIONS = ("hacking", "error", "unknown")
DATA = ((), ("medical",), ("email", "name"))
NAMES = ("Harriet Vance", "Lockbox Locker", "Vance Institute")

TELLING = st.tuples(
    st.sampled_from(ORGANIZATIONS),
    st.sampled_from(PEOPLE),
    st.sampled_from(ATTACKERS),
    st.sampled_from(ACTIONS),
    st.sampled_from(DATA),
)
ARTICLE = st.tuples(
    st.sampled_from(DAYS), st.lists(TELLING, min_size=1, max_size=2), st.booleans(), st.sets(st.sampled_from(NAMES))
)


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[World, list[list[str]], list[list[str]]]:
    """Up to nine articles, and two ways in which they may arrive in runs."""
    world = World()
    told = draw(st.lists(ARTICLE, min_size=1, max_size=9))
    for place, (day, tellings, repeats, names_told) in enumerate(told):
        name = f"article {place}"
        original = world.articles[0]["article_id"] if repeats and place else None
        world.article(name, day, duplicate_of=original)
        world.name(name, *sorted(names_told))
        for index, (names, people, attacker, action, data) in enumerate(tellings):
            reading = world.tell(
                name,
                *names,
                main=index == 0,
                people_affected=people,
                actor_name=attacker,
                action=action,
                data_types=list(data),
            )
            if people:
                world.count(reading, people, f"{people:,} patients")
    articles = [str(row["article_id"]) for row in world.articles]
    return world, *(_runs(draw, articles) for _ in range(2))


def _runs(draw: st.DrawFn, articles: Sequence[str]) -> list[list[str]]:
    order = draw(st.permutations(articles))
    cuts = draw(st.sets(st.integers(1, max(1, len(order) - 1))))
    edges = [0, *sorted(cuts), len(order)]
    return [list(order[a:b]) for a, b in pairwise(edges) if a < b]


@settings(max_examples=60, deadline=None)
@given(arrivals())
def test_ledger_is_the_same_in_any_order_of_arrival(world: tuple[World, list[list[str]], list[list[str]]]) -> None:
    told, *ways = world
    at_once = told.resolve()
    for runs in ways:
        arrived: list[str] = []
        ledger, lived = None, set[str]()
        for number, run in enumerate(runs):
            arrived += run
            previous = None if ledger is None else ledger.frames
            ledger = told.resolve(previous, only=arrived, now=NOW + timedelta(days=number))
            lived |= set(ledger.frames["incidents"]["incident_id"])
            _check_ids_live(ledger, lived)
        assert ledger is not None
        assert _content(ledger) == _content(at_once)


@settings(max_examples=25, deadline=None)
@given(arrivals())
def test_ledger_rows_in_any_order_give_the_same_ids(world: tuple[World, list[list[str]], list[list[str]]]) -> None:
    told, *_ = world
    turned = World(told.articles[::-1], told.readings[::-1], told.figures[::-1], told.parties[::-1])
    one, other = told.resolve(), turned.resolve()
    for name, frame in one.frames.items():
        assert frame.equals(other.frames[name]), name


def _check_ids_live(ledger: Ledger, lived: set[str]) -> None:
    """Each id that was ever published is an incident, or the alias of one."""
    incidents = set(ledger.frames["incidents"]["incident_id"])
    aliases = dict(ledger.frames["incident_aliases"].select("old_incident_id", "incident_id").iter_rows())
    assert set(aliases.values()) <= incidents
    assert not set(aliases) & incidents
    assert lived <= incidents | set(aliases)


def _content(ledger: Ledger) -> dict[str, set[tuple[object, ...]]]:
    """Everything that the ledger says but ids and times: incidents are named by the readings that they hold."""
    members = ledger.frames["reading_incidents"].group_by("incident_id").agg("reading_id")
    names = {incident: frozenset(readings) for incident, readings in members.iter_rows()}
    found = {}
    for table in ("incidents", "incident_articles", "incident_candidates", "reconciliations", "memberships"):
        told = [name for name in ledger.frames[table].columns if name not in ("changed_at", "other_incident_id")]
        found[table] = {
            tuple(names.get(value, value) if isinstance(value, str) else repr(value) for value in row)
            for row in ledger.frames[table].select(told).iter_rows()
        }
    pairs = ledger.frames["incident_candidates"].select("incident_id", "other_incident_id", "score", "evidence")
    found["incident_candidates"] = {
        (frozenset((names[one], names[other])), score, evidence) for one, other, score, evidence in pairs.iter_rows()
    }
    return found
