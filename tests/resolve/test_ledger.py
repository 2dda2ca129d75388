"""The ledger as a whole: rows that pass their models, runs that change nothing or only what they must."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from pipeline.extract.reader import read
from pipeline.extract.rows import tables
from pipeline.identity import article_id
from pipeline.resolve.decisions import Decision
from pipeline.resolve.frames import DTYPES, KEYS, Ledger, frame
from pipeline.resolve.ledger import resolve
from pipeline.validate import split
from schemas.tables import RESOLVED, Table, dtypes
from schemas.vocabulary import Stage
from tests.resolve.told import NOW, World, incident_of, row, rows, stories, together

LATER = NOW + timedelta(days=30)
SEEDS = Path(__file__).parents[2] / "seeds"


def news() -> World:
    """Three articles of one leak, each with another number, and one of another."""
    world = World()
    for place, (name, people) in enumerate((("gazette", 36_000), ("courier", 36_400), ("herald", 41_000))):
        world.article(name, f"2021-03-{2 + 10 * place:02}", publisher=name)
        told = world.tell(
            name, "Northgate Clinic", "Northgate", people_affected=people, occurred_from="2021-02-01",
            occurred_to="2021-02-28", data_types=["medical"], action="hacking",
        )  # fmt: skip
        world.count(told, people, f"{people:,} patients")
    world.article("times", "2021-03-05")
    world.tell("times", "Alder Bank", people_affected=500, action="error")
    return world


@pytest.mark.parametrize("table", [table for table in RESOLVED if table.name in DTYPES], ids=lambda table: table.name)
def test_ledger_frames_have_the_columns_and_dtypes_of_their_models(table: Table) -> None:
    assert DTYPES[table.name] == dtypes(table.model)
    assert set(KEYS[table.name]) == set(table.key)


def test_ledger_rows_pass_their_models() -> None:
    world = news()
    first = world.resolve(only={str(told["article_id"]) for told in world.articles[:2]})
    ledger = world.resolve(first.frames, now=LATER)
    for table in RESOLVED:
        if table.name in ledger.frames:
            rejects = split(table.model, ledger.frames[table.name], stage=Stage.RESOLVE, at=NOW).rejects
            assert rejects.is_empty(), rejects.to_dicts()


def test_ledger_of_nothing_is_empty() -> None:
    ledger = World().resolve()
    assert {name: found.height for name, found in ledger.frames.items()} == dict.fromkeys(DTYPES, 0)
    assert (ledger.notes, ledger.resolved) == ((), 0)


def test_ledger_twice_is_once() -> None:
    world = news()
    first = world.resolve()
    second = world.resolve(first.frames, now=LATER)
    assert second.resolved == 0
    for name, found in first.frames.items():
        assert found.equals(second.frames[name]), name


def test_ledger_resolves_anew_only_the_blocks_that_new_articles_touch() -> None:
    world = news()
    first = world.resolve()
    world.article("mail", "2021-03-06")
    world.tell("mail", "Alder Bank", people_affected=500, action="error")
    second = world.resolve(first.frames, now=LATER)
    assert second.resolved == 2
    assert len(stories(second)) == 2
    ours = incident_of(first, str(world.readings[0]["reading_id"]))
    assert row(first, "incidents", incident_id=ours) == row(second, "incidents", incident_id=ours)


def test_ledger_new_rules_or_extractor_resolve_everything_anew_and_change_nothing() -> None:
    world = news()
    first = world.resolve()
    second = world.resolve(first.frames, now=LATER, version="2")
    assert second.resolved == 4
    for name in DTYPES.keys() - {"foundations"}:
        assert first.frames[name].equals(second.frames[name]), name


def test_ledger_records_what_changed_because_of_which_article() -> None:
    world = news()
    gazette, courier, herald, _ = (str(told["article_id"]) for told in world.articles)
    first = world.resolve(only={gazette})
    second = world.resolve(first.frames, only={gazette, courier}, now=LATER)
    (people,) = rows(second, "incident_changes", field="people_affected")
    assert {**people, "incident_id": ""} == {
        "incident_id": "",
        "field": "people_affected",
        "old": "36000",
        "new": "36400",
        "article_id": courier,
        "changed_at": LATER,
        "run_id": f"run of {LATER}",
    }
    changed = {str(found["field"]) for found in rows(second, "incident_changes")}
    assert {"article_count", "last_reported_on", "publisher_count"} <= changed
    assert "organization" not in changed
    assert row(second, "incidents")["changed_at"] == LATER
    third = world.resolve(second.frames, only={gazette, courier, herald}, now=LATER + timedelta(days=1))
    assert set(rows_of(second, "incident_changes")) < set(rows_of(third, "incident_changes"))


def rows_of(ledger: Ledger, table: str) -> list[tuple[object, ...]]:
    return ledger.frames[table].rows()


def test_ledger_merge_keeps_the_older_id_and_leaves_an_alias() -> None:
    """Two stories months apart become one when a third article tells of both times."""
    world = World()
    for name, day in (("gazette", "2021-03-02"), ("courier", "2021-06-20"), ("herald", "2021-04-20")):
        world.article(name, day)
        world.tell(name, "Northgate Clinic", action="hacking")
    world.readings[2].update(people_affected=36_000, people_affected_low=36_000, people_affected_high=36_000)
    gazette, courier, herald = (str(told["reading_id"]) for told in world.readings)
    articles = [str(told["article_id"]) for told in world.articles]
    first = world.resolve(only=articles[:1])
    second = world.resolve(first.frames, only=articles[:2], now=LATER)
    assert not together(second, [gazette, courier])
    for told in world.readings[:2]:
        told.update(people_affected=36_000, people_affected_low=36_000, people_affected_high=36_000)
    third = world.resolve(second.frames, now=LATER + timedelta(days=1))
    assert together(third, [gazette, courier, herald])
    assert incident_of(third, gazette) == incident_of(first, gazette)
    alias = row(third, "incident_aliases")
    assert alias["old_incident_id"] == incident_of(second, courier)
    assert alias["incident_id"] == incident_of(first, gazette)
    assert "same custodian, Northgate Clinic (+4.0)" in str(alias["reason"])
    assert alias["merged_at"] == LATER + timedelta(days=1)
    again = world.resolve(third.frames, now=LATER + timedelta(days=2))
    assert rows_of(again, "incident_aliases") == rows_of(third, "incident_aliases")


def test_ledger_split_leaves_the_id_with_the_larger_part() -> None:
    world = World()
    for name in ("gazette", "courier", "herald"):
        world.article(name, "2021-03-02")
        world.tell(name, "Northgate Clinic", people_affected=36_000)
    whole = world.resolve()
    founding = str(row(whole, "foundations")["founding_reading_id"])
    others = sorted(str(told["reading_id"]) for told in world.readings if told["reading_id"] != founding)
    decisions = [Decision(line, "different", founding, other) for line, other in enumerate(others, 2)]
    parted = world.resolve(whole.frames, decisions=decisions, now=LATER)
    assert {incident_of(parted, other) for other in others} == {incident_of(whole, founding)}
    assert incident_of(parted, founding) not in set(whole.frames["incidents"]["incident_id"])
    assert rows(parted, "incident_aliases") == []


def test_ledger_acronym_that_a_later_article_defines_moves_the_readings_that_use_it() -> None:
    world = World()
    for name, names in (("gazette", ("NPS",)), ("courier", ("Northgate Patient Services", "NPS"))):
        world.article(name, "2021-03-02")
        world.tell(name, *names, people_affected=36_000)
    first = world.resolve(only={str(world.articles[0]["article_id"])})
    second = world.resolve(first.frames, now=LATER)
    assert len(stories(second)) == 1
    assert incident_of(first, str(world.readings[0]["reading_id"])) == row(second, "incidents")["incident_id"]
    assert row(second, "incidents")["organization"] == "Northgate Patient Services"


def test_ledger_incident_whose_articles_are_read_as_none_ends_with_a_note() -> None:
    world = news()
    first = world.resolve()
    gone = incident_of(first, str(world.readings.pop()["reading_id"]))
    second = world.resolve(first.frames, now=LATER)
    assert second.notes == (f"incident {gone} has ended: no article tells of it any more",)
    assert len(stories(second)) == 1


def test_ledger_of_the_seeds() -> None:
    """Two texts tell of one leak at Immigration and Customs Enforcement, and both recall another."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    told = [tables(article_id(text), text, read(text)) for text in texts]
    world = World()
    for text, found in zip(texts, told, strict=True):
        world.articles.append({"article_id": article_id(text), "source_uri": "seed"})
        world.readings.extend(found["incident_readings"])
        world.figures.extend(found["figures"])
        world.parties.extend(found["parties"])
    ledger = world.resolve()
    ice = [found for found in rows(ledger, "incidents") if str(found["title"]).startswith("ICE: ")]
    assert len(ice) == 1
    assert ice[0]["organization"] == "Immigration and Customs Enforcement"
    assert (ice[0]["people_affected"], ice[0]["article_count"]) == (6_200, 2)
    stated = {str(found["status"]): str(found["explanation"]) for found in rows(ledger, "reconciliations")}
    assert stated["adds_up"].startswith("2,900 ")
    assert "6,100, 100 fewer than 6,200" in stated["does_not_add_up"]


def test_ledger_asks_for_figures_of_stale_blocks_only() -> None:
    world = news()
    asked: list[set[str]] = []

    def figures(articles: Collection[str]) -> pl.DataFrame:
        asked.append(set(articles))
        return world.frame("figures")

    articles, readings, parties = (world.frame(name) for name in ("articles", "readings", "parties"))
    first = resolve(articles, readings, parties, figures, now=NOW, run_id="1", version="1")
    assert set.union(*asked) == {str(each["article_id"]) for each in world.articles}
    asked.clear()
    resolve(articles, readings, parties, figures, now=LATER, run_id="2", version="1", previous=first.frames)
    assert asked == []


def test_ledger_goes_on_from_a_state_that_lacks_a_column() -> None:
    world = news()
    first = world.resolve()
    older = {
        name: told.drop("confidence") if name == "incident_articles" else told for name, told in first.frames.items()
    }
    second = world.resolve(older, now=LATER, version="2")
    assert second.frames["incident_articles"].equals(first.frames["incident_articles"])


def test_frames_empty_frame_has_its_dtypes() -> None:
    assert dict(frame("incidents", []).schema) == DTYPES["incidents"]
