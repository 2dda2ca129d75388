"""Data said to be exposed: which mentions are found, what governs them, and which of them count."""

from __future__ import annotations

import pytest

from pipeline.extract.custodians.entities import Entity, find
from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.data import clauses, exposure, kinds, mentions, predicates, sightings
from pipeline.extract.text import names
from pipeline.extract.text.document import Document, parse
from pipeline.extract.weighing import trees
from schemas.vocabulary import DataType


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.span.start : m.span.end], m.code) for m in mentions.find(parse(text))]


def said(text: str) -> list[tuple[str, str]]:
    """The data that an article exposes, its one incident taken as told."""
    document = parse(text)
    incident = Incident(None, True, 1.0, document.sentences[0])
    exposed = exposure.exposed(document, exposure.glance(document), (incident,), 0.95)
    assert all(0 <= one.span.start < one.span.end <= len(text) and one.incident == 0 for one in exposed)
    return [(text[one.span.start : one.span.end], one.data_type) for one in exposed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "They took hashed passwords and home addresses.",
            [("hashed passwords", "credential"), ("home addresses", "postal_address")],
            id="with adjectives",
        ),
        pytest.param(
            "It held personal and financial information.",
            [("personal", "personal_unspecified"), ("financial information", "financial")],
            id="a noun shared by two kinds",
        ),
        pytest.param(
            "Each row has an email address.", [("email address", "email")], id="an article hides no longer phrase"
        ),
        pytest.param("Two million records leaked.", [("records", "data?")], id="a phrase inside a word hides none"),
        pytest.param(
            "Dates of birth and SSNs were there.",
            [("Dates of birth", "date_of_birth"), ("SSNs", "government_id")],
            id="capitals",
        ),
        pytest.param("It bought a domain name after the data breach.", [], id="phrases that only look like data"),
        pytest.param("A video game and its login page.", [], id="compounds"),
        pytest.param(
            "Its password database and email inboxes.",
            [("password database", "credential"), ("email inboxes", "communication")],
            id="compounds are one",
        ),
        pytest.param("They list names.", [("names", "name")], id="a verb makes no compound"),
        pytest.param(
            "Personally identifiable information (PII) leaked.",
            [("Personally identifiable information", "personal_unspecified")],
            id="an abbreviation says it again",
        ),
        pytest.param(
            "Names (email addresses too) leaked.", [("Names", "name"), ("email addresses", "email")], id="in brackets"
        ),
        pytest.param("A high-profile leak.", [], id="half a word"),
        pytest.param(" names", [("names", "name")], id="behind a space alone"),
        pytest.param(
            "It held names, shoe sizes and email addresses.",
            [("names", "name"), ("shoe sizes", "other"), ("email addresses", "email")],
            id="an item that nothing names",
        ),
        pytest.param(
            "Names, home and business addresses leaked.",
            [("Names", "name"), ("home", "postal_address"), ("business addresses", "postal_address")],
            id="an item that shares its noun",
        ),
        pytest.param(
            "They took names, emails and their shirt sizes.",
            [("names", "name"), ("emails", "email?"), ("shirt sizes", "other")],
            id="the last item of a list",
        ),
        pytest.param("It has names, said Jo Day, and IBANs.", [("names", "name"), ("IBANs", "bank_account")], id="who"),
        pytest.param("It took names, emails and fled.", [("names", "name"), ("emails", "email?")], id="a verb ends it"),
        pytest.param("It held names and shirt sizes.", [("names", "name"), ("shirt sizes", "other")], id="a pair"),
        pytest.param("She saw the names and called us.", [("names", "name")], id="and did something"),
        pytest.param("All 640 locations and every Bigmart location.", [], id="shops"),
        pytest.param("Locations leaked.", [("Locations", "location")], id="places"),
        pytest.param("The name Cold Harvest, to name a few, came in an email.", [], id="a name, a verb, a letter"),
        pytest.param("It drained customers' bank accounts.", [], id="money"),
        pytest.param("Bank accounts leaked.", [("Bank accounts", "bank_account")], id="not money"),
        pytest.param("It sells personal data protection.", [], id="the first part of another noun"),
        pytest.param("A series of thefts hit CVS.", [], id="a row, and a chain"),
        pytest.param(
            "Its series and CVs leaked.", [("series", "media"), ("CVs", "employment")], id="a show, and lives"
        ),
        pytest.param("", [], id="empty"),
    ],
)
def test_mentions_find_nouns_for_data(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        pytest.param("The names, home addresses and dates of birth for 300 pupils leaked.", [3], id="one list"),
        pytest.param("Names were stolen. Passwords were not.", [1, 1], id="two sentences"),
        pytest.param("Names were taken, but passwords are safe.", [1, 1], id="a verb between"),
        pytest.param("The files, including names and emails, were public.", [3], id="including"),
    ],
)
def test_lists_hold_what_one_verb_governs(text, sizes):
    document = parse(text)
    assert [len(group) for group in mentions.lists(document, mentions.find(document))] == sizes


def stretch(text: str, words: str) -> tuple[Document, predicates.Classes, range, int, int]:
    """What finders of evidence are given of `words` in a text."""
    document = parse(text)
    start = text.index(words)
    inside = document.tokens_within(start, start + len(words))
    index = document.sentence_index(start)
    return document, predicates.Classes.of(document, [index]), document.inside[index], inside.start, inside.stop


def governed(text: str, words: str) -> set[tuple[str, str]]:
    document, classes, sentence, first, last = stretch(text, words)
    around = predicates.governing(document, classes, sentence, first, last)
    return {*around, *clauses.sentence(document, classes, sentence)}


@pytest.mark.parametrize(
    ("text", "words", "evidence"),
    [
        pytest.param("Hackers stole the names.", "names", ("g0 who", "take attacker"), id="object of a theft"),
        pytest.param("Hackers may have stolen names.", "names", ("sentence may", "True"), id="hedged"),
        pytest.param("They did not steal names.", "names", ("g0 stem", "steal not"), id="denied"),
        pytest.param("The names were not exposed.", "names", ("h0 stem", "expos not"), id="denied behind"),
        pytest.param("The names that were leaked are old.", "names", ("h0", "open"), id="relative clause"),
        pytest.param("The dump includes names.", "names", ("g0", "hold"), id="contents"),
        pytest.param("Change your passwords.", "passwords", ("sentence you", "True"), id="the reader"),
        pytest.param("Names.", "Names", ("g0", "none"), id="nothing before"),
        pytest.param("It leaked; names matter.", "names", ("g0", "none"), id="not beyond the clause"),
        pytest.param("Hackers stole names.", "names", ("g0 form", "take past"), id="told as past"),
        pytest.param("Hackers steal names.", "names", ("g0 form", "take base"), id="told as usual"),
        pytest.param("The names were leaked.", "names", ("tense", "True False"), id="a sentence in the past"),
        pytest.param("The names are safe with us.", "names", ("tense", "False True"), id="a sentence in the present"),
    ],
)
def test_governing_says_what_stands_around(text, words, evidence):
    assert evidence in governed(text, words)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("No names or addresses were taken.", "names or addresses", "no near -", id="no"),
        pytest.param("It did not include names.", "names", "not near hold", id="verb"),
        pytest.param("The names were not exposed.", "names", "behind open", id="behind"),
        pytest.param("It took no cards but names.", "names", "-", id="the clause turns"),
        pytest.param("Not only names were taken.", "names", "-", id="not only"),
        pytest.param("The names that were not encrypted leaked.", "names", "-", id="a relative clause"),
        pytest.param("It took names.", "names", "-", id="nothing denies"),
    ],
)
def test_denial_stays_in_its_clause(text, words, expected):
    assert clauses.denial(*stretch(text, words)) == expected


@pytest.mark.parametrize(
    ("text", "is_means"),
    [
        pytest.param("He logged in using an employee's stolen passwords.", True, id="using"),
        pytest.param("They got in via old passwords.", True, id="via"),
        pytest.param("They used a hole to steal passwords.", False, id="another tool"),
        pytest.param("They stole passwords.", False, id="no tool"),
        pytest.param("Passwords leaked.", False, id="nothing before"),
    ],
)
def test_clauses_know_what_was_a_tool(text, is_means):
    document = parse(text)
    first = document.tokens_within(*mentions.find(document)[0].span).start
    classes = predicates.Classes.of(document, [0])
    assert clauses.is_means(document, classes, document.inside[0], first) is is_means


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        pytest.param("They took 12,000 records.", "-", id="nobody's"),
        pytest.param("They took Northgate's records.", "name's", id="a name's"),
        pytest.param("They took the clinic's records.", "'s", id="somebody's"),
        pytest.param("They took their records.", "their", id="their"),
        pytest.param("records", "-", id="nothing before"),
    ],
)
def test_clauses_say_whose(text, owner):
    document, _, sentence, first, _ = stretch(text, "records")
    assert clauses.owner(document, sentence, first) == owner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Hackers stole the names, email addresses and hashed passwords of 6,200 patients of Northgate Clinic.",
            [
                ("names", DataType.NAME),
                ("email addresses", DataType.EMAIL),
                ("hashed passwords", DataType.CREDENTIAL),
            ],
            id="a list stolen",
        ),
        pytest.param(
            "Acme Bank left a database open. The exposed records included names, dates of birth and phone numbers.",
            [("names", DataType.NAME), ("dates of birth", DataType.DATE_OF_BIRTH), ("phone numbers", DataType.PHONE)],
            id="what the leak held",
        ),
        pytest.param(
            "Acme Bank was breached. Social Security numbers and bank account numbers may have been accessed.",
            [
                ("Social Security numbers", DataType.GOVERNMENT_ID),
                ("bank account numbers", DataType.BANK_ACCOUNT),
            ],
            id="hedged",
        ),
    ],
)
def test_exposed_holds_what_got_out(text, expected):
    assert set(expected) <= set(said(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Acme Bank was breached. No passwords were stolen.", "passwords", id="denied"),
        pytest.param("Acme Bank was breached. You should change your passwords now.", "passwords", id="advised"),
        pytest.param("Acme Bank was breached by a thief using stolen credentials.", "credentials", id="a tool"),
        pytest.param("Acme Bank was breached. It does not store credit card numbers.", "credit card", id="not held"),
        pytest.param("Acme Bank was breached. Read our tips for choosing a strong password.", "password", id="tips"),
    ],
)
def test_exposed_leaves_what_did_not(text, words):
    assert [one for one in said(text) if words in one[0]] == []


@pytest.mark.parametrize(
    ("text", "least"),
    [
        pytest.param("Hackers stole the information.", exposure.BARE, id="may mean any"),
        pytest.param("Hackers stole information including names.", exposure.TOLD, id="a list follows"),
        pytest.param("It told those whose information leaked.", exposure.TOLD, id="told before"),
        pytest.param("Hackers stole customer information.", exposure.TYPED, id="of whom"),
    ],
)
def test_exposed_asks_more_of_words_that_point_elsewhere(text, least):
    document = parse(text)
    (mention,) = [one for one in mentions.find(document) if "information" in text[one.span.start : one.span.end]]
    assert exposure._least(document, mention) == least


def test_exposed_needs_an_incident():
    document = parse("Hackers stole the names of patients.")
    assert exposure.exposed(document, exposure.glance(document), (), 0.95) == ()


def test_glance_gives_odds_to_every_mention():
    document = parse("Hackers stole names. Use a strong password. The data is safe.")
    seen = exposure.glance(document)
    assert [one.mention for one in seen] == list(mentions.find(document))
    assert all(0 < one.odds < 1 for one in seen)
    assert seen[0].odds > seen[1].odds


def test_second_look_is_at_those_wanted():
    document = parse("Hackers stole names. Use a strong password.")
    seen = exposure.glance(document)
    assert [one for one, _ in sightings.second_look(document, seen, 0.9)] == list(seen)
    ((one, features),) = sightings.second_look(document, seen, 0.9, wanted=[1])
    assert one is seen[1]
    assert features["ahead"] > 0 > features["first"]
    assert features["behind"] == sightings.NONE


def test_second_look_asks_who_is_named_beside():
    document = parse("Northgate Clinic lost names. Passwords are old.")
    entity: Entity = find(document, names.find(document))[0]
    role = Role(entity, {"main": 0.9, "recalled": 0.05, "attacker": 0.0, "none": 0.05})
    looked = [features for _, features in sightings.second_look(document, exposure.glance(document), 0.9, (role,))]
    assert [features["custodian"] for features in looked] == [0.9, 0.0]
    assert [features["custodian before"] for features in looked] == [0.0, 0.9]
    assert [features["recalled"] for features in looked] == [0.05, 0.0]


@pytest.mark.parametrize(
    ("text", "words", "evidence"),
    [
        pytest.param("The data of 300 customers leaked.", "data", ("persons behind", "data? of True"), id="of people"),
        pytest.param("The data of the plant leaked.", "data", ("persons behind", "data? of False"), id="of a plant"),
        pytest.param("Their data leaked.", "data", ("possessive", "True False"), id="possessive"),
        pytest.param("Data including names leaked.", "Data", ("next", "name"), id="what it includes"),
        pytest.param("Names leaked. The data is old.", "data", ("exposed before", "name"), id="what was told before"),
        pytest.param("Blueprints leaked. The data is old.", "data", ("share", "few"), id="how much is personal"),
        pytest.param("Blueprints leaked. The data is old.", "data", ("code top", "data? internal_document"), id="most"),
        pytest.param("The data is old.", "data", ("share", "none"), id="nothing else named"),
    ],
)
def test_kind_evidence_asks_whose_data(text, words, evidence):
    document = parse(text)
    every = mentions.find(document)
    named = kinds.Named.of(every, [0.9] * len(every))
    group = next(g for g in mentions.lists(document, every) if g[0].span.start == text.index(words))
    assert evidence in kinds.kind_evidence(document, named, group[0], group)


def test_kind_of_a_plain_noun_is_its_own():
    document = parse("Passwords leaked.")
    every = mentions.find(document)
    assert kinds.kind(document, kinds.Named.of(every, [0.9]), every[0], every)[0] is DataType.CREDENTIAL


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        pytest.param("Thieves took the data of 4 million customers.", True, id="of customers"),
        pytest.param("Thieves took records stolen from users.", True, id="from users"),
        pytest.param("Thieves took information belonging to guests.", True, id="belonging to guests"),
        pytest.param("Her details were posted.", True, id="hers"),
        pytest.param("Thieves took the customers' files.", True, id="the customers'"),
        pytest.param("Our data was taken.", False, id="ours may be the firm's"),
        pytest.param("Thieves took the data of the bank.", False, id="of a bank"),
        pytest.param("Thieves took data from a server that users know.", False, id="beyond the phrase"),
        pytest.param("Data", False, id="alone"),
    ],
)
def test_kind_is_personal_where_persons_own_the_data(text, is_plain):
    document = parse(text)
    every = mentions.find(document)
    found = kinds.kind(document, kinds.Named.of(every, [0.9] * len(every)), every[0], every[:1])
    assert (found == (DataType.PERSONAL_UNSPECIFIED, kinds.PLAIN)) is is_plain


def test_trees_climb_to_a_probability():
    assert 0 < trees.climb("exposed", {}) < 1
    assert trees.climb("exposed", {"first": 4.0}) > trees.climb("exposed", {"first": -4.0})


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("stolen data ", id="one list without end"),
        pytest.param("names, ", id="a list of one kind"),
        pytest.param("personal and financial data, ", id="shared nouns"),
        pytest.param("No names were stolen; ", id="clauses"),
        pytest.param("no names or ", id="a denial without end"),
    ],
)
def test_glance_bears_text_without_end(unit):
    document = parse(unit * 800)
    seen = exposure.glance(document)
    assert len(seen) >= 100
    assert sum(1 for _ in sightings.second_look(document, seen, 0.9)) == len(seen)
