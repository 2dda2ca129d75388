"""Finds the files below a folder and opens them safely. What is in them is no matter here.

Nothing outside the folder is read, whatever a link says; pipes, sockets and devices are refused, not waited for.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from pipeline.identity import row_id
from pipeline.ingest.records import Refusal, Refused, refusal

BLOCK = 1 << 20


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

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file's bytes. Refused: a link out of the folder, anything but a plain file, no permission, a bad disk."""
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

    def digest(self) -> str:
        """Equal for two files of the same name and the same bytes, wherever they stand. Refused as by `open`."""
        seen = blake2b(digest_size=16)
        with self.open() as stream:
            while block := stream.read(BLOCK):
                seen.update(block)
        return row_id("s", "file", self.name, seen.hexdigest())


def walk(root: Path) -> Iterator[SourceFile | Refusal]:
    """Every file below the folder, sorted by its path; hidden ones and linked folders are left out.

    Raises NoFolder. A folder below that cannot be listed comes as a refusal.
    """
    try:
        root = root.resolve(strict=True)
        next(os.scandir(root), None)
    except OSError as error:
        raise NoFolder(f"the folder of articles {root} cannot be read: {_reason(error)}") from error
    closed: list[OSError] = []
    for folder, below, names in os.walk(root, onerror=closed.append):
        below[:] = sorted(name for name in below if not name.startswith("."))
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
