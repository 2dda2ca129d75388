"""By what action, and by whom, an incident happened: what its sentences and the title tell of how data got out.

Evidence is classes of words (`lexicons/acts.toml`), two of them close together, and phrases that name a VERIS
variety (`lexicons/varieties.toml`), by where they stand: in the title, early, late, or where the text only warns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.text.document import Document, codes_by_stem
from pipeline.extract.text.lexicon import phrases
from pipeline.extract.weighing.weigh import Evidence, weigh
from schemas.vocabulary import ActionKind, ActorKind

EARLY = 3  # sentences of those that tell of an incident that come first
NEAR = 10  # tokens within which two words tell something together
WARNING = frozenset(
    ("bewar", "avoid", "could", "may", "might", "would", "if", "warn", "should", "must", "vigil", "suspici", "never")
)
FROM_OUTSIDE = {ActorKind.INTERNAL: 0.1, ActorKind.PARTNER: 0.3}
# How much less often than others an actor does this.
SELDOM = {
    ActionKind.HACKING: FROM_OUTSIDE,
    ActionKind.MALWARE: FROM_OUTSIDE,
    ActionKind.SOCIAL: FROM_OUTSIDE,
    ActionKind.PHYSICAL: FROM_OUTSIDE,
    ActionKind.ERROR: {ActorKind.EXTERNAL: 0.05},
    ActionKind.MISUSE: {ActorKind.EXTERNAL: 0.3},
}


class Variety(NamedTuple):
    """Where the text names a variety of action: the sentence's index, the VERIS action and its variety."""

    sentence: int
    action: str
    variety: str


class Act(NamedTuple):
    """How an incident happened, as far as the text says."""

    action: ActionKind
    variety: str | None
    actor: ActorKind


def varieties(document: Document) -> tuple[Variety, ...]:
    """Every phrase of the text that names a variety of action, in order."""
    found = []
    for hit in phrases("varieties").find(document.text):
        action, _, variety = hit.code.partition(": ")
        found.append(Variety(document.sentence_index(hit.start), action, variety))
    return tuple(found)


def act(document: Document, title: Document, named: tuple[Variety, ...], incident: Incident, whole: bool) -> Act:
    """The likeliest action and actor of an incident; `whole` if all of the article tells of it."""
    evidence = act_evidence(document, title, named, incident, whole)
    action, actor = likeliest(weigh("action", evidence), weigh("actor", evidence))
    inside = set(sentences_about(document, incident, whole))
    count = Counter(v.variety for v in named if v.action == action and v.sentence in inside)
    return Act(action, count.most_common(1)[0][0] if count else None, actor)


def tells_whole(incident: Incident, count: int) -> bool:
    """Whether all of the article tells of an incident: main, unnamed, or the only one of `count`."""
    return incident.is_main or incident.custodian is None or count == 1


def sentences_about(document: Document, incident: Incident, whole: bool) -> list[int]:
    """Indexes of the sentences that tell of an incident: all, or those about its custodian."""
    if whole or incident.custodian is None:
        return list(range(len(document.sentences)))
    about = {document.sentence_index(m.span.start) for m in incident.custodian.mentions}
    return sorted(about | {i + 1 for i in about if i + 1 < len(document.sentences)})


def act_evidence(
    document: Document, title: Document, named: tuple[Variety, ...], incident: Incident, whole: bool
) -> Evidence:
    """Evidence for an incident's action and actor; `named` are the varieties that the text names."""
    about = sentences_about(document, incident, whole)
    evidence: dict[tuple[str, str], None] = {("kind", "whole" if whole else "recalled"): None}
    if whole:
        _tell(evidence, title.stems, "title")
        for one in varieties(title):
            evidence["title variety", f"{one.action}: {one.variety}"] = None
    mentions = incident.custodian.mentions if incident.custodian is not None else ()
    custodian_in = {document.sentence_index(m.span.start) for m in mentions}
    for at, index in enumerate(about):
        inside = document.inside[index]
        stems = document.stems[inside.start : inside.stop]
        where = "early" if at < EARLY else "late" if WARNING.isdisjoint(stems) else "warning"
        codes = _tell(evidence, stems, where)
        if index in custodian_in:
            evidence.update((("by name", code), None) for code in codes)
    first, last = set(about[:EARLY]), set(about)
    told = [one for one in named if one.sentence in last]
    for one in told:
        evidence["variety", f"{one.action}: {one.variety}"] = None
        evidence["variety of", one.action] = None
        evidence[f"{'early' if one.sentence in first else 'late'} variety of", one.action] = None
    evidence["first variety", told[0].action if told else "none"] = None
    return list(evidence)


def _tell(evidence: dict[tuple[str, str], None], stems: Sequence[str], where: str) -> list[str]:
    """Add what the words of one sentence tell, alone and together; the classes of its words come back."""
    known = codes_by_stem("acts")
    past: list[tuple[int, str]] = []
    for at, stem in enumerate(stems):
        code = known.get(stem)
        if code is None:
            continue
        evidence[where, code] = None
        if where != "warning":
            evidence["any", code] = None
        for before, other in past[-4:]:
            if at - before <= NEAR and other != code:
                pair = f"{min(other, code)} {max(other, code)}"
                evidence["warning pair" if where == "warning" else "pair", pair] = None
                if where in ("title", "early"):
                    evidence["early pair", pair] = None
        past.append((at, code))
    return [code for _, code in past]


def likeliest(actions: dict[str, float], actors: dict[str, float]) -> tuple[ActionKind, ActorKind]:
    """The likeliest action, and the likeliest actor of those who do such things: a mistake is hardly an outsider's."""
    action = ActionKind(max(sorted(actions), key=lambda label: actions[label]))
    seldom = SELDOM.get(action, {})
    return action, max(map(ActorKind, sorted(actors)), key=lambda actor: actors[actor] * seldom.get(actor, 1.0))
