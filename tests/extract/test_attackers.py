"""Who is called an attacker in so many words: every entry of the lexicon proves itself."""

from __future__ import annotations

import pytest

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.record.attackers import attackers, is_called_attacker
from pipeline.extract.text import names
from pipeline.extract.text.document import parse
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import entries


def called(marked: str) -> bool:
    start = marked.index("[")
    document = parse(marked.replace("[", "").replace("]", ""))
    return any(is_called_attacker(document, name) for name in names.find(document) if name.span.start == start)


def proofs(kind: str) -> list[str]:
    return [text for entry in entries("attackers") for text in entry.get(kind, ())]


@pytest.mark.parametrize("text", proofs("examples"))
def test_attackers_lexicon_calls_its_examples(text: str) -> None:
    assert called(text)


@pytest.mark.parametrize("text", proofs("counters"))
def test_attackers_lexicon_does_not_call_its_counters(text: str) -> None:
    assert not called(text)


def test_attackers_are_called_so_or_seem_so_and_are_no_custodians() -> None:
    document = parse(
        "Borealis Airlines was hit. A hacker called Violet Kestrel took the data. Then Silver Foxes took the data."
    )
    odds = {"Borealis Airlines": 0.9, "Violet Kestrel": 0.1, "Silver Foxes": 0.5}
    found = entities.find(document, names.find(document))
    roles = [Role(one, {"attacker": odds[one.name]}) for one in found]
    told = [Incident(one, True, 1.0, Span(0, 0)) for one in found if one.name == "Borealis Airlines"]
    assert [one.name for one in attackers(document, roles, told)] == ["Violet Kestrel", "Silver Foxes"]
    assert attackers(document, roles, []) == []
