"""Who the text names, what they are and what part they play: custodian, attacker, authority, media, speaker."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from pipeline.extract.custodians.entities import Entity, known_as
from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.record.attackers import attackers
from pipeline.extract.speech.persons import is_apposed
from pipeline.extract.speech.statements import Statement
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.names import Name
from pipeline.extract.text.wording import is_given, is_person, person_part
from schemas.vocabulary import PartyKind, PartyRole

OF_FIRM = {
    "security": PartyRole.RESPONDER,
    "media": PartyRole.MEDIA,
    "agency": PartyRole.AUTHORITY,
    "police": PartyRole.AUTHORITY,
}


class Party(NamedTuple):
    """An entity with its part; `incident` is the index of the incident that it belongs to, if any."""

    name: str
    kind: PartyKind
    role: PartyRole
    span: Span
    incident: int | None


def find(
    document: Document, roles: tuple[Role, ...], incidents: tuple[Incident, ...], statements: tuple[Statement, ...]
) -> tuple[Party, ...]:
    """Parties in the order of their first mention."""
    custodians = {id(incident.custodian): i for i, incident in enumerate(incidents) if incident.custodian is not None}
    speakers = sorted(s.speaker for s in statements if s.speaker is not None)
    starts = [speaker.start for speaker in speakers]
    ends = list(accumulate((speaker.end for speaker in speakers), max))  # the last end of those up to each
    attacked = {id(entity) for entity in attackers(document, roles, incidents)}
    parties = []
    for role in roles:
        entity = role.entity
        before = ((name.span, bisect_left(starts, name.span.end)) for name in entity.mentions)
        speaks = any(at and ends[at - 1] > span.start for span, at in before)
        known = _known(entity)
        incident = custodians.get(id(entity))
        if incident is not None:
            part = PartyRole.CUSTODIAN
        elif id(entity) in attacked:
            part, incident = PartyRole.ATTACKER, 0
        else:
            part = OF_FIRM.get(known, PartyRole.SPEAKER if speaks else PartyRole.OTHER)
        parties.append(
            Party(entity.name, _kind(document, entity, known, part, speaks), part, entity.mentions[0].span, incident)
        )
    return tuple(parties)


def _known(entity: Entity) -> str:
    """What the lexicon knows of an entity: "media", "security", "agency", "place", ... or "".

    A place counts only as the whole name: "U.S." in "U.S. Customs" makes no place of an agency.
    """
    whole = known_as(entity.name)
    if whole:
        return whole
    return next((kind for kind in map(known_as, entity.forms) if kind and kind != "place"), "")


def _kind(document: Document, entity: Entity, known: str, part: PartyRole, speaks: bool) -> PartyKind:
    """What an entity is, by what is known of its name and how the text treats it."""
    if known == "place" and part is not PartyRole.CUSTODIAN:
        return PartyKind.PLACE
    person = not known and any(_is_person(document, mention, speaks) for mention in entity.mentions)
    if person and part is not PartyRole.CUSTODIAN:
        return PartyKind.PERSON
    return PartyKind.GROUP if part is PartyRole.ATTACKER else PartyKind.ORGANIZATION


def _is_person(document: Document, name: Name, speaks: bool) -> bool:
    """Whether a mention names a person: two to four words that open with a given name, follow a title or speak."""
    first = person_part(document, name.first, name.last)
    if not is_person(document, first, name.last):
        return False
    lower = document.lower
    titled = first > name.first or (first > 0 and words("openers").get(lower[first - 1]) == "title")
    speaks = speaks or lower[name.last : name.last + 1] == ("said",)
    if is_given(document.words[first]) or titled or is_apposed(document, name.last):
        return True
    return speaks and name.last - first == 2
