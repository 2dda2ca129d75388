"""The rules one by one, on an invented article; `test_twin` holds the whole against an independent scorer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from pipeline.evaluate.counts import Finding, Judged, Report, Share, Tally
from pipeline.evaluate.labels import ArticleLabels, LabelledArticle
from pipeline.evaluate.predictions import from_tables
from pipeline.evaluate.scoring import close, same_name, score

TEXT = (
    "Mercy Clinic said on May 4 that nearly 3,000 patients were affected. "
    "“We are very sorry for this,” said Ann Lee. Names were stolen; so were e-mail addresses."
)


def label(quote: str, **fields: Any) -> dict[str, Any]:
    return {"quote": quote, **fields}


FIGURE = label(
    "nearly 3,000 patients",
    value=3000,
    low=2700,
    high=3000,
    qualifier="nearly",
    unit="person",
    measure="people_affected|people_subset",
    incident="i1",
)
DATE = {"quote": "May 4", "from": "2021-05-04", "to": "2021-05-04", "kind": "disclosed", "incident": "i1"}
MAIN = {
    "id": "i1",
    "is_main": True,
    "organization": ["Mercy Clinic", "Mercy"],
    "action": "hacking|malware",
    "actor": "external",
    "occurred": ["2021-04-01", "2021-04-30"],
}
LABELS: dict[str, Any] = {
    "reports_incident": True,
    "incidents": [MAIN],
    "figures": [FIGURE],
    "dates": [DATE],
    "exposed_data": [
        label("Names", data_type="name", incident="i1"),
        label("e-mail addresses", data_type="email|other", incident="i1"),
    ],
    "statements": [label("We are very sorry for this,", speaker="Ann Lee|Mercy Clinic")],
}


def at(quote: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"char_start": start, "char_end": start + len(quote), "quote": quote, **fields}


INCIDENT: dict[str, Any] = {
    "reading_id": "r_1",
    "is_main": True,
    "organization": "The Mercy Clinic, Inc.",
    "action": "hacking",
    "actor": "external",
    "occurred_from": date(2021, 4, 1),
    "occurred_to": date(2021, 4, 30),
    "people_affected": 3000,
    "confidence": 0.8,
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "article_readings": [{"reports_incident": True, "confidence": 0.9}],
    "incident_readings": [INCIDENT],
    "figures": [
        at(
            "3,000 patients",
            value=3000.0,
            value_low=2700.0,
            value_high=3000.0,
            qualifier="nearly",
            unit="person",
            measure="people_affected",
            reading_id="r_1",
            confidence=0.7,
        )
    ],
    "events": [at("May 4", date_from=date(2021, 5, 4), date_to=date(2021, 5, 4), reading_id="r_1", confidence=0.6)],
    "exposed_data": [at("Names", data_type="name"), at("e-mail addresses", data_type="email")],
    "statements": [at("We are very sorry for this,", speaker=None, speaker_affiliation="Mercy Clinic")],
}
RIGHT = Tally(1, 1, 1)
WRONG = Tally(0, 1, 1)


def scored(rows: Mapping[str, list[dict[str, Any]]], labels: dict[str, Any] = LABELS, text: str = TEXT) -> Report:
    return score(
        {"7": from_tables(TEXT, rows)}, {"7": ArticleLabels.model_validate(labels)}, {"7": LabelledArticle(text)}
    )


def changed(table: str, **fields: Any) -> dict[str, list[dict[str, Any]]]:
    """The right rows but for fields of the first row of one table."""
    return {**ROWS, table: [{**ROWS[table][0], **fields}, *ROWS[table][1:]]}


def test_scoring_finds_right_rows_right() -> None:
    report = scored(ROWS)

    assert report.tallies == {
        "dates.resolved": RIGHT,
        "detection": RIGHT,
        "exposed_data": Tally(2, 2, 2),
        "figures.bounded": RIGHT,
        "figures.found": RIGHT,
        "figures.linked": RIGHT,
        "figures.measured": RIGHT,
        "incidents.found": RIGHT,
        "incidents.main": RIGHT,
        "statements": RIGHT,
        "statements.attributed": RIGHT,
    }
    assert report.shares == {
        "incident.action": Share(1, 1),
        "incident.actor": Share(1, 1),
        "incident.occurred": Share(1, 1),
    }
    assert report.judged == (
        Judged("article_readings", 0.9, True),
        Judged("incidents", 0.8, True),
        Judged("figures", 0.7, True),
        Judged("events", 0.6, True),
    )
    assert {finding.outcome for finding in report.findings} == {"right"}


@pytest.mark.parametrize(
    ("table", "fields", "wrong"),
    [
        ("figures", {"value": 300.0}, {"found", "measured", "bounded", "linked"}),
        ("figures", {"char_start": 60, "char_end": 65}, {"found", "measured", "bounded", "linked"}),
        ("figures", {"measure": "people_subset"}, set()),
        ("figures", {"measure": "people_responded"}, {"measured", "bounded", "linked"}),
        ("figures", {"unit": "record"}, {"measured", "bounded", "linked"}),
        ("figures", {"qualifier": "about"}, {"bounded"}),
        ("figures", {"value_high": None}, {"bounded"}),
        ("figures", {"value_low": 2600.0}, set()),
        ("figures", {"reading_id": None}, {"linked"}),
    ],
    ids=[
        "number",
        "place",
        "other accepted measure",
        "measure",
        "unit",
        "qualifier",
        "range open",
        "range near",
        "of no incident",
    ],
)
def test_scoring_of_figures(table: str, fields: dict[str, Any], wrong: set[str]) -> None:
    report = scored(changed(table, **fields))

    parts = {part.removeprefix("figures."): t for part, t in report.tallies.items() if part.startswith("figures.")}
    assert {part for part, tally in parts.items() if tally != RIGHT} == wrong
    assert Judged("figures", 0.7, "bounded" not in wrong) in report.judged


@pytest.mark.parametrize(
    ("value", "low", "read", "right"),
    [
        (None, 2000, (None, 2000.0), True),
        (None, 2000, (None, 1000.0), True),
        (None, 2000, (None, 200.0), False),
        (None, 2000, (2000.0, 2000.0), True),
        (None, 2000, (3000.0, 3000.0), False),
        (None, None, (None, 5.0), True),
        (None, None, (5.0, 5.0), False),
    ],
)
def test_scoring_of_figures_without_a_value(
    value: float | None, low: float | None, read: tuple[float | None, float | None], right: bool
) -> None:
    labels = LABELS | {"figures": [FIGURE | {"value": value, "low": low, "high": None}]}

    report = scored(changed("figures", value=read[0], value_low=read[1]), labels)
    assert report.tallies["figures.found"] == (RIGHT if right else WRONG)


def test_scoring_leaves_background_out_of_linked() -> None:
    labels = LABELS | {"figures": [FIGURE | {"measure": "background", "incident": None}]}

    report = scored(changed("figures", measure="background", reading_id=None), labels)
    assert report.tallies["figures.measured"] == RIGHT
    assert report.tallies["figures.linked"] == Tally(0, 0, 0)


def test_scoring_pairs_each_label_with_one_row() -> None:
    rows = {**ROWS, "figures": [*ROWS["figures"], *changed("figures", measure="other")["figures"]]}

    report = scored(rows)
    assert report.tallies["figures.found"] == Tally(1, 2, 1)
    assert Finding("figures.measured", "7", "wrong", 39, 53, "'3,000 patients' other nearly 3000.0 person") in (
        report.findings
    )


@pytest.mark.parametrize(
    ("fields", "tally"),
    [
        ({"date_to": date(2021, 5, 5)}, WRONG),
        ({"date_from": None, "date_to": None}, WRONG),
        ({"char_start": 0, "char_end": 5}, WRONG),
    ],
    ids=["range", "unresolved", "place"],
)
def test_scoring_of_dates(fields: dict[str, Any], tally: Tally) -> None:
    report = scored(changed("events", **fields))

    assert report.tallies["dates.resolved"] == tally
    assert Judged("events", 0.6, False) in report.judged


def test_scoring_ignores_dates_of_no_incident() -> None:
    labels = LABELS | {"dates": [DATE | {"kind": "other", "incident": None}]}

    report = scored(ROWS, labels)
    assert report.tallies["dates.resolved"] == Tally(0, 0, 0)
    assert "events" not in {row.kind for row in report.judged}


@pytest.mark.parametrize(
    ("fields", "said", "attributed"),
    [
        ({"speaker": "Lee"}, RIGHT, RIGHT),
        ({"speaker": "Bob Ray", "speaker_affiliation": None}, RIGHT, WRONG),
        ({"speaker": None, "speaker_affiliation": None}, RIGHT, WRONG),
        ({"char_end": 82}, WRONG, WRONG),
        ({"quote": "We are sorry"}, Tally(0, 0, 1), Tally(0, 0, 1)),
    ],
    ids=["short name", "someone else", "no one", "half of the words", "three words do not count"],
)
def test_scoring_of_statements(fields: dict[str, Any], said: Tally, attributed: Tally) -> None:
    report = scored(changed("statements", **fields))

    assert (report.tallies["statements"], report.tallies["statements.attributed"]) == (said, attributed)


def test_scoring_of_exposed_data() -> None:
    assert scored(changed("exposed_data", data_type="phone")).tallies["exposed_data"] == Tally(1, 2, 2)


def test_scoring_of_incidents_found_but_not_as_the_main_one() -> None:
    report = scored(changed("incident_readings", is_main=False))

    assert report.tallies["incidents.found"] == RIGHT
    assert report.tallies["incidents.main"] == Tally(1, 0, 1)
    assert Judged("incidents", 0.8, False) in report.judged


def test_scoring_judges_the_link_of_an_article_where_there_is_one() -> None:
    assert Judged("incident_articles", 0.6, True) in scored(changed("incident_readings", link=0.6)).judged


def test_scoring_of_incidents_of_another_custodian() -> None:
    report = scored(changed("incident_readings", organization="Ann Lee"))

    assert report.tallies["incidents.found"] == WRONG
    assert report.tallies["figures.linked"] == WRONG
    assert report.shares == {}
    assert [(f.outcome, f.what) for f in report.findings if f.part == "incidents.found"] == [
        ("missed", "main incident of Mercy Clinic|Mercy"),
        ("wrong", "main incident of Ann Lee"),
    ]


def test_scoring_of_incidents_whose_custodian_is_not_named() -> None:
    labels = LABELS | {"incidents": [MAIN | {"organization": []}]}

    assert scored(ROWS, labels).tallies["incidents.found"] == WRONG
    assert scored(changed("incident_readings", organization=None), labels).tallies["incidents.found"] == RIGHT


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"action": "malware"}, set()),
        ({"action": "error"}, {"incident.action"}),
        ({"actor": "partner"}, {"incident.actor"}),
        ({"occurred_to": None}, {"incident.occurred"}),
        ({"people_affected": 2800}, set()),
        ({"people_affected": 2600}, {"incident.people_affected"}),
        ({"people_affected": None}, {"incident.people_affected"}),
    ],
)
def test_scoring_of_fields(fields: dict[str, Any], wrong: set[str]) -> None:
    labels = LABELS | {"figures": [FIGURE | {"measure": "people_affected"}]}

    shares = scored(changed("incident_readings", **fields), labels).shares
    assert len(shares) == 4
    assert {field for field, share in shares.items() if share.hit == 0} == wrong


def test_scoring_of_an_article_that_was_not_read() -> None:
    report = score({}, {"7": ArticleLabels.model_validate(LABELS)}, {"7": LabelledArticle(TEXT)})

    assert (report.labelled, report.missing) == (1, 1)
    assert report.tallies["detection"] == Tally(0, 0, 1)
    assert report.tallies["exposed_data"] == Tally(0, 0, 2)
    assert report.judged == ()


def test_scoring_of_an_article_that_reports_none() -> None:
    labels = {"reports_incident": False} | {part: [] for part in LABELS if part != "reports_incident"}

    report = scored(ROWS, labels)
    assert report.tallies["detection"] == Tally(0, 1, 0)
    assert Judged("article_readings", 0.9, False) in report.judged


def test_scoring_moves_spans_by_the_white_space_at_the_head() -> None:
    assert all(tally.hit == tally.gold for tally in scored(ROWS, text="\n  " + TEXT + "\n").tallies.values())

    report = scored(changed("exposed_data", data_type="phone"), text="\n  " + TEXT)
    start = TEXT.index("Names") + 3
    assert Finding("exposed_data", "7", "wrong", start, start + 5, "'Names' phone") in report.findings


@pytest.mark.parametrize(
    ("name", "accepted", "same"),
    [
        ("Equifax", ["Equifax Inc."], True),
        ("the U.S. Postal Service", ["Postal Service"], True),
        ("Bank of Chile", ["Bank", "Chile"], True),
        ("Yahoo Japan", ["Japan Yahoo"], False),
        ("Inc.", ["Inc."], False),
        (None, ["Equifax"], False),
        ("Equifax", [], False),
    ],
)
def test_scoring_same_name(name: str | None, accepted: list[str], same: bool) -> None:
    assert same_name(name, accepted) is same


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(1000, 1005, True), (1000, 1006, False), (0, 0.004, True), (None, None, True), (None, 0, False), (0, None, False)],
)
def test_scoring_close(a: float | None, b: float | None, expected: bool) -> None:
    assert close(a, b) is expected
