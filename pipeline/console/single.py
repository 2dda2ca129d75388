"""Reads one file's article for `breach-ledger read`: through the same readers and the same extractor as a run."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline.extract.reader import read as read_text
from pipeline.extract.rows import tables
from pipeline.identity import article_id
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.readers import is_readable, read
from pipeline.ingest.records import Refusal


class NotReadable(Exception):
    """The file holds no article; the message says why."""


def read_file(
    path: Path, published_on: date | None, max_bytes: int
) -> tuple[str, str, Mapping[str, Sequence[Mapping[str, object]]]]:
    """Title, text and rows by table of the file's first article; `published_on` overrides what the file says."""
    file = SourceFile(path.resolve().parent, path.resolve(), path.name)
    if not is_readable(file):
        raise NotReadable(f"{path}: no reader for {path.suffix or 'a file without ending'}")
    record = next(read(file, max_bytes), None)
    if record is None:
        raise NotReadable(f"{path}: no article in it")
    if isinstance(record, Refusal):
        raise NotReadable(f"{path}: {record.failure}")
    text, known = record.text, record.metadata
    reading = read_text(text, published_on or known.published_on, known.title)
    return known.title or record.place, text, tables(article_id(text), text, reading)
