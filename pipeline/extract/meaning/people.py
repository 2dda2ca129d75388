"""What a number of people is by the grammar around it: a part of those affected ("58 of whom have died"), people that
an action was taken for ("notified 40 members", "3,000 pupils will get letters"), or all that were affected.

Whether the number belongs to an incident at all is not decided here.
"""

from __future__ import annotations

from pipeline.extract.text.document import Document, stems_of
from pipeline.extract.text.findings import Quantity
from schemas.vocabulary import Unit

# What is done for people after an incident: active before the number, passive behind it.
TOLD = stems_of("notify notified notifying inform informed contact contacted alert alerted warn warned advise")
FREED = stems_of("release released releasing resettle evacuate reimburse compensate refund")
DONE_FOR = TOLD | FREED
GIVEN = stems_of("offer offered receive received get sent mailed")
LETTERS = stems_of(
    "letter letters notice notices notification notifications alert alerts warning warnings email emails "
    "e-mail e-mails apology apologies offer monitoring protection"
)
REVIEWED = stems_of("review reviewing reviewed reviews reassess re-examine")
EXPOSED = stems_of(
    "stolen stole leaked exposed compromised accessed published posted dumped obtained taken copied "
    "downloaded viewed breached disclosed affected impacted involved hit included "
    "lost hacked revealed victims concerned caught swept potentially risk"
)
AUXILIARY = frozenset(
    ["was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "will", "would", "may", "might",
     "could", "can", "should", "must"]
)  # fmt: skip
ADVERBS = frozenset(
    ["now", "also", "already", "just", "only", "still", "since", "then", "all", "both", "later", "currently",
     "so", "far", "not"]
)  # fmt: skip
RELATIVES = frozenset(["who", "that"])
THOSE = frozenset(["those", "these", "them", "whom", "which"])
FURTHER = frozenset(["another", "further", "additional", "remaining", "other", "others"])
REACH = 7  # tokens of a predicate that are looked at


def role(document: Document, quantity: Quantity) -> str:
    """`responded`, `part`, `affected`, or "" for a number of people that no reading fits."""
    index = document.tokens_within(*quantity.span)
    sentence = document.tokens_within(*document.sentence(quantity.span.start))
    before = range(max(sentence.start, index.start - 8), index.start)
    behind = range(index.stop, min(sentence.stop, index.stop + REACH))
    if _is_object(document, before) or _is_acted_for(document, behind):
        return "responded"
    inside = document.lower[index.start : index.stop]
    if _is_part(document, before, inside, behind):
        return "part"
    return "affected" if _is_affected(document, behind) else ""


def role_among(document: Document, quantity: Quantity, largest: float) -> str:
    """The role of a number, "" where it counts no people; a part needs a greater number that it is a part of."""
    if quantity.unit != Unit.PERSON:
        return ""
    found = role(document, quantity)
    size = quantity.value or quantity.low or 0
    return "" if found == "part" and largest <= max(size, 12) else found


def _is_object(document: Document, before: range) -> bool:
    """ "has now released [2,900]", "sent letters to [2,800 members]", "review the cases of [an additional 2,200]"."""
    lower, stems = document.lower, document.stems
    at = before.stop - 1
    while at >= before.start and lower[at] in ADVERBS:
        at -= 1
    if at < before.start:
        return False
    if stems[at] in DONE_FOR:
        return at == before.start or lower[at - 1] not in ("was", "were", "been", "be")
    if lower[at] in ("to", "for"):
        return (
            any(stems[i] in LETTERS for i in range(max(before.start, at - 2), at))
            and "access" not in stems[before.start : at]
        )
    return lower[at] == "of" and any(stems[i] in REVIEWED for i in range(max(before.start, at - 4), at))


def _is_acted_for(document: Document, behind: range) -> bool:
    """ "[3,000 pupils] of the school will get letters", "[300 patients] were notified"."""
    lower, stems = document.lower, document.stems
    first = next((i for i in behind if lower[i] in AUXILIARY), None)
    if first is None or any(
        not lower[i][0].isalpha() or lower[i] in ("who", "whose", "that") for i in range(behind.start, first)
    ):
        return False
    for i in range(first, behind.stop):
        if stems[i] in DONE_FOR:
            return True
        if stems[i] in GIVEN:
            return any(s in LETTERS for s in stems[i + 1 : behind.stop + 3])
        if lower[i] not in AUXILIARY and lower[i] not in ADVERBS and not lower[i].endswith("ly"):
            return False
    return False


def _is_part(document: Document, before: range, inside: tuple[str, ...], behind: range) -> bool:
    """ "Of those, [5,100]", "[58 of whom]", "including [200 minors]", "and, for [412 people], images of checks"."""
    lower, stems = document.lower, document.stems
    left = [lower[i] for i in before]
    if "of" in inside and THOSE.intersection(inside):
        return True
    if left[-1:] == [","]:
        left.pop()
    if len(left) > 1 and left[-2] in ("of", "among") and left[-1] in THOSE:
        return True
    if left and left[-1] in ("including", "among"):
        return True
    if FURTHER.intersection(inside):
        return True
    if len(left) > 1 and left[-1] == "for" and left[-2] in (",", "and", "also"):
        return True
    if len(behind) > 2 and lower[behind.start] == "of" and lower[behind.start + 1] in THOSE:
        return True
    verb = lower[behind.start : behind.start + 2]
    if verb and (verb[0] in ("was", "were") or verb[1:] == ("been",)):
        return not any(stems[i] in EXPOSED for i in behind) and "people" not in verb
    return False


def _is_affected(document: Document, behind: range) -> bool:
    """ "[900 patients] were affected", "[40 users] who had been exposed", "[6 men] whose files were lost"."""
    lower, stems = document.lower, document.stems
    if "whose" in lower[behind.start : behind.start + 2]:
        return not (EXPOSED | FREED).isdisjoint(stems[behind.start : behind.stop])  # "whose data was released"
    for i in behind:
        if stems[i] in EXPOSED:
            return i > behind.start or stems[i] in ("affect", "impact")
        if lower[i] not in AUXILIARY and lower[i] not in RELATIVES and (lower[i] == "not" or lower[i] not in ADVERBS):
            return lower[i] == "potentially" and bool(EXPOSED.intersection(stems[i + 1 : i + 2]))
    return False
