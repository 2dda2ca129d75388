"""Which names mean the same organization: normalised spelling, the texts' own definitions, a sourced alias list.

A name's key is its spelling without case, spaces and legal form; its home is the key that all names of a bearer lead
to. Never by similarity: acronyms lead to long names and long names to short ones only where a text uses both for one.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ALIASES = Path(__file__).with_name("aliases.csv")
# Where texts define a short name in two ways ("ICE": Immigration and Customs Enforcement, Intercontinental Exchange),
# a text that does not define it is left alone unless nine of ten defining articles agree.
AGREEMENT = 0.9

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
LEGAL_FORMS, GENERIC, SMALL_WORDS, OFFICES = (
    frozenset(_WORDS[kind]) for kind in ("legal_forms", "generic", "small_words", "offices")
)
NOT_NAME = re.compile(r"\([^)]*\)|'s\b|^.*\b[A-Za-z]+-based\s")  # "San Francisco-based DocuSign"
UNITED_STATES = re.compile(r"\bU\.S\.?|\bUnited States\b")
WORD = re.compile(r"[^\W_]+")
DOMAIN = re.compile(r"^(?:www\.)?([\w-]+)\.(?:com|net|org|io)$")
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Custodian(NamedTuple):
    """What a text's names for an organization lead to: its home, and the fullest of its names, both as keys."""

    home: str
    called: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Where each key leads: `full` from aliases and acronyms to full names, `short` from those to short names.

    `names` are the canonical names that the alias list gives, by key.
    """

    full: Mapping[str, str]
    short: Mapping[str, str]
    names: Mapping[str, str]

    def custodian(self, names: Iterable[str]) -> Custodian | None:
        """The organization that a text calls by these names, canonical first; None where none names one."""
        keyed = [(name, key) for name in names if (key := spelling(name))]
        if not keyed:
            return None
        first, key = keyed[0]
        if key not in self.full:  # an acronym that this text defines itself, whatever others mean by it
            key = next((other for name, other in keyed[1:] if is_acronym(first, name)), key)
        return Custodian(self.home(key), follow(key, self.full))

    def home(self, key: str) -> str:
        """The end of all ways from a key."""
        return follow(key, self.full, self.short)


def directory(names: Iterable[tuple[str, ...]], aliases: Iterable[tuple[str, str]]) -> Directory:
    """The directory of the texts' names (a tuple a text, canonical first) and of the alias list (alias, canonical)."""
    full: dict[str, str] = {}
    canonical: dict[str, str] = {}
    for alias, name in aliases:
        if (key := spelling(alias)) and (target := spelling(name)):
            canonical[target] = name
            if key != target:
                full[key] = target
    meanings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    short: dict[str, str] = {}
    for text, count in Counter(names).items():
        for brief, long in definitions(text, is_abbreviation):
            if brief not in full:
                meanings[brief][follow(long, full)] += count
        for brief, long in definitions(text, is_shortening):
            # The first words before the last ("Yahoo CEO Marissa Mayer" is Yahoo), few before many.
            short[long] = min((not long.startswith(key), len(key), key) for key in (short.get(long, brief), brief))[2]
    for brief, longs in meanings.items():
        long, count = max(longs.items(), key=lambda item: (item[1], item[0]))
        if long != brief and count >= AGREEMENT * longs.total():
            full[brief] = long
    return Directory(full, short, canonical)


def read_aliases(path: Path = ALIASES) -> tuple[tuple[str, str], ...]:
    """The lines (alias, canonical) of a CSV file with the columns alias, canonical, source."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["alias"], row["canonical"]) for row in csv.DictReader(file))


@lru_cache(maxsize=200_000)
def spelling(name: str) -> str | None:
    """The key of a name: no case, no spaces, no "the", no legal form; None for a word that names no organization.

    >>> spelling("The Adult FriendFinder, Inc."), spelling("U.S. Immigration and Customs Enforcement (ICE)")
    ('adultfriendfinder', 'immigrationandcustomsenforcement')
    >>> spelling("the company") is None
    True
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").strip()
    if site := DOMAIN.match(plain):
        plain = site.group(1)
    plain = NOT_NAME.sub(" ", plain).replace("&", " and ")
    words = _words(plain)
    while words and words[0] == "the":
        words = words[1:]
    if words and words[0] == "us" and len(words) > 3:
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    common = all(word in GENERIC or word in SMALL_WORDS or word in LEGAL_FORMS for word in words)
    if common and (len(words) < 2 or plain == plain.casefold()):
        return None
    return "".join(words)


def definitions(names: tuple[str, ...], relation: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    """The keys of the pairs of short and long names that a text uses for one organization and a relation joins."""
    return [
        (key, target)
        for short in names
        for long in names
        if len(short) < len(long) and relation(short, long)
        if (key := spelling(short)) and (target := spelling(long)) and key != target
    ]


@lru_cache(maxsize=200_000)
def is_shortening(short: str, long: str) -> bool:
    """Whether the short name is the first or the last words of the long one.

    >>> is_shortening("Chipotle", "Chipotle Mexican Grill"), is_shortening("Disney", "Walt Disney")
    (True, True)
    >>> is_shortening("National", "National Health Service")
    False
    """
    brief, full = _words(short), _words(long)
    if spelling(short) is None or len(short) < 3 or len(brief) >= len(full):
        return False
    return brief in (full[: len(brief)], full[-len(brief) :])


@lru_cache(maxsize=200_000)
def is_abbreviation(short: str, long: str) -> bool:
    """Whether the short name is the initials of the long one, or the long one without its office.

    >>> is_abbreviation("ICE", "Immigration and Customs Enforcement"), is_abbreviation("LinkedIn", "Microsoft")
    (True, False)
    >>> is_abbreviation("Homeland Security", "U.S. Department of Homeland Security")
    True
    """
    brief, full = _words(short), _words(long)
    start = next((i for i, word in enumerate(full) if word not in OFFICES and word not in SMALL_WORDS), 0)
    return bool(start and brief == full[start:]) or is_acronym(short, long)


def is_acronym(short: str, long: str) -> bool:
    """Whether letters like "IHG" are the initials of the long name, whose small words and office may be left out."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 7 and letters.isalpha() and sum(c.isupper() for c in letters) >= 2):
        return False
    letters = letters.casefold()
    long = UNITED_STATES.sub("US", long)
    spaced = [word.casefold() for word in re.findall(r"[^\W_]+|&", long)]
    camel = [part.casefold() for part in CAMEL.findall(long)]
    return any(_spells(letters, words) for words in (spaced, camel))


def follow(key: str, *ways: Mapping[str, str]) -> str:
    """The end of the way that starts at a key, the first map that knows the next step leading; its least key if it is
    a circle.
    """
    seen = [key]
    while (there := next((way[key] for way in ways if key in way), key)) != key:
        if there in seen:
            return min(seen[seen.index(there) :])
        seen.append(there)
        key = there
    return key


def _words(name: str) -> list[str]:
    return WORD.findall(UNITED_STATES.sub("US", name).casefold())


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the letters are the words' initials in order; small words may be skipped anywhere, offices in front."""
    if not words:
        return not letters
    if letters and words[0].startswith(letters[0]) and _spells(letters[1:], words[1:]):
        return True
    return (words[0] in SMALL_WORDS or words[0] in OFFICES) and _spells(letters, words[1:])
