"""Who the text names, what they are and what part they play: custodian, attacker, authority, media, speaker."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.document import Document
from pipeline.extract.entities import Entity
from pipeline.extract.findings import Span
from pipeline.extract.incidents import ATTACKER, Incident, Role
from pipeline.extract.lexicon import words
from pipeline.extract.statements import Statement
from schemas.vocabulary import PartyKind, PartyRole

OF_FIRM = {"security": PartyRole.RESPONDER, "media": PartyRole.MEDIA, "agency": PartyRole.AUTHORITY}


class Party(NamedTuple):
    """An entity with its part; `incident` is the index of the incident that it belongs to, if any."""

    name: str
    kind: PartyKind
    role: PartyRole
    span: Span
    incident: int | None


def find(document: Document, roles: tuple[Role, ...], incidents: tuple[Incident, ...], statements: tuple[Statement, ...]) -> tuple[Party, ...]:
    """Parties in the order of their first mention."""
    custodians = {id(incident.custodian): i for i, incident in enumerate(incidents) if incident.custodian is not None}
    speakers = [s.speaker for s in statements if s.speaker is not None]
    parties = []
    for role in roles:
        entity = role.entity
        speaks = any(m.span.overlaps(s) for m in entity.mentions for s in speakers)
        firm = next((kind for form in entity.forms if (kind := words("firms").get(form.lower()))), "")
        incident = custodians.get(id(entity))
        if incident is not None:
            part = PartyRole.CUSTODIAN
        elif incidents and role.odds["attacker"] >= ATTACKER:
            part, incident = PartyRole.ATTACKER, 0
        else:
            part = OF_FIRM.get(firm, PartyRole.SPEAKER if speaks else PartyRole.OTHER)
        parties.append(Party(entity.name, _kind(document, entity, firm, part, speaks), part, entity.mentions[0].span, incident))
    return tuple(parties)


def _kind(document: Document, entity: Entity, firm: str, part: PartyRole, speaks: bool) -> PartyKind:
    """What an entity is, by what is known of its name and how the text treats it."""
    if firm == "place":
        return PartyKind.PLACE
    if part is PartyRole.ATTACKER:
        return PartyKind.GROUP
    titled = any(words("openers").get(document.lower[m.first - 1]) == "title" for m in entity.mentions if m.first)
    spoken = any(m.last < len(document.lower) and document.lower[m.last] in ("said", "says", "told") for m in entity.mentions)
    if not firm and part is not PartyRole.CUSTODIAN and entity.name.count(" ") == 1 and (titled or spoken or speaks):
        return PartyKind.PERSON
    return PartyKind.ORGANIZATION
