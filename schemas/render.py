"""Models -> DuckDB's DDL with keys, checks and comments, and -> the data dictionary README.md beside this file.

`python -m schemas.render` writes the dictionary. The views are written in `views.sql`; what a table holds is said by
its model, never here.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pandera.polars as pa
import polars as pl

from schemas.tables import CONTRACT_VERSION, TABLES, Table
from schemas.vocabulary import CURRENCIES, UNITS, Code, Measure

VIEWS = Path(__file__).with_name("views.sql")
README = Path(__file__).with_name("README.md")

_TYPES: dict[Any, str] = {
    pl.String: "VARCHAR",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Datetime: "TIMESTAMP",
}


class ViewColumn(NamedTuple):
    """A column of a view, as DuckDB reports it."""

    view: str
    name: str
    type: str
    comment: str | None


@cache
def ddl() -> str:
    """The whole script for an empty warehouse: tables in the order of their keys, views, a comment on everything."""
    script = "\n\n".join([*(create_table(table) for table in TABLES), VIEWS.read_text(encoding="utf-8")])
    with duckdb.connect() as empty:
        empty.execute(script)
        return "\n".join([script, *_inherited_comments(view_columns(empty))])


def create_table(table: Table) -> str:
    """The CREATE TABLE of one table with its keys and checks, and its COMMENTs."""
    columns = table.columns
    lines = [f"{name} {sql_type(column)}{'' if column.nullable else ' NOT NULL'}" for name, column in columns.items()]
    if table.primary_key:
        lines.append(f"PRIMARY KEY ({', '.join(table.primary_key)})")
    lines += [f"FOREIGN KEY ({column}) REFERENCES {parent}" for column, parent in table.foreign_keys]
    lines += [f"CHECK ({condition})" for condition in conditions(table)]
    comments = [f"COMMENT ON COLUMN {table.name}.{name} IS {_literal(c.description)};" for name, c in columns.items()]
    body = ",\n    ".join(lines)
    about = f"COMMENT ON TABLE {table.name} IS {_literal(table.description)};"
    return "\n".join([f"CREATE TABLE {table.name} (\n    {body}\n);", about, *comments])


def conditions(table: Table) -> list[str]:
    """Every check of the model as a condition in SQL: those of columns, then the rules over them."""
    of_columns = [_condition(name, check) for name, column in table.columns.items() for check in column.checks]
    return of_columns + [rule.statistics["sql"] for rule in table.model.to_schema().checks]


def sql_type(column: pa.Column) -> str:
    """DuckDB's type of a column, e.g. `VARCHAR[]`."""
    if column.metadata and "sql" in column.metadata:
        return str(column.metadata["sql"])
    dtype = column.dtype.type
    return f"{_TYPES[dtype.inner]}[]" if isinstance(dtype, pl.List) else _TYPES[dtype.base_type()]


def view_columns(connection: duckdb.DuckDBPyConnection) -> list[ViewColumn]:
    """The columns of the warehouse's views in their order."""
    found = connection.execute(
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns()"
        " WHERE NOT internal AND table_name IN (SELECT view_name FROM duckdb_views() WHERE NOT internal)"
        " ORDER BY table_oid, column_index"
    )
    return [ViewColumn(*row) for row in found.fetchall()]


def dictionary() -> str:
    """The data dictionary in Markdown: tables, views and codes."""
    with duckdb.connect() as empty:
        empty.execute(ddl())
        about = dict(empty.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
        views = view_columns(empty)
    parts = [
        "# Data dictionary",
        f"Contract {CONTRACT_VERSION}. Written by `python -m schemas.render` from the models beside it; do not edit.",
        "`?` marks a column that may be NULL. Times are UTC. Unknown is NULL, never 0 or ''.",
        "## Tables",
        *(_describe_table(table) for table in TABLES),
        "## Views",
        *(_describe_view(view, about[view], views) for view in dict.fromkeys(column.view for column in views)),
        "## Codes",
        *(_describe_codes(codes) for codes in Code.__subclasses__()),
    ]
    return "\n\n".join(parts) + "\n"


def _condition(column: str, check: pa.Check) -> str:
    bounds = check.statistics or {}
    match check.name:
        case "isin":
            return f"{column} IN ({', '.join(_literal(value) for value in bounds['allowed_values'])})"
        case "in_range":
            return f"{column} BETWEEN {bounds['min_value']} AND {bounds['max_value']}"
        case "greater_than_or_equal_to":
            return f"{column} >= {bounds['min_value']}"
        case "str_length":
            return f"length({column}) >= {bounds['min_value']}"
        case "str_matches":
            return f"regexp_full_match({column}, {_literal(bounds['pattern'].strip('^$'))})"
        case name:
            raise ValueError(f"no SQL for the check {name} of {column}")


def _inherited_comments(columns: list[ViewColumn]) -> list[str]:
    """Comments for view columns that have none: what the tables say of such a column, or else an earlier view does."""
    said: dict[str, set[str]] = {}
    for table in TABLES:
        for name, column in table.columns.items():
            said.setdefault(name, set()).add(column.description)
    means = {name: next(iter(texts)) for name, texts in said.items() if len(texts) == 1}
    for _, name, _, comment in columns:
        if comment is not None:
            means.setdefault(name, comment)
    return [
        f"COMMENT ON COLUMN {view}.{name} IS {_literal(means[name])};"
        for view, name, _, comment in columns
        if comment is None and name in means
    ]


def _literal(text: str | None) -> str:
    return "'" + (text or "").replace("'", "''") + "'"


def _describe_table(table: Table) -> str:
    keys = [f"Primary key: {', '.join(table.primary_key)}."] if table.primary_key else []
    keys += [f"{column} is a key of {parent}." for column, parent in table.foreign_keys]
    rules = [f"- {rule.description}: `{rule.statistics['sql']}`" for rule in table.model.to_schema().checks]
    rows = [
        (f"{name}{'?' if column.nullable else ''}", sql_type(column), column.description)
        for name, column in table.columns.items()
    ]
    parts = [f"### {table.name}", table.description, " ".join(keys), _grid(("column", "type", "meaning"), rows)]
    return "\n\n".join([*filter(None, parts), *(["\n".join(rules)] if rules else [])])


def _describe_view(view: str, text: str, columns: list[ViewColumn]) -> str:
    rows = [(column.name, column.type, column.comment or "") for column in columns if column.view == view]
    return "\n\n".join([f"### {view}", text, _grid(("column", "type", "meaning"), rows)])


def _describe_codes(codes: type[Code]) -> str:
    head: tuple[str, ...] = ("value", "meaning")
    rows: list[tuple[str, ...]] = [(code.value, code.meaning) for code in codes]
    if issubclass(codes, Measure):
        head = (*head, "unit")
        rows = [(measure.value, measure.meaning, _units(measure)) for measure in codes]
    return "\n\n".join([f"### {codes.__name__}", (codes.__doc__ or "").strip(), _grid(head, rows)])


def _units(measure: Measure) -> str:
    if measure.units == UNITS:
        return "any"
    return "a currency" if measure.units == CURRENCIES else ", ".join(measure.units)


def _grid(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    README.write_text(dictionary(), encoding="utf-8")
