"""What kind of organisation an incident's custodian is, and where: its NAICS sector and its country.

Read from words of its names and right beside them; None where none speaks, or several contradict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from operator import attrgetter

from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.text.document import Document
from pipeline.extract.text.lexicon import Hit, phrases, words

BESIDE = 3  # tokens beside a name whose words tell of its bearer
RULING = frozenset(("department", "ministry", "government", "senate", "parliament", "bureau", "commission", "police"))
CLOSE = 40  # characters beside a name within which a country is its bearer's


def sector(document: Document, incident: Incident) -> str | None:
    """The custodian's sector, by the last word of its names that tells one, or by what stands beside them."""
    if incident.custodian is None:
        return None
    known = words("sectors")
    for form in incident.custodian.forms:
        parts = form.lower().replace("-", " ").split()
        if not RULING.isdisjoint(parts):
            return "92"
        if told := [known[word] for word in parts if word in known]:
            return told[-1]  # "State [Bank]", "University [Hospital]"
    near: Counter[str] = Counter()
    for name in incident.custodian.mentions:
        beside = document.lower[max(0, name.first - BESIDE) : name.last + BESIDE]
        near.update(known[word] for word in beside if word in known)
    return near.most_common(1)[0][0] if near else None


def places(document: Document) -> tuple[Hit, ...]:
    """Every mention of a country, its people or its cities, in the order of the text; the code is the country's."""
    hits = phrases("countries").find(document.text)
    return tuple(hit for hit in hits if document.text[hit.start].isupper())  # "told us" is no country


def country(document: Document, countries: tuple[Hit, ...], incident: Incident) -> str | None:
    """The country that stands in the custodian's names or right beside them."""
    if incident.custodian is None:
        return None
    near: Counter[str] = Counter()
    for name in incident.custodian.mentions:
        first, last = document.sentence(name.span.start)
        first, last = max(first, name.span.start - CLOSE), min(last, name.span.end + CLOSE)
        for hit in countries[bisect_left(countries, first, key=attrgetter("start")) :]:
            if hit.end > last:
                break
            near[hit.code] += 1
    return _only(near)


def _only(near: Counter[str]) -> str | None:
    """The one that is told, if the others are told far less."""
    best = near.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 2 * best[1][1]) else None
