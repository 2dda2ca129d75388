"""What is read from one article: the reading tables of the lake, and the columns that their published forms share.

A reading names an incident as ONE article tells it (`reading_id`); `incidents` has the published forms, where
publish has put the incident's id in its place. A column that both forms have is declared here, once.
"""

import datetime as dt

import pandera.polars as pa
import polars as pl

from schemas.base import (
    Confident,
    OfReading,
    OfReadingOrNone,
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
from schemas.vocabulary import (
    UNITS,
    ActionKind,
    ActorKind,
    DataType,
    DiscoveryMethod,
    EventKind,
    ExposureStatus,
    Measure,
    PartyKind,
    PartyRole,
    Qualifier,
    Relation,
    ResponseAction,
    Sector,
)


def _unit_fits() -> str:
    """The rule that a measure's unit is one of its own, in SQL; money is what is written in capitals."""
    fits = ["measure IN ('background', 'other')"]
    for measure in Measure:
        if "USD" not in measure.units:
            units = ", ".join(f"'{unit}'" for unit in measure.units)
            fits.append(f"measure = '{measure}' AND unit IN ({units})")
    money = ", ".join(f"'{m}'" for m in Measure if "USD" in m.units and "person" not in m.units)
    fits.append(f"measure IN ({money}) AND unit = upper(unit)")
    return " OR ".join(f"({part})" for part in fits)


class ArticleReading(Confident):
    """What the extractor says of an article as a whole."""

    article_id: str = link("articles", "the article that was read")
    reports_incident: bool = pa.Field(description="the article reports a data exposure incident")
    published_on: dt.date = optional("day of publication as the text's dateline gives it")

    class Config:
        name = "article_readings"
        unique = ("article_id",)


class IncidentColumns(Row):
    """What is said of an incident, by one article or by all of them."""

    title: str = words("the incident in a few words")
    organization: str = words("the custodian whose data was exposed, canonical name", nullable=True)
    action: str = code(ActionKind, "VERIS action: what kind of act exposed the data")
    action_variety: str = words("VERIS variety of the action: Publishing error, Ransomware, ...", nullable=True)
    actor: str = code(ActorKind, "VERIS actor: who exposed the data")
    actor_name: str = words("name of the actor", nullable=True)
    occurred_from: dt.date = optional("first day on which it may have happened; null is open or unknown")
    occurred_to: dt.date = optional("last day on which it may have happened; null is open or unknown")
    discovered_on: dt.date = optional("day on which it was noticed")
    disclosed_on: dt.date = optional("day on which it was made public")
    people_affected: int = amount("people whose data was exposed")
    people_affected_low: int = amount("at least so many people; null is open")
    people_affected_high: int = amount("at most so many people; null is open")
    records_exposed: int = amount("records that were exposed")
    records_exposed_low: int = amount("at least so many records; null is open")
    records_exposed_high: int = amount("at most so many records; null is open")
    data_types: list[str] = pa.Field(description="kinds of data exposed, see exposed_data.data_type")
    exposure_status: str = code(ExposureStatus, "how sure it is that data got out")
    discovery_method: str = code(DiscoveryMethod, "VERIS discovery method: who noticed it")
    sector: str = code(Sector, "NAICS sector of the custodian, two digits", nullable=True)
    country: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{2}$", description="ISO 3166 country of the custodian")

    occurrence_forward = ordered("occurred_from", "occurred_to")
    people_low = ordered("people_affected_low", "people_affected")
    people_high = ordered("people_affected", "people_affected_high")
    people_range = ordered("people_affected_low", "people_affected_high")
    records_low = ordered("records_exposed_low", "records_exposed")
    records_high = ordered("records_exposed", "records_exposed_high")
    records_range = ordered("records_exposed_low", "records_exposed_high")
    data_types_known = rule(
        "data_types_known",
        f"list_has_all([{', '.join(repr(str(t)) for t in DataType)}], data_types)",
        "every kind of data is one of the vocabulary's",
        pl.col("data_types").list.eval(pl.element().is_in([str(t) for t in DataType])).list.all(),
    )


class IncidentReading(Confident, Quoted, IncidentColumns, Told, Sourced):
    """One incident as one article tells it; the quote is where the text first names the custodian or reports it."""

    reading_id: str = key("stable id of the reading")
    relation: str = code(Relation, "how the article relates to the incident")
    organization_names: list[str] = pa.Field(description="every name the text uses for the custodian, canonical first")

    class Config:
        name = "incident_readings"
        unique = ("reading_id",)


class FigureColumns(Row):
    """Every quantity that an article states, background included."""

    figure_id: str = key("stable id of the figure")
    measure: str = code(Measure, "what the figure measures")
    value: float = amount("the number as written; null for a range or a bare plural")
    value_low: float = amount("the wording allows no less; null is open")
    value_high: float = amount("the wording allows no more; null is open")
    qualifier: str = code(Qualifier, "how the wording bounds the number")
    unit: str = code(UNITS, "what is counted, or the currency (ISO 4217, BTC)")
    subject: str = words("what is counted, as written")
    predicate: str = words("what is said of them", nullable=True)
    as_of: dt.date = optional("day that the figure describes")
    attributed_to: str = words("who gave the figure", nullable=True)

    value_not_below_low = ordered("value_low", "value")
    value_not_above_high = ordered("value", "value_high")
    range_forward = ordered("value_low", "value_high")
    has_number = rule(
        "has_number", "coalesce(value, value_low, value_high) IS NOT NULL", "a figure has a value or a bound"
    )
    unit_fits_measure = rule("unit_fits_measure", _unit_fits(), "the unit is one of the measure's own")


class FigureReading(Confident, Quoted, FigureColumns, OfReadingOrNone, Sourced):
    __doc__ = FigureColumns.__doc__

    class Config:
        name = "figures"
        unique = ("figure_id",)


class EventColumns(Row):
    """Every date that an article gives, with what happened then."""

    event_id: str = key("stable id of the event")
    kind: str = code(EventKind, "what the date is the date of")


class EventReading(Confident, Quoted, Timed, EventColumns, OfReadingOrNone, Sourced):
    __doc__ = EventColumns.__doc__

    class Config:
        name = "events"
        unique = ("event_id",)


class ExposedDataColumns(Row):
    """Every place where an article says that a kind of data was exposed."""

    data_type: str = code(DataType, "the kind of data")


class ExposedDataReading(Quoted, ExposedDataColumns, OfReading, Sourced):
    __doc__ = ExposedDataColumns.__doc__

    class Config:
        name = "exposed_data"
        unique = ("article_id", "reading_id", "data_type", "char_start", "char_end")


class PartyColumns(Row):
    """Who has to do with an incident, at first mention."""

    name: str = words("canonical name")
    kind: str = code(PartyKind, "what the party is")
    role: str = code(PartyRole, "what the party has to do with the incident")


class PartyReading(Quoted, PartyColumns, OfReadingOrNone, Sourced):
    __doc__ = PartyColumns.__doc__

    class Config:
        name = "parties"
        unique = ("article_id", "reading_id", "name", "role", "char_start", "char_end")


class StatementColumns(Row):
    """What somebody said; the quote is the words inside the quotation marks."""

    statement_id: str = key("stable id of the statement")
    speaker: str = words("who said it", nullable=True)
    speaker_affiliation: str = words("whom the speaker speaks for or belongs to", nullable=True)
    is_direct: bool = pa.Field(description="the speaker's own words, not a report of them")


class StatementReading(Quoted, StatementColumns, OfReadingOrNone, Sourced):
    __doc__ = StatementColumns.__doc__

    class Config:
        name = "statements"
        unique = ("statement_id",)


class ResponseColumns(Row):
    """What was done about an incident."""

    action: str = code(ResponseAction, "what was done")
    actor: str = words("who did it", nullable=True)


class ResponseReading(Quoted, ResponseColumns, OfReading, Sourced):
    __doc__ = ResponseColumns.__doc__

    class Config:
        name = "responses"
        unique = ("article_id", "reading_id", "action", "char_start", "char_end")
