"""Who noticed an incident: the custodian itself, somebody outside, a partner, or nobody that the text tells of.

Read from the subject of the first verb of finding ("[researchers] discovered", "found by a [customer]"), and from
who alerted whom ("was [alerted by] the FBI").
"""

from __future__ import annotations

from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.text.document import Document, codes_by_stem
from schemas.vocabulary import DiscoveryMethod

REACH = 7  # tokens before a verb of finding among which its subject stands
BEHIND = 5  # tokens behind "by" or "alerted" among which the finder stands
FOUND = frozenset(("discov", "detect", "uncov", "spot", "notic", "stumbl", "unearth"))
LEARNED = frozenset(("learn", "awar", "realiz", "realis"))  # only of what is one's own
ALERTED = frozenset(("alert", "tip", "notifi", "inform", "contact", "warn"))
NEAR = 4  # tokens before a verb within which a denial or a thought of it stands
PASSIVE = frozenset(("was", "were", "been", "being", "be"))
THOUGHT = frozenset(("if", "could", "may", "might", "would", "should", "can", "whether"))
OURSELVES = frozenset(("we", "our", "it"))


def discovery(document: Document, incident: Incident, sentences: list[int]) -> DiscoveryMethod:
    """How the incident that `sentences` tell of came to be noticed, by the first of them that says so."""
    names = incident.custodian.mentions if incident.custodian is not None else ()
    own = {index for name in names for index in range(name.first, name.last)}
    for sentence in sentences:
        inside = document.inside[sentence]
        for at in inside:
            stem = document.stems[at]
            if not (stem in FOUND or stem in LEARNED or stem in ALERTED) or not _is_told(document, inside, at):
                continue
            if stem in FOUND or stem in LEARNED:
                method = _finder(document, inside, at, own, stem in LEARNED)
            elif stem in ALERTED and document.lower[at + 1 : at + 2] in (("by",), ("off",)):
                method = _first(document, range(at + 1, min(inside.stop, at + 1 + BEHIND)), own)
            else:
                continue
            if method is not None:
                return method
    return DiscoveryMethod.UNKNOWN


def _is_told(document: Document, inside: range, at: int) -> bool:
    """Whether a verb tells of finding: no noun ("detection"), no denial ("not aware of"), nothing only thought of."""
    before = range(max(inside.start, at - NEAR), at)
    thought = THOUGHT.intersection(document.lower[before.start : before.stop])
    return not (document.lower[at].endswith("ion") or thought or "deny" in document.cues[before.start : before.stop])


def _finder(document: Document, inside: range, at: int, own: set[int], learned: bool) -> DiscoveryMethod | None:
    """Who found, by the subject of the verb at `at` or by what follows its "by"."""
    behind = range(at + 1, min(inside.stop, at + 1 + BEHIND))
    if "by" in document.lower[behind.start : behind.stop]:
        by = document.lower.index("by", behind.start)
        if (method := _first(document, range(by, min(inside.stop, by + BEHIND)), own)) is not None:
            return method
    if at > inside.start and document.lower[at - 1] in PASSIVE and not learned:
        return None  # "was discovered": nobody is said to have
    before = range(at - 1, max(inside.start, at - REACH) - 1, -1)
    method = _first(document, before, own)
    return None if learned and method is not DiscoveryMethod.INTERNAL else method


def _first(document: Document, tokens: range, own: set[int]) -> DiscoveryMethod | None:
    """What the first token among `tokens` is that names a finder."""
    for index in tokens:
        if index in own:
            return DiscoveryMethod.INTERNAL
        if document.lower[index] in OURSELVES:
            return DiscoveryMethod.INTERNAL if _means(document, index, own) else None
        if (code := codes_by_stem("finders").get(document.stems[index])) is not None:
            return DiscoveryMethod(code)
    return None


def _means(document: Document, index: int, own: set[int]) -> bool:
    """Whether "it" and "we" mean the custodian: named before in the sentence, or nobody is."""
    inside = document.inside[document.sentence_index(document.tokens[index].start)]
    before = range(inside.start, index)
    return not own.isdisjoint(before) or not any(document.words[i][0].isupper() for i in before[1:])
