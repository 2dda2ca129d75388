"""Quantities become figures: what each measures, of which incident, what is said of it and who says so."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.context import cues
from pipeline.extract.document import Document
from pipeline.extract.entities import Entity
from pipeline.extract.findings import Quantity, Span
from pipeline.extract.incidents import Incident
from pipeline.extract.links import choose
from pipeline.extract.measures import Around, measured
from pipeline.extract.statements import Statement
from schemas.vocabulary import Measure

TELLS = 0.5  # odds of background at which a figure is background
SAYING = frozenset({"said", "says", "told", "confirmed", "reported", "reports", "revealed", "estimated", "estimates", "announced", "claimed", "claims", "according", "found", "wrote", "added", "stated"})
AUXILIARY = frozenset({"was", "were", "is", "are", "had", "have", "has", "been", "be", "being", "may", "might", "could", "would", "will"})
CLAUSE = frozenset({",", ".", ";", ":", "while", "but", "(", ")", "“", "”", '"', "—", "–"})


class Figure(NamedTuple):
    """A quantity with its meaning; spans for what is counted, what is said of it and who gave it."""

    quantity: Quantity
    measure: Measure
    unit: str
    incident: int | None
    subject: Span
    predicate: tuple[Span, ...]
    source: Span | None
    confidence: float


def find(
    document: Document,
    quantities: tuple[Quantity, ...],
    incidents: tuple[Incident, ...],
    statements: tuple[Statement, ...],
    entities: tuple[Entity, ...],
    known: Around,
) -> tuple[Figure, ...]:
    """Every quantity of the text as a figure; all of them background where the article reports no incident."""
    if incidents:
        weighed = measured(document, quantities, known)
    else:
        weighed = [{str(Measure.BACKGROUND): 1 - known.reported} for _ in quantities]
    found: list[Figure] = []
    for quantity, odds in zip(quantities, weighed, strict=True):
        measure = _likeliest(odds)
        incident = None if measure is Measure.BACKGROUND else choose(document, incidents, quantity.span)[0]
        found.append(
            Figure(
                quantity=quantity,
                measure=measure,
                unit=_unit(measure, quantity.unit),
                incident=incident,
                subject=_subject(quantity, found),
                predicate=_predicate(document, quantity),
                source=_source(document, quantity, statements, entities),
                confidence=odds[measure],
            )
        )
    return tuple(found)


def _likeliest(odds: dict[str, float]) -> Measure:
    """Background if that is as likely as all else together, else the likeliest of the rest."""
    if odds[Measure.BACKGROUND] >= TELLS:
        return Measure.BACKGROUND
    told = {label: p for label, p in odds.items() if label != Measure.BACKGROUND}
    return Measure(max(sorted(told), key=lambda label: told[label]))


def _unit(measure: Measure, unit: str) -> str:
    """The unit as the measure counts it: 300 "customers" of records exposed are records."""
    return unit if unit in measure.units else measure.units[0]


def _subject(quantity: Quantity, before: list[Figure]) -> Span:
    """What is counted; a bare number counts what the number of the same kind before it counts ("another 1,000")."""
    if quantity.noun.start < quantity.noun.end:
        return quantity.noun
    for figure in reversed(before[-4:]):
        if figure.quantity.unit == quantity.unit and figure.subject != figure.quantity.span:
            return figure.subject
    return quantity.span


def _predicate(document: Document, quantity: Quantity) -> tuple[Span, ...]:
    """What is said of the counted: "were in custody" behind it, or "released" before it with "from custody" behind."""
    index = document.tokens_within(*quantity.span)
    sentence = document.tokens_within(*document.sentence(quantity.span.start))
    behind = _clause(document, index.stop, sentence.stop)
    words = document.lower[behind.start : behind.stop]
    if words and words[0] in AUXILIARY | {"who", "whose", "that", "which"}:
        return (_span(document, behind),)
    for i in range(index.start - 1, max(sentence.start, index.start - 8) - 1, -1):
        word = document.lower[i]
        if word in CLAUSE:
            break
        if cues().get(document.stems[i]) in ("expose", "respond", "affect", "attack", "sell", "demand") or word.endswith(("ing", "ed")):
            before = _span(document, range(i, index.start))
            if words and words[0] in ("from", "into", "in", "on", "to"):
                return (before, _span(document, range(behind.start, min(behind.stop, behind.start + 3))))
            return (before,)
    return (_span(document, behind),) if words else ()


def _clause(document: Document, start: int, stop: int) -> range:
    """Tokens up to the end of the clause, ten at the most."""
    end = start
    while end < stop and end - start < 10 and document.lower[end] not in CLAUSE:
        end += 1
    return range(start, end)


def _span(document: Document, tokens: range) -> Span:
    return Span(document.tokens[tokens.start].start, document.tokens[tokens.stop - 1].end)


def _source(document: Document, quantity: Quantity, statements: tuple[Statement, ...], entities: tuple[Entity, ...]) -> Span | None:
    """Who gave the figure: the speaker of the quotation that holds it, or who is said to say so in its sentence."""
    for statement in statements:
        if statement.span.overlaps(quantity.span):
            return statement.speaker
    sentence = document.sentence(quantity.span.start)
    for entity in entities:
        for name in entity.mentions:
            if sentence.start <= name.span.start < sentence.end:
                after = document.lower[name.last : name.last + 2]
                before = document.lower[max(0, name.first - 3) : name.first]
                if SAYING.intersection(after) or ("according" in before and "to" in before):
                    return entity.mentions[0].span
    return None
