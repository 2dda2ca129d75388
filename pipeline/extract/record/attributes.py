"""What an incident was: who acted and how, when it happened, how many it concerns, how sure it is.

Counts and days are chosen from what was found; how sure it is and who noticed it is read from words alone, and is
unknown where no word speaks. Action, occurrence, sector and country are decided in modules of their own.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.data.exposure import Exposed
from pipeline.extract.meaning.events import Event
from pipeline.extract.meaning.figures import Figure
from pipeline.extract.record.acts import act, sentences_about, tells_whole, varieties
from pipeline.extract.record.attackers import attackers
from pipeline.extract.record.discovery import discovery
from pipeline.extract.record.occurrence import occurred
from pipeline.extract.record.profiles import country, places, sector
from pipeline.extract.text.document import Document
from schemas.vocabulary import ActionKind, ActorKind, DataType, DiscoveryMethod, EventKind, ExposureStatus, Measure


class Count(NamedTuple):
    """A count of people or records with the range that the wording allows."""

    value: float | None
    low: float | None
    high: float | None


class Described(NamedTuple):
    """An incident with everything that the article says of it."""

    incident: Incident
    action: ActionKind
    action_variety: str | None
    actor: ActorKind
    actor_name: str | None
    occurred: tuple[date, date] | None
    discovered: date | None
    disclosed: date | None
    people: Count | None
    records: Count | None
    data_types: tuple[DataType, ...]
    status: ExposureStatus
    discovery: DiscoveryMethod
    sector: str | None
    country: str | None


def describe(
    document: Document,
    title: Document,
    incidents: tuple[Incident, ...],
    figures: tuple[Figure, ...],
    events: tuple[Event, ...],
    exposed: tuple[Exposed, ...],
    roles: tuple[Role, ...],
) -> tuple[Described, ...]:
    """Each incident with its attributes, in the same order."""
    if not incidents:
        return ()
    named, countries = varieties(document), places(document)
    likeliest = next((one.name for one in attackers(document, roles, incidents)), None)
    described = []
    for which, incident in enumerate(incidents):
        whole = tells_whole(incident, len(incidents))
        how = act(document, title, named, incident, whole)
        sentences = sentences_about(document, incident, whole)
        mine = [f for f in figures if f.incident == which]
        dated = [e for e in events if e.incident == which]
        # a date that is likelier nothing than any one thing may yet be that of the incident nearest to it
        perhaps = [e for e in events if e.nearest == which]
        described.append(
            Described(
                incident=incident,
                action=how.action,
                action_variety=how.variety,
                actor=how.actor,
                actor_name=likeliest if incident.is_main and how.actor is not ActorKind.INTERNAL else None,
                occurred=occurred(document, perhaps, is_main=incident.is_main),
                discovered=_day(dated, EventKind.DISCOVERED),
                disclosed=_day(dated, EventKind.DISCLOSED),
                people=_count(mine, Measure.PEOPLE_AFFECTED),
                records=_count(mine, Measure.RECORDS_EXPOSED),
                data_types=tuple(dict.fromkeys(e.data_type for e in exposed if e.incident == which)),
                status=_status(document, sentences),
                discovery=discovery(document, incident, sentences),
                sector=sector(document, incident),
                country=country(document, countries, incident),
            )
        )
    return tuple(described)


def _day(events: list[Event], kind: EventKind) -> date | None:
    """The day of the surest event of a kind that has one."""
    days = [e for e in events if e.kind is kind and e.mention.first is not None and e.mention.first == e.mention.last]
    return max(days, key=lambda e: e.confidence).mention.first if days else None


def _count(figures: list[Figure], measure: Measure) -> Count | None:
    """The greatest of the totals that the article gives, as exactly as it tells it ("nearly 400,000", 392,800)."""
    counts = [f.quantity for f in figures if f.measure is measure]
    stated = [q for q in counts if q.value is not None] or counts
    if not stated:
        return None
    greatest = max(q.value or q.low or q.high or 0 for q in stated)
    close = [q for q in stated if (q.value or q.low or q.high or 0) >= 0.9 * greatest]
    best = max(close, key=lambda q: (q.qualifier == "exact", q.value or q.low or 0))
    return Count(best.value, best.low, best.high)


def _status(document: Document, sentences: list[int]) -> ExposureStatus:
    """How sure it is that data got out, by the cues beside words of exposure."""
    found: Counter[str] = Counter()
    for index in sentences:
        inside = document.inside[index]
        codes = set(document.cues[inside.start : inside.stop])
        if "expose" in codes or "attack" in codes:
            found["told"] += 1
            found.update(code for code in codes if code)
    if not found["told"]:
        return ExposureStatus.UNKNOWN
    claimed, hedged = found["claim"] / found["told"], found["hedge"] / found["told"]
    if claimed > 0.3:
        denies = any(
            document.stems[i] == "deni"
            for index in sentences
            for i in document.tokens_within(*document.sentences[index])
        )
        return ExposureStatus.DENIED if denies else ExposureStatus.CLAIMED
    return ExposureStatus.POSSIBLE if hedged > 0.6 else ExposureStatus.CONFIRMED
