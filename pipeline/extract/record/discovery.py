"""Who noticed an incident: the custodian itself, somebody outside, a partner, or nobody that the text tells of.

Read from the subject of the first verb of finding ("[researchers] discovered", "found by a [customer]"), and from
who alerted whom ("was [alerted by] the FBI", "the FBI [told] the bank").
"""

from __future__ import annotations

from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.record.doers import PASSIVE
from pipeline.extract.text.document import LARGE, Document, codes_by_stem
from pipeline.extract.text.lexicon import classes, entries
from schemas.vocabulary import DiscoveryMethod

REACH = 7  # tokens before a verb of finding among which its subject stands
BEHIND = 5  # tokens behind "by", "from" or "alerted" among which the finder stands
OBJECT = 8  # tokens behind a verb among which stands what was found, or "by" whom
FOUND = frozenset(("discov", "detect", "uncov", "spot", "notic", "stumbl", "unearth"))
LEARNED = frozenset(("learn", "awar", "realiz", "realis"))  # only of what is one's own
ALERTED = frozenset(("alert", "tip", "notifi", "inform", "contact", "warn", "told"))
VERBS = FOUND | LEARNED | ALERTED | {"found"}
NEAR = 4  # tokens before a verb within which a denial or a thought of it stands
THOUGHT = frozenset(("if", "could", "may", "might", "would", "should", "can", "whether", "who"))
OURSELVES = frozenset(("we", "our", "it"))
OF = frozenset(("of", "at", "for", "with"))  # behind the noun that heads a subject: "a [vendor] of Acme"
STOPS = frozenset((",", ";", "(", ")", "—", "–"))
THINGS = classes("finders")["thing"]
FINDERS = {stem: DiscoveryMethod(code) for stem, code in codes_by_stem("finders").items() if code != "thing"}
FIRMS = frozenset(("firm", "company", "group"))
# What a firm is by the word before it: "a [security] firm", "its [hosting] company"
FIRMS_OF = {trade: DiscoveryMethod(one["code"]) for one in entries("finders") for trade in one.get("trades", ())}


def discovery(document: Document, incident: Incident, sentences: list[int]) -> DiscoveryMethod:
    """How the incident that `sentences` tell of came to be noticed, by the first of them that says so."""
    names = incident.custodian.mentions if incident.custodian is not None else ()
    own = {index for name in names for index in range(name.first, name.last)}
    for sentence in sentences:
        inside = document.inside[sentence]
        learned = None  # what one learned may yet be said to have been told: "learned of it when a client called"
        for at in inside:
            stem = document.stems[at]
            if stem not in VERBS or not _is_told(document, inside, at):
                continue
            method = _alerter(document, inside, at, own) if stem in ALERTED else _finder(document, inside, at, own)
            if method is not None and stem not in LEARNED:
                return method
            learned = learned or method
        if learned is not None:
            return learned
    return DiscoveryMethod.UNKNOWN


def _is_told(document: Document, inside: range, at: int) -> bool:
    """Whether a verb tells of finding: no noun ("detection"), no denial ("not aware of"), nothing only thought of."""
    before = range(max(inside.start, at - NEAR), at)
    thought = THOUGHT.intersection(document.lower[before.start : before.stop])
    return not (document.lower[at].endswith("ion") or thought or "deny" in document.cues[before.start : before.stop])


def _finder(document: Document, inside: range, at: int, own: set[int]) -> DiscoveryMethod | None:
    """Who found, by the subject of the verb at `at` or by what follows its "by", or of whom one learned."""
    learned = document.stems[at] in LEARNED
    behind = range(at + 1, min(inside.stop, at + OBJECT))
    for word in ("by", "from") if learned else ("by",):
        if word in document.lower[behind.start : behind.stop]:
            by = document.lower.index(word, behind.start) + 1
            if (method := _first(document, range(by, min(inside.stop, by + BEHIND)), own)) is not None:
                return method
    passive = at > inside.start and document.lower[at - 1] in PASSIVE
    if document.lower[at] == "found" and not passive and not _found_it(document, behind):
        return None
    if passive and not learned:
        return None  # "was discovered": nobody is said to have
    method = _first(document, range(at - 1, max(inside.start, at - REACH) - 1, -1), own)
    return None if learned and method is not DiscoveryMethod.INTERNAL else method


def _found_it(document: Document, behind: range) -> bool:
    """Whether what was found is what lay open: "found the server", but "found no evidence", "found that"."""
    lower = document.lower[behind.start : behind.stop]
    return bool(lower) and lower[0] not in ("no", "that", "out") and not THINGS.isdisjoint(lower)


def _alerter(document: Document, inside: range, at: int, own: set[int]) -> DiscoveryMethod | None:
    """Who alerted the custodian: "was alerted by the FBI", "the FBI alerted Acme"; None where it alerts others."""
    behind = range(at + 1, min(inside.stop, at + 1 + BEHIND))
    if document.lower[at + 1 : at + 2] in (("by",), ("off",)):
        return _first(document, behind[1:], own) or DiscoveryMethod.EXTERNAL
    told = next((i for i in behind[:3] if i in own or document.lower[i] == "that"), None)
    if told not in own:
        return None
    method = _first(document, range(at - 1, max(inside.start, at - REACH) - 1, -1), own)
    return method or DiscoveryMethod.EXTERNAL


def _first(document: Document, tokens: range, own: set[int]) -> DiscoveryMethod | None:
    """What the first token among `tokens` is that names a finder; read on behind a verb, to the next comma."""
    for index in tokens:
        word = document.lower[index]
        if index in own:
            if document.lower[index - 1] in OF or (index - 1 in own and tokens.step < 0):
                continue  # "a vendor of Acme"
            return DiscoveryMethod.INTERNAL
        if tokens.step > 0 and word in STOPS:
            return None
        if word in OURSELVES:
            return DiscoveryMethod.INTERNAL if _means(document, index, own) else None
        if (method := FINDERS.get(document.stems[index])) is not None:
            if index and document.initials[index - 1] == document.initials[index] == LARGE:
                continue  # "researchers at Arbor University"
            before = document.lower[index - 1] if index else ""
            return FIRMS_OF.get(before, method) if word in FIRMS else method
    return None


def _means(document: Document, index: int, own: set[int]) -> bool:
    """Whether "it" and "we" mean the custodian: named before in the sentence, or nobody is."""
    inside = document.inside[document.sentence_index(document.tokens[index].start)]
    before = range(inside.start, index)
    return not own.isdisjoint(before) or not any(document.words[i][0].isupper() for i in before[1:])
