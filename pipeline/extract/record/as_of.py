"""The day that a figure describes, where its sentence dates the count: "as of June 30, it had 4,000 clients".

A month counts as its last day, and no day lies after publication. Days on which something happened to what is counted
are no such days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.extract.meaning.figures import Figure
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import DateMention
from pipeline.extract.text.wording import POSSESSIVE
from schemas.vocabulary import Unit

SPANS = frozenset((Unit.HOUR, Unit.DAY))  # durations have no day
GRAINS = frozenset(("day", "month"))
NEARLY = frozenset(("the", "end", "early", "late", "mid", "about", "around"))
OPENS = frozenset((",", ";", "and", "but", "that", "(", "“", '"'))
PARTS = frozenset((";", "—", "–", "(", ")"))  # what parts a sentence into what is dated and what is not


def days(document: Document, figures: Sequence[Figure], mentions: Sequence[DateMention]) -> tuple[date | None, ...]:
    """For each figure the day that it describes, or None."""
    found: dict[int, date] = {}
    counted = [(at, f.quantity.span.start) for at, f in enumerate(figures) if f.unit not in SPANS]
    for mention in mentions if counted else ():
        stretch = _dated(document, mention)
        if stretch is not None and mention.last is not None:
            day = min(mention.last, document.published_on or mention.last)
            found.update((at, day) for at, start in counted if stretch[0] <= start < stretch[1])
    return tuple(found.get(at) for at in range(len(figures)))


def _dated(document: Document, mention: DateMention) -> tuple[int, int] | None:
    """Where the counts stand that a date dates: behind "as of May" that opens a clause, or else before it."""
    own = document.tokens_within(*mention.span)
    inside, lower = document.inside[document.sentence_index(mention.span.start)], document.lower
    if mention.grain not in GRAINS or lower[own.stop - 1].endswith(POSSESSIVE):
        return None
    lead = own.start - 1
    while lead > inside.start and lower[lead] in NEARLY:
        lead -= 1
    opening = lead if lower[lead] == "by" else lead - 1
    if opening < inside.start or (opening < lead and lower[opening : lead + 1] != ("as", "of")):
        return None
    opens = opening == inside.start or lower[opening - 1] in OPENS
    behind = document.published_on is None or (mention.last is not None and mention.last <= document.published_on)
    if opening == lead and not (opens and behind):
        return None  # "by Friday" elsewhere is a deadline, or an agent
    before = lower[opening - 1] if opening > inside.start else ""
    first = next((i + 1 for i in range(opening - 2, inside.start - 1, -1) if lower[i] in PARTS), inside.start)
    stop = next((i for i in range(own.stop, inside.stop) if lower[i] in PARTS), inside.stop)
    if opens and before not in (",", "("):
        return mention.span.end, document.tokens[stop - 1].end
    aside = before == "," and lower[own.stop : own.stop + 1] == (",",)  # "Acme, as of May, had 300 clients"
    return document.tokens[first].start, document.tokens[stop - 1].end if aside else mention.span.start
