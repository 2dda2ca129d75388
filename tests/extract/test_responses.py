"""What was done about an incident: every phrase proves itself; denials and advice are none."""

from pathlib import Path

import pytest

from pipeline.extract.record import responses
from pipeline.extract.text.document import parse
from pipeline.extract.text.lexicon import entries

SEEDS = Path(__file__).parents[2] / "seeds"
ENTRIES = entries("responses")


def found(text: str) -> list[tuple[str, str]]:
    return [(text[r.span.start : r.span.end], str(r.action)) for r in responses.find(parse(text))]


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
