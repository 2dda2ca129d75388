"""Whether each quantity of an article tells of an incident of it, or of something that merely comes up.

Two models are asked, and believed alike: one weighs words, the other climbs by signs. Where the words are plain, a
rule bounds what they say. What a quantity that tells of an incident measures is decided in `measures.py`.
"""

from __future__ import annotations

from math import exp

from pipeline.extract.meaning.signs import throughout
from pipeline.extract.meaning.tally import MONEY, Around, Tally, family
from pipeline.extract.text.context import goes_on
from pipeline.extract.text.document import Document, stems_of
from pipeline.extract.weighing.trees import climb, logit
from pipeline.extract.weighing.weigh import Evidence, weigh

BACK = 0.9  # probability that a figure tells of the incident that its sentence points back to
PLAIN = 0.7  # probability of what a rule says
DEMANDED = stems_of("demand demanded demanding ransom extort extorted extorting extortion blackmail")
OFFERED = stems_of("offer offered offering provide providing free complimentary")
PROTECTION = stems_of("monitoring protection")
LAW = stems_of("law laws legislation gdpr regulation regulations statute")
REQUIRED = stems_of("require required must force")
AVERAGE = stems_of("average averaged")
EACH = frozenset(("each", "every", "per"))
OWN = frozenset(("its", "their"))
AFFECTED = stems_of(
    "affected impacted victimized compromised exposed stolen leaked breached stole hacked tricked duped"
)


def tells(document: Document, tally: Tally, at: int, known: Around, phrased: Evidence) -> float:
    """The probability that the quantity tells of an incident of the article."""
    weighed = weigh("told", told_evidence(document, tally, at, known, phrased))["yes"]
    climbed = climb("telling", throughout(document, tally, at, known))
    told = 1 / (1 + exp(-(logit(weighed) + logit(climbed)) / 2))
    least, most = _plainly(document, tally, at)
    return min(max(told, least), most)


def told_evidence(document: Document, tally: Tally, at: int, known: Around, phrased: Evidence) -> Evidence:
    """Evidence in how the quantity is phrased, and in what its article and sentence tell of."""
    quantity = tally.quantities[at]
    sentence, kind = document.sentence_index(quantity.span.start), family(quantity)
    reports = str(round(known.reported * 5))
    evidence = [*phrased, ("reported", reports), ("unit reported", f"{kind} {reports}")]
    for slot, odds in (("exposed", known.exposed), ("main", known.main), ("recalled", known.recalled)):
        here = _step(odds[sentence]) if sentence in odds else "-"
        before = _step(odds[sentence - 1]) if sentence - 1 in odds else "-"
        evidence += [(f"{slot} here", here), (f"{slot} before", before)]
        if slot == "exposed":
            evidence.append(("unit exposed here", f"{kind} {here}"))
    return evidence


def _plainly(document: Document, tally: Tally, at: int) -> tuple[float, float]:
    """The least and the most that the probability can be, by words that leave little doubt."""
    quantity = tally.quantities[at]
    index = document.tokens_within(*quantity.span)
    sentence = document.sentence_index(quantity.span.start)
    inside = document.inside[sentence]
    stems = document.stems
    if goes_on(document, sentence):
        return BACK, 1.0
    near = stems[max(inside.start, index.start - 8) : min(inside.stop, index.stop + 4)]
    if quantity.unit in MONEY and not DEMANDED.isdisjoint(near):
        return PLAIN, 1.0  # "demanded $75,000 in bitcoin"
    whole = frozenset(stems[inside.start : inside.stop])
    behind = stems[index.stop : index.stop + 8]
    if family(quantity) == "time" and not PROTECTION.isdisjoint(behind) and not OFFERED.isdisjoint(whole):
        return PLAIN, 1.0  # "offers one year of credit monitoring"
    if not AVERAGE.isdisjoint(whole) or not (LAW.isdisjoint(whole) or REQUIRED.isdisjoint(whole)):
        return 0.0, 1 - PLAIN  # "a breach costs $7.4 million on average", "the law requires notice within 30 days"
    before = document.lower[index.start - 1] if index.start > inside.start else ""
    if before in EACH or document.lower[index.start] in EACH:
        return 0.0, 1 - PLAIN  # "every five years"
    if before in OWN and AFFECTED.isdisjoint(whole):
        return 0.0, 1 - PLAIN  # "in its 640 stores"
    return 0.0, 1.0


def _step(p: float) -> str:
    """A probability in five steps."""
    return str(sum(p >= step for step in (0.15, 0.35, 0.65, 0.85)))
