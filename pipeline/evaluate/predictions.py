"""What was read from the labelled articles, in one form whether it comes from rows in memory or from a warehouse.

The columns are the contract's; `incident` is the incident_id of a warehouse or the reading_id of the extractor's rows.
Nothing is judged here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipeline.evaluate.labels import LabelledArticle
from pipeline.extract.text.findings import Span

FILE = "incidents.duckdb"
COLUMNS = {
    "figures": "char_start, char_end, quote, value, value_low, value_high, qualifier, unit, measure, "
    "incident_id AS reading_id, confidence",
    "events": "char_start, char_end, quote, date_from, date_to, incident_id AS reading_id, confidence",
    "exposed_data": "char_start, char_end, quote, data_type",
    "statements": "char_start, char_end, quote, speaker, speaker_affiliation",
}
INCIDENTS = """
SELECT link.article_id, incident_id AS reading_id, link.is_main, organization, action, actor, occurred_from,
       occurred_to, people_affected, incidents.confidence, link.confidence AS link
FROM incident_articles AS link JOIN incidents USING (incident_id)
WHERE link.article_id IN (SELECT unnest(?))
ORDER BY link.rowid
"""


class FigureRow(NamedTuple):
    """A row of `figures`."""

    span: Span
    quote: str
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    measure: str
    incident: str | None
    confidence: float

    @property
    def what(self) -> str:
        """How the row is named in lists of findings."""
        number = self.value if self.value is not None else f"{self.low}..{self.high}"
        return f"{self.quote!r} {self.measure} {self.qualifier} {number} {self.unit}"


class EventRow(NamedTuple):
    """A row of `events`."""

    span: Span
    quote: str
    first: date | None
    last: date | None
    incident: str | None
    confidence: float

    @property
    def what(self) -> str:
        """How the row is named in lists of findings."""
        return f"{self.quote!r} {self.first}..{self.last}"


class ExposedRow(NamedTuple):
    """A row of `exposed_data`."""

    span: Span
    quote: str
    data_type: str

    @property
    def what(self) -> str:
        """How the row is named in lists of findings."""
        return f"{self.quote!r} {self.data_type}"


class StatementRow(NamedTuple):
    """A row of `statements`."""

    span: Span
    quote: str
    speaker: str | None
    affiliation: str | None

    @property
    def what(self) -> str:
        """How the row is named in lists of findings."""
        return f"{self.quote!r} by {self.speaker or self.affiliation or 'unknown'}"


class IncidentRow(NamedTuple):
    """An incident as the article (or, in a warehouse, all articles together) tell it."""

    incident: str
    is_main: bool
    organization: str | None
    action: str
    actor: str
    occurred_from: date | None
    occurred_to: date | None
    people_affected: int | None
    confidence: float
    link: float | None = None  # of the article's link to the incident; None in memory, where each article has its own

    @property
    def what(self) -> str:
        """How the row is named in lists of findings."""
        return f"{'main' if self.is_main else 'recalled'} incident of {self.organization or 'no one named'}"


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """All rows read from one article; spans point into `text`, which may differ from the labelled one at its ends."""

    text: str
    reports_incident: bool
    confidence: float | None  # None in a warehouse, which does not publish it
    incidents: tuple[IncidentRow, ...]  # the main ones first
    figures: tuple[FigureRow, ...]
    events: tuple[EventRow, ...]
    exposed_data: tuple[ExposedRow, ...]
    statements: tuple[StatementRow, ...]


Tables = Mapping[str, Sequence[Mapping[str, Any]]]

# The columns of a table in the order of its row's fields, less the span.
INCIDENT = itemgetter(
    *("reading_id", "is_main", "organization", "action", "actor"),
    *("occurred_from", "occurred_to", "people_affected", "confidence"),
)
FIGURE = itemgetter(
    *("quote", "value", "value_low", "value_high", "qualifier", "unit", "measure", "reading_id", "confidence")
)
EVENT = itemgetter("quote", "date_from", "date_to", "reading_id", "confidence")
EXPOSED = itemgetter("quote", "data_type")
STATEMENT = itemgetter("quote", "speaker", "speaker_affiliation")


def from_tables(text: str, tables: Tables) -> ArticleRows:
    """One article's rows from the reading tables that `pipeline.extract.rows.tables` returns."""
    (reading,) = tables["article_readings"]
    incidents = [IncidentRow(*INCIDENT(row))._replace(link=row.get("link")) for row in tables["incident_readings"]]
    return ArticleRows(
        text=text,
        reports_incident=bool(reading["reports_incident"]),
        confidence=reading["confidence"],
        incidents=tuple(sorted(incidents, key=lambda incident: not incident.is_main)),
        figures=tuple(FigureRow(_span(row), *FIGURE(row)) for row in tables["figures"]),
        events=tuple(EventRow(_span(row), *EVENT(row)) for row in tables["events"]),
        exposed_data=tuple(ExposedRow(_span(row), *EXPOSED(row)) for row in tables["exposed_data"]),
        statements=tuple(StatementRow(_span(row), *STATEMENT(row)) for row in tables["statements"]),
    )


def from_warehouse(path: Path, articles: Mapping[str, LabelledArticle]) -> dict[str, ArticleRows]:
    """Rows of the labelled articles that a warehouse (its folder or its DuckDB file) holds, by document.

    An article is the labelled one when its text is the same but for white space at its ends; of several, the one
    that duplicates none. FileNotFoundError where there is no warehouse, ValueError where the file is none.
    """
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise FileNotFoundError(f"no warehouse: {file}")
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            found = _same_texts(connection, {article.text.strip() for article in articles.values()})
            rows = _rows(connection, [article_id for article_id, _, _ in found.values()])
    except duckdb.Error as error:
        raise ValueError(f"{file} cannot be read as a warehouse: {error}") from error
    predicted = {}
    for doc, article in articles.items():
        if (known := found.get(article.text.strip())) is not None:
            article_id, text, reports = known
            tables = {name: of[article_id] for name, of in rows.items()}
            tables["article_readings"] = [{"reports_incident": reports, "confidence": None}]
            predicted[doc] = from_tables(text, tables)
    return predicted


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["char_start"], row["char_end"])


def _same_texts(connection: duckdb.DuckDBPyConnection, wanted: set[str]) -> dict[str, tuple[str, str, bool]]:
    """(article_id, text, reports_incident) by stripped text; a thousand articles pass at a time."""
    found: dict[str, tuple[str, str, bool]] = {}
    cursor = connection.execute("SELECT article_id, text, reports_incident, duplicate_of FROM articles")
    while batch := cursor.fetchmany(1000):
        for article_id, text, reports, duplicate_of in batch:
            key = text.strip()
            if key in wanted and (duplicate_of is None or key not in found):
                found[key] = (article_id, text, reports)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, defaultdict[str, list[dict[str, Any]]]]:
    """Rows by table and article."""
    rows = {}
    for name, columns in COLUMNS.items():
        query = f"SELECT article_id, {columns} FROM {name} WHERE article_id IN (SELECT unnest(?)) ORDER BY rowid"
        rows[name] = _by_article(connection.execute(query, [ids]))
    rows["incident_readings"] = _by_article(connection.execute(INCIDENTS, [ids]))
    return rows


def _by_article(cursor: duckdb.DuckDBPyConnection) -> defaultdict[str, list[dict[str, Any]]]:
    names = [column[0] for column in cursor.description or ()]
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        rows[row["article_id"]].append(row)
    return rows
