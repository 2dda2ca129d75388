"""The words around a finding, as evidence for the models that weigh it.

Slots: `l1`..`l3` and `r1`..`r3` the stems beside it in order, `left` and `right` those of its sentence,
`before` and `after` those of the sentences around, `own` its own. Deciding does not belong here.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.document import STEMMER, Document
from pipeline.extract.lexicon import words
from pipeline.extract.weigh import Evidence

REACH = 25  # tokens to either side that still count as near


def context(document: Document, start: int, end: int) -> Evidence:
    """Evidence from the words in and around [start, end)."""
    stems = document.stems
    first = document.tokens_within(start, end).start
    last = document.tokens_within(start, end).stop
    index = document.sentence_index(start)
    sentence = document.sentences[index]
    inside = document.tokens_within(sentence.start, sentence.end)
    low, high = max(inside.start, first - REACH), min(inside.stop, last + REACH)
    evidence: Evidence = [("own", s) for s in stems[first:last]]
    evidence += [("left", s) for s in dict.fromkeys(stems[low:first])]
    evidence += [("right", s) for s in dict.fromkeys(stems[last:high])]
    for step in (1, 2, 3):
        evidence.append((f"l{step}", stems[first - step] if first - step >= inside.start else "^"))
        evidence.append((f"r{step}", stems[last + step - 1] if last + step - 1 < inside.stop else "$"))
    if index:
        before = document.sentences[index - 1]
        around = document.tokens_within(before.start, before.end)
        evidence += [("before", s) for s in dict.fromkeys(stems[around.start : around.stop])]
    evidence += _cues(document, inside, first, last)
    evidence.append(("place", "lead" if index < 2 else "early" if index < 6 else "late"))
    return evidence


@lru_cache
def cues() -> dict[str, str]:
    """What a stem near a finding tells of it: "stolen" -> "expose", "not" -> "deny"."""
    return {STEMMER.stemWord(word): code for word, code in words("cues").items()}


def _cues(document: Document, inside: range, first: int, last: int) -> Evidence:
    """The cues to either side within the sentence: each, the nearest, and all of them together."""
    found, evidence = cues(), []
    left = [code for s in reversed(document.stems[inside.start : first]) if (code := found.get(s))]
    right = [code for s in document.stems[last : inside.stop] if (code := found.get(s))]
    for side, codes in (("left", left), ("right", right)):
        evidence += [(f"{side} cue", code) for code in dict.fromkeys(codes)]
        evidence.append((f"{side} nearest", codes[0] if codes else "none"))
    evidence.append(("nearest", f"{left[0] if left else '-'} {right[0] if right else '-'}"))
    both = {*left, *right}
    for one in sorted(both):
        evidence.append(("cue", one))
        if "expose" in both and one != "expose":
            evidence.append(("expose and", one))
    return evidence
