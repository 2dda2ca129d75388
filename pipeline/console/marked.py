"""One text with what was found in it: cut where findings begin and end, coloured in the terminal, rows beneath.

`page` makes the same into HTML. The rows come as extraction gives them; only those with a quote are marked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from pipeline.console.query import cell, grid, printable

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

# Long findings set the letters, short ones the ground behind them, so that a figure shows inside a statement.
STYLES = {
    "incident_readings": "bold underline",
    "statements": "italic",
    "responses": "cyan",
    "parties": "magenta",
    "events": "black on green",
    "exposed_data": "black on dark_orange",
    "figures": "black on bright_yellow",
}
# What identifies a row or says again where its quote stands is not for people.
HIDDEN = {"article_id", "reading_id", "char_start", "char_end", "is_direct", "incident_id"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, and the tables that have findings over the whole of it, long findings first."""

    start: int
    end: int
    tables: tuple[str, ...]


def segments(text: str, tables: Tables) -> Iterator[Segment]:
    """The whole text in pieces, each evenly covered.

    >>> rows = {"figures": [{"quote": "5", "char_start": 4, "char_end": 5}]}
    >>> [(piece.start, piece.end, piece.tables) for piece in segments("All 5.", rows)]
    [(0, 4, ()), (4, 5, ('figures',)), (5, 6, ())]
    """
    spans = sorted(
        (
            (int(str(row["char_start"])), int(str(row["char_end"])), name)
            for name in STYLES
            for row in quoted(tables, name)
        ),
        key=lambda span: (span[0] - span[1], span),
    )
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    starts: dict[int, list[tuple[int, str]]] = {}
    for order, (start, _, name) in enumerate(spans):
        starts.setdefault(start, []).append((order, name))
    over: dict[int, str] = {}
    for start, end in pairwise(cuts):
        over = {order: name for order, name in over.items() if spans[order][1] > start} | dict(starts.get(start, ()))
        yield Segment(start, end, tuple(dict.fromkeys(name for _, name in sorted(over.items()))))


def quoted(tables: Tables, name: str) -> list[Row]:
    """The rows of a table that stand somewhere in the text."""
    return [row for row in tables.get(name, ()) if row.get("char_start") is not None]


def columns(rows: Sequence[Row]) -> list[str]:
    """The columns that people read, the quote first; without its own id, and without what is empty in every row."""
    own = next(iter(rows[0]))
    names = [name for name in rows[0] if name not in HIDDEN and not (name == own and name.endswith("_id"))]
    filled = [name for name in names if any(row[name] not in (None, [], ()) for row in rows)]
    return sorted(filled, key=lambda name: name != "quote")


def show(title: str, text: str, tables: Tables, console: Console) -> None:
    """Prints the marked text, what the colours mean, and the rows."""
    console.print(Text(printable(title), style="bold"), Text(" · ").join(_legend(tables)), "", sep="\n")
    marked = Text()
    for piece in segments(text, tables):
        marked.append(printable(text[piece.start : piece.end]), " ".join(STYLES[name] for name in piece.tables) or None)
    console.print(Padding(marked, (0, 2)))
    for name, rows in tables.items():
        if rows:
            console.print(
                "", Text(f"{name} ({len(rows)})", style=STYLES.get(name, "bold")), _rows(rows, console), sep="\n"
            )


def _legend(tables: Tables) -> Iterator[Text]:
    for name, style in STYLES.items():
        yield Text.assemble((name, style), f" {len(tables.get(name, ()))}")


def _rows(rows: Sequence[Row], console: Console) -> RenderableType:
    names = columns(rows)
    cells = [[Text("") if row[name] is None else cell(row[name]) for name in names] for row in rows]
    numbers = {name for name in names if isinstance(rows[0][name], int | float) and not isinstance(rows[0][name], bool)}
    heads = {name: name.replace("_", " ") for name in names}
    return grid(list(heads.values()), cells, {heads[name] for name in numbers}, console)
