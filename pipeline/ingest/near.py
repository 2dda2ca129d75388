"""Texts that nearly repeat an earlier one: an agency's story in many papers, with another headline or a cut.

Texts are compared by MinHash signatures that the lake keeps. Whoever tells a number that the other does not have has
something of its own to say, and is no repeat. The next version of the same source is `versions`' matter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import polars as pl
from rensa import RMinHash

# What is kept of each article; one that repeats another has no signature, so that all repeats name the same original.
SIGNATURE: dict[str, pl.DataType] = {
    "signature": pl.List(pl.UInt32),
    "bands": pl.List(pl.UInt64),
    "numbers": pl.List(pl.String),
}
SHINGLE = 4  # words
# Below so many words chance decides.
SHORTEST = 40
# Of two texts with this share of shingles in common about one word in twenty differs.
ALIKE = 0.7
# 24 bands of 5 find 99 of 100 pairs with 0.7 in common, and of pairs with 0.4 one in five to look at.
BANDS, BAND = 24, 5
SEED = 7

WORD = re.compile(r"\w+")
# Figures, with their scale; not years or the days of a dateline.
NUMBER = re.compile(r"\d[\d,.]*(?<=\d)(?:[ -]?(?:%|percent|thousand|million|billion|trillion|[kKmM]\b|bn))?")
SMALL = re.compile(r"\d{1,2}|(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells whether a text is nearly another; empty for a text that is too short to tell."""

    signature: tuple[int, ...]
    bands: tuple[int, ...]
    numbers: tuple[str, ...]


NONE = Signature((), (), ())


def sign(text: str) -> Signature:
    """The signature of a text."""
    words = WORD.findall(text.lower())
    if len(words) < SHORTEST:
        return NONE
    hashed = RMinHash(num_perm=BANDS * BAND, seed=SEED)
    hashed.update([" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)])
    signature = tuple(hashed.digest())
    numbers = {number.replace(",", "") for number in NUMBER.findall(text) if not SMALL.fullmatch(number)}
    return Signature(signature, tuple(_bands(signature)), tuple(sorted(numbers)))


def originals(fresh: pl.DataFrame, known: list[Path]) -> dict[str, str]:
    """Which article each of the fresh ones nearly repeats: the likest of those known and of the fresh ones before it.

    `fresh` has article_id, source and SIGNATURE; `known` are Parquet files with the same.
    """
    asked = fresh.select("article_id", pl.int_range(pl.len()).alias("place"), "bands").explode("bands").drop_nulls()
    if asked.is_empty():
        return {}
    pairs = _met(asked, asked.rename({"article_id": "other", "place": "before"}).lazy()).filter(
        pl.col("before") < pl.col("place")
    )
    found = [pairs.select("article_id", "other").collect()]
    likely = fresh.lazy()
    if known:
        there = pl.scan_parquet(known, glob=False).select("article_id", "source", *SIGNATURE)
        bands = there.select(other="article_id", bands="bands").explode("bands")
        found.append(_met(asked, bands).select("article_id", "other").collect(engine="streaming"))
        wanted = found[-1]["other"].unique().to_list()
        likely = pl.concat([likely, there.filter(pl.col("article_id").is_in(wanted))], how="diagonal")
    return dict(_decided(fresh, pl.concat(found), likely.collect(engine="streaming")))


def _met(asked: pl.DataFrame, others: pl.LazyFrame) -> pl.LazyFrame:
    """Pairs of articles that share a band."""
    return others.join(asked.lazy(), on="bands").unique(["article_id", "other"])


def _decided(fresh: pl.DataFrame, pairs: pl.DataFrame, likely: pl.DataFrame) -> Iterator[tuple[str, str]]:
    rows = {row["article_id"]: row for row in likely.iter_rows(named=True)}
    others: dict[str, list[str]] = {}
    for article, other in pairs.iter_rows():
        others.setdefault(article, []).append(other)
    repeats: set[str] = set()
    for article in fresh["article_id"]:
        shares = [
            (-share, other)
            for other in others.get(article, ())
            if other not in repeats and (share := _share(rows[article], rows[other])) >= ALIKE
        ]
        if shares:
            repeats.add(article)
            yield article, min(shares)[1]


def _share(new: Mapping[str, list[object]], old: Mapping[str, list[object]]) -> float:
    """The share of shingles in common; 0 for two texts of one source, and for a text with numbers of its own."""
    if (new["source"] and new["source"] == old["source"]) or not set(new["numbers"]) <= set(old["numbers"]):
        return 0.0
    same = sum(one == other for one, other in zip(new["signature"], old["signature"], strict=True))
    return same / len(new["signature"])


def _bands(signature: Sequence[int]) -> Iterator[int]:
    for start in range(0, len(signature), BAND):
        part = repr((start, *signature[start : start + BAND])).encode()
        yield int.from_bytes(blake2b(part, digest_size=8).digest(), "big")
