"""The two seed texts, through every stage to the published file: what a careful reader finds in them is there."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.publish import Run
from pipeline.settings import Settings
from pipeline.stages import publish_all, read_new, resolve_all, take_in

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
Ask = Callable[..., list[tuple[Any, ...]]]
# All of those whom Homeland Security gave away, or a part of those whom ICE did: readers differ.
CUBANS = "people_affected|people_subset"
ICE, DHS = "Immigration and Customs Enforcement", "Department of Homeland Security"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The published warehouse of the seeds, to be asked."""
    settings = Settings(articles=str(SEEDS), warehouse=str(tmp_path_factory.mktemp("seeds")))
    take_in(settings, AT, lambda done: None)
    read_new(settings, AT, lambda done, total: None)
    resolve_all(settings, AT, "run")
    publish_all(settings, Run("run", AT, "breach-ledger", "1"), lambda: AT)

    def asked(query: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(settings.published, read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    return asked


README = (SEEDS.parent / "README.md").read_text("utf-8")
QUESTIONS = re.findall(r"```sql\n(.+?);\n```\n```\n(.+?)\n```", README, re.DOTALL)


@pytest.mark.parametrize(("query", "answer"), QUESTIONS)
def test_seeds_answer_the_questions_of_the_readme(ask: Ask, query: str, answer: str) -> None:
    """Every value that the README shows is what the question gives, but for where lines break."""
    shown = re.sub(r"\s+", "", answer)
    for row in ask(query):
        for value in row:
            for word in str("NULL" if value is None else value).split():
                assert word.removesuffix(".0") in shown


def test_seeds_the_readme_asks_five_questions() -> None:
    assert len(QUESTIONS) == 5


def test_seeds_two_articles_and_no_reject(ask: Ask) -> None:
    assert ask("SELECT source_uri, reports_incident, language FROM articles ORDER BY 1") == [
        ("000_0deb03519cf382ab.txt", True, "en"),
        ("002_3b21ac3abde230b1.txt", True, "en"),
    ]
    assert ask("SELECT * FROM rejects") == []
    assert ask("SELECT * FROM v_provenance") == []


def test_seeds_one_incident_at_ice(ask: Ask) -> None:
    ((*told, data_types, articles),) = ask(
        "SELECT occurred_from, occurred_to, action, action_variety, actor, people_affected, data_types, article_count "
        "FROM incidents WHERE organization = ?",
        ICE,
    )
    assert told == [date(2022, 11, 28), date(2022, 11, 28), "error", "Publishing error", "internal", 6200]
    assert set(data_types) == {"name", "date_of_birth", "location", "personal_unspecified"}
    assert articles == 2


def test_seeds_a_second_incident_at_homeland_security(ask: Ask) -> None:
    ((first, last, people, low, high, articles),) = ask(
        "SELECT occurred_from, occurred_to, people_affected, people_affected_low, people_affected_high, article_count "
        "FROM incidents WHERE organization = ?",
        DHS,
    )
    assert (first, last) == (date(2022, 12, 1), date(2022, 12, 31))
    assert (people, low, high) == (100, 100, 110)
    assert articles == 2


def test_seeds_no_other_incident(ask: Ask) -> None:
    assert ask("SELECT count(*) FROM incidents") == [(2,)]
    assert ask("SELECT organization, is_main FROM incident_articles JOIN incidents USING (incident_id) ORDER BY 1") == [
        (DHS, False),
        (DHS, False),
        (ICE, True),
        (ICE, True),
    ]


@pytest.mark.parametrize(
    ("quote", "measure", "value", "low", "high", "organization"),
    [
        pytest.param("6,200 immigrants", "people_affected", 6200, 6200, 6200, ICE, id="6,200"),
        pytest.param("nearly 3,000 detained immigrants", "people_responded", 3000, 2700, 3000, ICE, id="nearly 3,000"),
        pytest.param(
            "approximately 3,000 illegal migrants", "people_responded", 3000, 2700, 3300, ICE, id="approximately 3,000"
        ),
        pytest.param("2,900 ‘impacted noncitizens’", "people_responded", 2900, 2900, 2900, ICE, id="2,900"),
        pytest.param("an additional 2,200", "people_responded", 2200, 2200, 2200, ICE, id="2,200"),
        pytest.param("5,100", "people_subset", 5100, 5100, 5100, ICE, id="5,100"),
        pytest.param("another 1,000", "people_subset", 1000, 1000, 1000, ICE, id="1,000"),
        pytest.param("approximately five hours", "exposure_duration", 5, 4.5, 5.5, ICE, id="five hours"),
        pytest.param("thousands of immigrants", "people_affected", None, 2000, None, ICE, id="thousands"),
        pytest.param("more than 100 immigrants", "people_subset", 100, 100, None, ICE, id="more than 100 deported"),
        pytest.param("more than 100 Cubans", CUBANS, 100, 100, None, DHS, id="more than 100 Cubans"),
        pytest.param("just over 100 Cubans", CUBANS, 100, 100, 110, DHS, id="just over 100 Cubans"),
        pytest.param("over 2 million illegal border crossings", "background", 2e6, 2e6, None, None, id="2 million"),
    ],
)
def test_seeds_figures(
    ask: Ask,
    quote: str,
    measure: str,
    value: float | None,
    low: float | None,
    high: float | None,
    organization: str | None,
) -> None:
    rows = ask("SELECT measure, value, value_low, value_high, organization FROM v_figures WHERE quote = ?", quote)
    assert {row[1:] for row in rows} == {(value, low, high, organization)}
    assert {row[0] for row in rows} <= set(measure.split("|"))


def test_seeds_sums_that_add_up_and_that_do_not(ask: Ask) -> None:
    sums = ask("SELECT status, explanation FROM reconciliations WHERE status IN ('adds_up', 'does_not_add_up')")
    assert [status for status, _ in sums].count("adds_up") == 1
    (adds_up,) = (words for status, words in sums if status == "adds_up")
    assert all(number in adds_up for number in ("2,900", "2,200", "5,100"))
    (off,) = (words for status, words in sums if status == "does_not_add_up")
    assert all(number in off for number in ("5,100", "1,000", "6,200", "100"))


def test_seeds_what_the_articles_say_of_one_quantity_agrees(ask: Ask) -> None:
    rows = ask(
        "SELECT organization, measure, status FROM reconciliations JOIN incidents USING (incident_id) "
        "WHERE figure_count > 1 AND status NOT IN ('adds_up', 'does_not_add_up')"
    )
    assert (ICE, "people_responded", "compatible") in rows
    assert {status for organization, _, status in rows if organization == DHS} <= {"compatible", "corroborated"}
    assert DHS in {organization for organization, _, _ in rows}


@pytest.mark.parametrize(
    ("quote", "kind", "first", "last"),
    [
        pytest.param("Nov. 28", "occurred", date(2022, 11, 28), date(2022, 11, 28), id="Nov. 28"),
        pytest.param("Nov. 19", "data_as_of", date(2022, 11, 19), date(2022, 11, 19), id="Nov. 19"),
        pytest.param("last year", None, date(2022, 1, 1), date(2022, 12, 31), id="last year"),
        pytest.param("Thursday", None, None, None, id="Thursday"),
    ],
)
def test_seeds_events(ask: Ask, quote: str, kind: str | None, first: date | None, last: date | None) -> None:
    ((told, begins, ends),) = ask("SELECT kind, date_from, date_to FROM events WHERE quote = ?", quote)
    assert (begins, ends) == (first, last)
    assert kind is None or told == kind


@pytest.mark.parametrize(
    ("begins", "speaker"),
    [
        pytest.param("Though unintentional, this release", ICE, id="the agency, they said"),
        pytest.param("ICE is notifying noncitizens", ICE, id="the agency said"),
        pytest.param("a long prison sentence", "Ramon Saul Sanchez", id="Sanchez"),
        pytest.param("We believe that ICE’s failure", "Norma Torres", id="the letter"),
        pytest.param("U.S. Immigration and Customs", "spokesperson", id="an ICE spokesperson"),
    ],
)
def test_seeds_statements(ask: Ask, begins: str, speaker: str) -> None:
    ((told, affiliation),) = ask(
        "SELECT speaker, speaker_affiliation FROM statements WHERE starts_with(quote, ?)", begins
    )
    accepted = {ICE: ("agency", "ice", ICE.lower()), "Norma Torres": ("norma torres", "letter")}
    assert any(name in f"{told} {affiliation}".lower() for name in accepted.get(speaker, (speaker.lower(),)))


@pytest.mark.parametrize(
    "action",
    ["notified", "investigated", "released_people", "removed_data", "retrieved_data", "halted", "regulated"],
)
def test_seeds_responses(ask: Ask, action: str) -> None:
    assert ask(
        "SELECT count(*) > 0 FROM responses r JOIN incidents USING (incident_id) "
        "WHERE r.action = ? AND organization = ?",
        action,
        ICE,
    ) == [(True,)]
