import json
from datetime import date

import polars as pl
import pytest

from pipeline.identity import article_id, row_id
from pipeline.validate import FrameError, split, split_tables
from schemas.articles import IngestedArticle, Reject
from schemas.incidents import Incident
from schemas.readings import EventReading, FigureReading, PartyReading
from schemas.tables import READINGS, dtypes, frame
from schemas.vocabulary import Stage
from tests.samples import ARTICLE, AT, READING, sample, spot

ARTICLES = frame(IngestedArticle, [sample(IngestedArticle)])
OTHER_ARTICLE, OTHER_READING = article_id("another"), row_id("r", "another", 0)


def figures(*changes: dict[str, object]) -> pl.DataFrame:
    rows = [{**sample(FigureReading), "figure_id": row_id("f", n), **change} for n, change in enumerate(changes)]
    return frame(FigureReading, rows)


def readings(**frames: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {table.name: frames.get(table.name, frame(table.model, [sample(table.model)])) for table in READINGS}


def test_split_keeps_good_rows_in_their_order_and_refuses_the_others_one_by_one() -> None:
    rows = figures({"unit": "record"}, {}, {"value_low": 5000.0, "subject": ""}, {})
    accepted, rejects = split(FigureReading, rows, stage=Stage.EXTRACT, at=AT, sources={ARTICLE: "letters.txt"})
    assert accepted.equals(rows[[1, 3]])
    assert rejects.schema == dtypes(Reject)
    assert rejects.drop("reject_id", "record", "failure", "resolved_at").rows() == [
        ("letters.txt", ARTICLE, "extract", "figures", None, "unit_fits_measure", AT),
        ("letters.txt", ARTICLE, "extract", "figures", "subject", "str_length", AT),
    ]
    assert rejects["failure"][0] == "the unit is one of the measure's own: measure = people_affected, unit = record"
    # One reject a row, and all that is wrong with it.
    assert rejects["failure"][1] == (
        "subject  is empty"
        "; a range runs from low to high: value_low = 5000.0, value = 1200.0"
        "; a range runs from low to high: value_low = 5000.0, value_high = 1320.0"
    )


def test_split_records_the_row_as_json() -> None:
    rows = figures({"value": float("nan"), "quote": 'a "mark" \x00', "as_of": date(2024, 2, 29)})
    rejects = split(FigureReading, rows, stage=Stage.EXTRACT, at=AT).rejects
    record = json.loads(rejects["record"][0])
    assert record == {**rows.row(0, named=True), "value": "nan", "as_of": "2024-02-29"}


def test_split_gives_the_same_reject_the_same_id_whenever_and_in_any_order() -> None:
    rows = figures({"unit": "record"}, {"unit": "item"}, {"unit": "hour"})
    first = split(FigureReading, rows, stage=Stage.EXTRACT, at=AT).rejects
    again = split(FigureReading, rows.reverse(), stage=Stage.EXTRACT, at=AT.replace(year=2025)).rejects
    assert first.drop("rejected_at").equals(again.reverse().drop("rejected_at"))
    assert first["reject_id"].n_unique() == 3


def test_split_leaves_times_out_of_the_record_as_another_run_has_others() -> None:
    one, other = (
        split(IngestedArticle, frame(IngestedArticle, [row]), stage=Stage.INGEST, at=AT).rejects
        for row in (
            sample(IngestedArticle, char_count=1),
            sample(IngestedArticle, char_count=1, ingested_at=AT.replace(year=2025)),
        )
    )
    assert one.equals(other)


def test_split_keeps_the_first_of_equal_keys() -> None:
    rows = figures({"subject": "first"}, {}, {"subject": "second"}, {"subject": "second"}).with_columns(
        figure_id=pl.when(pl.col("subject") == "patients").then("figure_id").otherwise(pl.lit(row_id("f", "same")))
    )
    accepted, rejects = split(FigureReading, rows, stage=Stage.EXTRACT, at=AT)
    assert accepted["subject"].to_list() == ["first", "patients"]
    assert rejects["check_name"].to_list() == ["unique", "unique"]
    assert rejects["reject_id"].n_unique() == 2
    assert rejects["failure"][0] == f"an earlier row has the same key: figure_id = {row_id('f', 'same')}"


def test_split_keeps_a_good_row_though_a_bad_one_has_its_key() -> None:
    rows = figures({"unit": "record", "figure_id": row_id("f", 1)}, {})
    accepted, rejects = split(FigureReading, rows, stage=Stage.EXTRACT, at=AT)
    assert accepted.equals(rows[[1]])
    assert rejects["check_name"].to_list() == ["unit_fits_measure"]


def test_split_takes_nothing_known_for_equal_in_a_key() -> None:
    rows = frame(PartyReading, [sample(PartyReading, reading_id=None), sample(PartyReading, reading_id=None)])
    accepted, rejects = split(PartyReading, rows, stage=Stage.EXTRACT, at=AT)
    assert (accepted.height, rejects["check_name"].to_list()) == (1, ["unique"])


def test_split_names_the_stage_where_no_source_is_known() -> None:
    rows = frame(Incident, [sample(Incident, article_count=0)])
    rejects = split(Incident, rows, stage=Stage.RESOLVE, at=AT).rejects
    assert rejects.select("source_uri", "article_id").rows() == [("resolve:incidents", None)]


def test_split_of_nothing_is_nothing() -> None:
    accepted, rejects = split(FigureReading, frame(FigureReading), stage=Stage.EXTRACT, at=AT)
    assert (accepted.height, rejects.height) == (0, 0)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        pytest.param(figures({}).drop("unit"), "unit", id="missing column"),
        pytest.param(figures({}).with_columns(extra=1), "extra", id="unknown column"),
        pytest.param(figures({}).with_columns(pl.col("char_start").cast(pl.Int32)), "char_start", id="wrong dtype"),
    ],
)
def test_split_raises_for_a_frame_that_does_not_fit(rows: pl.DataFrame, complaint: str) -> None:
    with pytest.raises(FrameError, match=f"figures: .*{complaint}"):
        split(FigureReading, rows, stage=Stage.EXTRACT, at=AT)


def test_split_tables_accepts_what_is_good() -> None:
    frames = readings()
    accepted, rejects = split_tables(READINGS, frames, stage=Stage.EXTRACT, at=AT, articles=ARTICLES)
    assert rejects.height == 0
    assert all(accepted[name].equals(rows) for name, rows in frames.items())


def test_split_tables_refuses_all_rows_of_an_article_that_was_refused() -> None:
    elsewhere = ARTICLES.with_columns(article_id=pl.lit(OTHER_ARTICLE))
    accepted, rejects = split_tables(READINGS, readings(), stage=Stage.EXTRACT, at=AT, articles=elsewhere)
    assert {name: rows.height for name, rows in accepted.items()} == dict.fromkeys(accepted, 0)
    assert rejects["table_name"].to_list() == [table.name for table in READINGS]
    assert set(rejects["check_name"]) == {"foreign_key"}
    assert rejects["failure"][0] == f"article_id {ARTICLE} is not among the accepted articles"
    # Its own reason for each: here the incident went first.
    assert rejects.filter(pl.col("table_name") == "figures")["failure"][0] == (
        f"article_id {ARTICLE} is not among the accepted articles"
        f"; reading_id {READING} is not among the accepted incident_readings"
    )


def test_split_tables_refuses_what_hangs_on_a_refused_row_and_nothing_else() -> None:
    frames = readings()
    bad = {**sample(READINGS[1].model), "reading_id": OTHER_READING, "action": "oops"}
    frames["incident_readings"] = frame(READINGS[1].model, [sample(READINGS[1].model), bad])
    frames["figures"] = figures({}, {"reading_id": OTHER_READING}, {"reading_id": None})
    accepted, rejects = split_tables(READINGS, frames, stage=Stage.EXTRACT, at=AT, articles=ARTICLES)
    assert accepted["figures"].equals(frames["figures"][[0, 2]])
    assert accepted["incident_readings"].height == 1
    assert rejects.select("table_name", "column_name", "check_name").rows() == [
        ("incident_readings", "action", "isin"),
        ("figures", "reading_id", "foreign_key"),
    ]


@pytest.mark.parametrize(
    ("kind", "day", "accepted"),
    [
        pytest.param("occurred", date(2024, 5, 3), False, id="happened the day after"),
        pytest.param("began", date(2024, 5, 3), False, id="began the day after"),
        pytest.param("occurred", date(2024, 5, 2), True, id="happened on the day"),
        pytest.param("other", date(2024, 6, 1), True, id="a hearing next month"),
        pytest.param("occurred", None, True, id="unknown"),
    ],
)
def test_split_tables_refuses_what_happened_after_publication(kind: str, day: date | None, accepted: bool) -> None:
    event = sample(EventReading, kind=kind, date_from=day, date_to=day)
    frames = readings(events=frame(EventReading, [event]))
    good, rejects = split_tables(READINGS, frames, stage=Stage.EXTRACT, at=AT, articles=ARTICLES)
    assert good["events"].height == accepted
    assert rejects["check_name"].to_list() == ([] if accepted else ["not_after_publication"])


def test_split_tables_knows_the_day_of_publication_from_the_text_too() -> None:
    undated = ARTICLES.with_columns(published_on=None, published_on_basis=None)
    frames = readings()
    frames["article_readings"] = frames["article_readings"].with_columns(published_on=date(2024, 3, 31))
    _, rejects = split_tables(READINGS, frames, stage=Stage.EXTRACT, at=AT, articles=undated)
    assert rejects["check_name"].to_list()[0] == "not_after_publication"
    assert rejects["failure"][0] == (
        "no occurrence after publication: occurred_from 2024-04-01, published_on 2024-03-31"
    )


def test_split_tables_without_articles_looks_only_at_the_tables() -> None:
    accepted, rejects = split_tables(READINGS, readings(), stage=Stage.EXTRACT, at=AT)
    assert rejects.height == 0
    assert accepted["figures"].height == 1


def test_split_counts_quotes_in_code_points() -> None:
    # The hospital sign is one code point, two UTF-16 units and four bytes.
    row = {**sample(FigureReading), **spot("patients 🏥 to")}
    assert split(FigureReading, frame(FigureReading, [row]), stage=Stage.EXTRACT, at=AT).rejects.height == 0
