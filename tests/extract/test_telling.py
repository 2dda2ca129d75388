"""Signs beside a number and in its sentence, and the words that bound whether it tells of an incident."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.days import dates
from pipeline.extract.meaning import measures, signs, telling
from pipeline.extract.meaning.phrasing import phrasing
from pipeline.extract.meaning.tally import Around, Tally, family
from pipeline.extract.numbers import numerals, quantities
from pipeline.extract.text.document import Document, parse

NOTHING = Around(0.9, {}, {}, {})


def _counted(text: str, quote: str) -> tuple[Document, Tally, int]:
    document = parse(text, date(2023, 5, 4))
    numbers = numerals.find(document)
    found = quantities.find(document, numbers, [mention.span for mention in dates.find(document, numbers)])
    (at,) = [i for i, q in enumerate(found) if text[q.span.start : q.span.end].startswith(quote)]
    return document, Tally.of(document, found), at


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        pytest.param("Hackers stole 6,200 files.", "6,200", {"left take": 20, "left attack": 19}, id="left"),
        pytest.param("6,200 files were stolen.", "6,200", {"right take": 19, "auxiliary behind": 1}, id="right"),
        pytest.param(
            "Hackers came, but 6,200 files are safe.", "6,200", {"left attack": 7, "right deny": 19}, id="clause"
        ),
        pytest.param("It closed its 300 stores.", "300", {"possessed": 1, "unit organization": 1}, id="possessed"),
        pytest.param("Of 10,000 patients it told 300 patients.", "10,000", {"of": 1, "largest": 1}, id="largest"),
        pytest.param("It told 300 patients. Some 300 patients fell ill.", "Some 300", {"again": 1}, id="again"),
    ],
)
def test_signs_beside(text: str, quote: str, expected: dict[str, float]) -> None:
    found = signs.beside(*_counted(text, quote))
    assert {name: found[name] for name in expected} == expected


def test_signs_throughout_look_at_sentence_and_article() -> None:
    text = "The breach began in 2021. It exposed 6,200 files."
    known = Around(0.9, {0: 0.9}, {1: 0.3}, {})
    found = signs.throughout(*_counted(text, "6,200"), known)
    expected = {"exposed far": 1, "exposed before": 0.9, "main here": 0.3, "main far": 20, "sentence": 1, "place": 0.5}
    assert {name: found[name] for name in expected} == expected
    assert "year" not in found


def test_signs_of_tone() -> None:
    found = signs.throughout(*_counted("In 2020 this breach hit 40 firms.", "40"), NOTHING)
    assert (found["years ago"], found["certain incident"], found["past"]) == (3, 1, 0)
    assert "some incident" not in found


@pytest.mark.parametrize(
    ("text", "quote", "bounds"),
    [
        pytest.param("The gang demanded $75,000 in bitcoin.", "$75,000", (0.7, 1.0), id="demanded"),
        pytest.param("The firm earned $75,000 last week.", "$75,000", (0.0, 1.0), id="earned"),
        pytest.param("It offers one year of credit monitoring.", "one year", (0.7, 1.0), id="monitoring"),
        pytest.param("A breach costs $7 million on average.", "$7 million", (0.0, 0.3), id="average"),
        pytest.param("The law requires notice within 30 days.", "within 30", (0.0, 0.3), id="law"),
        pytest.param("A vote is held every five years.", "five", (0.0, 0.3), id="every"),
        pytest.param("It serves tea in its 640 stores.", "640", (0.0, 0.3), id="own"),
        pytest.param(
            "Malware infected tills and exposed cards in its 640 stores.", "640", (0.0, 1.0), id="own-exposed"
        ),
        pytest.param("It shut on Monday. That breach hit 300 people.", "300", (0.9, 1.0), id="goes-on"),
    ],
)
def test_telling_is_bounded_by_plain_words(text: str, quote: str, bounds: tuple[float, float]) -> None:
    counted = _counted(text, quote)
    told = telling.tells(*counted, NOTHING, phrasing(*counted))
    assert bounds[0] - 1e-9 <= told <= bounds[1] + 1e-9


def test_measure_evidence_joins_the_form_with_the_unit() -> None:
    document, tally, at = _counted("Thieves stole 6,200 files.", "6,200")
    evidence = measures.measure_evidence(tally, at, phrasing(document, tally, at))
    assert ("left", "stole") in evidence
    assert ("unit form", "record largest") in evidence
    assert ("form", "small") not in evidence


def test_family_of_units() -> None:
    _, tally, _ = _counted("It paid 5 bitcoin after 3 weeks to 2 men.", "5")
    assert [family(q) for q in tally.quantities] == ["money", "time", "person"]


def test_measures_agree_on_a_sum_in_two_currencies() -> None:
    document, tally, _ = _counted("They want 5 bitcoin (about $120,000) for it. Tea cost $3.", "5")
    found = measures.measured(document, tally.quantities, NOTHING)
    assert [document.text[q.span.start : q.span.end] for q in tally.quantities] == ["5 bitcoin", "about $120,000", "$3"]
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(
    ("text", "quote", "measure"),
    [
        pytest.param("Guests were hit by a three-month cyber attack.", "three", "exposure_duration", id="attack"),
        pytest.param("The files were open for three months.", "three", "exposure_duration", id="open"),
        pytest.param("He was fined $5,000 for the leak.", "$5,000", "penalty", id="fined"),
        pytest.param("They took 9GB of mail.", "9GB", "volume_exposed", id="bytes"),
        pytest.param("Some 12% of users are affected.", "Some 12%", "share", id="share"),
        pytest.param("It offers three months of monitoring.", "three", "", id="offered"),
        pytest.param("They sold clips of up to 20 minutes.", "up to", "", id="up-to"),
        pytest.param("It paid a ransom of $5,000 to avoid fines.", "$5,000", "", id="ransom"),
    ],
)
def test_measures_that_words_make_plain(text: str, quote: str, measure: str) -> None:
    assert measures.ruled(*_counted(text, quote)) == measure
