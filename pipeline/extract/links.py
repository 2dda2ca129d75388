"""Which of an article's incidents a finding belongs to.

Evidence is where the custodians are named around it, and words that turn to another incident ("in 2014", "a
separate breach"). With one incident there is nothing to decide.
"""

from __future__ import annotations

from bisect import bisect_right

from pipeline.extract.context import cues
from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.incidents import Incident
from pipeline.extract.weigh import Evidence, weigh


def choose(document: Document, incidents: tuple[Incident, ...], span: Span) -> tuple[int, float]:
    """Index of the likeliest incident for a finding, and the probability that it is that one."""
    if len(incidents) == 1:
        return 0, 1.0
    odds = [weigh("link", link_evidence(document, incidents, which, span))["yes"] for which in range(len(incidents))]
    best = max(range(len(odds)), key=lambda i: (odds[i], -i))
    return best, odds[best] / (sum(odds) or 1.0)


def link_evidence(document: Document, incidents: tuple[Incident, ...], which: int, span: Span) -> Evidence:
    """Evidence that the finding at `span` belongs to the incident with index `which`."""
    index = document.sentence_index(span.start)
    sentence = document.sentences[index]
    gaps = [_gap(document, incident, span, index) for incident in incidents]
    incident, gap = incidents[which], gaps[which]
    kind = "main" if incident.is_main else "recalled"
    others = [g for i, g in enumerate(gaps) if i != which]
    evidence: Evidence = [("kind", kind), ("gap", f"{kind} {gap}"), ("count", f"{kind} {min(len(incidents), 4)}")]
    evidence.append(("nearer", f"{kind} {'yes' if all(gap < g for g in others) else 'same' if gap == min(gaps) else 'no'}"))
    evidence.append(("other gap", f"{kind} {gap} {min(others)}"))
    inside = document.tokens_within(sentence.start, sentence.end)
    known = cues()
    codes = {known.get(s) for s in document.stems[inside.start : inside.stop]}
    evidence.append(("earlier", f"{kind} {'earlier' in codes} {gap == 'a0'}"))
    evidence += [("word", f"{kind} {s}") for s in document.stems[inside.start : inside.stop]]
    if incident.custodian is not None:
        in_sentence = [m for m in incident.custodian.mentions if sentence.start <= m.span.start < sentence.end]
        evidence.append(("in sentence", f"{kind} {'before' if any(m.span.start < span.start for m in in_sentence) else 'after' if in_sentence else 'no'}"))
    return evidence


def _gap(document: Document, incident: Incident, span: Span, index: int) -> str:
    """How far before the finding the incident's custodian was last named, in sentences; a0 is nearest, z never."""
    if incident.custodian is None:
        return "u"
    starts = [m.span.start for m in incident.custodian.mentions]
    before = bisect_right(starts, span.start)
    if any(document.sentence_index(s) == index for s in starts):
        return "a0"
    if not before:
        return "z"
    away = index - document.sentence_index(starts[before - 1])
    return f"b{away}" if away < 4 else "c"
