"""Questions to the published file: what an asset's page shows of a table, and what its checks ask. Read-only.

`prove` holds a file against its sources before it is published; this looks at what readers have, whenever asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from schemas.render import conditions, sql_type
from schemas.tables import TABLES, Table

KEYS = {table.name: table.key[0] for table in TABLES}


class Sample(NamedTuple):
    """A few rows of a table."""

    columns: list[str]
    rows: list[tuple[object, ...]]


class Fault(NamedTuple):
    """Something that must not be, and how often it is."""

    what: str
    times: int


@contextmanager
def opened(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(published, read_only=True) as connection:
        yield connection


def sample(connection: duckdb.DuckDBPyConnection, table: Table, rows: int) -> Sample:
    """The first rows in the order of the key."""
    found = connection.execute(f"SELECT * FROM {table.name} ORDER BY {', '.join(table.key)} LIMIT {rows}")
    return Sample([str(column[0]) for column in found.description or ()], found.fetchall())


def schema_faults(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Fault]:
    """Columns and types that are not the model's, and rows that break one of its rules."""
    there = dict(
        connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND NOT internal", [table.name]
        ).fetchall()
    )
    wanted = {name: sql_type(column) for name, column in table.columns.items()}
    odd = [
        f"{name} is {there.get(name)}, not {wanted.get(name)}"
        for name in sorted({*there, *wanted})
        if there.get(name) != wanted.get(name)
    ]
    broken = [(rule, f"SELECT count(*) FROM {table.name} WHERE NOT ({rule})") for rule in conditions(table)]
    return [Fault(what, 1) for what in odd] + ([] if odd else _faults(connection, broken))


def key_faults(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Fault]:
    """Keys that repeat, and keys of other tables that are not there."""
    key = ", ".join(table.key)
    questions = [(f"({key}) repeats", f"SELECT count(*) - count(DISTINCT ({key})) FROM {table.name}")]
    for column, parent in table.foreign_keys:
        missing = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {KEYS[parent]} FROM {parent})"
        questions.append((f"{column} is not in {parent}", f"SELECT count(*) FROM {table.name} WHERE {missing}"))
    return _faults(connection, questions)


def provenance_faults(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Fault]:
    """Quotes that are not what their text holds there."""
    question = f"SELECT count(*) FROM v_provenance WHERE table_name = '{table.name}'"
    return _faults(connection, [("the quote is not what the text holds", question)])


def reject_share(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of what came in that became no article, 0 to 1."""
    refused = _count(connection, "SELECT count(*) FROM rejects WHERE table_name = 'articles'")
    taken = _count(connection, "SELECT count(*) FROM articles")
    return refused / max(1, refused + taken)


def _faults(connection: duckdb.DuckDBPyConnection, questions: list[tuple[str, str]]) -> list[Fault]:
    counted = [Fault(what, _count(connection, question)) for what, question in questions]
    return [fault for fault in counted if fault.times]


def _count(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    (count,) = connection.execute(question).fetchone() or (0,)
    return int(count)
