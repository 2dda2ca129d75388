"""What a clause says of a stretch of it: the words that govern it, to the left and to the right, as evidence.

"Hackers stole [names]" has "stole" to its left, with attackers before it; "[names] were not taken" has "taken" to its
right, denied. What it adds up to is weighed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.extract.text.document import STEMMER, Document, Remembered, codes_by_stem
from pipeline.extract.text.lexicon import words
from pipeline.extract.weighing.weigh import Evidence

LEFT, RIGHT = 16, 14  # tokens to either side in which a governing word is looked for
ENDS = frozenset(".;:?!")
ACTORS = frozenset({"attacker", "leak", "reader", "firm", "you"})


class Classes(NamedTuple):
    """What each token of a document is: the class of its predicate, of its particle, and what of these marks a clause.

    "" for most; a clause is marked by words that turn it, too.
    """

    acts: list[str]
    particles: list[str]
    marks: list[str]

    @classmethod
    def of(cls, document: Document, sentences: Iterable[int]) -> Classes:
        """All looked up once for the sentences with these indexes."""
        acts, particles, marks = ([""] * len(document.lower) for _ in range(3))
        for index in sentences:
            for at in document.inside[index]:
                acts[at], particles[at], marks[at] = CLASSES[document.lower[at]]
        return cls(acts, particles, marks)


class Side(NamedTuple):
    """A predicate beside the stretch: where it stands, its class, and whether it is denied."""

    at: int
    kind: str
    denied: bool
    actor: str  # the class of who acts, "-" where none is near


def governing(document: Document, classes: Classes, inside: range, first: int, last: int) -> Evidence:
    """Evidence in the predicates around the tokens [first, last) of the sentence of tokens `inside`."""
    left = _left(document, classes, inside, first)
    right = _right(document, classes, inside, last)
    evidence: Evidence = [("g0", left[0].kind if left else "none"), ("h0", right.kind if right else "none")]
    if left:
        evidence.append(("g0 stem", _stem(document, left[0])))
        evidence.append(("g0 form", f"{left[0].kind} {form(document.lower[left[0].at])}"))
        evidence.append(("g0 who", f"{left[0].kind} {left[0].actor}"))
    if right:
        evidence.append(("h0 stem", _stem(document, right)))
    if len(left) == 2:
        evidence.append(("gg", f"{left[0].kind} {left[1].kind}"))
    evidence.append(("c1", _next(document, classes, inside, last)))
    evidence.append(("b1", _next(document, classes, inside, first - 1)))
    evidence.append(("b1w", document.lower[first - 1] if first > inside.start else "^"))
    return evidence + _skeleton(classes, inside, first, last)


def _left(document: Document, classes: Classes, inside: range, first: int) -> list[Side]:
    """The two nearest predicates before the stretch, not beyond the end of a clause."""
    found: list[Side] = []
    lower, (acts, particles, _) = document.lower, classes
    for i in range(first - 1, max(inside.start, first - LEFT) - 1, -1):
        if lower[i] in ENDS:
            break
        if acts[i]:
            near = particles[max(inside.start, i - 6) : i]
            found.append(Side(i, acts[i], "not" in near[-5:], next((c for c in reversed(near) if c in ACTORS), "-")))
            if len(found) == 2:
                break
    return found


def _right(document: Document, classes: Classes, inside: range, last: int) -> Side | None:
    """The nearest predicate behind the stretch, not beyond the end of a clause."""
    lower, (acts, particles, _) = document.lower, classes
    for i in range(last, min(inside.stop, last + RIGHT)):
        if acts[i]:
            return Side(i, acts[i], "not" in particles[max(last, i - 5) : i], "-")
        if lower[i] in ENDS:
            break
    return None


def _stem(document: Document, side: Side) -> str:
    return document.stems[side.at] + (" not" if side.denied else "")


def form(word: str) -> str:
    """How a verb is bent: "past", "ing", "s", or "base"."""
    if word in PAST or word.endswith("ed"):
        return "past"
    return "ing" if word.endswith("ing") else "s" if word.endswith("s") else "base"


PAST = frozenset(
    {
        *("stole", "stolen", "took", "taken", "got", "gained", "lost", "sent", "held", "kept", "found", "sold"),
        *("bought", "seen", "saw", "shown", "broke", "broken", "left", "hit", "gave", "given", "made", "put"),
        *("let", "led", "fell", "hidden", "stuck", "swept", "went", "gone", "came", "became", "began", "begun"),
        *("wrote", "written", "spilt"),
    }
)


def _next(document: Document, classes: Classes, inside: range, index: int) -> str:
    """The class of one word beside the stretch."""
    if not inside.start <= index < inside.stop:
        return "edge"
    word = document.lower[index]
    if word in PLAIN:
        return word
    if not word[0].isalnum():
        return "mark"
    if classes.particles[index] in ("not", "may", "be", "have"):
        return classes.particles[index]
    return classes.acts[index] or "word"


PLAIN = frozenset(
    {
        *(",", "and", "or", "of", "from", "for", "about", "on", "in", "at", "by", "with", "to", "as", "into", "via"),
        *("through", "after", "when", "while", "if", "because", "before", "during", "that", "which", "who", "whose"),
        *("belonging", ".", ";"),
    }
)


def _skeleton(classes: Classes, inside: range, first: int, last: int) -> Evidence:
    """The nearest marks to either side, the words between them left out: "may take _ from"."""
    before = list(filter(None, classes.marks[max(inside.start, first - RIGHT) : first]))[: -NEAREST - 1 : -1]
    behind = list(filter(None, classes.marks[last : min(inside.stop, last + RIGHT)]))[:NEAREST]
    return [
        ("L2", " ".join(before)),
        ("R2", " ".join(behind)),
        ("LR", f"{' '.join(before[:1])} _ {' '.join(behind[:1])}"),
    ]


NEAREST = 2
AUXILIARY = frozenset({"not", "may", "be", "have", "you"})
TURNS = frozenset(["that", "which", "who", "to", "of", "from", "if", "but"])


def _classes(word: str) -> tuple[str, str, str]:
    """The classes of a word in lower case, in the order of `Classes`."""
    act, particle = codes_by_stem("predicates").get(STEMMER.stemWord(word), ""), words("particles").get(word, "")
    tag = particle if particle in AUXILIARY else act or particle
    return act, particle, tag or (word if word in TURNS else "")


CLASSES = Remembered(_classes)
