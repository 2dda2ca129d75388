"""Blocks: the sets of readings that may meet, and which of them have changed since the last run.

A reading has one home: its custodian, else its attacker, else itself; a small home follows one whose articles name
the same. So cost grows with the blocks, not with all pairs, and a block whose rows are what they were keeps its
incidents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b

import polars as pl

from pipeline.resolve.articles import ARTICLE_COLUMNS
from pipeline.resolve.companions import Companion, companions, followed
from pipeline.resolve.decisions import Rulings
from pipeline.resolve.organizations import Directory, follow, spelling

CUSTODIAN, ATTACKER, ALONE = "custodian:", "attacker:", "reading:"
SAME_STORY = timedelta(days=30)


def place(
    readings: pl.DataFrame, articles: pl.DataFrame, parties: pl.DataFrame, directory: Directory, rulings: Rulings
) -> pl.DataFrame:
    """The readings, sorted, with their articles' ARTICLE_COLUMNS, the keys custodian, called, attacker and home, and
    their companions.
    """
    known = articles.select("article_id", *ARTICLE_COLUMNS).unique("article_id", keep="first", maintain_order=True)
    told = readings.join(known, on="article_id", how="left").sort("article_id", "reading_id")
    ids = told["reading_id"].to_list()
    called = [
        tuple(names or ()) or (organization,) if organization else ()
        for organization, names in told.select("organization", "organization_names").iter_rows()
    ]
    known_as = {names: directory.custodian(names) for names in dict.fromkeys(called)}
    custodians = [known_as[names] for names in called]
    attackers = [_attacker(name, directory) if name else None for name in told["actor_name"]]
    homes = {reading: CUSTODIAN + found.home for reading, found in zip(ids, custodians, strict=True) if found}
    homes |= _by_attacker(told, attackers, homes)
    homes = {**{reading: ALONE + reading for reading in ids}, **_repeated(told, homes), **homes}
    told = told.with_columns(
        pl.Series("custodian", [found and found.home for found in custodians], dtype=pl.String),
        pl.Series("called", [found and found.called for found in custodians], dtype=pl.String),
        pl.Series("attacker", attackers, dtype=pl.String),
    )
    met = companions(told, parties, directory)
    leads = followed(met, homes)
    homes = _joined({reading: follow(home, leads) for reading, home in homes.items()}, rulings)
    told = told.with_columns(pl.Series("home", [homes[reading] for reading in ids], dtype=pl.String))
    names = parties.group_by("article_id").agg(named=pl.col("name").n_unique())
    told = told.join(names, on="article_id", how="left", maintain_order="left").with_columns(
        pl.when("is_main").then(pl.col("named").fill_null(0)).otherwise(0).alias("named")
    )
    each = met.group_by("reading_id").agg(companions=pl.struct(Companion._fields))
    return told.join(each, on="reading_id", how="left", maintain_order="left")


def fingerprints(placed: pl.DataFrame, version: str, notes: Mapping[str, str]) -> dict[str, str]:
    """A digest of everything that the incidents of each block depend on, by home.

    `version` is that of the rules and of the figures; `notes` says what else counts for a home.
    """
    rows = placed.select("home", row=pl.struct(pl.all()).struct.json_encode())
    rows = rows.group_by("home").agg(pl.col("row").sort())
    found = {}
    for home, told in rows.iter_rows():
        digest = blake2b(f"{version} {notes.get(home, '')}".encode(), digest_size=16)
        for row in told:
            digest.update(row.encode())
        found[home] = digest.hexdigest()
    return found


def _attacker(name: str, directory: Directory) -> str | None:
    """The key of an attacker's name, whatever the text calls the group."""
    key = spelling(name.partition("/")[0])  # "Fancy Bear/APT28"
    return directory.home(key) if key else None


def _by_attacker(told: pl.DataFrame, attackers: Sequence[str | None], homes: Mapping[str, str]) -> dict[str, str]:
    """The homes of readings that name their attacker only: the one custodian whom that attacker hit in those weeks,
    else others that name the attacker only.
    """
    attacks = list(zip(told["reading_id"], told["published_on"], attackers, strict=True))
    struck: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for reading, published, attacker in attacks:
        if published and attacker and reading in homes:
            struck[attacker].append((published, homes[reading]))
    return {
        reading: _victim(struck[attacker], published) or ATTACKER + attacker
        for reading, published, attacker in attacks
        if attacker and reading not in homes
    }


def _victim(struck: Iterable[tuple[date, str]], published: date | None) -> str | None:
    """The one custodian that was hit around a day; None if there are none or several."""
    near = {home for day, home in struck if published and abs(day - published) <= SAME_STORY}
    return near.pop() if len(near) == 1 else None


def _repeated(told: pl.DataFrame, homes: Mapping[str, str]) -> dict[str, str]:
    """The home of a repeated text's only main reading: that of the text that it repeats."""
    told = told.filter("is_main").with_columns(original=pl.coalesce("duplicate_of", "superseded_by"))
    repeats = dict(told.filter(pl.col("original").is_not_null()).select("article_id", "original").iter_rows())
    concerned = told.filter(pl.col("article_id").is_in([*repeats, *repeats.values()]))
    mains: defaultdict[str, list[str]] = defaultdict(list)
    for article, reading in concerned.select("article_id", "reading_id").iter_rows():
        mains[article].append(reading)
    found = {}
    for article, original in repeats.items():
        if len(mains[article]) == len(mains.get(original, ())) == 1:
            (reading,), (first,) = mains[article], mains[original]
            found[first] = found[reading] = homes.get(first, ALONE + first)
    return found


def _joined(homes: Mapping[str, str], rulings: Rulings) -> dict[str, str]:
    """The homes with those joined that an analyst's word joins: all take the least of their names."""
    lead: dict[str, str] = {}
    for _, left, right in rulings.same:
        ours, theirs = (homes[reading] for reading in (left, right))
        first, last = sorted((follow(ours, lead), follow(theirs, lead)))
        if first != last:
            lead[last] = first
    return {reading: follow(home, lead) for reading, home in homes.items()}
