"""Every rule of the contract, each with a row that breaks it and nothing else."""

from datetime import date, datetime

import pytest

from pipeline.validate import split
from schemas.articles import IngestedArticle, PipelineRun, Reject
from schemas.base import Row
from schemas.incidents import Incident, IncidentAlias, IncidentCandidate, Reconciliation
from schemas.readings import (
    ArticleReading,
    EventReading,
    ExposedDataReading,
    FigureReading,
    IncidentReading,
    PartyReading,
    ResponseReading,
    StatementReading,
)
from schemas.tables import INGESTED, READINGS, RESOLVED, TABLES, frame
from schemas.vocabulary import Stage
from tests.samples import ARTICLE, AT, INCIDENT, OTHER_INCIDENT, sample

MODELS = list(dict.fromkeys(table.model for table in (*TABLES, *INGESTED, *READINGS, *RESOLVED)))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_accept_a_good_row(model: type[Row]) -> None:
    good = frame(model, [sample(model)])
    accepted, rejects = split(model, good, stage=Stage.EXTRACT, at=AT)
    assert accepted.equals(good)
    assert rejects["failure"].to_list() == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_demand_every_column_that_may_not_be_null(model: type[Row]) -> None:
    columns = model.to_schema().columns
    for name in (name for name, column in columns.items() if not column.nullable):
        rejects = split(model, frame(model, [sample(model, **{name: None})]), stage=Stage.EXTRACT, at=AT).rejects
        assert (name, "not_nullable") in rejects.select("column_name", "check_name").rows(), name


@pytest.mark.parametrize(
    ("model", "changes", "check"),
    [
        # provenance
        pytest.param(FigureReading, {"quote": "", "char_end": 54, "char_start": 54}, "str_length", id="no quote"),
        pytest.param(FigureReading, {"char_start": -1, "char_end": 19}, "greater_than_or_equal_to", id="before text"),
        pytest.param(StatementReading, {"char_start": 40, "char_end": 40}, "span_is_forward", id="empty span"),
        pytest.param(StatementReading, {"char_start": 40, "char_end": 10}, "span_is_forward", id="span backward"),
        pytest.param(PartyReading, {"quote": "Harbor Clinic "}, "quote_fills_span", id="quote too long"),
        pytest.param(ResponseReading, {"quote": "🏥", "char_start": 0, "char_end": 4}, "quote_fills_span", id="bytes"),
        # figures
        pytest.param(FigureReading, {"value_low": 1300.0}, "value_low_to_value", id="value below low"),
        pytest.param(FigureReading, {"value_high": 1100.0}, "value_to_value_high", id="value above high"),
        pytest.param(FigureReading, {"value": None, "value_low": 9e3}, "value_low_to_value_high", id="range backward"),
        pytest.param(
            FigureReading, {"value": None, "value_low": None, "value_high": None}, "has_number", id="no number at all"
        ),
        pytest.param(FigureReading, {"value": float("nan"), "value_high": None}, "in_range", id="not a number"),
        pytest.param(FigureReading, {"value": float("inf"), "value_high": None}, "in_range", id="infinity"),
        pytest.param(FigureReading, {"value": -1.0, "value_low": None}, "in_range", id="less than none"),
        pytest.param(FigureReading, {"unit": "record"}, "unit_fits_measure", id="records affected"),
        pytest.param(FigureReading, {"measure": "loss"}, "unit_fits_measure", id="persons lost"),
        pytest.param(FigureReading, {"unit": "USD"}, "unit_fits_measure", id="dollars affected"),
        pytest.param(
            FigureReading, {"measure": "exposure_duration", "unit": "percent"}, "unit_fits_measure", id="percent long"
        ),
        pytest.param(FigureReading, {"measure": "people"}, "isin", id="unknown measure"),
        pytest.param(FigureReading, {"measure": "other", "unit": "XYZ"}, "isin", id="unknown currency"),
        pytest.param(FigureReading, {"qualifier": "roughly"}, "isin", id="unknown qualifier"),
        pytest.param(FigureReading, {"subject": ""}, "str_length", id="empty is not unknown"),
        pytest.param(FigureReading, {"confidence": 1.01}, "in_range", id="surer than sure"),
        pytest.param(FigureReading, {"figure_id": "7"}, "str_matches", id="not an id"),
        # other readings
        pytest.param(EventReading, {"date_to": date(2024, 4, 28)}, "date_from_to_date_to", id="ends before it begins"),
        pytest.param(EventReading, {"kind": "leaked"}, "isin", id="unknown kind of event"),
        pytest.param(ExposedDataReading, {"data_type": "shoe_size"}, "isin", id="unknown kind of data"),
        pytest.param(IncidentReading, {"data_types": ["name", "shoe_size"]}, "data_types_known", id="one of the kinds"),
        pytest.param(IncidentReading, {"relation": "aside"}, "isin", id="unknown relation"),
        pytest.param(ArticleReading, {"confidence": -0.1}, "in_range", id="less than unsure"),
        # incidents
        pytest.param(
            Incident, {"occurred_from": date(2024, 5, 1)}, "occurred_from_to_occurred_to", id="occurred backward"
        ),
        pytest.param(
            Incident,
            {"occurred_from": date(2024, 5, 3), "occurred_to": date(2024, 5, 3)},
            "occurred_from_to_last_reported_on",
            id="reported before it happened",
        ),
        pytest.param(
            Incident, {"first_reported_on": date(2024, 5, 3)}, "first_reported_on_to_last_reported_on", id="last first"
        ),
        pytest.param(
            Incident, {"people_affected_low": 1201}, "people_affected_low_to_people_affected", id="people below low"
        ),
        pytest.param(
            Incident, {"people_affected_high": 1199}, "people_affected_to_people_affected_high", id="people above high"
        ),
        pytest.param(
            Incident,
            {"records_exposed_low": 2, "records_exposed_high": 1},
            "records_exposed_low_to_records_exposed_high",
            id="records backward",
        ),
        pytest.param(Incident, {"article_count": 0}, "greater_than_or_equal_to", id="from no article"),
        pytest.param(Incident, {"country": "USA"}, "str_matches", id="three letters"),
        pytest.param(Incident, {"sector": "99"}, "isin", id="no sector"),
        pytest.param(Incident, {"action": "oops"}, "isin", id="unknown action"),
        pytest.param(Reconciliation, {"low": 1201.0}, "low_to_best", id="best below low"),
        pytest.param(Reconciliation, {"high": 1199.0}, "best_to_high", id="best above high"),
        pytest.param(Reconciliation, {"status": "fine"}, "isin", id="unknown status"),
        pytest.param(IncidentAlias, {"old_incident_id": INCIDENT}, "alias_of_another", id="alias of itself"),
        pytest.param(
            IncidentCandidate,
            {"incident_id": max(INCIDENT, OTHER_INCIDENT), "other_incident_id": min(INCIDENT, OTHER_INCIDENT)},
            "pair_once",
            id="pair the wrong way round",
        ),
        # articles and records
        pytest.param(IngestedArticle, {"char_count": 7}, "count_is_length", id="miscounted"),
        pytest.param(IngestedArticle, {"published_on_basis": None}, "day_has_basis", id="day from nowhere"),
        pytest.param(
            IngestedArticle, {"published_on": date(2024, 5, 7)}, "published_before_ingested", id="from the future"
        ),
        pytest.param(IngestedArticle, {"duplicate_of": ARTICLE}, "repeats_another", id="repeats itself"),
        pytest.param(IngestedArticle, {"language": "English"}, "str_matches", id="no code of a language"),
        pytest.param(Reject, {"stage": "later"}, "isin", id="unknown stage"),
        pytest.param(
            PipelineRun,
            {"finished_at": datetime(2024, 1, 1)},  # noqa: DTZ001
            "started_at_to_finished_at",
            id="over before begun",
        ),
    ],
)
def test_models_refuse(model: type[Row], changes: dict[str, object], check: str) -> None:
    good = sample(model)
    accepted, rejects = split(model, frame(model, [{**good, **changes}]), stage=Stage.EXTRACT, at=AT)
    assert accepted.is_empty()
    assert rejects["check_name"].to_list() == [check]


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        pytest.param(EventReading, {"date_from": None}, id="the past few years"),
        pytest.param(EventReading, {"date_from": None, "date_to": None}, id="some day"),
        pytest.param(Incident, {"occurred_from": None}, id="before a day"),
        pytest.param(FigureReading, {"value_high": None}, id="at least"),
        pytest.param(FigureReading, {"value": None, "value_high": None}, id="thousands"),
        pytest.param(FigureReading, {"measure": "background", "unit": "USD"}, id="a company's revenue"),
        pytest.param(FigureReading, {"measure": "ransom", "unit": "BTC"}, id="a ransom in bitcoin"),
        pytest.param(FigureReading, {"value": 0.0, "value_low": 0.0}, id="nobody"),
        pytest.param(FigureReading, {"reading_id": None}, id="of no incident"),
    ],
)
def test_models_accept_what_is_open_or_unknown(model: type[Row], changes: dict[str, object]) -> None:
    rows = frame(model, [{**sample(model), **changes}])
    assert split(model, rows, stage=Stage.EXTRACT, at=AT).accepted.equals(rows)


def test_models_of_published_tables_share_their_columns_with_the_readings() -> None:
    read = {table.name: table for table in READINGS}
    for table in (table for table in TABLES if table.name in read):
        ours, theirs = table.columns, read[table.name].columns
        assert [name for name in ours if name != "incident_id"] == [name for name in theirs if name != "reading_id"]
        assert all(ours[name].description == theirs[name].description for name in ours if name != "incident_id")
