"""Reads an HTML page: one article, its body text without navigation and advertising, its metadata as the page says.

trafilatura finds both; nothing of the page is run or fetched.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from pipeline.ingest.decoding import decode
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.plain import whole
from pipeline.ingest.records import Record, Refused

# The encoding that a page declares: <meta charset="iso-8859-2">, content="text/html; charset=..."
DECLARED = re.compile(rb"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
HEAD = 4_096
# A page of news has a few thousand; beyond, each costs a fifth of a millisecond, and it is no article's page.
TAGS = 100_000
# A date is what the page's head says, not what the text happens to mention, and not held against today.
DATES = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}


def read(file: SourceFile, limit: int) -> Iterator[Record]:
    """The article of this file. Refused: over `limit` bytes, binary, no known encoding, a page without an article."""
    yield whole(file, page(file.read(limit)))


def page(data: bytes, charset: str | None = None) -> dict[str, object]:
    """The fields of a page: text, title, author, publisher, url, published_on; `charset` is what its server said.

    Refused: no known encoding, no article in it, more than `TAGS` tags.
    """
    if data.count(b"<") > TAGS:
        raise Refused("too_many_marks", f"more than {TAGS:,} tags: not the page of one article")
    # Imported here: it takes half a second, and most runs meet no page.
    from trafilatura import bare_extraction

    markup = _decoded(data, charset)
    try:
        found = bare_extraction(markup, with_metadata=True, include_comments=False, date_extraction_params=DATES)
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError) as error:
        raise Refused("no_article", f"the page cannot be read: {type(error).__name__}: {error}") from error
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise Refused("no_article", "the page holds no article text", "text")
    return {
        "text": found.text,
        "title": found.title,
        "author": found.author,
        "publisher": found.sitename,
        "url": found.url if (found.url or "").startswith(("http://", "https://")) else None,
        "published_on": found.date,
    }


def _decoded(data: bytes, charset: str | None) -> str:
    """The page's text: UTF-8 if it is, then as the server or the page says, then as it looks."""
    declared = DECLARED.search(data[:HEAD])
    for name in ("utf-8", charset, declared[1].decode("ascii") if declared else None):
        with suppress(UnicodeDecodeError, LookupError):
            if name and "\0" not in (text := data.decode(name)):
                return text
    return decode(data)
