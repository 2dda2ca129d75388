"""Articles a second of extraction alone, on one core, beside what libraries need for a part of the work.

    python -m tests.benchmarks.reader [ARTICLES.jsonl]      (from the root of the repository; needs the `bench` extra)

The texts are those of the file, else of ../shared/casie/dev.jsonl where that is there, else invented ones. The slow
libraries read a sample; "our lead" compares with our own time on that same sample. Asserts nothing: machines differ.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import process_time
from typing import NamedTuple

from pipeline.extract.reader import read
from pipeline.extract.rows import tables
from tests.benchmarks.prose import article

LABELLED = Path(__file__).parents[3] / "shared/casie/dev.jsonl"
SAMPLE = 40
INVENTED = 700
REPEATS = 3  # of what is quick; the best counts


class Text(NamedTuple):
    """A text to read, as the articles file gives it."""

    text: str
    published_on: date | None
    title: str | None


def main(arguments: Sequence[str]) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = load(Path(arguments[0]) if arguments else LABELLED)
    sample = texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]
    size = sum(len(t.text) for t in texts)
    print(f"{len(texts)} articles, {size / len(texts):,.0f} characters each on average, one core\n")
    print(f"{'':44}{'articles':>9}{'seconds':>9}{'art./s':>9}{'MB/s':>8}{'our lead':>10}")
    line("breach-ledger: read and make rows", texts, seconds(ours, texts, REPEATS))
    mine = seconds(ours, sample, REPEATS)
    line("  the same on the sample", sample, mine)
    for name, run, repeats in rivals():
        line(name, sample, seconds(run, sample, repeats), mine)


def load(path: Path) -> list[Text]:
    """The texts of a JSON lines file, or invented ones where it is not there."""
    if not path.is_file():
        return [Text(article(number), date(2021, 6, 1), None) for number in range(INVENTED)]
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [
        Text(r["text"], date.fromisoformat(r["published_on"]) if r.get("published_on") else None, r.get("title"))
        for r in records
    ]


def ours(text: Text) -> None:
    """All that extraction does for an article."""
    tables("a", text.text, read(text.text, text.published_on, text.title))


def rivals() -> list[tuple[str, Callable[[Text], object], int]]:
    """What libraries do of it: name, call and how often to repeat it."""
    import sentencex
    import spacy
    from dateparser.search import search_dates
    from quantulum3 import classifier, parser

    # Its classifier was pickled by an older scikit-learn, and cannot be read where a newer one is installed.
    classifier.USE_CLF = False
    tokenize = spacy.blank("en")
    return [
        (
            "sentencex + spaCy's blank tokenizer",
            lambda t: (sentencex.get_sentence_boundaries("en", t.text), tokenize(t.text)),
            REPEATS,
        ),
        ("dateparser's search: dates", lambda t: search_dates(t.text, languages=["en"]), 1),
        ("quantulum3: quantities", lambda t: parser.parse(t.text), 1),
    ]


def seconds(run: Callable[[Text], object], texts: Sequence[Text], repeats: int) -> float:
    """Processor seconds for all texts, the best of the repeats; one text beforehand warms up."""
    run(texts[0])
    best = float("inf")
    for _ in range(repeats):
        start = process_time()
        for text in texts:
            run(text)
        best = min(best, process_time() - start)
    return best


def line(name: str, texts: Sequence[Text], took: float, mine: float | None = None) -> None:
    """Print one line of the table."""
    size = sum(len(text.text.encode()) for text in texts) / 1e6
    lead = f"{took / mine:>9.1f}x" if mine else ""
    print(f"{name:44}{len(texts):>9}{took:>9.2f}{len(texts) / took:>9,.0f}{size / took:>8.2f}{lead}")


if __name__ == "__main__":
    main(sys.argv[1:])
