"""Findings become rows: the only place that cuts quotes from the text, so that no quote can differ from it.

A row is a dict with the columns of its reading table; frames are made of them elsewhere.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pipeline.extract.data.exposure import Exposed
from pipeline.extract.meaning.events import Event
from pipeline.extract.meaning.figures import Figure
from pipeline.extract.record.attributes import Count, Described
from pipeline.extract.record.parties import Party
from pipeline.extract.record.responses import Response
from pipeline.extract.speech.statements import Statement
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.confidence import calibrated
from pipeline.identity import row_id
from schemas.vocabulary import Relation

Row = dict[str, object]


class Reading(NamedTuple):
    """All that was found in one article; `reported` is the probability that it reports an incident.

    `published_on` is the day that the text gives, where none was known; `counted_on` the day that a figure describes.
    """

    published_on: date | None
    reported: float
    incidents: tuple[Described, ...]
    figures: tuple[Figure, ...]
    counted_on: tuple[date | None, ...]
    events: tuple[Event, ...]
    exposed: tuple[Exposed, ...]
    statements: tuple[Statement, ...]
    parties: tuple[Party, ...]
    responses: tuple[Response, ...]


def tables(article_id: str, text: str, reading: Reading) -> dict[str, list[Row]]:
    """The rows of every reading table for one article, in the order of the text."""
    readings = [row_id("r", article_id, i) for i in range(len(reading.incidents))]
    main = readings[0] if readings else None
    sure = reading.reported if reading.incidents else 1 - reading.reported
    return {
        "article_readings": [
            {
                "article_id": article_id,
                "reports_incident": bool(reading.incidents),
                "published_on": reading.published_on,
                "confidence": calibrated("article_readings", sure),
            }
        ],
        "incident_readings": [
            _incident(article_id, text, r, d) for r, d in zip(readings, reading.incidents, strict=True)
        ],
        "figures": [
            _figure(article_id, text, readings, f, day)
            for f, day in zip(reading.figures, reading.counted_on, strict=True)
        ],
        "events": [_event(article_id, text, readings, e) for e in reading.events],
        "exposed_data": [_exposed(article_id, text, readings, e) for e in reading.exposed],
        "parties": [_party(article_id, text, readings, p) for p in reading.parties],
        "statements": [_statement(article_id, text, main, s) for s in reading.statements],
        "responses": [_response(article_id, text, main, r) for r in reading.responses if main is not None],
    }


def _cut(text: str, span: Span) -> Row:
    """The provenance of a row: `text[char_start:char_end] == quote`."""
    return {"quote": text[span.start : span.end], "char_start": span.start, "char_end": span.end}


def _words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span is not None else None


def _of(readings: list[str], incident: int | None) -> str | None:
    return None if incident is None else readings[incident]


def _incident(article_id: str, text: str, reading_id: str, told: Described) -> Row:
    custodian = told.incident.custodian
    return {
        "reading_id": reading_id,
        "article_id": article_id,
        "is_main": told.incident.is_main,
        "relation": Relation.MAIN if told.incident.is_main else Relation.MENTION,
        "title": _title(told),
        "organization": custodian.name if custodian else None,
        "organization_names": list(custodian.forms) if custodian else [],
        "action": told.action,
        "action_variety": told.action_variety,
        "actor": told.actor,
        "actor_name": told.actor_name,
        "occurred_from": told.occurred[0] if told.occurred else None,
        "occurred_to": told.occurred[1] if told.occurred else None,
        "discovered_on": told.discovered,
        "disclosed_on": told.disclosed,
        **_counted("people_affected", told.people),
        **_counted("records_exposed", told.records),
        "data_types": list(told.data_types),
        "exposure_status": told.status,
        "discovery_method": told.discovery,
        "sector": told.sector,
        "country": told.country,
        "confidence": calibrated("incidents", told.incident.probability),
        **_cut(text, told.incident.anchor),
    }


def _title(told: Described) -> str:
    """The incident in a few words: "Northgate Clinic: Misconfiguration"."""
    who = told.incident.custodian.name if told.incident.custodian else "Unnamed organization"
    return f"{who}: {told.action_variety or told.action}"


def _counted(column: str, count: Count | None) -> Row:
    whole = [None if n is None else int(n) for n in (count or (None, None, None))]
    return {column: whole[0], f"{column}_low": whole[1], f"{column}_high": whole[2]}


def _figure(article_id: str, text: str, readings: list[str], figure: Figure, counted_on: date | None) -> Row:
    quantity = figure.quantity
    return {
        "figure_id": row_id("f", article_id, *quantity.span),
        "article_id": article_id,
        "reading_id": _of(readings, figure.incident),
        "measure": figure.measure,
        "value": quantity.value,
        "value_low": quantity.low,
        "value_high": quantity.high,
        "qualifier": quantity.qualifier,
        "unit": figure.unit,
        "subject": _words(text, figure.subject),
        "predicate": " ".join(text[s.start : s.end] for s in figure.predicate) or None,
        "as_of": counted_on,
        "attributed_to": _words(text, figure.source),
        "confidence": calibrated(figure_curve(reported=bool(readings)), figure.confidence),
        **_cut(text, quantity.span),
    }


def figure_curve(*, reported: bool) -> str:
    """Which curve corrects the confidence of a figure: where nothing is reported, what it measures is no question."""
    return "figures" if reported else "figures, nothing reported"


def _event(article_id: str, text: str, readings: list[str], event: Event) -> Row:
    return {
        "event_id": row_id("e", article_id, *event.mention.span),
        "article_id": article_id,
        "reading_id": _of(readings, event.incident),
        "kind": event.kind,
        "date_from": event.mention.first,
        "date_to": event.mention.last,
        "confidence": calibrated("events", event.confidence),
        **_cut(text, event.mention.span),
    }


def _exposed(article_id: str, text: str, readings: list[str], exposed: Exposed) -> Row:
    return {
        "article_id": article_id,
        "reading_id": readings[exposed.incident],
        "data_type": exposed.data_type,
        **_cut(text, exposed.span),
    }


def _party(article_id: str, text: str, readings: list[str], party: Party) -> Row:
    return {
        "article_id": article_id,
        "reading_id": _of(readings, party.incident),
        "name": party.name,
        "kind": party.kind,
        "role": party.role,
        **_cut(text, party.span),
    }


def _statement(article_id: str, text: str, reading_id: str | None, statement: Statement) -> Row:
    return {
        "statement_id": row_id("s", article_id, *statement.span),
        "article_id": article_id,
        "reading_id": reading_id,
        "speaker": _words(text, statement.speaker),
        "speaker_affiliation": _words(text, statement.affiliation),
        "is_direct": statement.is_direct,
        **_cut(text, statement.span),
    }


def _response(article_id: str, text: str, reading_id: str, response: Response) -> Row:
    return {
        "article_id": article_id,
        "reading_id": reading_id,
        "action": response.action,
        "actor": response.actor,
        **_cut(text, response.span),
    }
