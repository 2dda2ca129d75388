"""Reads Parquet: a column `text`, one article a row, the other columns as the keys of JSON Lines.

By DuckDB, which holds a few rows at a time and keeps to a bound of memory whatever a file says of itself: a hundred
bytes of Parquet may unpack to gigabytes. Of the columns only those are read that mean something.
"""

import gzip
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, gettempdir

from pipeline.ingest import rows
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.metadata import FIELDS
from pipeline.ingest.records import Record, Refusal, Refused, refusal

ROWS = 500
# Two thousand rows are unpacked at once, so their texts may have half a megabyte each.
MEMORY = "1GB"
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    "temp_directory": "",
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def read(file: SourceFile, limit: int) -> Iterator[Record | Refusal]:
    """The article or the refusal of each row. A text has `limit` bytes at most. Refused: no Parquet, no `text`."""
    with _lying(file) as path:
        for number, fields in enumerate(_rows(path), 1):
            yield _item(f"{file.place}#R{number}", fields, limit)


def _item(place: str, fields: Mapping[str, object], limit: int) -> Record | Refusal:
    text = fields["text"]
    if isinstance(text, str) and len(text.encode()) > limit:
        reason = Refused("too_big", f"a text of more than {limit:,} bytes (the setting max_bytes)", "text")
        return refusal(place, reason, rows.known(fields))
    return rows.item(place, fields)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    # Imported here: most runs meet no Parquet.
    import duckdb

    try:
        with duckdb.connect(config=CONFIG) as connection:
            there = [name for name, *_ in connection.execute("DESCRIBE FROM read_parquet($1)", [str(path)]).fetchall()]
            if "text" not in there:
                raise Refused("no_text_column", "no column text", "text")
            names = ["text", *(name for name in FIELDS if name in there)]
            # Days and times in their ISO form, whatever zone this machine is in.
            wanted = ["published_on::VARCHAR" if name == "published_on" else name for name in names]
            connection.execute("SET TimeZone = 'UTC'")
            found = connection.execute(f"SELECT {', '.join(wanted)} FROM read_parquet($1)", [str(path)])
            while part := found.fetchmany(ROWS):
                yield from (dict(zip(names, row, strict=True)) for row in part)
    except duckdb.OutOfMemoryException as error:
        raise Refused(
            "parquet_bomb", f"some rows unpack to more than {MEMORY}: write them in smaller row groups"
        ) from error
    except duckdb.Error as error:
        raise Refused("no_parquet", f"no Parquet, or damaged: {str(error).splitlines()[0]}") from error


@contextmanager
def _lying(file: SourceFile) -> Iterator[Path]:
    """A path of the file's bytes as they are now, unpacked: Parquet is not read from front to end."""
    with file.open() as stream, NamedTemporaryFile(suffix=".parquet") as aside:
        try:
            shutil.copyfileobj(stream, aside)
            aside.flush()
        except gzip.BadGzipFile:
            raise
        except OSError as error:
            raise Refused("unreadable", f"no copy to read from in {gettempdir()}: {error.strerror}") from error
        yield Path(aside.name)
