"""A lake and a resolution made by hand, to publish from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from pipeline.identity import article_id, row_id
from pipeline.lake import Lake
from pipeline.publish import Run, Snapshot, publish
from schemas.incidents import Incident, IncidentArticle, ReadingIncident
from schemas.tables import INGESTED, READINGS, RESOLVED, frame
from tests.samples import AT, INCIDENT, TEXT, sample

Rows = dict[str, object]


@dataclass
class Ledger:
    """A lake, the resolution of what is in it, and a clock that goes on by a minute at each look."""

    root: Path
    files: dict[str, list[Path]] = field(default_factory=dict)
    resolution: dict[str, list[Rows]] = field(default_factory=dict)
    time: datetime = AT
    keep: int = 3

    @property
    def lake(self) -> Lake:
        return Lake(self.root / "lake")

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def current(self) -> Path:
        return self.warehouse / "incidents.duckdb"

    def add(self, key: str, **rows: Sequence[Rows]) -> None:
        """Rows by table become a chunk; tables without rows are there and empty."""
        frames = {t.name: frame(t.model, rows.get(t.name, ())) for t in (*INGESTED, *READINGS)}
        chunk = self.lake.write("all", key, frames)
        for name in frames:
            self.files.setdefault(name, []).append(chunk.path(name))

    def found(self, **rows: Sequence[Rows]) -> None:
        for name, more in rows.items():
            self.resolution.setdefault(name, []).extend(more)

    def now(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time

    def publish(self, run_id: str = "run-1", version: str = "1") -> Snapshot:
        models = {table.name: table.model for table in (*RESOLVED, *INGESTED)}
        return publish(
            self.files,
            {name: frame(models[name], rows) for name, rows in self.resolution.items()},
            Run(run_id, self.time, "rules", version),
            warehouse=self.warehouse,
            lake=self.lake,
            now=self.now,
            keep=self.keep,
        )

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(self.current, read_only=True) as connection:
            return connection.execute(query).fetchall()


def one_of_each(name: str, text: str = TEXT) -> dict[str, list[Rows]]:
    """The rows of one article named so, with one incident reading and one of each finding."""
    article, reading = article_id(name), row_id("r", name)
    own: Rows = {"article_id": article, "reading_id": reading, "source_uri": f"{name}.txt"}
    own |= {key: row_id(key[0], name) for key in ("figure_id", "event_id", "statement_id")}
    rows = {}
    for table in (INGESTED[0], *READINGS):
        mine = {key: value for key, value in own.items() if key in table.columns}
        rows[table.name] = [{**sample(table.model), **mine}]
    rows["articles"][0] |= {"text": text, "char_count": len(text)}
    return rows


def incident(name: str, incident_id: str = INCIDENT, **changes: object) -> dict[str, list[Rows]]:
    """What resolve says of the reading of the article of this name."""
    return {
        "incidents": [sample(Incident, incident_id=incident_id, **changes)],
        "reading_incidents": [sample(ReadingIncident, reading_id=row_id("r", name), incident_id=incident_id)],
        "incident_articles": [sample(IncidentArticle, article_id=article_id(name), incident_id=incident_id)],
    }
