"""A query's answer as a table in the terminal, or, where that is too wide, one block a row.

The published file is opened read-only and cut off from files and network, so a query can read it and nothing else.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

import duckdb
from rich import box
from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL")
ROOM = 10_000
WHOLE = 24  # letters of a word that is never broken
# From here on numbers get commas; below are also years, which take none.
LONG = 10_000
# C0 controls have pictures in Unicode, C1 have none.
CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | dict.fromkeys(
    range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}"
)


class NoAnswer(Exception):
    """The query or the file is at fault; the message says how."""


def show(published: Path, sql: str, console: Console, rows: int) -> None:
    """Prints the answer's first `rows` rows, and that there are more if there are. Raises NoAnswer."""
    if not published.exists():
        raise NoAnswer(f"{published} is not there yet: `breach-ledger run` publishes it")
    try:
        with duckdb.connect(published, read_only=True, config={"enable_external_access": False}) as connection:
            answer = connection.execute(sql)
            columns = answer.description or []
            names, types = [str(column[0]) for column in columns], [str(column[1]) for column in columns]
            found = answer.fetchmany(rows + 1)
    except duckdb.Error as error:
        raise NoAnswer(str(error)) from error
    numbers = {name for name, kind in zip(names, types, strict=True) if kind.startswith(NUMBERS)}
    console.print(grid(names, [list(map(cell, row)) for row in found[:rows]], numbers, console))
    if len(found) > rows:
        console.print(Text(f"the first {rows:,} rows; --rows shows more", style="dim"))


def cell(value: object) -> Text:
    """A value as people read it: numbers with commas, NULL dim, no control character that a terminal would obey.

    >>> cell(62000).plain, cell(2022).plain, cell(None).plain, cell(["name", "email"]).plain, cell("a\\x1b[2Jb").plain
    ('62,000', '2022', 'NULL', 'name, email', 'a␛[2Jb')
    """
    match value:
        case None:
            return Text("NULL", style="dim italic")
        case bool():
            return Text(str(value).lower())
        case int():
            return Text(f"{value:,}" if abs(value) >= LONG else str(value))
        case float():
            return Text(f"{value:,.10g}" if abs(value) >= LONG else f"{value:.10g}")
        case list():
            return Text(", ").join(cell(part) for part in value)
        case _:
            return Text(printable(str(value)))


def printable(text: str) -> str:
    """The text with control characters shown instead of sent; line ends and tabs stay."""
    return text.translate(CONTROLS)


def grid(
    names: Sequence[str], rows: Sequence[Sequence[Text]], numbers: Collection[str], console: Console
) -> RenderableType:
    """The rows as a table, `numbers` to the right; where words would have to be cut, as a block a row."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, name in enumerate(names):
        # An id or a day is of use only as a whole.
        is_one = all(len(row[place]) <= WHOLE and not any(map(str.isspace, row[place].plain)) for row in rows)
        justify: Literal["left", "right"] = "right" if name in numbers else "left"
        table.add_column(Text(name), justify=justify, overflow="fold", no_wrap=is_one)
    for row in rows:
        table.add_row(*row)
    # Measured as if there were room: in the room there is, a table would claim to fit and cut its words.
    if Measurement.get(console, console.options.update(width=ROOM), table).minimum <= console.width:
        return table
    return Group(*(part for number, row in enumerate(rows, 1) for part in _block(number, names, row)))


def _block(number: int, names: Sequence[str], row: Sequence[Text]) -> tuple[RenderableType, RenderableType]:
    block = Table(box=None, show_header=False, pad_edge=False)
    for name, value in zip(names, row, strict=True):
        block.add_row(Text(name, style="bold"), value)
    return Rule(f"row {number}", align="left", style="dim"), block
