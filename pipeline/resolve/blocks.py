"""Blocks: the sets of readings that may meet, and which of them have changed since the last run.

A reading has one home: its custodian, else its attacker, else itself; a small home follows one whose articles name
the same. So cost grows with the blocks, not with all pairs, and a block whose rows are what they were keeps its
incidents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    told = told.join(_custodians(told, directory), on="reading_id", how="left", maintain_order="left")
    attackers = {name: _attacker(name, directory) for name in told["actor_name"].drop_nulls().unique()}
    told = told.with_columns(
        attacker=pl.col("actor_name").replace_strict(attackers, default=None, return_dtype=pl.String),
        home=CUSTODIAN + pl.col("custodian"),
    )
    for homes in (_by_attacker, _repeated):
        found = pl.col("reading_id").replace_strict(homes(told), default=None, return_dtype=pl.String)
        told = told.with_columns(pl.col("home").fill_null(found))
    told = told.with_columns(pl.col("home").fill_null(ALONE + pl.col("reading_id")))
    met = companions(told, parties, directory)
    told = _led(told, followed(met, told))
    told = _led(told, _joined(told, rulings))
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
    rows = rows.group_by("home").agg(pl.col("row").sort().str.join().cast(pl.Binary))
    found = {}
    for home, told in rows.iter_rows():
        digest = blake2b(f"{version} {notes.get(home, '')}".encode(), digest_size=16)
        digest.update(told)
        found[home] = digest.hexdigest()
    return found


def _custodians(told: pl.DataFrame, directory: Directory) -> pl.DataFrame:
    """The keys custodian and called of the readings that name an organization, by reading_id."""
    named = told.filter(pl.col("organization") != "").group_by("organization", "organization_names").agg("reading_id")
    found = [
        directory.custodian(names or (organization,)) or (None, None)
        for organization, names in named.select("organization", "organization_names").iter_rows()
    ]
    keys = pl.DataFrame(found, {"custodian": pl.String, "called": pl.String}, orient="row")
    return pl.concat([named.select("reading_id"), keys], how="horizontal").explode("reading_id")


def _attacker(name: str, directory: Directory) -> str | None:
    """The key of an attacker's name, whatever the text calls the group."""
    key = spelling(name.partition("/")[0])  # "Fancy Bear/APT28"
    return directory.home(key) if key else None


def _by_attacker(told: pl.DataFrame) -> dict[str, str]:
    """The homes of readings that name their attacker only: the one custodian whom that attacker hit in those weeks,
    else others that name the attacker only.
    """
    attacks = told.filter(pl.col("attacker").is_not_null()).select("reading_id", "published_on", "attacker", "home")
    struck: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for _, published, attacker, home in attacks.iter_rows():
        if published and home:
            struck[attacker].append((published, home))
    return {
        reading: _victim(struck[attacker], published) or ATTACKER + attacker
        for reading, published, attacker, home in attacks.iter_rows()
        if not home
    }


def _victim(struck: Iterable[tuple[date, str]], published: date | None) -> str | None:
    """The one custodian that was hit around a day; None if there are none or several."""
    near = {home for day, home in struck if published and abs(day - published) <= SAME_STORY}
    return near.pop() if len(near) == 1 else None


def _repeated(told: pl.DataFrame) -> dict[str, str]:
    """The home of a repeated text's only main reading: that of the text that it repeats."""
    told = told.filter("is_main").with_columns(original=pl.coalesce("duplicate_of", "superseded_by"))
    repeats = dict(told.filter(pl.col("original").is_not_null()).select("article_id", "original").iter_rows())
    concerned = told.filter(pl.col("article_id").is_in([*repeats, *repeats.values()]))
    mains: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for article, reading, home in concerned.select("article_id", "reading_id", "home").iter_rows():
        mains[article].append((reading, home))
    found = {}
    for article, original in repeats.items():
        if len(mains[article]) == len(mains.get(original, ())) == 1:
            ((reading, _),), ((first, home),) = mains[article], mains[original]
            found[first] = found[reading] = home or ALONE + first
    return found


def _joined(told: pl.DataFrame, rulings: Rulings) -> dict[str, str]:
    """Where the homes lead that an analyst's word joins: to the least of their names."""
    ruled = {reading for _, *pair in rulings.same for reading in pair}
    homes = dict(told.filter(pl.col("reading_id").is_in(ruled)).select("reading_id", "home").iter_rows())
    lead: dict[str, str] = {}
    for _, left, right in rulings.same:
        ours, theirs = (homes[reading] for reading in (left, right))
        first, last = sorted((follow(ours, lead), follow(theirs, lead)))
        if first != last:
            lead[last] = first
    return lead


def _led(told: pl.DataFrame, leads: Mapping[str, str]) -> pl.DataFrame:
    """The readings with each home at the end of the way that starts there."""
    return told.with_columns(pl.col("home").replace({home: follow(home, leads) for home in leads}))
