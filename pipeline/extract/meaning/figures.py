"""Quantities become figures: what each measures, of which incident, what is said of it and who says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.custodians.links import choose
from pipeline.extract.meaning.measures import TELLS, measured
from pipeline.extract.meaning.tally import Around
from pipeline.extract.numbers import units
from pipeline.extract.numbers.noun_phrases import QUOTES
from pipeline.extract.speech.statements import Statement
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Quantity, Span
from pipeline.extract.text.names import Name
from schemas.vocabulary import Measure

SAYING = frozenset(
    ["said", "says", "told", "confirmed", "reported", "reports", "revealed", "estimated", "estimates",
     "announced", "claimed", "claims", "according", "found", "wrote", "added", "stated"]
)  # fmt: skip
AUXILIARY = frozenset(
    ["was", "were", "is", "are", "had", "have", "has", "been", "be", "being", "may", "might", "could", "would", "will"]
)
RELATIVE = frozenset(("who", "whose", "that", "which", "whom"))
TELLING = frozenset(("expose", "respond", "affect", "attack", "sell", "demand"))
TIES = frozenset(["of", "the", "these", "those", "them", "whom", "which", "its", "their", "his", "her", "our", "all"])
COUNTRY = frozenset(("U.S", "US", "U.K", "UK"))
UNNAMED = frozenset(
    ["spokesperson", "spokesman", "spokeswoman", "spokespeople", "officials", "researchers", "investigators",
     "police", "prosecutors"]
)  # fmt: skip
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
    named = _by_sentence(document, quantities, entities)
    found: list[Figure] = []
    for quantity, odds in zip(quantities, weighed, strict=True):
        measure = likeliest(odds)
        incident = None if measure is Measure.BACKGROUND else choose(document, incidents, quantity.span)[0]
        found.append(
            Figure(
                quantity=quantity,
                measure=measure,
                unit=_unit(document, measure, quantity),
                incident=incident,
                subject=_subject(document, quantity, found),
                predicate=_predicate(document, quantity),
                source=_source(document, quantity, statements, named),
                confidence=odds[measure],
            )
        )
    return tuple(found)


def likeliest(odds: dict[str, float]) -> Measure:
    """Background if that is about as likely as all else together, else the likeliest of the rest."""
    if odds[Measure.BACKGROUND] >= TELLS:
        return Measure.BACKGROUND
    told = {label: p for label, p in odds.items() if label != Measure.BACKGROUND}
    return Measure[max(sorted(told), key=lambda label: told[label]).upper()]


def _unit(document: Document, measure: Measure, quantity: Quantity) -> str:
    """The unit as the measure counts it: 300 "customers" of records exposed are records, messages sent are items."""
    if measure in (Measure.BACKGROUND, Measure.OTHER):
        return units.aside(document, quantity.unit, quantity.noun)
    return quantity.unit if quantity.unit in measure.units else measure.units[0]


def _subject(document: Document, quantity: Quantity, before: list[Figure]) -> Span:
    """What is counted; a bare number, or "58 of whom", counts what the number of its kind before it counts."""
    tokens = document.tokens_within(*quantity.noun)
    while tokens and (document.lower[tokens.start] in TIES or not document.lower[tokens.start][0].isalnum()):
        tokens = tokens[1:]
    if tokens:
        return Span(document.tokens[tokens.start].start, quantity.noun.end)
    for figure in reversed(before[-4:]):
        if figure.quantity.unit == quantity.unit and figure.subject != figure.quantity.span:
            return figure.subject
    return quantity.span


def _predicate(document: Document, quantity: Quantity) -> tuple[Span, ...]:
    """What is said of the counted: "were in custody" behind it, or "released" before it with "from custody" behind."""
    lower = document.lower
    index = document.tokens_within(*quantity.span)
    sentence = document.tokens_within(*document.sentence(quantity.span.start))
    first = index.stop
    while first < sentence.stop and lower[first] in QUOTES:
        first += 1
    behind = _clause(document, first, sentence.stop)
    if behind and (lower[first] in AUXILIARY or lower[first] in RELATIVE or _is_passive(lower[first : behind.stop])):
        return (_span(document, behind),)
    for i in range(index.start - 1, max(sentence.start, index.start - 8) - 1, -1):
        if lower[i] in CLAUSE:
            break
        if _is_verb(document, i) and not AUXILIARY.issuperset(lower[i : index.start]):
            before = _span(document, range(i, index.start))
            if behind and lower[first] in ("from", "into"):
                return before, _span(document, _to_and(document, range(first, min(behind.stop, first + 3))))
            return (before,)
    return (_span(document, behind),) if behind else ()


def _is_verb(document: Document, at: int) -> bool:
    """Whether the token is a verb that may govern the number: an auxiliary, a cue that is no noun, "-ed" or "-ing"."""
    word = document.lower[at]
    if word in AUXILIARY:
        return True
    if len(word) < 5 or word.endswith(("ion", "ions", "ment", "ments", "er", "ers", "ransom")):
        return False
    return document.cues[at] in TELLING or word.endswith(("ing", "ed"))


def _to_and(document: Document, tokens: range) -> range:
    """A phrase up to its "and"."""
    return range(tokens.start, next((i for i in tokens if document.lower[i] == "and"), tokens.stop))


def _is_passive(words: tuple[str, ...]) -> bool:
    """ "in detention being posted online", "affected by the leak": a participle soon after the number."""
    return "being" in words[:4]


def _clause(document: Document, start: int, stop: int) -> range:
    """Tokens up to the end of the clause, ten at the most; the stops of "U.S." end none."""
    end = start
    while end < stop and end - start < 10:
        if document.lower[end] in CLAUSE and not (document.lower[end] == "." and len(document.lower[end - 1]) == 1):
            break
        end += 1
    return range(start, end)


def _span(document: Document, tokens: range) -> Span:
    """The span of tokens, of which there is one at least."""
    return Span(document.tokens[tokens.start].start, document.tokens[tokens.stop - 1].end)


def _by_sentence(
    document: Document, quantities: Sequence[Quantity], entities: Iterable[Entity]
) -> dict[int, list[tuple[Entity, Name]]]:
    """Who is named in each sentence that holds a quantity, by its index."""
    found: dict[int, list[tuple[Entity, Name]]] = {document.sentence_index(q.span.start): [] for q in quantities}
    for entity in entities if found else ():
        for name in entity.mentions:
            members = found.get(document.sentence_index(name.span.start))
            if members is not None and not _is_country(document, name.span):
                members.append((entity, name))
    return found


def _source(
    document: Document,
    quantity: Quantity,
    statements: Sequence[Statement],
    named: dict[int, list[tuple[Entity, Name]]],
) -> Span | None:
    """Who gave the figure: the speaker of the quotation that holds it, or who is said to say so in its sentence."""
    at = bisect_left(statements, quantity.span.end, key=lambda statement: statement.span.start) - 1
    if at >= 0 and statements[at].span.overlaps(quantity.span):
        return statements[at].speaker
    index = document.sentence_index(quantity.span.start)
    for entity, name in named.get(index, ()):
        after = document.lower[name.last : name.last + 2]
        before = document.lower[max(0, name.first - 3) : name.first]
        if SAYING.intersection(after) or ("according" in before and "to" in before):
            return next((m.span for m in entity.mentions if not _is_country(document, m.span)), name.span)
    return _unnamed(document, document.sentences[index])


def _is_country(document: Document, span: Span) -> bool:
    """The "U.S." of "according to the U.S. Customs and Border Protection", which gives no figure itself."""
    return document.text[span.start : span.end].rstrip(".") in COUNTRY


def _unnamed(document: Document, sentence: Span) -> Span | None:
    """ "a spokesperson confirmed that", "researchers said": a source without a name."""
    inside = document.tokens_within(*sentence)
    for i in inside:
        if document.lower[i] in UNNAMED and SAYING.intersection(document.lower[i + 1 : i + 2]):
            return document.tokens[i]
    return None
