"""What the readers hand on: a record that becomes an article, or a refusal that becomes a reject.

No format and no file system here, and no ids of articles: those come when a record is loaded.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.identity import row_id

# So much of a field goes into a reject.
SHOWN = 2_000


class Refused(Exception):
    """Something that cannot become an article: the check that it failed, and why, in words for its sender."""

    def __init__(self, check: str, failure: str, column: str | None = None) -> None:
        super().__init__(failure)
        self.check = check
        self.failure = failure
        self.column = column


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; `key` is what its source calls it (an id, or a file's name)."""

    key: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its source gives it; `place` is where it stood: `day.jsonl#L12`, `news/leak.txt`."""

    place: str
    text: str
    metadata: Metadata

    @property
    def source_uri(self) -> str:
        return self.metadata.url or self.place

    @property
    def source(self) -> str | None:
        """What stays the same when its text is updated: an address, a file, an id in a file; None if nothing does."""
        file, row, _ = self.place.partition("#")
        if row and self.metadata.key and not self.metadata.url:
            return f"{file}#{self.metadata.key}"
        return self.metadata.url or (None if row else file)

    @property
    def digest(self) -> str:
        """Equal for two records that say the same, wherever they stand: what the lake remembers as seen."""
        known = self.metadata
        return row_id(
            "s", self.text, known.key, known.url, known.title, known.publisher, known.author, known.published_on
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """What became no article, and why; `record` is what there was of it, as JSON."""

    place: str
    check: str
    failure: str
    column: str | None = None
    record: str | None = None

    @property
    def digest(self) -> str:
        return row_id("s", self.place, self.check, self.failure, self.column, self.record)

    @property
    def reject_id(self) -> str:
        return f"x{self.digest[1:]}"


class Looked(NamedTuple):
    """A file, feed or page was read to its end. It need not be opened again while its digest stays the same; with None
    it must be. `mended` are the ids of earlier rejects of it that no longer hold.
    """

    place: str
    digest: str | None
    mended: tuple[str, ...] = ()


def refusal(place: str, reason: Refused, fields: Mapping[str, object] | None = None) -> Refusal:
    """The refusal of these fields, each cut to `SHOWN` characters and such that any database takes it."""
    record = json.dumps({name: _shown(value) for name, value in fields.items()}) if fields else None
    return Refusal(place, reason.check, reason.failure, reason.column, record)


def _shown(value: object) -> str | bool | None:
    if value is None or isinstance(value, bool):
        return value
    text = value if isinstance(value, str) else repr(value)
    # "\ud800" and "\0" are written out: as characters they are what the record was refused for.
    return text[:SHOWN].replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
