"""Companions: main reports whose articles name the same people, firms and products within a month of each other.

Evidence that needs no custodian named equally, and the way into one block for accounts whose custodians were read
differently or not at all. What it is worth, `evidence` says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

import polars as pl

from pipeline.resolve.organizations import Directory, spelling
from schemas.vocabulary import PartyKind, PartyRole

NEAR = timedelta(days=31)
LEAST_SHARED = 2  # names that two articles have in common, of those that tell
# A name tells if few articles have it, or one in so many at most, and not too many of those days.
FEW, ONE_IN, AT_A_TIME = 20, 30, 30
LEAST_LETTERS = 3
SMALL = 20  # readings: a home of more follows no other


class Companion(NamedTuple):
    """Another reading whose article names the same; `crossed` counts those of the two articles (0 to 2) that name the
    other's custodian and tell of no incident of its own.
    """

    reading_id: str
    names: tuple[str, ...]
    crossed: int


class _Pair(NamedTuple):
    left: str
    right: str
    left_article: str
    left_custodian: str | None
    right_article: str
    right_custodian: str | None
    names: list[str]


def companions(told: pl.DataFrame, parties: pl.DataFrame, directory: Directory) -> dict[str, list[Companion]]:
    """The companions of each main reading, in the order of their ids.

    `told` has reading_id, article_id, is_main, published_on and custodian (a key or NULL). An article with main
    readings of several custodians has none: its names do not tell to which they belong.
    """
    is_alone = pl.col("custodian").drop_nulls().n_unique().over("article_id") <= 1
    mains = told.filter(pl.col("is_main") & pl.col("published_on").is_not_null()).filter(is_alone)
    pairs = _pairs(mains, _telling(parties))
    others = _others(pairs, told, parties, directory)
    met: defaultdict[str, list[Companion]] = defaultdict(list)
    for pair in pairs:
        crossed = (pair.right_custodian in others.get(pair.left_article, ())) + (
            pair.left_custodian in others.get(pair.right_article, ())
        )
        met[pair.left].append(Companion(pair.right, tuple(pair.names), crossed))
        met[pair.right].append(Companion(pair.left, tuple(pair.names), crossed))
    return {reading: sorted(found) for reading, found in met.items()}


def followed(met: Mapping[str, Iterable[Companion]], homes: Mapping[str, str]) -> dict[str, str]:
    """The home that each small home follows: the larger one with whose readings its own share most names."""
    sizes = Counter(homes.values())
    ties: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading, found in met.items():
        here = homes[reading]
        for companion in found:
            there = homes[companion.reading_id]
            if sizes[here] <= SMALL and (sizes[here], there) < (sizes[there], here):
                ties[here][there] += len(companion.names)
    return {here: max(tied, key=lambda there: (tied[there], there)) for here, tied in ties.items()}


def _telling(parties: pl.DataFrame) -> pl.DataFrame:
    """The names (article_id, key, name) that only few articles have; places and outlets tell nothing."""
    named = (
        parties.filter((pl.col("kind") != PartyKind.PLACE) & (pl.col("role") != PartyRole.MEDIA))
        .select("article_id", "name", key=pl.col("name").str.to_lowercase().str.replace_all(r"[\W_]+", ""))
        .filter(pl.col("key").str.len_chars() >= LEAST_LETTERS)
        .group_by("article_id", "key")
        .agg(pl.col("name").min())
    )
    most = max(FEW, parties["article_id"].n_unique() // ONE_IN)
    return named.filter(pl.len().over("key").is_between(2, most))


def _pairs(mains: pl.DataFrame, named: pl.DataFrame) -> list[_Pair]:
    """The pairs of main readings that share names in time, each once, in the order of their ids."""
    told = mains.select("reading_id", "article_id", "custodian", "published_on").join(named, on="article_id")
    told = told.with_columns(span=pl.col("published_on").dt.epoch("d") // NEAR.days)
    told = told.filter(pl.len().over("key", "span") <= AT_A_TIME)
    around = pl.concat([told.with_columns(pl.col("span") + step) for step in (-1, 0, 1)])
    found = (
        told.join(around, on=["key", "span"], suffix="_2")
        .filter(
            (pl.col("reading_id") < pl.col("reading_id_2"))
            & (pl.col("article_id") != pl.col("article_id_2"))
            & ((pl.col("published_on") - pl.col("published_on_2")).abs() <= NEAR)
        )
        .group_by("reading_id", "reading_id_2")
        .agg(
            pl.col("article_id", "custodian", "article_id_2", "custodian_2").first(),
            pl.min_horizontal("name", "name_2").sort(),
        )
        .filter(pl.col("name").list.len() >= LEAST_SHARED)
        .sort("reading_id", "reading_id_2")
    )
    return [_Pair(*row) for row in found.iter_rows()]


def _others(
    pairs: Sequence[_Pair], told: pl.DataFrame, parties: pl.DataFrame, directory: Directory
) -> dict[str, set[str]]:
    """Whom articles of pairs with different custodians name beside the custodians that they tell of, as homes."""
    differing = [p for p in pairs if p.left_custodian and p.right_custodian and p.left_custodian != p.right_custodian]
    articles = sorted({article for pair in differing for article in (pair.left_article, pair.right_article)})
    found: dict[str, set[str]] = {article: set() for article in articles}
    concerned = pl.col("article_id").is_in(articles)
    for article, name in parties.filter(concerned).select("article_id", "name").iter_rows():
        if key := spelling(name):
            found[article].add(directory.home(key))
    for article, custodian in told.filter(concerned).select("article_id", "custodian").iter_rows():
        found[article].discard(custodian)
    return found
