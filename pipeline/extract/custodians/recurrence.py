"""A second incident of one custodian: "In 2015, Acme reset passwords after the records of 2,000 users were stolen."

Told apart by a year well before publication, which the lead does not name, or by words for what came before ("not the
first time", "a separate breach") and when, in a sentence that tells of exposure. Which incident a finding belongs to is
decided in `links.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.custodians import syntax
from pipeline.extract.custodians.custody import LEAD_SENTENCES, TELLING
from pipeline.extract.custodians.entities import Entity
from pipeline.extract.text.context import years
from pipeline.extract.text.document import Document
from pipeline.extract.text.lexicon import hits

SINCE = 2  # years from an earlier incident to publication, at the least
HAPPENING = (
    r"(?:data\ |security\ |cyber\ |such\ |similar\ |major\ |massive\ ){0,2}(?:breach|hack|leak|incident|attack)\b"
)
# That was [not the first] | its [second breach] in three years | it [comes two months after] | [a separate breach]
BEFORE = re.compile(
    rf"""n['’]t\ the\ first
      | \b(?:(?:not|hardly)\ the\ first | (?:second|third|fourth|fifth)\ (?:time\b|{HAPPENING})
            | since\ \d{{4}},\ when\b | (?:comes?|came)\ (?:\S+\ ){{0,4}}(?:weeks|months|years|week|month|year)\ after\b
            | (?:unconnected|unrelated|separate|previous|earlier|prior)\ {HAPPENING}
            | (?:had|has|was|were)\ (?:already|also|previously)\ (?:been\ )?(?:hacked|breached|hit|compromised)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
# One of these words stands in each of those phrases.
BEFORE_WORDS = frozenset(
    {
        *("first", "first-ever", "second", "third", "fourth", "fifth", "since", "come", "comes", "came", "unconnected"),
        *("unrelated", "separate", "previous", "earlier", "prior", "already", "also", "previously"),
    }
)
# Last November | two years ago | in early 2014 | in March
PAST = re.compile(
    r"""\b[Ll]ast\ (?:year|month|week|summer|fall|autumn|winter|spring|[A-Z]\w+) | \bago\b | \bearlier\ this\ year\b
      | \bmonths\ after\b
      | \b(?:[Ii]n|[Ll]ate|[Ee]arly|[Ss]ince)\ (?:[A-Z]\w+\ )?(?:of\ )?(?:[12]\d\d\d|[A-Z]\w{2,8})\b""",
    re.VERBOSE,
)


def earlier(
    document: Document, custodian: Entity, others: Sequence[Entity], strangers: Sequence[Entity] = ()
) -> Entity | None:
    """The custodian as the bearer of an earlier incident, with the mentions that tell of it; None if none do.

    `others` are custodians of incidents, `strangers` anybody else whom a sentence may be about.
    """
    told = {*_dated(document, custodian), *_called(document, custodian, strangers)}
    past = [
        index
        for index in sorted(told)
        if _is_weighty(document, index) and not any(one.is_named_in(index) for one in others)
    ]
    if not past:
        return None
    mentions = tuple(m for m in custodian.mentions if document.sentence_index(m.span.start) in past)
    return replace(custodian, mentions=mentions or custodian.mentions[-1:], sentences=tuple(past))


def _dated(document: Document, custodian: Entity) -> list[int]:
    """Sentences that say what befell the custodian in a year long past."""
    if document.published_on is None:
        return []
    latest, inside = document.published_on.year - SINCE, document.inside
    lead = {year for tokens in inside[:LEAD_SENTENCES] for year in years(document, tokens)}
    past = [
        index
        for index in custodian.sentences
        if index >= LEAD_SENTENCES - 1
        and any(year <= latest and year not in lead for year in years(document, inside[index]))
    ]
    mentions = [m for m in custodian.mentions if document.sentence_index(m.span.start) in past]
    return past if syntax.befell(document, mentions) else []


def _called(document: Document, custodian: Entity, strangers: Sequence[Entity]) -> Iterator[int]:
    """Sentences that tell, in words for what came before and when, of the custodian or of nobody else by name."""
    text, sentences = document.text, document.sentences
    for at in range(1, len(sentences)):
        inside = document.inside[at]
        if BEFORE_WORDS.isdisjoint(document.lower[inside.start : inside.stop]):
            continue
        if not BEFORE.search(text, *sentences[at]):
            continue
        for index in (at, at + 1):
            if index == len(sentences) or not PAST.search(text, *sentences[index]):
                continue
            if custodian.is_named_in(index) or not any(one.is_named_in(index) for one in strangers):
                yield index
                break


def _is_weighty(document: Document, sentence: int) -> bool:
    """Whether a sentence tells of exposure or attack, with data or another number than a year."""
    inside, span = document.inside[sentence], document.sentences[sentence]
    if TELLING.isdisjoint(document.cues[inside.start : inside.stop]):
        return False
    written = document.words[inside.start : inside.stop]
    if any(word[0].isdigit() and len(word) != 4 for word in written):
        return True
    return any(hit.code and span.start <= hit.start < span.end for hit in hits("data_types", document.text))
