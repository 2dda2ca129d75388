"""The score that two cases are one incident: points that add up, each with the words that an analyst reads.

The weights are set by hand, the thresholds chosen on labelled articles. Points are near log-odds: the same custodian
within a fortnight reaches MERGE, one hard contradiction takes it below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import exp

from pipeline.resolve.cases import MOST_VALUES, Case, Evidence, best
from pipeline.resolve.companions import NEAR
from pipeline.resolve.nearness import days_between, occurrence, public, publication
from pipeline.resolve.quantities import Agreement, Amount, compare, count, overlap, rounded_alike, significant
from schemas.vocabulary import ActionKind

MERGE = 5.0  # one incident from here on
# As many such pairs are one as are two. Of 595 labelled pairs that no weight was chosen on, 14.7 should be one by what
# `likelihood` says, and 16 are; of 861 others, 43.5 and 41.
EVEN = 4.0
DOUBT = 3.5  # from here on two incidents that an analyst may want to merge

CUSTODIAN = 4.0
NAMESAKE = 2.0  # "Apple iCloud" and "Apple Store", each called Apple by its text
# Custodians that differ, by how many of two articles with much in common name the other's: one may be the owner, the
# product or the victim of the other.
OTHER_CUSTODIAN = (-4.0, -2.5, -1.0)
UNNAMED = -1.0
# So many people, firms and products that both articles name, of those that few others name at the time.
NAMED = (0.0, 0.0, 0.5, 2.0, 3.0, 4.0)
# Two articles of one month that name so many each, and nothing alike but whom all articles name: such are 2 of 41
# labelled pairs about one incident.
UNLIKE, MANY_NAMES = -1.0, 6
MOST_TOLD = 4  # names
REPEAT = 3.0
ATTACKER, OTHER_ATTACKER = 2.5, -0.7
# Equal numbers by significant digits: two outlets rarely write 36,000 of different events, often 1 million. Of one
# custodian half as much: whoever tells of its next incident recalls the number of its last.
EQUAL = (0.0, 1.2, 2.0, 3.0)
OF_ONE = 0.5
AGREEING = {Agreement.ROUNDED: 1.2, Agreement.COMPATIBLE: 0.4, Agreement.NEAR: 0.0}
DIFFERENT, TENFOLD = -0.5, -1.8
OTHER_FIGURE, ROUND_FIGURE = 1.2, 0.8
ACTION, OTHER_ACTION, VARIETY = 0.5, -0.5, 0.5
# How they got in and what they did then are often two actions of one story.
INTRUSIONS = frozenset({ActionKind.HACKING, ActionKind.MALWARE, ActionKind.SOCIAL})
DATA, OTHER_DATA = 0.8, -1.0
COUNTRY, OTHER_COUNTRY = 0.2, -1.5


def weigh(a: Case, b: Case) -> list[Evidence]:
    """All evidence that two cases of one block are the same incident; its points add up to the score."""
    return [evidence for find in FINDERS for evidence in find(a, b)]


def score(evidence: Iterable[Evidence]) -> float:
    """The sum of the points, rounded so that the order of adding cannot matter."""
    return round(sum(item.points for item in evidence), 6)


def likelihood(points: float) -> float:
    """The score as a probability, 0 to 1: the share of such pairs that are one."""
    return round(1 / (1 + exp(EVEN - points)), 4)


def explain(evidence: Iterable[Evidence]) -> str:
    """The evidence in words with its points, what weighs most first: "same custodian, Wonga (+4.0); ..."."""
    told = sorted((-abs(item.points), f"{item.words} ({item.points:+.1f})") for item in evidence)
    return "; ".join(words for _, words in told)


def _custodian(a: Case, b: Case) -> Iterator[Evidence]:
    ours, theirs = a.told.get("custodian"), b.told.get("custodian")
    if ours and theirs:
        names = (a.values("organization")[0], b.values("organization")[0])
        called = a.told.get("called"), b.told.get("called")
        if ours.keys().isdisjoint(theirs):
            companion = a.companion(b)
            yield Evidence(OTHER_CUSTODIAN[companion.crossed if companion else 0], "custodians {} and {}", names)
        elif called[0] and called[1] and called[0].keys().isdisjoint(called[1]):
            yield Evidence(NAMESAKE, "custodians {} and {}, both called {}", (*names, min(ours)))
        elif names[0] == names[1]:
            yield Evidence(CUSTODIAN, "same custodian, {}", names)
        else:
            yield Evidence(CUSTODIAN, "same custodian, {} or {}", names)
    elif ours or theirs:
        yield Evidence(UNNAMED, "one names no custodian")


def _names(a: Case, b: Case) -> Iterator[Evidence]:
    """Names that an article of either has in common with one of the other, of the same days."""
    if companion := a.companion(b):
        names = companion.names
        more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
        points = NAMED[min(len(names), len(NAMED) - 1)]
        yield Evidence(points, "both name {}{}", (", ".join(names[:MOST_TOLD]), more))
    elif min(a.named, b.named) >= MANY_NAMES and a.articles.isdisjoint(b.articles):
        days = days_between(a.reported, b.reported)
        if days is not None and days <= NEAR.days:
            yield Evidence(UNLIKE, "they name nobody alike")


def _repeat(a: Case, b: Case) -> Iterator[Evidence]:
    if not (a.repeats.isdisjoint(b.articles) and b.repeats.isdisjoint(a.articles)):
        yield Evidence(REPEAT, "one article repeats the other")


def _attacker(a: Case, b: Case) -> Iterator[Evidence]:
    ours, theirs = a.told.get("attacker"), b.told.get("attacker")
    if ours and theirs:
        if shared := ours.keys() & theirs.keys():
            yield Evidence(ATTACKER, "same attacker, {}", (min(shared),))
        else:
            yield Evidence(OTHER_ATTACKER, "attackers {} and {}", (a.values("attacker")[0], b.values("attacker")[0]))


def _country(a: Case, b: Case) -> Iterator[Evidence]:
    ours, theirs = a.told.get("country"), b.told.get("country")
    if ours and theirs:
        if shared := ours.keys() & theirs.keys():
            yield Evidence(COUNTRY, "same country, {}", (min(shared),))
        else:
            yield Evidence(OTHER_COUNTRY, "countries {} and {}", (min(ours), min(theirs)))


def _totals(a: Case, b: Case) -> Iterator[Evidence]:
    """The people and the records, whichever agree best: one outlet's accounts are another's users."""
    found = []
    share = OF_ONE if a.told.get("custodian", {}).keys() & b.told.get("custodian", {}).keys() else 1.0
    for ours_of, theirs_of in TOTALS:
        for ours, theirs in product(a.values(ours_of), b.values(theirs_of)):
            agreement = compare(ours, theirs)
            points = _agreement(agreement, ours, theirs) * (share if agreement == Agreement.EQUAL else 1.0)
            if ours_of == theirs_of:
                found.append(Evidence(points, "{} {} and {}", (ours_of, ours, theirs)))
            elif agreement >= Agreement.ROUNDED:
                found.append(Evidence(points, "people or records {} and {}", (ours, theirs)))
    yield from best(found)


def _figures(a: Case, b: Case) -> Iterator[Evidence]:
    """Another number that both state of the same measure, such as a ransom; the most telling one is enough."""
    found = []
    for measure in a.figures.keys() & b.figures.keys():
        ours, theirs = a.figures[measure], b.figures[measure]
        if shared := ours & theirs:
            number = max(shared, key=lambda number: (significant(number), number))
            points = OTHER_FIGURE if significant(number) > 1 else ROUND_FIGURE
            found.append(Evidence(points, "both state {} {}", (measure, count(number))))
        elif len(ours) <= MOST_VALUES and len(theirs) <= MOST_VALUES:
            close = [pair for pair in product(sorted(ours), sorted(theirs)) if rounded_alike(*pair)]
            found += [Evidence(ROUND_FIGURE, "{} {} and {}", (measure, count(x), count(y))) for x, y in close[:1]]
    yield from sorted(found, key=lambda item: (-item.points, item.words))[:1]


def _action(a: Case, b: Case) -> Iterator[Evidence]:
    ours, theirs = a.told.get("action"), b.told.get("action")
    if not (ours and theirs):
        return
    if shared := ours.keys() & theirs.keys():
        yield Evidence(ACTION, "same action, {}", (min(shared),))
        variety = a.told.get("variety"), b.told.get("variety")
        if variety[0] and variety[1] and (varieties := variety[0].keys() & variety[1].keys()):
            yield Evidence(VARIETY, "same variety, {}", (min(varieties),))
    elif not (ours.keys() <= INTRUSIONS and theirs.keys() <= INTRUSIONS):
        yield Evidence(OTHER_ACTION, "actions {} and {}", (a.values("action")[0], b.values("action")[0]))


def _data(a: Case, b: Case) -> Iterator[Evidence]:
    ours, theirs = a.told.get("data"), b.told.get("data")
    if not (ours and theirs):
        return
    if shared := ours.keys() & theirs.keys():
        share = len(shared) / min(len(ours), len(theirs))
        yield Evidence(DATA * share, "same data: {}", (", ".join(sorted(shared)),))
    elif len(ours) > 1 and len(theirs) > 1:
        yield Evidence(OTHER_DATA, "data {} and {}", (", ".join(sorted(ours)), ", ".join(sorted(theirs))))


FINDERS = (
    *(_custodian, _names, _repeat, _attacker, _country, publication, occurrence, public),
    *(_totals, _figures, _action, _data),
)
TOTALS = (("people", "people"), ("records", "records"), ("people", "records"), ("records", "people"))


def _agreement(agreement: Agreement, a: Amount, b: Amount) -> float:
    """Points for two amounts of what may be one quantity; that an open range holds a far larger number says nothing."""
    small, large = sorted((a.size, b.size))
    if agreement == Agreement.EQUAL:
        return EQUAL[min(significant(a.size), 3)]
    if agreement == Agreement.APART:
        bearable = 1_000 if overlap(a, b) else 0  # "more than 100" bears 6,200, "at least 14,000" not 143 million
        return 0.0 if large <= bearable * small else TENFOLD if large > 10 * small else DIFFERENT
    return 0.0 if large > 10 * small else AGREEING[agreement]
