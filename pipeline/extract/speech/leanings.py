"""How much each sign of a mention weighs when an antecedent is asked for: of "she", of "the company", of "they".

The signs are told in `mentions.py` and added up in `antecedents.py`.
"""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
    """What tells whether a mention is the antecedent, or how much each of it weighs."""

    says: float = 0.0  # it is the subject of a verb of saying
    opens: float = 0.0  # it opens its sentence or clause
    listens: float = 0.0  # it is what somebody tells something to
    owns: float = 0.0  # it is a possessive
    titled: float = 0.0  # the headline names it
    often: float = 0.0  # its mentions, up to five
    person: float = 0.0  # evidence that it is a person's name
    nameless: float = 0.0  # nothing shows that it is a person's
    gender: float = 0.0  # a woman's or man's name where the pronoun is of the other sex
    thing: float = 0.0  # the share of its mentions that cannot speak
    employer: float = 0.0  # somewhere it is an organisation
    medium: float = 0.0  # somewhere it is told something, or reports
    speaks: float = 0.0  # how often it is the subject of a verb of saying, up to three times
    group: float = 0.0  # people named by their role
    villain: float = 0.0  # of them, those who harm
    bearer: float = 0.0  # one person named by a role
    message: float = 0.0  # a letter that somebody received
    before: float = 0.0  # who spoke the quotation before
    noun: float = 0.0  # its name holds the noun that is asked for: "the hospital"
    far: float = 0.0  # tokens of narrative between, in tens


PERSON = Evidence(says=2.5, opens=1, listens=-1.5, owns=-3, titled=1, person=1, nameless=-2, gender=-4, far=-1)
ORGANIZATION = Evidence(
    says=2,
    opens=1,
    listens=-1.5,
    owns=-2.5,
    titled=1,
    often=0.5,
    person=-1,
    thing=-5,
    employer=2,
    medium=-4,
    speaks=0.5,
    noun=4,
    far=-0.25,
)
AUTHOR = ORGANIZATION._replace(noun=-2)
LETTER = AUTHOR._replace(message=4, villain=3)
GROUP = ORGANIZATION._replace(group=2, villain=-1.5, before=1)
ANYONE = Evidence(
    says=2.5,
    opens=0.5,
    listens=-0.5,
    owns=-1,
    often=0.25,
    person=0.3,
    nameless=-1,
    thing=-2.5,
    employer=1,
    medium=-2,
    group=0.5,
    before=1,
    far=-0.2,
)
