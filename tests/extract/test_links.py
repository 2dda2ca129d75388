"""Which incident a finding belongs to: by whose custodian is named around it."""

from pipeline.extract.custodians import entities
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.custodians.links import choose, link_evidence
from pipeline.extract.text import names
from pipeline.extract.text.document import Document, parse
from pipeline.extract.text.findings import Span

TEXT = (
    "Hackers stole 6,200 records from Acme Bank in May. The bank reset all passwords and notified customers. "
    "In 2014, Borealis Airlines lost 300 passport scans in a similar attack."
)


def incidents(document: Document, *custodians: str | None) -> tuple[Incident, ...]:
    named = entities.find(document, names.find(document))
    chosen = [next(e for e in named if c in e.forms) if c else None for c in custodians]
    return tuple(Incident(entity, not at, 1.0, Span(0, 0)) for at, entity in enumerate(chosen))


def span(quote: str) -> Span:
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


def test_links_one_incident_takes_all() -> None:
    document = parse(TEXT)
    assert choose(document, incidents(document, "Acme Bank"), span("300 passport scans")) == (0, 1.0)


def test_links_custodian_of_the_sentence() -> None:
    document = parse(TEXT)
    told = incidents(document, "Acme Bank", "Borealis Airlines")
    assert choose(document, told, span("6,200 records"))[0] == 0
    assert choose(document, told, span("300 passport scans"))[0] == 1


def test_links_probabilities_are_shares() -> None:
    document = parse(TEXT)
    assert 0 < choose(document, incidents(document, "Acme Bank", "Borealis Airlines"), span("6,200 records"))[1] <= 1


def test_links_evidence_tells_where_each_custodian_stands() -> None:
    document = parse(TEXT)
    told = incidents(document, "Acme Bank", "Borealis Airlines", None)
    first, second, unnamed = (dict(e) for e in link_evidence(document, told, span("300 passport scans")))
    assert first["gap"] == "main b2"
    assert second["gap"] == "recalled a0"
    assert second["in sentence"] == "recalled before"
    assert unnamed["gap"] == "recalled u"


def test_links_a_custodian_named_only_later_is_never_named() -> None:
    document = parse(TEXT)
    told = incidents(document, "Acme Bank", "Borealis Airlines")
    assert dict(link_evidence(document, told, span("6,200 records"))[1])["gap"] == "recalled z"
