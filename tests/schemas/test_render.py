from collections.abc import Iterator

import duckdb
import pytest

from schemas.render import README, conditions, ddl, dictionary, view_columns
from schemas.tables import TABLES, Table, frame
from tests.samples import sample

VIEWS = {
    "v_incidents",
    "v_incident_data_types",
    "v_figures",
    "v_figure_history",
    "v_timeline",
    "v_conflicts",
    "v_changes",
    "v_data_quality",
    "v_provenance",
    "v_meta",
}
# What we publish beyond the contract, which allows columns to be added.
ADDED = {"incident_articles": {"confidence DOUBLE"}}
CONTRACT = {
    "articles": "article_id VARCHAR PK, source_uri VARCHAR, title VARCHAR?, publisher VARCHAR?, author VARCHAR?,"
    " published_on DATE?, published_on_basis VARCHAR?, language VARCHAR, text VARCHAR, char_count BIGINT,"
    " reports_incident BOOLEAN, duplicate_of VARCHAR?, superseded_by VARCHAR?, batch VARCHAR, ingested_at TIMESTAMP",
    "incidents": "incident_id VARCHAR PK, title VARCHAR, organization VARCHAR?, action VARCHAR,"
    " action_variety VARCHAR?, actor VARCHAR, actor_name VARCHAR?, occurred_from DATE?, occurred_to DATE?,"
    " discovered_on DATE?, disclosed_on DATE?, people_affected BIGINT?, people_affected_low BIGINT?,"
    " people_affected_high BIGINT?,"
    " records_exposed BIGINT?, records_exposed_low BIGINT?, records_exposed_high BIGINT?, data_types VARCHAR[],"
    " exposure_status VARCHAR, discovery_method VARCHAR, sector VARCHAR?, country VARCHAR?, article_count INTEGER,"
    " publisher_count INTEGER, first_reported_on DATE?, last_reported_on DATE?, confidence DOUBLE,"
    " changed_at TIMESTAMP",
    "incident_articles": "incident_id VARCHAR PK, article_id VARCHAR PK, is_main BOOLEAN, relation VARCHAR",
    "incident_aliases": "old_incident_id VARCHAR PK, incident_id VARCHAR, reason VARCHAR, merged_at TIMESTAMP",
    "figures": "figure_id VARCHAR PK, article_id VARCHAR, incident_id VARCHAR?, measure VARCHAR, value DOUBLE?,"
    " value_low DOUBLE?, value_high DOUBLE?, qualifier VARCHAR, unit VARCHAR, subject VARCHAR, predicate VARCHAR?,"
    " as_of DATE?, attributed_to VARCHAR?, quote VARCHAR, char_start BIGINT, char_end BIGINT, confidence DOUBLE",
    "events": "event_id VARCHAR PK, article_id VARCHAR, incident_id VARCHAR?, kind VARCHAR, date_from DATE?,"
    " date_to DATE?, quote VARCHAR, char_start BIGINT, char_end BIGINT, confidence DOUBLE",
    "exposed_data": "article_id VARCHAR PK, incident_id VARCHAR PK, data_type VARCHAR PK, quote VARCHAR,"
    " char_start BIGINT PK, char_end BIGINT PK",
    "parties": "article_id VARCHAR, incident_id VARCHAR?, name VARCHAR, kind VARCHAR, role VARCHAR, quote VARCHAR,"
    " char_start BIGINT, char_end BIGINT",
    "statements": "statement_id VARCHAR PK, article_id VARCHAR, incident_id VARCHAR?, speaker VARCHAR?,"
    " speaker_affiliation VARCHAR?, is_direct BOOLEAN, quote VARCHAR, char_start BIGINT, char_end BIGINT",
    "responses": "article_id VARCHAR PK, incident_id VARCHAR PK, action VARCHAR PK, actor VARCHAR?, quote VARCHAR,"
    " char_start BIGINT PK, char_end BIGINT PK",
    "reconciliations": "incident_id VARCHAR PK, measure VARCHAR PK, subject VARCHAR PK, figure_count INTEGER,"
    " article_count INTEGER, low DOUBLE?, best DOUBLE?, high DOUBLE?, status VARCHAR PK, explanation VARCHAR PK",
    "rejects": "reject_id VARCHAR PK, source_uri VARCHAR, article_id VARCHAR?, stage VARCHAR, table_name VARCHAR?,"
    " column_name VARCHAR?, check_name VARCHAR, failure VARCHAR, record JSON?, rejected_at TIMESTAMP,"
    " resolved_at TIMESTAMP?",
    "pipeline_runs": "run_id VARCHAR PK, started_at TIMESTAMP, finished_at TIMESTAMP, extractor VARCHAR,"
    " extractor_version VARCHAR, contract_version VARCHAR, snapshot_id VARCHAR, duckdb_version VARCHAR,"
    " articles_new BIGINT, articles_total BIGINT, figures_total BIGINT, incidents_total BIGINT, rejects_total BIGINT",
}


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(ddl())
        yield connection


@pytest.mark.parametrize("name", CONTRACT)
def test_ddl_makes_the_columns_of_the_contract(name: str, empty: duckdb.DuckDBPyConnection) -> None:
    keys = empty.execute(
        "SELECT unnest(constraint_column_names) FROM duckdb_constraints()"
        " WHERE table_name = ? AND constraint_type = 'PRIMARY KEY'",
        [name],
    )
    primary = {column for (column,) in keys.fetchall()}
    columns = empty.execute(
        "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = ?", [name]
    )
    made = {
        f"{column} {type_}{'?' if nullable else ''}{' PK' if column in primary else ''}"
        for column, type_, nullable in columns.fetchall()
    }
    assert made == set(CONTRACT[name].split(", ")) | ADDED.get(name, set())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_ddl_makes_every_key_and_check(table: Table, empty: duckdb.DuckDBPyConnection) -> None:
    rows = empty.execute(
        "SELECT constraint_type, constraint_column_names, referenced_table FROM duckdb_constraints()"
        " WHERE table_name = ?",
        [table.name],
    ).fetchall()
    kinds = [kind for kind, _, _ in rows]
    assert [tuple(columns) for kind, columns, _ in rows if kind == "PRIMARY KEY"] == (
        [table.primary_key] if table.primary_key else []
    )
    assert {(columns[0], parent) for kind, columns, parent in rows if kind == "FOREIGN KEY"} == set(table.foreign_keys)
    assert kinds.count("CHECK") == len(conditions(table))
    # A column of the primary key is NOT NULL by that, and DuckDB lists it only once.
    assert kinds.count("NOT NULL") >= sum(not column.nullable for column in table.columns.values())


def test_ddl_makes_the_views_of_the_contract(empty: duckdb.DuckDBPyConnection) -> None:
    made = {view for (view,) in empty.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    assert made == VIEWS


def test_ddl_comments_on_everything(empty: duckdb.DuckDBPyConnection) -> None:
    for found in ("columns", "tables", "views"):
        query = f"SELECT * FROM duckdb_{found}() WHERE NOT internal AND coalesce(comment, '') = ''"
        assert empty.execute(query).fetchall() == [], found


def test_ddl_makes_flat_views(empty: duckdb.DuckDBPyConnection) -> None:
    flat = {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}
    assert {column.type for column in view_columns(empty)} <= flat


def test_ddl_watches_every_quote(empty: duckdb.DuckDBPyConnection) -> None:
    quoted = {table.name for table in TABLES if "quote" in table.columns}
    (sql,) = empty.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'v_provenance'").fetchone() or ("",)
    assert {name for name in CONTRACT if f"FROM {name}" in sql} == quoted


@pytest.mark.parametrize(
    ("table", "changes", "complaint"),
    [
        pytest.param("articles", {"char_count": 3}, "CHECK", id="rule"),
        pytest.param("articles", {"language": "english"}, "CHECK", id="pattern"),
        pytest.param("incidents", {"data_types": ["shoe_size"]}, "CHECK", id="codes in a list"),
        pytest.param("incidents", {"confidence": float("nan")}, "CHECK", id="not a number"),
        pytest.param("figures", {"unit": "USD"}, "CHECK", id="unit of another measure"),
        pytest.param("figures", {"quote": "about 1,200 patients "}, "CHECK", id="quote beyond its span"),
        pytest.param("figures", {"incident_id": "i_0000000000000000"}, "foreign key", id="no such incident"),
        pytest.param("figures", {"subject": None}, "NOT NULL", id="null"),
        pytest.param("rejects", {"record": "{"}, "JSON", id="no JSON"),
    ],
)
def test_ddl_refuses_what_the_models_refuse(table: str, changes: dict[str, object], complaint: str) -> None:
    connection = duckdb.connect()
    connection.execute(ddl())
    models = {each.name: each.model for each in TABLES}

    def insert(name: str, row: dict[str, object]) -> None:
        columns = frame(models[name], [row]).row(0, named=True)
        marks = ", ".join("?" for _ in columns)
        connection.execute(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", list(columns.values()))

    for parent in ("articles", "incidents"):
        if parent != table:
            insert(parent, sample(models[parent]))
    with pytest.raises(duckdb.Error, match=complaint):
        insert(table, {**sample(models[table]), **changes})
    insert(table, sample(models[table]))


def test_dictionary_is_current() -> None:
    assert README.read_text(encoding="utf-8") == dictionary(), "run `python -m schemas.render`"


def test_dictionary_names_tables_views_and_codes() -> None:
    text = dictionary()
    assert all(f"\n### {name}\n" in text for name in (*CONTRACT, *VIEWS, "Measure", "DataType"))
    assert "| value? | DOUBLE | the number as written; null for a range or a bare plural |" in text
    assert "| share | a percentage or fraction of something above | percent |" in text
    assert "| ransom | demanded or paid, or the price asked for the data | a currency |" in text
