"""The marked text as one HTML page that needs nothing else: no script, no address, everything from the text escaped."""

from collections.abc import Iterator
from html import escape

from pipeline.console.marked import STYLES, Row, Tables, columns, quoted, segments
from pipeline.console.query import cell

CSS = """
:root { color-scheme: light dark; --ink: #1b1f24; --ground: #fdfdfb; --line: #d9dce1; --soft: #667; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e3; --ground: #17191c; --line: #3a3f46; --soft: #9aa; } }
body { font: 16px/1.6 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 64rem;
  margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 2rem 0 .4rem; }
nav span { margin-right: .9rem; white-space: nowrap; }
article { white-space: pre-wrap; overflow-wrap: anywhere; font-family: Georgia, serif; font-size: 1.06rem;
  border-block: 1px solid var(--line); padding: 1rem 0; margin: 1rem 0; }
mark { background: none; color: inherit; border-radius: 2px; } :target { outline: 2px solid #d33; }
.figures { background: #ffe08a; color: #111; } .exposed_data { background: #ffc09a; color: #111; }
.events { background: #b9e6b0; color: #111; } .parties { border-bottom: 2px solid #a45cc4; }
.responses { border-bottom: 2px dotted #1492a8; } .statements { font-style: italic; }
.incident_readings { font-weight: 700; text-decoration: underline; }
div { overflow-x: auto; } table { border-collapse: collapse; font-size: .88rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; } td:first-child { min-width: 14rem; } a { color: inherit; }
"""


def render(title: str, text: str, tables: Tables) -> str:
    """The page; every row links to its place in the text."""
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(title)}</title><style>{CSS}</style></head><body><h1>{escape(title)}</h1><nav>",
            *(f'<span><mark class="{name}">{name}</mark> {len(tables.get(name, ()))}</span>' for name in STYLES),
            "</nav><article>",
            *_marked(text, tables),
            "</article>",
            *_tables(tables),
            "</body></html>\n",
        )
    )


def _marked(text: str, tables: Tables) -> Iterator[str]:
    linked = {row["char_start"] for name in STYLES for row in quoted(tables, name)}
    for piece in segments(text, tables):
        anchor = f' id="at{piece.start}"' if piece.start in linked else ""
        words = escape(text[piece.start : piece.end])
        yield f'<mark class="{" ".join(piece.tables)}"{anchor}>{words}</mark>' if piece.tables else words


def _tables(tables: Tables) -> Iterator[str]:
    for name, rows in tables.items():
        if rows:
            names = columns(rows)
            head = "".join(f"<th>{escape(column)}</th>" for column in names)
            yield f"<h2>{escape(name)} ({len(rows)})</h2><div><table><tr>{head}</tr>"
            yield from (f"<tr>{''.join(_cell(row, column) for column in names)}</tr>" for row in rows)
            yield "</table></div>"


def _cell(row: Row, column: str) -> str:
    value = row[column]
    words = "" if value is None else cell(value).plain
    if column == "quote" and row.get("char_start") is not None:
        return f'<td><a href="#at{row["char_start"]}">{escape(words)}</a></td>'
    return f"<td>{escape(words)}</td>"
