"""A text with what every finder asks of it: its sentences, its tokens, its paragraphs.

Read once, never changed; the text itself is kept as it stands. What finders ask of every token again and again (its
stem, its cue, its sentence) is looked up here, once. Nothing is found here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter
from sys import intern
from typing import NamedTuple

import Stemmer

from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.sentences import split

# A word with its inner apostrophe or hyphen ("ICE's", "Anti-Public"), a number with its inner marks
# ("6,200", "2.3"), or one other sign ("$", "“").
TOKEN = re.compile(
    r"""[A-Za-z]++(?![\w'’&-])  # most words, quickly
      | [^\W\d_]++(?:['’&-][^\W\d_]++)*+
      | \d++(?:[.,:/-]\d++)*+
      | [^\w\s]
      | \w++""",
    re.VERBOSE,
)
STEMMER = Stemmer.Stemmer("english", 0)
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, eq=False)
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
    cues: tuple[str, ...]  # what each tells of a finding near it: "stolen" -> "expose"; "" for most
    inside: tuple[range, ...]  # the indexes of each sentence's tokens
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
        return range(bisect_left(self._token_starts, start), bisect_left(self._token_starts, end))


def parse(text: str, published_on: date | None = None, title: str | None = None) -> Document:
    """The segmented document of a text; an empty text has one empty sentence."""
    tokens = tuple(map(_span, map(re.Match.span, TOKEN.finditer(text))))
    words_ = tuple([text[start:end] for start, end in tokens])
    known = list(map(KNOWN.__getitem__, words_))
    paragraphs = tuple(Span(*m.span()) for m in PARAGRAPH.finditer(text)) or (Span(0, len(text)),)
    sentences = tuple(split(text, paragraphs)) or (Span(0, len(text)),)
    starts = tuple(map(itemgetter(0), tokens))
    firsts = [bisect_left(starts, sentence.start) for sentence in sentences]
    lasts = [bisect_left(starts, sentence.end) for sentence in sentences]
    return Document(
        text=text,
        published_on=published_on,
        title=title or "",
        sentences=sentences,
        paragraphs=paragraphs,
        tokens=tokens,
        words=words_,
        lower=tuple(map(itemgetter(0), known)),
        stems=tuple(map(itemgetter(1), known)),
        cues=tuple(map(itemgetter(2), known)),
        inside=tuple(map(range, firsts, lasts)),
        _sentence_starts=tuple(map(itemgetter(0), sentences)),
        _token_starts=starts,
    )


_span = partial(tuple.__new__, Span)  # a third of the time of `Span(*span)`, for every token


class Word(NamedTuple):
    """What is known of a word as it is written."""

    lower: str
    stem: str
    cue: str


class _Known(dict[str, Word]):
    """Words already looked up; those that are long or too many are looked up each time they are met."""

    LENGTH, COUNT = 40, 100_000

    def __missing__(self, written: str) -> Word:
        lower = written.lower()
        stem = intern(STEMMER.stemWord(lower))  # one object a stem: weights find it by identity
        word = Word(lower, stem, CUES.get(stem, ""))
        if len(written) <= self.LENGTH and len(self) < self.COUNT:
            self[written] = word
        return word


KNOWN = _Known()
CUES = {STEMMER.stemWord(word): code for word, code in words("cues").items()}
