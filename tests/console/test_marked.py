import re
from html import unescape
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline.console.marked import STYLES, segments, show
from pipeline.console.page import render

TEXT = "About 6,200 people, <b>names</b> & all."
ROWS = {
    "article_readings": [{"article_id": "a_1", "reports_incident": True}],
    "statements": [
        {"statement_id": "s_1", "speaker": "<script>", "quote": TEXT, "char_start": 0, "char_end": len(TEXT)}
    ],
    "figures": [
        {"figure_id": "f_1", "article_id": "a_1", "value": 6200.0, "quote": "6,200", "char_start": 6, "char_end": 11}
    ],
}


def pieces(text: str, spans: list[tuple[str, int, int]]) -> list[tuple[str, tuple[str, ...]]]:
    rows: dict[str, list[dict[str, object]]] = {}
    for name, start, end in spans:
        rows.setdefault(name, []).append({"char_start": start, "char_end": end})
    return [(text[piece.start : piece.end], piece.tables) for piece in segments(text, rows)]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], [("abcdef", ())], id="none"),
        pytest.param([("figures", 0, 6)], [("abcdef", ("figures",))], id="all"),
        pytest.param(
            [("figures", 2, 3), ("statements", 1, 5)],
            [("a", ()), ("b", ("statements",)), ("c", ("statements", "figures")), ("de", ("statements",)), ("f", ())],
            id="one within another, the long one first",
        ),
        pytest.param(
            [("figures", 0, 3), ("events", 2, 5)],
            [("ab", ("figures",)), ("c", ("events", "figures")), ("de", ("events",)), ("f", ())],
            id="crossing",
        ),
        pytest.param(
            [("figures", 1, 2), ("figures", 1, 2)], [("a", ()), ("b", ("figures",)), ("cdef", ())], id="twice"
        ),
    ],
)
def test_marked_segments(spans: list[tuple[str, int, int]], expected: list[tuple[str, tuple[str, ...]]]) -> None:
    found = pieces("abcdef", spans)
    assert [(text, set(tables)) for text, tables in found] == [(text, set(tables)) for text, tables in expected]


SPAN = st.tuples(st.sampled_from(list(STYLES)), st.integers(0, 29), st.integers(1, 30)).filter(lambda s: s[1] < s[2])


@given(st.lists(SPAN, max_size=8))
def test_marked_segments_cover_the_text_and_each_finding(spans: list[tuple[str, int, int]]) -> None:
    found = pieces("x" * 30, spans)
    covered = [set(tables) for text, tables in found for _ in text]
    assert covered == [{name for name, start, end in spans if start <= place < end} for place in range(30)]


def test_marked_show_prints_text_and_rows() -> None:
    printed = StringIO()
    show("A title\x1b[2J", TEXT, ROWS, Console(file=printed, width=120))
    assert TEXT in printed.getvalue()
    assert "A title␛[2J" in printed.getvalue()
    assert re.search(r"figures \(1\)\n *quote +value", printed.getvalue())
    assert "f_1" not in printed.getvalue()


class _Outline(HTMLParser):
    """The tags of a page, and the text of its article."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.article: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if "article" in self.tags and "h2" not in self.tags:
            self.article.append(data)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="markup"),
        pytest.param("<script>alert(1)</script><img src=x onerror=alert(1)>\"' & more text here", id="script"),
        pytest.param("שלום \u202e 👩‍👩‍👧 a\u0301 and so on until the end of it", id="unicode"),
    ],
)
def test_page_escapes_and_keeps_the_text(text: str) -> None:
    page = render("<title>", text, ROWS)
    outline = _Outline()
    outline.feed(page)
    assert "".join(outline.article) == text
    assert not {"script", "img", "link", "iframe"} & set(outline.tags)
    assert "<script" not in page
    assert "http" not in unescape(page).replace("http-equiv", "")


def test_page_links_rows_to_the_text() -> None:
    page = render("t", TEXT, ROWS)
    assert '<mark class="statements figures" id="at6">6,200</mark>' in page
    assert '<a href="#at6">6,200</a>' in page
    assert "&lt;script&gt;" in page
