"""Reads Parquet: a column `text`, one article a row, the other columns as the keys of JSON Lines.

A few rows are held at a time, and of the columns only those that mean something.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import polars as pl

from pipeline.ingest import rows
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.metadata import FIELDS
from pipeline.ingest.records import Record, Refusal, Refused, refusal

ROWS = 500


def read(file: SourceFile, limit: int) -> Iterator[Record | Refusal]:
    """The article or the refusal of each row. A text has `limit` bytes at most. Refused: no Parquet, no `text`."""
    with _lying(file) as path:
        number = 0
        for part in _parts(path):
            for fields in part.iter_rows(named=True):
                number += 1
                yield _item(f"{file.place}#R{number}", fields, limit)


def _item(place: str, fields: Mapping[str, object], limit: int) -> Record | Refusal:
    text = fields["text"]
    if isinstance(text, str) and len(text.encode()) > limit:
        reason = Refused("too_big", f"a text of more than {limit:,} bytes (the setting max_bytes)", "text")
        return refusal(place, reason, rows.known(fields))
    return rows.item(place, fields)


def _parts(path: Path) -> Iterator[pl.DataFrame]:
    try:
        table = pl.scan_parquet(path, glob=False)
        columns = table.collect_schema().names()
        if "text" not in columns:
            raise Refused("no_text_column", "no column text", "text")
        wanted = table.select("text", *(name for name in FIELDS if name in columns))
        yield from wanted.collect_batches(chunk_size=ROWS, maintain_order=True)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise Refused("no_parquet", f"no Parquet, or damaged: {str(error).splitlines()[0]}") from error


@contextmanager
def _lying(file: SourceFile) -> Iterator[Path]:
    """A path of the file's bytes as they are now, unpacked: Parquet is not read from front to end."""
    with file.open() as stream, NamedTemporaryFile(suffix=".parquet") as aside:
        shutil.copyfileobj(stream, aside)
        aside.flush()
        yield Path(aside.name)
