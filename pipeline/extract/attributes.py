"""What an incident was: who acted and how, when it happened, how many it concerns, how sure it is.

Action and actor weigh the words of the sentences that tell of it; counts and dates are chosen from what was found;
the rest is read from words alone, and is unknown where no word speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipeline.extract.context import cues
from pipeline.extract.document import Document
from pipeline.extract.events import Event
from pipeline.extract.exposure import Exposed
from pipeline.extract.figures import Figure
from pipeline.extract.incidents import ATTACKER, Incident, Role
from pipeline.extract.lexicon import phrases, words
from pipeline.extract.weigh import Evidence, weigh
from schemas.vocabulary import ActionKind, ActorKind, DataType, DiscoveryMethod, EventKind, ExposureStatus, Measure

OCCURRED = 0.25  # probability at which a date counts as that of the occurrence, chosen on labelled articles


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
    return tuple(_describe(document, title, which, incident, figures, events, exposed, roles) for which, incident in enumerate(incidents))


def _describe(
    document: Document,
    title: Document,
    which: int,
    incident: Incident,
    figures: tuple[Figure, ...],
    events: tuple[Event, ...],
    exposed: tuple[Exposed, ...],
    roles: tuple[Role, ...],
) -> Described:
    evidence = act_evidence(document, title, incident)
    action, actor = ActionKind(_likeliest(weigh("action", evidence))), ActorKind(_likeliest(weigh("actor", evidence)))
    mine = [f for f in figures if f.incident == which]
    dated = [e for e in events if e.incident == which and e.mention.first is not None]
    sentences = _sentences(document, incident)
    attackers = [r for r in roles if r.odds["attacker"] >= ATTACKER and r.entity is not incident.custodian]
    attacker = max(attackers, key=lambda r: r.odds["attacker"], default=None)
    return Described(
        incident=incident,
        action=action,
        action_variety=_variety(document, sentences, action),
        actor=actor,
        actor_name=attacker.entity.name if attacker and incident.is_main and actor is not ActorKind.INTERNAL else None,
        occurred=_occurred(dated),
        discovered=_day(dated, EventKind.DISCOVERED),
        disclosed=_day(dated, EventKind.DISCLOSED),
        people=_count(mine, Measure.PEOPLE_AFFECTED),
        records=_count(mine, Measure.RECORDS_EXPOSED),
        data_types=tuple(dict.fromkeys(e.data_type for e in exposed if e.incident == which)),
        status=_status(document, sentences),
        discovery=_discovery(document, sentences),
        sector=_sector(incident, document),
        country=_country(document, incident),
    )


def act_evidence(document: Document, title: Document, incident: Incident) -> Evidence:
    """Evidence for an incident's action and actor: the words of its sentences, or of the whole article if it is the main one."""
    evidence: Evidence = [("kind", "main" if incident.is_main else "recalled")]
    inside_of = set(_sentences(document, incident))
    named = {hit.code for hit in phrases("varieties").find(document.text) if document.sentence_index(hit.start) in inside_of}
    evidence += [("variety", code) for code in sorted(named)]
    evidence += [("variety of", code.split(":")[0]) for code in sorted(named)]
    if incident.is_main or incident.custodian is None:
        evidence += [("title", s) for s in dict.fromkeys(title.stems)]
        evidence += [("body", s) for s in dict.fromkeys(document.stems)]
        evidence += [("lead", s) for s in dict.fromkeys(document.stems[:120])]
        evidence += [("pair", f"{a} {b}") for a, b in dict.fromkeys(zip(document.stems, document.stems[1:], strict=False))]
        return evidence
    stems: dict[str, None] = {}
    for index in _sentences(document, incident):
        inside = document.tokens_within(*document.sentences[index])
        stems.update(dict.fromkeys(document.stems[inside.start : inside.stop]))
    return evidence + [("near", s) for s in stems]


def _sentences(document: Document, incident: Incident) -> list[int]:
    """Indexes of the sentences that tell of an incident: all for the main one, those about its custodian for another."""
    if incident.is_main or incident.custodian is None:
        return list(range(len(document.sentences)))
    named = {document.sentence_index(m.span.start) for m in incident.custodian.mentions}
    return sorted(i for n in named for i in (n, n + 1) if i < len(document.sentences) and (i == n or n + 1 not in named))


def _likeliest(odds: dict[str, float]) -> str:
    return max(sorted(odds), key=lambda label: odds[label])


def _variety(document: Document, sentences: list[int], action: ActionKind) -> str | None:
    """The VERIS variety of the action that the incident's sentences name first most often."""
    inside = set(sentences)
    named: Counter[str] = Counter()
    for hit in phrases("varieties").find(document.text):
        kind, variety = hit.code.split(": ")
        if kind == action and document.sentence_index(hit.start) in inside:
            named[variety] += 1
    return named.most_common(1)[0][0] if named else None


def _occurred(events: list[Event]) -> tuple[date, date] | None:
    """The range of the occurrence: the likeliest date of it, or from where it began to where it ended."""
    began = _best(events, EventKind.BEGAN)
    ended = _best(events, EventKind.ENDED)
    occurred = _best(events, EventKind.OCCURRED)
    if occurred is not None:
        return occurred
    if began and ended and began[0] <= ended[1]:
        return began[0], ended[1]
    return None


def _best(events: list[Event], kind: EventKind) -> tuple[date, date] | None:
    ranked = sorted((e for e in events if e.odds.get(kind, 0.0) >= OCCURRED), key=lambda e: (-e.odds[kind], e.mention.span))
    for event in ranked:
        if event.mention.first is not None and event.mention.last is not None:
            return event.mention.first, event.mention.last
    return None


def _day(events: list[Event], kind: EventKind) -> date | None:
    days = [e for e in events if e.kind is kind and e.mention.first == e.mention.last]
    return max(days, key=lambda e: e.confidence).mention.first if days else None


def _count(figures: list[Figure], measure: Measure) -> Count | None:
    """The count that the article gives: the most exact of its totals, the likeliest first."""
    counts = [f for f in figures if f.measure is measure]
    if not counts:
        return None
    stated = [f for f in counts if f.quantity.value is not None] or counts
    best = max(stated, key=lambda f: (f.quantity.qualifier == "exact", f.quantity.value or f.quantity.low or 0))
    q = best.quantity
    return Count(q.value, q.low, q.high)


def _status(document: Document, sentences: list[int]) -> ExposureStatus:
    """How sure it is that data got out, by the cues beside words of exposure."""
    found: Counter[str] = Counter()
    for index in sentences:
        inside = document.tokens_within(*document.sentences[index])
        codes = {cues().get(s) for s in document.stems[inside.start : inside.stop]}
        if "expose" in codes or "attack" in codes:
            found["told"] += 1
            found.update(code for code in codes if code)
    if not found["told"]:
        return ExposureStatus.UNKNOWN
    claimed, hedged = found["claim"] / found["told"], found["hedge"] / found["told"]
    if claimed > 0.3:
        denies = any(document.stems[i] == "deni" for index in sentences for i in document.tokens_within(*document.sentences[index]))
        return ExposureStatus.DENIED if denies else ExposureStatus.CLAIMED
    return ExposureStatus.POSSIBLE if hedged > 0.6 else ExposureStatus.CONFIRMED


FINDERS = {
    "researcher": DiscoveryMethod.EXTERNAL,
    "expert": DiscoveryMethod.EXTERNAL,
    "report": DiscoveryMethod.EXTERNAL,
    "polic": DiscoveryMethod.EXTERNAL,
    "fbi": DiscoveryMethod.EXTERNAL,
    "custom": DiscoveryMethod.EXTERNAL,
    "compani": DiscoveryMethod.INTERNAL,
    "staff": DiscoveryMethod.INTERNAL,
    "employe": DiscoveryMethod.INTERNAL,
    "we": DiscoveryMethod.INTERNAL,
    "it": DiscoveryMethod.INTERNAL,
}


def _discovery(document: Document, sentences: list[int]) -> DiscoveryMethod:
    """Who noticed it: the subject right before the first word of finding ("researchers discovered")."""
    for index in sentences:
        inside = document.tokens_within(*document.sentences[index])
        for i in inside:
            if document.stems[i] in ("discov", "detect", "uncov", "spot", "notic", "learn"):
                for stem in reversed(document.stems[max(inside.start, i - 4) : i]):
                    if stem in FINDERS:
                        return FINDERS[stem]
    return DiscoveryMethod.UNKNOWN


def _sector(incident: Incident, document: Document) -> str | None:
    """The custodian's NAICS sector, by a word of its names or of what stands beside them."""
    if incident.custodian is None:
        return None
    known = words("sectors")
    for form in incident.custodian.forms:
        for word in form.lower().replace("-", " ").split():
            if word in known:
                return known[word]
    near: Counter[str] = Counter()
    for name in incident.custodian.mentions:
        near.update(known[w] for w in document.lower[max(0, name.first - 3) : name.last + 3] if w in known)
    return near.most_common(1)[0][0] if near else None


def _country(document: Document, incident: Incident) -> str | None:
    """The country that the custodian's own name or the words right beside it tell."""
    if incident.custodian is None:
        return None
    near: Counter[str] = Counter()
    for name in incident.custodian.mentions:
        for hit in phrases("countries").find(document.text[max(0, name.span.start - 40) : name.span.end + 40]):
            near[hit.code] += 1
    return _only(near)


def _only(near: Counter[str]) -> str | None:
    """The one that is told, if the others are told far less."""
    ranked: Iterable[tuple[str, int]] = near.most_common(2)
    best = list(ranked)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 2 * best[1][1]) else None
