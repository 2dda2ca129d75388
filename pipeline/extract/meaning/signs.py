"""The signs by which a quantity tells of an incident or not, and of what: numbers that grown trees climb by.

Of each class of words (`lexicons/telling.toml`, then `predicates`) how near it stands to either side: 20 beside the
number, 1 far off, 10 less beyond the clause. Then the form of the number, the words beside it, the tone of its
sentence and its place in the article. What the signs add up to is weighed elsewhere.
"""

from __future__ import annotations

from pipeline.extract.meaning.tally import Around, Tally, family, magnitude
from pipeline.extract.text.context import years
from pipeline.extract.text.document import Document, codes_by_stem
from pipeline.extract.weighing.trees import logit

Signs = dict[str, float]

CLASSES = codes_by_stem("predicates") | codes_by_stem("telling")
CLAUSE = frozenset((";", "—", "–", "while", "whereas", "but", "although", "though", "when", "after", "before", "since"))
NEAR, BEYOND = 20, 10
OCCURRENCES = frozenset(
    ("incid", "breach", "leak", "hack", "attack", "intrus", "theft", "exposur", "databas", "data", "dump", "hacker")
)
BEFORE = {
    "possessed": frozenset(("its", "their", "our", "his", "her", "my", "'s", "’s", "s")),
    "of": frozenset(("of",)),
    "definite": frozenset(("the", "these", "those", "all")),
    "each": frozenset(("each", "every", "within", "per")),
    "only": frozenset(("only", "just")),
    "for": frozenset(("for", "over", "during")),
}
BEHIND = {
    "of behind": frozenset(("of",)),
    "in behind": frozenset(("in", "across", "around")),
    "relative behind": frozenset(("who", "whose", "that", "which")),
    "auxiliary behind": frozenset(("were", "was", "have", "had", "has", "been")),
    "end behind": frozenset((".", ",", ";", "$")),
    "time behind": frozenset(("ago", "later", "after", "before", "earlier")),
}
PRESENT = frozenset(("has", "have", "is", "are", "does", "do"))
PAST = frozenset(("was", "were", "had", "did"))
YOU, WE = frozenset(("you", "your")), frozenset(("we", "our", "us"))
QUOTES = frozenset('"“”')
POINTING = frozenset(("the", "this", "that", "its"))
SMALL = 12  # up to here numbers are often of things that merely come up
LIKELY = 0.4  # odds at which a sentence counts as telling of exposure, or naming a custodian
FAR = 20.0  # sentences to the next such one, where there is none


def beside(document: Document, tally: Tally, at: int) -> Signs:
    """What stands beside a quantity, by the words alone."""
    quantity = tally.quantities[at]
    index = document.tokens_within(*quantity.span)
    inside = document.inside[document.sentence_index(quantity.span.start)]
    signs: Signs = {f"unit {family(quantity)}": 1.0}
    _classes(signs, "left", document, range(index.start - 1, inside.start - 1, -1))
    _classes(signs, "right", document, range(index.stop, inside.stop))
    signs |= form(tally, at)
    signs["size"] = magnitude(quantity)
    signs["again"] = min(3, tally.again(quantity))
    before = document.lower[index.start - 1] if index.start > inside.start else "^"
    behind = document.lower[index.stop] if index.stop < inside.stop else "$"
    signs |= {name: 1.0 for name, expected in BEFORE.items() if before in expected}
    signs |= {name: 1.0 for name, expected in BEHIND.items() if behind in expected}
    if index.start <= inside.start + 1:
        signs["first"] = 1.0
    return signs


def throughout(document: Document, tally: Tally, at: int, known: Around) -> Signs:
    """What stands beside a quantity, in its sentence and in its article."""
    quantity = tally.quantities[at]
    sentence = document.sentence_index(quantity.span.start)
    signs = beside(document, tally, at)
    _tone(signs, document, document.inside[sentence])
    start, inside = document.tokens_within(*quantity.span).start, document.inside[sentence]
    count = len(document.inside)
    signs |= {
        "sentence": sentence,
        "place": sentence / count,
        "sentences": count,
        "words": len(inside),
        "place in sentence": (start - inside.start) / max(1, len(inside)),
        "quantities": len(tally.quantities),
        "quantities in sentence": tally.sentences[sentence],
        "reported": logit(known.reported),
        "exposed share": sum(odds >= LIKELY for odds in known.exposed.values()) / count,
    }
    for name, odds in (("exposed", known.exposed), ("main", known.main), ("recalled", known.recalled)):
        signs |= {
            f"{name} here": odds.get(sentence, 0.0),
            f"{name} before": odds.get(sentence - 1, 0.0),
            f"{name} after": odds.get(sentence + 1, 0.0),
            f"{name} any": max(odds.values(), default=0.0),
            f"{name} far": min((abs(i - sentence) for i, p in odds.items() if p >= LIKELY), default=FAR),
        }
    return signs


def form(tally: Tally, at: int) -> dict[str, bool]:
    """Which forms a number has: small, exact, round, the largest of its article."""
    quantity = tally.quantities[at]
    value = quantity.value or quantity.low or quantity.high or 0
    return {
        "small": value <= SMALL,
        "exact": quantity.qualifier == "exact",
        "plural": quantity.value is None,
        "round": value >= 100 and len(str(int(value)).rstrip("0")) <= 2,
        "largest": value >= tally.largest and value > 20,
    }


def _classes(signs: Signs, side: str, document: Document, tokens: range) -> None:
    """How near each class of words stands to one side, from the number outwards."""
    beyond = 0
    for step, i in enumerate(tokens):
        if document.lower[i] in CLAUSE:
            beyond = BEYOND
        code = CLASSES.get(document.stems[i])
        if code and (name := f"{side} {code}") not in signs:
            signs[name] = NEAR - min(step, NEAR) - beyond


def _tone(signs: Signs, document: Document, inside: range) -> None:
    """Of what time a sentence tells, to whom it speaks, and whether of a certain incident or of any."""
    lower = document.lower[inside.start : inside.stop]
    own = frozenset(lower)
    signs["present"] = sum(word in PRESENT for word in lower)
    signs["past"] = sum(word in PAST or word.endswith("ed") for word in lower)
    signs["you"] = not own.isdisjoint(YOU)
    signs["we"] = not own.isdisjoint(WE)
    signs["quoted"] = not own.isdisjoint(QUOTES)
    if named := years(document, inside):
        signs["year"] = 1.0
        if document.published_on:
            signs["years ago"] = document.published_on.year - named[0]
    for step, i in enumerate(inside):
        if document.stems[i] in OCCURRENCES:
            before = lower[max(0, step - 2) : step]
            if not POINTING.isdisjoint(before):
                signs["certain incident"] = 1.0
            elif lower[step].endswith("s"):
                signs["incidents"] = 1.0
            if "a" in before or "an" in before:
                signs["some incident"] = 1.0
