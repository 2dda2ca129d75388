"""Reads JSON Lines: one object a line, `text` and what is known beside it; other keys are ignored.

The text is kept as it stands, line ends included. A bad line is refused alone; a line is never held beyond its limit.
"""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from pipeline.ingest import rows
from pipeline.ingest.decoding import decode
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.records import SHOWN, Record, Refusal, Refused, refusal


def read(file: SourceFile, limit: int) -> Iterator[Record | Refusal]:
    """The article or the refusal of each line. Refused as a whole: UTF-16 and UTF-32, no JSON Lines by its rules."""
    with file.open() as stream:
        for number, line in _lines(stream, limit):
            place = f"{file.place}#L{number}"
            try:
                fields = _object(line, limit)
            except Refused as reason:
                yield refusal(place, reason, {"line": line.strip()[:SHOWN].decode("utf-8", "replace")})
            else:
                yield rows.item(place, fields)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers from 1; of one that is too long, its first `limit` + 1 bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
            raise Refused("encoding", "UTF-16 or UTF-32: JSON Lines is UTF-8")
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = stream.readline(limit + 1)
        if line.strip():
            yield number, line


def _object(line: bytes, limit: int) -> Mapping[str, object]:
    if len(line) > limit:
        raise Refused("too_big", f"a line of more than {limit:,} bytes (the setting max_bytes)")
    try:
        fields = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise Refused("no_json", f"the line is no JSON: {error}") from error
    if not isinstance(fields, dict):
        raise Refused("no_object", f"the line is no object but {type(fields).__name__}")
    return fields
