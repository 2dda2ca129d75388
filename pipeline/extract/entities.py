"""Names that mean the same one: "Equifax Inc.", "Equifax"; "Immigration and Customs Enforcement", "ICE".

Only what the text itself shows joins two names: an acronym that it defines or spells, a short form held in a
longer name. Who the entity is to an incident is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.lexicon import words
from pipeline.extract.names import SUFFIXES, Name

ARTICLES = frozenset({"the", "of", "and", "for", "&", "de", "in", "on", "."})


@dataclass(frozen=True, slots=True)
class Entity:
    """One bearer of names: its mentions in order, and its fullest name."""

    name: str
    mentions: tuple[Name, ...]
    forms: tuple[str, ...]  # every way the text writes it, the fullest first


def find(document: Document, names: tuple[Name, ...]) -> tuple[Entity, ...]:
    """Entities in the order of their first mention."""
    groups: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        groups.setdefault(_key(document, name), []).append(name)
    groups.pop((), None)
    parent = _join(document, groups)
    joined: dict[tuple[str, ...], list[Name]] = {}
    for key, mentions in groups.items():
        joined.setdefault(_root(parent, key), []).extend(mentions)
    entities = [_entity(document, sorted(mentions)) for mentions in joined.values()]
    return tuple(sorted(entities, key=lambda e: e.mentions[0].span))


def _key(document: Document, name: Name) -> tuple[str, ...]:
    """The words that tell a name from another: lower case, without suffix and possessive."""
    kept = []
    for index in range(name.first, name.last):
        word = document.lower[index]
        if word[-2:] in ("'s", "’s"):
            word = word[:-2]
        if (word not in SUFFIXES or word == "group") and word not in (".", ","):
            kept.append(word)
    if len(kept) > 1 and kept[0] in ("u.s", "us", "uk", "u.k"):
        kept = kept[1:]
    return tuple(kept) or tuple(document.lower[name.first : name.last])


def _join(document: Document, groups: dict[tuple[str, ...], list[Name]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each key the key that it belongs to, where the text makes plain that they are one."""
    parent: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    by_initials: dict[str, tuple[str, ...]] = {}
    for key in groups:
        for word in key:
            by_word.setdefault(word, []).append(key)
        if len(key) > 1:
            for initials in _initials(key):
                by_initials.setdefault(initials, key)
    for key, mentions in groups.items():
        defined = _defined_by(document, mentions, groups)
        if defined is not None:
            parent[key] = defined
        elif len(key) == 1 and key[0] in by_initials and document.words[mentions[0].first].isupper():
            parent[key] = by_initials[key[0]]
        else:
            places = words("firms")
            longer = [k for k in by_word[key[0]] if len(k) > len(key) and _within(key, k) and places.get(" ".join(key)) != "place"]
            # "Hunt" is Troy Hunt; "Google" is not Google Docs where both are spoken of often
            if len(longer) == 1 or (longer and all(_within(k, longer[0]) or _within(longer[0], k) for k in longer)):
                target = longer[0]
                if key[0] == target[0] or key[-1] == target[-1]:
                    parent[key] = target
    return parent


def _root(parent: dict[tuple[str, ...], tuple[str, ...]], key: tuple[str, ...]) -> tuple[str, ...]:
    seen = {key}
    while key in parent and parent[key] not in seen:
        key = parent[key]
        seen.add(key)
    return key


def _initials(key: tuple[str, ...]) -> tuple[str, ...]:
    """What a name's acronyms may be: ("customs", "and", "border", "protection") gives "cbp" and "cabp"."""
    return "".join(w[0] for w in key if w not in ARTICLES), "".join(w[0] for w in key)


def _defined_by(document: Document, mentions: list[Name], groups: dict[tuple[str, ...], list[Name]]) -> tuple[str, ...] | None:
    """The name that stands right before this one in brackets: "Immigration and Customs Enforcement (ICE)"."""
    for name in mentions:
        at = name.first - 1
        if at < 1 or document.words[at] not in "([" or name.last >= len(document.words) or document.words[name.last] not in ")]":
            continue
        for key, others in groups.items():
            if len(key) < 2 and len(document.words[name.first]) > 1 and not re.match(document.lower[name.first][0], key[0]):
                continue
            if any(o.last == at or (o.last == at - 1 and document.words[o.last] in ".,") for o in others):
                initial = document.lower[name.first][0]
                if any(w[0] == initial for w in key):
                    return key
    return None


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _entity(document: Document, mentions: list[Name]) -> Entity:
    """The fullest form is the longest one that is no acronym; ties go to the first."""
    forms: dict[str, int] = {}
    for name in mentions:
        written = document.text[name.span.start : name.span.end]
        forms[written] = forms.get(written, 0) + 1
    plain = dict.fromkeys(_without_country(form) for form in forms)
    ranked = sorted([*plain], key=lambda f: (f.isupper() and " " not in f, -len(f)))
    return Entity(ranked[0], tuple(mentions), tuple(ranked))


def _without_country(form: str) -> str:
    """ "U.S. Immigration and Customs Enforcement" without the country before it; "U.S. Bank" as it is."""
    for country in ("U.S. ", "US ", "U.K. ", "UK "):
        if form.startswith(country) and form.count(" ") > 2:
            return form[len(country) :]
    return form
