"""The words in and around a quantity as evidence: its noun, the words of its sentence, and the cues to either side.

The same evidence is weighed for whether a quantity tells of an incident and for what it measures.
"""

from __future__ import annotations

from pipeline.extract.meaning import people
from pipeline.extract.meaning.signs import CLAUSE
from pipeline.extract.meaning.tally import Tally, family, magnitude
from pipeline.extract.text.context import years
from pipeline.extract.text.document import Document
from pipeline.extract.text.lexicon import words
from pipeline.extract.weighing.weigh import Evidence

REACH = 25  # tokens to either side that still count as near
WIDE = 60  # tokens of a sentence, to either side, that are looked at
CUES = ("expose", "attack", "affect", "sell", "demand", "respond", "deny", "claim", "find")


def phrasing(document: Document, tally: Tally, at: int) -> Evidence:
    """What stands in the quantity and in its sentence."""
    quantity, stems = tally.quantities[at], document.stems
    kind = family(quantity)
    index = document.tokens_within(*quantity.span)
    sentence = document.sentence_index(quantity.span.start)
    whole = document.inside[sentence]
    inside = range(max(whole.start, index.start - WIDE), min(whole.stop, index.stop + WIDE))
    noun = document.tokens_within(*quantity.noun)
    evidence: Evidence = [("noun", stems[i]) for i in noun]
    if noun:
        evidence.append(("head", stems[noun.stop - 1]))
    evidence += [("unit", kind), ("qualifier", str(quantity.qualifier)), ("size", f"{kind} {magnitude(quantity)}")]
    evidence += [("left", s) for s in dict.fromkeys(stems[max(inside.start, index.start - REACH) : index.start])]
    evidence += [("right", s) for s in dict.fromkeys(stems[index.stop : min(inside.stop, index.stop + REACH)])]
    for step in (1, 2):
        evidence.append((f"l{step}", stems[index.start - step] if index.start - step >= inside.start else "^"))
        evidence.append((f"r{step}", stems[index.stop + step - 1] if index.stop + step - 1 < inside.stop else "$"))
    evidence.append(("unit l1", f"{kind} {stems[index.start - 1] if index.start > inside.start else '^'}"))
    evidence += _said("left", document, range(index.start - 1, inside.start - 1, -1), kind)
    evidence += _said("right", document, range(index.stop, inside.stop), kind)
    evidence += [("cue", code) for code in sorted({*document.cues[inside.start : inside.stop]} - {""})]
    evidence.append(("number", str(min(4, tally.sentences[sentence]))))
    evidence.append(("same", str(min(tally.again(quantity), 2))))
    evidence.append(("role", people.role_among(document, quantity, tally.largest)))
    if named := years(document, inside):
        evidence.append(("year", "some"))
        if document.published_on:
            evidence.append(("year", str(max(-3, named[0] - document.published_on.year))))
    return evidence


def _said(side: str, document: Document, tokens: range, kind: str) -> Evidence:
    """The cues to one side, from the number outwards: each, those of its clause, the nearest and how near it is."""
    kinds = words("having")
    clause: dict[str, None] = {}
    everything: dict[str, None] = {}
    first, within = "", True
    for step, i in enumerate(tokens):
        within = within and document.lower[i] not in CLAUSE
        code = document.cues[i]
        code = code if code in CUES else kinds.get(document.lower[i], "")
        if code:
            if not first and within:
                first = f"{code} {0 if step < 3 else 1 if step < 8 else 2}"
            everything[code] = None
            if within:
                clause[code] = None
    nearest = next(iter(everything), "-")
    evidence = [
        (f"{side} first", nearest),
        (f"{side} unit first", f"{kind} {nearest}"),
        (f"{side} any in clause", str(bool(clause))),
    ]
    if first:
        evidence.append((f"{side} far", first))
    for code in clause:
        evidence += [(f"{side} clause", code), (f"{side} unit clause", f"{kind} {code}")]
    return evidence + [(f"{side} cue", code) for code in everything]
