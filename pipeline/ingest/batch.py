"""What is held of a run's articles and rejects until it is a chunk of the lake, with all that later runs ask of them.

Where articles come from is no matter here; `load` decides when a chunk is full.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline.identity import article_id, row_id
from pipeline.ingest import language, near
from pipeline.ingest.records import Looked, Record, Refusal
from pipeline.ingest.seen import Seen
from pipeline.lake import Lake
from pipeline.validate import split
from schemas.articles import IngestedArticle, Reject
from schemas.tables import frame
from schemas.vocabulary import Basis, Stage

KIND = "articles"
# What a chunk remembers: what was read to its end, records and refusals, and the article that a record became.
SOURCES = {"digest": pl.String, "place": pl.String, "article_id": pl.String}
# What tells repeats and later versions: whose text it is (a digest of its source, and that with the text), in which
# order it came, and what `near` asks of it. Chunks of before there were any have none.
FINGERPRINTS = "fingerprints"
FINGERPRINT = {
    "article_id": pl.String(),
    "source": pl.String(),
    "said": pl.String(),
    "arrival": pl.Int64(),
    **near.SIGNATURE,
}
# Refusals that hold no more, because what was refused has been mended, or hold again.
CLOSINGS = "closings"
CLOSING = {"reject_id": pl.String(), "at": pl.Datetime("us"), "is_open": pl.Boolean()}


class Loaded(NamedTuple):
    """What a run took in; `held` counts records that the lake held already, `passed_over` files of unknown kinds."""

    articles: int
    duplicates: int
    held: int
    rejects: Counter[str]
    passed_over: Counter[str]


@dataclass(slots=True)
class Batch:
    """What is held until its chunk is written; `before` counts the articles that came earlier."""

    at: datetime
    before: int
    records: list[tuple[Record, str, str | None]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    sources: list[tuple[str, str, str | None]] = field(default_factory=list)
    closings: list[tuple[str, datetime, bool]] = field(default_factory=list)
    characters: int = 0

    def add(self, item: Record | Refusal, seen: Seen) -> None:
        """Holds what the lake has not seen."""
        article = None
        if isinstance(item, Record):
            article, original = _identify(item, seen)
            self.records.append((item, article, original))
            self.characters += len(item.text)
            seen.add(_said(item))
        else:
            self.refusals.append(item)
        self._remember(item.digest, item.place, article, seen)

    def look(self, looked: Looked, seen: Seen) -> None:
        """Holds that a file was read to its end, and which refusals it has mended."""
        if looked.digest is not None and looked.digest not in seen:
            self._remember(looked.digest, looked.place, None, seen)
        self.closings += [(reject, self.at, False) for reject in looked.mended]

    def reopen(self, reject: str) -> None:
        """Holds that a refusal holds again."""
        self.closings.append((reject, self.at, True))

    @property
    def is_empty(self) -> bool:
        return not self.sources and not self.closings

    def _remember(self, digest: str, place: str, article: str | None, seen: Seen) -> None:
        self.sources.append((digest, place, article))
        seen.add(digest, article)

    def write(self, lake: Lake, loaded: Loaded, known: list[Path]) -> Loaded:
        """Writes the chunk; it appears whole or not at all. `known` are the fingerprints of all chunks before."""
        key = row_id("b", *sorted(digest for digest, _, _ in self.sources), *map(str, self.closings))
        prints = self._fingerprints()
        originals = near.originals(prints, known)
        rows = frame(IngestedArticle, (_row(known, originals, key, self.at) for known in self.records))
        accepted, invalid = split(IngestedArticle, rows, stage=Stage.INGEST, at=self.at)
        rejects = pl.concat([frame(Reject, (_reject(refused, self.at) for refused in self.refusals)), invalid])
        sources = pl.DataFrame(self.sources, schema=SOURCES, orient="row")
        prints = _without(prints, originals)
        closings = pl.DataFrame(self.closings, schema=CLOSING, orient="row")
        tables = {
            "articles": accepted,
            "rejects": rejects,
            "sources": sources,
            FINGERPRINTS: prints,
            CLOSINGS: closings,
        }
        known.append(lake.write(KIND, key, tables).path(FINGERPRINTS))
        return loaded._replace(
            articles=loaded.articles + accepted.height,
            duplicates=loaded.duplicates + accepted["duplicate_of"].count(),
            rejects=loaded.rejects + Counter(rejects["check_name"].to_list()),
        )

    def _fingerprints(self) -> pl.DataFrame:
        rows = []
        for place, (record, article, original) in enumerate(self.records, self.before):
            signature = near.sign(record.text) if original is None else near.NONE
            source = row_id("u", record.source) if record.source else None
            parts = (signature.signature, signature.bands, signature.numbers)
            rows.append((article, source, _said(record), place, *map(list, parts)))
        return pl.DataFrame(rows, schema=FINGERPRINT, orient="row")


def _identify(record: Record, seen: Seen) -> tuple[str, str | None]:
    """The article's id, and the article that it repeats: the first with a text owns the text's id.

    The same text of the same source, with more known of it, is no repeat but a later version.
    """
    first = article_id(record.text)
    if first not in seen:
        return first, None
    said = _said(record)
    return row_id("a", first, record.digest), None if said and said in seen else first


def _said(record: Record) -> str | None:
    return row_id("v", record.source, article_id(record.text)) if record.source else None


def _without(prints: pl.DataFrame, repeats: Mapping[str, str]) -> pl.DataFrame:
    """The fingerprints, those of repeats without their signatures: nothing is to be called a repeat of them."""
    repeated = pl.col("article_id").is_in(list(repeats))
    return prints.with_columns(pl.when(~repeated).then(name).otherwise([]).alias(name) for name in near.SIGNATURE)


def _row(
    known: tuple[Record, str, str | None], originals: Mapping[str, str], batch: str, at: datetime
) -> dict[str, object]:
    record, article, original = known
    metadata = record.metadata
    return {
        "article_id": article,
        "source_uri": record.source_uri,
        "title": metadata.title,
        "publisher": metadata.publisher,
        "author": metadata.author,
        "published_on": metadata.published_on,
        "published_on_basis": Basis.METADATA.value if metadata.published_on else None,
        "language": language.detect(record.text),
        "text": record.text,
        "char_count": len(record.text),
        "duplicate_of": original or originals.get(article),
        "batch": batch,
        "ingested_at": at,
    }


def _reject(refused: Refusal, at: datetime) -> dict[str, object]:
    return {
        "reject_id": refused.reject_id,
        "source_uri": refused.place,
        "stage": Stage.INGEST.value,
        "table_name": "articles",
        "column_name": refused.column,
        "check_name": refused.check,
        "failure": refused.failure,
        "record": refused.record,
        "rejected_at": at,
    }
