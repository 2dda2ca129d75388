"""What a source says beside the text (title, date, address, ...) becomes `Metadata`, or the record is refused.

The forms that feeds and exports use are understood; what is left over is refused, never guessed.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from pipeline.ingest.records import Metadata, Refused

FIELDS = ("id", "url", "title", "publisher", "author", "published_on")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# The longest first line that is still a headline: "ICE releases nearly 3,000 detained immigrants affected by …" has 79.
HEADLINE = 200


def parse(fields: Mapping[str, object], key: str | None = None) -> Metadata:
    """The known fields among these. Refused: a date that is none, a title that is an object, and their like."""
    return Metadata(
        key=_text(fields, "id") or key,
        url=_text(fields, "url"),
        title=_text(fields, "title"),
        publisher=_text(fields, "publisher"),
        author=_text(fields, "author"),
        published_on=_day(_text(fields, "published_on")),
    )


def headline(text: str) -> str | None:
    """The first line, where it stands apart like a headline and is no sentence.

    >>> headline("Hospital loses laptop\\n\\nA laptop with records was stolen on Monday.")
    'Hospital loses laptop'
    >>> headline("A laptop was stolen.\\n\\nIt held records.") is None
    True
    """
    first, gap, rest = text.lstrip().partition("\n")
    first = first.strip()
    apart = bool(gap) and not rest.split("\n", 1)[0].strip() and bool(rest.strip())
    return first if apart and 0 < len(first) <= HEADLINE and first[-1] not in ".:;,…" else None


def _text(fields: Mapping[str, object], name: str) -> str | None:
    """One line of text; None where there is nothing. Numbers and days are written out, lists of text are joined."""
    value = fields.get(name)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    if value is None or isinstance(value, str):
        return " ".join(value.split()) or None if value else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise Refused("wrong_type", f"{name} is no text but {type(value).__name__}", name)


def _day(written: str | None) -> date | None:
    """The day of an ISO date or time, or of the form that feeds use ("Fri, 09 Nov 2018 10:00:00 GMT")."""
    if written is None:
        return None
    try:
        if ISO_DAY.fullmatch(written):
            return date.fromisoformat(written)
        return (datetime.fromisoformat(written) if ISO_DAY.match(written) else parsedate_to_datetime(written)).date()
    except ValueError:
        raise Refused("wrong_date", f"{written[:40]!r} is no date like 2022-11-28", "published_on") from None
