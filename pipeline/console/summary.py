"""What a run did and what the ledger now holds, in a screenful."""

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import duckdb
from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.console.amounts import amount, days
from pipeline.console.query import cell, grid
from pipeline.settings import Settings

SHOWN = 12
INCIDENTS = """
    SELECT coalesce(organization, title), occurred_from, occurred_to, article_count,
        [people_affected_low, people_affected, people_affected_high],
        [records_exposed_low, records_exposed, records_exposed_high]
    FROM v_incidents
    ORDER BY coalesce(last_reported_on, occurred_to) DESC NULLS LAST, article_count DESC,
        people_affected DESC NULLS LAST, incident_id
"""
REJECTS = """
    SELECT stage, check_name, count(*), min(failure) FROM rejects GROUP BY ALL ORDER BY count(*) DESC, stage, check_name
"""
TRY = "SELECT organization, occurred_from, people_affected, data_types FROM v_incidents"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: articles taken in and read, records refused, and whether a new snapshot was published."""

    articles_new: int
    articles_read: int
    rejects_new: int
    snapshot: str
    is_new: bool
    seconds: float


def show(outcome: Outcome, settings: Settings, console: Console) -> None:
    """Prints it; the published file is read for it, and it alone."""
    with duckdb.connect(settings.published, read_only=True) as connection:
        totals = connection.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM incidents), (SELECT count(*) FROM figures), "
            "(SELECT count(*) FROM rejects)"
        ).fetchall()[0]
        incidents = connection.execute(INCIDENTS).fetchmany(SHOWN)
        rejects = connection.execute(REJECTS).fetchall()
    articles, incident_count, figures, reject_count = totals
    console.print(_news(outcome), soft_wrap=True)
    console.print(
        f"The ledger holds {articles:,} articles, {incident_count:,} incidents, {figures:,} figures, "
        f"{reject_count:,} rejects.\n",
        soft_wrap=True,
    )
    if incidents:
        console.print(_incidents(incidents, console))
    if incident_count > len(incidents):
        console.print(Text(f"and {incident_count - len(incidents):,} more", style="dim"))
    if rejects:
        console.print("", _rejects(rejects, console), sep="\n")
    words = [_command(), "sql", f'"{TRY}"', *_warehouse_flag(settings)]
    console.print(f"\nfile  {_near(settings.published)}\ntry   {' '.join(words)}", soft_wrap=True, markup=False)


def _news(outcome: Outcome) -> Text:
    if not outcome.is_new:
        return Text(f"Nothing new: snapshot {outcome.snapshot} stands ({outcome.seconds:.1f} s).", style="green")
    parts = [f"{outcome.articles_new:,} new articles", f"{outcome.articles_read:,} read"]
    parts += [f"{outcome.rejects_new:,} rejects"] if outcome.rejects_new else []
    return Text(
        f"Published snapshot {outcome.snapshot}: {', '.join(parts)} ({outcome.seconds:.1f} s).", style="bold green"
    )


def _incidents(rows: list[tuple[Any, ...]], console: Console) -> RenderableType:
    names = ["incident", "when", "people affected", "records exposed", "articles"]
    cells = [
        [
            cell(about),
            Text(days(first, last)),
            Text(amount(fewest, people, most, "person")),
            Text(amount(least, records, greatest, "record")),
            cell(articles),
        ]
        for about, first, last, articles, (fewest, people, most), (least, records, greatest) in rows
    ]
    filled = [place for place in range(len(names)) if any(row[place].plain for row in cells)]
    shown = [[row[place] for place in filled] for row in cells]
    return grid([names[place] for place in filled], shown, names[2:], console)


def _rejects(rows: list[tuple[Any, ...]], console: Console) -> RenderableType:
    names = ["stage", "check", "rejects", "for example"]
    return grid(names, [[cell(value) for value in row] for row in rows[:SHOWN]], ["rejects"], console)


def _command() -> str:
    """How this program was called, so that the line can be copied."""
    called = Path(sys.argv[0])
    return "breach-ledger" if called.name != "breach-ledger" or which(called.name) == str(called) else _near(called)


def _warehouse_flag(settings: Settings) -> list[str]:
    usual = settings.warehouse == Settings.here().warehouse
    return [] if usual else ["--warehouse", shlex.quote(_near(settings.warehouse_folder))]


def _near(path: Path) -> str:
    """The path as one would type it from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
