"""Between the lake and the extraction library: the articles that this version has not read become reading tables.

How a text is read is the library's matter; here it is fed, by as many processes as pay, and a text that it falls over
becomes a reject. Nothing is held beyond one chunk of articles.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from typing import Any, NamedTuple

import polars as pl

from pipeline.extract import EXTRACTOR_VERSION
from pipeline.extract.reader import read
from pipeline.extract.rows import tables
from pipeline.identity import row_id
from pipeline.ingest.language import ENGLISH, UNDETERMINED
from pipeline.lake import Lake
from pipeline.validate import split_tables
from schemas.articles import Reject
from schemas.tables import READINGS, frame
from schemas.vocabulary import Stage

ARTICLES = "articles"
KIND = f"readings/{EXTRACTOR_VERSION}"
# The texts that a process is given at a time, and the fewest that are worth starting processes for (a second each).
SLICE = 50
WORTH_PROCESSES = 300
FAILED = {"article_id": pl.String, "check": pl.String, "failure": pl.String}
# Twenty times what the longest report holds. Figures are held against each other, so that a flood of them costs hours.
MOST_FIGURES = 2_000

# What is kept of an article that repeats another: whether and what it reports, but no figure twice.
OF_REPEATS = ("article_readings", "incident_readings")

Frames = dict[str, pl.DataFrame]


class Flood(Exception):
    """A text that is no article but a table of numbers."""


class Read(NamedTuple):
    """What a run read: articles, the rows of each table, and rejects by check."""

    articles: int
    rows: Counter[str]
    rejects: Counter[str]


def read_unread(
    lake: Lake, *, at: datetime, workers: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> Read:
    """Reads what this version of the extractor has not read, each chunk of articles into a chunk of readings.

    `workers` processes at most, 0 for one a core; `progress` hears the articles read so far, and of how many.
    Raises LakeError.
    """
    known = {chunk.key for chunk in lake.chunks(KIND)}
    unread = [chunk for chunk in lake.chunks(ARTICLES) if chunk.key not in known]
    total = sum(chunk.rows(ARTICLES) for chunk in unread)
    done, rows, rejects = 0, Counter[str](), Counter[str]()
    with _processes(workers if total >= WORTH_PROCESSES else 1) as extract:
        for chunk in unread:
            articles, parts = chunk.read(ARTICLES), []
            for part in extract(articles.iter_slices(SLICE)):
                parts.append(part)
                progress(min(done + len(parts) * SLICE, total), total)
            written = lake.write(KIND, chunk.key, _checked(articles, parts, at))
            done += articles.height
            rows.update({table.name: written.rows(table.name) for table in READINGS})
            rejects.update(written.read("rejects")["check_name"].to_list())
    return Read(done, rows, rejects)


def extract_chunk(articles: pl.DataFrame) -> Frames:
    """The reading tables of these articles, all of them, and `failed` with the articles that it fell over.

    Texts that are not English are not read; of repeats, OF_REPEATS alone is kept.
    """
    rows: dict[str, list[Mapping[str, object]]] = {table.name: [] for table in READINGS}
    failed = []
    for article in articles.iter_rows(named=True):
        try:
            found = _found(article)
        except (OSError, ImportError, MemoryError):  # the machine's fault, not the text's: it may be read tomorrow
            raise
        except Flood as flood:
            failed.append((article["article_id"], "too_many_figures", str(flood)))
            continue
        except Exception as error:  # whatever a text does to the extractor, the other texts go on
            failed.append((article["article_id"], "extractor_failed", f"{type(error).__name__}: {error}"))
            continue
        for name, more in found.items():
            rows[name] += more
    frames = {table.name: frame(table.model, rows[table.name]) for table in READINGS}
    return {**frames, "failed": pl.DataFrame(failed, schema=FAILED, orient="row")}


def _found(article: Mapping[str, Any]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    identity, text = article["article_id"], article["text"]
    if article["language"] not in (ENGLISH, UNDETERMINED):
        return {"article_readings": [{"article_id": identity, "reports_incident": False, "confidence": 0.0}]}
    found = tables(identity, text, read(text, article["published_on"], article["title"]))
    if len(found["figures"]) > MOST_FIGURES:
        raise Flood(f"more than {MOST_FIGURES:,} figures: a table, not an article")
    return found if article["duplicate_of"] is None else {name: found[name] for name in OF_REPEATS}


@contextmanager
def _processes(workers: int) -> Iterator[Callable[[Iterable[pl.DataFrame]], Iterator[Frames]]]:
    """`extract_chunk` over frames, in their order: here, or in processes of its own."""
    if workers == 1:
        yield lambda frames: map(extract_chunk, frames)
        return
    # Spawned: a fork of a process that polars and Dagster have filled with threads may hang.
    with ProcessPoolExecutor(workers or None, mp_context=get_context("spawn")) as pool:
        yield lambda frames: pool.map(extract_chunk, frames)


def _checked(articles: pl.DataFrame, parts: Sequence[Frames], at: datetime) -> Frames:
    """The tables of a chunk of readings: rows that passed their models, and `rejects`."""
    frames = {name: pl.concat([part[name] for part in (*parts, _nothing())]) for name in _nothing()}
    failed = frames.pop("failed").join(articles.select("article_id", "source_uri"), on="article_id")
    accepted, invalid = split_tables(READINGS, frames, stage=Stage.EXTRACT, at=at, articles=articles)
    rejects = frame(Reject, (_reject(row, at) for row in failed.iter_rows(named=True)))
    return {**accepted, "rejects": pl.concat([rejects, invalid])}


def _nothing() -> Frames:
    return {**{table.name: frame(table.model) for table in READINGS}, "failed": pl.DataFrame(schema=FAILED)}


def _reject(failed: Mapping[str, str], at: datetime) -> dict[str, object]:
    return {
        "reject_id": row_id("x", Stage.EXTRACT, EXTRACTOR_VERSION, failed["article_id"]),
        "source_uri": failed["source_uri"],
        "article_id": failed["article_id"],
        "stage": Stage.EXTRACT.value,
        "table_name": "article_readings",
        "check_name": failed["check"],
        "failure": failed["failure"],
        "rejected_at": at,
    }
