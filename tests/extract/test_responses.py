"""What was done about an incident: every phrase proves itself; denials and advice are none."""

from pathlib import Path

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.record import responses
from pipeline.extract.speech import statements
from pipeline.extract.text import names
from pipeline.extract.text.document import parse
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import entries

DOERS = entries("doers")
SEEDS = Path(__file__).parents[2] / "seeds"
ENTRIES = entries("responses")


def found(text: str) -> list[tuple[str, str]]:
    return [(text[r.span.start : r.span.end], str(r.action)) for r in responses.find(parse(text), (), (), ())]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["code"]))
def test_responses_lexicon_proves_itself(entry: dict[str, list[str] | str]) -> None:
    for example in entry["examples"]:
        wanted = example[example.index("[") + 1 : example.index("]")]
        assert (wanted, entry["code"]) in found(example.replace("[", "").replace("]", ""))
    for counter in entry.get("counters", ()):
        assert entry["code"] not in [action for _, action in found(counter)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The bank has not notified its clients.", id="denied"),
        pytest.param("Firms should reset passwords after a leak.", id="advised"),
        pytest.param("If you are a customer, change it.", id="condition"),
        pytest.param("Another ten had been removed or released.", id="people removed"),
        pytest.param("The mayor called on the president to build houses.", id="called on for something else"),
    ],
)
def test_responses_are_done(text: str) -> None:
    assert found(text) == []


def test_responses_of_one_kind_once_a_sentence() -> None:
    text = "It apologized, and its director apologized too. The firm apologized."
    assert found(text) == [("apologized", "apologized"), ("apologized", "apologized")]


@pytest.mark.parametrize(
    ("seed", "wanted"),
    [
        ("000_", {"notified", "investigated", "released_people", "halted", "regulated", "fixed"}),
        ("002_", {"notified", "released_people", "removed_data", "retrieved_data", "halted"}),
    ],
)
def test_responses_of_the_seeds(seed: str, wanted: set[str]) -> None:
    text = next(SEEDS.glob(f"{seed}*.txt")).read_text("utf-8")
    assert {action for _, action in found(text)} == wanted


def told_by(text: str, custodian: str = "Acme Bank") -> list[str | None]:
    """Who did what the text says was done, where the custodian is known."""
    document = parse(text)
    named = entities.find(document, names.find(document))
    told = tuple(Incident(one, True, 1.0, Span(0, 0)) for one in named if custodian in one.forms)
    return [r.actor for r in responses.find(document, named, told, statements.find(document))]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        pytest.param("Acme Bank has notified its clients.", "Acme Bank", id="named"),
        pytest.param("Acme Bank was hacked. The bank has suspended its website.", "Acme Bank", id="by its kind"),
        pytest.param("Acme Bank was hacked. “We’ve reset passwords,” it said.", "Acme Bank", id="we"),
        pytest.param("Acme Bank was hacked. Police opened an investigation.", "Police", id="no custodian"),
        pytest.param("Acme Bank was sued by Borealis Airlines.", "Borealis Airlines", id="passive with its agent"),
        pytest.param("The server of Acme Bank was secured.", None, id="passive without"),
        pytest.param("Acme Bank told Maria Keller and its clients; it has apologized.", "Acme Bank", id="it"),
        pytest.param("Acme Bank alerted the Data Board and the police.", "Acme Bank", id="an object did nothing"),
    ],
)
def test_responses_actor_is_the_subject(text: str, actor: str | None) -> None:
    assert told_by(text)[-1:] == [actor]


@pytest.mark.parametrize("entry", [e for e in DOERS if "examples" in e], ids=lambda entry: str(entry["code"]))
def test_responses_doers_lexicon_proves_itself(entry: dict[str, list[str] | str]) -> None:
    for example in entry["examples"]:
        marked = example[example.index("[") + 1 : example.index("]")]
        wanted = "Acme Bank" if entry["code"] == "custodian" else marked
        assert told_by(example.replace("[", "").replace("]", ""))[-1] == wanted
    for counter in entry["counters"]:
        other = "Acme Bank" if entry["code"] == "custodian" else "customers"
        assert told_by(counter)[-1] != other
