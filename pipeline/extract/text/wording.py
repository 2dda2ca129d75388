"""What kind of word a token is where somebody speaks: a verb of saying, a role, part of a name, the end of a sentence.

The words are those of `lexicons/speech.toml`; closed classes stand here. Phrases of several words other than names
do not belong here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from unicodedata import combining, normalize

from pipeline.extract.text.document import Document, Remembered
from pipeline.extract.text.lexicon import classes

SPEECH = classes("speech")
VERBS = SPEECH["verb"]
NOUN_OR_VERB = SPEECH["noun or verb"]
ADVERBS = SPEECH["adverb"]
ROLES = SPEECH["role"]
TITLES = ROLES | SPEECH["honorific"]
ORGANIZATIONS = SPEECH["organization"]
DOCUMENTS = SPEECH["document"]
SPEAKING_NOUNS = ROLES | ORGANIZATIONS | DOCUMENTS
INSTITUTIONS = SPEECH["institution"]
VILLAINS = SPEECH["villain"]
GROUPS = SPEECH["group"] | VILLAINS
THINGS = SPEECH["thing"]
MESSAGES = SPEECH["message"]
DECEIT = SPEECH["deceit"]
NAMING = SPEECH["naming"]
PARTS = SPEECH["part"]
MUTE = SPEECH["mute"]
WOMEN = SPEECH["given female"]
GIVEN = SPEECH["given"] | WOMEN

PERSONAL = frozenset({"he", "she", "i"})
PRONOUNS = PERSONAL | {"they", "it", "we", "who"}
DETERMINERS = SPEECH["determiner"]
# Prepositions that bind a phrase to the noun before it: "a spokesman for Acme", "researchers at Acme".
BINDING = frozenset({"of", "for", "at", "from", "with", "behind", "in", "on", "by"})
STOPS = PRONOUNS | BINDING | SPEECH["stop"]
DAYS = SPEECH["day"]
NOT_NAMES = STOPS | DETERMINERS | DAYS | SPEECH["opener"]
NOT_NOUNS = STOPS | DAYS
BEFORE_VERBS = PRONOUNS | SPEAKING_NOUNS | ADVERBS | {"and", "but"}  # make a verb of a word that may be a noun
INSIDE_NAMES = SPEECH["inside"]
ABBREVIATIONS = SPEECH["abbreviation"]
BEFORE_NAMES = ABBREVIATIONS - {"inc", "corp", "ltd", "co", "no"}  # "Mr. Roe": no sentence ends here
PLACES = frozenset({"us", "uk", "dc", "eu"})  # "U.S. officials": the name behind is another
STOP_SIGNS = frozenset({".", "!", "?", "…"})
POSSESSIVE = ("'s", "’s")
QUOTES = frozenset("‘’'“”\"")
ACRONYMS = frozenset({"IT", "US", "WHO"})  # pronouns in small letters, names in large ones


def name_runs(document: Document, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Token ranges of the capitalised names in [first, last); a possessive ends a name."""
    words, lower = document.words, document.lower
    end = first
    cased = document.cased
    for index in cased[bisect_left(cased, first) : bisect_left(cased, last)]:
        if index < end or not is_capital(words[index]):
            continue
        if lower[index] in NOT_NAMES and words[index] not in ACRONYMS and words[index : index + 2] != ("I", "."):
            continue
        end = index + 1
        while end < last and (step := _step(document, index, end, last)):
            end += step
        yield index, end


def _step(document: Document, first: int, end: int, last: int) -> int:
    """How many more tokens from `end` on belong to the name that begins at `first`."""
    word, low = document.words[end], document.lower[end]
    if word.islower() and low not in INSIDE_NAMES:
        return 0
    if is_possessive(document, end - 1):  # "Acme's Roe" are two names, "Children's Hospital" is one
        return int(word[0].isupper() and low in INSTITUTIONS)
    if word == ".":
        return int(_abbreviates(document, end))
    part = (word.isdigit() and len(word) < 4) or (is_capital(word) and (low not in NOT_NOUNS or word in ACRONYMS))
    if part and word[0].isalnum() and document.tokens[end].start - document.tokens[end - 1].end <= 1:
        return 1
    if low in INSIDE_NAMES and end + 1 < last and is_capital(document.words[end + 1]):
        apart = document.lower[end - 1] in ROLES or (end - first > 1 and is_given(document.words[first]))
        return 0 if apart else 2  # "Bank of Acme" is one name, "Jane Roe of Acme" are two
    return 0


def is_person(document: Document, first: int, last: int) -> bool:
    """Whether a name looks like a person's: two to four capitalised words, none of an organisation's kind."""
    if last - first < 2:
        return False
    parts = [k for k in range(first, last) if document.words[k] != "."]
    if not 2 <= len(parts) <= 4:
        return False
    for index in parts:
        word, low = document.words[index], document.lower[index]
        if low in INSTITUTIONS or low in TITLES or low in ("of", "&") or (len(word) > 2 and word.isupper()):
            return False
        if not is_capital(word) and low not in INSIDE_NAMES:
            return False
    return True


def person_part(document: Document, first: int, last: int) -> int:
    """Where the person's own name begins in a name that opens with titles: "Acme CEO [Jane Roe]"."""
    for index in range(last - 2, first - 1, -1):
        if document.lower[index] in TITLES:
            start = index + 1
            while start < last - 1 and document.words[start] == ".":
                start += 1
            return start
    return first


def is_given(word: str) -> bool:
    """Whether a word is a known first name, accents aside: "André", "Jean-Paul"."""
    return IS_GIVEN[word]


def _is_given(word: str) -> bool:
    low = word.lower().partition("-")[0]
    if not low.isascii():
        low = "".join(c for c in normalize("NFKD", low) if not combining(c))
    return low in GIVEN


IS_GIVEN = Remembered(_is_given)


def is_verb(document: Document, index: int) -> bool:
    """Whether the token is a verb of saying, and no noun: "a note", "the breach reports", "in writing" are none."""
    low = document.lower[index]
    if low not in VERBS or document.words[index][0].isupper():
        return False
    if index == 0:
        return True
    before, word = document.lower[index - 1], document.words[index - 1]
    if before in DETERMINERS or before in BINDING or before == "to":
        return False
    if low not in NOUN_OR_VERB or not word[0].isalnum() or is_capital(word):
        return True
    return before in BEFORE_VERBS or before.endswith("ly")


def is_nominal(document: Document, index: int) -> bool:
    """Whether the token may stand within a noun phrase."""
    word, low = document.words[index], document.lower[index]
    if low == "and":  # "chairman [and] founder"
        around = document.lower[index - 1 : index + 2 : 2] if index else ()
        return len(around) == 2 and all(w in TITLES for w in around)
    if word == "state":  # "a [state] official"
        return index + 1 < len(document.lower) and document.lower[index + 1] in SPEAKING_NOUNS
    if word in ACRONYMS:
        return True
    if word[0].isalnum():
        return low not in NOT_NOUNS and not (low in VERBS and word.islower() and low not in DOCUMENTS)
    if word == ".":
        return index > 0 and (len(document.words[index - 1]) == 1 or document.lower[index - 1] in ABBREVIATIONS)
    return word in ("&", "’", "'", "/", "@")


def is_pronoun(document: Document, index: int) -> bool:
    """Whether the token is a pronoun, and not the first letter of "I.R.S." or the acronym of "IT director"."""
    if document.lower[index] not in PRONOUNS or document.words[index] in ACRONYMS:
        return False
    return document.words[index : index + 2] != ("I", ".")


def is_stop(document: Document, index: int) -> bool:
    """Whether no noun phrase and no clause of a speaker begins with the token: "when", but "US" may."""
    low = document.lower[index]
    return low in STOPS and low not in PRONOUNS and document.words[index] not in ACRONYMS


def is_named(document: Document, index: int) -> bool:
    """Whether the token may be part of a name."""
    word = document.words[index]
    return word in ACRONYMS or (document.lower[index] not in NOT_NOUNS and is_capital(word))


def is_capital(word: str) -> bool:
    """Whether a word is written as a name: "Roe", "iCloud"; "Acme-owned" is an adjective."""
    if not word[0].isupper():
        return len(word) > 2 and word[1].isupper() and word[0].isalpha()
    return "-" not in word or not word.rpartition("-")[2].islower()


def is_possessive(document: Document, index: int) -> bool:
    """Whether the token ends in a possessive: "Acme's", "Systems’"."""
    words = document.words
    if words[index][-2:] in POSSESSIVE:
        return True
    if index + 1 == len(words) or words[index + 1] not in ("’", "'"):
        return False
    return document.tokens[index + 1].start == document.tokens[index].end


def without_possessive(word: str) -> str:
    """The word without its possessive: "Acme's" -> "Acme"."""
    return word[:-2] if word[-2:] in POSSESSIVE else word


def ends_sentence(document: Document, index: int) -> bool:
    """Whether a sentence ends with the token; the stop of "Mr." or "U.S." ends none before a name."""
    words = document.words
    word = words[index]
    if word not in STOP_SIGNS:
        return False
    if index + 1 == len(words):
        return True
    following = words[index + 1]
    if document.tokens[index + 1].start == document.tokens[index].end:
        return following in ("”", '"', "’", ")", "'")
    if following[0].islower():
        return False
    if word != "." or index == 0:
        return True
    if len(words[index - 1]) == 1 and words[index - 1].isupper():
        return following in ("“", '"', "‘", "'", "«")  # "in Washington, D.C. “We are ..."
    return document.lower[index - 1] not in BEFORE_NAMES


def _abbreviates(document: Document, index: int) -> bool:
    """Whether the stop belongs to the word before it, and that to a name: "J. Roe", not "U.S. officials"."""
    lower = document.lower
    if len(lower[index - 1]) > 1:
        return lower[index - 1] in ABBREVIATIONS
    return not (index > 2 and lower[index - 3] + lower[index - 1] in PLACES)
