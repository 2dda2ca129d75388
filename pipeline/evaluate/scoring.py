"""Scores what was read against labels; the rules are stated in tests/gold/README.md and hold for any labels.

Rows and labels are paired one to one, and a pair counts only where the row is right; all counts are over all
articles together. Where rows come from and how scores are shown does not belong here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pipeline.evaluate.counts import Book, Finding, Judged, Placed, Report, overlap
from pipeline.evaluate.labels import (
    ArticleLabels,
    DateLabel,
    ExposedLabel,
    FigureLabel,
    IncidentLabel,
    LabelledArticle,
    StatementLabel,
)
from pipeline.evaluate.predictions import ArticleRows, EventRow, ExposedRow, FigureRow, IncidentRow, StatementRow
from pipeline.extract.text.findings import Span
from schemas.vocabulary import EventKind, Measure

# Words that do not tell one organization from another.
FILLER = re.compile(r"\b(the|inc|corp|corporation|co|ltd|llc|plc|company|u s|us)\b")
QUOTATION_WORDS = 4  # shorter quotations are not labelled, and not counted
COVERED = 0.8  # of the label's words and of the row's

L = TypeVar("L", FigureLabel, DateLabel, ExposedLabel, StatementLabel)
R = TypeVar("R", FigureRow, EventRow, ExposedRow, StatementRow)


def score(
    predicted: Mapping[str, ArticleRows],
    labels: Mapping[str, ArticleLabels],
    articles: Mapping[str, LabelledArticle],
) -> Report:
    """Scores of the predicted rows against the labels, all by document; an article without rows was missed whole."""
    book = Book()
    for doc in sorted(labels):
        text = articles[doc].text
        rows = predicted.get(doc) or ArticleRows(text, False, None, (), (), (), (), ())
        # The text that was read may differ from the labelled one in the white space at its head.
        shift = len(text) - len(text.lstrip()) - (len(rows.text) - len(rows.text.lstrip()))
        _detection(book, doc, labels[doc], rows)
        links = _incidents(book, doc, labels[doc], rows.incidents)
        _figures(book, doc, _labels(labels[doc].figures, text), _rows(rows.figures, shift), links)
        _dates(book, doc, _labels(labels[doc].dates, text), _rows(rows.events, shift))
        _exposed(book, doc, _labels(labels[doc].exposed_data, text), _rows(rows.exposed_data, shift))
        _statements(book, doc, _labels(labels[doc].statements, text), _rows(rows.statements, shift))
    return book.report(len(labels), sum(doc not in predicted for doc in labels))


def same_name(predicted: str | None, accepted: Iterable[str]) -> bool:
    """Whether the words of one name stand, whole and in order, in another.

    >>> same_name("Equifax", ["Equifax Inc."]), same_name("Equifax UK", ["Equifax"]), same_name("Equi", ["Equifax"])
    (True, True, False)
    """
    mine = _name_words(predicted)
    return any(
        bool(mine) and bool(theirs) and (_within(theirs, mine) or _within(mine, theirs))
        for theirs in map(_name_words, accepted)
    )


def close(a: float | None, b: float | None, tolerance: float = 0.005) -> bool:
    """Whether two numbers differ by at most a share of the second; unknown is close to unknown alone."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= tolerance * max(1.0, abs(b))


def same_number(label: FigureLabel, row: FigureRow) -> bool:
    """Whether the row's number is the label's: its value, or where the label has none, its range.

    A bare plural ("thousands of") has no value; its least value may be read up to half apart. A range that starts
    within 5 % of the label's may also carry a value.
    """
    if label.value is not None:
        return close(row.value, label.value)
    if row.value is None and (label.low is None or row.low is None or close(row.low, label.low, 0.5)):
        return True
    return label.low is not None and close(row.low, label.low, 0.05)


def measured(label: FigureLabel, row: FigureRow) -> bool:
    """Whether number, measure and unit are right."""
    return same_number(label, row) and row.measure in label.measure and row.unit in label.unit


def bounded(label: FigureLabel, row: FigureRow) -> bool:
    """Whether the qualifier is right, and both ends of the range to within 15 %."""
    return row.qualifier == label.qualifier and close(row.low, label.low, 0.15) and close(row.high, label.high, 0.15)


def _name_words(name: str | None) -> list[str]:
    return FILLER.sub(" ", re.sub(r"[^0-9a-z]+", " ", (name or "").lower())).split()


def _within(short: list[str], long: list[str]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _labels(labels: Iterable[L], text: str) -> list[Placed[L]]:
    return [Placed(label.span(text), label) for label in labels]


def _rows(rows: Iterable[R], shift: int) -> list[Placed[R]]:
    return [Placed(Span(row.span.start + shift, row.span.end + shift), row) for row in rows]


def _detection(book: Book, doc: str, labels: ArticleLabels, rows: ArticleRows) -> None:
    said, true = rows.reports_incident, labels.reports_incident
    book.tally("detection", said and true, said, true)
    if said or true:
        outcome = "right" if said and true else "wrong" if said else "missed"
        book.findings.append(Finding("detection", doc, outcome, -1, -1, "reports an incident"))
    if rows.confidence is not None:
        book.judged.append(Judged("article_readings", rows.confidence, said == true))


def _incidents(book: Book, doc: str, labels: ArticleLabels, rows: Sequence[IncidentRow]) -> dict[str, str]:
    """Count the incidents; returns the predicted incident of each label's id, for what hangs on it.

    Each label takes the first row left that names its custodian, main incidents first.
    """
    left = list(rows)
    found: dict[str, IncidentRow] = {}
    for label in sorted(labels.incidents, key=lambda label: not label.is_main):
        row = next((row for row in left if _same_custodian(label, row)), None)
        outcome = "right" if row else "missed"
        book.findings.append(Finding("incidents.found", doc, outcome, -1, -1, label.what))
        if row:
            left.remove(row)
            found[label.id] = row
            _judge(book, row, row.is_main == label.is_main)
            if label.is_main:
                _fields(book, labels, label, row)
    for row in left:
        book.findings.append(Finding("incidents.found", doc, "wrong", -1, -1, row.what))
        _judge(book, row, False)
    book.tally("incidents.found", len(found), len(rows), len(labels.incidents))
    mains = [label for label in labels.incidents if label.is_main]
    book.tally("incidents.main", sum(m.id in found for m in mains), sum(row.is_main for row in rows), len(mains))
    return {label_id: row.incident for label_id, row in found.items()}


def _judge(book: Book, row: IncidentRow, right: bool) -> None:
    """Hold what an incident claims for itself, and its article for telling of it, against the article's labels."""
    book.judged.append(Judged("incidents", row.confidence, right))
    if row.link is not None:
        book.judged.append(Judged("incident_articles", row.link, right))


def _same_custodian(label: IncidentLabel, row: IncidentRow) -> bool:
    if not label.organization:
        return row.organization is None
    return same_name(row.organization, label.organization)


def _fields(book: Book, labels: ArticleLabels, label: IncidentLabel, row: IncidentRow) -> None:
    """Count the fields of a main incident that was found; those that the labels leave open do not count."""
    book.share("incident.action", row.action in label.action)
    book.share("incident.actor", row.actor in label.actor)
    if label.occurred:
        book.share("incident.occurred", (row.occurred_from, row.occurred_to) == label.occurred)
    totals = [
        figure.value
        for figure in labels.figures
        if figure.measure == (Measure.PEOPLE_AFFECTED,) and figure.incident == (label.id,) and figure.value is not None
    ]
    if totals:
        right = row.people_affected is not None and any(close(row.people_affected, total, 0.1) for total in totals)
        book.share("incident.people_affected", right)


def _figures(
    book: Book, doc: str, labels: list[Placed[FigureLabel]], rows: list[Placed[FigureRow]], links: Mapping[str, str]
) -> None:
    def linked(label: FigureLabel, row: FigureRow) -> bool:
        return measured(label, row) and row.incident in [links[i] for i in label.incident if i in links]

    book.pair("figures.found", doc, labels, rows, lambda g, p: same_number(g.item, p.item))
    book.pair("figures.measured", doc, labels, rows, lambda g, p: measured(g.item, p.item))
    right = book.pair(
        "figures.bounded", doc, labels, rows, lambda g, p: measured(g.item, p.item) and bounded(g.item, p.item)
    )
    book.judged += [Judged("figures", row.item.confidence, i in right) for i, row in enumerate(rows)]
    told = [label for label in labels if label.item.measure != (Measure.BACKGROUND,)]
    told_rows = [row for row in rows if row.item.measure != Measure.BACKGROUND]
    book.pair("figures.linked", doc, told, told_rows, lambda g, p: linked(g.item, p.item))


def _dates(book: Book, doc: str, labels: list[Placed[DateLabel]], rows: list[Placed[EventRow]]) -> None:
    """Count the dates; one that is of no incident may be found or not."""
    aside = [label for label in labels if label.item.kind is EventKind.OTHER and not label.item.incident]
    told = [label for label in labels if label not in aside]
    told_rows = [row for row in rows if not any(overlap(row.span, label.span) for label in aside)]
    right = book.pair(
        "dates.resolved",
        doc,
        told,
        told_rows,
        lambda g, p: (p.item.first, p.item.last) == (g.item.first, g.item.last),
    )
    book.judged += [Judged("events", row.item.confidence, i in right) for i, row in enumerate(told_rows)]


def _exposed(book: Book, doc: str, labels: list[Placed[ExposedLabel]], rows: list[Placed[ExposedRow]]) -> None:
    book.pair("exposed_data", doc, labels, rows, lambda g, p: p.item.data_type in g.item.data_type)


def _statements(book: Book, doc: str, labels: list[Placed[StatementLabel]], rows: list[Placed[StatementRow]]) -> None:
    def covers(label: Placed[StatementLabel], row: Placed[StatementRow]) -> bool:
        longest = max(label.span.end - label.span.start, row.span.end - row.span.start)
        return overlap(label.span, row.span) >= COVERED * longest

    def by_speaker(label: StatementLabel, row: StatementRow) -> bool:
        if not label.speaker:
            return not row.speaker
        return same_name(row.speaker, label.speaker) or same_name(row.affiliation, label.speaker)

    long_enough = [row for row in rows if len(row.item.quote.split()) >= QUOTATION_WORDS]
    book.pair("statements", doc, labels, long_enough, covers)
    book.pair(
        "statements.attributed", doc, labels, long_enough, lambda g, p: covers(g, p) and by_speaker(g.item, p.item)
    )
