"""Names that mean the same one: "Equifax Inc.", "Equifax"; "Immigration and Customs Enforcement", "ICE".

Only what the text itself shows joins two names: an acronym that it defines or spells, a short form held in a
longer name. Who the entity is to an incident is decided elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.text.document import Document, Remembered
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.name_words import CLASSES, SUFFIXES
from pipeline.extract.text.names import Name
from pipeline.extract.text.wording import POSSESSIVE, QUOTES, without_possessive

Key = tuple[str, ...]  # the words that tell a name from another
Groups = dict[Key, list[Name]]

MANY = 50  # longer names that a short form is compared with; hardly an article has as many with one word in common
THINGS = CLASSES["thing"]
DATELINE = 16  # tokens that a dateline may have
DASHES = frozenset({"-", "–", "—", "--"})
SIDES = frozenset({"north", "south", "east", "west", "northern", "southern", "latin", "central"})  # "South Korean"
DOMAINS = frozenset({"com", "net", "org", "io"})  # ends of addresses
UNSPELLED = frozenset({"the", "of", "and", "for", "&", "de", "in", "on", "."})  # words that an acronym may leave out


@dataclass(frozen=True, slots=True)
class Entity:
    """One bearer of names: its mentions in order, and its fullest name."""

    name: str
    mentions: tuple[Name, ...]
    forms: tuple[str, ...]  # every way the text writes it, the fullest first
    sentences: tuple[int, ...]  # the indexes of the sentences that name it, in order

    def is_named_in(self, sentence: int) -> bool:
        """Whether the sentence with this index names it."""
        at = bisect_left(self.sentences, sentence)
        return at < len(self.sentences) and self.sentences[at] == sentence


# Countries that stand before the names of their agencies: "U.S. Customs and Border Protection".
COUNTRIES: tuple[Key, ...] = (("u", "s"), ("u", "k"), ("us",), ("uk",))


def known_as(name: str) -> str:
    """What the lexicon knows of a name, or its words tell: "agency", "police", "media", "place", ... or ""."""
    return KNOWN_AS[name]


def _known_as(name: str) -> str:
    low = name.lower()
    known = words("firms").get(low)
    if known or " " not in low:
        return known or ""
    parts = list(map(without_possessive, low.split()))
    if parts[-1] in CLASSES["of media"]:
        return "media"
    return "" if CLASSES["of police"].isdisjoint(parts) else "police"


KNOWN_AS = Remembered(_known_as)


def kind_of(entity: Entity) -> str:
    """What the first of an entity's names that tells it is known as; "" where none does."""
    return next(filter(None, map(known_as, entity.forms)), "")


def find(document: Document, names: tuple[Name, ...]) -> tuple[Entity, ...]:
    """Entities in the order of their first mention."""
    groups: Groups = {}
    keys: dict[Key, Key] = {}  # by the words of a name; most stand more than once
    below = dateline(document)
    for name in names:
        if name.last <= below and known_as(_as_written(document, name)) != "media":
            continue
        written = document.lower[name.first : name.last]
        if written not in keys:
            keys[written] = () if _is_thing(document, name, written) else _key(written)
        groups.setdefault(keys[written], []).append(name)
    groups.pop((), None)
    parent = _join(document, groups)
    joined: Groups = {}
    for key, mentions in groups.items():
        joined.setdefault(_root(parent, key), []).extend(mentions)
    ordered = map(sorted, joined.values())
    entities = [_entity(document, mentions) for mentions in ordered if not _is_coined(document, mentions)]
    return tuple(sorted(entities, key=lambda e: e.mentions[0].span))


def dateline(document: Document) -> int:
    """Index of the token behind the text's dateline, "TAMPA, Fla. (AP) -"; 0 where it has none."""
    opening = document.words[:DATELINE]
    if not opening or len(opening[0]) < 3 or not opening[0].isupper():
        return 0
    dash = next((at for at, word in enumerate(opening) if word in DASHES), 0)
    return dash + 1 if dash and not any(word.islower() for word in opening[:dash]) else 0


def _is_thing(document: Document, name: Name, written: Key) -> bool:
    """Whether a name, in lower case, is that of a law, a standard, a day, ...: of nobody whose data may get out."""
    if known_as(_as_written(document, name)) == "thing":
        return True
    *before, last = *written[:-1], without_possessive(written[-1])
    if not before:
        word = without_possessive(document.words[name.last - 1])
        plural = word[-1:] == "s" and len(word) > 2 and word[:-1].isupper()  # "CISOs"
        return plural or last in SUFFIXES
    if last in THINGS or before[0] == "operation" or SUFFIXES.union(".,").issuperset(written):
        return True
    return last in CLASSES["of a nation"] and before[-1] in SIDES


def _as_written(document: Document, name: Name) -> str:
    return document.text[name.span.start : name.span.end]


def _is_coined(document: Document, names: Sequence[Name]) -> bool:
    """Whether a name is one of malware or of an operation: "the Kronos trojan", but not "Acme's malware"."""
    first, lower = names[0], document.lower
    if known_as(_as_written(document, first)):
        return False
    if any(_word_before(document, name) in CLASSES["coined"] for name in names):
        return True
    owns = document.words[first.last - 1][-2:] in POSSESSIVE
    return not owns and first.last < len(lower) and lower[first.last] in CLASSES["malware"]


def _word_before(document: Document, name: Name) -> str:
    """The word before a name, marks of quotation aside; "" at the beginning."""
    at = name.first - 1
    while at > 0 and document.words[at] in QUOTES:
        at -= 1
    return document.lower[at] if at >= 0 else ""


def _key(written: Key) -> Key:
    """The words that tell a name from another, of those in lower case: without suffix and possessive."""
    kept = []
    for word in written:
        word = without_possessive(word)
        if (word not in SUFFIXES or word == "group") and word not in (".", ","):
            kept.append(word)
    for country in COUNTRIES:
        if len(kept) > len(country) and tuple(kept[: len(country)]) == country:
            kept = kept[len(country) :]
    return tuple(kept) or written


def _join(document: Document, groups: Groups) -> dict[Key, Key]:
    """For each key the key that it belongs to, where the text makes plain that they are one."""
    parent: dict[Key, Key] = {}
    by_word: dict[str, list[Key]] = {}
    by_initials: dict[str, Key] = {}
    by_letters: dict[str, Key] = {}
    by_end = {name.last: key for key, mentions in groups.items() for name in mentions}
    for key in groups:
        written = by_letters.setdefault(_letters(key), key)
        if written is not key:  # "AlderMatch.com" is Alder Match
            parent[key] = written
        if len(key) > 1:
            for word in key:
                by_word.setdefault(word, []).append(key)
            for initials in _initials(key):
                by_initials.setdefault(initials, key)
    for key, mentions in groups.items():
        if key in parent:
            continue
        defined = _defined_by(document, mentions, by_end)
        if defined is not None:
            parent[key] = defined
        elif len(key) == 1 and key[0] in by_initials and document.words[mentions[0].first].isupper():
            parent[key] = by_initials[key[0]]
        elif (longer := _longer(key, by_word.get(key[0], ()))) is not None:
            parent[key] = longer
    return parent


def _longer(key: Key, others: Sequence[Key]) -> Key | None:
    """The longer name that a short form stands for: "Hunt" is Troy Hunt; None where it may stand for several."""
    longer = [other for other in others[:MANY] if len(other) > len(key) and _within(key, other)]
    if not longer or key in COUNTRIES or words("firms").get(" ".join(key)) == "place":
        return None
    if (*key, "group") in longer:  # "Acme" is Acme Group whatever else it is in
        return *key, "group"
    target = longer[0]
    # "Google" is not Google Docs where both Google Docs and Google Play are spoken of
    if not all(_within(other, target) or _within(target, other) for other in longer[1:]):
        return None
    return target if key[0] == target[0] or key[-1] == target[-1] else None


def _root(parent: dict[Key, Key], key: Key) -> Key:
    seen = {key}
    while key in parent and parent[key] not in seen:
        key = parent[key]
        seen.add(key)
    return key


def _letters(key: Key) -> str:
    """The letters of a name without the end of its address."""
    return "".join(key[:-1] if len(key) > 1 and key[-1] in DOMAINS else key)


def _initials(key: Key) -> Key:
    """What a name's acronyms may be: ("customs", "and", "border", "protection") gives "cbp" and "cabp"."""
    return "".join(w[0] for w in key if w not in UNSPELLED), "".join(w[0] for w in key)


def _defined_by(document: Document, mentions: list[Name], by_end: dict[int, Key]) -> Key | None:
    """The name that stands right before this one in brackets: "Immigration and Customs Enforcement (ICE)"."""
    words_ = document.words
    for name in mentions:
        at = name.first - 1
        if at < 1 or words_[at] not in "([" or name.last >= len(words_) or words_[name.last] not in ")]":
            continue
        key = by_end.get(at) or (by_end.get(at - 1) if words_[at - 1] in ".," else None)
        if key is None:
            continue
        initial = document.lower[name.first][0]
        if len(key) < 2 and len(words_[name.first]) > 1 and key[0][0] != initial:
            continue
        if any(word[0] == initial for word in key):
            return key
    return None


def _within(short: Key, long: Key) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _entity(document: Document, mentions: list[Name]) -> Entity:
    """The fullest form is the longest one that is no acronym; ties go to the first."""
    forms = dict.fromkeys(_without_country(_as_written(document, name)) for name in mentions)
    ranked = sorted(forms, key=lambda f: (f.isupper() and " " not in f, -len(f)))
    sentences = dict.fromkeys(document.sentence_index(name.span.start) for name in mentions)
    return Entity(ranked[0], tuple(mentions), tuple(ranked), tuple(sentences))


def _without_country(form: str) -> str:
    """ "U.S. Immigration and Customs Enforcement" without the country before it; "U.S. Bank" as it is."""
    for country in ("U.S. ", "US ", "U.K. ", "UK "):
        if form.startswith(country) and form.count(" ") > 2:
            return form[len(country) :]
    return form
