"""What an incident was: action, variety, actor, occurrence, who noticed it, sector and country."""

from datetime import date

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.meaning.events import Event
from pipeline.extract.record import attributes
from pipeline.extract.record.acts import act, likeliest, sentences_about, tells_whole, varieties
from pipeline.extract.record.discovery import discovery
from pipeline.extract.record.occurrence import occurred
from pipeline.extract.record.profiles import country, places, sector
from pipeline.extract.text import names
from pipeline.extract.text.document import Document, parse
from pipeline.extract.text.findings import DateMention, Span
from pipeline.extract.text.lexicon import entries
from schemas.vocabulary import DiscoveryMethod, EventKind

NOTHING = parse("")


def incident(document: Document, custodian: str | None, *, is_main: bool = True) -> Incident:
    named = entities.find(document, names.find(document))
    entity = next((e for e in named if custodian in e.forms), None) if custodian else None
    assert custodian is None or entity is not None, f"no entity {custodian!r} among {[e.forms for e in named]}"
    return Incident(entity, is_main, 1.0, Span(0, 0))


@pytest.mark.parametrize(
    ("text", "title", "action", "actor"),
    [
        pytest.param(
            "Hackers broke into the servers of Northgate Clinic and stole the records of 6,200 patients. The attackers"
            " gained access to its network in May.",
            "Hackers steal patient records from Northgate Clinic",
            "hacking",
            "external",
            id="hacked",
        ),
        pytest.param(
            "Northgate Clinic left a database of patient records unsecured on the internet without a password. A"
            " researcher found the unprotected database, which was publicly accessible because of a"
            " misconfigured server.",
            "Unsecured database exposes patients of Northgate Clinic",
            "error",
            "internal",
            id="open database",
        ),
        pytest.param(
            "An employee of Northgate Clinic mistakenly emailed a spreadsheet with patients' names to the wrong"
            " recipient. The accidental email was sent in error.",
            "Clinic mistakenly emails patient list to wrong recipient",
            "error",
            "internal",
            id="mistaken mail",
        ),
        pytest.param(
            "Employees of Northgate Clinic fell for a phishing email from a scammer who was impersonating the chief"
            " executive, and sent the W-2 forms of all staff to the fraudsters.",
            "Phishing scam tricks clinic into sending W-2 forms",
            "social",
            "external",
            id="phished",
        ),
        pytest.param(
            "Malware on payment terminals at restaurants of the Oldtown Grill chain copied the cards of customers. The"
            " point-of-sale malware had infected its cash registers and captured card numbers.",
            "Card-stealing malware found on terminals of Oldtown Grill",
            "malware",
            "external",
            id="malware on terminals",
        ),
    ],
)
def test_acts_tells_how_it_happened(text: str, title: str, action: str, actor: str) -> None:
    document = parse(text)
    found = act(document, parse(title), varieties(document), incident(document, None), True)
    assert (found.action, found.actor) == (action, actor)


@pytest.mark.parametrize(
    ("actions", "actors", "wanted"),
    [
        ({"error": 0.6, "hacking": 0.4}, {"external": 0.5, "internal": 0.4}, ("error", "internal")),
        ({"error": 0.4, "hacking": 0.6}, {"external": 0.4, "internal": 0.5}, ("hacking", "external")),
        ({"error": 0.1, "hacking": 0.9}, {"external": 0.9, "internal": 0.1}, ("hacking", "external")),
    ],
    ids=["no outsider's mistake", "no insider's hack", "agreed"],
)
def test_acts_action_and_actor_fit_together(
    actions: dict[str, float], actors: dict[str, float], wanted: tuple[str, str]
) -> None:
    assert likeliest(actions, actors) == wanted


def test_acts_varieties_stand_in_their_sentences() -> None:
    document = parse("It was hit by ransomware. The list was inadvertently published.")
    assert [tuple(v) for v in varieties(document)] == [
        (0, "malware", "Ransomware"),
        (1, "error", "Publishing error"),
    ]


@pytest.mark.parametrize("name", ["varieties", "responses", "acts", "happenings", "finders", "sectors", "countries"])
def test_lexicon_has_each_word_once(name: str) -> None:
    words = [word for entry in entries(name) for word in entry["words"]]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("entry", entries("varieties"), ids=lambda entry: str(entry["code"]))
def test_acts_lexicon_proves_itself(entry: dict[str, list[str] | str]) -> None:
    for example in entry["examples"]:
        wanted = example[example.index("[") + 1 : example.index("]")]
        document = parse(example.replace("[", "").replace("]", ""))
        assert [f"{v.action}: {v.variety}" for v in varieties(document)] == [entry["code"]], wanted


def test_acts_recalled_incident_is_told_by_its_own_sentences() -> None:
    document = parse("Acme Bank was hacked. Nothing else is known. Borealis Airlines lost a laptop. It was found.")
    recalled = incident(document, "Borealis Airlines", is_main=False)
    assert sentences_about(document, recalled, tells_whole(recalled, 2)) == [2, 3]
    assert sentences_about(document, recalled, tells_whole(recalled, 1)) == [0, 1, 2, 3]


PUBLISHED = date(2019, 5, 20)


def event(text: str, quote: str, days: tuple[str, str] | None, **odds: float) -> Event:
    start = text.index(quote)
    first, last = (date.fromisoformat(d) for d in days) if days else (None, None)
    rule = "joined" if " to " in quote else "ago" if quote.endswith("after") else "calendar"
    mention = DateMention(Span(start, start + len(quote)), first, last, "day", rule)
    return Event(mention, EventKind(max(odds, key=lambda kind: odds[kind])), 0, {**odds})


@pytest.mark.parametrize(
    ("text", "dates", "wanted"),
    [
        pytest.param(
            "It was hacked in March and noticed on May 2.",
            [
                ("March", ("2019-03-01", "2019-03-31"), {"occurred": 0.8, "other": 0.2}),
                ("May 2", ("2019-05-02", "2019-05-02"), {"discovered": 0.9, "occurred": 0.1}),
            ],
            ("2019-03-01", "2019-03-31"),
            id="month of the hack, not the day of discovery",
        ),
        pytest.param(
            "It was hacked last year, the intruder said: in April 2018.",
            [
                ("last year", ("2018-01-01", "2018-12-31"), {"occurred": 0.9, "other": 0.1}),
                ("April 2018", ("2018-04-01", "2018-04-30"), {"occurred": 0.5, "other": 0.5}),
            ],
            ("2018-04-01", "2018-04-30"),
            id="the narrower within the longer",
        ),
        pytest.param(
            "The attack started on April 4. It ended on April 9.",
            [
                ("April 4", ("2019-04-04", "2019-04-04"), {"began": 0.8, "occurred": 0.1, "other": 0.1}),
                ("April 9", ("2019-04-09", "2019-04-09"), {"ended": 0.6, "other": 0.4}),
            ],
            ("2019-04-04", "2019-04-09"),
            id="from its beginning to its end",
        ),
        pytest.param(
            "They were inside from mid-April 2018 to the first week of February.",
            [
                ("mid-April 2018", ("2018-04-11", "2018-04-20"), {"occurred": 0.8, "other": 0.2}),
                ("first week of February", ("2019-02-01", "2019-02-07"), {"occurred": 0.3, "other": 0.7}),
            ],
            ("2018-04-11", "2019-02-07"),
            id="neighbours that tell one range",
        ),
        pytest.param(
            "It was hacked last month. Data were open from April 4 to May 9.",
            [
                ("last month", ("2019-04-01", "2019-04-30"), {"occurred": 0.8, "other": 0.2}),
                ("April 4 to May 9", ("2019-04-04", "2019-05-09"), {"occurred": 0.6, "other": 0.4}),
            ],
            ("2019-04-01", "2019-04-30"),
            id="a longer period is not more exact",
        ),
        pytest.param(
            "It was hacked last month. Mail was read from April 29 to May 2.",
            [
                ("last month", ("2019-04-01", "2019-04-30"), {"occurred": 0.8, "other": 0.2}),
                ("April 29 to May 2", ("2019-04-29", "2019-05-02"), {"occurred": 0.6, "other": 0.4}),
            ],
            ("2019-04-29", "2019-05-02"),
            id="a shorter period is",
        ),
        pytest.param(
            "The break-in happened earlier this month.",
            [("earlier this month", ("2019-05-01", "2019-05-31"), {"occurred": 0.9, "other": 0.1})],
            ("2019-05-01", "2019-05-20"),
            id="not beyond publication",
        ),
        pytest.param(
            "They gained access on May 2 and were locked out on May 9.",
            [
                ("May 2", ("2019-05-02", "2019-05-02"), {"occurred": 0.7, "other": 0.3}),
                ("May 9", ("2019-05-09", "2019-05-09"), {"ended": 0.8, "other": 0.2}),
            ],
            ("2019-05-02", "2019-05-09"),
            id="from an entry to its end",
        ),
        pytest.param(
            "They stole the file on May 2 and were locked out on May 9.",
            [
                ("May 2", ("2019-05-02", "2019-05-02"), {"occurred": 0.7, "other": 0.3}),
                ("May 9", ("2019-05-09", "2019-05-09"), {"ended": 0.8, "other": 0.2}),
            ],
            ("2019-05-02", "2019-05-02"),
            id="a theft does not last",
        ),
        pytest.param(
            "It began in March and was noticed on May 9.",
            [
                ("March", ("2019-03-01", "2019-03-31"), {"began": 0.8, "other": 0.2}),
                ("May 9", ("2019-05-09", "2019-05-09"), {"discovered": 0.8, "other": 0.2}),
            ],
            ("2019-03-01", "2019-05-09"),
            id="what had begun went on until it was found",
        ),
        pytest.param(
            "It was open as of March 2; it removed the file on May 9.",
            [
                ("March 2", ("2019-03-02", "2019-03-02"), {"occurred": 0.6, "other": 0.4}),
                ("May 9", ("2019-05-09", "2019-05-09"), {"responded": 0.5, "other": 0.5}),
            ],
            ("2019-03-02", "2019-05-09"),
            id="until it was put an end to",
        ),
        pytest.param(
            "The file has been open since March 2.",
            [("March 2", ("2019-03-02", "2019-03-02"), {"began": 0.8, "other": 0.2})],
            ("2019-03-02", "2019-05-20"),
            id="to this day",
        ),
        pytest.param(
            "The attack started on May 4 and lasted about 30 hours.",
            [("May 4", ("2019-05-04", "2019-05-04"), {"began": 0.8, "other": 0.2})],
            ("2019-05-04", "2019-05-05"),
            id="as long as it lasted",
        ),
        pytest.param(
            "It ended on May 4.",
            [("May 4", ("2019-05-04", "2019-05-04"), {"ended": 0.8, "occurred": 0.2})],
            None,
            id="an end alone fixes nothing",
        ),
        pytest.param(
            "It was hacked last week on Wednesday.",
            [
                ("last week", ("2019-05-13", "2019-05-19"), {"occurred": 0.9, "other": 0.1}),
                ("Wednesday", ("2019-05-15", "2019-05-15"), {"occurred": 0.8, "other": 0.2}),
            ],
            ("2019-05-15", "2019-05-15"),
            id="a day of the week told before",
        ),
        pytest.param(
            "Mail was read from April 29 to May 2. On May 2 it was seen.",
            [
                ("April 29 to May 2", ("2019-04-29", "2019-05-02"), {"occurred": 0.9, "other": 0.1}),
                ("May 2", ("2019-05-02", "2019-05-02"), {"occurred": 0.4, "other": 0.6}),
            ],
            ("2019-04-29", "2019-05-02"),
            id="a day within a period of days is no more exact",
        ),
        pytest.param(
            "Hackers read mail last month. The bank, whose 2015 breach hit many, was fined.",
            [
                ("last month", ("2019-04-01", "2019-04-30"), {"occurred": 0.6, "other": 0.4}),
                ("2015", ("2015-01-01", "2015-12-31"), {"occurred": 0.9, "other": 0.1}),
            ],
            ("2019-04-01", "2019-04-30"),
            id="the newest of several",
        ),
        pytest.param(
            "A similar breach hit it in 2018.",
            [("2018", ("2018-01-01", "2018-12-31"), {"occurred": 0.9, "other": 0.1})],
            None,
            id="another breach",
        ),
        pytest.param(
            "It noticed it on May 7, two days after the theft.",
            [
                ("May 7", ("2019-05-07", "2019-05-07"), {"discovered": 0.9, "other": 0.1}),
                ("two days after", ("2019-05-07", "2019-05-07"), {"discovered": 0.4, "other": 0.6}),
            ],
            ("2019-05-05", "2019-05-05"),
            id="counted back from the day of discovery",
        ),
        pytest.param(
            "It was hacked in 2013. The police had the files in May.",
            [
                ("2013", ("2013-01-01", "2013-12-31"), {"occurred": 0.95, "other": 0.05}),
                ("May", ("2019-05-01", "2019-05-31"), {"occurred": 0.4, "other": 0.6}),
            ],
            ("2013-01-01", "2013-12-31"),
            id="long ago, where nothing newer is as likely",
        ),
        pytest.param(
            "It blocked the intruder on May 9.",
            [("May 9", ("2019-05-09", "2019-05-09"), {"occurred": 0.5, "other": 0.5})],
            None,
            id="what put an end to it",
        ),
        pytest.param(
            "This is not the first time. It was hacked in 2018.",
            [("2018", ("2018-01-01", "2018-12-31"), {"occurred": 0.9, "other": 0.1})],
            None,
            id="not the first time",
        ),
        pytest.param(
            "The sale is planned for June.",
            [("June", ("2019-06-01", "2019-06-30"), {"occurred": 0.9, "other": 0.1})],
            None,
            id="none after publication",
        ),
        pytest.param(
            "It was discovered in March.",
            [("March", ("2019-03-01", "2019-03-31"), {"discovered": 0.8, "occurred": 0.2})],
            None,
            id="discovery fixes nothing",
        ),
        pytest.param(
            "That day it was hacked.", [("That day", None, {"occurred": 0.9, "other": 0.1})], None, id="no days"
        ),
    ],
)
def test_occurrence_is_the_range_that_the_text_fixes(
    text: str, dates: list[tuple[str, tuple[str, str] | None, dict[str, float]]], wanted: tuple[str, str] | None
) -> None:
    found = occurred(parse(text, PUBLISHED), [event(text, quote, days, **odds) for quote, days, odds in dates])
    assert (tuple(map(str, found)) if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Researchers discovered an open database of Acme Bank.", DiscoveryMethod.EXTERNAL),
        ("The leak was spotted by a customer of Acme Bank.", DiscoveryMethod.EXTERNAL),
        ("Acme Bank was alerted by the FBI.", DiscoveryMethod.EXTERNAL),
        ("Acme Bank detected the intrusion in May.", DiscoveryMethod.INTERNAL),
        ("The company noticed the intrusion at Acme Bank.", DiscoveryMethod.INTERNAL),
        ("Its vendor discovered the hole at Acme Bank.", DiscoveryMethod.PARTNER),
        ("Acme Bank learned of the theft from a journalist.", DiscoveryMethod.EXTERNAL),
        ("Acme Bank learned of it when it was contacted by a reporter.", DiscoveryMethod.EXTERNAL),
        ("A researcher, Bob Roe, found the open server of Acme Bank.", DiscoveryMethod.EXTERNAL),
        ("The FBI told Acme Bank that its data was for sale.", DiscoveryMethod.EXTERNAL),
        ("Researchers at Arbor University discovered the list of Acme Bank.", DiscoveryMethod.EXTERNAL),
        ("Security firm Redshield discovered the list of Acme Bank.", DiscoveryMethod.EXTERNAL),
        ("A vendor of Acme Bank discovered the leak.", DiscoveryMethod.PARTNER),
        ("The leak at Acme Bank was discovered by its hosting company.", DiscoveryMethod.PARTNER),
        ("Acme Bank found that clients were affected.", DiscoveryMethod.UNKNOWN),
        ("Acme Bank alerted the FBI.", DiscoveryMethod.UNKNOWN),
        ("Bob Roe told reporters that Acme Bank was hacked.", DiscoveryMethod.UNKNOWN),
        ("Acme Bank was hacked in May.", DiscoveryMethod.UNKNOWN),
        ("Acme Bank is not aware of any misuse.", DiscoveryMethod.UNKNOWN),
        ("The leak at Acme Bank was discovered on Monday.", DiscoveryMethod.UNKNOWN),
        ("Acme Bank sells intrusion detection systems.", DiscoveryMethod.UNKNOWN),
        ("A spokesman of the Data Board said it was aware of the leak at Acme Bank.", DiscoveryMethod.UNKNOWN),
    ],
)
def test_discovery_is_told_by_the_finder(text: str, method: DiscoveryMethod) -> None:
    document = parse(text)
    assert discovery(document, incident(document, "Acme Bank"), list(range(len(document.sentences)))) is method


@pytest.mark.parametrize(
    ("text", "custodian", "wanted"),
    [
        ("Hackers hit Acme Bank.", "Acme Bank", "52"),
        ("The hackers hit Northgate University Hospital on Monday.", "Northgate University Hospital", "62"),
        ("Hackers hit the Department of Education on Monday.", "Department of Education", "92"),
        ("Hackers hit the retailer Zanzo last week.", "Zanzo", "44"),
        ("Hackers hit Zanzo last week.", "Zanzo", None),
    ],
)
def test_profiles_sector_by_name_or_what_stands_beside(text: str, custodian: str, wanted: str | None) -> None:
    document = parse(text)
    assert sector(document, incident(document, custodian)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hackers hit the Canadian retailer Zanzo last week.", "CA"),
        ("Zanzo told us that it was hit last week.", None),
        ("Zanzo, with shops in Germany and France, was hit.", None),
    ],
)
def test_profiles_country_stands_beside_the_custodian(text: str, wanted: str | None) -> None:
    document = parse(text)
    assert country(document, places(document), incident(document, "Zanzo")) == wanted


def test_attributes_of_no_incident_are_none() -> None:
    assert attributes.describe(parse("Nothing happened."), NOTHING, (), (), (), (), ()) == ()


def _custodian(marked: str) -> tuple[Document, Incident]:
    """A sentence without its marks, and the incident of the marked custodian."""
    document = parse(marked.replace("[", "").replace("]", ""))
    return document, incident(document, marked[marked.index("[") + 1 : marked.index("]")])


def _proofs(name: str, kind: str) -> list[tuple[str, str]]:
    return [(entry["code"], text) for entry in entries(name) for text in entry.get(kind, ())]


@pytest.mark.parametrize(("code", "text"), _proofs("sectors", "examples"))
def test_profiles_sectors_lexicon_tells_its_examples(code: str, text: str) -> None:
    assert sector(*_custodian(text)) == code


@pytest.mark.parametrize(("code", "text"), _proofs("sectors", "counters"))
def test_profiles_sectors_lexicon_does_not_tell_its_counters(code: str, text: str) -> None:
    assert sector(*_custodian(text)) != code


@pytest.mark.parametrize(("code", "text"), _proofs("countries", "examples"))
def test_profiles_countries_lexicon_tells_its_examples(code: str, text: str) -> None:
    document, told = _custodian(text)
    assert country(document, places(document), told) == code


@pytest.mark.parametrize(("code", "text"), _proofs("countries", "counters"))
def test_profiles_countries_lexicon_does_not_tell_its_counters(code: str, text: str) -> None:
    document, told = _custodian(text)
    assert country(document, places(document), told) != code
