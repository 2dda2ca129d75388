"""The way in: a folder's new records become article rows and rejects, chunk by chunk, in the lake.

What the lake has seen is told by content, never by a file's time, so a run that was broken off is simply gone on with.
No format here; what lies between articles is in `near` and `versions`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import polars as pl

from pipeline.identity import row_id
from pipeline.ingest.batch import FINGERPRINTS, KIND, Batch, Loaded
from pipeline.ingest.closing import Open
from pipeline.ingest.folder import SourceFile, walk
from pipeline.ingest.readers import is_readable, read
from pipeline.ingest.records import Looked, Record, Refusal, Refused, refusal
from pipeline.ingest.seen import Seen
from pipeline.lake import Chunk, Lake

# A chunk of long articles is closed early: so many characters are at most held at once (and the last article's).
CHUNK_CHARACTERS = 32_000_000
# Refused for no fault of the bytes: an article of tomorrow (it is, east of here), a limit that may be raised, a disk
# that could not be read or was full. A file with such a refusal is looked at again in every run.
PASSING = frozenset({"future_date", "too_big", "unreadable"})

# What else brings articles: called with what the lake has seen and with the refusals that stand.
Visit = Callable[[Seen, Open], Iterable[Record | Refusal | Looked]]


def load(
    folder: Path,
    lake: Lake,
    *,
    at: datetime,
    max_bytes: int,
    chunk_articles: int,
    progress: Callable[[int], None] = lambda articles: None,
    visit: Visit = lambda seen, refused: (),
) -> Loaded:
    """Takes in what the lake has not seen; `at` is now in naive UTC, `progress` hears the articles taken in so far.

    What `visit` brings comes after the folder's. Raises NoFolder, and what the lake raises.
    """
    chunks = lake.chunks(KIND)
    seen, refused = Seen(column for chunk in chunks for column in _ids(chunk)), Open(chunks)
    known = [chunk.path(FINGERPRINTS) for chunk in chunks if FINGERPRINTS in chunk.tables]
    loaded = Loaded(0, 0, 0, Counter(), Counter())
    before = sum(chunk.rows(KIND) for chunk in chunks)
    batch = Batch(at, before)
    for item in _all(folder, seen, refused, max_bytes, at, loaded.passed_over, visit):
        if isinstance(item, Looked):
            batch.look(item, seen)
        elif item.digest in seen:
            loaded = loaded._replace(held=loaded.held + isinstance(item, Record))
            if isinstance(item, Refusal) and refused.again(item.reject_id):
                batch.reopen(item.reject_id)
        else:
            batch.add(item, seen)
        if len(batch.records) >= chunk_articles or batch.characters >= CHUNK_CHARACTERS:
            loaded = batch.write(lake, loaded, known)
            progress(loaded.articles)
            batch = Batch(at, before + loaded.articles)
    return loaded if batch.is_empty else batch.write(lake, loaded, known)


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


def _all(
    folder: Path,
    seen: Seen,
    refused: Open,
    max_bytes: int,
    at: datetime,
    passed_over: Counter[str],
    visit: Visit,
) -> Iterator[Record | Refusal | Looked]:
    """What the files that are new or changed hold, each closed by its `Looked`; then what is visited."""
    for file in walk(folder):
        if isinstance(file, Refusal):
            yield file
        elif is_readable(file):
            yield from _file_items(file, seen, refused, max_bytes, at)
        elif not file.is_sidecar:
            passed_over[file.kind or file.name] += 1
    for item in visit(seen, refused):
        yield item if isinstance(item, Looked) else _in_time(item, at)


def _file_items(
    file: SourceFile, seen: Seen, refused: Open, max_bytes: int, at: datetime
) -> Iterator[Record | Refusal | Looked]:
    try:
        digest = file.digest()
    except Refused as reason:
        yield refusal(file.place, reason)
        return
    if digest in seen:
        return
    waiting, mended = False, refused.at(file.place)
    for item in read(file, max_bytes):
        item = _in_time(item, at)
        if isinstance(item, Refusal):
            waiting = waiting or item.check in PASSING
            mended.discard(item.reject_id)
        yield item
    yield Looked(file.place, None if waiting else digest, tuple(sorted(mended)))


def _in_time(item: Record | Refusal, at: datetime) -> Record | Refusal:
    """The item, or its refusal where it was published after now."""
    if isinstance(item, Refusal) or item.metadata.published_on is None or item.metadata.published_on <= at.date():
        return item
    day = str(item.metadata.published_on)
    reason = Refused("future_date", f"published_on {day} is not yet", "published_on")
    return refusal(item.place, reason, {"published_on": day, "title": item.metadata.title})
