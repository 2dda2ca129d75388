"""What the place of a name tells of its bearer: it speaks, it is a thing, it employs people, it is a medium.

Each is asked of the tokens [first, last) of a name; what they add up to is weighed in `antecedents.py`.
"""

from __future__ import annotations

from itertools import takewhile

from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import (
    DETERMINERS,
    INSTITUTIONS,
    NAMING,
    ORGANIZATIONS,
    ROLES,
    THINGS,
    VERBS,
    is_possessive,
)

TELLING = frozenset({"told", "tells", "telling"})
REPORTING = frozenset({"reports", "reported"})  # what papers do
QUOTES = frozenset("“\"‘'")
MAKING = frozenset({"discovered", "found", "issued", "published", "released", "spotted", "uncovered"})  # reports
HELPERS = frozenset({"also", "has", "have", "had", "later", "then", "further", "even"})
AT = frozenset({"at", "from", "for", "with"})  # "researchers [at] Acme"


def hears(document: Document, lead: int, last: int) -> bool:
    """Whether a name is a medium's: "told [Wire News]", "as reported by [Wire News]", "[Wire News] reported"."""
    lower = document.lower
    if lead >= 0 and (lower[lead] in TELLING or (lower[lead] == "by" and lower[lead - 1] in REPORTING)):
        return True
    return last < len(lower) and lower[last] in REPORTING


def is_thing(document: Document, first: int, last: int) -> bool:
    """Whether a name is that of a thing: "[Locky] ransomware", "dubbed [Locky]", "CVE-2017-1", "OSX/Locky"."""
    lower = document.lower
    if is_possessive(document, last - 1):
        return False  # "[Acme]'s servers"
    if last < len(lower) and (lower[last] in THINGS or document.words[last] == "/"):
        return True
    lead = first - 2 if first > 1 and lower[first - 1] in ("it", "them", "as") else first - 1  # "dubbed it [Locky]"
    if lead > 0 and document.words[lead] in QUOTES:
        lead -= 1
    if lead >= 0 and (lower[lead] in NAMING or document.words[lead] == "/"):
        return lead == 0 or lower[lead - 1] not in ORGANIZATIONS  # "a gang called [Roe Army]"
    if lead > 0 and lower[lead] == "of" and lower[lead - 1] in THINGS:  # "a variant of [Locky]"
        return True
    return lower[last - 1][0].isdigit() or lower[first] == "cve"


def employs(document: Document, first: int, last: int) -> bool:
    """Whether the words around a name show an organisation: "[Acme] staff", "[Acme], a firm", "staff at [Acme]"."""
    lower = document.lower
    follows = lower[last] if last < len(lower) else ""
    if follows in ROLES or follows in ORGANIZATIONS or lower[last - 1] in INSTITUTIONS:
        return True
    if first > 0 and (lower[first - 1] in ORGANIZATIONS or (lower[first - 1] in AT and lower[first - 2] in ROLES)):
        return True
    if follows == "," and last + 1 < len(lower) and lower[last + 1] in DETERMINERS:
        for word in lower[last + 2 : last + 8]:
            if not word[0].isalnum():
                break
            if word in ORGANIZATIONS:
                return True
    return False


def says(document: Document, first: int, last: int, opens: bool) -> bool:
    """Whether the name is the subject of a verb of saying: "Roe said", "Roe, of Acme, said", "said Roe"."""
    lower = document.lower
    if first > 1:
        one, two = lower[first - 1], lower[first - 2]
        if (one in VERBS and not two[0].isalnum()) or (one == "to" and two == "according"):
            return True
    reach = lower[last : last + 25]
    at = next((k for k, word in enumerate(reach) if word not in HELPERS), 0)
    if reach[at : at + 1] and reach[at] in MAKING:
        return True
    if reach[:1] and reach[0] in AT:  # "Roe from Acme said"
        return any(word in VERBS or word in MAKING for word in takewhile(str.isalnum, reach[1:8]))
    if VERBS.isdisjoint(reach):
        return False
    if reach[at] in VERBS and reach[at] not in REPORTING:
        return True
    stop = reach.index(".") if "." in reach else len(reach)
    links = ("and", "but") if opens else ()  # "Roe teaches law and says"
    for k in range(stop - 1):
        if reach[k + 1] in VERBS and (reach[k] in links or (reach[k] == "," and k > 0 and reach[0] == ",")):
            return True  # "Roe, of Acme, said"
    return False
