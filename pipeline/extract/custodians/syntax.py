"""What the syntax around each name says of its bearer: "stolen from Acme", "the Acme breach", "Acme's customers".

A sign is a short code such as `own data` or `taken from`; what signs add up to is weighed in `custody.py`. Names
that are listed together ("breaches at Acme, Wexford and Arden") share what is said of the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.custodians.entities import dateline, known_as
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.names import Name
from pipeline.extract.text.wording import POSSESSIVE, QUOTES

CODES = words("custody")
NOUNS = frozenset({"people", "data", "system", "happening", "lead", "hacker", "flaw", "victim"})
PREPOSITIONS = frozenset(
    [
        *("at", "of", "from", "on", "onto", "against", "into", "in", "by", "with", "for", "to", "about", "between"),
        *("inside", "within", "across", "over", "than", "after", "via", "through"),
    ]
)
LISTING = frozenset({*",;/&", "and", "or", "as", "well", "both", "the", "at", "then", "also", "of", "on", "in", "from"})
# What makes a teller of a site or a service: "breach notification service Acme".
WATCHING = frozenset({"notification", "monitoring", "security", "intelligence", "news", "tracking", "indexing"})
STOPS = frozenset('.;:!?()“”"[]')
PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "got"})
REACH = 5  # tokens that a sign may stand away from a name
APPOSITION = 16  # tokens that may stand between the commas behind a name
FAR = 20  # tokens before "including" that say what is included
# What the signs that say most amount to: it befell the bearer, the data was the bearer's, the bearer owns up, or else.
MEANT: dict[str, tuple[str, ...]] = {
    "befell": (
        *("was hit", "was happening", "does suffer", "hit it", "happening it", "with happening", "its happening"),
        *("happening at", "happening of", "happening on", "happening against", "happening into", "happening to"),
        *("happening in", "happening from", "hit at", "victim of", "victim it"),
        *("like happening", "like victim", "like hit", "punish it", "was punish", "punish on"),
    ),
    "its": (
        *("taken from", "taken to", "taken into", "taken it", "was taken", "data from", "data of", "data by"),
        *("data at", "data on", "people of", "people at", "people from", "its people", "its data", "its system"),
        *("with people", "with data", "with system", "system of", "system at", "expose from", "like data"),
        *("like taken", "people with", "like expose"),
    ),
    "owns up": ("does own up", "does expose", "own up by", "expose by", "was expose"),
    "speaks": ("does say", "say it", "with lead", "its lead", "say at", "say of"),
    "tells": (
        *("report to", "does report", "report at", "report of", "report it", "report with"),
        *("lead of", "lead at"),
    ),
    "did it": (
        *("hit by", "happening by", "taken by", "does claim", "does taken", "does hit"),
        *("claim it", "hacker it"),
    ),
}
MEANINGS = {sign: meaning for meaning, signs in MEANT.items() for sign in signs}
BEFALLING = frozenset({"befell", "its", "owns up"})  # meanings by which the bearer is a custodian


def signs(document: Document, mentions: Sequence[Name]) -> list[list[str]]:
    """For each of the mentions, in the order of the text, its signs."""
    codes = list(map(CODES.get, document.lower))
    below = dateline(document)
    before: list[list[str]] = []
    behind: list[list[str]] = []
    for name in mentions:
        inside = document.inside[document.sentence_index(name.span.start)]
        before.append([*_before(document, codes, name, max(inside.start, below))])
        is_where = _is_where(document, codes, name)
        behind.append(["place of"] if is_where else [*_behind(document, codes, name, inside.stop)])
    found = [left + right for left, right in zip(before, behind, strict=True)]
    for group in lists(document, mentions):
        for at in group:
            found[at].append("listed")
            if at != group[0]:
                found[at] += before[group[0]]
            if at != group[-1]:
                found[at] += behind[group[-1]]
    return found


def befell(document: Document, mentions: Sequence[Name]) -> bool:
    """Whether what is said around any of the mentions makes their bearer a custodian."""
    return any(MEANINGS.get(sign) in BEFALLING for found in signs(document, mentions) for sign in found)


def lists(document: Document, mentions: Sequence[Name]) -> list[list[int]]:
    """Indexes of mentions that stand in one list."""
    groups: list[list[int]] = []
    for (i, one), (j, other) in pairwise(enumerate(mentions)):
        between = document.lower[one.last : other.first]
        joined = (
            0 < len(between) <= 4
            and between[0] in (",", "and", "or", "&", "as", "/", ";")
            and (LISTING.issuperset(between) or _introduces(document, one.last, other.first))
        )
        if joined and document.sentence_index(one.span.start) == document.sentence_index(other.span.start):
            if groups and groups[-1][-1] == i:
                groups[-1].append(j)
            else:
                groups.append([i, j])
    return groups


def _introduces(document: Document, first: int, last: int) -> bool:
    """Whether the tokens [first, last) hold a noun for the next of a list: "Acme and [insurer] Wexford"."""
    noun = document.lower[last - 1]
    if (
        document.lower[first] not in ("and", "or")
        or last - first > 3
        or not LISTING.issuperset(document.lower[first : last - 1])
    ):
        return False
    return (
        document.words[last - 1].islower()
        and noun not in CODES
        and not noun.endswith(("ed", "ing"))
        and noun not in PREPOSITIONS
    )


def signs_of(title: Document, first: int, last: int) -> list[str]:
    """The signs of the name at the tokens [first, last) of a title."""
    codes = list(map(CODES.get, title.lower))
    name = Name(Span(title.tokens[first].start, title.tokens[last - 1].end), first, last)
    return [*_before(title, codes, name, 0), *_behind(title, codes, name, len(title.words))]


def _before(document: Document, codes: list[str | None], name: Name, start: int) -> Iterator[str]:
    """What leads up to a name: "breach at", "stolen from", "hacked", "retailer"."""
    lower = document.lower
    if name.first == start:
        yield "opens"
        return
    called = ""
    for at in range(name.first - 1, max(start, name.first - REACH) - 1, -1):
        low, code = lower[at], codes[at]
        if low in PREPOSITIONS:
            yield f"{_nearest(document, codes, at, start)} {low}"
            return
        if low in STOPS or low == "," or code == "be":
            return
        if code == "like" or low == "affecting":
            yield f"like {_exemplified(codes, at, start)}"
            return
        if code is not None:
            watches = code == "system" and at > start and lower[at - 1] in WATCHING
            yield "report it" if watches else f"{code} it"
            return
        if not called and low not in ("the", "a", "an", "its") and low not in QUOTES:
            called = f"called {document.stems[at]}"
            yield called


def _nearest(document: Document, codes: list[str | None], preposition: int, start: int) -> str:
    """What stands before a preposition: "happening" for "the breach last week at"; "-" for nothing that tells."""
    for at in range(preposition - 1, max(start, preposition - REACH) - 1, -1):
        if document.lower[at] in STOPS:
            break
        if (code := codes[at]) is not None and code != "be":
            return code
    return "-"


def _exemplified(codes: list[str | None], at: int, start: int) -> str:
    """What the examples behind "like" or "including" are of: "happening" in "breaches of firms like"."""
    before = codes[max(start, at - FAR) : at]
    return next((code for code in ("happening", "victim", "hit", "taken", "expose", "data") if code in before), "-")


def _behind(document: Document, codes: list[str | None], name: Name, stop: int) -> Iterator[str]:
    """What follows a name: "'s customers", "breach", "was hacked", "suffered"."""
    lower, at = document.lower, name.last
    owns = document.words[at - 1][-2:] in POSSESSIVE
    if at < stop and lower[at] in ("’", "'"):
        owns, at = True, at + 1
    first = start = at
    skips = at < stop and lower[at] == ","
    if skips:  # "Acme, a retailer, was hacked"
        closing = next((j for j in range(at + 1, min(stop, at + APPOSITION)) if lower[j] == ","), stop)
        start = closing + 1
    passive = False
    for at in range(start, min(stop, start + REACH)):
        low, code = lower[at], codes[at]
        if code == "be" or low.endswith("ly"):
            passive = passive or low in PASSIVE
        elif code is not None:
            if code in NOUNS and not skips and not passive:
                yield f"its {code}" if owns else f"with {code}"
                if at + 1 < stop and (more := codes[at + 1]) in NOUNS:
                    yield f"its {code} {more}"
            else:
                yield f"was {code}" if passive else f"does {code}"
            return
        elif low in STOPS or low in PREPOSITIONS or low in (",", "and", "or"):
            break
    if passive:
        yield "is"
    elif not skips and at == first:
        yield f"then {lower[at]}" if at < stop and lower[at] in PREPOSITIONS else "alone"


def _is_where(document: Document, codes: list[str | None], name: Name) -> bool:
    """Whether a name is a place that tells where the noun behind it is: "a [Florida] hospital said"."""
    word = document.words[name.last] if name.last < len(document.words) else ""
    if not word.islower() or codes[name.last] is not None or word in PREPOSITIONS or word in LISTING:
        return False
    return word.isalpha() and known_as(document.text[name.span.start : name.span.end]) == "place"
