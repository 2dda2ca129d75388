"""What governs a date: its clause, the words there that tell of something happening, and the verb or noun beside it.

Where that word settles alone what the date is the date of ("was *discovered* on Monday", "the 2015 *breach*"),
`settled` says so; what the rest adds up to is weighed in `events`.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.text.document import Document, codes_by_stem
from pipeline.extract.text.findings import DateMention
from pipeline.extract.text.lexicon import words
from schemas.vocabulary import EventKind

# What ends a clause; a date that opens one belongs to what follows its comma.
BOUNDS = frozenset(',;:—–()“”"') | frozenset(
    ("that", "which", "who", "whose", "after", "before", "when", "while", "but", "where", "because")
)
OPENING = 4  # tokens of a clause before a date that still opens it
CLOSE = 4  # tokens between a date and the verb of beginning or ending that governs it
QUALIFIED = 4  # tokens behind a date among which stands the noun that it qualifies
FORMS = ("calendar", "joined", "numeric", "season", "period", "weekday")  # that qualify a noun without "'s"
# What a noun follows, or ends before: "the latest [report]", "the 2015 attack [on] it"
BEFORE_NOUN = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "your", "my", "any", "no",
     "some", "each", "every", "latest", "recent", "new", "another", "alleged", "possible", "potential", "of")
)  # fmt: skip
BEHIND_NOUN = frozenset(("of", "in", "on", "and", "to", "by", "was", "were", "has", "had"))
OPENS_NOUN = frozenset(("the", "a", "its", "that", "this", "their"))
ENDINGS = ("'s", "’s")
BOUNDED = (EventKind.BEGAN, EventKind.ENDED)
PERIOD = frozenset(("between", "from"))
LASTING = frozenset(
    ("", "take", "occur", "happen", "case", "hold", "post", "begin", "end")
)  # what goes on for a period


def clause(document: Document, sentence: range, own: range) -> range:
    """Tokens of the clause that holds a date; where the date opens it, what follows its comma too."""
    lower = document.lower
    start, stop = own.start, own.stop
    while start > sentence.start and lower[start - 1] not in BOUNDS:
        start -= 1
    if stop < sentence.stop and lower[stop] in BOUNDS and own.start - start < OPENING:
        stop += 1
    while stop < sentence.stop and lower[stop] not in BOUNDS:
        stop += 1
    return range(start, stop)


def happening(document: Document, index: int) -> str:
    """What a token tells of a date beside it: "the breach" -> "case", "breached" and "breaching" -> "take"."""
    as_written, by_stem = _happenings()
    return as_written.get(document.lower[index]) or by_stem.get(document.stems[index], "")


def settled(document: Document, mention: DateMention) -> EventKind | None:
    """What the word that governs a date settles that it is the date of; None where that takes weighing."""
    own = document.tokens_within(*mention.span)
    sentence = document.inside[document.sentence_index(mention.span.start)]
    near = clause(document, sentence, own)
    if _qualifies_case(document, mention, sentence, own):
        return EventKind.OCCURRED
    kinds = words("governors")
    verb = next((i for i in range(own.start - 1, near.start - 1, -1) if _is_verb(document, i)), None)
    if mention.grain in ("day", "span") and mention.first != mention.last and _is_period(document, sentence, own, verb):
        return EventKind.OCCURRED
    if verb is None:
        return EventKind.ENDED if _is_last_access(document, range(near.start, own.start)) else None
    code = kinds.get(document.lower[verb], "")
    if happening(document, verb) == "take" and verb and document.lower[verb - 1] == "first":
        return EventKind.BEGAN  # "they first accessed it on Monday"
    if not code or (code in BOUNDED and own.start - verb > CLOSE):
        return None
    return EventKind(code)


def _qualifies_case(document: Document, mention: DateMention, sentence: range, own: range) -> bool:
    """Whether a date qualifies a noun for what happened: "the 2015 breach", "Friday's huge attack"."""
    lower, stop = document.lower, own.stop
    owns = lower[stop - 1].endswith(ENDINGS)
    if stop < sentence.stop and lower[stop] in ENDINGS:
        owns, stop = True, stop + 1
    opened = own.start > sentence.start and lower[own.start - 1] in OPENS_NOUN
    if not owns and mention.rule not in FORMS:
        return False
    kinds = words("governors")
    for i in range(stop, min(stop + (QUALIFIED if owns or opened else 1), sentence.stop)):
        if kinds.get(lower[i]) == "case":
            # no "Data Breach Report"
            return not (i + 1 < sentence.stop and document.words[i][0].isupper() and document.words[i + 1][0].isupper())
        if lower[i] in BOUNDS or lower[i] in BEHIND_NOUN:
            return False
    return False


def _is_period(document: Document, sentence: range, own: range, verb: int | None) -> bool:
    """Whether two days tell the period of what happened: "was open between May 4 and May 9"."""
    before = [word for word in document.lower[max(sentence.start, own.start - 2) : own.start] if word != "the"]
    return bool(before) and before[-1] in PERIOD and (verb is None or happening(document, verb) in LASTING)


def _is_verb(document: Document, index: int) -> bool:
    """Whether a token is a verb that tells of something happening, and no noun: "the [report]"."""
    code = words("governors").get(document.lower[index])
    if code in ("noun", "case") or (code is None and happening(document, index) in ("", "case")):
        return False
    before = document.lower[index - 1] if index else ""
    return (before not in BEFORE_NOUN and not before.endswith(ENDINGS)) or document.lower[index] == "attention"


def _is_last_access(document: Document, before: range) -> bool:
    """Whether the words before a date say that something was done for the last time: "the last access was on"."""
    lower = document.lower
    return any(
        lower[i] == "last" and (happening(document, i + 1) in ("take", "case", "occur"))
        for i in before
        if i + 1 < before.stop
    )


@lru_cache
def _happenings() -> tuple[dict[str, str], dict[str, str]]:
    """The codes of the lexicon's words, as written and by stem."""
    known = words("happenings")
    return known, codes_by_stem("happenings")
