"""Labelled articles as examples: for each decision the evidence that the reader weighs, and the right answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.evaluate.labels import (
    ArticleLabels,
    DateLabel,
    ExposedLabel,
    FigureLabel,
    IncidentLabel,
    LabelledArticle,
)
from pipeline.evaluate.scoring import same_name
from pipeline.extract.custodians import candidates, custody, entities, links
from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.data import kinds, mentions, sightings
from pipeline.extract.days import dates
from pipeline.extract.meaning import events, measures, signs, tally, telling
from pipeline.extract.meaning.phrasing import phrasing
from pipeline.extract.numbers import numerals, quantities
from pipeline.extract.record import acts
from pipeline.extract.text import names
from pipeline.extract.text.document import Document, parse
from pipeline.extract.text.findings import Quantity, Span
from pipeline.training.fitting import Example
from pipeline.training.forests import Sample
from schemas.vocabulary import EventKind, Measure

LabelledQuantity = tuple[Quantity, Measure]


class Read(NamedTuple):
    """A labelled article as far as the models need it read."""

    doc: str
    document: Document
    title: Document
    entities: tuple[entities.Entity, ...]
    labels: ArticleLabels
    text: str
    is_extra: bool  # an article written to teach: its sentences are true to life, its choice of words as a whole is not


def report_examples(read: Read) -> Iterator[Example]:
    """Does the article report an incident?"""
    yield Example(
        read.doc, custody.report_evidence(read.document, read.title), "yes" if read.labels.reports_incident else "no"
    )


def custody_examples(read: Read) -> Iterator[Example]:
    """What is each entity to the article's incidents?"""
    found = custody.custody_evidence(read.document, read.title, read.entities)
    role = ["none"] * len(read.entities)
    for incident in read.labels.incidents:
        for at, entity in enumerate(read.entities):
            if role[at] == "none" and same_name(entity.name, incident.actor_names):
                role[at] = "attacker"
        for at in _named(read, incident):
            role[at] = "main" if incident.is_main or role[at] == "main" else "recalled"
    for answer, evidence in zip(role, found, strict=True):
        yield Example(read.doc, evidence, answer)


def _named(read: Read, incident: IncidentLabel) -> list[int]:
    """Indexes of the entities that are an incident's custodian: those of just its name, else of a part of it."""
    alike = [at for at, one in enumerate(read.entities) if same_name(one.name, incident.organization)]
    names = {name.lower() for name in incident.organization}
    exact = [at for at in alike if any(form.lower() in names for form in read.entities[at].forms)]
    return exact or alike


def reported_sample(
    read: Read, words_say: float, roles: list[dict[str, float]], first: list[dict[str, float]]
) -> Sample:
    """Does the article report an incident, after all that was found in it?"""
    numbers = custody.reported_numbers(words_say, roles, [odds["yes"] for odds in first])
    return Sample(read.doc, numbers, read.labels.reports_incident)


def main_samples(read: Read, roles: list[dict[str, float]], first: list[dict[str, float]]) -> Iterator[Sample]:
    """Is each entity the custodian of the main incident, held against the others?"""
    found = [mention.span for group in mentions.lists(read.document, mentions.find(read.document)) for mention in group]
    exposed = zip(found, (odds["yes"] for odds in first), strict=True)
    named = list(map(Role, read.entities, roles))
    numbers = candidates.main_numbers(read.document, read.title, named, exposed)
    for example, one in zip(custody_examples(read), numbers, strict=True):
        yield Sample(read.doc, one, example.answer == "main")


def exposed_first_examples(read: Read) -> Iterator[Example]:
    """Is the mention of data said to be exposed, by the words around it?"""
    labelled = [label.span(read.text) for label in read.labels.exposed_data]
    for mention, _, evidence in sightings.look(read.document):
        yield Example(read.doc, evidence, "yes" if any(mention.span.overlaps(s) for s in labelled) else "no")


def exposed_samples(
    read: Read, first: list[dict[str, float]], reported: float, roles: list[dict[str, float]]
) -> Iterator[Sample]:
    """Is it exposed, by what was seen at first of it and of the others?"""
    labelled = [label.span(read.text) for label in read.labels.exposed_data]
    looked = sightings.look(read.document)
    seen = [sightings.Seen(*one, odds["yes"]) for one, odds in zip(looked, first, strict=True)]
    named = list(map(Role, read.entities, roles))
    for one, features in sightings.second_look(read.document, seen, reported, named):
        yield Sample(read.doc, features, any(one.mention.span.overlaps(s) for s in labelled))


def data_type_examples(read: Read, first: list[dict[str, float]]) -> Iterator[Example]:
    """Of what type is the data that an ambiguous noun names?"""
    labelled = [(label.span(read.text), label.data_type[0]) for label in read.labels.exposed_data]
    found = mentions.find(read.document)
    named = kinds.Named.of(found, [odds["yes"] for odds in first])
    for group in mentions.lists(read.document, found):
        for mention in group:
            answer = next((data_type for span, data_type in labelled if mention.span.overlaps(span)), None)
            if answer is not None and mention.code.endswith("?"):
                evidence = kinds.kind_evidence(read.document, named, mention, group)
                yield Example(read.doc, evidence, str(answer))


def told_examples(read: Read, figures: list[LabelledQuantity], known: tally.Around) -> Iterator[Example]:
    """Does the quantity tell of an incident of the article, by the words around it?"""
    counts = tally.Tally.of(read.document, [q for q, _ in figures])
    for at, (_, measure) in enumerate(figures):
        evidence = telling.told_evidence(read.document, counts, at, known, phrasing(read.document, counts, at))
        yield Example(read.doc, evidence, "no" if measure is Measure.BACKGROUND else "yes")


def telling_samples(read: Read, figures: list[LabelledQuantity], known: tally.Around) -> Iterator[Sample]:
    """Does the quantity tell of an incident of the article, by its signs?"""
    counts = tally.Tally.of(read.document, [q for q, _ in figures])
    for at, (_, measure) in enumerate(figures):
        features = signs.throughout(read.document, counts, at, known)
        yield Sample(read.doc, features, measure is not Measure.BACKGROUND)


def measure_examples(read: Read) -> Iterator[Example]:
    """What does a quantity measure that tells of an incident?"""
    figures = _labelled(read)
    counts = tally.Tally.of(read.document, [q for q, _ in figures])
    for at, (_, measure) in enumerate(figures):
        if measure is not Measure.BACKGROUND:
            evidence = measures.measure_evidence(counts, at, phrasing(read.document, counts, at))
            yield Example(read.doc, evidence, str(measure))


def counted(
    read: Read, reported: float, roles: list[dict[str, float]], first: list[dict[str, float]]
) -> tuple[list[LabelledQuantity], tally.Around]:
    """The labelled quantities of an article, and what was found around them."""
    groups = mentions.lists(read.document, mentions.find(read.document))
    spans = [mention.span for group in groups for mention in group]
    exposed = zip(spans, (odds["yes"] for odds in first), strict=True)
    return _labelled(read), tally.around(read.document, reported, exposed, zip(read.entities, roles, strict=True))


def _labelled(read: Read) -> list[LabelledQuantity]:
    """The quantities found that are labelled, with what they measure."""
    labelled = [(label.span(read.text), label.measure[0]) for label in read.labels.figures]
    found = numerals.find(read.document)
    claimed = [d.span for d in dates.find(read.document, found)]
    asked: list[LabelledQuantity] = []
    for quantity in quantities.find(read.document, found, claimed):
        measure = next((measure for span, measure in labelled if quantity.span.overlaps(span)), None)
        if measure is not None:
            asked.append((quantity, measure))
    return asked


def event_examples(read: Read) -> Iterator[Example]:
    """What is the date the date of? One that no label names is of no incident."""
    labelled = [(label.span(read.text), label.kind) for label in read.labels.dates]
    incidents = tuple(_merged(read))
    for mention in dates.find(read.document, numerals.find(read.document)):
        kind = next((kind for span, kind in labelled if mention.span.overlaps(span)), EventKind.OTHER)
        yield Example(read.doc, events.event_evidence(read.document, mention, incidents), str(kind))


def link_examples(read: Read) -> Iterator[Example]:
    """Which of several incidents does a finding belong to?"""
    incidents = _merged(read)
    if len(incidents) < 2:
        return
    found = tuple(incidents)
    linked: list[FigureLabel | DateLabel | ExposedLabel]
    linked = [*read.labels.figures, *read.labels.dates, *read.labels.exposed_data]
    for label in linked:
        if label.incident:
            weighed = links.link_evidence(read.document, found, label.span(read.text))
            for incident, evidence in zip(found, weighed, strict=True):
                yield Example(read.doc, evidence, "yes" if incidents[incident] & set(label.incident) else "no")


def act_examples(
    read: Read, answer: Callable[[IncidentLabel], tuple[str, ...]], shares: Counter[str]
) -> Iterator[Example]:
    """By what action, or which actor, did it happen? Of several right answers the commonest is learned."""
    named = acts.varieties(read.document)
    for label in read.labels.incidents:
        incident = _as_found(read, label)
        if label.is_main or incident.custodian is not None:
            whole = acts.tells_whole(incident, len(read.labels.incidents))
            evidence = acts.act_evidence(read.document, read.title, named, incident, whole)
            yield Example(read.doc, evidence, str(max(answer(label), key=lambda one: shares[one])))


def shares(read: Sequence[Read], answer: Callable[[IncidentLabel], tuple[str, ...]]) -> Counter[str]:
    """How often each answer is right."""
    return Counter(one for r in read for label in r.labels.incidents for one in answer(label))


def _merged(read: Read) -> dict[Incident, set[str]]:
    """The labelled incidents as the reader would find them, main ones first: one a custodian, with the labels' ids."""
    found: dict[Incident, set[str]] = {}
    for label in sorted(read.labels.incidents, key=lambda label: not label.is_main):
        incident = _as_found(read, label)
        same = next((one for one in found if one.custodian is incident.custodian), incident)
        found.setdefault(same, set()).add(label.id)
    return found


def _as_found(read: Read, label: IncidentLabel) -> Incident:
    """A labelled incident as the reader would find it."""
    for entity in read.entities:
        if same_name(entity.name, label.organization):
            return Incident(entity, label.is_main, 1.0, entity.mentions[0].span)
    return Incident(None, label.is_main, 1.0, Span(0, 0))


def read(articles: Mapping[str, LabelledArticle], labels: Mapping[str, ArticleLabels], *, is_extra: bool) -> list[Read]:
    """The labelled articles, read as far as the models need it, in the order of their names."""
    return [_read(doc, articles[doc], labels[doc], is_extra) for doc in sorted(labels)]


def _read(doc: str, article: LabelledArticle, labels: ArticleLabels, is_extra: bool) -> Read:
    document = parse(article.text, article.published_on)
    found = entities.find(document, names.find(document))
    return Read(doc, document, parse(article.title or ""), found, labels, article.text, is_extra)
