"""Who a clause says is speaking: the phrase before or after a verb of saying, and the organisation it speaks for.

A source is spans of the text: "said Jane Roe, a spokeswoman for Acme" gives Jane Roe and Acme. Which clause belongs
to which quotation, and whom "she" or "the company" means, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple
from unicodedata import combining, normalize

from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.lexicon import entries


def _listed(code: str) -> frozenset[str]:
    return frozenset(word for entry in entries("speech") if entry["code"] == code for word in entry["words"])


VERBS = _listed("verb")
ROLES = _listed("role")
HONORIFICS = _listed("honorific")
ORGANIZATIONS = _listed("organization")
DOCUMENTS = _listed("document")
INSTITUTIONS = _listed("institution")
WOMEN = _listed("given female")
GIVEN = _listed("given") | WOMEN
MUTE = _listed("mute")
TITLES = ROLES | HONORIFICS
# Verbs that are nouns or adjectives as well: "the breach reports", "a detailed list".
AMBIGUOUS = frozenset({"reports", "report", "claims", "claim", "details", "detailed", "notes", "note", "comments", "comment", "posts", "states", "state", "estimates", "calls", "points", "demands", "counters", "warning", "reading", "writing", "posting", "offers", "offered", "quotes", "tweets", "promises", "answers", "vows", "read", "suggested", "leaked", "shared", "shot", "reported", "estimated", "advised", "cites", "counters", "emailed", "called", "quoted", "posted", "described", "alleged", "promised", "expressed", "reveals", "highlights", "outlines"})

PERSONAL = frozenset({"he", "she", "i"})
PRONOUNS = PERSONAL | {"they", "it", "we", "who"}
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "one", "another", "some", "two", "three", "several", "many", "other"})
# Prepositions that bind a phrase to the noun before it: "a spokesman for Acme", "researchers at Acme".
BINDING = frozenset({"of", "for", "at", "from", "with", "behind", "in", "on", "by"})
ADVERBS = frozenset({"also", "later", "then", "has", "have", "had", "was", "were", "is", "are", "been", "being", "further", "again", "even", "once", "now", "just", "still", "never", "did", "does", "will", "would", "could", "may", "might", "earlier", "today", "yesterday", "recently", "only", "as", "not", "be", "to", "went", "goes", "go", "on", "quickly", "first", "himself", "herself", "itself", "themselves", "himself", "separately"})
STOPS = PRONOUNS | BINDING | frozenset({"and", "or", "but", "that", "which", "whose", "whom", "when", "while", "where", "as", "if", "because", "although", "though", "since", "after", "before", "until", "to", "into", "over", "under", "about", "via", "through", "during", "per", "than", "so", "not", "however", "meanwhile", "moreover", "also", "then", "there", "here", "yet", "still", "instead", "finally", "furthermore", "additionally", "nevertheless", "nonetheless", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might", "should", "must", "according", "how", "what", "why", "whether", "like", "such", "despite", "including", "without", "within", "among", "between", "against", "around", "unlike", "following", "them", "him", "me", "us", "you", "just", "only", "even", "later", "earlier", "now", "once", "him", "out", "up", "back", "down", "off", "ago", "who's", "it's", "he's", "she's", "asked", "told", "said"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "today", "yesterday", "earlier", "late", "tonight"})
PARTS = frozenset({"one", "some", "part", "parts", "section", "sections", "many", "two", "three", "several", "most", "group", "team", "pair", "number", "body", "text", "copy", "version"})
INSIDE_NAMES = frozenset({"of", "de", "van", "von", "der", "den", "bin", "al", "el", "la", "du", "di", "da", "dos", "&"})
ABBREVIATIONS = frozenset({"inc", "corp", "ltd", "co", "jr", "sr", "st", "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "sgt", "col", "capt", "maj", "det", "rev", "hon", "u.s", "no", "vs"})
TITLED = ABBREVIATIONS - {"inc", "corp", "ltd", "co", "no"}  # abbreviations that a name follows
REACH = 40  # tokens of a clause that are looked at


class Kind(Enum):
    """What sort of words name a source."""

    PERSON = auto()  # "Jane Roe"
    NAME = auto()  # "Acme", "Roe": a name that need not be a person's
    ROLE = auto()  # "an Acme spokesman"
    ORGANIZATION = auto()  # "the company"
    DOCUMENT = auto()  # "the letter"
    PRONOUN = auto()  # "she"
    OTHER = auto()


class Source(NamedTuple):
    """The words that name who speaks, their tokens [first, last), and the organisation spoken for."""

    speaker: Span
    affiliation: Span | None
    kind: Kind
    first: int
    last: int


def subject_before(document: Document, verb: int, low: int) -> Source | None:
    """The subject that ends before the verb at token `verb`, within the tokens from `low` on."""
    lower = document.lower
    last = verb - 1
    while last >= low and (lower[last] in ADVERBS or lower[last].endswith("ly")) and document.words[last][0].islower():
        last -= 1
    if last > low and lower[last] in ("who", "which", "that") and document.words[last - 1] == ",":  # "a reply from Acme, which said"
        last -= 2
    if last < low:
        return None
    if document.words[last] in ",)–—-":
        return _head_of_apposition(document, low, last)
    if not _is_nominal(document, last) and lower[last] not in PRONOUNS:  # "Acme apologised and [said]"
        earlier = next((k for k in range(last - 1, low, -1) if is_verb(document, k)), None)
        return subject_before(document, earlier, low) if earlier is not None else subject_from(document, low, last)
    first = _phrase_start(document, last, low)
    if first - 2 >= low and document.words[first - 1] == "," and any(lower[k] in TITLES for k in range(first, last + 1)):
        for start, end in name_runs(document, max(low, first - 6), first - 1):  # "Jane Roe, head of Acme Labs said"
            if end == first - 1 and is_person(document, start, end):
                return source(document, start, end, last + 1)
    return source(document, first, last + 1, last + 1)


def subject_from(document: Document, first: int, high: int) -> Source | None:
    """The phrase that begins at token `first`, within the tokens before `high`; what follows tells its affiliation."""
    lower = document.lower
    while first < high and (lower[first] in ADVERBS or lower[first] in ("and", "but", "however", ",", "meanwhile")):
        first += 1
    if first >= high:
        return None
    if _is_pronoun(document, first):
        return source(document, first, first + 1, first + 1)
    last = first
    while last < high and (lower[last] in DETERMINERS or _is_nominal(document, last)):
        last += 1
    if last > first and last < high and lower[last] == "of" and lower[last - 1] in PARTS:  # "one of [the hackers]"
        return subject_from(document, last + 1, high)
    if last == first:
        return None
    found = source(document, first, last, high)
    if found and found.kind is not Kind.PERSON and last < high:
        end = next((k for k in range(last, min(high, last + 12)) if document.words[k] == ","), None)
        if end is not None and any(lower[k] in TITLES for k in range(first, end)):
            return _person_at(document, end + 1, high, found) or found
    return found


def source(document: Document, first: int, last: int, high: int) -> Source | None:
    """What the phrase of the tokens [first, last) names; the tokens up to `high` may tell its affiliation."""
    lower = document.lower
    while first < last - 1 and (lower[first] in DETERMINERS or lower[first] in ("and", "but", ",")):
        first += 1
    if first >= last:
        return None
    if _is_pronoun(document, first):
        return Source(_span(document, first, first + 1), None, Kind.PRONOUN, first, first + 1)
    names = list(name_runs(document, first, last))
    bound = next((k for k in range(first + 1, last) if lower[k] in BINDING and not _within(names, k)), None)
    if bound is not None:  # "researchers at Acme"
        head = source(document, first, bound, bound)
        after = next((n for n in names if n[0] > bound), None)
        if lower[bound] == "of" and lower[bound - 1] in PARTS:
            return source(document, bound + 1, last, high)
        if head is None or head.affiliation or after is None:
            return head
        return head._replace(affiliation=_span(document, *after))
    if names and names[-1][1] == last:
        return _named(document, names, high)
    return _described(document, first, last, names, high)


def name_runs(document: Document, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Token ranges of the capitalised names in [first, last); a possessive ends a name."""
    words, lower = document.words, document.lower
    index = first
    while index < last:
        if not _is_capital(words[index]) or lower[index] in ("former", "ex", "acting", "interim", "your", "dear") or (lower[index] in STOPS and words[index : index + 2] != ("I", ".")) or lower[index] in DAYS or lower[index] in DETERMINERS:
            index += 1
            continue
        end = index + 1
        while end < last and (not _is_possessive(document, end - 1) or (lower[end] in INSTITUTIONS and words[end][0].isupper())):
            if _is_capital(words[end]) and lower[end] not in DAYS and _adjacent(document, end):
                end += 1
            elif words[end] == "." and _abbreviates(document, end):
                end += 1
            elif words[end].isdigit() and _adjacent(document, end) and len(words[end]) < 4:
                end += 1
            elif lower[end] in INSIDE_NAMES and end + 1 < last and _is_capital(words[end + 1]) and lower[end - 1] not in ROLES and not (is_given(words[index]) and end - index > 1):
                end += 2
            else:
                break
        yield index, end
        index = end


def _abbreviates(document: Document, index: int) -> bool:
    """Whether the full stop at the token belongs to the word before it, and that to a name: "J. Roe", not "U.S. officials"."""
    lower = document.lower
    if len(lower[index - 1]) > 1:
        return lower[index - 1] in ABBREVIATIONS
    return not (index > 2 and lower[index - 3] + lower[index - 1] in ("us", "uk", "dc", "eu"))


def is_person(document: Document, first: int, last: int) -> bool:
    """Whether a name looks like a person's: two to four capitalised words, none of an organisation's kind."""
    parts = [w for w in document.words[first:last] if w != "."]
    return (
        2 <= len(parts) <= 4
        and all(_is_capital(w) or w.lower() in INSIDE_NAMES for w in parts)
        and not any(p.lower() in INSTITUTIONS or p.lower() in TITLES for p in parts)
        and not any(len(p) > 2 and p.isupper() for p in parts)
        and "of" not in parts and "&" not in parts
    )


def person_part(document: Document, first: int, last: int) -> int:
    """Where the person's own name begins in a name that opens with a title: "Acme CEO [Jane Roe]"."""
    for index in range(last - 2, first - 1, -1):
        if document.lower[index] in TITLES:
            start = index + 1
            while start < last - 1 and document.words[start] == ".":
                start += 1
            return start
    return first


def is_given(word: str) -> bool:
    """Whether a word is a known first name, accents aside: "André", "Jean-Paul"."""
    low = word.lower().partition("-")[0]
    if not low.isascii():
        low = "".join(c for c in normalize("NFKD", low) if not combining(c))
    return low in GIVEN


def is_verb(document: Document, index: int) -> bool:
    """Whether the token is a verb of saying, and no noun: "a note", "the reports", "in writing" are none."""
    if document.lower[index] not in VERBS or document.words[index][0].isupper():
        return False
    if index == 0:
        return True
    before, word = document.lower[index - 1], document.words[index - 1]
    if before in DETERMINERS or before in BINDING or before == "to":
        return False
    if document.lower[index] not in AMBIGUOUS or not word[0].isalnum() or _is_capital(word):
        return True
    return before in PRONOUNS or before in ROLES or before in ORGANIZATIONS or before in DOCUMENTS or before in ADVERBS or before in ("and", "but") or before.endswith("ly")


def _named(document: Document, names: list[tuple[int, int]], high: int) -> Source:
    """A phrase that ends in a name: "CIA Director Michael Roe", "Acme's Jane Roe", "attorney Roe"."""
    first, last = names[-1]
    lower = document.lower
    title = next((k for k in range(last - 1, first - 1, -1) if lower[k] in TITLES), None)
    affiliation = names[-2] if len(names) > 1 else None
    if title is not None and title < last - 1 and not any(lower[k] in INSTITUTIONS for k in range(title + 1, last)):
        owner = first
        while owner < title and lower[owner] not in TITLES:
            owner += 1
        if owner > first:
            affiliation = (first, owner)
        first = title + 1
        while first < last - 1 and document.words[first] == ".":
            first += 1
        person = True
    else:
        person = is_person(document, first, last)
    found = affiliation or _acronym(document, last) or (_affiliation(document, last, high) if high > last else None)
    return Source(_span(document, first, last), _span(document, *found) if found else None, Kind.PERSON if person else Kind.NAME, first, last)


def _described(document: Document, first: int, last: int, names: list[tuple[int, int]], high: int) -> Source:
    """A phrase that ends in a common noun: "Acme spokesman", "the company", "a statement on Acme's website"."""
    word = document.lower[last - 1]
    kind = (
        Kind.ROLE if word in ROLES
        else Kind.DOCUMENT if word in DOCUMENTS
        else Kind.ORGANIZATION if word in ORGANIZATIONS
        else Kind.OTHER
    )
    if kind is Kind.OTHER:  # "Acme declined", "an anonymous poster posted", where the verb is unknown
        end = next((k + 1 for k in range(last - 2, first - 1, -1) if _heads(document, k)), None)
        if end is not None:
            inner = [n for n in names if n[1] <= end]
            if inner and inner[-1][1] == end:
                return _named(document, inner, high)
            return _described(document, first, end, inner, high)
    found = names[-1] if names else _affiliation(document, last, high) if high > last else None
    return Source(_span(document, first, last), _span(document, *found) if found else None, kind, first, last)


def _acronym(document: Document, index: int) -> tuple[int, int] | None:
    """The short form in brackets behind a name: "Acme Data Services (ADS)"."""
    words = document.words[index : index + 3]
    return (index + 1, index + 2) if len(words) == 3 and words[0] == "(" and words[2] == ")" and words[1].isupper() else None


def _affiliation(document: Document, first: int, high: int) -> tuple[int, int] | None:
    """The organisation that an apposition names: ", a director at Acme", ", Acme's president", ", a Acme analyst"."""
    lower = document.lower
    owner = None
    for start, end in name_runs(document, first, min(high, first + REACH)):
        before = lower[start - 1]
        if before in DETERMINERS and start - 2 >= first:
            before = lower[start - 2]
        if before in BINDING and before != "in" and (before != "on" or lower[first - 1] in DOCUMENTS):
            return start, end
        follows = lower[end] if end < high else ""
        if owner is None and (_is_possessive(document, end - 1) or follows in ROLES or follows in ORGANIZATIONS):
            owner = (start, end)
    return owner


def _head_of_apposition(document: Document, low: int, end: int) -> Source | None:
    """The head before commas that close at `end`: "In a post, [Jane Roe], the director of Acme, said"."""
    for comma in range(low + 1, end):
        if document.words[comma] in ",(–—-" and _is_nominal(document, comma - 1):
            first = _phrase_start(document, comma - 1, low)
            if first > low and document.lower[first - 1] in STOPS and document.lower[first - 1] not in ("and", "but", "as", "that"):
                continue
            found = source(document, first, comma, end)
            if found and found.kind is Kind.ROLE:  # "Acme's attorney, [Jane Roe], said"
                return _person_at(document, comma + 1, end, found) or found
            if found and found.kind is not Kind.OTHER and found.kind is not Kind.DOCUMENT:
                return found
    return subject_from(document, low, end)


def _person_at(document: Document, first: int, high: int, role: Source) -> Source | None:
    """The person named at token `first`, as the bearer of the role before it."""
    for start, end in name_runs(document, first, min(first + 5, high)):
        if start == first and is_person(document, start, end):
            return Source(_span(document, start, end), role.affiliation, Kind.PERSON, start, end)
    return None


def _phrase_start(document: Document, index: int, low: int) -> int:
    """The first token of the noun phrase that ends with token `index`."""
    lower = document.lower
    while index - 1 >= low and lower[index] not in DETERMINERS and lower[index] not in PRONOUNS:
        if lower[index - 1] in DETERMINERS or _is_nominal(document, index - 1):
            index -= 1
        elif lower[index - 1] in BINDING and index - 2 >= low and _heads(document, index - 2):
            index -= 2
        else:
            break
    if index - 1 >= low and lower[index] in DETERMINERS and index - 2 >= low and lower[index - 1] in BINDING and _heads(document, index - 2):
        return _phrase_start(document, index - 2, low)
    return index


def _heads(document: Document, index: int) -> bool:
    """Whether a phrase with a preposition may hang on the token: "researchers [at ...]"."""
    word = document.lower[index]
    return word in ROLES or word in ORGANIZATIONS or word in DOCUMENTS or is_named(document, index)


def _is_nominal(document: Document, index: int) -> bool:
    """Whether the token may stand within a noun phrase."""
    word, lower = document.words[index], document.lower[index]
    if lower == "and":  # "chairman [and] founder"
        return index > 0 and document.lower[index - 1] in TITLES and index + 1 < len(document.lower) and document.lower[index + 1] in TITLES
    if word[0].isalnum():
        return lower not in STOPS and lower not in DAYS and not (lower in VERBS and word.islower() and lower not in DOCUMENTS)
    return word in "&’'/@" or word == "." and index > 0 and (len(document.words[index - 1]) == 1 or document.lower[index - 1] in ABBREVIATIONS)


def _is_pronoun(document: Document, index: int) -> bool:
    """Whether the token is a pronoun, and not the first letter of "I.R.S."."""
    if document.lower[index] not in PRONOUNS:
        return False
    return document.words[index] != "I" or document.words[index + 1 : index + 2] != (".",)


def ends_sentence(document: Document, index: int) -> bool:
    """Whether a sentence ends with the token; "Inc." and "U.S." end one only before a new line."""
    word = document.words[index]
    if word not in ".!?…":
        return False
    if index + 1 == len(document.words):
        return True
    following = document.words[index + 1]
    if document.tokens[index + 1].start == document.tokens[index].end:
        return following in "”\"’)'"
    if following[0].islower():
        return False
    if word != "." or index == 0:
        return True
    before = document.words[index - 1]
    if len(before) == 1 and before.isupper():
        return following in "“\"‘'«"  # "in Washington, D.C. “We are ..."
    return before.lower() not in TITLED


def is_named(document: Document, index: int) -> bool:
    """Whether the token may be part of a name."""
    return _is_capital(document.words[index]) and document.lower[index] not in STOPS and document.lower[index] not in DAYS


def _is_capital(word: str) -> bool:
    """Whether a word is written as a name: "Roe", "iCloud"; "Acme-owned" is an adjective."""
    if "-" in word and word.rpartition("-")[2].islower():
        return False
    return word[0].isupper() or (len(word) > 2 and word[1].isupper() and word[0].isalpha())


def _is_possessive(document: Document, index: int) -> bool:
    """Whether the token ends in a possessive: "Acme's", "Systems’"."""
    word = document.words[index]
    if word[-2:] in ("'s", "’s"):
        return True
    return index + 1 < len(document.words) and document.words[index + 1] in "’'" and document.tokens[index + 1].start == document.tokens[index].end


def _adjacent(document: Document, index: int) -> bool:
    return document.tokens[index].start - document.tokens[index - 1].end <= 1


def _within(names: list[tuple[int, int]], index: int) -> bool:
    return any(first <= index < last for first, last in names)


def _span(document: Document, first: int, last: int) -> Span:
    """The span of the tokens, without a possessive at their end."""
    word = document.words[last - 1]
    end = document.tokens[last - 1].end
    return Span(document.tokens[first].start, end - 2 if word[-2:] in ("'s", "’s") else end)


