"""Of what type the data are that a noun names: a rule where it says so itself, else by the words around it.

"Passwords" are credentials wherever they stand; "the data of customers" are personal, "the data of the bank" are not.
Whether they were exposed is decided in `exposure.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.data.mentions import DataMention, Group
from pipeline.extract.text.document import Document
from pipeline.extract.weighing.weigh import Evidence, weigh
from schemas.vocabulary import DataType

PLAIN = 0.9  # how often a noun of one kind is labelled with that kind
REACH = 25  # tokens to either side whose words are evidence
PERSONAL = frozenset(
    {
        *("name", "date_of_birth", "postal_address", "location", "email", "phone", "government_id", "payment_card"),
        *("bank_account", "financial", "medical", "biometric", "photo", "immigration", "employment", "education"),
        *("behavior", "ip_address", "personal_unspecified", "credential"),
    }
)
# Persons whose data are personal and nothing else; those of patients are medical, those of pupils of school.
OWNERS = frozenset(
    word + end
    for end in ("", "'", "’", "'s", "’s")
    for word in (
        *("customer", "customers", "client", "clients", "user", "users", "member", "members", "people", "person"),
        *("individual", "individuals", "voter", "voters", "citizen", "citizens", "guest", "guests", "subscriber"),
        *("subscribers", "consumer", "consumers", "resident", "residents", "passenger", "passengers", "donors"),
        *("applicants", "visitors", "shoppers", "children", "women", "men", "americans", "players", "buyers"),
    )
)
# Any persons, whatever their data are.
PERSONS = OWNERS | frozenset(
    {
        *(
            "patient",
            "patients",
            "employee",
            "employees",
            "staff",
            "student",
            "students",
            "victims",
            "he",
            "she",
            "his",
        ),
        *("her", "him", "who", "million", "millions", "thousand", "thousands"),
    }
)
# The data [of] 4 million customers; records [stolen] from users; details [belonging to] guests.
LINKS = frozenset({"of", "from", "about", "on", "to", "for"})
TAKEN = tuple((word,) for word in ("stolen", "leaked", "exposed", "taken", "stored", "held", "compromised"))
TO = (("belonging", "to"), ("relating", "to"), ("pertaining", "to"))
# What ends the phrase that may name the owners: "data from a server[ that] users know".
ENDS = frozenset(
    {
        *(".", ";", ":", ",", "(", ")", "was", "were", "is", "are", "has", "have", "had", "that", "which"),
        *("who", "by", "in", "at", "and", "but", "with"),
    }
)
# What may link data to those whom it is of, as evidence.
OWNED = frozenset({"of", "from", "about", "for", "on", "belonging"})
POSSESSIVES = frozenset({"their", "his", "her", "your", "my", "our"})


class Named(NamedTuple):
    """The mentions of an article with how likely each was exposed, their places, and what was exposed in the whole."""

    mentions: Sequence[DataMention]
    odds: Sequence[float]
    places: dict[DataMention, int]
    exposed: Evidence

    @classmethod
    def of(cls, mentions: Sequence[DataMention], odds: Sequence[float]) -> Named:
        """What an article names; `odds` are those of each mention at first sight."""
        plain: dict[str, float] = {}
        for mention, one in zip(mentions, odds, strict=True):
            if not mention.code.endswith("?"):
                plain[mention.code] = plain.get(mention.code, 0.0) + one
        return cls(mentions, odds, {mention: place for place, mention in enumerate(mentions)}, _in_the_whole(plain))


def _in_the_whole(plain: dict[str, float]) -> Evidence:
    """The two kinds that are exposed most, and how much of all is personal; `plain` are summed odds by kind."""
    total = sum(plain.values())
    personal = sum(odds for code, odds in plain.items() if code in PERSONAL) / (total or 1.0)
    share = next((name for name, least in SHARES if personal > least), "few") if total >= HARDLY else "none"
    top = [code for code in sorted(plain, key=lambda code: (-plain[code], code))[:2] if plain[code] > 0.3]
    return [("share", share), ("top", top[0] if top else "-"), *(("tops", code) for code in top)]


SHARES = (("all", 0.9), ("most", 0.6), ("half", 0.3))
HARDLY = 0.5  # summed odds below which an article names nothing plain


def kind(document: Document, named: Named, mention: DataMention, group: Group) -> tuple[DataType, float]:
    """The type of the data that a mention names, and the probability that it is that one."""
    if not mention.code.endswith("?"):
        return DataType(mention.code), PLAIN
    if mention.code == "data?" and _is_of_persons(document, document.tokens_within(*mention.span)):
        return DataType.PERSONAL_UNSPECIFIED, PLAIN
    odds = weigh("data_type", kind_evidence(document, named, mention, group))
    best = max(sorted(odds), key=lambda label: odds[label])
    return DataType(best), odds[best]


def _is_of_persons(document: Document, own: range) -> bool:
    """Whether data are plainly those of persons: "their details", "the data of 4 million customers", "voter file"."""
    lower = document.lower
    if not OWNERS.isdisjoint(lower[own.start : own.stop - 1]):
        return True
    before = lower[own.start - 1] if own.start else ""
    if before in POSSESSIVES - {"our"} or (before.endswith(("'", "’", "'s", "’s")) and before in OWNERS):
        return True
    at = own.stop + (lower[own.stop : own.stop + 1] in TAKEN)
    at += lower[at : at + 2] in TO
    if not 0 < at < len(lower) or lower[at] not in LINKS:
        return False
    for word in lower[at + 1 : at + 9]:
        if word in ENDS:
            return False
        if word in OWNERS:
            return True
    return False


def kind_evidence(document: Document, named: Named, mention: DataMention, group: Group) -> Evidence:
    """Evidence for the type of data that an ambiguous noun means."""
    code, own = mention.code, document.tokens_within(*mention.span)
    index = document.sentence_index(mention.span.start)
    sentence, stems = document.inside[index], document.stems
    inside = stems[own.start : own.stop]
    evidence: Evidence = [
        ("code", code),
        *named.exposed,
        *((f"code {slot}", f"{code} {value}") for slot, value in named.exposed if slot != "tops"),
        ("code head", f"{code} {inside[-1]}"),
        ("code own", f"{code} {' '.join(inside)}"),
    ]
    for step in (1, 2):
        evidence.append((f"l{step}", stems[own.start - step] if own.start - step >= sentence.start else "^"))
        evidence.append((f"r{step}", stems[own.stop + step - 1] if own.stop + step <= sentence.stop else "$"))
    evidence += [("listed", f"{code} {other}") for other in sorted({o.code for o in group if o is not mention})]
    return evidence + _persons(document, sentence, own, code) + _beside(document, named, mention, index)


def _persons(document: Document, sentence: range, own: range, code: str) -> Evidence:
    """Whether people are said to be those whose data it is."""
    lower = document.lower
    before = lower[max(sentence.start, own.start - 3) : own.start]
    behind = lower[own.stop : min(sentence.stop, own.stop + 6)]
    link = next((word for word in behind if word in OWNED), "-")
    genitive = any(word.endswith(("'s", "’s")) for word in before)
    near = lower[max(sentence.start, own.start - REACH) : min(sentence.stop, own.stop + REACH)]
    return [
        ("persons behind", f"{code} {link} {not PERSONS.isdisjoint(behind)}"),
        ("persons before", str(not PERSONS.isdisjoint(before))),
        ("persons near", f"{code} {not PERSONS.isdisjoint(near)}"),
        ("possessive", f"{not POSSESSIVES.isdisjoint(before)} {genitive}"),
    ]


def _beside(document: Document, named: Named, mention: DataMention, index: int) -> Evidence:
    """The kinds that the sentence names before and behind it: "data including names and addresses"."""
    place = named.places[mention]
    sides = (named.mentions[max(0, place - 3) : place], named.mentions[place + 1 : place + 4])
    before, behind = (
        [other.code for other in side if document.sentence_index(other.span.start) == index] for side in sides
    )
    evidence: Evidence = [("next", behind[0] if behind else "-"), ("previous", before[-1] if before else "-")]
    evidence += [("beside", other) for other in sorted({*before, *behind})]
    evidence.append(("exposed before", _nearest(named, range(place - 1, max(-1, place - 1 - WINDOW), -1))))
    evidence.append(("exposed behind", _nearest(named, range(place + 1, min(len(named.odds), place + 1 + WINDOW)))))
    personal = (not PERSONAL.isdisjoint(behind), not PERSONAL.isdisjoint(before))
    return [*evidence, ("personal beside", f"{mention.code} {personal[0]} {personal[1]}")]


def _nearest(named: Named, places: range) -> str:
    """The plain kind of the first mention at these places that seems exposed, "-" where none does."""
    for place in places:
        if named.odds[place] > SEEMS and not named.mentions[place].code.endswith("?"):
            return named.mentions[place].code
    return "-"


WINDOW = 8  # mentions to either side that are looked at for what else was exposed
SEEMS = 0.35  # odds at first sight from which a mention seems exposed
