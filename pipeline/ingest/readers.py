"""The formats that can be read, by the end of a file's name; each may be gzipped (`leak.txt.gz`).

A new format is a module beside this and a line here.
"""

from collections.abc import Callable, Iterator, Mapping

from pipeline.ingest import csv, html, jsonl, markdown, parquet, plain
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.records import Record, Refusal, Refused, refusal

READERS: Mapping[str, Callable[[SourceFile, int], Iterator[Record | Refusal]]] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": csv.read,
    ".parquet": parquet.read,
}


def is_readable(file: SourceFile) -> bool:
    return file.kind in READERS


def read(file: SourceFile, limit: int) -> Iterator[Record | Refusal]:
    """The records of this file and the refusals of what is none, in their order, one at least.

    A text has at most `limit` bytes.
    """
    is_empty = True
    try:
        for item in READERS[file.kind](file, limit):
            is_empty = False
            yield item
        if is_empty:
            raise Refused("empty", "no record in the file")
    except Refused as reason:
        yield refusal(file.place, reason)
