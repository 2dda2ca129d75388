"""An incident in the terminal: record, conflicts, timeline and figures drawn as ranges, quotations, articles.

Sources stand in brackets: the number of the article in the list at the end.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.console.incident import Dossier, Row
from pipeline.console.incident_bars import Bar, Panel, figures, timeline
from pipeline.console.incident_words import change, count, explanation, facts, line, place, source, speaker, when
from pipeline.console.query import cell, grid
from pipeline.console.scale import Scale

LISTED = 200
STRIP = (16, 48)


def show_list(rows: Sequence[Row], console: Console) -> None:
    """Prints the newest incidents, and how many more there are."""
    if not rows:
        console.print(Text("no such incident", style="dim"))
        return
    names = ["id", "incident", "when", "people affected", "records exposed", "last reported", "articles"]
    cells = [
        [
            cell(row["incident_id"]),
            Text(line(row["about"])),
            Text(when(row)),
            Text(count(row, "people_affected", "person")),
            Text(count(row, "records_exposed", "record")),
            Text(str(row["last_reported_on"] or "")),
            cell(row["article_count"]),
        ]
        for row in rows[:LISTED]
    ]
    filled = [place for place in range(len(names)) if any(row[place].plain for row in cells)]
    shown = [[row[place] for place in filled] for row in cells]
    console.print(grid([names[place] for place in filled], shown, ["articles"], console))
    if len(rows) > LISTED:
        more = f"the first {LISTED:,} of {len(rows):,}; --org and --since narrow the list"
        console.print(Text(more, style="dim"), soft_wrap=True)


def show(dossier: Dossier, console: Console) -> None:
    """Prints all of it."""
    for heading, part in _parts(dossier, console):
        console.print(Text(heading, style="bold"), Padding(part, (0, 0, 1, 2)), sep="\n")


def _parts(dossier: Dossier, console: Console) -> Iterator[tuple[str, RenderableType]]:
    record, numbers = dossier.record, dossier.numbers
    alias = f" ({dossier.merged['old_incident_id']} until it was merged)" if dossier.merged else ""
    yield line(record["title"]), Text(f"{record['incident_id']}{alias}", style="dim")
    yield "record", _pairs(facts(dossier))
    if dossier.conflicts:
        yield "conflicts", Text("\n").join(Text(explanation(row, numbers), style="red") for row in dossier.conflicts)
    days_of = timeline(dossier)
    if days_of:
        yield "timeline", _panel(days_of, numbers, console)
    for panel in figures(dossier):
        yield f"figures: {panel.name.replace('_', ' ')}", _panel(panel, numbers, console)
    agreed = [row for row in dossier.reconciliations if row not in dossier.conflicts and row["figure_count"] > 1]
    if agreed:
        yield "what agrees", Text("\n").join(Text(explanation(row, numbers)) for row in agreed)
    if dossier.found["statements"]:
        yield "quotations", Group(*(_quotation(row, numbers) for row in dossier.found["statements"]))
    if dossier.found["responses"]:
        yield "responses", _pairs((_name(row["action"]), _said(row, numbers)) for row in dossier.found["responses"])
    if dossier.candidates:
        yield (
            "may be the same",
            _pairs(
                (row["incident_id"], f"{line(row['title'])} ({row['score']:.2f}): {line(row['evidence'])}")
                for row in dossier.candidates
            ),
        )
    if dossier.aliases:
        yield "earlier ids", _pairs((row["old_incident_id"], line(row["reason"])) for row in dossier.aliases)
    if dossier.changes:
        yield "changes", _pairs(change(row) for row in dossier.changes)
    listed = (
        (f"[{number}]", f"{source(row)}\n{place(row, numbers)}") for number, row in enumerate(dossier.articles, 1)
    )
    yield "articles", _pairs(listed)


def _panel(panel: Panel, numbers: dict[str, int], console: Console) -> RenderableType:
    """A line a bar: what it is, where it lies, in words, and who says so; the scale beneath."""
    width = min(max(console.width // 3, STRIP[0]), STRIP[1])
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("label", "strip", "words", "sources"):
        table.add_column(column, no_wrap=column == "strip", overflow="fold")
    for bar in panel.bars:
        drawn = Text(_strip(bar, panel.scale, width), style="cyan" if bar.rows else "bold cyan")
        table.add_row(Text(bar.label), drawn, Text(bar.words), Text(_sources(bar.rows, numbers), style="dim"))
    table.add_row("", Text(_axis(panel.scale, width), style="dim"), "", "")
    return table


def _strip(bar: Bar, scale: Scale, width: int) -> str:
    """The bar in characters: its ends, its best value, arrows where it is open."""
    cells = [" "] * width
    first = 0 if bar.low is None else _column(bar.low, scale, width)
    last = width - 1 if bar.high is None else _column(bar.high, scale, width)
    cells[first : last + 1] = ["─"] * (last + 1 - first)
    cells[first], cells[last] = "◂" if bar.low is None else "├", "▸" if bar.high is None else "┤"
    if first == last:
        # A range, but narrower than a character.
        cells[first] = "│"
    best = bar.best if bar.best is not None else bar.low if bar.low == bar.high else None
    if best is not None:
        cells[_column(best, scale, width)] = "●"
    return "".join(cells)


def _axis(scale: Scale, width: int) -> str:
    """The ticks' words, each beginning at its place, as many as there is room for."""
    drawn = ""
    for value, words in scale.ticks:
        place = min(_column(value, scale, width), width - len(words) - 1)
        if place >= len(drawn) + bool(drawn):
            drawn = f"{drawn:<{place}}╵{words}"
    return drawn


def _column(value: float, scale: Scale, width: int) -> int:
    return min(max(round(scale.at(value) * (width - 1)), 0), width - 1)


def _sources(rows: Iterable[Row], numbers: dict[str, int]) -> str:
    return " ".join(f"[{number}]" for number in sorted({numbers[row["article_id"]] for row in rows}))


def _quotation(row: Row, numbers: dict[str, int]) -> Text:
    marks = "“{}”" if row["is_direct"] else "{}"
    return Text.assemble(
        (marks.format(line(row["quote"])), "italic"), f" — {speaker(row)} ", (_sources([row], numbers), "dim")
    )


def _said(row: Row, numbers: dict[str, int]) -> str:
    by = f" — {line(row['actor'])}" if row["actor"] else ""
    return f"{line(row['quote'])}{by} {_sources([row], numbers)}"


def _name(code: str) -> str:
    return code.replace("_", " ")


def _pairs(rows: Iterable[tuple[str, str]]) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(Text(name), Text(value))
    return table
