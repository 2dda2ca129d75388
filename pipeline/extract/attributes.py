"""What an incident was: who acted and how, when it happened, how sure it is.

`action` and `actor` weigh the words of the sentences that tell of it; the rest is read from words alone.
"""

from __future__ import annotations

from pipeline.extract.document import Document
from pipeline.extract.incidents import Incident
from pipeline.extract.weigh import Evidence


def act_evidence(document: Document, title: Document, incident: Incident) -> Evidence:
    """Evidence for an incident's action and actor: the words of its sentences, or of the whole article if it is the main one."""
    evidence: Evidence = [("kind", "main" if incident.is_main else "recalled")]
    if incident.is_main or incident.custodian is None:
        evidence += [("title", s) for s in dict.fromkeys(title.stems)]
        evidence += [("body", s) for s in dict.fromkeys(document.stems)]
        evidence += [("lead", s) for s in dict.fromkeys(document.stems[:120])]
        evidence += [("pair", f"{a} {b}") for a, b in dict.fromkeys(zip(document.stems, document.stems[1:], strict=False))]
        return evidence
    stems: dict[str, None] = {}
    for index in sorted({document.sentence_index(m.span.start) for m in incident.custodian.mentions}):
        for sentence in document.sentences[index : index + 2]:
            inside = document.tokens_within(sentence.start, sentence.end)
            stems.update(dict.fromkeys(document.stems[inside.start : inside.stop]))
    return evidence + [("near", s) for s in stems]
