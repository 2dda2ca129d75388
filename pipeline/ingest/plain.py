"""Reads a file of plain text: one article. Line ends become \\n and a byte order mark goes, here, once.

What `whole` does, the other formats of one article a file do as well.
"""

from collections.abc import Iterator, Mapping

from pipeline.ingest import rows
from pipeline.ingest.attached import beside, front_matter
from pipeline.ingest.decoding import decode
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.metadata import headline
from pipeline.ingest.records import Record, Refused


def read(file: SourceFile, limit: int) -> Iterator[Record]:
    """The article of this file. Refused: over `limit` bytes, binary, no known encoding, nothing but white space."""
    fields, text = front_matter(written(file, limit))
    yield whole(file, {"title": headline(text), **fields, "text": text})


def written(file: SourceFile, limit: int) -> str:
    """The text of a file with even line ends. Refused as by `read`."""
    text = decode(file.read(limit)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("empty", "no text but white space" if text else "an empty file", "text")
    return text


def whole(file: SourceFile, fields: Mapping[str, object]) -> Record:
    """The article of these fields and of the metadata beside the file, which come first. Refused as by `rows`."""
    return rows.record(file.place, {**fields, **beside(file)}, key=file.name)
