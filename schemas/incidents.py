"""What is published of incidents: the published forms of the readings, and what is found across articles.

Columns that a reading has too are declared in `readings`; only what the comparison of articles adds stands here.
"""

import datetime as dt

import pandera.polars as pa
import polars as pl

from schemas.base import (
    Confident,
    OfIncident,
    OfIncidentOrNone,
    Quoted,
    Row,
    Sourced,
    Timed,
    Told,
    amount,
    code,
    key,
    link,
    optional,
    ordered,
    rule,
    words,
)
from schemas.readings import (
    EventColumns,
    ExposedDataColumns,
    FigureColumns,
    IncidentColumns,
    PartyColumns,
    ResponseColumns,
    StatementColumns,
)
from schemas.vocabulary import Measure, ReconciliationStatus, Relation


class Coverage(Row):
    """How much was written about an incident, and when."""

    article_count: pl.Int32 = pa.Field(ge=1, description="articles that tell of it")
    publisher_count: pl.Int32 = pa.Field(ge=0, description="known publishers among them")
    first_reported_on: dt.date = optional("publication day of the earliest article")
    last_reported_on: dt.date = optional("publication day of the latest article")

    reports_forward = ordered("first_reported_on", "last_reported_on")


class Incident(Confident, Coverage, IncidentColumns):
    """Every data exposure incident, as all its articles together tell it."""

    incident_id: str = key("stable id of the incident, across runs and as articles arrive")
    changed_at: pl.Datetime = pa.Field(description="when a run last changed the row, UTC")

    occurred_before_reported = ordered("occurred_from", "last_reported_on", "no occurrence after publication")

    class Config:
        name = "incidents"
        unique = ("incident_id",)


class IncidentArticle(Confident, Told, Sourced, OfIncident):
    """Which articles tell of which incident."""

    relation: str = code(Relation, "how the article relates to the incident")

    class Config:
        name = "incident_articles"
        unique = ("incident_id", "article_id")


class IncidentAlias(OfIncident):
    """Ids that were published once and now mean another incident."""

    old_incident_id: str = key("the id that was published")
    reason: str = words("why the incidents are one")
    merged_at: pl.Datetime = pa.Field(description="when they were merged, UTC")

    alias_of_another = rule("alias_of_another", "old_incident_id <> incident_id", "no id is its own alias")

    class Config:
        name = "incident_aliases"
        unique = ("old_incident_id",)


class IncidentCandidate(OfIncident):
    """Pairs of incidents that may be one, and that the resolver declined to merge."""

    other_incident_id: str = link("incidents", "the other incident")
    score: float = pa.Field(in_range={"min_value": 0, "max_value": 1}, description="0 to 1: how alike the two are")
    evidence: str = words("what speaks for it and what against, in words")

    pair_once = rule("pair_once", "incident_id < other_incident_id", "a pair is listed once")

    class Config:
        name = "incident_candidates"
        unique = ("incident_id", "other_incident_id")


class IncidentChange(OfIncident):
    """What a run changed in an incident."""

    field: str = words("the column of incidents that changed")
    old: str = pa.Field(nullable=True, description="its value before, as text")
    new: str = pa.Field(nullable=True, description="its value since, as text")
    article_id: str = link("articles", "the article that brought the change, where it is one", nullable=True)
    changed_at: pl.Datetime = pa.Field(description="when the run changed it, UTC")
    run_id: str = words("the run that changed it")

    class Config:
        name = "incident_changes"
        unique = ("incident_id", "field", "changed_at")


class Reconciliation(OfIncident):
    """What the sources, held against each other, say of one measure of one incident, and every sum of the figures."""

    measure: str = code(Measure, "what is measured")
    subject: str = words("what is counted")
    figure_count: pl.Int32 = pa.Field(ge=1, description="figures that were compared")
    article_count: pl.Int32 = pa.Field(ge=1, description="articles that they come from")
    low: float = amount("least that the figures allow; null is open")
    best: float = amount("the number to use; null where no rule decides")
    high: float = amount("most that the figures allow; null is open")
    status: str = code(ReconciliationStatus, "what the comparison shows")
    explanation: str = words("in words, with the figures")

    best_not_below_low = ordered("low", "best")
    best_not_above_high = ordered("best", "high")
    range_forward = ordered("low", "high")

    class Config:
        name = "reconciliations"
        unique = ("incident_id", "measure", "subject", "status", "explanation")


class Figure(Confident, Quoted, FigureColumns, OfIncidentOrNone, Sourced):
    __doc__ = FigureColumns.__doc__

    class Config:
        name = "figures"
        unique = ("figure_id",)


class Event(Confident, Quoted, Timed, EventColumns, OfIncidentOrNone, Sourced):
    __doc__ = EventColumns.__doc__

    class Config:
        name = "events"
        unique = ("event_id",)


class ExposedData(Quoted, ExposedDataColumns, OfIncident, Sourced):
    __doc__ = ExposedDataColumns.__doc__

    class Config:
        name = "exposed_data"
        unique = ("article_id", "incident_id", "data_type", "char_start", "char_end")


class Party(Quoted, PartyColumns, OfIncidentOrNone, Sourced):
    __doc__ = PartyColumns.__doc__

    class Config:
        name = "parties"
        unique = ("article_id", "incident_id", "name", "role", "char_start", "char_end")


class Statement(Quoted, StatementColumns, OfIncidentOrNone, Sourced):
    __doc__ = StatementColumns.__doc__

    class Config:
        name = "statements"
        unique = ("statement_id",)


class Response(Quoted, ResponseColumns, OfIncident, Sourced):
    __doc__ = ResponseColumns.__doc__

    class Config:
        name = "responses"
        unique = ("article_id", "incident_id", "action", "char_start", "char_end")


class ReadingIncident(Row):
    """Which incident each reading tells of: what resolve decides, and publish joins by."""

    reading_id: str = link("incident_readings", "the incident as one article tells it")
    incident_id: str = link("incidents", "the incident")

    class Config:
        name = "reading_incidents"
        unique = ("reading_id",)
