"""Companions: main reports whose articles name the same people, firms and products within a month of each other.

Evidence that needs no custodian named equally, and the way into one block for accounts whose custodians were read
differently or not at all. What it is worth, `evidence` says.
"""

from __future__ import annotations

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

    companion: str
    names: list[str]
    crossed: int


def companions(told: pl.DataFrame, parties: pl.DataFrame, directory: Directory) -> pl.DataFrame:
    """The companions of each main reading: reading_id, and the columns of Companion, a row a companion, sorted.

    `told` has reading_id, article_id, is_main, published_on and custodian (a key or NULL). An article with main
    readings of several custodians has none: its names do not tell to which they belong.
    """
    is_alone = pl.col("custodian").drop_nulls().n_unique().over("article_id") <= 1
    mains = told.filter(pl.col("is_main") & pl.col("published_on").is_not_null()).filter(is_alone)
    pairs = _pairs(mains, _spelled(parties), parties["article_id"].n_unique())
    pairs = pairs.with_columns(pl.Series("crossed", _crossed(pairs, told, parties, directory), dtype=pl.Int64))
    both = [
        pairs.select(reading_id=one, companion=other, names="name", crossed="crossed")
        for one, other in (("reading_id", "reading_id_2"), ("reading_id_2", "reading_id"))
    ]
    return pl.concat(both).sort("reading_id", "companion")


def followed(met: pl.DataFrame, told: pl.DataFrame) -> dict[str, str]:
    """The home that each small home follows: the larger one with whose readings its own share most names.

    `told` has reading_id and home.
    """
    homes = told.select("reading_id", "home", size=pl.len().over("home"))
    is_larger = pl.col("size_2") > pl.col("size")
    is_before = (pl.col("size_2") == pl.col("size")) & (pl.col("home_2") < pl.col("home"))
    ties = (
        met.select("reading_id", "companion", shared=pl.col("names").list.len())
        .join(homes.filter(pl.col("size") <= SMALL), on="reading_id")
        .join(homes, left_on="companion", right_on="reading_id", suffix="_2")
        .filter(is_larger | is_before)
        .group_by("home", "home_2")
        .agg(pl.col("shared").sum())
    )
    most = ties.sort("shared", "home_2").group_by("home", maintain_order=True).agg(pl.col("home_2").last())
    return dict(most.iter_rows())


def _spelled(parties: pl.DataFrame) -> pl.DataFrame:
    """The names (article, name, key), those of one spelling under one key; places and outlets tell nothing."""
    key = pl.col("name").str.to_lowercase().str.replace_all(r"[\W_]+", "")
    return (
        parties.filter((pl.col("kind") != PartyKind.PLACE) & (pl.col("role") != PartyRole.MEDIA))
        .select("article_id", "name", key=key)
        .filter(pl.col("key").str.len_chars() >= LEAST_LETTERS)
        .select(_number("article_id").alias("article"), "name", _number("key"))
    )


def _number(column: str) -> pl.Expr:
    """Words as whole numbers, which join faster; sums of them wrap, and are as unlikely to meet by chance."""
    return pl.col(column).hash().reinterpret(signed=True)


def _telling(named: pl.DataFrame, articles: int) -> pl.DataFrame:
    """The names (article, key) that only few of so many articles have."""
    told = named.select("article", "key", once=pl.col("article") + pl.col("key")).unique("once").drop("once")
    return told.filter(pl.len().over("key").is_between(2, max(FEW, articles // ONE_IN)))


def _pairs(mains: pl.DataFrame, named: pl.DataFrame, articles: int) -> pl.DataFrame:
    """The pairs of main readings that share names in time, each once, with their articles, custodians and names."""
    ordered = mains.select("reading_id", "article_id", "custodian", "published_on").sort("reading_id").with_row_index()
    told = ordered.select("index", _number("article_id").alias("article"), day=pl.col("published_on").dt.epoch("d"))
    told = told.join(_telling(named, articles), on="article")
    told = told.select("index", "day", "key", meeting=pl.col("key") + pl.col("day") // NEAR.days)  # a name in a month
    told = told.filter(pl.len().over("meeting") <= AT_A_TIME)
    around = pl.concat([told.with_columns(pl.col("meeting") + step) for step in (-1, 0, 1)])
    shared = told.join(around, on="meeting", suffix="_2").filter(
        (pl.col("index") < pl.col("index_2")) & ((pl.col("day") - pl.col("day_2")).abs() <= NEAR.days)
    )
    enough = shared.filter(pl.len().over("index", "index_2") >= LEAST_SHARED)
    names = named.join(enough, on="key", how="semi").group_by("key").agg(pl.col("name").min())
    names = names.sort("name").with_row_index("rank")
    found = (
        enough.join(names, on="key")
        .sort("index", "index_2", "rank")  # whole numbers sort faster than words
        .group_by("index", "index_2", maintain_order=True)
        .agg("name")
    )
    left = ordered.drop("published_on")
    right = left.rename({name: f"{name}_2" for name in left.columns})
    pairs = found.join(left, on="index", maintain_order="left").join(right, on="index_2", maintain_order="left")
    return pairs.filter(pl.col("article_id") != pl.col("article_id_2"))


def _crossed(pairs: pl.DataFrame, told: pl.DataFrame, parties: pl.DataFrame, directory: Directory) -> list[int]:
    """How many articles of each pair name the other's custodian, beside those that they tell of."""
    differ = pl.col("custodian") != pl.col("custodian_2")
    articles = pairs.filter(differ).select(pl.concat_list("article_id", "article_id_2").explode().unique()).to_series()
    others: dict[str, set[str]] = {article: set() for article in articles}
    concerned = pl.col("article_id").is_in(articles.implode())
    for article, name in parties.filter(concerned).select("article_id", "name").iter_rows():
        if key := spelling(name):
            others[article].add(directory.home(key))
    for article, custodian in told.filter(concerned).select("article_id", "custodian").iter_rows():
        others[article].discard(custodian)
    columns = ("article_id", "custodian", "article_id_2", "custodian_2")
    return [
        (theirs in others.get(left, ())) + (ours in others.get(right, ()))
        for left, ours, right, theirs in pairs.select(columns).iter_rows()
    ]
