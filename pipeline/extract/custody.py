"""Evidence for two questions: does the article report an incident, and whose data was it?

The custodian is the one whose data was exposed: not the attacker, the messenger, the regulator or the expert.
What is done with the answers is decided in `incidents.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.extract.context import cues
from pipeline.extract.document import Document
from pipeline.extract.entities import Entity
from pipeline.extract.lexicon import phrases, words
from pipeline.extract.weigh import Evidence, level

LEAD = 60  # tokens of the text's beginning that count as its lead
NEAR = 7  # tokens to either side of a name that count as near it


def report_evidence(document: Document, title: Document) -> Evidence:
    """Evidence that the article reports a data exposure incident: its words, those of its lead and its title."""
    evidence: Evidence = [("title", s) for s in dict.fromkeys(title.stems)]
    evidence += [("lead", s) for s in dict.fromkeys(document.stems[:LEAD])]
    evidence += [("body", s) for s in dict.fromkeys(document.stems)]
    return evidence


def reported_evidence(words_say: float, roles: Sequence[Mapping[str, float]], exposed: Sequence[float]) -> Evidence:
    """Evidence that an incident is reported in what was found: its words, a likely custodian, data likely exposed."""
    main = max((odds["main"] for odds in roles), default=0.0)
    recalled = max((odds["recalled"] for odds in roles), default=0.0)
    return [
        ("words", level(words_say)),
        ("main", level(main)),
        ("recalled", level(recalled)),
        ("named", level(max((odds["main"] + odds["recalled"] for odds in roles), default=0.0))),
        ("exposed", level(max(exposed, default=0.0))),
        ("how much", str(min(6, round(sum(exposed) * 2)))),
        ("words main", f"{level(words_say)} {int(main * 4)}"),
        ("words exposed", f"{level(words_say)} {int(max(exposed, default=0.0) * 4)}"),
    ]


def told_in(document: Document) -> tuple[frozenset[str], ...]:
    """For each sentence what it holds: cues, a year, a number, a large number, a noun for data."""
    known = cues()
    data = {document.sentence_index(hit.start) for hit in phrases("data_types").find(document.text) if hit.code}
    told = []
    for index, sentence in enumerate(document.sentences):
        inside = document.tokens_within(sentence.start, sentence.end)
        facts = {code for s in document.stems[inside.start : inside.stop] if (code := known.get(s))}
        for word in document.words[inside.start : inside.stop]:
            if word[0].isdigit():
                facts.add("year" if len(word) == 4 and word[:2] in ("19", "20") and word.isdigit() else "number")
            elif word in LARGE:
                facts.add("many")
        if index in data:
            facts.add("data")
        told.append(frozenset(facts))
    return tuple(told)


LARGE = frozenset({"million", "millions", "billion", "thousands", "hundreds", "dozens"})
WEIGHTY = ("expose", "attack", "data", "number", "many", "year", "earlier", "sell", "affect", "respond", "find", "deny", "claim", "advise", "general", "include")


def custody_evidence(document: Document, title: Document, told: tuple[frozenset[str], ...], entities: tuple[Entity, ...], entity: Entity) -> Evidence:
    """Evidence that an entity is the custodian of an incident that the article reports or recalls."""
    stems, known, evidence = document.stems, cues(), []
    by_count = sorted(entities, key=lambda e: (-len(e.mentions), e.mentions[0].span))
    evidence.append(("rank", str(min(by_count.index(entity), 5))))
    evidence.append(("count", str(min(len(entity.mentions), 6))))
    evidence.append(("order", str(min(entities.index(entity), 6))))
    first = document.sentence_index(entity.mentions[0].span.start)
    late = "late" if entity.mentions[0].span.start > len(document.text) // 3 else "early"
    evidence.append(("first", "0" if not first else "1" if first == 1 else "2-4" if first < 5 else "late"))
    for form in entity.forms:
        kind = words("firms").get(form.lower())
        if kind is not None:
            evidence.append(("kind", kind))
            break
    last = entity.mentions[0].last
    evidence.append(("head", stems[last - 1]))
    evidence += [("word", stem) for stem in dict.fromkeys(stems[entity.mentions[0].first : last])]
    evidence.append(("form", _form(entity.name)))
    evidence += _in_title(title, entity)
    seen: dict[tuple[str, str], None] = {}
    for name in entity.mentions:
        for step in (1, 2, 3):
            if name.first - step >= 0:
                seen[f"l{step}", stems[name.first - step]] = None
            if name.last + step - 1 < len(stems):
                seen[f"r{step}", stems[name.last + step - 1]] = None
        if document.words[name.last - 1][-2:] in ("'s", "’s"):
            seen["owns", stems[name.last] if name.last < len(stems) else ""] = None
        if name.last + 1 < len(stems):
            seen["rr", f"{stems[name.last]} {stems[name.last + 1]}"] = None
        if name.first > 1:
            seen["ll", f"{stems[name.first - 2]} {stems[name.first - 1]}"] = None
        index = document.sentence_index(name.span.start)
        inside = document.tokens_within(*document.sentences[index])
        before = range(name.first - 1, max(inside.start, name.first - NEAR) - 1, -1)
        after = range(name.last, min(inside.stop, name.last + NEAR))
        for side, tokens in (("left", before), ("right", after)):
            nearest = ""
            for away, i in enumerate(tokens, 1):
                seen[side, stems[i]] = None
                if (code := known.get(stems[i])) is not None:
                    seen[f"{side} cue", code] = None
                    if not nearest and code in ("expose", "attack"):
                        nearest = f"{code} {min(away, 4)}"
                        seen[f"{side} nearest", nearest] = None
                        seen[f"{late} {side} nearest", nearest] = None
        facts = told[index]
        held = [fact for fact in WEIGHTY if fact in facts]
        for fact in held:
            seen["fact", fact] = None
            seen[f"{late} fact", fact] = None
        if "expose" in facts or "attack" in facts:
            for fact in held:
                seen["told with", fact] = None
                seen[f"{late} told with", fact] = None
        if index + 1 < len(told):
            for fact in sorted(told[index + 1] & {"expose", "data", "many", "number"}):
                seen["next fact", fact] = None
    evidence += seen
    return evidence


def _form(name: str) -> str:
    if " " not in name:
        return "acronym" if name.isupper() else "domain" if "." in name else "camel" if not name[1:].islower() else "word"
    return "two" if name.count(" ") == 1 else "long"


def _in_title(title: Document, entity: Entity) -> Evidence:
    """What the title says beside the entity's name, where it holds one of its forms."""
    for form in entity.forms:
        parts = tuple(form.lower().split())
        for i in range(len(title.lower) - len(parts) + 1):
            got = tuple(w[:-2] if w[-2:] in ("'s", "’s") else w for w in title.lower[i : i + len(parts)])
            if got == parts:
                after = title.stems[i + len(parts) :]
                evidence: Evidence = [("title", "first" if i == 0 else "inside")]
                evidence += [("title after", s) for s in dict.fromkeys(after[:4])]
                evidence += [("title before", s) for s in dict.fromkeys(title.stems[max(0, i - 3) : i])]
                evidence += [("title has", s) for s in dict.fromkeys(title.stems)]
                return evidence
    return [("title", "absent")]
