"""Articles, readings and figures as extraction would hand them to resolve, from the few things that a test says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from pipeline.identity import row_id
from pipeline.resolve.articles import Account, accounts
from pipeline.resolve.blocks import place
from pipeline.resolve.decisions import Decision, Rulings
from pipeline.resolve.frames import Ledger
from pipeline.resolve.ledger import resolve
from pipeline.resolve.organizations import directory, read_aliases
from schemas.tables import READINGS, frame

MODELS = {table.name: table.model for table in READINGS}
ARTICLE = {
    "article_id": pl.String,
    "published_on": pl.Date,
    "publisher": pl.String,
    "source_uri": pl.String,
    "duplicate_of": pl.String,
    "superseded_by": pl.String,
}
NOW = datetime.fromisoformat("2026-01-01T00:00")


@dataclass(frozen=True)
class World:
    """What some articles tell; rows of the tables that resolve takes."""

    articles: list[dict[str, object]] = field(default_factory=list)
    readings: list[dict[str, object]] = field(default_factory=list)
    figures: list[dict[str, object]] = field(default_factory=list)
    parties: list[dict[str, object]] = field(default_factory=list)

    def article(self, name: str, published_on: str | None = None, **columns: object) -> str:
        """Adds an article and gives its id."""
        article = article_id(name)
        day = date.fromisoformat(published_on) if published_on else None
        self.articles.append({"article_id": article, "published_on": day, "source_uri": name, **columns})
        return article

    def tell(
        self, name: str, organization: str | None = None, *aliases: str, main: bool = True, **columns: object
    ) -> str:
        """Adds a reading of the article with this name and gives its id; dates are written as text."""
        article = article_id(name)
        reading = row_id("r", article, sum(row["article_id"] == article for row in self.readings))
        told = {key: date.fromisoformat(str(value)) if key in DATES else value for key, value in columns.items()}
        for count in ("people_affected", "records_exposed"):
            if count in told:
                told = {f"{count}_low": told[count], f"{count}_high": told[count], **told}
        row = {
            "reading_id": reading,
            "article_id": article,
            "is_main": main,
            "relation": "main" if main else "mention",
            "organization": organization,
            "organization_names": [name for name in (organization, *aliases) if name],
            "title": "an incident",
            "action": "unknown",
            "actor": "unknown",
            "data_types": [],
            "exposure_status": "confirmed",
            "discovery_method": "unknown",
            "confidence": 0.8,
            "quote": "x",
            "char_start": 0,
            "char_end": 1,
        }
        self.readings.append({**row, **told})
        return reading

    def count(self, reading: str, value: float | None, quote: str, **columns: object) -> str:
        """Adds a figure of a reading, after those that it has, and gives its id."""
        article = next(str(row["article_id"]) for row in self.readings if row["reading_id"] == reading)
        start = 10_000 + sum(row["article_id"] == article for row in self.figures) * 50
        told = {"char_start": start, **columns}
        row = {
            "figure_id": row_id("f", article, told["char_start"]),
            "article_id": article,
            "reading_id": reading,
            "measure": "people_affected",
            "value": value,
            "value_low": value,
            "value_high": value,
            "qualifier": "exact",
            "unit": "person",
            "subject": quote.split()[-1],
            "quote": quote,
            "char_end": int(str(told["char_start"])) + len(quote),
            "confidence": 0.9,
        }
        self.figures.append({**row, **told})
        return str(row["figure_id"])

    def name(self, article: str, *names: str, kind: str = "organization", role: str = "other") -> None:
        """Adds parties of the article with this name."""
        told = {"article_id": article_id(article), "kind": kind, "role": role, "quote": "x"}
        for name in names:
            place = len(self.parties)
            self.parties.append({**told, "name": name, "char_start": place, "char_end": place + 1})

    def resolve(
        self,
        previous: Mapping[str, pl.DataFrame] | None = None,
        *,
        only: Collection[str] | None = None,
        decisions: Sequence[Decision] = (),
        now: datetime = NOW,
        version: str = "1",
    ) -> Ledger:
        """The ledger of all articles, or only of those with the given ids."""
        articles, readings, parties, figures = (self.frame(name, only) for name in TABLES)
        return resolve(
            articles,
            readings,
            parties,
            lambda ids: figures.filter(pl.col("article_id").is_in(list(ids))),
            now=now,
            run_id=f"run of {now}",
            version=version,
            previous=previous,
            decisions=decisions,
        )

    def accounts(self) -> list[Account]:
        """All readings as accounts, in one list whatever their homes are."""
        articles, readings, parties, figures = (self.frame(name) for name in TABLES)
        names = [tuple(names) for names in readings["organization_names"] if len(names)]
        return list(accounts(place(readings, articles, parties, directory(names, read_aliases()), Rulings()), figures))

    def frame(self, name: str, only: Collection[str] | None = None) -> pl.DataFrame:
        """One of TABLES, of all articles or of those with the given ids."""
        rows = [row for row in getattr(self, name) if only is None or row["article_id"] in only]
        if name == "articles":
            return pl.DataFrame(rows, schema=ARTICLE)
        return frame(MODELS["incident_readings" if name == "readings" else name], rows)


TABLES = ("articles", "readings", "parties", "figures")
DATES = ("occurred_from", "occurred_to", "discovered_on", "disclosed_on")


def article_id(name: str) -> str:
    """The id of the article with this name."""
    return row_id("a", name)


def stories(ledger: Ledger) -> set[frozenset[str]]:
    """The readings of each incident."""
    told = ledger.frames["reading_incidents"].group_by("incident_id").agg("reading_id")
    return {frozenset(readings) for readings in told["reading_id"]}


def row(ledger: Ledger, table: str, **where: object) -> dict[str, object]:
    """The only row of a table with these values."""
    (found,) = rows(ledger, table, **where)
    return found


def rows(ledger: Ledger, table: str, **where: object) -> list[dict[str, object]]:
    """The rows of a table with these values."""
    return [
        found
        for found in ledger.frames[table].iter_rows(named=True)
        if all(found[column] == value for column, value in where.items())
    ]


def incident_of(ledger: Ledger, reading: str) -> str:
    """The incident that a reading tells of."""
    return str(row(ledger, "reading_incidents", reading_id=reading)["incident_id"])


def together(ledger: Ledger, readings: Iterable[str]) -> bool:
    """Whether all readings tell of one incident."""
    return len({incident_of(ledger, reading) for reading in readings}) == 1
