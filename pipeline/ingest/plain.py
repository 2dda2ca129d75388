"""Reads a file of plain text: one article. Line ends become \\n and a byte order mark goes, here, once."""

from collections.abc import Iterator

from pipeline.ingest.decoding import check_characters, decode
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.metadata import headline
from pipeline.ingest.records import Metadata, Record, Refusal, Refused


def read(file: SourceFile, limit: int) -> Iterator[Record | Refusal]:
    """The article of this file. Refused: over `limit` bytes, binary, no known encoding, nothing but white space."""
    with file.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise Refused("too_big", f"more than {limit:,} bytes (the setting max_bytes)")
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("empty", "no text but white space" if text else "an empty file", "text")
    check_characters(text)
    yield Record(file.place, text, Metadata(key=file.name, title=headline(text)))
