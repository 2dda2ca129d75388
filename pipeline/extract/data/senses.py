"""Nouns for data that mean something else where they stand: "the name Cold Harvest", "all Alder locations", "to phone".

What they mean where they are data is told by `lexicons/data_types.toml`.
"""

from __future__ import annotations

from pipeline.extract.text.document import DIGIT, LARGE, Document


def is_otherwise(document: Document, inside: range) -> bool:
    """Whether the tokens of a noun for data are a verb, a name, shops, money, or the first part of another noun."""
    lower, before, behind = document.lower, inside.start - 1, inside.stop
    if lower[behind : behind + 1] in HEADS:  # "customer data protection"
        return True
    last = lower[inside.stop - 1]
    if last in MONEY and lower[inside.stop - 2] == "bank":  # "to drain users' bank accounts"
        return not OUT_OF.isdisjoint(lower[max(0, before - 2) : inside.start])
    if len(inside) > 1 or last not in DOUBTFUL or before < 0:
        return False
    if last in PLACES:  # "all Alder locations", "its 640 locations"
        starts = document.inside[document.sentence_index(document.tokens[before].start)].start
        return before > starts and document.initials[before] in (DIGIT, LARGE)
    if last == "series" and lower[behind : behind + 1] == ("of",):  # "a series of breaches"
        return True
    if last in MAIL and lower[before] in MAILED:  # "in an email"
        return True
    if last == "name" and document.initials[behind : behind + 1] == CAPITAL:  # "they chose the name Cold Harvest"
        return True
    return last in VERBS and lower[before] in BEFORE_VERBS  # "to name a few"


HEADS = frozenset(
    (word,)
    for word in (
        *("protection", "security", "privacy", "policy", "policies", "processing", "storage", "center", "centre"),
        *("broker", "brokers", "analytics", "management", "manager", "provider", "providers", "company", "companies"),
        *("firm", "firms", "service", "services", "scam", "scams", "phishing", "reuse", "strength", "hygiene"),
        *("processor", "processors", "network", "networks", "holder", "holders", "fields"),
    )
)
MONEY = frozenset({"account", "accounts"})
PLACES = frozenset({"location", "locations"})
MAIL = frozenset({"email", "e-mail", "message"})
VERBS = frozenset({"name", "phone", "email", "e-mail", "code", "photograph", "pin", "record", "list"})
DOUBTFUL = PLACES | MAIL | VERBS | {"series"}
MAILED = frozenset({"an", "by", "via", "this"})
BEFORE_VERBS = frozenset({"to", "will", "would", "can", "not", "please"})
OUT_OF = frozenset({"from", "into", "drain", "drained", "draining", "empty", "emptied", "emptying"})
CAPITAL = bytes([LARGE])
