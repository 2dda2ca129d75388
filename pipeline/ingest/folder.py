"""Finds the files below a folder and opens them safely, unpacked where they are gzipped. What is in them is no matter.

Nothing outside the folder is read, whatever a link says; pipes, sockets and devices are refused, not waited for.
"""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from pipeline.identity import row_id
from pipeline.ingest.records import Refusal, Refused, refusal

BLOCK = 1 << 20
PACKED = ".gz"
# What a text file's metadata may stand in, beside it: leak.txt.meta.json, or leak.meta.json.
BESIDE = ".meta.json"
# Prose packs to a third, logs to a fiftieth: what grows beyond so many times its size, and this many bytes, is a bomb.
GROWTH = 200
GROWN = 10_000_000


class NoFolder(Exception):
    """The folder of articles is not there, or cannot be listed."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the folder; `place` is its path from there, `/` between, odd characters percent-encoded."""

    root: Path
    path: Path
    place: str

    @property
    def name(self) -> str:
        return self.place.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """The end of the name that tells the format: `.txt` for leak.TXT and leak.txt.gz."""
        return Path(self._plain_name).suffix.lower()

    @property
    def is_sidecar(self) -> bool:
        return self.path.name.endswith(BESIDE)

    def beside(self) -> "SourceFile | None":
        """The file with this one's metadata, if there is one."""
        name = self._plain_name
        for other in (self.path.name, name, name.removesuffix(Path(name).suffix)):
            path = self.path.with_name(other + BESIDE)
            if os.path.lexists(path):
                return SourceFile(self.root, path, _place(path, self.root))
        return None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file's bytes, unpacked. Refused: damaged gzip, gzip that grows without measure, what `_raw` does."""
        with self._raw() as stream:
            if self.path.suffix.lower() != PACKED:
                yield stream
                return
            try:
                with gzip.GzipFile(fileobj=stream) as packed:
                    yield io.BufferedReader(_Bounded(packed, os.fstat(stream.fileno()).st_size))
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise Refused("broken_gzip", f"the file cannot be unpacked: {error}") from error

    def read(self, limit: int) -> bytes:
        """All bytes of the file, unpacked. Refused: more than `limit`, and as by `open`."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise Refused("too_big", f"more than {limit:,} bytes (the setting max_bytes)")
        return data

    def digest(self) -> str:
        """Equal for two files of the same name, bytes and metadata beside them, wherever they stand. Refused as by
        `open`.
        """
        other = self.beside()
        return row_id("s", "file", self.name, self._hash(), *([other._hash()] if other else []))

    @property
    def _plain_name(self) -> str:
        packed = self.path.suffix.lower() == PACKED
        return self.path.name[: -len(PACKED)] if packed else self.path.name

    def _hash(self) -> str:
        seen = blake2b(digest_size=16)
        with self._raw() as stream:
            while block := stream.read(BLOCK):
                seen.update(block)
        return seen.hexdigest()

    @contextmanager
    def _raw(self) -> Iterator[BinaryIO]:
        """The bytes as they lie there. Refused: a link out of the folder, no plain file, no permission, a bad disk."""
        try:
            real = self.path.resolve(strict=True)
            if not real.is_relative_to(self.root):
                raise Refused("outside_folder", "the link leads out of the folder of articles")
            handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
            with os.fdopen(handle, "rb") as stream:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise Refused("not_a_file", "a pipe, socket or device is no article")
                yield stream
        except (OSError, RuntimeError) as error:
            raise Refused("unreadable", f"the file cannot be read: {_reason(error)}") from error


class _Bounded(io.RawIOBase):
    """Unpacked bytes, until they are too many for what they came from."""

    def __init__(self, packed: gzip.GzipFile, size: int) -> None:
        self._packed = packed
        self._left = max(GROWN, GROWTH * size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._packed.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise Refused("gzip_bomb", f"unpacked it is more than {GROWTH} times its size")
        buffer[: len(data)] = data
        return len(data)


def walk(root: Path) -> Iterator[SourceFile | Refusal]:
    """Every file below the folder, sorted by its path; hidden ones are left out.

    Raises NoFolder. A linked folder, and one that cannot be listed, comes as a refusal.
    """
    try:
        root = root.resolve(strict=True)
        next(os.scandir(root), None)
    except OSError as error:
        raise NoFolder(f"the folder of articles {root} cannot be read: {_reason(error)}") from error
    closed: list[OSError] = []
    for folder, below, names in os.walk(root, onerror=closed.append):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for path in (Path(folder, name) for name in below):
            if path.is_symlink():
                yield refusal(_place(path, root), Refused("linked_folder", "a link to a folder is not followed"))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                yield SourceFile(root, path, _place(path, root))
    for shut in closed:
        reason = Refused("unreadable", f"the folder cannot be listed: {_reason(shut)}")
        yield refusal(_place(Path(shut.filename), root), reason)


def _place(path: Path, root: Path) -> str:
    """The path from the root; what would break a line or UTF-8, and the two marks that mean something, encoded."""
    return "/".join(
        "".join(char if char.isprintable() and char not in "#%" else quote(os.fsencode(char), safe="") for char in part)
        for part in path.relative_to(root).parts
    )


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
