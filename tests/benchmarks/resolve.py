"""How long it takes to resolve a hundred thousand articles into incidents, and to add a hundred to them.

    python -m tests.benchmarks.resolve [ARTICLES]      (from the root of the repository)

Invented incidents of organizations of which a few are in the news all the time; each article tells of one, names some
of those around it and some of the time, and every fifth recalls another. The first run resolves all, the second adds
100 articles, the third finds nothing new.
"""

import resource
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter, process_time
from typing import NamedTuple

import polars as pl

from pipeline.identity import row_id
from pipeline.resolve.ledger import resolve
from schemas.tables import READINGS, frame

ARTICLES, ADDED = 100_000, 100
MODELS = {table.name: table.model for table in READINGS}
WORDS = ("Alder", "Bay", "Cobalt", "Dover", "Elm", "Fenwick", "Grove", "Harrow", "Iris", "Juniper", "Kestrel", "Lowell")
ENDS = ("Clinic", "Bank", "Airlines", "Stores", "Insurance", "Software", "Hotels", "Labs", "Foods", "Telecom", "Games")
ACTIONS = ("hacking", "error", "malware", "unknown")
DATA = ("name", "email", "phone", "credential", "payment_card", "medical", "government_id", "date_of_birth")


class Incident(NamedTuple):
    """An invented incident."""

    organization: str
    day: date
    people: int
    action: str
    data: tuple[str, ...]
    named: tuple[str, ...]


class Corpus(NamedTuple):
    """The frames that resolve takes."""

    articles: pl.DataFrame
    readings: pl.DataFrame
    figures: pl.DataFrame
    parties: pl.DataFrame


def main(arguments: Sequence[str]) -> None:
    size = int(arguments[0]) if arguments else ARTICLES
    whole = corpus(size + ADDED)
    first = Corpus(*(table.head(0) for table in whole))
    articles = whole.articles["article_id"]
    first = Corpus(*(table.filter(pl.col("article_id").is_in(articles[:size].implode())) for table in whole))
    print(f"{first.readings.height:,} readings of {size:,} articles\n")
    print(f"{'':24}{'seconds':>9}{'CPU s':>8}{'resolved':>10}{'incidents':>11}{'candidates':>12}{'peak MB':>9}")
    state = run("all", first, None)
    state = run(f"{ADDED} articles more", whole, state)
    run("nothing new", whole, state)


def run(name: str, told: Corpus, previous: dict[str, pl.DataFrame] | None) -> dict[str, pl.DataFrame]:
    """Resolves, prints a line, and returns the state."""

    def figures(articles: Collection[str]) -> pl.DataFrame:
        return told.figures.filter(pl.col("article_id").is_in(list(articles)))

    start, busy = perf_counter(), process_time()
    ledger = resolve(
        told.articles,
        told.readings,
        told.parties,
        figures,
        now=datetime.fromisoformat("2026-01-01T00:00"),
        run_id="benchmark",
        version="1",
        previous=previous,
    )
    seconds, busy = perf_counter() - start, process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    incidents, candidates = (ledger.frames[table].height for table in ("incidents", "incident_candidates"))
    print(f"{name:24}{seconds:>9.1f}{busy:>8.1f}{ledger.resolved:>10,}{incidents:>11,}{candidates:>12,}{peak:>9,.0f}")
    return dict(ledger.frames)


def corpus(size: int) -> Corpus:
    """So many articles: some three about an incident, incidents and organizations by a power law."""
    dice = Random(1)
    organizations = [
        f"{dice.choice(WORDS)} {dice.choice(WORDS)} {n} {dice.choice(ENDS)}".title() for n in range(size // 8)
    ]
    incidents = [_incident(organizations[_rank(dice, len(organizations))], dice) for _ in range(size * 3 // 10)]
    articles: list[dict[str, object]] = []
    readings: list[dict[str, object]] = []
    figures: list[dict[str, object]] = []
    parties: list[tuple[str, str]] = []
    for number in range(size):
        article = row_id("a", number)
        main = incidents[_rank(dice, len(incidents)) if dice.random() < 0.3 else dice.randrange(len(incidents))]
        published = main.day + timedelta(days=min(int(dice.expovariate(0.05)), 400))
        articles.append({"article_id": article, "published_on": published, "publisher": f"outlet {number % 300}"})
        named = [*dice.sample(main.named, 4), *(f"{dice.choice(WORDS)} {_rank(dice, size)}" for _ in range(8))]
        parties += [(article, name) for name in named]
        recalled = [incidents[dice.randrange(len(incidents))]] if dice.random() < 0.2 else []
        for place, incident in enumerate([main, *recalled]):
            reading = row_id("r", article, place)
            readings.append(_reading(reading, article, place == 0, incident, dice))
            figures.extend(_figures(reading, article, incident, dice))
    return Corpus(
        pl.DataFrame(articles).with_columns(
            pl.lit(None, pl.String).alias("duplicate_of"), pl.lit(None, pl.String).alias("superseded_by")
        ),
        frame(MODELS["incident_readings"], readings),
        frame(MODELS["figures"], figures),
        pl.DataFrame(parties, ["article_id", "name"], orient="row").with_columns(
            kind=pl.lit("organization"), role=pl.lit("other")
        ),
    )


def _rank(dice: Random, size: int) -> int:
    """A place from 0 to size - 1, the first of them far more often: of 12,500 the first in a hundred draws."""
    return int(size * dice.random() ** 2)


def _incident(organization: str, dice: Random) -> Incident:
    day = date(2012, 1, 1) + timedelta(days=dice.randrange(5_000))
    people = round(10 ** dice.uniform(2.5, 8), -dice.randint(0, 3))
    named = tuple(f"{dice.choice(WORDS)} {dice.choice(WORDS)} {dice.randrange(100_000)}" for _ in range(6))
    return Incident(organization, day, max(people, 100), dice.choice(ACTIONS), tuple(dice.sample(DATA, 3)), named)


def _reading(reading: str, article: str, is_main: bool, incident: Incident, dice: Random) -> dict[str, object]:
    known = is_main or dice.random() < 0.3
    month = incident.day.replace(day=1)
    return {
        "reading_id": reading,
        "article_id": article,
        "is_main": is_main,
        "relation": "main" if is_main else "mention",
        "organization": incident.organization,
        "organization_names": [incident.organization, incident.organization.rsplit(" ", 1)[0]],
        "title": "an incident",
        "action": incident.action,
        "actor": "external",
        "occurred_from": month if known and dice.random() < 0.5 else None,
        "occurred_to": month + timedelta(days=27) if known else None,
        "people_affected": incident.people if known and dice.random() < 0.6 else None,
        "data_types": list(incident.data[: dice.randint(0, 3)]),
        "exposure_status": "confirmed",
        "discovery_method": "unknown",
        "confidence": 0.8,
        "quote": "x",
        "char_start": 0,
        "char_end": 1,
    }


def _figures(reading: str, article: str, incident: Incident, dice: Random) -> Iterator[dict[str, object]]:
    for place in range(dice.randint(1, 6)):
        value = float(incident.people if place == 0 else dice.randint(10, 5_000))
        yield {
            "figure_id": row_id("f", reading, place),
            "article_id": article,
            "reading_id": reading,
            "measure": "people_affected" if place == 0 else dice.choice(("people_subset", "ransom", "background")),
            "value": value,
            "value_low": value,
            "value_high": value,
            "qualifier": "exact",
            "unit": "person",
            "subject": "customers",
            "predicate": dice.choice(("notified", "in one state", "affected", None)),
            "quote": "x",
            "char_start": place * 100,
            "char_end": place * 100 + 1,
            "confidence": 0.9,
        }


if __name__ == "__main__":
    main(sys.argv[1:])
