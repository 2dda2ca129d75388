"""A text with what every finder asks of it: its sentences, its tokens, its paragraphs.

Read once, never changed; the text itself is kept as it stands. What finders ask of every token again and again (its
stem, its cue, its sentence) is looked up here, once. Nothing is found here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import accumulate, chain, compress
from operator import itemgetter
from sys import intern
from typing import NamedTuple, TypeVar

import Stemmer

from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.sentences import split

# What stands before a token, and the token: a word with its inner apostrophe or hyphen ("ICE's", "Anti-Public"), a
# number with its inner marks ("6,200", "2.3"), or one other sign ("$", "“").
TOKEN = re.compile(
    r"""(\s*+)
        ( [A-Za-z]++(?![\w'’&-])  # most words, quickly
        | [^\W\d_]++(?:['’&-][^\W\d_]++)*+
        | \d++(?:[.,:/-]\d++)*+
        | [^\w\s]
        | \w++ )""",
    re.VERBOSE,
)
STEMMER = Stemmer.Stemmer("english", 0)
SMALL, LARGE, DIGIT = 1, 2, 3  # a letter, a capital, a digit
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
    initials: bytes  # what each begins with: SMALL, LARGE, DIGIT, or 0
    cased: tuple[int, ...]  # the indexes of the tokens with a capital somewhere
    inside: tuple[range, ...]  # the indexes of each sentence's tokens
    _sentence_starts: tuple[int, ...]  # the first as -1: it holds what stands before it, too
    _token_starts: tuple[int, ...]

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence that holds `offset` (the last that starts at or before it)."""
        return bisect_right(self._sentence_starts, offset) - 1

    def sentence(self, offset: int) -> Span:
        """Span of the sentence that holds `offset`."""
        return self.sentences[self.sentence_index(offset)]

    def token_index(self, offset: int) -> int:
        """Index of the token that holds `offset`, or of the last before it (0 where none is)."""
        return max(0, bisect_right(self._token_starts, offset) - 1)

    def tokens_within(self, start: int, end: int) -> range:
        """Indexes of the tokens that start in [start, end)."""
        return range(bisect_left(self._token_starts, start), bisect_left(self._token_starts, end))


def stems_of(written: str) -> frozenset[str]:
    """The stems of words that blanks part, to be looked for among a document's."""
    return frozenset(STEMMER.stemWords(written.split()))


@lru_cache
def codes_by_stem(lexicon: str) -> dict[str, str]:
    """What the single words of a lexicon tell, by their stems."""
    return {STEMMER.stemWord(word): code for word, code in words(lexicon).items()}


def parse(text: str, published_on: date | None = None, title: str | None = None) -> Document:
    """The segmented document of a text; an empty text has one empty sentence."""
    pieces = TOKEN.findall(text, 0, len(text.rstrip()))  # blanks at the end stand before no token
    edges = list(accumulate(map(len, chain.from_iterable(pieces))))  # where each token starts and ends, by turns
    starts = tuple(edges[::2])
    words_ = tuple([word for _, word in pieces])
    lower, stems, cues, initials, cased = zip(*map(KNOWN.__getitem__, words_), strict=True) if words_ else [()] * 5
    paragraphs = tuple(Span(*m.span()) for m in PARAGRAPH.finditer(text)) or (Span(0, len(text)),)
    sentences = tuple(split(text, paragraphs)) or (Span(0, len(text)),)
    firsts = [bisect_left(starts, sentence.start) for sentence in sentences]
    lasts = [bisect_left(starts, sentence.end) for sentence in sentences]
    return Document(
        text=text,
        published_on=published_on,
        title=title or "",
        sentences=sentences,
        paragraphs=paragraphs,
        tokens=tuple(map(_span, zip(starts, edges[1::2], strict=True))),
        words=words_,
        lower=lower,
        stems=stems,
        cues=cues,
        initials=bytes(initials),
        cased=tuple(compress(range(len(words_)), cased)),
        inside=tuple(map(range, firsts, lasts)),
        _sentence_starts=(-1, *map(itemgetter(0), sentences[1:])),
        _token_starts=starts,
    )


_span = partial(tuple.__new__, Span)  # a third of the time of `Span(*span)`, for every token


Told = TypeVar("Told")


class Remembered(dict[str, Told]):
    """What a function tells of words, asked once a word; of words that are long or too many, each time they are met."""

    LENGTH, COUNT = 40, 100_000

    def __init__(self, tell: Callable[[str], Told]) -> None:
        self._tell = tell

    def __missing__(self, word: str) -> Told:
        told = self._tell(word)
        if len(word) <= self.LENGTH and len(self) < self.COUNT:
            self[word] = told
        return told


class Word(NamedTuple):
    """What is known of a word as it is written."""

    lower: str
    stem: str
    cue: str
    initial: int
    cased: bool


def _known(written: str) -> Word:
    lower = written.lower()
    stem = intern(STEMMER.stemWord(lower))  # one object a stem: weights find it by identity
    first = written[0]
    initial = (LARGE if first.isupper() else SMALL) if first.isalpha() else DIGIT if first.isdigit() else 0
    return Word(lower, stem, CUES.get(stem, ""), initial, written != lower)


KNOWN = Remembered(_known)
CUES = codes_by_stem("cues")
