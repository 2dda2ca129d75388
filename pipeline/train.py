"""Fits the weights of the extraction's models to labelled articles: `python -m pipeline.train --labels DIR --articles FILE`.

Needs scikit-learn (the `train` extra). Each decision's evidence comes from the module that the reader asks too, so what
is fitted is what is read. Prints, for each decision, how often it is right on articles that it was not fitted to.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.evaluate.labels import (
    ArticleLabels,
    DateLabel,
    ExposedLabel,
    FigureLabel,
    IncidentLabel,
    LabelledArticle,
    load_articles,
    load_labels,
)
from pipeline.evaluate.scoring import same_name
from pipeline.extract import (
    acts,
    custody,
    dates,
    entities,
    events,
    exposure,
    kinds,
    links,
    measures,
    mentions,
    names,
    numerals,
    quantities,
)
from pipeline.extract.document import Document, parse
from pipeline.extract.findings import Quantity, Span
from pipeline.extract.incidents import REPORTS, Incident
from pipeline.extract.weigh import FOLDER, Evidence
from pipeline.train_trees import Sample, grow
from schemas.vocabulary import EventKind, Measure

FOLDS = 4
LEAST = 0.03  # weights smaller than this in every column are left out
CHAIN = ("report", "custody", "exposed_first", "reported")  # later decisions build on these
EXTRA = 0.4  # what an example of an extra article weighs
SEEN = 2  # evidence that fewer articles show is left out


SEEMS = 0.3  # odds of reporting an incident at which an article teaches what its figures tell

LabelledQuantity = tuple[Quantity, Measure]


class Example(NamedTuple):
    """One decision of one article: the evidence and the right answer."""

    doc: str
    evidence: Evidence
    answer: str


class Read(NamedTuple):
    """A labelled article as far as the models need it read."""

    doc: str
    document: Document
    title: Document
    entities: tuple[entities.Entity, ...]
    labels: ArticleLabels
    text: str
    is_extra: bool  # an article written to teach: its sentences are true to life, its choice of words as a whole is not


def main() -> None:
    options = _options()
    articles = load_articles(options.articles)
    read = [*_read(articles, options.labels, False), *_read(articles, options.extra_labels or [], True)]
    FOLDER.mkdir(exist_ok=True)
    fit = Fitting(options.only, {r.doc for r in read if r.is_extra})
    words_say = fit("report", [e for r in read if not r.is_extra for e in report_examples(r)], 0.03)
    roles = fit("custody", [e for r in read for e in custody_examples(r)], 0.06)
    first = fit("exposed_first", [e for r in read for e in exposed_first_examples(r)], 0.1)
    found = [
        e
        for r in read
        if not r.is_extra
        for e in reported_examples(r, words_say[r.doc][0]["yes"], roles.get(r.doc, []), first.get(r.doc, []))
    ]
    reported = {r.doc: 0.95 if r.labels.reports_incident else 0.05 for r in read if r.is_extra}
    reported |= {doc: odds[0]["yes"] for doc, odds in fit("reported", found, 0.3).items()}

    # Whether a figure tells of an incident is asked of every article that seems to report one.
    seeming = {r.doc: _counted(r, reported[r.doc], roles.get(r.doc, []), first.get(r.doc, [])) for r in read if r.labels.reports_incident or reported[r.doc] >= SEEMS}
    told = fit("told", [e for r in read if r.doc in seeming for e in told_examples(r, *seeming[r.doc])], 0.05)
    fit("told_again", [e for r in read if r.doc in told for e in told_again_examples(r, *seeming[r.doc], told[r.doc])], 0.05)

    if fit.writes("exposed"):
        likely = [r for r in read if r.labels.reports_incident or reported[r.doc] >= REPORTS]
        samples = [s for r in likely for s in exposed_samples(r, first.get(r.doc, []), reported[r.doc])]
        grow("exposed", samples)

    read = [r for r in read if r.labels.reports_incident]  # what follows is asked only where an incident was found
    fit("data_type", [e for r in read for e in data_type_examples(r)], 0.3)
    fit("measure", [e for r in read for e in measure_examples(r)], 0.2)
    fit("event", [e for r in read for e in event_examples(r)], 0.1)
    fit("link", [e for r in read for e in link_examples(r)], 0.1)
    fit("action", [e for r in read for e in act_examples(r, lambda i: i.action, _shares(read, lambda i: i.action))], 0.3)
    fit("actor", [e for r in read for e in act_examples(r, lambda i: i.actor, _shares(read, lambda i: i.actor))], 0.2)


class Fitting:
    """Fits decisions one after another; `only` names those to write, all if it is empty; `extra` articles weigh less."""

    def __init__(self, only: Sequence[str] | None, extra: Set[str]) -> None:
        self._only = only
        self._extra = extra

    def writes(self, name: str) -> bool:
        """Whether a decision is among those to write."""
        return not self._only or name in self._only

    def __call__(self, name: str, examples: list[Example], strength: float) -> dict[str, list[dict[str, float]]]:
        """Fit one decision; by article, the odds of its examples in their order, each left out when it was fitted."""
        if not self.writes(name) and name not in CHAIN:
            return {}
        shown = Counter(pair for pairs in _by_article(examples) for pair in pairs)
        vectorizer = DictVectorizer()
        rows = vectorizer.fit_transform([{f"{slot}\t{value}": 1.0 for slot, value in e.evidence if shown[slot, value] >= SEEN} for e in examples])
        answers, docs = np.array([e.answer for e in examples]), [e.doc for e in examples]
        model = LogisticRegression(C=strength, max_iter=3000)
        weights = np.array([EXTRA if doc in self._extra else 1.0 for doc in docs])
        left_out = cross_val_predict(
            model, rows, answers, groups=docs, cv=GroupKFold(FOLDS), method="predict_proba", params={"sample_weight": weights}
        )
        model.fit(rows, answers, sample_weight=weights)
        labels = [str(c) for c in model.classes_]
        kept = _write(name, labels, model, vectorizer.get_feature_names_out()) if self.writes(name) else 0
        right = left_out.argmax(axis=1) == [labels.index(a) for a in answers]
        shares = ", ".join(f"{label} {count}" for label, count in Counter(answers.tolist()).most_common())
        print(f"{name:14} right {right.mean():.3f} of {len(examples)} ({shares}); {kept} weights", flush=True)
        by_doc: dict[str, list[dict[str, float]]] = {}
        for doc, odds in zip(docs, left_out, strict=True):
            by_doc.setdefault(doc, []).append(dict(zip(labels, map(float, odds), strict=True)))
        return by_doc


def _by_article(examples: list[Example]) -> Iterable[set[tuple[str, str]]]:
    """The evidence that each article shows."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for example in examples:
        pairs.setdefault(example.doc, set()).update(example.evidence)
    return pairs.values()


def _write(name: str, labels: list[str], model: LogisticRegression, features: Any) -> int:
    """The weights as JSON; a model of two labels gets its second column alone, the first being zero."""
    columns, bias = model.coef_.T, model.intercept_
    if len(labels) == 2:
        columns, bias = np.hstack([np.zeros_like(columns), columns]), np.array([0.0, bias[0]])
    slots: dict[str, dict[str, list[float]]] = {}
    for feature, column in zip(features, columns, strict=True):
        if np.abs(column).max() >= LEAST:
            slot, value = feature.split("\t", 1)
            slots.setdefault(slot, {})[value] = [round(float(w), 3) for w in column]
    content = {"labels": labels, "bias": [round(float(b), 3) for b in bias], "slots": slots}
    (FOLDER / f"{name}.json").write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8"
    )
    return sum(map(len, slots.values()))


def report_examples(read: Read) -> Iterator[Example]:
    """Does the article report an incident?"""
    yield Example(
        read.doc, custody.report_evidence(read.document, read.title), "yes" if read.labels.reports_incident else "no"
    )


def custody_examples(read: Read) -> Iterator[Example]:
    """What is each entity to the article's incidents?"""
    found = custody.custody_evidence(read.document, read.title, read.entities)
    for entity, evidence in zip(read.entities, found, strict=True):
        role = "none"
        for incident in read.labels.incidents:
            if same_name(entity.name, incident.organization):
                role = "main" if incident.is_main else role if role == "main" else "recalled"
            elif role == "none" and same_name(entity.name, incident.actor_names):
                role = "attacker"
        yield Example(read.doc, evidence, role)


def reported_examples(read: Read, words_say: float, roles: list[dict[str, float]], first: list[dict[str, float]]) -> Iterator[Example]:
    """Does the article report an incident, after all that was found in it?"""
    evidence = custody.reported_evidence(words_say, roles, [odds["yes"] for odds in first])
    yield Example(read.doc, evidence, "yes" if read.labels.reports_incident else "no")


def exposed_first_examples(read: Read) -> Iterator[Example]:
    """Is the mention of data said to be exposed, by the words around it?"""
    labelled = [label.span(read.text) for label in read.labels.exposed_data]
    for mention, _, evidence in exposure.look(read.document):
        yield Example(read.doc, evidence, "yes" if any(mention.span.overlaps(s) for s in labelled) else "no")


def exposed_samples(read: Read, first: list[dict[str, float]], reported: float) -> Iterator[Sample]:
    """Is it exposed, by what was seen at first of it and of the others?"""
    labelled = [label.span(read.text) for label in read.labels.exposed_data]
    looked = exposure.look(read.document)
    seen = [exposure.Seen(*one, odds["yes"]) for one, odds in zip(looked, first, strict=True)]
    for one, features in zip(seen, exposure.second_look(read.document, seen, reported), strict=True):
        yield Sample(read.doc, features, any(one.mention.span.overlaps(s) for s in labelled))


def data_type_examples(read: Read) -> Iterator[Example]:
    """Of what type is the data that an ambiguous noun names?"""
    labelled = [(label.span(read.text), label.data_type[0]) for label in read.labels.exposed_data]
    found = mentions.find(read.document)
    named = kinds.Named.of(found)
    for group in mentions.lists(read.document, found):
        for mention in group:
            answer = next((data_type for span, data_type in labelled if mention.span.overlaps(span)), None)
            if answer is not None and mention.code.endswith("?"):
                evidence = kinds.kind_evidence(read.document, named, mention, group)
                yield Example(read.doc, evidence, str(answer))


def told_examples(read: Read, figures: list[LabelledQuantity], known: measures.Around) -> Iterator[Example]:
    """Does the quantity tell of an incident of the article?"""
    for (_, measure), evidence in zip(figures, measures.told_evidence(read.document, [q for q, _ in figures], known), strict=True):
        yield Example(read.doc, evidence, "no" if measure is Measure.BACKGROUND else "yes")


def told_again_examples(
    read: Read, figures: list[LabelledQuantity], known: measures.Around, told: list[dict[str, float]]
) -> Iterator[Example]:
    """Does it, by what the others seem to tell?"""
    found = [q for q, _ in figures]
    first = measures.told_evidence(read.document, found, known)
    for (_, measure), evidence in zip(figures, measures.again_evidence(read.document, found, first, [odds["yes"] for odds in told]), strict=True):
        yield Example(read.doc, evidence, "no" if measure is Measure.BACKGROUND else "yes")


def measure_examples(read: Read) -> Iterator[Example]:
    """What does a quantity measure that tells of an incident?"""
    figures = _labelled(read)
    tally = measures.Tally.of(read.document, [q for q, _ in figures])
    for at, (_, measure) in enumerate(figures):
        if measure is not Measure.BACKGROUND:
            yield Example(read.doc, measures.measure_evidence(read.document, tally, at), str(measure))


def _counted(
    read: Read, reported: float, roles: list[dict[str, float]], first: list[dict[str, float]]
) -> tuple[list[LabelledQuantity], measures.Around]:
    """The labelled quantities of an article, and what was found around them."""
    groups = mentions.lists(read.document, mentions.find(read.document))
    spans = [mention.span for group in groups for mention in group]
    exposed = zip(spans, (odds["yes"] for odds in first), strict=True)
    return _labelled(read), measures.around(read.document, reported, exposed, zip(read.entities, roles, strict=True))


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


def _shares(read: Sequence[Read], answer: Callable[[IncidentLabel], tuple[str, ...]]) -> Counter[str]:
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


def _read(articles: Mapping[str, LabelledArticle], folders: Sequence[Path], is_extra: bool) -> Iterator[Read]:
    labels = {doc: label for folder in folders for doc, label in load_labels(folder).items() if doc in articles}
    for doc, label in sorted(labels.items()):
        text, published_on, title = articles[doc]
        document = parse(text, published_on, title)
        found = entities.find(document, names.find(document))
        yield Read(doc, document, parse(title or ""), found, label, text, is_extra)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--labels", type=Path, action="append", required=True, help="folder of labels; may be given again"
    )
    parser.add_argument(
        "--extra-labels", type=Path, action="append", help="labels of articles written to teach: they weigh less"
    )
    parser.add_argument(
        "--articles",
        type=Path,
        action="append",
        required=True,
        help="JSON lines, or a folder of .txt; may be given again",
    )
    parser.add_argument("--only", action="append", help="fit this decision alone, by the name of its weights; may be given again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
