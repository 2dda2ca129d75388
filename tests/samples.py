"""One good row of every model, about an invented leak; tests change a column to make it bad."""

from collections.abc import Mapping
from datetime import date, datetime

from pipeline.identity import article_id, row_id
from schemas import articles, incidents, readings
from schemas.base import Row

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
TEXT = (
    "Harbor Clinic said on Monday that it had mailed the names of about 1,200 patients 🏥 to the wrong people. "
    "“We are sorry for this mistake,” said its director, Ada Quill. The clinic has asked for the letters back."
)
ARTICLE, INCIDENT, OTHER_INCIDENT = article_id(TEXT), row_id("i", "Harbor Clinic"), row_id("i", "Zebra Bank")
READING = row_id("r", ARTICLE, 0)


def spot(quote: str, text: str = TEXT) -> dict[str, object]:
    """The provenance columns of a quote that the text holds once."""
    start = text.index(quote)
    return {"quote": quote, "char_start": start, "char_end": start + len(quote)}


_OF_ARTICLE = {"article_id": ARTICLE}
_OF_READING = {**_OF_ARTICLE, "reading_id": READING}
_OF_INCIDENT = {**_OF_ARTICLE, "incident_id": INCIDENT}

_ARTICLE = {
    **_OF_ARTICLE,
    "source_uri": "letters.txt",
    "title": "Clinic mails names",
    "publisher": "Harbor Times",
    "published_on": date(2024, 5, 2),
    "published_on_basis": "metadata",
    "language": "en",
    "text": TEXT,
    "char_count": len(TEXT),
    "batch": "b_1",
    "ingested_at": AT,
}
_SAID_OF_INCIDENT = {
    "title": "Harbor Clinic mails patients' names",
    "organization": "Harbor Clinic",
    "action": "error",
    "action_variety": "Misdelivery",
    "actor": "internal",
    "occurred_from": date(2024, 4, 1),
    "occurred_to": date(2024, 4, 30),
    "people_affected": 1200,
    "people_affected_low": 1080,
    "people_affected_high": 1320,
    "data_types": ["name"],
    "exposure_status": "confirmed",
    "discovery_method": "unknown",
    "sector": "62",
    "country": "US",
    "confidence": 0.9,
}
_FIGURE = {
    "figure_id": row_id("f", ARTICLE, 1),
    "measure": "people_affected",
    "value": 1200.0,
    "value_low": 1080.0,
    "value_high": 1320.0,
    "qualifier": "about",
    "unit": "person",
    "subject": "patients",
    "confidence": 0.9,
    **spot("about 1,200 patients"),
}
_EVENT = {
    "event_id": row_id("e", ARTICLE, 1),
    "kind": "disclosed",
    "date_from": date(2024, 4, 29),
    "date_to": date(2024, 4, 29),
    "confidence": 0.8,
    **spot("Monday"),
}
_EXPOSED = {"data_type": "name", **spot("names")}
_PARTY = {"name": "Harbor Clinic", "kind": "organization", "role": "custodian", **spot("Harbor Clinic")}
_STATEMENT = {
    "statement_id": row_id("s", ARTICLE, 1),
    "speaker": "Ada Quill",
    "speaker_affiliation": "Harbor Clinic",
    "is_direct": True,
    **spot("We are sorry for this mistake,"),
}
_RESPONSE = {"action": "retrieved_data", "actor": "Harbor Clinic", **spot("asked for the letters back")}

_ROWS: Mapping[type[Row], Mapping[str, object]] = {
    articles.IngestedArticle: _ARTICLE,
    articles.Article: {**_ARTICLE, "reports_incident": True},
    articles.ArticleLink: {**_OF_ARTICLE, "duplicate_of": article_id("another")},
    articles.Reject: {
        "reject_id": row_id("x", "blank.txt"),
        "source_uri": "blank.txt",
        "stage": "ingest",
        "check_name": "no_text",
        "failure": "the file is empty",
        "record": '{"bytes": 0}',
        "rejected_at": AT,
    },
    articles.RejectClosing: {"reject_id": row_id("x", "blank.txt"), "resolved_at": AT},
    articles.PipelineRun: {
        "run_id": "run-1",
        "started_at": AT,
        "finished_at": AT,
        "extractor": "rules",
        "extractor_version": "1",
        "contract_version": "1.0.0",
        "snapshot_id": "0123456789abcdef",
        "duckdb_version": "2.0.0",
        "articles_new": 1,
        "articles_total": 1,
        "figures_total": 1,
        "incidents_total": 1,
        "rejects_total": 1,
    },
    readings.ArticleReading: {**_OF_ARTICLE, "reports_incident": True, "confidence": 1.0},
    readings.IncidentReading: {
        **_OF_READING,
        **_SAID_OF_INCIDENT,
        "is_main": True,
        "relation": "main",
        "organization_names": ["Harbor Clinic"],
        **spot("Harbor Clinic"),
    },
    readings.FigureReading: {**_OF_READING, **_FIGURE},
    readings.EventReading: {**_OF_READING, **_EVENT},
    readings.ExposedDataReading: {**_OF_READING, **_EXPOSED},
    readings.PartyReading: {**_OF_READING, **_PARTY},
    readings.StatementReading: {**_OF_READING, **_STATEMENT},
    readings.ResponseReading: {**_OF_READING, **_RESPONSE},
    incidents.Incident: {
        "incident_id": INCIDENT,
        **_SAID_OF_INCIDENT,
        "article_count": 1,
        "publisher_count": 1,
        "first_reported_on": date(2024, 5, 2),
        "last_reported_on": date(2024, 5, 2),
        "changed_at": AT,
    },
    incidents.ReadingIncident: {"reading_id": READING, "incident_id": INCIDENT},
    incidents.IncidentArticle: {**_OF_INCIDENT, "is_main": True, "relation": "main", "confidence": 0.8},
    incidents.IncidentAlias: {
        "old_incident_id": row_id("i", "Harbor"),
        "incident_id": INCIDENT,
        "reason": "the same custodian and figures",
        "merged_at": AT,
    },
    incidents.IncidentCandidate: {
        "incident_id": min(INCIDENT, OTHER_INCIDENT),
        "other_incident_id": max(INCIDENT, OTHER_INCIDENT),
        "score": 0.4,
        "evidence": "the same week, no common custodian",
    },
    incidents.IncidentChange: {
        **_OF_INCIDENT,
        "field": "people_affected",
        "old": "1000",
        "new": "1200",
        "changed_at": AT,
        "run_id": "run-1",
    },
    incidents.Reconciliation: {
        "incident_id": INCIDENT,
        "measure": "people_affected",
        "subject": "patients",
        "figure_count": 1,
        "article_count": 1,
        "low": 1080.0,
        "best": 1200.0,
        "high": 1320.0,
        "status": "single",
        "explanation": "about 1,200 patients",
    },
    incidents.Figure: {**_OF_INCIDENT, **_FIGURE},
    incidents.Event: {**_OF_INCIDENT, **_EVENT},
    incidents.ExposedData: {**_OF_INCIDENT, **_EXPOSED},
    incidents.Party: {**_OF_INCIDENT, **_PARTY},
    incidents.Statement: {**_OF_INCIDENT, **_STATEMENT},
    incidents.Response: {**_OF_INCIDENT, **_RESPONSE},
}


def sample(model: type[Row], **changes: object) -> dict[str, object]:
    """A good row of the model, with the changes."""
    return {**_ROWS[model], **changes}
