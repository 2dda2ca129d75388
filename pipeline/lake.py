"""The lake: immutable chunks of Parquet tables, written aside and renamed in, so that a chunk is whole or not there.

Nothing here knows what the tables hold. A chunk is found by its kind and key, never changed, and checked when used.
"""

import io
import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple

import polars as pl
from filelock import FileLock

from pipeline.identity import row_id

MANIFEST = "manifest.json"
_ASIDE = ".writing-"
_KIND = re.compile(r"\w[\w.+-]*(/\w[\w.+-]*)*")


class LakeError(RuntimeError):
    """A chunk is damaged; the message names it and says what to do."""


class Entry(NamedTuple):
    """A table of a chunk: its rows, and the size and digest of its file."""

    rows: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tables that were written together; `key` is what the writer called them."""

    kind: str
    key: str
    directory: Path
    tables: Mapping[str, Entry]

    def rows(self, table: str) -> int:
        """The number of rows of a table."""
        return self._entry(table).rows

    def path(self, table: str) -> Path:
        """The Parquet file of a table, after it was checked; raises LakeError if it is not what was written."""
        entry, path = self._entry(table), self.directory / f"{table}.parquet"
        try:
            with path.open("rb") as file:
                digest = file_digest(file, _digest).hexdigest()
        except OSError as error:
            raise _damaged(self.directory, f"{path.name} cannot be read: {error.strerror}") from error
        if digest != entry.digest:
            size = path.stat().st_size
            what = f"has {size} bytes and not {entry.size}" if size != entry.size else "is not what was written"
            raise _damaged(self.directory, f"{path.name} {what}")
        return path

    def read(self, table: str) -> pl.DataFrame:
        """A table as a frame; raises LakeError if it is not what was written."""
        return pl.read_parquet(self.path(table), glob=False)

    def _entry(self, table: str) -> Entry:
        if table not in self.tables:
            raise _damaged(self.directory, f"it has no table {table}, only {', '.join(self.tables)}")
        return self.tables[table]


@dataclass(frozen=True, slots=True)
class Lake:
    """A folder of chunks: `<root>/<kind>/<id of the key>/<table>.parquet`."""

    root: Path

    def write(self, kind: str, key: str, tables: Mapping[str, pl.DataFrame]) -> Chunk:
        """Writes the tables as one chunk, all or none of them; a chunk of this kind and key stays as it is."""
        home = self._home(kind)
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / ".lock"):
            if there := self.find(kind, key):
                return there
            for left in home.glob(f"{_ASIDE}*"):  # by a writer that died: a living one would hold the lock
                shutil.rmtree(left)
            aside = home / f"{_ASIDE}{_name(key)}"
            aside.mkdir()
            entries = {name: _put(aside / f"{name}.parquet", table) for name, table in sorted(tables.items())}
            manifest = {"key": key, "tables": {name: entry._asdict() for name, entry in entries.items()}}
            _durable(aside / MANIFEST, json.dumps(manifest, indent=1).encode())
            _sync(aside)
            directory = home / _name(key)
            aside.rename(directory)
            _sync(home)
        return Chunk(kind, key, directory, entries)

    def find(self, kind: str, key: str) -> Chunk | None:
        """The chunk of this kind and key, or None; raises LakeError if it is damaged."""
        directory = self._home(kind) / _name(key)
        return _open(kind, directory) if directory.exists() else None

    def chunks(self, kind: str) -> list[Chunk]:
        """All chunks of a kind, in an order that their keys alone decide; raises LakeError if one is damaged."""
        return [_open(kind, directory) for directory in sorted(self._home(kind).glob("c_*"))]

    def paths(self, kind: str, table: str) -> list[Path]:
        """The checked Parquet files of a table in all chunks of a kind."""
        return [chunk.path(table) for chunk in self.chunks(kind)]

    def _home(self, kind: str) -> Path:
        if not _KIND.fullmatch(kind):
            raise ValueError(f"no kind of chunk: {kind!r}")
        return self.root / kind


def _name(key: str) -> str:
    return row_id("c", key)


def _digest() -> blake2b:
    return blake2b(digest_size=16)


def _open(kind: str, directory: Path) -> Chunk:
    try:
        manifest = json.loads((directory / MANIFEST).read_bytes())
        entries = {str(name): Entry(**entry) for name, entry in manifest["tables"].items()}
        return Chunk(kind, str(manifest["key"]), directory, entries)
    except OSError as error:
        raise _damaged(directory, f"{MANIFEST} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(directory, f"{MANIFEST} is not what was written") from error


def _damaged(directory: Path, what: str) -> LakeError:
    return LakeError(f"damaged chunk {directory}: {what}; remove the folder and run again, it is made anew")


def _put(path: Path, table: pl.DataFrame) -> Entry:
    buffer = io.BytesIO()
    table.write_parquet(buffer)
    data = buffer.getvalue()
    _durable(path, data)
    digest = _digest()
    digest.update(data)
    return Entry(table.height, len(data), digest.hexdigest())


def _durable(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    """Makes the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
