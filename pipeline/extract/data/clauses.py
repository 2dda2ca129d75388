"""What a clause says of a stretch of it beside its predicates: that it is denied, owned; and its sentence.

Each is evidence; what it adds up to is weighed elsewhere.
"""

from __future__ import annotations

from itertools import compress

from pipeline.extract.data.predicates import ACTORS, Classes, form
from pipeline.extract.text.document import DIGIT, LARGE, Document
from pipeline.extract.weighing.weigh import Evidence


def denial(document: Document, classes: Classes, inside: range, first: int, last: int) -> str:
    """How the clause of the tokens [first, last) denies it: "no", "did not include", "were not taken", or "-".

    What is said not to be done comes with it: data that "were not encrypted" did get out.
    """
    lower = document.lower
    for i in range(first - 1, max(inside.start, first - 10) - 1, -1):
        if lower[i] in TURNING:
            break
        if classes.particles[i] == "not":
            if not ONLY.isdisjoint(lower[i : i + 3]):
                break
            done = next((kind for kind in classes.acts[i + 1 : first] if kind), "-")
            return f"{'no' if lower[i] in NONE else 'not'} {'near' if first - i < 4 else 'far'} {done}"
    for i in range(last, min(inside.stop, last + 12)):
        if lower[i] in TURNING or lower[i] in BEGINNING:
            break
        if classes.particles[i] == "not":
            if not ONLY.isdisjoint(lower[i : i + 3]):
                break
            return f"behind {next((kind for kind in classes.acts[i + 1 : min(inside.stop, i + 5)] if kind), '-')}"
        if classes.acts[i]:
            break
    return "-"


TURNING = frozenset(
    [";", ":", "but", "however", "although", "while", "because", "beyond", "than", "whether", "if", "until"]
)
BEGINNING = frozenset(["that", "which", "who", ".", "and"])
NONE = frozenset(["no", "without", "nor", "none", "neither"])
ONLY = frozenset(["only", "just", "yet", "unlikely", "unaffected", "nothing"])


def is_means(document: Document, classes: Classes, inside: range, first: int) -> bool:
    """Whether what begins at the token `first` is a tool: "logged in using an employee's stolen [credentials]"."""
    for i in range(first - 1, max(inside.start, first - 6) - 1, -1):
        if document.lower[i] in MEANS:
            return True
        if classes.particles[i] in VERBAL or document.lower[i] in APART:
            return False
    return False


MEANS = frozenset(
    {
        *("using", "use", "uses", "used", "reusing", "reuse", "reused", "recycling", "recycled", "recycle", "via"),
        *("abusing", "abused", "leveraging", "leveraged", "employing"),
    }
)
VERBAL = frozenset({"be", "have", "may", "not"})
APART = frozenset({*".,;:()", "and", "or", "of", "for", "from", "to", "in", "on", "that", "which", "who", "by", "than"})


def owner(document: Document, inside: range, first: int) -> str:
    """Whose it is said to be: "name's", "'s", "their" ..., or the article before it."""
    if first <= inside.start:
        return "-"
    word = document.words[first - 1]
    if word.endswith(("'s", "’s", "s'", "s’")):
        return "name's" if word[0].isupper() else "'s"
    low = document.lower[first - 1]
    return low if low in OWNERS else "-"


OWNERS = frozenset(
    {
        *("their", "his", "her", "its", "your", "our", "my", "the", "a", "an", "any", "all", "some", "these", "this"),
        *("those", "no", "such", "other", "more", "whose"),
    }
)


def sentence(document: Document, classes: Classes, inside: range) -> Evidence:
    """What a whole sentence has of predicates and particles, its tense, and how it begins."""
    lower, initials = document.lower[inside.start : inside.stop], document.initials
    acts = classes.acts[inside.start : inside.stop]
    tags = classes.particles[inside.start : inside.stop]
    evidence: Evidence = [("has", kind) for kind in sorted(set(acts)) if kind]
    evidence += [(slot, str(tag in tags)) for slot, tag in TAGS]
    evidence.append(("start", document.stems[inside.start] if len(inside) else "^"))
    opening = classes.particles[inside.start : min(inside.start + 8, inside.stop)]
    evidence.append(("subject", next((tag for tag in opening if tag in ACTORS), "-")))
    past = not WAS.isdisjoint(lower) or any(form(word) == "past" for word in compress(lower, acts))
    evidence.append(("tense", f"{past} {not IS.isdisjoint(lower)}"))
    evidence.append(("names", str(min(initials.count(LARGE, inside.start + 1, inside.stop), 4))))
    evidence.append(("numbers", str(initials.find(DIGIT, inside.start, inside.stop) >= 0)))
    return evidence


TAGS = (("sentence may", "may"), ("sentence you", "you"))
WAS = frozenset(["was", "were", "had", "did", "said", "told"])
IS = frozenset(["is", "are", "has", "have", "can", "will", "should", "do", "does"])
