"""What the sources, held against each other, say of one measure of one incident, and why, in words.

Figures of one topic are compared; which sums they make is found in `sums`. Nothing is ever averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.resolve.articles import Account, Figure
from pipeline.resolve.quantities import Agreement, Amount, amount_words, compare, overlap, significant
from pipeline.resolve.topics import Topic, label, total_of, whole_numbers
from schemas.vocabulary import ExposureStatus, ReconciliationStatus

# A number first told a week after another, by the press as a whole, is its update; sooner, the two contradict.
UPDATE = timedelta(days=7)
# A later number that takes back more than half of an earlier one counts something else.
LEAST_LOWERED = 0.5
MOST_QUOTED = 4


class Claim(NamedTuple):
    """One article's figure of a topic, the one that it commits itself to most."""

    account: Account
    figure: Figure

    @property
    def amount(self) -> Amount:
        return self.figure.amount

    @property
    def day(self) -> date:
        """When it was told; an unknown day comes first, so that it updates nothing."""
        return self.account.published_on or date.min

    @property
    def words(self) -> str:
        """The quote and its source: "“6,200 immigrants” (Fox News, 2023-01-20)"."""
        source = self.account.publisher or f"article {self.account.article_id[2:10]}"
        day = self.account.published_on
        return f"“{' '.join(self.figure.quote.split())}” ({source}{f', {day}' if day else ''})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a topic's figures say together; `best` is None where no rule decides."""

    topic: Topic
    subject: str
    low: float | None
    best: float | None
    high: float | None
    status: ReconciliationStatus
    explanation: str

    @property
    def amount(self) -> Amount:
        return Amount(self.best, self.low, self.high)


def reconcile(topic: Topic) -> Verdict:
    """The verdict on a topic: main articles before mentions, confirmed before claimed, later before earlier."""
    if len(topic.members) == 1:
        return _single(topic, Claim(*topic.members[0]))
    claims = _claims(topic)
    levels = _levels(claims)
    if len(levels) == 1:
        return _agreed(topic, claims)
    for prefer, why in ((_reports, "reports before mentions"), (_confirmed, "confirmed before claimed")):
        kept = prefer(claims)
        if kept and len(kept) < len(claims) and len(inner := _levels(kept)) == 1:
            return _decided(topic, inner[0], [c for c in claims if c not in kept], why)
    last = max(levels, key=_first_told)
    if all(_updates(last, level) for level in levels if level is not last):
        earlier = [claim for level in levels if level is not last for claim in level]
        return _decided(topic, last, earlier, "later before earlier")
    low, high = _hull(claim.amount for claim in claims)
    shown = _quoted([level[0] for level in levels])
    words = f"{shown} cannot all be true, and no source is later by a week, chiefly about it or surer than the others"
    return Verdict(topic, label(claims[0].figure), low, None, high, ReconciliationStatus.CONFLICTING, words)


def _claims(topic: Topic) -> list[Claim]:
    """What each article commits itself to, the surest first: one figure, and any that contradicts it undecided."""
    chosen: dict[str, Claim] = {}
    told = [Claim(*member) for member in topic.members]
    for claim in told:
        other = chosen.get(claim.account.article_id)
        if other is None or _commitment(claim, topic) >= _commitment(other, topic):
            chosen[claim.account.article_id] = claim
    claims = list(chosen.values())
    for claim in told:
        first = chosen[claim.account.article_id]
        if (
            total_of(claim.account, topic.measure) is None
            and compare(first.amount, claim.amount) < Agreement.COMPATIBLE
        ):
            claims.append(claim)
    return _sorted(claims)


def _commitment(claim: Claim, topic: Topic) -> tuple[bool, float, int]:
    """How much an article commits itself to a figure: to the total that it is read to give, then to the narrowest."""
    return (
        whole_numbers(claim.amount) == total_of(claim.account, topic.measure),
        -claim.amount.width,
        claim.figure.char_start,
    )


def _sorted(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that fix most first."""
    return sorted(claims, key=lambda c: (c.amount.width, -_digits(c), c.account.order, c.figure.char_start))


def _digits(claim: Claim) -> int:
    return significant(claim.amount.value) if claim.amount.value else 0


def _levels(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims by the number that they mean, surest first within each; a wide one joins the first that it allows."""
    levels: list[list[Claim]] = []
    for claim in claims:
        home = next((level for level in levels if _can_be(level[0].amount, claim.amount)), None)
        if home is None:
            levels.append([claim])
        else:
            home.append(claim)
    return levels


def _can_be(a: Amount, b: Amount) -> bool:
    """Whether two amounts can be one number: whoever says "more than 100" does not deny 6,200."""
    return overlap(a, b) or compare(a, b) >= Agreement.COMPATIBLE


def _single(topic: Topic, claim: Claim) -> Verdict:
    """The verdict on the only figure of its topic."""
    words = f"only {claim.words} says so"
    return Verdict(topic, label(claim.figure), *_meet([claim]), ReconciliationStatus.SINGLE, words)


def _agreed(topic: Topic, claims: Sequence[Claim]) -> Verdict:
    """The verdict on figures that can all be true."""
    first = claims[0]
    told = _sorted(Claim(*member) for member in topic.members)
    fitting = [claim for claim in told if _can_be(first.amount, claim.amount)]
    beside = [claim for claim in told if claim not in fitting]
    amounts = {claim.amount for claim in fitting}
    if len(amounts) > 1:
        status, words = ReconciliationStatus.COMPATIBLE, f"{_quoted(fitting)} can all be true{_left(topic, claims)}"
    elif len(claims) > 1:
        status, words = ReconciliationStatus.CORROBORATED, f"{len(claims)} articles say the same: {_quoted(claims)}"
    else:
        times = f", {len(fitting)} times" if len(fitting) > 1 else ""
        status, words = ReconciliationStatus.SINGLE, f"only {first.words} says so{times}"
    also = f"; told beside it: {_quoted(beside)}" if beside else ""
    return Verdict(topic, label(first.figure), *_meet(claims), status, words + also)


def _decided(topic: Topic, level: Sequence[Claim], overruled: Sequence[Claim], why: str) -> Verdict:
    """The verdict where a rule prefers one number to the others."""
    words = f"{_quoted(level)} rather than {_quoted(overruled)}: {why}"
    return Verdict(topic, label(level[0].figure), *_meet(level), ReconciliationStatus.COMPATIBLE, words)


def _reports(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.account.rank < 2]


def _confirmed(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.account.exposure_status == ExposureStatus.CONFIRMED]


def _first_told(level: Sequence[Claim]) -> date:
    return min(claim.day for claim in level)


def _updates(later: Sequence[Claim], earlier: Sequence[Claim]) -> bool:
    """Whether a number is an update of one told before."""
    if _first_told(earlier) == date.min or _first_told(later) < _first_told(earlier) + UPDATE:
        return False
    return later[0].amount.size >= LEAST_LOWERED * earlier[0].amount.size


def _meet(claims: Sequence[Claim]) -> tuple[float | None, float | None, float | None]:
    """Low, best and high that all claims allow; where rounding parts them, all that they say."""
    lows = [claim.amount.low for claim in claims if claim.amount.low is not None]
    highs = [claim.amount.high for claim in claims if claim.amount.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        low, high = high, low
    best = next((claim.amount.value for claim in claims if claim.amount.value is not None), None)
    if best is not None:
        low = best if low is not None and low > best else low
        high = best if high is not None and high < best else high
    return low, best, high


def _hull(amounts: Iterable[Amount]) -> tuple[float | None, float | None]:
    """The range that holds all that is said."""
    lows, highs = zip(*((amount.low, amount.high) for amount in amounts), strict=True)
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    return low, high


def _quoted(claims: Iterable[Claim]) -> str:
    """The claims in words, each once, a few of them if they are many."""
    told = list(dict.fromkeys(claim.words for claim in claims))
    shown = told[:MOST_QUOTED] + ([f"{len(told) - MOST_QUOTED} more"] if len(told) > MOST_QUOTED else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _left(topic: Topic, claims: Sequence[Claim]) -> str:
    """What agreeing sources leave: ": 2,900", ": 100 to 110", ": at least 2,000"."""
    low, _, high = (None if bound is None else amount_words(bound, topic.unit) for bound in _meet(claims))
    if low is not None and high is not None:
        return f": {low}" if low == high else f": {low} to {high}"
    return f": at least {low}" if low is not None else f": at most {high}" if high is not None else ""
