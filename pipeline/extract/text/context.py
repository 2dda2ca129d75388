"""The words around a finding, as evidence for the models that weigh it.

Slots: `l1`..`l3` and `r1`..`r3` the stems beside it in order, `left` and `right` those of its sentence,
`before` and `after` those of the sentences around, `own` its own. Deciding does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

from pipeline.extract.text.document import Document
from pipeline.extract.weighing.weigh import Evidence

REACH = 25  # tokens to either side that still count as near


def context(document: Document, start: int, end: int) -> Evidence:
    """Evidence from the words in and around [start, end)."""
    stems = document.stems
    own = document.tokens_within(start, end)
    first, last = own.start, own.stop
    index = document.sentence_index(start)
    inside = document.inside[index]
    low, high = max(inside.start, first - REACH), min(inside.stop, last + REACH)
    evidence: Evidence = list(zip(repeat("own"), stems[first:last]))
    evidence += zip(repeat("left"), dict.fromkeys(stems[low:first]))
    evidence += zip(repeat("right"), dict.fromkeys(stems[last:high]))
    for step, (left, right) in enumerate(STEPS, 1):
        evidence.append((left, stems[first - step] if first - step >= inside.start else "^"))
        evidence.append((right, stems[last + step - 1] if last + step - 1 < inside.stop else "$"))
    if index:
        before = document.inside[index - 1]
        evidence += zip(repeat("before"), dict.fromkeys(stems[before.start : before.stop]))
    evidence += _cues(document, inside, first, last)
    evidence.append(("place", "lead" if index < 2 else "early" if index < 6 else "late"))
    return evidence


STEPS = (("l1", "r1"), ("l2", "r2"), ("l3", "r3"))


def _cues(document: Document, inside: range, first: int, last: int) -> Evidence:
    """The cues to either side within the sentence: each, the nearest, and all of them together."""
    before, behind = document.cues[inside.start : first], document.cues[last : inside.stop]
    left, right = list(filter(None, reversed(before))), list(filter(None, behind))
    evidence: Evidence = []
    for side, codes in (("left", left), ("right", right)):
        evidence += zip(repeat(f"{side} cue"), dict.fromkeys(codes))
        evidence.append((f"{side} nearest", codes[0] if codes else "none"))
    evidence.append(("nearest", f"{left[0] if left else '-'} {right[0] if right else '-'}"))
    both = sorted({*left, *right})
    evidence += zip(repeat("cue"), both)
    if "expose" in both:
        evidence += zip(repeat("expose and"), [one for one in both if one != "expose"])
    return evidence


def years(document: Document, tokens: range) -> list[int]:
    """The years named in a range of tokens, in order: "2017", but not "2,017"."""
    written = document.words[tokens.start : tokens.stop]
    return [int(word) for word in written if is_year(word)]


def is_year(word: str) -> bool:
    """Whether a token is a year that news may speak of."""
    return len(word) == 4 and word[:2] in ("19", "20") and word.isdecimal()


def most_by_sentence(found: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The greatest of the odds of what a sentence holds; given are the index of the sentence and the odds of each."""
    most = dict[int, float]()
    for sentence, odds in found:
        most[sentence] = max(most.get(sentence, 0.0), odds)
    return most


POINTING = frozenset({"that", "this"})
OCCURRENCES = frozenset({"incid", "breach", "leak", "hack", "attack", "intrus", "theft", "disclosur"})


def goes_on(document: Document, sentence: int) -> bool:
    """Whether a sentence goes on about an incident told before it: "That incident affected ..."."""
    first = document.inside[sentence].start
    stems = document.stems[first : first + 3]
    return bool(stems) and stems[0] in POINTING and not OCCURRENCES.isdisjoint(stems[1:])
