"""Whom "she", "they", "the company" or a bare surname stands for: the mentions of a text, weighed by where they stand.

Only names outside quotations are looked at. Reading the clause that holds the pronoun does not belong here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from operator import mul

from pipeline.extract.speech.leanings import ANYONE, AUTHOR, GROUP, LETTER, ORGANIZATION, PERSON, Evidence
from pipeline.extract.speech.mentions import Mention, Mentions, Sort
from pipeline.extract.speech.sources import Kind, Source, source
from pipeline.extract.speech.speakers import subject_before
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.wording import (
    DOCUMENTS,
    MESSAGES,
    PERSONAL,
    STOPS,
    TITLES,
    VILLAINS,
    is_named,
    without_possessive,
)

# Roles that a name bears, if one near does: "the researcher"; and those that only one person in a house bears.
EXPERTS = frozenset({"researcher", "expert", "analyst", "professor", "engineer", "consultant", "scientist"})
SOLE = frozenset({"ceo", "president", "chairman", "director", "mayor", "superintendent", "founder"})
REACH = 240  # tokens of narrative in which an antecedent is looked for
WIDE = 1000  # the same for a person, and for whoever bears a role


class Antecedents:
    """The names outside the quotations of one document, in the stretches of tokens that `narrative` gives."""

    def __init__(self, document: Document, narrative: Iterable[tuple[int, int]]) -> None:
        self._document = document
        self._narrative = narrative

    def resolve(self, found: Source | None, previous: Source | None) -> Source | None:
        """The source by its fullest mention: the name that a pronoun, a surname or "the company" stands for."""
        if found is None or found is previous:
            return found
        word = self._document.lower[found.last - 1]
        if found.kind is Kind.PRONOUN:
            if word in PERSONAL:
                return self._person(found) or previous or found
            if word == "they":
                return self._group(found, previous) or previous or found
            return self._organization(found, previous) or previous or found
        if found.kind in (Kind.PERSON, Kind.NAME):
            return self._full(found)
        if found.kind is Kind.ORGANIZATION:
            return self._named(found, word, previous)
        if found.affiliation:
            named = self._bearer(word, found.first) if found.kind is Kind.ROLE and word in SOLE else None
            return named if named and named.kind is Kind.PERSON else found
        if bearer := self._bearer(word, found.first):
            return self._full(bearer)
        if word in EXPERTS and (person := self._person(found)) and person.kind is Kind.PERSON:
            return person
        owner = self._organization(found, previous)
        if owner and owner.kind is Kind.DOCUMENT:  # "the message" is the phishing email
            return owner
        return found._replace(affiliation=owner.speaker) if owner else found

    def anyone(self, before: int, previous: Source | None) -> Source | None:
        """Whoever is most likely to speak at token `before`, where no clause says who does."""
        return self._best(self._near(before), before, ANYONE, previous)

    def _named(self, found: Source, noun: str, previous: Source | None) -> Source:
        """The organisation that "the firm" stands for, by name."""
        if found.affiliation:
            return found._replace(speaker=found.affiliation)
        bearer = self._bearer(noun, found.first) if noun != "company" else None
        if bearer and bearer.affiliation:
            return bearer._replace(speaker=bearer.affiliation)
        return bearer or self._organization(found, previous) or found

    def _person(self, pronoun: Source) -> Source | None:
        """The person whom "he" or "she" stands for."""
        near = self._near(pronoun.first)
        known = [m for m in near if m.person or (m.says and m.last - m.first == 1 and m.sort is Sort.NAME)]
        if not any(m.person for m in known):
            known += [m for m in self._near(pronoun.first, WIDE) if m.person]
        return self._best(known or [m for m in self._mentions.all[:50] if m.person], pronoun, PERSON)

    def _organization(self, noun_phrase: Source, previous: Source | None) -> Source | None:
        """The organisation that "it" or "the company" stands for, or wrote "the report"; or the letter that it is."""
        before, noun = noun_phrase.first, self._document.lower[noun_phrase.last - 1]
        sorts = {Sort.NAME}
        if noun in MESSAGES:
            sorts = {Sort.NAME, Sort.MESSAGE, Sort.GROUP}
        elif noun == "it":
            sorts = {Sort.NAME, Sort.MESSAGE}
        near = [m for m in self._near(before) if m.person < 2 and m.sort in sorts]
        if not near:
            near = [m for m in self._mentions.all[:50] if m.person < 2 and m.sort in sorts]
        weights = LETTER if noun in MESSAGES else AUTHOR if noun in DOCUMENTS else ORGANIZATION
        return self._best(near, noun_phrase, weights, previous)

    def _group(self, pronoun: Source, previous: Source | None) -> Source | None:
        """The people or the organisation that "they" stands for."""
        near = [m for m in self._near(pronoun.first) if m.person < 2 and m.sort in (Sort.NAME, Sort.GROUP)]
        return self._best(near, pronoun, GROUP, previous)

    def _bearer(self, role: str, before: int) -> Source | None:
        """The source that bore a role before: "the researchers" -> "Acme researchers", "the mayor" -> "Jane Roe"."""
        document, lower = self._document, self._document.lower
        for m in reversed(self._near(before, WIDE)):
            if m.sort is not Sort.NAME:
                continue
            two, one = ("", "", *lower[max(0, m.first - 2) : m.first])[-2:]
            if one == role or (two == role and one in TITLES):  # "mayor Jane Roe"
                return self._source(m.first, m.last)
            apposed = document.words[max(0, m.first - 4) : m.first - 3] == (",",)  # "Jane Roe, a researcher at Acme"
            if two == role and one in ("from", "by", "at") and not apposed:  # "researchers at Acme"
                return source(document, m.first - 2, m.last, m.last)
            high = min(before - 1, m.last + 9)
            if role in lower[m.last : high]:
                at = lower.index(role, m.last, high)
                between = lower[m.last : at]
                if m.person and between[:1] == (",",) and "." not in between:  # "Jane Roe, the mayor"
                    return self._source(m.first, m.last)
                if not m.person and all(w[0].isalpha() and w not in STOPS for w in between):  # "Acme researchers"
                    return source(document, m.first, at + 1, at + 1)
        return None

    def _full(self, found: Source) -> Source:
        """The source by its fullest mention: "Roe" by "Jane Roe, director of Acme"."""
        person = self._mentions.persons.get(without_possessive(self._document.words[found.last - 1]))
        if person is None or (found.last - found.first > 1 and found.kind is not Kind.PERSON):
            return found
        fuller = self._source(person.first, person.last)
        if fuller is None:
            return found
        return fuller if fuller.affiliation else fuller._replace(affiliation=found.affiliation)

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._document, self._narrative)

    def _near(self, before: int, reach: int = REACH) -> list[Mention]:
        """The names within reach before the token, the nearest last."""
        floor = self._mentions.place(before) - reach
        high = low = bisect_left(self._mentions.firsts, before)
        while low > 0 and self._mentions.all[low - 1].place >= floor:
            low -= 1
        return self._mentions.all[low:high]

    def _best(
        self, candidates: list[Mention], asked: Source | int, weights: Evidence, previous: Source | None = None
    ) -> Source | None:
        """The candidate with the most evidence for the phrase asked for, or at a token; of equals the nearest."""
        document = self._document
        first, last = (asked, asked) if isinstance(asked, int) else (asked.first, asked.last)
        here = self._mentions.place(first)
        stems = document.stems[first:last]
        spoke = without_possessive(document.words[previous.last - 1]) if previous else ""
        best, most = None, 0.0
        for m in candidates:
            weight = sum(map(mul, weights, self._evidence(m, here, stems, spoke)))
            if best is None or weight >= most:
                best, most = m, weight
        if best is None:
            return None
        if best.sort is not Sort.NAME:
            return self._common(best)
        found = self._source(best.first, best.last)
        return self._full(found) if found and best.person else found

    def _evidence(self, m: Mention, here: int, asked: tuple[str, ...], spoke: str) -> Evidence:
        """What speaks for a mention as the antecedent of the stems asked for at place `here` of the narrative."""
        known = self._mentions.known[m.key]
        return Evidence(
            says=m.says,
            opens=m.opens,
            listens=m.listens,
            owns=m.owns,
            titled=m.key in self._document.title,
            often=min(5, known.mentions),
            person=m.person,
            nameless=not m.person,
            gender=(m.woman and "he" in asked) or (m.man and "she" in asked),
            thing=known.thing,
            employer=known.employs,
            medium=known.hears,
            speaks=min(3, known.says),
            group=m.sort is Sort.GROUP,
            villain=m.sort is Sort.GROUP and m.key in VILLAINS,
            bearer=m.sort is Sort.BEARER,
            message=m.sort is Sort.MESSAGE,
            before=bool(spoke) and m.key.endswith(spoke),
            noun=any(stem in asked for stem in self._document.stems[m.first : m.last]),
            far=abs(here - m.place) / 10,
        )

    def _common(self, m: Mention) -> Source | None:
        """The source that a common noun makes: "the Acme [researchers]", "a [phishing email]"."""
        if m.sort is Sort.MESSAGE:
            tokens = self._document.tokens
            span = Span(tokens[m.first].start, tokens[m.last - 1].end)
            return Source(span, None, Kind.DOCUMENT, m.first, m.last)
        found = subject_before(self._document, m.last, max(0, m.first - 6))
        if found is None or found.affiliation:
            return found
        behind = source(self._document, m.first, m.last, m.last + 8)  # "researchers at Acme found"
        if behind and behind.affiliation:
            return found._replace(affiliation=behind.affiliation)
        return self._bearer(m.key, m.first) or found

    def _source(self, first: int, last: int) -> Source | None:
        """The source that a mention makes, with the titles and names before it and the apposition behind it."""
        document = self._document
        low = first
        while low > 0 and first - low < 8 and (document.lower[low - 1] in TITLES or is_named(document, low - 1)):
            low -= 1
        return source(document, low, last, min(len(document.tokens), last + 40))
