"""Which accounts of one block tell of one incident: best fits first, never against a contradiction, doubts declined.

The result depends on the accounts alone and not on their order. Two accounts of one article are two incidents, unless
both are chiefly about one custodian, called by two of its names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pipeline.resolve.articles import Account
from pipeline.resolve.cases import Case, Evidence
from pipeline.resolve.decisions import Rulings
from pipeline.resolve.evidence import DOUBT, MERGE, score, weigh
from pipeline.resolve.organizations import spelling

# Two cases that fit an account about as well leave it alone: to choose would be to guess.
MARGIN = 0.4
MOST_DOUBTS = 3  # that one case may have
# An article that tells of both tells them apart; if all else fits, an analyst should still see it.
TOLD_APART = Evidence(-3.0, "one article tells of both")
UNDATED = ("undated", "")
RULED_SAME = "an analyst calls them the same (decisions, line {})"
RULED_APART = "an analyst calls them different (decisions, line {})"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two cases that were kept apart, and what speaks for and against their being one."""

    left: Case
    right: Case
    score: float
    evidence: tuple[Evidence, ...]


def group(accounts: Iterable[Account], rulings: Rulings) -> tuple[list[Case], list[Doubt]]:
    """The cases of a block in the order of their founding accounts, and the doubts that remain between them."""
    block = _Block(rulings)
    for unit in _units(accounts, rulings):
        block.place(unit)
    block.merge()
    return block.whole(), block.doubts()


def _units(accounts: Iterable[Account], rulings: Rulings) -> list[Case]:
    """A case for each account, or for those that are one beyond doubt; what fixes most comes first."""
    ordered = sorted(accounts, key=lambda account: (account.rank, -account.details, account.order))
    unit_of = {account.reading_id: Case([account]) for account in ordered}
    same = ((left, right, [Evidence(MERGE, RULED_SAME, (line,))]) for line, left, right in rulings.same)
    for left, right, evidence in chain(same, _renamed(ordered, rulings)):
        if left in unit_of and right in unit_of and unit_of[left] is not unit_of[right]:
            unit, other = unit_of[left], unit_of[right]
            unit.absorb(other, evidence)
            unit_of.update(dict.fromkeys((account.reading_id for account in other.accounts), unit))
    return list({id(unit): unit for unit in unit_of.values()}.values())


def _renamed(ordered: Iterable[Account], rulings: Rulings) -> Iterator[tuple[str, str, list[Evidence]]]:
    """The pairs of main readings of one article about one custodian ("Apple", "iCloud") that do not contradict."""
    apart = {frozenset((left, right)) for _, left, right in rulings.different}
    first: dict[tuple[str, str], Account] = {}
    for account in ordered:
        if account.is_main and account.custodian:
            one = first.setdefault((account.article_id, account.custodian), account)
            is_renamed = spelling(account.organization or "") != spelling(one.organization or "")
            if is_renamed and frozenset((one.reading_id, account.reading_id)) not in apart:
                evidence = weigh(Case([one]), Case([account]))
                if score(evidence) >= MERGE:
                    yield one.reading_id, account.reading_id, evidence


class _Block:
    """The cases of a block while they grow; a case that another has absorbed stays in its place, empty."""

    def __init__(self, rulings: Rulings) -> None:
        self.cases: list[Case] = []
        self.anchored: dict[tuple[str, object], dict[int, None]] = {}
        self.weighed: dict[tuple[str, str], tuple[tuple[int, int], list[Evidence]]] = {}
        self.different: dict[str, dict[str, int]] = {}
        for line, left, right in rulings.different:
            self.different.setdefault(left, {})[right] = line
            self.different.setdefault(right, {})[left] = line

    def place(self, unit: Case) -> None:
        """Add a unit to the case that it fits, if one fits it clearly best; else it is a case of its own."""
        self.cases.append(unit)
        here = len(self.cases) - 1
        fits = {(place, here): found for place in self._near(unit) if (found := self._fit(place, here))}
        if fits:
            best = min(fits, key=lambda pair: (-self._claim(fits, pair, here), pair))
            if not self._is_contested(fits, best, here):
                here = best[0]
                self.cases[here].absorb(self.cases.pop(), fits[best])
        for anchor in unit.anchors:
            self.anchored.setdefault(anchor, {})[here] = None

    def merge(self) -> None:
        """Merge the cases that fit each other, best fit first, until none do but those that are contested."""
        pairs = [(i, j) for j, case in enumerate(self.cases) for i in self._near(case) if i < j]
        fits = {pair: found for pair in pairs if (found := self._fit(*pair))}
        waiting = {pair: -score(found) for pair, found in fits.items()}
        while waiting:
            i, j = pair = min(waiting, key=lambda pair: (waiting[pair], pair))
            del waiting[pair]
            if self._is_contested(fits, pair, i) or self._is_contested(fits, pair, j):
                continue
            self.cases[i].absorb(self.cases[j], fits[pair])
            self.cases[j] = Case([])
            fits = {other: found for other, found in fits.items() if i not in other and j not in other}
            for anchor in self.cases[i].anchors:
                self.anchored[anchor][i] = None
            for k in self._near(self.cases[i]):
                if k != i and (found := self._fit(min(i, k), max(i, k))):
                    fits[min(i, k), max(i, k)] = found
            waiting = {pair: -score(found) for pair, found in fits.items()}

    def doubts(self) -> list[Doubt]:
        """What an analyst may want to look at: pairs of cases that nearly fit, the best of each case."""
        found = []
        cases = self.whole()
        ranks = {id(case): rank for rank, case in enumerate(cases)}
        for right in cases:
            for left in (self.cases[place] for place in self._near(right)):
                if ranks.get(id(left), len(ranks)) >= ranks[id(right)]:
                    continue
                evidence = list(self._weigh(left, right))
                if not left.articles.isdisjoint(right.articles):
                    evidence.append(TOLD_APART)
                if (points := score(evidence)) >= DOUBT:
                    found.append(Doubt(left, right, points, (*evidence, *self._ruled(left, right))))
        shown: dict[int, int] = {}
        kept = []
        for doubt in sorted(found, key=lambda doubt: -doubt.score):  # of equals, as the cases stand
            sides = (id(doubt.left), id(doubt.right))
            if all(shown.get(side, 0) < MOST_DOUBTS for side in sides):
                kept.append(doubt)
                shown.update({side: shown.get(side, 0) + 1 for side in sides})
        return kept

    def whole(self) -> list[Case]:
        """The cases that are left, in the order of their founding accounts."""
        return sorted((case for case in self.cases if case.accounts), key=lambda case: case.founding.order)

    def _near(self, case: Case) -> list[int]:
        """The places of the cases that share a time, a number or a name with a case, and of those without a date."""
        if UNDATED in case.anchors:
            return list(range(len(self.cases)))
        anchors = (self.anchored.get(anchor, {}) for anchor in (*case.near, UNDATED))
        return sorted({place for places in anchors for place in places})

    def _fit(self, i: int, j: int) -> list[Evidence]:
        """The evidence that two cases are one; none where it is too little, or an article or an analyst says no."""
        a, b = self.cases[i], self.cases[j]
        if not (a.accounts and b.accounts and a.articles.isdisjoint(b.articles)):
            return []
        evidence = self._weigh(a, b)
        return evidence if score(evidence) >= MERGE and not self._ruled(a, b) else []

    def _weigh(self, a: Case, b: Case) -> list[Evidence]:
        """The evidence between two cases, weighed once for as long as neither grows."""
        # A case grows at its end only, so its first account names it.
        pair, sizes = (a.accounts[0].reading_id, b.accounts[0].reading_id), (len(a.accounts), len(b.accounts))
        if (known := self.weighed.get(pair)) is None or known[0] != sizes:
            known = self.weighed[pair] = (sizes, weigh(a, b))
        return known[1]

    def _claim(self, fits: dict[tuple[int, int], list[Evidence]], pair: tuple[int, int], one: int) -> float:
        """How much speaks for the partner of `one` in a pair: the score, and how prominent the partner is."""
        return score(fits[pair]) + self.cases[pair[0] if pair[1] == one else pair[1]].prominence

    def _is_contested(self, fits: dict[tuple[int, int], list[Evidence]], best: tuple[int, int], one: int) -> bool:
        """Whether `one` fits another case, which its partner does not fit, nearly as well as its partner."""
        partner = best[0] if best[1] == one else best[1]
        least = self._claim(fits, best, one) - MARGIN
        for pair in fits:
            if one in pair and pair != best:
                rival = pair[0] if pair[1] == one else pair[1]
                joined = (min(rival, partner), max(rival, partner)) in fits
                if not joined and self._claim(fits, pair, one) > least:
                    return True
        return False

    def _ruled(self, a: Case, b: Case) -> list[Evidence]:
        """The analyst's lines that keep two cases apart."""
        if not self.different:
            return []
        theirs = {account.reading_id for account in b.accounts}
        lines = {
            line
            for account in a.accounts
            for other, line in self.different.get(account.reading_id, {}).items()
            if other in theirs
        }
        return [Evidence(0.0, RULED_APART, (line,)) for line in sorted(lines)]
