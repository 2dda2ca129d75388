"""Dates that bound a spell: since when, until when, from when to when, and whether it is one of the incident.

"Data was open *since* May" tells of the incident, "members who joined *since* May" of its data. How a date that is no
bound is governed is decided in `governors`.
"""

from __future__ import annotations

from enum import Enum

from pipeline.extract.meaning.clauses import clause, governor, happening, has, is_verb
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import DateMention
from pipeline.extract.text.lexicon import classes
from schemas.vocabulary import EventKind

# What stands between a date and what binds it: "since [about the]", "until [at least]"
PASSED = frozenset(("the", "at", "least", "about", "around", "approximately", "early", "late", "mid", "some", "time"))
PERIOD = frozenset(("between", "from"))
WITHIN = frozenset(("", "take", "occur", "happen", "case", "hold", "post", "begin", "end"))  # what goes on for a period
UNTIL = frozenset(("until", "till", "through", "thru"))
CONTINUED = ("state", "lasting", "entered", "case", "began")
AROUND = classes("around_dates")
DENIALS = frozenset(("not", "never", "no", "took", "nobody", "none", "cannot"))  # "it [took] until May to notice"
ASIDE = frozenset(("who", "which", "whose", "where", "when"))
BACK = 8  # tokens before "which dates back to" among which stands what does
PERSONAL = 7  # tokens of "who joined the site in" before the date of what somebody did


class Bond(Enum):
    """How a date is bound to what it bounds."""

    SINCE = "since"
    ONWARDS = "from May onwards"
    BACK_TO = "dates back to"
    UNTIL = "until"
    NONE = "none"


class Aspect(Enum):
    """How a date tells of what may go on for a while."""

    LASTED = "lasted"  # it was entered, it lay open
    LASTED_TO_NOW = "lasted to now"  # it has been open since
    CONTAINED = "contained"  # it was closed, the intruder was thrown out
    NONE = "none"


def bounded(
    document: Document, mention: DateMention, sentence: range, near: range, own: range, verb: int | None
) -> EventKind | None:
    """What a date that bounds a spell is the date of; None where it bounds none, or none that tells."""
    if mention.grain in ("day", "span") and mention.first != mention.last and _is_period(document, sentence, own, verb):
        return EventKind.DATA_AS_OF if _is_of_data(document, sentence, near, own, verb) else EventKind.OCCURRED
    how = _bond(document, near, own)
    before = range(near.start, own.start)
    if how is Bond.UNTIL:
        leading = document.lower[near.start : own.start]
        denied = any(word in DENIALS or word.endswith(("n't", "n’t")) for word in leading)
        if not AROUND["unseen"].isdisjoint(leading):
            return EventKind.DISCOVERED  # "went unnoticed until Monday"
        lasts = has(document, before, *CONTINUED) or any(happening(document, i) == "happen" for i in before)
        return EventKind.ENDED if lasts and not denied else None  # "did not notice it until Monday"
    if how is not Bond.NONE and (kind := _begun(document, near, own, how)) is not None:
        return kind
    return EventKind.DATA_AS_OF if _dates_data(document, sentence, own) else None


def aspect(document: Document, mention: DateMention) -> Aspect:
    """Whether what governs a date tells that something went on from it, or was stopped on it."""
    own = document.tokens_within(*mention.span)
    near = clause(document, document.inside[document.sentence_index(mention.span.start)], own)
    before = range(own.start - 1, near.start - 1, -1)
    code = next((c for i in before if (c := governor(document, i)) == "state" or is_verb(document, i)), "")
    if code in ("ended", "contained"):
        return Aspect.CONTAINED
    how = _bond(document, near, own)
    if code not in ("lasting", "entered", "state", "began") and how not in (Bond.ONWARDS, Bond.BACK_TO):
        return Aspect.NONE
    goes_on = how is Bond.ONWARDS or any(document.lower[i] in ("has", "have") for i in before)
    return Aspect.LASTED_TO_NOW if goes_on and how in (Bond.SINCE, Bond.ONWARDS) else Aspect.LASTED


def _bond(document: Document, near: range, own: range) -> Bond:
    """What the words beside a date make of it."""
    lower, at = document.lower, own.start - 1
    while at > near.start and lower[at] in PASSED:
        at -= 1
    if at < near.start:
        return Bond.NONE
    word, before = lower[at], lower[max(near.start, at - 1) : at]
    if word in UNTIL:
        return Bond.UNTIL
    if word == "since" or word == "starting" or before in (("starting",), ("beginning",)):
        return Bond.SINCE
    if word == "as":  # "as [early] as", whose "early" may have been passed
        return {"late": Bond.UNTIL, "early": Bond.SINCE, "far": Bond.SINCE}.get("".join(before), Bond.NONE)
    if word == "to" and before in (("back",), ("dating",)):
        return Bond.BACK_TO
    behind = "".join(lower[own.stop : own.stop + 1])
    if word == "from" and behind in ("onward", "onwards"):
        return Bond.ONWARDS
    return Bond.SINCE if word == "from" and (behind == "on" or behind in UNTIL) else Bond.NONE


def _begun(document: Document, near: range, own: range, how: Bond) -> EventKind | None:
    """Of what a date is the beginning."""
    lower, before = document.lower, range(near.start, own.start)
    if how is Bond.SINCE:
        if not AROUND["most"].isdisjoint(lower[near.start : own.start]):
            return EventKind.OTHER  # "the biggest breach since 2014"
        codes = {governor(document, i) for i in before}
        if "held" in codes:
            return EventKind.DATA_AS_OF  # "members who joined since 2012"
        return EventKind.BEGAN if codes & {"state", "lasting", "entered"} else None
    if has(document, before, "data") or "accounts" in lower[near.start : own.start]:
        return EventKind.DATA_AS_OF  # "emails that go back to 2003"
    if how is Bond.ONWARDS:
        return EventKind.BEGAN
    goes_on = near.start > 0 and (lower[near.start - 1] in ASIDE or lower[near.start - 1] == "but")
    first = max(0, near.start - BACK) if goes_on else near.start
    return EventKind.OCCURRED if has(document, range(first, own.start), "case") else None


def _is_period(document: Document, sentence: range, own: range, verb: int | None) -> bool:
    """Whether two days tell the period of what happened: "was open between May 4 and May 9"."""
    before = [word for word in document.lower[max(sentence.start, own.start - 2) : own.start] if word != "the"]
    if not before or before[-1] not in PERIOD:
        return False
    if verb is None or happening(document, verb) in WITHIN:
        return True
    # "found attempts to access it between May 4 and May 9"
    return happening(document, verb) == "find" and has(document, range(verb, own.start), "case", "state")


def _is_of_data(document: Document, sentence: range, near: range, own: range, verb: int | None) -> bool:
    """Whether a period is that of what the data tell, or of whom: "who joined between", "files from 2012 to 2016"."""
    lower = document.lower
    if verb is not None and governor(document, verb) == "held":
        return True
    if not AROUND["dating"].isdisjoint(lower[near.start : near.stop]):
        return has(document, near, "data")
    if verb is None and lower[own.start - 1] == "from" and own.start - 2 >= near.start:
        return has(document, range(own.start - 2, own.start - 1), "data")
    who = near.start > sentence.start and lower[near.start - 1] == "who" and own.start - near.start < PERSONAL
    return who and not has(document, sentence, "paid")  # but of "who paid by card", cards were stolen then


def _dates_data(document: Document, sentence: range, own: range) -> bool:
    """Whether a date is that of data: "the 2016 tax year", "who joined before 2015", "current as of June"."""
    lower = document.lower
    before = lower[max(sentence.start, own.start - 2) : own.start]
    if before == ("tax", "year") or lower[own.stop : own.stop + 1] == ("tax",):
        return True
    if before[-1:] == ("from",) and before[0] in ("is", "are", "was", "were"):
        first = max(sentence.start, own.start - PERSONAL)
        return has(document, range(first, own.start), "data") or "data" in lower[first : own.start]
    if before == ("as", "of"):
        return lower[max(sentence.start, own.start - 3)] in ("current", "updated", "data")
    if before[-1:] == ("before",) or before == ("prior", "to"):
        return any(governor(document, i) == "held" for i in range(max(sentence.start, own.start - 10), own.start))
    return False
