"""One incident of the published file with all that its articles say of it, and the list to find it in.

How it looks is the matter of `incident_text` (the terminal) and `incident_page` (HTML).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.console.query import NoAnswer, printable

Row = Mapping[str, Any]

FOUND = ("figures", "events", "exposed_data", "parties", "statements", "responses")
ALIAS = "SELECT * FROM incident_aliases WHERE old_incident_id = ?"
ALIASES = "SELECT * FROM incident_aliases WHERE incident_id = ? ORDER BY merged_at, old_incident_id"
ARTICLES = """
    SELECT a.*, i.relation, i.confidence AS link FROM incident_articles i JOIN articles a USING (article_id)
    WHERE i.incident_id = ? ORDER BY a.published_on NULLS LAST, a.publisher NULLS LAST, a.article_id
"""
RECONCILED = "SELECT * FROM reconciliations WHERE incident_id = ? ORDER BY measure, subject, status, explanation"
CANDIDATES = """
    SELECT p.other_id AS incident_id, i.title, p.score, p.evidence
    FROM (
        SELECT other_incident_id AS other_id, score, evidence FROM incident_candidates WHERE incident_id = $1
        UNION ALL SELECT incident_id, score, evidence FROM incident_candidates WHERE other_incident_id = $1
    ) p
    JOIN incidents i ON i.incident_id = p.other_id
    ORDER BY p.score DESC, p.other_id
"""
CHANGES = "SELECT * FROM incident_changes WHERE incident_id = ? ORDER BY changed_at, field"
LISTED = """
    SELECT incident_id, coalesce(organization, title) AS about, occurred_from, occurred_to, last_reported_on,
        people_affected, people_affected_low, people_affected_high,
        records_exposed, records_exposed_low, records_exposed_high, article_count
    FROM incidents i
    WHERE (
        $org IS NULL OR contains(lower(coalesce(organization, title)), lower($org)) OR EXISTS (
            SELECT 1 FROM parties p WHERE p.incident_id = i.incident_id AND p.role = 'custodian'
                AND (contains(lower(p.name), lower($org)) OR contains(lower(p.quote), lower($org)))
        )
    ) AND ($since IS NULL OR coalesce(last_reported_on, disclosed_on, occurred_to) >= $since)
    ORDER BY coalesce(last_reported_on, disclosed_on, occurred_to) DESC NULLS LAST, article_count DESC, incident_id
"""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An incident's row, its articles in order of publication, and by table the rows found in them for it.

    `merged` is the alias that was followed, if the id asked for was one, `aliases` are all that lead here; `numbers`
    are the articles' places, from 1.
    """

    record: Row
    merged: Row | None
    aliases: Sequence[Row]
    articles: Sequence[Row]
    found: Mapping[str, Sequence[Row]]
    reconciliations: Sequence[Row]
    candidates: Sequence[Row]
    changes: Sequence[Row]

    @property
    def numbers(self) -> dict[str, int]:
        return {article["article_id"]: number for number, article in enumerate(self.articles, 1)}

    @property
    def conflicts(self) -> list[Row]:
        return [row for row in self.reconciliations if row["status"] in ("conflicting", "does_not_add_up")]


def listed(published: Path, organization: str | None, since: date | None) -> list[Row]:
    """Incidents whose custodian is named so and that were last reported no earlier, newest first. Raises NoAnswer."""
    with _opened(published) as connection:
        return _rows(connection, LISTED, {"org": organization, "since": since})


def incident(published: Path, incident_id: str) -> Dossier:
    """All that is published of an incident; an alias is followed. Raises NoAnswer."""
    with _opened(published) as connection:
        merged = next(iter(_rows(connection, ALIAS, [incident_id])), None)
        known = merged["incident_id"] if merged else incident_id
        record = next(iter(_rows(connection, "SELECT * FROM incidents WHERE incident_id = ?", [known])), None)
        if record is None:
            raise NoAnswer(
                f"no incident {printable(incident_id)}: `breach-ledger incidents` lists those that there are"
            )
        articles = _rows(connection, ARTICLES, [known])
        order = {article["article_id"]: number for number, article in enumerate(articles)}
        return Dossier(
            record=record,
            merged=merged,
            aliases=_rows(connection, ALIASES, [known]),
            articles=articles,
            found={table: _found(connection, table, known, order) for table in FOUND},
            reconciliations=_rows(connection, RECONCILED, [known]),
            candidates=_rows(connection, CANDIDATES, [known]),
            changes=_rows(connection, CHANGES, [known]),
        )


@contextmanager
def _opened(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if not published.exists():
        raise NoAnswer(f"{published} is not there yet: `breach-ledger run` publishes it")
    try:
        with duckdb.connect(published, read_only=True, config={"enable_external_access": False}) as connection:
            yield connection
    except duckdb.Error as error:
        raise NoAnswer(str(error)) from error


def _found(
    connection: duckdb.DuckDBPyConnection, table: str, incident_id: str, order: Mapping[str, int]
) -> Sequence[Row]:
    """The table's rows of the incident, as one reads its articles."""
    rows = _rows(connection, f"SELECT * FROM {table} WHERE incident_id = ? ORDER BY ALL", [incident_id])
    return sorted(rows, key=lambda row: (order[row["article_id"]], row["char_start"], -row["char_end"]))


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | dict[str, Any]) -> list[Row]:
    answer = connection.execute(sql, values)
    names = [str(column[0]) for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
