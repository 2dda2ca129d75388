import polars as pl
import pytest

from schemas.incidents import Figure, Party
from schemas.readings import FigureReading
from schemas.tables import INGESTED, READINGS, RESOLVED, TABLES, dtypes, frame
from tests.samples import sample


def test_tables_names_what_the_contract_promises() -> None:
    assert [table.name for table in TABLES if table.name not in ("incident_candidates", "incident_changes")] == [
        "articles",
        "incidents",
        "incident_articles",
        "incident_aliases",
        "figures",
        "events",
        "exposed_data",
        "parties",
        "statements",
        "responses",
        "reconciliations",
        "rejects",
        "pipeline_runs",
    ]


@pytest.mark.parametrize("tables", [TABLES, (*INGESTED, *READINGS), (*INGESTED, *READINGS, *RESOLVED)])
def test_tables_stand_after_their_parents(tables: tuple[object, ...]) -> None:
    seen: set[str] = set()
    for table in tables:
        assert {key.table for key in table.foreign_keys} <= seen  # type: ignore[attr-defined]
        seen.add(table.name)  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", [*TABLES, *READINGS], ids=lambda table: table.model.__name__)
def test_tables_describe_themselves_and_every_column(table: object) -> None:
    assert table.description.endswith(".")  # type: ignore[attr-defined]
    assert all(column.description for column in table.columns.values())  # type: ignore[attr-defined]


def test_tables_have_no_primary_key_where_a_part_of_it_may_be_null() -> None:
    parties = next(table for table in TABLES if table.model is Party)
    assert parties.primary_key == ()
    assert parties.key == ("article_id", "incident_id", "name", "role", "char_start", "char_end")


def test_frame_fills_what_may_be_null_and_keeps_the_order_of_the_table() -> None:
    filled = frame(FigureReading, [{**sample(FigureReading), "value": 7}, {"figure_id": "f_0"}])
    assert filled.columns[:3] == ["figure_id", "article_id", "reading_id"]
    assert filled.columns[-4:] == ["quote", "char_start", "char_end", "confidence"]
    assert filled.schema == dtypes(FigureReading)
    assert filled["value"].to_list() == [7.0, None]


def test_frame_of_no_rows_has_the_dtypes() -> None:
    assert frame(Figure).schema["as_of"] == pl.Date
    assert frame(Figure).height == 0


def test_frame_refuses_a_column_that_the_model_does_not_have() -> None:
    with pytest.raises(ValueError, match="FigureReading has no column incident_id, valu"):
        frame(FigureReading, [{"figure_id": "f_0", "valu": 1, "incident_id": "i_0"}])
