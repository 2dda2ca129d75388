"""The words that extraction knows: TOML files in `lexicons/`, each entry with examples that prove it.

An entry has a `code`, its `words`, and `modifiers` x `heads` where phrases are built of two parts.
Words are found as the file writes them, Capitalised, Title Cased or in CAPITALS, at word ends only.
Grammar does not belong here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

FOLDER = Path(__file__).parents[1] / "lexicons"


class Hit(NamedTuple):
    """Where a phrase of the lexicon stands, and its entry's code."""

    start: int
    end: int
    code: str


class Phrases:
    """A lexicon compiled for one pass over a text; of overlapping phrases the leftmost, then the longest, is found."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        codes: dict[str, str] = {}
        for entry in entries:
            for phrase in phrases_of(entry):
                for written in spellings(phrase):
                    codes.setdefault(written, entry["code"])
        self._codes = list(codes.values())
        self._automaton = AhoCorasick(list(codes), matchkind=MatchKind.Standard)

    def find(self, text: str) -> Iterator[Hit]:
        """Hits in the order of the text, none overlapping.

        Phrases that end inside a word are left out before the longest is chosen, so that the "on record" in
        "million records" does not hide the records.
        """
        whole = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
        ]
        reached = 0
        for start, minus_end, index in sorted(whole):
            if start >= reached:
                reached = -minus_end
                yield Hit(start, reached, self._codes[index])


@lru_cache
def phrases(name: str) -> Phrases:
    """The compiled lexicon `lexicons/<name>.toml`."""
    return Phrases(entries(name))


@lru_cache(maxsize=4)
def hits(name: str, text: str) -> tuple[Hit, ...]:
    """What `phrases` finds in a text; looked for once where several ask while the text is read."""
    return tuple(phrases(name).find(text))


@lru_cache
def words(name: str) -> dict[str, str]:
    """Single words (lower case) of `lexicons/<name>.toml` with their codes, for looking at tokens one by one."""
    return {word: entry["code"] for entry in reversed(entries(name)) for word in phrases_of(entry)}


@lru_cache
def classes(name: str) -> dict[str, frozenset[str]]:
    """The words of each entry of `lexicons/<name>.toml` by its code, where a word may be of several."""
    return {entry["code"]: frozenset(entry["words"]) for entry in entries(name)}


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of a lexicon as they stand in its file."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["entry"]
    return found


def phrases_of(entry: dict[str, Any]) -> Iterator[str]:
    """Every phrase that an entry stands for, as the file writes it: "credit card" x "numbers"."""
    yield from entry.get("words", ())
    for modifier in entry.get("modifiers", ()):
        for head in entry.get("heads", ()):
            yield f"{modifier} {head}"


def spellings(phrase: str) -> tuple[str, ...]:
    """The ways news writes a phrase: "credit card", "Credit card", "Credit Card", "CREDIT CARD"."""
    return tuple(
        dict.fromkeys((phrase, phrase[:1].upper() + phrase[1:], phrase.title(), phrase.upper(), phrase.lower()))
    )
