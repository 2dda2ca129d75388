"""What governs a date: the verb before it in its clause, or behind it where it opens one, or the noun that it dates.

Where that settles alone what the date is the date of ("was *discovered* on Monday", "the 2015 *breach*"), `settled`
says so; what the rest adds up to is weighed in `events`.
"""

from __future__ import annotations

from pipeline.extract.meaning.clauses import BOUNDS, clause, governor, happening, has, is_verb
from pipeline.extract.meaning.spells import ASIDE, bounded
from pipeline.extract.text.document import LARGE, SMALL, Document
from pipeline.extract.text.findings import DateMention
from pipeline.extract.text.lexicon import classes
from pipeline.extract.text.wording import POSSESSIVE
from schemas.vocabulary import EventKind

CLOSE = 7  # tokens between a date and the verb of beginning or ending that governs it
OBJECT = 6  # tokens behind a verb among which its object stands
QUALIFIED = 4  # tokens behind a date among which stands the noun that it qualifies
FORMS = ("calendar", "joined", "season", "period", "weekday")  # that qualify a noun without "'s"
BEHIND_NOUN = frozenset(("of", "in", "on", "and", "to", "by", "was", "were", "has", "had"))
OPENS_NOUN = frozenset(("the", "a", "its", "that", "this", "their"))
KINDS = frozenset(map(str, EventKind))  # codes of the lexicon that settle it by themselves
BOUNDED = (EventKind.BEGAN, EventKind.ENDED)
AROUND = classes("around_dates")
BY_MISTAKE = AROUND["by mistake"]
BE = frozenset(("was", "were", "been", "being", "is", "are", "got"))
FINITE = frozenset(("was", "were", "had", "suffered", "experienced"))
AT = frozenset(("in", "on", "last", "during", "over", ","))
# With what a clause may open before its date: "[But it was not until] Monday"
LEADS = frozenset(
    ("on", "in", "at", "by", "during", "over", "late", "early", "back", "since", "the", "it", "was", "not", "until",
     "only", "but", "and", "morning", "evening", "night", "of", "week", "weekend")
)  # fmt: skip
OPENERS = frozenset(("that", "“", '"'))  # of a clause whose date a comma may follow
BEFORE_OPENING = frozenset((";", "—", "–", "“", '"', ":", "but", ","))
BEFORE_VERB = frozenset(("and", "it", "he", "she", "they", "we", "has", "had", "have", "was", "were"))
FRONTED = 5  # tokens of a clause before a date that still opens it
AHEAD = 24  # tokens behind such a date among which the verb of its clause stands


def settled(document: Document, mention: DateMention) -> EventKind | None:
    """What the word that governs a date settles that it is the date of; None where that takes weighing."""
    own = document.tokens_within(*mention.span)
    sentence = document.inside[document.sentence_index(mention.span.start)]
    near = clause(document, sentence, own)
    if _qualifies_case(document, mention, sentence, own):
        return EventKind.OCCURRED
    before = range(own.start - 1, near.start - 1, -1)
    verb = next((i for i in before if _may_govern(document, i)), None)
    kind = bounded(document, mention, sentence, near, own, verb)
    if kind is not None:
        return kind
    if verb is None:
        kind = _first_or_last(document, range(near.start, own.start))
        if kind is not None:
            return kind
        verb = _opened(document, sentence, near, own) if mention.grain in ("day", "month") else None
        if verb is not None:
            return _said(document, sentence, verb, own)
    elif (kind := _said(document, near, verb, own)) is not None:
        return kind
    return EventKind.OCCURRED if _dates_case(document, mention, near, own, verb) else None


def _may_govern(document: Document, index: int) -> bool:
    """Whether a token is a verb, be it one that tells nothing: "found it and [fired] him on Monday"."""
    word = document.lower[index]
    if is_verb(document, index) or word in BY_MISTAKE:
        return True
    return (
        word.endswith("ed")
        and index > 0
        and document.lower[index - 1] in BEFORE_VERB
        and document.initials[index] == SMALL
    )


def _said(document: Document, near: range, verb: int, own: range) -> EventKind | None:
    """What a verb settles of the date that it governs."""
    lower, code = document.lower, governor(document, verb)
    word, behind = lower[verb], "".join(lower[verb + 1 : verb + 2])
    before = lower[verb - 1] if verb else ""
    if before == "first" and happening(document, verb) == "take":
        return EventKind.BEGAN  # "they first accessed it on Monday"
    if code == "entered" or not BY_MISTAKE.isdisjoint((before, word, behind)):
        return EventKind.OCCURRED
    if code == "suffered" and has(document, range(verb + 1, min(verb + OBJECT, own.start)), "case"):
        return EventKind.OCCURRED
    if code == "alerted":
        return _alerted(document, near, verb)
    if code == "sent" or word == "dated":
        is_notice = has(document, range(near.start, max(own.start, min(verb + 6, near.stop))), "notice")
        return EventKind.NOTIFIED if is_notice and "wrong" not in lower[near.start : near.stop] else None
    if code in BOUNDED and (abs(own.start - verb) > CLOSE or behind == "to" or behind.endswith("ing")):
        return None  # "began sending letters on Monday"
    if code in KINDS:
        is_of_flaw = code == EventKind.DISCLOSED and not AROUND["flaw"].isdisjoint(lower[near.start : own.start])
        return None if is_of_flaw else EventKind(code)
    return _told(word, before, behind, frozenset(lower[near.start : own.start]))


def _told(word: str, before: str, behind: str, near: frozenset[str]) -> EventKind | None:
    """What verbs settle only beside other words: "filed a [lawsuit]", "[first] reported", "revealed [by]"."""
    if word == "filed" and not AROUND["lawsuit"].isdisjoint(near):
        return EventKind.RESPONDED
    if (word == "reported" and (before == "first" or behind == "by")) or (word == "broke" and "news" in near):
        return EventKind.REPORTED
    return EventKind.DISCLOSED if word in ("revealed", "announced") and behind == "by" else None


def _alerted(document: Document, near: range, verb: int) -> EventKind | None:
    """Whether one is told who did not know ("was alerted by the FBI") or those whose data it is ("notified users")."""
    lower = document.lower
    passive = verb > near.start and lower[verb - 1] in BE
    if not AROUND["concerned"].isdisjoint(lower[near.start : verb] if passive else lower[verb + 1 : verb + 4]):
        return EventKind.NOTIFIED
    learned = (passive and lower[verb - 1] == "was") or lower[verb] in ("alerted", "alerting", "tipped")
    return EventKind.DISCOVERED if learned else None


def _opened(document: Document, sentence: range, near: range, own: range) -> int | None:
    """The verb of the clause that a date opens: "On Monday, a spokesman for the bank *said* it"."""
    lower = document.lower
    if own.start - near.start > FRONTED or any(lower[i] not in LEADS for i in range(near.start, own.start)):
        return None
    if lower[own.stop - 1] in ("after", "before", "prior"):
        return None  # "the day after it was stolen"
    opens = near.start == sentence.start or lower[near.start - 1] in OPENERS
    at, stop = own.stop, min(sentence.stop, own.stop + AHEAD)
    if at == sentence.stop or lower[at] == "-":
        return None
    cleft = lower[at] == "that" and "until" in lower[near.start : own.start]  # "it was not until Monday that it"
    if lower[at] in BOUNDS and not cleft and not (opens and lower[at] == ","):
        return None  # "..., on Monday, ..." belongs to what stands before
    if not opens and lower[near.start - 1] not in BEFORE_OPENING:
        return None
    at += lower[at] in (",", "that")
    while at < stop:
        word = lower[at]
        if word in ASIDE:  # "the bank, which was founded in 1987, said"
            while at < stop and lower[at] != ",":
                at += 1
        elif word in ("that", ";", ":"):
            return None
        elif is_verb(document, at):
            # "In May, a survey found"
            return None if word == "found" and lower[at + 1 : at + 2] != ("out",) else at
        elif word.endswith("ed") and document.initials[at] == SMALL:
            return None  # another verb governs it
        at += 1
    return None


def _qualifies_case(document: Document, mention: DateMention, sentence: range, own: range) -> bool:
    """Whether a date qualifies a noun for what happened: "the 2015 breach", "Friday's huge attack"."""
    lower, stop = document.lower, own.stop
    owns = lower[stop - 1].endswith(POSSESSIVE)
    if stop < sentence.stop and lower[stop] in POSSESSIVE:
        owns, stop = True, stop + 1
    opened = own.start > sentence.start and lower[own.start - 1] in OPENS_NOUN
    if not owns and mention.rule not in FORMS:
        return False
    for i in range(stop, min(stop + (QUALIFIED if owns or opened else 1), sentence.stop)):
        if has(document, range(i, i + 1), "case"):
            # no "Data Breach Report"
            named = i + 1 < sentence.stop and document.initials[i] == document.initials[i + 1] == LARGE
            return not named
        if lower[i] in BOUNDS or lower[i] in BEHIND_NOUN:
            return False
    return False


def _dates_case(document: Document, mention: DateMention, near: range, own: range, verb: int | None) -> bool:
    """Whether a date stands behind the noun for what happened, and no verb of telling or finding takes it."""
    at = own.start - (2 if document.lower[own.start - 1] in AT else 1)
    if at < near.start or not has(document, range(at, at + 1), "case"):
        return False
    lower = document.lower
    if lower[at].endswith("s") or mention.rule in ("window", "vague"):
        return False  # "thefts in the last two years"
    if verb is None or happening(document, verb) in ("take", "occur", "", "hold"):
        return True
    # "said it was hit by a breach last week"
    return happening(document, verb) == "say" and not FINITE.isdisjoint(lower[verb + 1 : at])


def _first_or_last(document: Document, before: range) -> EventKind | None:
    """Whether something was done for the first or the last time: "the last access to it was on", "its first raid"."""
    lower = document.lower
    for i in before:
        if lower[i] in ("first", "last"):
            behind = range(i + 1, min(i + 4, before.stop))
            told = any(happening(document, j) in ("take", "case", "occur") for j in behind)
            if told or not AROUND["activity"].isdisjoint(lower[behind.start : behind.stop]):
                return EventKind.BEGAN if lower[i] == "first" else EventKind.ENDED
    return None
