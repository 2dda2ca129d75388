"""Reads a file of Markdown: one article, its words without the marks. Front matter is metadata, as in plain text.

What the text shows to a reader stays (words of links, code, list items); addresses, pictures and HTML go.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.ingest.attached import front_matter
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.plain import whole, written
from pipeline.ingest.records import Record, Refused

# Lines and marks, in sum; ten times as many as in the longest report, each costs up to a tenth of a millisecond.
MARKS, MARKED = 100_000, "\n[*_|`#"
CODE = ("fence", "code_block")
MARKDOWN = MarkdownIt("commonmark").enable("table")


def read(file: SourceFile, limit: int) -> Iterator[Record]:
    """The article of this file. Refused: as plain text, and where nothing but marks is in it, or more than `MARKS`."""
    fields, source = front_matter(written(file, limit))
    if sum(map(source.count, MARKED)) > MARKS:
        raise Refused("too_many_marks", f"more than {MARKS:,} lines and marks of Markdown: not one article")
    tokens = MARKDOWN.parse(source)
    yield whole(file, {"title": _heading(tokens), **fields, "text": "\n\n".join(_blocks(tokens))})


def _heading(tokens: Sequence[Token]) -> str | None:
    """The first heading of the first rank."""
    pairs = pairwise(tokens)
    return next((_words(after) for token, after in pairs if token.type == "heading_open" and token.tag == "h1"), None)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The paragraphs, headings, list items, table cells and code, each by itself."""
    for token in tokens:
        text = _words(token) if token.type == "inline" else token.content if token.type in CODE else ""
        if text.strip():
            yield text.strip()


def _words(inline: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    shown = ("text", "code_inline", "text_special")
    return "".join(
        child.content if child.type in shown else breaks.get(child.type, "") for child in inline.children or ()
    )
