"""From readings to incidents: the one function that a run calls, from the state that the last run left.

Only blocks that changed are resolved anew, some thousand readings at a time; the others keep their rows. What is one
incident is decided in `incidents`, its row in `records`, its id in `history`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import polars as pl

from pipeline.resolve import changes
from pipeline.resolve.articles import Account, accounts
from pipeline.resolve.blocks import fingerprints, place
from pipeline.resolve.decisions import ALIAS, Decision, Rulings, bind
from pipeline.resolve.drafts import Candidate, Draft, draft
from pipeline.resolve.evidence import explain, likelihood
from pipeline.resolve.frames import DTYPES, Ledger, carried, frame, joined
from pipeline.resolve.history import Past, Succession, new_id, succeed
from pipeline.resolve.incidents import group
from pipeline.resolve.organizations import Directory, directory, read_aliases

# Changes whenever the rules of this package do, so that what they decided before is decided again.
RULES_VERSION = "4"
BATCH = 5_000  # readings whose figures are held at once

Figures = Callable[[Collection[str]], pl.DataFrame]


def resolve(
    articles: pl.DataFrame,
    readings: pl.DataFrame,
    parties: pl.DataFrame,
    figures: Figures,
    *,
    now: datetime,
    run_id: str,
    version: str,
    previous: Mapping[str, pl.DataFrame] | None = None,
    decisions: Sequence[Decision] = (),
) -> Ledger:
    """The ledger of all incident readings, continued from the frames of the previous one.

    `parties` has the columns article_id, name, kind and role of that reading table; `figures` gives the figures
    (reading table) of the articles with the given ids; `version` is the extractor's; `now` is naive UTC. Raises
    DecisionError where decisions contradict each other.
    """
    past = {name: carried(name, (previous or {}).get(name)) for name in DTYPES}
    rulings = bind(decisions, _known_ids(readings, past)) if decisions else Rulings()
    index = _directory(readings, decisions)
    placed = place(readings, articles, parties, index, rulings)
    prints = fingerprints(placed, f"{RULES_VERSION} {version}", _notes(placed, index, rulings))
    kept, stale = _divided(past["foundations"], prints)
    with _uncollected():
        drafts, candidates = _drafts(placed.filter(pl.col("home").is_in(stale)), figures, index, rulings)
    left = {name: part.join(kept, on="incident_id", how="anti") for name, part in past.items() if name in OWNED}
    taken = [*kept["incident_id"], *past["incident_aliases"]["old_incident_id"]]
    succession = succeed(_pasts(left), [item.present for item in drafts], taken)
    new = _rows(succession, drafts, candidates, prints, left, now, run_id)
    frames = {name: joined(name, [new[name], past[name].join(kept, on="incident_id", how="semi")]) for name in OWNED}
    for name in ("incident_aliases", "incident_changes"):
        frames[name] = joined(name, [new[name], changes.redirected(past[name], succession)])
    frames["incident_articles"] = _with_repeats(frames["incident_articles"], frames["memberships"], articles)
    frames["reading_incidents"] = frames["memberships"].select(*DTYPES["reading_incidents"])
    ended = (f"incident {old} has ended: no article tells of it any more" for old in succession.ended)
    return Ledger(frames, (*rulings.unknown, *ended), resolved=sum(len(item.members) for item in drafts))


# The tables whose rows belong to one block; the rest of the history outlives it.
OWNED = ("incidents", "incident_articles", "incident_candidates", "reconciliations", "memberships", "foundations")


def _known_ids(readings: pl.DataFrame, past: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """The reading that each id stands for: an article's first main one, an incident's founding one, or itself."""
    told = readings.select("reading_id", "article_id", "is_main", "char_start").sort(
        "is_main", "char_start", "reading_id", descending=[False, True, True]
    )
    known: dict[str, str] = {}
    for reading, article, *_ in told.iter_rows():  # the last to be written wins: main before others, early before late
        known[article] = reading
    present = set(told["reading_id"])
    for incident, reading in past["foundations"].select("incident_id", "founding_reading_id").iter_rows():
        if reading in present:
            known[incident] = reading
    for old, incident in past["incident_aliases"].select("old_incident_id", "incident_id").iter_rows():
        if incident in known:
            known[old] = known[incident]
    # An incident is first of all the one that its founding reading tells of, wherever that stands now.
    known.update((name, reading) for reading in sorted(present) for name in (new_id(reading), reading))
    return known


def _directory(readings: pl.DataFrame, decisions: Sequence[Decision]) -> Directory:
    """The directory of all names that the readings use, of the alias list and of an analyst's aliases."""
    told = readings.filter(pl.col("organization").is_not_null()).group_by("organization", "organization_names").len()
    names = [tuple(names or (first,)) for first, names, readings in told.iter_rows() for _ in range(readings)]
    decided = [(decision.left, decision.right) for decision in decisions if decision.kind == ALIAS]
    return directory(names, [*read_aliases(), *decided])


def _notes(placed: pl.DataFrame, index: Directory, rulings: Rulings) -> dict[str, str]:
    """What the rows of a home depend on beside its readings: its custodians' canonical names, and an analyst's word."""
    notes: dict[str, str] = {}
    for home, custodian in sorted(placed.select("home", "custodian").drop_nulls().unique().iter_rows()):
        if name := index.names.get(custodian):
            notes[home] = f"{notes.get(home, '')} {name}"
    decided = (*rulings.same, *rulings.different)
    ruled = {reading for _, *pair in decided for reading in pair}
    homes = dict(placed.filter(pl.col("reading_id").is_in(ruled)).select("reading_id", "home").iter_rows())
    for ruling in decided:
        for home in sorted({homes[ruling.left], homes[ruling.right]}):
            notes[home] = f"{notes.get(home, '')} {ruling}"
    return notes


def _divided(foundations: pl.DataFrame, prints: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """The incidents whose home is what it was, as a frame of ids, and the homes that are not."""
    before = dict(foundations.select("home", "fingerprint").iter_rows())
    stale = sorted(home for home, print_ in prints.items() if before.get(home) != print_)
    same = [home for home, print_ in before.items() if prints.get(home) == print_]
    return foundations.filter(pl.col("home").is_in(same)).select("incident_id"), stale


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for circles of garbage meanwhile: drafts have none, and to look for them among so many takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _drafts(
    work: pl.DataFrame, figures: Figures, index: Directory, rulings: Rulings
) -> tuple[list[Draft], list[Candidate]]:
    """All incidents of the readings to resolve, and the pairs of them that remain in doubt."""
    drafts: list[Draft] = []
    candidates: list[Candidate] = []
    for home, told in _blocks(work, figures):
        cases, doubts = group(told, rulings)
        places = {id(case): len(drafts) + place for place, case in enumerate(cases)}
        drafts += [draft(home, case, index) for case in cases]
        candidates += [
            Candidate(places[id(d.left)], places[id(d.right)], likelihood(d.score), explain(d.evidence)) for d in doubts
        ]
    return drafts, candidates


def _blocks(work: pl.DataFrame, figures: Figures) -> Iterator[tuple[str, list[Account]]]:
    """The accounts of each home, with their figures, of which a batch is held at a time."""
    sizes = work.group_by("home").len().sort("home")
    batch = (sizes["len"].cum_sum() - 1) // BATCH
    for (_,), homes in sizes.with_columns(batch=batch).group_by("batch", maintain_order=True):
        part = work.join(homes.select("home"), on="home", how="semi").sort("home", "reading_id")
        told = figures(part["article_id"].unique().sort().to_list())
        told = told.join(part.select("reading_id"), on="reading_id", how="semi")
        pairs = zip(part["home"], accounts(part, told), strict=True)
        for home, block in groupby(pairs, key=itemgetter(0)):
            yield home, [account for _, account in block]


def _pasts(left: Mapping[str, pl.DataFrame]) -> list[Past]:
    """The last run's incidents that must live on in some case."""
    members = (
        left["memberships"]
        .group_by("incident_id")
        .agg("reading_id", "article_id", mains=pl.col("article_id").filter(pl.col("is_main")))
    )
    told = members.join(left["foundations"].select("incident_id", "founded_at"), on="incident_id").join(
        left["incidents"].select("incident_id", "first_reported_on"), on="incident_id"
    )
    columns = ("incident_id", "founded_at", "first_reported_on", "reading_id", "mains", "article_id")
    return [
        Past(incident, founded, first, frozenset(readings), frozenset(mains), frozenset(articles))
        for incident, founded, first, readings, mains, articles in told.select(columns).iter_rows()
    ]


def _with_repeats(told: pl.DataFrame, memberships: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The articles of each incident, those included that were not read because they repeat another."""
    read = told.join(memberships, on=["incident_id", "article_id"], how="semi")
    repeats = articles.select("article_id", original="duplicate_of").join(memberships, on="article_id", how="anti")
    copies = repeats.join(read.rename({"article_id": "original"}), on="original").drop("original")
    return joined("incident_articles", [read, copies])


def _rows(
    succession: Succession,
    drafts: Sequence[Draft],
    candidates: Sequence[Candidate],
    prints: Mapping[str, str],
    left: Mapping[str, pl.DataFrame],
    now: datetime,
    run_id: str,
) -> dict[str, pl.DataFrame]:
    """The new rows of every table, under the ids that the drafts continue or receive."""
    named = list(zip(succession.ids, drafts, strict=True))
    founded = dict(left["foundations"].select("incident_id", "founded_at").iter_rows())
    incidents, changed = changes.incident_rows(named, left, now, run_id)
    pairs = [(*sorted((succession.ids[c.left], succession.ids[c.right])), c.score, c.evidence) for c in candidates]
    return {
        "incidents": incidents,
        "incident_changes": changed,
        "incident_aliases": changes.aliases(succession, named, left["memberships"], now),
        "incident_articles": frame("incident_articles", ((i, *row) for i, d in named for row in d.articles)),
        "incident_candidates": frame("incident_candidates", pairs),
        "reconciliations": frame("reconciliations", ((i, *row) for i, d in named for row in d.reconciliations)),
        "memberships": frame("memberships", ((*m[:2], i, *m[2:]) for i, d in named for m in d.members)),
        "foundations": frame(
            "foundations", ((i, d.home, prints[d.home], d.present.founding, founded.get(i, now)) for i, d in named)
        ),
    }
