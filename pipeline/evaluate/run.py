"""One evaluation from labels to text: what the command and the Dagster asset call.

Nothing is read, scored or shown here, only put together.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pipeline.evaluate import history
from pipeline.evaluate.counts import Report
from pipeline.evaluate.labels import LabelError, load_articles, load_labels, place
from pipeline.evaluate.predictions import from_warehouse
from pipeline.evaluate.reading import from_extractor
from pipeline.evaluate.reliability import calibration_errors, csv, markdown, reliability
from pipeline.evaluate.report import changes_text, table
from pipeline.evaluate.scoring import score

# Articles whose name is no number are in neither half.
Half = Literal["odd", "even", "all"]


def evaluate(labels: Path, articles: Sequence[Path], warehouse: Path | None = None, half: Half = "all") -> Report:
    """The scores of a warehouse on labelled articles, or without one of the extractor, reading them now.

    `labels` is a folder of JSON files; `articles` are files of JSON lines or folders of texts. Labels without an
    article are left out. LabelError where labels or articles cannot be understood, FileNotFoundError where there is
    no warehouse.
    """
    texts = load_articles(articles)
    chosen = {doc: found for doc, found in load_labels(labels).items() if doc in texts and in_half(doc, half)}
    if not chosen:
        raise LabelError(f"no label in {labels} belongs to an article of {', '.join(map(str, articles))}")
    place(chosen, texts)
    labelled = {doc: texts[doc] for doc in chosen}
    predicted = from_warehouse(warehouse, labelled) if warehouse else from_extractor(labelled)
    return score(predicted, chosen, labelled)


def in_half(doc: str, half: Half) -> bool:
    """Whether an article belongs to the half.

    >>> in_half("10043", "odd"), in_half("10043", "even"), in_half("000_0deb", "even"), in_half("000_0deb", "all")
    (True, False, False, True)
    """
    return half == "all" or (doc.isdecimal() and int(doc) % 2 == (half == "odd"))


def summary(
    report: Report, against: Path | None = None, save: Path | None = None, reliability_table: Path | None = None
) -> str:
    """The table of scores, the calibration errors and the changes against a saved run, as text.

    Saves the findings, and writes the reliability table as CSV or, for any other suffix, as Markdown.
    """
    bins = reliability(report.judged)
    parts = [table(report), ""]
    parts += [f"{'calibration ' + kind:34}{error:.4f}" for kind, error in calibration_errors(bins).items()]
    if against:
        parts += ["", changes_text(history.changes(history.load(against), report.findings))]
    if save:
        history.save(report.findings, save)
    if reliability_table:
        written = csv(bins) if reliability_table.suffix == ".csv" else markdown(bins)
        reliability_table.write_text(written, encoding="utf-8")
    return "\n".join(parts)
