"""Dates that bound a spell: how what governs them tells of what went on."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.days import dates
from pipeline.extract.meaning.spells import Aspect, aspect
from pipeline.extract.numbers import numerals
from pipeline.extract.text.document import parse


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("Intruders gained access to it on [May 4].", Aspect.LASTED),
        ("The server lay open in [May].", Aspect.LASTED),
        ("The leak began on [May 4].", Aspect.LASTED),
        ("It has been visible online since [May 4].", Aspect.LASTED_TO_NOW),
        ("It had been visible online since [May 4].", Aspect.LASTED),
        ("They read its mail from [May] onwards.", Aspect.LASTED_TO_NOW),
        ("It removed the file on [May 4].", Aspect.CONTAINED),
        ("They were locked out on [May 4].", Aspect.CONTAINED),
        ("They stole it on [May 4].", Aspect.NONE),
        ("It said so on [May 4].", Aspect.NONE),
    ],
)
def test_spells_aspect_is_told_by_what_governs_the_date(marked: str, wanted: Aspect) -> None:
    start = marked.index("[")
    document = parse(marked.replace("[", "").replace("]", ""), date(2019, 5, 20))
    mention = next(m for m in dates.find(document, numerals.find(document)) if m.span.start == start)
    assert aspect(document, mention) is wanted
