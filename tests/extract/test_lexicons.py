"""The lexicons prove themselves: each entry's examples are found where they are marked, its counters are not."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import pytest

from pipeline.extract.text.document import STEMMER, parse
from pipeline.extract.text.lexicon import FOLDER, Hit, entries, phrases, phrases_of, spellings, words

LEXICONS = sorted(path.stem for path in FOLDER.glob("*.toml"))
# The lexicons of figures (units, currencies, qualifiers, labels) are proved in test_quantities.py, by whole figures.
PHRASES = ("data_types", "varieties")  # found as they stand
SINGLE = ("speech", "acts")  # looked up word by word
# Looked up token by token, as written or by stem.
BY_TOKEN = ("custody", "data_adjectives", "denials", "openers", "particles")
BY_STEM = ("cues", "predicates")


def proofs(names: tuple[str, ...], kind: str) -> list[object]:
    return [
        pytest.param(name, entry, text, id=f"{name} {entry['code'] or 'none'}: {text}")
        for name in names
        for entry in entries(name)
        for text in entry.get(kind, ())
    ]


def marked(text: str) -> tuple[str, int, int]:
    """The sentence without its brackets, and where they stood."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(("name", "entry", "text"), proofs(PHRASES, "examples"))
def test_phrases_find_examples_where_marked(name, entry, text):
    plain, start, end = marked(text)
    assert Hit(start, end, entry["code"]) in list(phrases(name).find(plain))


@pytest.mark.parametrize(("name", "entry", "text"), proofs(PHRASES, "counters"))
def test_phrases_find_no_counter(name, entry, text):
    assert entry["code"] not in {hit.code for hit in phrases(name).find(text)}


@pytest.mark.parametrize(("name", "entry", "text"), proofs(SINGLE, "examples"))
def test_words_are_those_marked(name, entry, text):
    plain, start, end = marked(text)
    assert plain[start:end].lower() in {phrase.lower() for phrase in phrases_of(entry)}


@pytest.mark.parametrize("name", LEXICONS)
def test_entries_have_a_code_and_words(name):
    for entry in entries(name):
        assert isinstance(entry["code"], str)
        assert list(phrases_of(entry)), entry["code"]
        assert bool(entry.get("modifiers")) == bool(entry.get("heads")), entry["code"]


@pytest.mark.parametrize("name", LEXICONS)
def test_files_hold_entries_alone(name):
    assert set(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))) == {"entry"}


@pytest.mark.parametrize("name", [*BY_TOKEN, *BY_STEM, "naming"])
def test_words_are_tokens(name):
    listed = [word for entry in entries(name) for word in phrases_of(entry)]
    assert [word for word in listed if parse(word).lower != (word,)] == []


@pytest.mark.parametrize("name", [*BY_TOKEN, *BY_STEM])
def test_words_stand_once_and_stems_in_one_entry(name):
    codes: dict[str, set[str]] = {}
    for entry in entries(name):
        for word in phrases_of(entry):
            codes.setdefault(STEMMER.stemWord(word) if name in BY_STEM else word, set()).add(entry["code"])
    listed = [word for entry in entries(name) for word in phrases_of(entry)]
    assert len(set(listed)) == len(listed)
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


def test_data_types_have_one_code_a_phrase():
    codes: dict[str, set[str]] = {}
    for entry in entries("data_types"):
        for phrase in phrases_of(entry):
            codes.setdefault(phrase, set()).add(entry["code"])
    assert {phrase: found for phrase, found in codes.items() if len(found) > 1} == {}


def test_data_types_list_no_phrase_twice_nor_one_that_is_built():
    listed = [word for entry in entries("data_types") for word in entry.get("words", ())]
    built = {phrase for entry in entries("data_types") for phrase in phrases_of({**entry, "words": ()})}
    assert len(set(listed)) == len(listed)
    assert built.isdisjoint(listed)


def test_phrases_of_builds_modifiers_with_heads():
    entry = {"words": ["iban"], "modifiers": ["bank", "giro"], "heads": ["number"]}
    assert list(phrases_of(entry)) == ["iban", "bank number", "giro number"]


@pytest.mark.parametrize("written", ["credit card", "Credit card", "Credit Card", "CREDIT CARD"])
def test_spellings_hold_what_news_writes(written):
    assert written in spellings("credit card")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("four million records", ["records"], id="a phrase that begins inside a word hides none"),
        pytest.param("stolen databases", ["databases"], id="nor one that ends inside a word"),
        pytest.param("email addresses", ["email addresses"], id="the longest of two"),
        pytest.param("renames and surnamed", [], id="word ends only"),
        pytest.param("2names", [], id="a digit is no word end"),
    ],
)
def test_phrases_are_whole_words(text, expected):
    assert [text[hit.start : hit.end] for hit in phrases("data_types").find(text)] == expected


def test_phrases_never_overlap():
    text = "stolen credit card numbers and bank account numbers, email addresses, names and passwords " * 20
    hits = list(phrases("data_types").find(text))
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_words_of_the_first_entry_win():
    assert words("particles")["not"] == "not"
