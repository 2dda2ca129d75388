"""The way in: a folder's new records become article rows and rejects, chunk by chunk, in the lake.

What the lake has seen is told by content, never by a file's time, so a run that was broken off is simply gone on with.
No format here, and nothing across articles but the same text again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline.identity import article_id, row_id
from pipeline.ingest import language
from pipeline.ingest.folder import SourceFile, walk
from pipeline.ingest.readers import is_readable, read
from pipeline.ingest.records import Record, Refusal, Refused, refusal
from pipeline.ingest.seen import Seen
from pipeline.lake import Chunk, Lake
from pipeline.validate import split
from schemas.articles import IngestedArticle, Reject
from schemas.tables import frame
from schemas.vocabulary import Basis, Stage

KIND = "articles"
# What a chunk remembers: files read to their end, records and refusals, and the article that a record became.
SOURCES = {"digest": pl.String, "place": pl.String, "article_id": pl.String}
# A chunk of long articles is closed early: so many characters are at most held at once (and the last article's).
CHUNK_CHARACTERS = 32_000_000
# Refused for no fault of the bytes: an article of tomorrow (it is, east of here), a limit that may be raised. A file
# with such a refusal is looked at again in every run.
PASSING = frozenset({"future_date", "too_big"})


class Loaded(NamedTuple):
    """What a run took in; `held` counts records that the lake held already, `passed_over` files of unknown kinds."""

    articles: int
    duplicates: int
    held: int
    rejects: Counter[str]
    passed_over: Counter[str]


class _Finished(NamedTuple):
    """A file read to its end: it need not be opened again until its bytes change."""

    place: str
    digest: str


def load(
    folder: Path,
    lake: Lake,
    *,
    at: datetime,
    max_bytes: int,
    chunk_articles: int,
    progress: Callable[[int], None] = lambda articles: None,
) -> Loaded:
    """Takes in what the lake has not seen; `at` is now in naive UTC, `progress` hears the articles taken in so far.

    Raises NoFolder, and what the lake raises.
    """
    seen = Seen(column for chunk in lake.chunks(KIND) for column in _ids(chunk))
    loaded = Loaded(0, 0, 0, Counter(), Counter())
    batch = _Batch(at)
    for item in _items(folder, seen, max_bytes, at, loaded.passed_over):
        if item.digest in seen:
            loaded = loaded._replace(held=loaded.held + isinstance(item, Record))
            continue
        batch.add(item, seen)
        if len(batch.records) >= chunk_articles or batch.characters >= CHUNK_CHARACTERS:
            loaded = batch.write(lake, loaded)
            progress(loaded.articles)
            batch = _Batch(at)
    return batch.write(lake, loaded) if batch.sources else loaded


def pending(folder: Path, lake: Lake) -> str | None:
    """A digest of the files below the folder that the lake has not seen to their end, or None; raises NoFolder."""
    seen = Seen(column for chunk in lake.chunks(KIND) for column in _ids(chunk))
    unseen = []
    for file in walk(folder):
        if isinstance(file, SourceFile) and is_readable(file):
            with suppress(Refused):
                unseen += [digest] if (digest := file.digest()) not in seen else []
    return row_id("p", *sorted(unseen)) if unseen else None


def _ids(chunk: Chunk) -> list[pl.Series]:
    return chunk.read("sources").select("digest", "article_id").get_columns()


def _items(
    folder: Path, seen: Seen, max_bytes: int, at: datetime, passed_over: Counter[str]
) -> Iterator[Record | Refusal | _Finished]:
    """What the files that are new or changed hold, each file closed by its `_Finished`."""
    for file in walk(folder):
        if isinstance(file, Refusal):
            yield file
        elif not is_readable(file):
            if not file.is_sidecar:
                passed_over[file.kind or file.name] += 1
        else:
            yield from _file_items(file, seen, max_bytes, at)


def _file_items(file: SourceFile, seen: Seen, max_bytes: int, at: datetime) -> Iterator[Record | Refusal | _Finished]:
    try:
        digest = file.digest()
    except Refused as reason:
        yield refusal(file.place, reason)
        return
    if digest in seen:
        return
    waiting = False
    for item in read(file, max_bytes):
        item = _in_time(item, at)
        waiting = waiting or (isinstance(item, Refusal) and item.check in PASSING)
        yield item
    if not waiting:
        yield _Finished(file.place, digest)


def _in_time(item: Record | Refusal, at: datetime) -> Record | Refusal:
    """The item, or its refusal where it was published after now."""
    if isinstance(item, Refusal) or item.metadata.published_on is None or item.metadata.published_on <= at.date():
        return item
    day = str(item.metadata.published_on)
    reason = Refused("future_date", f"published_on {day} is not yet", "published_on")
    return refusal(item.place, reason, {"published_on": day, "title": item.metadata.title})


@dataclass(slots=True)
class _Batch:
    """What is held until its chunk is written."""

    at: datetime
    records: list[tuple[Record, str, str | None]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    sources: list[tuple[str, str, str | None]] = field(default_factory=list)
    characters: int = 0

    def add(self, item: Record | Refusal | _Finished, seen: Seen) -> None:
        article = None
        if isinstance(item, Record):
            article, original = _identify(item, seen)
            self.records.append((item, article, original))
            self.characters += len(item.text)
        elif isinstance(item, Refusal):
            self.refusals.append(item)
        self.sources.append((item.digest, item.place, article))
        seen.add(item.digest, article)

    def write(self, lake: Lake, loaded: Loaded) -> Loaded:
        """Writes the chunk; it appears whole or not at all."""
        key = row_id("b", *sorted(digest for digest, _, _ in self.sources))
        rows = frame(IngestedArticle, (_row(record, key, self.at) for record in self.records))
        accepted, invalid = split(IngestedArticle, rows, stage=Stage.INGEST, at=self.at)
        rejects = pl.concat([frame(Reject, (_reject(refused, self.at) for refused in self.refusals)), invalid])
        sources = pl.DataFrame(self.sources, schema=SOURCES, orient="row")
        lake.write(KIND, key, {"articles": accepted, "rejects": rejects, "sources": sources})
        return loaded._replace(
            articles=loaded.articles + accepted.height,
            duplicates=loaded.duplicates + accepted["duplicate_of"].count(),
            rejects=loaded.rejects + Counter(rejects["check_name"].to_list()),
        )


def _identify(record: Record, seen: Seen) -> tuple[str, str | None]:
    """The article's id, and the article that it repeats: the first with a text owns the text's id."""
    first = article_id(record.text)
    return (first, None) if first not in seen else (row_id("a", first, record.digest), first)


def _row(known: tuple[Record, str, str | None], batch: str, at: datetime) -> dict[str, object]:
    record, article, original = known
    metadata = record.metadata
    return {
        "article_id": article,
        "source_uri": record.source_uri,
        "title": metadata.title,
        "publisher": metadata.publisher,
        "author": metadata.author,
        "published_on": metadata.published_on,
        "published_on_basis": Basis.METADATA.value if metadata.published_on else None,
        "language": language.detect(record.text),
        "text": record.text,
        "char_count": len(record.text),
        "duplicate_of": original,
        "batch": batch,
        "ingested_at": at,
    }


def _reject(refused: Refusal, at: datetime) -> dict[str, object]:
    return {
        "reject_id": row_id("x", refused.digest),
        "source_uri": refused.place,
        "stage": Stage.INGEST.value,
        "table_name": "articles",
        "column_name": refused.column,
        "check_name": refused.check,
        "failure": refused.failure,
        "record": refused.record,
        "rejected_at": at,
    }
