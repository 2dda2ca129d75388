"""The way in: a folder's new records become article rows and rejects, chunk by chunk, in the lake.

What the lake has seen is told by content, never by a file's time, so a run that was broken off is simply gone on with.
No format here; what lies between articles is in `near` and `versions`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline.identity import article_id, row_id
from pipeline.ingest import language, near
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
# What tells repeats and later versions: whose text it is (a digest of its source, and that with the text), in which
# order it came, and what `near` asks of it. Chunks of before there were any have none.
FINGERPRINTS = "fingerprints"
FINGERPRINT = {
    "article_id": pl.String(),
    "source": pl.String(),
    "said": pl.String(),
    "arrival": pl.Int64(),
    **near.SIGNATURE,
}
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
    chunks = lake.chunks(KIND)
    seen = Seen(column for chunk in chunks for column in _ids(chunk))
    known = [chunk.path(FINGERPRINTS) for chunk in chunks if FINGERPRINTS in chunk.tables]
    loaded = Loaded(0, 0, 0, Counter(), Counter())
    before = sum(chunk.rows(KIND) for chunk in chunks)
    batch = _Batch(at, before)
    for item in _items(folder, seen, max_bytes, at, loaded.passed_over):
        if item.digest in seen:
            loaded = loaded._replace(held=loaded.held + isinstance(item, Record))
            continue
        batch.add(item, seen)
        if len(batch.records) >= chunk_articles or batch.characters >= CHUNK_CHARACTERS:
            loaded = batch.write(lake, loaded, known)
            progress(loaded.articles)
            batch = _Batch(at, before + loaded.articles)
    return batch.write(lake, loaded, known) if batch.sources else loaded


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
    said = [chunk.read(FINGERPRINTS)["said"]] if FINGERPRINTS in chunk.tables else []
    return [*chunk.read("sources").select("digest", "article_id").get_columns(), *said]


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
    """What is held until its chunk is written; `before` counts the articles that came earlier."""

    at: datetime
    before: int
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
            seen.add(_said(item))
        elif isinstance(item, Refusal):
            self.refusals.append(item)
        self.sources.append((item.digest, item.place, article))
        seen.add(item.digest, article)

    def write(self, lake: Lake, loaded: Loaded, known: list[Path]) -> Loaded:
        """Writes the chunk; it appears whole or not at all. `known` are the fingerprints of all chunks before."""
        key = row_id("b", *sorted(digest for digest, _, _ in self.sources))
        prints = self._fingerprints()
        originals = near.originals(prints, known)
        rows = frame(IngestedArticle, (_row(known, originals, key, self.at) for known in self.records))
        accepted, invalid = split(IngestedArticle, rows, stage=Stage.INGEST, at=self.at)
        rejects = pl.concat([frame(Reject, (_reject(refused, self.at) for refused in self.refusals)), invalid])
        sources = pl.DataFrame(self.sources, schema=SOURCES, orient="row")
        prints = _without(prints, originals)
        tables = {"articles": accepted, "rejects": rejects, "sources": sources, FINGERPRINTS: prints}
        known.append(lake.write(KIND, key, tables).path(FINGERPRINTS))
        return loaded._replace(
            articles=loaded.articles + accepted.height,
            duplicates=loaded.duplicates + accepted["duplicate_of"].count(),
            rejects=loaded.rejects + Counter(rejects["check_name"].to_list()),
        )

    def _fingerprints(self) -> pl.DataFrame:
        rows = []
        for place, (record, article, original) in enumerate(self.records, self.before):
            signature = near.sign(record.text) if original is None else near.NONE
            source = row_id("u", record.source) if record.source else None
            parts = (signature.signature, signature.bands, signature.numbers)
            rows.append((article, source, _said(record), place, *map(list, parts)))
        return pl.DataFrame(rows, schema=FINGERPRINT, orient="row")


def _identify(record: Record, seen: Seen) -> tuple[str, str | None]:
    """The article's id, and the article that it repeats: the first with a text owns the text's id.

    The same text of the same source, with more known of it, is no repeat but a later version.
    """
    first = article_id(record.text)
    if first not in seen:
        return first, None
    said = _said(record)
    return row_id("a", first, record.digest), None if said and said in seen else first


def _said(record: Record) -> str | None:
    return row_id("v", record.source, article_id(record.text)) if record.source else None


def _without(prints: pl.DataFrame, repeats: Mapping[str, str]) -> pl.DataFrame:
    """The fingerprints, those of repeats without their signatures: nothing is to be called a repeat of them."""
    repeated = pl.col("article_id").is_in(list(repeats))
    return prints.with_columns(pl.when(~repeated).then(name).otherwise([]).alias(name) for name in near.SIGNATURE)


def _row(
    known: tuple[Record, str, str | None], originals: Mapping[str, str], batch: str, at: datetime
) -> dict[str, object]:
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
        "duplicate_of": original or originals.get(article),
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
