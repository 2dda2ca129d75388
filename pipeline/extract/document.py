"""A text with what every finder asks of it: its sentences, its tokens, its paragraphs.

Read once, never changed; the text itself is kept as it stands. Nothing is found here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

import sentencex
import Stemmer

from pipeline.extract.findings import Span

# A word with its inner apostrophe or hyphen ("ICE's", "Anti-Public"), a number with its inner marks
# ("6,200", "2.3"), or one other sign ("$", "“").
TOKEN = re.compile(r"[^\W\d_]+(?:['’&-][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*|[^\w\s]|\w+")
STEMMER = Stemmer.Stemmer("english", 100_000)
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One article's text, its publication date and title where known, and its segmentation."""

    text: str
    published_on: date | None
    title: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    tokens: tuple[Span, ...]
    words: tuple[str, ...]  # the tokens as written
    lower: tuple[str, ...]  # the tokens in lower case, for comparing one by one
    stems: tuple[str, ...]  # the tokens' stems: "exposed", "exposing" -> "expos"
    _sentence_starts: tuple[int, ...]
    _token_starts: tuple[int, ...]

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence that holds `offset` (the last that starts at or before it)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence(self, offset: int) -> Span:
        """Span of the sentence that holds `offset`."""
        return self.sentences[self.sentence_index(offset)]

    def token_index(self, offset: int) -> int:
        """Index of the token that holds `offset`, or of the last before it (0 where none is)."""
        return max(0, bisect_right(self._token_starts, offset) - 1)

    def tokens_within(self, start: int, end: int) -> range:
        """Indexes of the tokens that start in [start, end)."""
        return range(bisect_right(self._token_starts, start - 1), bisect_right(self._token_starts, end - 1))


def parse(text: str, published_on: date | None = None, title: str | None = None) -> Document:
    """The segmented document of a text; an empty text has one empty sentence."""
    tokens = [(m.start(), m.end(), m.group()) for m in TOKEN.finditer(text)]
    paragraphs = tuple(Span(*m.span()) for m in PARAGRAPH.finditer(text)) or (Span(0, len(text)),)
    lower = [word.lower() for _, _, word in tokens]
    sentences = tuple(_sentences(text, paragraphs)) or (Span(0, len(text)),)
    return Document(
        text=text,
        published_on=published_on,
        title=title or "",
        sentences=sentences,
        paragraphs=paragraphs,
        tokens=tuple(Span(a, b) for a, b, _ in tokens),
        words=tuple(w for _, _, w in tokens),
        lower=tuple(lower),
        stems=tuple(STEMMER.stemWords(lower)),
        _sentence_starts=tuple(s.start for s in sentences),
        _token_starts=tuple(a for a, _, _ in tokens),
    )


def _sentences(text: str, paragraphs: tuple[Span, ...]) -> list[Span]:
    """Sentences without the white space around them; none crosses a line end."""
    found = []
    for paragraph in paragraphs:
        line = text[paragraph.start : paragraph.end]
        for piece in sentencex.get_sentence_boundaries("en", line):
            first = piece["start_index"]
            for stop in (*_stops_in_quotation(line, first, piece["end_index"]), piece["end_index"]):
                body = line[first:stop]
                start = paragraph.start + first + len(body) - len(body.lstrip())
                end = paragraph.start + first + len(body.rstrip())
                if start < end:
                    found.append(Span(start, end))
                first = stop
    return found


# 'It was bad. We know.' in one quotation: the splitter keeps a quotation whole, a reader does not.
STOP = re.compile(r"""(?<=[a-z0-9%)\]][.!?])["'”’)]{0,2}\s+(?=["'“‘(\[]?[A-Z])""")
SHORTENED = re.compile(r"(?:^|\W)(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|Inc|Corp|Ltd|Co|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|etc|approx)\.$")


def _stops_in_quotation(line: str, start: int, end: int) -> list[int]:
    """Offsets in [start, end) where a further sentence of the same piece begins."""
    return [m.end() for m in STOP.finditer(line, start, end) if m.end() < end and not SHORTENED.search(line, max(start, m.start() - 7), m.start())]
