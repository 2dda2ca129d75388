"""`breach-ledger`: run, read, sql, incidents, incident, evaluate, tidy, ui. Each reads flags, calls, says how it went.

Dagster and DuckDB are imported by the commands that need them, so that the others answer at once.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.filesize import decimal

from pipeline.settings import ROOT, Settings, SettingsFault

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="News about data breaches, as data.",
)
console = Console(highlight=False)

Warehouse = Annotated[Path | None, typer.Option(help="Folder of the published file.", resolve_path=True)]


@app.command()
def run(
    articles: Annotated[
        Path | None,
        typer.Option(help="Folder of articles: text, Markdown, HTML, JSON lines, CSV, Parquet.", resolve_path=True),
    ] = None,
    feed: Annotated[
        list[str] | None, typer.Option(help="Address of an RSS or Atom feed; may be repeated, in place of the setting.")
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Take in what is new, read it, and publish; does nothing where nothing is new."""
    settings = _settings(articles=articles, feeds=" ".join(feed) if feed else None, warehouse=warehouse)
    _settings()  # Dagster's definitions know no flags
    from pipeline.console import summary
    from pipeline.headless import RunFailed, refresh

    try:
        summary.show(refresh(settings, console), settings, console)
    except RunFailed as failure:
        _fail(str(failure))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A file that `run` could take in; of many articles, the first is read.")],
    published_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication: dates are told from it.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write one HTML page instead.")] = None,
) -> None:
    """Show what is read from one text: each finding marked, its rows beneath."""
    from pipeline.console import marked, page, single

    day = published_on.date() if published_on else None
    try:
        title, text, tables = single.read_file(file, day, _settings().max_bytes)
        if html is None:
            marked.show(title, text, tables, console)
        else:
            html.write_text(page.render(title, text, tables), encoding="utf-8")
            console.print(f"wrote {html}", soft_wrap=True)
    except (single.NotReadable, OSError) as error:
        _fail(str(error))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help='For example "SELECT * FROM v_incidents".')],
    warehouse: Warehouse = None,
    rows: Annotated[int, typer.Option(min=1, help="Show so many rows at most.")] = 200,
) -> None:
    """Ask the published file; it is opened read-only."""
    from pipeline.console.query import NoAnswer, show

    try:
        show(_settings(warehouse=warehouse).published, query, console, rows)
    except NoAnswer as error:
        _fail(str(error))


@app.command()
def incidents(
    org: Annotated[str | None, typer.Option(help="Only those of an organization that is named so.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only those that were reported on this day or later.")
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """List the incidents, those last reported first."""
    from pipeline.console import incident_text
    from pipeline.console.incident import listed
    from pipeline.console.query import NoAnswer

    try:
        found = listed(_settings(warehouse=warehouse).published, org, since.date() if since else None)
    except NoAnswer as error:
        _fail(str(error))
    incident_text.show_list(found, console)


@app.command()
def incident(
    incident_id: Annotated[str, typer.Argument(metavar="ID", help="As `incidents` lists it, or an id it had before.")],
    html: Annotated[Path | None, typer.Option(help="Write one HTML page instead.")] = None,
    warehouse: Warehouse = None,
) -> None:
    """Show one incident: its record, timeline, figures, conflicts, quotations and articles."""
    from pipeline.console import incident_page, incident_text
    from pipeline.console.incident import incident as opened
    from pipeline.console.query import NoAnswer

    try:
        dossier = opened(_settings(warehouse=warehouse).published, incident_id)
        if html is None:
            incident_text.show(dossier, console)
        else:
            html.write_text(incident_page.render(dossier), encoding="utf-8")
            console.print(f"wrote {html}", soft_wrap=True, markup=False)
    except (NoAnswer, OSError) as error:
        _fail(str(error))


@app.command()
def evaluate(
    labels: Annotated[Path, typer.Option(help="Folder of labels; tests/gold/README.md says how to write them.")],
    articles: Annotated[
        list[Path], typer.Option(help="The labelled articles: a .jsonl file or a folder of .txt; may be repeated.")
    ],
    warehouse: Annotated[
        Path | None, typer.Option(help="Score what is published there, instead of reading the articles now.")
    ] = None,
    half: Annotated[Literal["odd", "even", "all"], typer.Option(help="Only odd or even numbered articles.")] = "all",
    save: Annotated[Path | None, typer.Option(help="Keep every finding, as JSON lines.")] = None,
    against: Annotated[Path | None, typer.Option(help="List what was gained and lost since this saved run.")] = None,
    reliability: Annotated[
        Path | None, typer.Option(help="Write claimed confidence against the share right, as .csv or Markdown.")
    ] = None,
) -> None:
    """Score what is read against labelled articles: yours, or the seeds'."""
    from pipeline.evaluate import run as evaluation

    try:
        report = evaluation.evaluate(labels, articles, warehouse, half)
        told = evaluation.summary(report, against, save, reliability)
    except (ValueError, OSError) as error:
        _fail(str(error))
    print(told)


@app.command()
def tidy(warehouse: Warehouse = None) -> None:
    """Remove old snapshots and what older versions of the extractor read; never while a run is going."""
    from pipeline import home, liveness, tidy
    from pipeline.lake import LakeError

    settings = _settings(warehouse=warehouse)
    try:
        done = tidy.tidy(settings, home.prepare() / liveness.FOLDER)
    except (tidy.Busy, LakeError, OSError) as error:
        _fail(str(error))
    for one in done.removed:
        console.print(f"removed {one.what}: {decimal(one.size)}", soft_wrap=True)
    for version in done.waiting:
        console.print(f"kept readings of version {version}: `breach-ledger run` has more to read", soft_wrap=True)
    console.print(f"freed {decimal(done.freed)}" if done.removed else "nothing to remove")


@app.command()
def ui(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Serve on this port.")] = 3000,
) -> None:
    """Open Dagster on the same ledger: the asset graph, every run, the checks, the sensor and the schedule."""
    from pipeline import home

    _settings()
    home.prepare()
    os.chdir(ROOT)  # where the sensor and the runs find `.env`
    # Dagster warns that `dg dev` will follow; it brings 25 more packages and does the same.
    quiet = ["-W", "ignore:Function"]
    command = ["-m", "dagster", "dev", "--workspace", str(home.WORKSPACE), "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *quiet, *command])


def main() -> None:
    """The command line; a broken pipe (`| head`) ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def _settings(**flags: Path | str | None) -> Settings:
    try:
        return Settings.here(**{name: str(flag) for name, flag in flags.items() if flag is not None})
    except SettingsFault as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"breach-ledger: {message}", markup=False, style="red")
    raise typer.Exit(1)
