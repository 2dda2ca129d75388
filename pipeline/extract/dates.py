"""Dates: the calendar expressions of a text, each with the days that it names.

`expressions` finds them, `anchors` counts their days; here both meet. What happened on a date is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract import anchors, expressions
from pipeline.extract.document import Document
from pipeline.extract.findings import DateMention, Numeral


def find(document: Document, numerals: Sequence[Numeral]) -> tuple[DateMention, ...]:
    """Every calendar expression in the order of the text, with its closed range of days or None."""
    return anchors.resolve(document, expressions.find(document))
