"""Of what type the data are that a noun names: a rule where it says so itself, else by the words around it.

"Passwords" are credentials wherever they stand; "the data of customers" are personal, "the data of the bank" are not.
Whether they were exposed is decided in `exposure.py`.
"""

from __future__ import annotations

from collections import Counter
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
PERSONS = frozenset(
    {
        *(
            "customer",
            "customers",
            "customers'",
            "customers’",
            "client",
            "clients",
            "user",
            "users",
            "users'",
            "users’",
        ),
        *("member", "members", "people", "person", "patient", "patients", "individual", "individuals", "employee"),
        *("employees", "staff", "student", "students", "voter", "voters", "citizen", "citizens", "guest", "guests"),
        *("subscriber", "subscribers", "consumer", "consumers", "resident", "residents", "passenger", "passengers"),
        *("donors", "applicants", "visitors", "shoppers", "children", "victims", "he", "she", "his", "her", "him"),
        *("who", "women", "men", "americans", "million", "thousand", "thousands", "millions"),
    }
)
OWNED = frozenset({"of", "from", "about", "for", "on", "belonging"})
POSSESSIVES = frozenset({"their", "his", "her", "your", "my", "our"})


class Named(NamedTuple):
    """The mentions of an article, their places by span, and the plain kind that it names most ("-" where none)."""

    mentions: Sequence[DataMention]
    places: dict[DataMention, int]
    most: str

    @classmethod
    def of(cls, mentions: Sequence[DataMention]) -> Named:
        """What an article names."""
        plain = Counter(mention.code for mention in mentions if not mention.code.endswith("?"))
        most = next((code for code, _ in plain.most_common(1)), "-")
        return cls(mentions, {mention: place for place, mention in enumerate(mentions)}, most)


def kind(document: Document, named: Named, mention: DataMention, group: Group) -> tuple[DataType, float]:
    """The type of the data that a mention names, and the probability that it is that one."""
    if not mention.code.endswith("?"):
        return DataType(mention.code), PLAIN
    odds = weigh("data_type", kind_evidence(document, named, mention, group))
    best = max(sorted(odds), key=lambda label: odds[label])
    return DataType(best), odds[best]


def kind_evidence(document: Document, named: Named, mention: DataMention, group: Group) -> Evidence:
    """Evidence for the type of data that an ambiguous noun means."""
    code, own = mention.code, document.tokens_within(*mention.span)
    index = document.sentence_index(mention.span.start)
    sentence, stems = document.inside[index], document.stems
    inside = stems[own.start : own.stop]
    evidence: Evidence = [
        ("code", code),
        ("most", named.most),
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
    personal = (not PERSONAL.isdisjoint(behind), not PERSONAL.isdisjoint(before))
    return [*evidence, ("personal beside", f"{mention.code} {personal[0]} {personal[1]}")]
