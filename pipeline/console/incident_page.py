"""An incident as one HTML page that needs nothing else; what is said links to its place in the articles' texts.

The texts stand at the end with the incident's findings marked as `page` marks them. Everything from a text is escaped.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from pipeline.console import page
from pipeline.console.amounts import amount, days
from pipeline.console.incident import Dossier, Row
from pipeline.console.incident_bars import Panel, figures, timeline
from pipeline.console.incident_svg import CSS, chart
from pipeline.console.incident_words import change, explanation, facts, line, place, source, speaker
from pipeline.console.marked import segments
from pipeline.console.query import printable

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
"""
OWN = """
h3 { font-size: .95rem; margin: 1.4rem 0 .2rem; } article { font-size: 1rem; } .meta { color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.conflict { border-left: 3px solid #d33; padding-left: .7rem; } blockquote { margin: .5rem 0; }
cite { font-style: normal; color: var(--soft); } td:first-child { min-width: 9rem; }
"""
# Where on the page stands what a fact of the record comes from.
PARTS = {
    "organization": "parties",
    "occurred": "timeline",
    "discovered on": "timeline",
    "disclosed on": "timeline",
    "people affected": "figures-people_affected-person",
    "records exposed": "figures-records_exposed-record",
    "data types": "exposed_data",
    "reported": "articles",
}


def render(dossier: Dossier) -> str:
    """The page."""
    title = escape(line(dossier.record["title"]))
    panels = figures(dossier)
    parts = (_conflicts(dossier, panels), _timeline(dossier), _figures(dossier, panels), _findings(dossier))
    body = "".join(piece for part in (*parts, _articles(dossier)) for piece in part)
    return "".join(
        (
            f"{HEAD}<title>{title}</title><style>{page.CSS}{CSS}{OWN}</style></head><body><h1>{title}</h1>",
            *_record(dossier, body),
            body,
            "</body></html>\n",
        )
    )


def _record(dossier: Dossier, body: str) -> Iterator[str]:
    """The facts, each linked to the part of the body that tells where it comes from."""
    alias = f", {dossier.merged['old_incident_id']} until it was merged" if dossier.merged else ""
    yield f'<p class="meta">{escape(dossier.record["incident_id"] + alias)}</p><dl>'
    for name, value in facts(dossier):
        part, words = PARTS.get(name), escape(value)
        told = f'<a href="#{part}">{words}</a>' if part and f'id="{part}"' in body else words
        yield f"<dt>{escape(name)}</dt><dd>{told}</dd>"
    yield "</dl>"


def _conflicts(dossier: Dossier, panels: Sequence[Panel]) -> Iterator[str]:
    if dossier.conflicts:
        yield "<h2>conflicts</h2>"
    for row in dossier.conflicts:
        words, panel = (
            escape(explanation(row, dossier.numbers)),
            next((p for p in panels if p.name == row["measure"]), None),
        )
        told = f'<a href="#{_anchor(panel)}">{words}</a>' if panel else words
        yield f'<p class="conflict">{told}</p>'


def _timeline(dossier: Dossier) -> Iterator[str]:
    panel = timeline(dossier)
    if panel:
        yield f'<h2 id="timeline">timeline</h2>{chart(panel, dossier.numbers)}'
    rows = sorted(dossier.found["events"], key=lambda row: str(row["date_from"] or row["date_to"] or "~"))
    yield from _table(
        ("when", "what", "words of the text", "article"),
        ([days(row["date_from"], row["date_to"]) or "no day given", row["kind"].replace("_", " ")] for row in rows),
        rows,
        dossier,
    )


def _figures(dossier: Dossier, panels: Sequence[Panel]) -> Iterator[str]:
    if dossier.found["figures"]:
        yield "<h2>figures</h2>"
    for panel in panels:
        yield f'<h3 id="{_anchor(panel)}">{escape(panel.name.replace("_", " "))}</h3>{chart(panel, dossier.numbers)}'
        rows = [row for bar in panel.bars for row in bar.rows]
        yield from _table(
            ("how many", "of whom", "said by", "words of the text", "article"),
            ([_amount(row), _whom(row), line(row["attributed_to"] or "")] for row in rows),
            rows,
            dossier,
        )
        for row in dossier.reconciliations:
            if row["measure"] == panel.name and row["figure_count"] > 1 and row not in dossier.conflicts:
                yield f"<p>{escape(explanation(row, dossier.numbers))}</p>"


def _findings(dossier: Dossier) -> Iterator[str]:
    if dossier.found["statements"]:
        yield "<h2>quotations</h2>"
    for row in dossier.found["statements"]:
        marks = "“{}”" if row["is_direct"] else "{}"
        words = _linked(row, marks.format(line(row["quote"])), dossier)
        yield f"<blockquote>{words} <cite>— {escape(speaker(row))} {_article(row, dossier)}</cite></blockquote>"
    for table, name, column, by in (
        ("responses", "responses", "action", "actor"),
        ("exposed_data", "exposed data", "data_type", None),
        ("parties", "parties", "role", "name"),
    ):
        rows = dossier.found[table]
        if rows:
            yield f'<h2 id="{table}">{name}</h2>'
        columns = [column.replace("_", " "), *([by] if by else [])]
        values = ([row[column].replace("_", " "), *([line(row[by] or "")] if by else [])] for row in rows)
        yield from _table((*columns, "words of the text", "article"), values, rows, dossier)
    if dossier.candidates:
        yield "<h2>may be the same</h2><dl>"
        for row in dossier.candidates:
            words = f"{row['title']} ({row['score']:.2f}): {row['evidence']}"
            yield f"<dt>{escape(row['incident_id'])}</dt><dd>{escape(line(words))}</dd>"
        yield "</dl>"
    if dossier.aliases:
        yield "<h2>earlier ids</h2><dl>"
        yield from (
            f"<dt>{escape(row['old_incident_id'])}</dt><dd>{escape(line(row['reason']))}</dd>"
            for row in dossier.aliases
        )
        yield "</dl>"
    if dossier.changes:
        yield "<h2>changes</h2><dl>"
        yield from (f"<dt>{day}</dt><dd>{escape(words)}</dd>" for day, words in map(change, dossier.changes))
        yield "</dl>"


def _articles(dossier: Dossier) -> Iterator[str]:
    yield '<h2 id="articles">articles</h2><dl>'
    for number, article in enumerate(dossier.articles, 1):
        yield f'<dt><a href="#a{number}">[{number}]</a></dt><dd>{escape(source(article))}</dd>'
    yield "</dl><nav>"
    yield from (f'<span><mark class="{name}">{name.replace("_", " ")}</mark></span>' for name in dossier.found)
    yield "</nav>"
    for number, article in enumerate(dossier.articles, 1):
        yield f'<h2 id="a{number}">[{number}] {escape(source(article))}</h2>'
        yield f'<p class="meta">{escape(place(article, dossier.numbers))}</p>'
        yield "<article>"
        yield from _marked(number, article, dossier)
        yield "</article>"


def _marked(number: int, article: Row, dossier: Dossier) -> Iterator[str]:
    text = article["text"]
    own = {
        name: [row for row in rows if row["article_id"] == article["article_id"]]
        for name, rows in dossier.found.items()
    }
    begins = {row["char_start"] for rows in own.values() for row in rows}
    for piece in segments(text, own):
        words = escape(printable(text[piece.start : piece.end]))
        anchor = f' id="a{number}-{piece.start}"' if piece.start in begins else ""
        yield f'<mark class="{" ".join(piece.tables)}"{anchor}>{words}</mark>' if piece.tables else words


def _table(
    names: Sequence[str], values: Iterable[Sequence[str]], rows: Sequence[Row], dossier: Dossier
) -> Iterator[str]:
    """A line a row: its values, then its quote and its article, both as links."""
    if rows:
        yield f"<div><table><tr>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr>"
        for row, cells in zip(rows, values, strict=True):
            told = "".join(f"<td>{escape(value)}</td>" for value in cells)
            quote = _linked(row, line(row["quote"]), dossier)
            yield f"<tr>{told}<td>{quote}</td><td>{_article(row, dossier)}</td></tr>"
        yield "</table></div>"


def _linked(row: Row, words: str, dossier: Dossier) -> str:
    return f'<a href="#a{dossier.numbers[row["article_id"]]}-{row["char_start"]}">{escape(words)}</a>'


def _article(row: Row, dossier: Dossier) -> str:
    number = dossier.numbers[row["article_id"]]
    return f'<a href="#a{number}">[{number}]</a>'


def _amount(row: Row) -> str:
    return amount(row["value_low"], row["value"], row["value_high"], row["unit"])


def _whom(row: Row) -> str:
    return line(" ".join(filter(None, (row["subject"], row["predicate"]))))


def _anchor(panel: Panel) -> str:
    return f"figures-{panel.name}-{panel.unit}"
