"""Which mentions of data are said to be exposed, and of what type the data are.

"Names and birthdates were published" exposes two kinds; "no passwords were stolen" and "never share your
password" none. Each mention is first weighed by the words around it, then again with what was seen of the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.custodians.links import choose
from pipeline.extract.data.kinds import Named, kind
from pipeline.extract.data.mentions import DataMention
from pipeline.extract.data.sightings import RULED_OUT, Seen, look, second_look
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.trees import climb
from pipeline.extract.weighing.weigh import weigh
from schemas.vocabulary import DataType

# Probabilities at which a mention counts as exposed, and as exposed and of its type; chosen on labelled articles. That
# data got out is worth telling even where their type is in doubt.
EXPOSED = 0.25
TYPED = 0.2
BARE = 0.36  # and at which a single word that may mean any data counts
TOLD = 0.9  # and at which it counts before "including", which lists what it means, and in "those whose data leaked"
HOPELESS = 0.1  # probability at first sight below which no second look is worth its time
LISTING = re.compile(r"[ ,—–-]*(?:which |that )?(?:including|includes?|included|such as)\b")


class Exposed(NamedTuple):
    """A mention of data that was exposed in the incident with index `incident`."""

    span: Span
    data_type: DataType
    incident: int
    confidence: float


def glance(document: Document) -> tuple[Seen, ...]:
    """Every mention of data with its odds at first sight, in the order of the text."""
    return tuple(Seen(*one, weigh("exposed_first", one.evidence)["yes"]) for one in look(document))


def exposed(
    document: Document,
    seen: tuple[Seen, ...],
    incidents: tuple[Incident, ...],
    reported: float,
    roles: Sequence[Role] = (),
) -> tuple[Exposed, ...]:
    """The mentions of data that the article says were exposed; none where it reports no incident."""
    if not incidents:
        return ()
    named = Named.of([one.mention for one in seen], [one.odds for one in seen])
    hopeful = [i for i, one in enumerate(seen) if one.odds >= HOPELESS and one.evidence[-1] not in RULED_OUT]
    found = []
    for one, features in second_look(document, seen, reported, roles, hopeful):
        odds = climb("exposed", features)
        if odds >= EXPOSED:
            data_type, certain = kind(document, named, one.mention, one.group)
            if odds * certain >= _least(document, one.mention):
                incident, _ = choose(document, incidents, one.mention.span)
                found.append(Exposed(one.mention.span, data_type, incident, odds * certain))
    return tuple(found)


def _least(document: Document, mention: DataMention) -> float:
    """How likely a mention must be exposed, and of its type, to count."""
    own = document.tokens_within(*mention.span)
    if not mention.code.endswith("?") or len(own) > 1:
        return TYPED
    # One ambiguous word, as "the information", mostly points back to data told before it, or ahead to a list of them.
    is_told = document.lower[own.start - 1 : own.start] == ("whose",)
    return TOLD if is_told or LISTING.match(document.text, mention.span.end) else BARE
