"""The merged record: which source each attribute comes from."""

from datetime import date

import pytest

from tests.resolve.told import World, article_id, row

SAME = {"people_affected": 36_000, "data_types": ["medical"]}


def merged(*tellings: dict[str, object]) -> dict[str, object]:
    """The incident that articles of following days tell of; a telling may say its `day` and whether it is `main`."""
    world = World()
    for place, columns in enumerate(tellings):
        name = f"article {place}"
        world.article(
            name, str(columns.pop("day", f"2021-03-{place + 2:02}")), publisher=columns.pop("publisher", None)
        )
        names = columns.pop("names", ("Northgate Clinic",))
        world.tell(name, *names, main=bool(columns.pop("main", True)), **{**SAME, **columns})  # type: ignore[misc]
    return row(world.resolve(), "incidents")


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        pytest.param(
            [{"action": "hacking"}, {"action": "malware"}, {"action": "malware", "action_variety": "Ransomware"}],
            {"action": "malware", "action_variety": "Ransomware"},
            id="what most reports say",
        ),
        pytest.param(
            [{"action": "hacking"}, {"action": "malware"}],
            {"action": "hacking"},
            id="of two as many, the earlier report",
        ),
        pytest.param([{"action": "unknown"}, {"action": "error"}], {"action": "error"}, id="known before unknown"),
        pytest.param(
            [{"actor_name": "Lazy Panda"}, {"main": False, "actor_name": "Fancy Otter"}],
            {"actor_name": "Lazy Panda"},
            id="reports before mentions",
        ),
        pytest.param(
            [
                {"occurred_from": "2021-02-01", "occurred_to": "2021-02-28"},
                {"occurred_from": "2021-02-14", "occurred_to": "2021-02-14"},
            ],
            {"occurred_from": "2021-02-14", "occurred_to": "2021-02-14"},
            id="the day before the month",
        ),
        pytest.param(
            [
                {"occurred_from": "2021-02-14", "occurred_to": "2021-02-14"},
                {"occurred_from": "2021-02-16", "occurred_to": "2021-02-16"},
            ],
            {"occurred_from": "2021-02-14", "occurred_to": "2021-02-16"},
            id="two days, as many articles: the range over both",
        ),
        pytest.param(
            [{"occurred_from": "2022-02-01", "occurred_to": "2022-02-28"}],
            {"occurred_from": None, "occurred_to": None},
            id="nothing occurs after the last report",
        ),
        pytest.param(
            [{"exposure_status": "claimed"}, {"exposure_status": "denied"}], {"exposure_status": "denied"}, id="denied"
        ),
        pytest.param(
            [{"exposure_status": "claimed"}, {"exposure_status": "confirmed"}],
            {"exposure_status": "confirmed"},
            id="confirmed before claimed",
        ),
        pytest.param(
            [{"data_types": ["email", "medical"]}, {"data_types": ["name", "medical"]}],
            {"data_types": ["name", "email", "medical"]},
            id="all kinds of data, in the order of the vocabulary",
        ),
        pytest.param(
            [{"disclosed_on": "2021-03-01"}, {"disclosed_on": "2021-03-02"}, {"disclosed_on": "2021-03-02"}],
            {"disclosed_on": "2021-03-02"},
            id="the day that most give",
        ),
    ],
)
def test_records_choose(tellings: list[dict[str, object]], expected: dict[str, object]) -> None:
    found = merged(*(dict(telling) for telling in tellings))
    dates = {column: str(found[column]) for column in expected if isinstance(found[column], date)}
    assert {column: found[column] for column in expected} | dates == expected


@pytest.mark.parametrize(
    ("names", "organization", "title"),
    [
        pytest.param(
            [("Immigration and Customs Enforcement", "ICE"), ("ICE",), ("ICE",)],
            "Immigration and Customs Enforcement",
            "ICE: Data exposure, 36,000 people",
            id="full name, acronym in the headline",
        ),
        pytest.param(
            [("Chipotle Mexican Grill", "Chipotle"), ("Chipotle",), ("Chipotle",)],
            "Chipotle",
            "Chipotle: Data exposure, 36,000 people",
            id="the name that most use",
        ),
        pytest.param(
            [("iCloud",)], "Apple", "Apple: Data exposure, 36,000 people", id="the name that the alias list gives"
        ),
    ],
)
def test_records_name(names: list[tuple[str, ...]], organization: str, title: str) -> None:
    found = merged(*({"names": each} for each in names))
    assert (found["organization"], found["title"]) == (organization, title)


@pytest.mark.parametrize(
    ("telling", "title"),
    [
        pytest.param(
            {"action": "error", "action_variety": "Publishing error"}, "Publishing error, 36,000 people", id="variety"
        ),
        pytest.param(
            {"people_affected": None, "records_exposed": 145_500_000},
            "Data exposure, 145.5 million records",
            id="records",
        ),
        pytest.param(
            {"people_affected": None, "people_affected_low": 2_000, "people_affected_high": None},
            "Data exposure, at least 2,000 people",
            id="open",
        ),
        pytest.param({"people_affected": None, "action": "malware"}, "Malware", id="no count"),
    ],
)
def test_records_title(telling: dict[str, object], title: str) -> None:
    assert merged(dict(telling))["title"] == f"Northgate Clinic: {title}"


def test_records_title_without_custodian_names_the_attacker() -> None:
    found = merged({"names": (None,), "action": "hacking", "actor_name": "Fancy Otter", "people_affected": None})
    assert found["title"] == "Unnamed organization: Hacking by Fancy Otter"


def test_records_coverage() -> None:
    found = merged(
        {"publisher": "Gazette"}, {"publisher": "Gazette"}, {"publisher": "Courier"}, {"publisher": None, "main": False}
    )
    assert (found["article_count"], found["publisher_count"]) == (4, 2)
    assert (str(found["first_reported_on"]), str(found["last_reported_on"])) == ("2021-03-02", "2021-03-05")


def test_records_replaced_version_yields_to_the_later_one() -> None:
    world = World()
    later = world.article("later", "2021-03-03")
    world.count(world.tell("later", "Northgate Clinic", people_affected=40_000), 40_000, "40,000 patients")
    world.article("first", "2021-03-02", superseded_by=later)
    world.count(world.tell("first", "Northgate Clinic", people_affected=36_000), 36_000, "36,000 patients")
    ledger = world.resolve()
    assert row(ledger, "incidents")["people_affected"] == 40_000
    assert row(ledger, "incidents")["article_count"] == 1
    assert row(ledger, "incident_articles", article_id=article_id("first"))["relation"] == "main"


@pytest.mark.parametrize(
    ("others", "confidence"),
    [
        pytest.param([], 0.8, id="one article"),
        pytest.param([{}], 0.9, id="two"),
        pytest.param([{}, {}], 0.9, id="three"),
        pytest.param([{"main": False}], 0.8, id="a mention adds nothing"),
    ],
)
def test_records_confidence_grows_with_reports(others: list[dict[str, object]], confidence: float) -> None:
    assert merged({}, *(dict(other) for other in others))["confidence"] == confidence
