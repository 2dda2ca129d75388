"""The lists that every loop runs over: tables with their keys, parents first, taken from the models.

Columns, checks and descriptions stay with the models; nothing is said here that a model says.
"""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandera.polars as pa
import polars as pl

from schemas import articles, incidents, readings
from schemas.base import Row

CONTRACT_VERSION = "1.0.0"


class ForeignKey(NamedTuple):
    column: str
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `key` tells its rows apart; it is the primary key unless one of its columns may be null."""

    name: str
    model: type[Row]
    key: tuple[str, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    description: str

    @property
    def columns(self) -> dict[str, pa.Column]:
        """The model's columns: its own key first, then as the contract lists them."""
        declared = self.model.to_schema().columns
        own = [name for name in self.key if len(self.key) == 1]
        return {name: declared[name] for name in (*own, *(name for name in declared if name not in own))}

    @property
    def is_history(self) -> bool:
        """It tells of runs, so its rows differ between machines that hold the same articles."""
        return "run_id" in self.columns


def frame(model: type[Row], rows: Iterable[Mapping[str, object]] = ()) -> pl.DataFrame:
    """The rows as a frame with the model's columns and dtypes; a nullable column may be left out.

    Raises ValueError for a column that the model does not have.
    """
    listed = list(rows)
    schema = dtypes(model)
    if unknown := sorted({name for row in listed for name in row} - schema.keys()):
        raise ValueError(f"{model.__name__} has no column {', '.join(unknown)}")
    return pl.DataFrame([[row.get(name) for name in schema] for row in listed], schema=schema, orient="row")


def dtypes(model: type[Row]) -> dict[str, pl.DataType]:
    """The model's columns in the order of its table, with their polars dtypes."""
    return {name: column.dtype.type for name, column in _table(model).columns.items()}


def _table(model: type[Row]) -> Table:
    schema = model.to_schema()
    key = tuple(schema.unique)
    return Table(
        name=schema.name,
        model=model,
        key=key,
        primary_key=() if any(schema.columns[name].nullable for name in key) else key,
        foreign_keys=tuple(
            ForeignKey(name, column.metadata["references"])
            for name, column in schema.columns.items()
            if column.metadata and "references" in column.metadata
        ),
        description=inspect.cleandoc(model.__doc__ or ""),
    )


# What the warehouse publishes, parents first.
TABLES: tuple[Table, ...] = tuple(
    _table(model)
    for model in (
        articles.Article,
        incidents.Incident,
        incidents.IncidentArticle,
        incidents.IncidentAlias,
        incidents.IncidentCandidate,
        incidents.IncidentChange,
        incidents.Figure,
        incidents.Event,
        incidents.ExposedData,
        incidents.Party,
        incidents.Statement,
        incidents.Response,
        incidents.Reconciliation,
        articles.Reject,
        articles.PipelineRun,
    )
)

# What ingest leaves in the lake; publish joins the closings to the rejects.
INGESTED: tuple[Table, ...] = (
    _table(articles.IngestedArticle),
    _table(articles.Reject),
    _table(articles.RejectClosing),
)

# What extract reads from articles, parents first.
READINGS: tuple[Table, ...] = tuple(
    _table(model)
    for model in (
        readings.ArticleReading,
        readings.IncidentReading,
        readings.FigureReading,
        readings.EventReading,
        readings.ExposedDataReading,
        readings.PartyReading,
        readings.StatementReading,
        readings.ResponseReading,
    )
)

# What resolve finds across articles, parents first: publish joins the two maps and takes the rest as it stands.
RESOLVED: tuple[Table, ...] = tuple(
    _table(model)
    for model in (
        articles.ArticleLink,
        incidents.Incident,
        incidents.ReadingIncident,
        incidents.IncidentArticle,
        incidents.IncidentAlias,
        incidents.IncidentCandidate,
        incidents.IncidentChange,
        incidents.Reconciliation,
    )
)
