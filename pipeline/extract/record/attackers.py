"""Which of the entities of an article attacked: those that seem so by all that is said of them, or are called so.

"A hacker known as X" and "X, a hacking group" call X an attacker in so many words. No custodian is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.custodians.incidents import ATTACKER, Incident, Role
from pipeline.extract.text.document import Document
from pipeline.extract.text.lexicon import classes
from pipeline.extract.text.names import Name

NAMED = 9  # tokens from the word for a hacker to the name that it introduces
TOLD = 7  # tokens from the name to the word behind its comma that tells what its bearer is
ARTICLES = frozenset(("a", "an"))
WORDS = classes("attackers")
BETWEEN = WORDS["calling"] | WORDS["naming"]


def attackers(document: Document, roles: Sequence[Role], incidents: Sequence[Incident]) -> list[Entity]:
    """The attackers whom the text names, the likeliest first; none where it reports no incident."""
    custodians = {id(incident.custodian) for incident in incidents}
    found = []
    for role in roles if incidents else ():
        if id(role.entity) in custodians:
            continue
        called = any(is_called_attacker(document, mention) for mention in role.entity.mentions)
        if called or role.odds["attacker"] >= ATTACKER:
            found.append((called, role.odds["attacker"], role.entity))
    return [entity for _, _, entity in sorted(found, key=lambda one: (-one[0], -one[1]))]


def is_called_attacker(document: Document, name: Name) -> bool:
    """Whether the words right beside a name say that its bearer is an attacker."""
    inside = document.inside[document.sentence_index(name.span.start)]
    lower, at = document.lower, name.first - 1
    while at > max(inside.start, name.first - NAMED) and lower[at] in BETWEEN:
        at -= 1
    between = lower[at + 1 : name.first]
    is_called = not between or not WORDS["calling"].isdisjoint(between)
    if is_called and at >= inside.start and _is_attacker(document, at, inside):
        return True
    behind = name.last
    if behind < inside.stop and lower[behind] in WORDS["group"] and lower[name.first - 1 : name.first] == ("the",):
        return True  # "the X hackers"
    if lower[behind : behind + 1] != (",",) or behind + 1 >= inside.stop or lower[behind + 1] not in ARTICLES:
        return False
    for i in range(behind + 2, min(inside.stop, behind + TOLD)):
        if _is_attacker(document, i, inside):
            return True
        if lower[i] in (",", "that", "who", "of", "by"):
            return False
    return False


def _is_attacker(document: Document, index: int, inside: range) -> bool:
    """Whether a token is a word for an attacker: "hacker", or "group" behind "hacking"."""
    if document.words[index][0].isupper() and index > inside.start:
        return False  # "Hacker News"
    if document.lower[index] in WORDS["group"]:
        return True
    before = document.lower[index - 1] if index > inside.start else ""
    return document.lower[index] in WORDS["band"] and before in WORDS["hacking"]
