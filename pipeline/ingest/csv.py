"""Reads CSV: a heading with a column `text`, one article a row, the other columns as the keys of JSON Lines.

Comma, semicolon and tab are told apart by the heading. A bad row is refused alone, a broken table from there on.
"""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingest import rows
from pipeline.ingest.decoding import decode
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.records import Record, Refusal, Refused, refusal

SEPARATORS = (",", ";", "\t")


def read(file: SourceFile, limit: int) -> Iterator[Record | Refusal]:
    """The article or the refusal of each row. Refused: no column `text`, UTF-16, quotes that never close."""
    # The library's own limit is shorter than an article; it bounds what a quote that never closes can swallow.
    csv.field_size_limit(limit)
    with file.open() as stream:
        lines = _Lines(stream, limit)
        try:
            heading, separator = _heading(next(lines, ""))
            # The heading is number 1; a row is told by its number, for its text may have many lines.
            for number, cells in enumerate(csv.reader(lines, delimiter=separator, strict=True), 2):
                place = f"{file.place}#R{number}"
                if len(cells) == len(heading):
                    yield rows.item(place, dict(zip(heading, cells, strict=True)))
                elif cells:
                    reason = Refused("wrong_columns", f"{len(cells)} cells where the heading has {len(heading)}")
                    yield refusal(place, reason, {"row": separator.join(cells)})
        except csv.Error as error:
            raise Refused("no_csv", f"no CSV from line {lines.number} on: {error}") from error


def _heading(line: str) -> tuple[list[str], str]:
    """The names of the columns, and what separates them."""
    for separator in SEPARATORS:
        names = [name.strip().lower() for name in next(csv.reader([line], delimiter=separator, strict=True), [])]
        if "text" in names:
            return names, separator
    raise Refused("no_text_column", "the heading names no column text", "text")


class _Lines(Iterator[str]):
    """The lines as text. Refused: one longer than the limit, UTF-16, binary data."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self.number = 0

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limit:
            raise Refused("too_big", f"a line of more than {self._limit:,} bytes (the setting max_bytes)")
        if self.number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Refused("encoding", "UTF-16: save the table as UTF-8")
        return decode(line)
