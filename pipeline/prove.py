"""Proves a finished warehouse file before anybody reads it: opened read-only, held against what it was made of.

Each proof is a query that counts what must not be there. Nothing is mended here.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from pipeline.build import attach
from schemas.articles import Reject
from schemas.render import sql_type
from schemas.tables import INGESTED, READINGS, RESOLVED, TABLES, Table
from schemas.vocabulary import Stage

_GIVEN = {table.name: table for table in (*INGESTED, *READINGS, *RESOLVED)}


class ProofError(RuntimeError):
    """The file does not say what it must; the message names every proof that failed."""


def prove(path: Path, given: Mapping[str, Sequence[Path]]) -> None:
    """Returns if the file is sound, and raises ProofError if it is not.

    Sound: no write-ahead log beside it; every given row is published or rejected, and no other is published; keys are
    unique and point to rows; every quote is what its text holds; every view runs.
    """
    if path.with_name(f"{path.name}.wal").exists():
        raise ProofError(f"{path.name} was not closed: its write-ahead log is still there")
    try:
        with duckdb.connect(path, read_only=True) as connection:
            attach(connection, given)
            broken = [*_broken_promises(connection), *_broken_views(connection)]
    except duckdb.Error as error:
        raise ProofError(f"{path.name} cannot be read: {error}") from error
    if broken:
        raise ProofError(f"{path.name} is not sound: {'; '.join(broken)}")


def _broken_promises(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for promise, query in _promises():
        (count,) = connection.execute(query).fetchone() or (0,)
        if count:
            yield f"{promise} ({count:,} times)"


def _broken_views(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary").fetchall()
    for (view,) in views:
        try:
            # A sum over whole rows makes DuckDB compute every column of the view.
            connection.execute(f"SELECT sum(hash(v)) FROM {view} v").fetchone()
        except duckdb.Error as error:
            yield f"{view} does not run: {error}"


def _promises() -> Iterator[tuple[str, str]]:
    """What is wrong, and the query that counts how often it is."""
    for table in TABLES:
        if table.name in _GIVEN:
            yield f"{table.name} misses given rows", _missing(table)
            yield f"{table.name} has rows that were not given", _extra(table)
        key = ", ".join(table.key)
        yield f"{table.name} repeats keys", f"SELECT count(*) - count(DISTINCT ({key})) FROM {table.name}"
        for column, parent in table.foreign_keys:
            yield f"{table.name}.{column} points to no row of {parent}", _dangling(table.name, column, parent)
    for column in ("duplicate_of", "superseded_by"):
        yield f"articles.{column} points to no article", _dangling("articles", column, "articles")
    yield "quotes are not what their text holds", "SELECT count(*) FROM v_provenance"


def _missing(table: Table) -> str:
    """Given rows that are neither published nor, since, rejected."""
    kept, rejected = _shared_key(table), _shared_key(table, in_record=True)
    return f"""
        SELECT count(*) FROM (
            SELECT {kept} FROM in_{table.name} EXCEPT SELECT {kept} FROM {table.name}
            EXCEPT SELECT {rejected} FROM rejects WHERE stage = '{Stage.PUBLISH}' AND table_name = '{table.name}'
        )"""


def _extra(table: Table) -> str:
    kept = _shared_key(table)
    own = f" WHERE stage <> '{Stage.PUBLISH}'" if table.model is Reject else ""
    return f"SELECT count(*) FROM (SELECT {kept} FROM {table.name}{own} EXCEPT SELECT {kept} FROM in_{table.name})"


def _shared_key(table: Table, *, in_record: bool = False) -> str:
    """The part of the key that the given and the published form have in common, and a reject's record too."""
    given = _GIVEN[table.name].columns
    types = {name: sql_type(table.columns[name]) for name in table.key if name in given}
    lasting = {name: type_ for name, type_ in types.items() if type_ != "TIMESTAMP"}
    if in_record:
        return ", ".join(f"CAST(record ->> '{name}' AS {type_}) AS {name}" for name, type_ in lasting.items())
    return ", ".join(lasting)


def _dangling(table: str, column: str, parent: str) -> str:
    key = next(other.primary_key[0] for other in TABLES if other.name == parent)
    return f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {parent})"
