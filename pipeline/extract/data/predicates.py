"""What a clause says of a stretch of it: the words that govern it, to the left and to the right, as evidence.

"Hackers may have stolen [names]" has "stolen" to its left, hedged, with attackers before it; "[names] were not
taken" has "taken" to its right, denied. What it adds up to is weighed elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.text.document import STEMMER, Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.weighing.weigh import Evidence

LEFT, RIGHT = 16, 14  # tokens to either side in which a governing word is looked for
ENDS = frozenset(".;:?!")
ACTORS = frozenset({"attacker", "leak", "reader", "firm", "you"})
LINKS = frozenset(["of", "to", "from", "by", "with", "in", "on", "that", "as", "for", "the", "their", ","])


class Side(NamedTuple):
    """A predicate beside the stretch: where it stands, its class, and how it is said ("not may was")."""

    at: int
    kind: str
    how: str
    actor: str  # the class of who acts, "-" where none is near


def governing(document: Document, first: int, last: int) -> Evidence:
    """Evidence in the predicates around the tokens [first, last) of one sentence."""
    inside = document.inside[document.sentence_index(document.tokens[first].start)]
    left = _left(document, inside, first)
    right = _right(document, inside, last)
    evidence: Evidence = []
    for name, side in zip(("g0", "g1"), left, strict=False):
        far = first - side.at
        nearness = "0" if far == 1 else "1" if far < 4 else "2" if far < 8 else "3"
        behind = document.lower[side.at + 1] if far > 1 and document.lower[side.at + 1] in LINKS else "-"
        evidence += _said(name, document, side, nearness)
        evidence.append((f"{name} link", f"{side.kind} {behind}"))
        evidence.append((f"{name} who", f"{side.kind} {side.actor}"))
        evidence.append((f"{name} who how", f"{side.kind} {side.actor} {side.how}"))
    for name, side in zip(("h0", "h1"), right, strict=False):
        far = side.at - last
        evidence += _said(name, document, side, "0" if far == 0 else "1" if far < 3 else "2" if far < 7 else "3")
        evidence.append((f"{name} via", f"{side.kind} {side.actor} {side.how}"))
    nearest_left, nearest_right = left[0].kind if left else "none", right[0].kind if right else "none"
    if not left:
        evidence.append(("g0", "none"))
    if not right:
        evidence.append(("h0", "none"))
    if len(left) == 2:
        evidence.append(("gg", f"{left[0].kind} {left[1].kind}"))
    evidence.append(("gh", f"{nearest_left} {nearest_right}"))
    evidence.append(("c1", _next(document, inside, last)))
    evidence.append(("c12", f"{_next(document, inside, last)} {_next(document, inside, last + 1)}"))
    evidence.append(("b1", _next(document, inside, first - 1)))
    evidence.append(("b1w", document.lower[first - 1] if first > inside.start else "^"))
    evidence += _skeleton(document, inside, first, last)
    evidence += _sentence(document, inside, first)
    return evidence


def _left(document: Document, inside: range, first: int) -> list[Side]:
    """The two nearest predicates before the stretch, not beyond the end of a clause."""
    found: list[Side] = []
    stems, lower, acts, particles = document.stems, document.lower, predicates(), words("particles")
    for i in range(first - 1, max(inside.start, first - LEFT) - 1, -1):
        if lower[i] in ENDS:
            break
        kind = acts.get(stems[i])
        if kind:
            near = [particles.get(w, "") for w in lower[max(inside.start, i - 6) : i]]
            how = "not " * ("not" in near[-5:]) + "may " * ("may" in near[-5:])
            how += "to " * (i > inside.start and lower[i - 1] == "to") + "was " * ("be" in near[-3:])
            found.append(Side(i, kind, how, next((c for c in reversed(near) if c in ACTORS), "-")))
            if len(found) == 2:
                break
    return found


def _right(document: Document, inside: range, last: int) -> list[Side]:
    """The two nearest predicates behind the stretch; their `actor` is the word that leads to them ("that", "to")."""
    found: list[Side] = []
    stems, lower, acts, particles = document.stems, document.lower, predicates(), words("particles")
    via = "-"
    for i in range(last, min(inside.stop, last + RIGHT)):
        if lower[i] in VIA:
            via = lower[i]
        elif lower[i] in ENDS:
            break
        kind = acts.get(stems[i])
        if kind:
            near = {particles.get(w, "") for w in lower[max(last, i - 5) : i]}
            how = "not " * ("not" in near) + "may " * ("may" in near) + "aux " * bool({"be", "have"} & near)
            found.append(Side(i, kind, how, via))
            if len(found) == 2:
                break
    return found


VIA = frozenset(["that", "which", "who", "and", ",", "but", "as", "to", "from", "in", "on", "for", "by"])


def _said(name: str, document: Document, side: Side, nearness: str) -> Evidence:
    stem = document.stems[side.at] + (" not" if side.how.startswith("not") else "")
    return [
        (name, side.kind),
        (f"{name} how", f"{side.kind} {side.how}"),
        (f"{name} far", f"{side.kind} {nearness}"),
        (f"{name} stem", stem),
    ]


def _next(document: Document, inside: range, index: int) -> str:
    """The class of one word beside the stretch."""
    if not inside.start <= index < inside.stop:
        return "edge"
    word = document.lower[index]
    if word in PLAIN:
        return word
    if not word[0].isalnum():
        return "mark"
    particle = words("particles").get(word, "")
    if particle in ("not", "may", "be", "have"):
        return particle
    return predicates().get(document.stems[index], "word")


PLAIN = frozenset(
    [
        ",",
        "and",
        "or",
        "of",
        "from",
        "for",
        "about",
        "on",
        "in",
        "at",
        "by",
        "with",
        "to",
        "as",
        "into",
        "via",
        "through",
        "after",
        "when",
        "while",
        "if",
    ]
) | {*["because", "before", "during", "that", "which", "who", "whose", "belonging", ".", ";"]}


def _skeleton(document: Document, inside: range, first: int, last: int) -> Evidence:
    """The three nearest classes to either side, the words between them left out: "attacker may take _ from firm"."""
    before = _classes(document, range(first - 1, max(inside.start, first - RIGHT) - 1, -1))
    behind = _classes(document, range(last, min(inside.stop, last + RIGHT)))
    return [
        ("L3", " ".join(before)),
        ("R3", " ".join(behind)),
        ("L2", " ".join(before[:2])),
        ("R2", " ".join(behind[:2])),
        ("LR", f"{' '.join(before[:1])} _ {' '.join(behind[:1])}"),
        ("LLRR", f"{' '.join(before[:2])} _ {' '.join(behind[:2])}"),
    ]


def _classes(document: Document, indexes: range) -> list[str]:
    found: list[str] = []
    acts, particles = predicates(), words("particles")
    for i in indexes:
        word = document.lower[i]
        particle = particles.get(word, "")
        tag = particle if particle in AUXILIARY else acts.get(document.stems[i], particle)
        if tag or word in TURNS:
            found.append(tag or word)
            if len(found) == 3:
                break
    return found


AUXILIARY = frozenset({"not", "may", "be", "have", "you"})
TURNS = frozenset(["that", "which", "who", "to", "of", "from", "if", "but"])


def _sentence(document: Document, inside: range, first: int) -> Evidence:
    """What the whole sentence has of predicates and particles, how it begins, and who acts in it."""
    lower, particles = document.lower, words("particles")
    acts = {kind for stem in document.stems[inside.start : inside.stop] if (kind := predicates().get(stem))}
    tags = {tag for word in lower[inside.start : inside.stop] if (tag := particles.get(word))}
    opening = [particles.get(word, "") for word in lower[inside.start : min(inside.start + 8, first)]]
    evidence: Evidence = [("has", kind) for kind in sorted(acts)]
    evidence += [(f"sentence {tag}", str(tag in tags)) for tag in ("not", "may", "you")]
    evidence.append(("start", document.stems[inside.start]))
    evidence.append(("subject", next((tag for tag in opening if tag in ACTORS), "-")))
    return evidence


def denied(document: Document, span: Span) -> bool:
    """Whether a word that denies stands before the stretch in its clause: "no names or addresses were taken"."""
    inside = document.inside[document.sentence_index(span.start)]
    first = document.tokens_within(*span).start
    for i in range(first - 1, max(inside.start, first - 12) - 1, -1):
        if words("particles").get(document.lower[i]) == "not":
            return True
        if document.lower[i] in TURNING:
            return False
    return False


TURNING = frozenset({";", ":", "but", "however", "although", "while", "because"})


@lru_cache
def predicates() -> dict[str, str]:
    """What a stem says is done with data: "stolen" -> "take"."""
    return {STEMMER.stemWord(word): kind for word, kind in words("predicates").items()}
