"""Loads one warehouse file from Parquet, parents first, and tells what its content is.

The rows were validated before. Here reading ids become incident ids, repeated rows become one, and a row whose parent
is not published becomes a reject. Whether the file may be published, `prove` says; when, `publish`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from schemas.articles import Article, PipelineRun, Reject
from schemas.incidents import Incident
from schemas.render import ddl, sql_type
from schemas.tables import INGESTED, READINGS, RESOLVED, TABLES, Table, frame
from schemas.vocabulary import Basis, Stage

# Nothing is fetched from the network, whatever a statement asks for.
OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}

_READ = frozenset(table.name for table in READINGS)
_PRIMARY_KEYS = {table.name: table.primary_key[0] for table in TABLES if len(table.primary_key) == 1}
_ARTICLE = f"""
    SELECT a.* EXCLUDE (published_on, published_on_basis, duplicate_of, superseded_by),
        coalesce(published_on, read_on) AS published_on,
        CASE WHEN published_on IS NULL AND read_on IS NOT NULL THEN '{Basis.TEXT}' ELSE published_on_basis END
            AS published_on_basis,
        CASE WHEN duplicate_of IN (SELECT article_id FROM in_article_readings) THEN duplicate_of END AS duplicate_of,
        CASE WHEN superseded_by IN (SELECT article_id FROM in_article_readings) THEN superseded_by END AS superseded_by
    FROM (
        SELECT i.* REPLACE (
                CASE WHEN l.article_id IS NULL THEN i.duplicate_of ELSE l.duplicate_of END AS duplicate_of,
                CASE WHEN l.article_id IS NULL THEN i.superseded_by ELSE l.superseded_by END AS superseded_by
            ),
            r.reports_incident,
            -- A dateline in the future was misread.
            CASE WHEN r.published_on <= CAST(i.ingested_at AS DATE) THEN r.published_on END AS read_on
        FROM in_articles i
        LEFT JOIN in_article_readings r ON r.article_id = i.article_id
        LEFT JOIN in_article_links l ON l.article_id = i.article_id
    ) a"""


class _Fault(NamedTuple):
    """Why a row is not published, as SQL over the row."""

    condition: str
    column: str
    check: str
    failure: str


def sources(
    files: Mapping[str, Sequence[Path]], resolution: Mapping[str, pl.DataFrame], aside: Path
) -> dict[str, list[Path]]:
    """Parquet files for every table that goes in: those given, the frames written to `aside`, else an empty one.

    Raises ValueError for a table that has no place in the warehouse.
    """
    models = {table.name: table.model for table in (*INGESTED, *READINGS, *RESOLVED)}
    if unknown := sorted({*files, *resolution} - models.keys()):
        raise ValueError(f"the warehouse has no use for {', '.join(unknown)}")
    found: dict[str, list[Path]] = {}
    for name, model in models.items():
        rows = resolution.get(name)
        found[name] = list(files.get(name, ()))
        if rows is not None or not found[name]:
            path = aside / f"{name}.parquet"
            (frame(model) if rows is None else rows).write_parquet(path)
            found[name].append(path)
    return found


def attach(connection: duckdb.DuckDBPyConnection, given: Mapping[str, Sequence[Path]]) -> None:
    """Makes the given tables readable as `in_<table>`."""
    for name, paths in given.items():
        query = f"SELECT * FROM read_parquet({_paths(paths)}, union_by_name = true)"
        connection.execute(f"CREATE TEMP VIEW in_{name} AS {query}")


def identity(given: Mapping[str, Sequence[Path]], *parts: str) -> str:
    """16 hexadecimal digits over what is published: rows in any order and any files, without times; DDL; `parts`."""
    digest = blake2b(repr((ddl(), parts)).encode(), digest_size=8)
    with duckdb.connect() as connection:
        attach(connection, given)
        for table in (*INGESTED, *READINGS, *RESOLVED):
            if not table.is_history:
                digest.update(repr(connection.execute(_fingerprint(table)).fetchone()).encode())
    return digest.hexdigest()


def load(
    connection: duckdb.DuckDBPyConnection, given: Mapping[str, Sequence[Path]], before: Path | None, at: datetime
) -> None:
    """Fills an empty database with all tables but the runs; `before` is the snapshot before, `at` the rejects' time."""
    attach(connection, given)
    # One transaction, for each statement of its own would wait for the disk.
    connection.execute(f"BEGIN; {ddl()} COMMIT")
    if before:
        connection.execute(f"ATTACH {_literal(str(before))} AS before (READ_ONLY)")
    connection.execute(
        "CREATE TEMP TABLE new_rejects AS SELECT r.* REPLACE (c.resolved_at AS resolved_at) "
        "FROM in_rejects r LEFT JOIN in_reject_closings c ON c.reject_id = r.reject_id"
    )
    for table in TABLES:
        if table.model is not PipelineRun:
            if table.model is not Reject:
                connection.execute(f"CREATE TEMP VIEW new_{table.name} AS {_select(connection, table)}")
            _refuse(connection, table, at)
            _insert(connection, table)


def new_articles(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of articles that the snapshot before did not hold."""
    known = " ANTI JOIN before.articles USING (article_id)" if _columns_before(connection, "articles") else ""
    query = f"SELECT count(*) FROM articles{known}"
    (count,) = connection.execute(query).fetchone() or (0,)
    return int(count)


def enter_runs(connection: duckdb.DuckDBPyConnection, runs: pl.DataFrame, aside: Path) -> None:
    """Fills pipeline_runs; of a run that is there twice, as it failed when all but done, the later entry counts."""
    path = aside / "pipeline_runs.parquet"
    runs.sort("finished_at", "run_id").unique("run_id", keep="last", maintain_order=True).write_parquet(path)
    connection.execute(f"INSERT INTO pipeline_runs BY NAME SELECT * FROM read_parquet({_paths([path])})")


def _select(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """The rows of a table as they come, in the published form."""
    if table.model is Article:
        return _ARTICLE
    if table.model is Incident and _columns_before(connection, table.name) == table.columns.keys():
        return _unchanged(table)
    if table.name in _READ:
        # A reading without an incident keeps its own id here, which no incident has: the row will be refused.
        return f"""
            SELECT s.* EXCLUDE (reading_id), coalesce(m.incident_id, s.reading_id) AS incident_id
            FROM in_{table.name} s LEFT JOIN in_reading_incidents m ON m.reading_id = s.reading_id"""
    return f"SELECT * FROM in_{table.name}"


def _columns_before(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """The columns of a table in the snapshot before, which may be of an older contract; empty if there is none."""
    query = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'before' AND table_name = ?"
    return {str(name) for (name,) in connection.execute(query, [table]).fetchall()}


def _unchanged(table: Table) -> str:
    """The incidents, where one that is as it was before keeps the time of its last change."""
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM n.{name}" for name in table.columns if name != "changed_at")
    return f"""
        SELECT n.* REPLACE (coalesce(b.changed_at, n.changed_at) AS changed_at)
        FROM in_incidents n LEFT JOIN before.incidents b ON {same}"""


def _faults(table: Table) -> list[_Fault]:
    faults = [
        _Fault(
            f"{column} IS NOT NULL AND {column} NOT IN (SELECT {_PRIMARY_KEYS[parent]} FROM {parent})",
            column,
            "foreign_key",
            f"'{column} ' || {column} || ' is not published'",
        )
        for column, parent in table.foreign_keys
    ]
    if table.model is Article:
        faults.append(_Fault("reports_incident IS NULL", "reports_incident", "not_null", "'the article was not read'"))
    return faults


def _refuse(connection: duckdb.DuckDBPyConnection, table: Table, at: datetime) -> None:
    """Adds a reject for every row that cannot be published, under its first fault."""
    lasting = ", ".join(f"'{name}': n.{name}" for name in _lasting(table))
    for number, fault in enumerate(faults := _faults(table)):
        earlier = "".join(f" AND NOT ({other.condition})" for other in faults[:number])
        connection.execute(
            f"""
            INSERT INTO new_rejects BY NAME
            SELECT 'x_' || left(md5('{table.name}' || record), 16) AS reject_id,
                coalesce(source_uri, '{Stage.PUBLISH}:{table.name}') AS source_uri, article_id,
                '{Stage.PUBLISH}' AS stage, '{table.name}' AS table_name, '{fault.column}' AS column_name,
                '{fault.check}' AS check_name, failure, record, CAST($at AS TIMESTAMP) AS rejected_at
            FROM (
                SELECT to_json({{{lasting}}})::VARCHAR AS record, {fault.failure} AS failure,
                    {"n.article_id" if "article_id" in table.columns else "NULL"} AS article_id
                FROM new_{table.name} n WHERE ({fault.condition}){earlier}
            )
            LEFT JOIN (SELECT article_id, min(source_uri) AS source_uri FROM in_articles GROUP BY ALL)
                USING (article_id)
            """,
            {"at": at},
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Publishes the rows without fault in the order of their key; of equal keys the first by time, then by content."""
    key, columns = ", ".join(table.key), ", ".join(table.columns)
    times = [name for name in table.columns if name not in _lasting(table)]
    first = ", ".join((*times, *_lasting(table)))
    faultless = " AND ".join(f"NOT ({fault.condition})" for fault in _faults(table)) or "true"
    connection.execute(
        f"""
        INSERT INTO {table.name} BY NAME SELECT {columns} FROM new_{table.name} WHERE {faultless}
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {first}) = 1 ORDER BY {key}
        """
    )


def _fingerprint(table: Table) -> str:
    """A sum over the rows, whatever their order."""
    return f"""
        SELECT count(*), sum(md5_number_lower(row))
        FROM (SELECT to_json(r)::VARCHAR AS row FROM (SELECT {", ".join(_lasting(table))} FROM in_{table.name}) r)"""


def _lasting(table: Table) -> list[str]:
    """The columns that are the same whenever and wherever the pipeline ran: all but the times."""
    return [name for name, column in table.columns.items() if sql_type(column) != "TIMESTAMP"]


def _paths(paths: Sequence[Path]) -> str:
    """The files as a list in SQL; what DuckDB would take for a pattern is put in brackets."""
    return "[" + ", ".join(_literal(re.sub(r"([\[*?])", r"[\1]", str(path))) for path in paths) + "]"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
