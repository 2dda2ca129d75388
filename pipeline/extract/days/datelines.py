"""The day of publication, where a text itself tells it: in a dateline, a byline, or a line that says "Published".

Only whole days with their year, and only where such lines stand: what the story tells of is `dates`' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.days.calendar_grammar import MONTHS

# So many lines at the head (in which datelines stand), below it and at the foot are looked at, and so much of each.
HEAD, BELOW, FOOT, WIDTH = 5, 10, 3, 300

MONTH = "(?:" + "|".join(sorted({m[:3] for m in MONTHS})) + r")[a-z]{0,6}\.?"
# March 3, 2021 | Mar. 3rd 2021 | 3 March 2021 | 2021-03-03 | 2021/03/03, with its weekday and time
DAY = rf"""
    (?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|\.)?,?\s+)?
    (?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}} | \d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}
      | \d{{4}}-\d{{2}}-\d{{2}} | \d{{4}}/\d{{2}}/\d{{2}})
"""
TIME = r"(?:[T,]?\s*(?:at\s+|-\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?Z?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?)?)?"
MARK = r"[|•·–—,/:-]"  # what stands between the parts of a byline
SOON = re.IGNORECASE | re.VERBOSE


def _line(before: str, after: str, flags: int = SOON) -> re.Pattern[str]:
    return re.compile(rf"{before}(?P<day>(?i:{DAY})){after}", flags | re.VERBOSE)


# Published: March 3, 2021 | Jane Doe • Posted on 3 March 2021 at 10:05 | Date: 2021-03-03
PUBLISHED = _line(
    rf"^(?:.{{0,80}}?{MARK}\s*)?\W{{0,3}}(?:first\s+|originally\s+)?(?:published|posted|filed|released|issued|dated?)\b"
    rf"(?:\s+(?:on|at|online))*\s*:?\s*",
    rf"{TIME}\s*(?:$|{MARK}|\W|by\b|updated|last|and)",
)
# LONDON, March 3, 2021 (Reuters) - | WASHINGTON (AP) — March 3, 2021 — | NEW YORK, March 3, 2021 /PRNewswire/ --
DATELINE = _line(
    r"^(?:[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,3}(?:,\s[A-Z][\w.]+){0,2}\s*(?:\([A-Z][\w\s.]{1,20}\))?[\s,:–—-]+)?",
    r"\s*(?:\([A-Z][\w\s./]{1,20}\)|/[\w\s]{2,20}/|--|[–—:]|\s-\s)",
    re.VERBOSE,
)
# By Jane Doe, March 3, 2021 | Jane Doe | March 3, 2021 | 10:05 AM | Thursday, March 3, 2021
ALONE = _line(
    rf"^(?:by\s[^.!?]{{2,80}}?\s*(?:{MARK}|\bon\b)\s*|[^.!?]{{2,80}}?\s*[|•·]\s*)?",
    rf"{TIME}\s*(?:$|[|•·(].{{0,60}}$)",
)
# Updated March 3, 2021
UPDATED = _line(rf"^(?:.{{0,80}}?{MARK}\s*)?\W{{0,3}}(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?\s*:?\s*", "")

NUMBERS = re.compile(r"\d+")
NAME = re.compile(MONTH, re.IGNORECASE)


def published(text: str) -> date | None:
    """The day on which a text says that it was published; None where it does not say, or says two.

    >>> published("Clinic loses laptop\\n\\nLONDON, March 3, 2021 (Reuters) - A laptop was stolen on Jan. 5, 2021.")
    datetime.date(2021, 3, 3)
    >>> published("A laptop was stolen on March 3, 2021.") is None
    True
    """
    lines = [line.strip()[:WIDTH] for line in text.splitlines() if line.strip()]
    head, below, foot = lines[:HEAD], lines[:BELOW], lines[BELOW:][-FOOT:]
    for pattern, where in ((PUBLISHED, below), (DATELINE, head), (ALONE, head), (PUBLISHED, foot), (UPDATED, below)):
        days = {*_days(pattern, where)}
        if days:
            # Several lines that begin with dates are a chronicle; of several publications the first counts.
            return min(days) if len(days) == 1 or pattern is PUBLISHED else None
    return None


def _days(pattern: re.Pattern[str], lines: list[str]) -> Iterator[date]:
    for line in lines:
        # Most lines hold no year at all.
        match = pattern.match(line) if NUMBERS.search(line) else None
        day = _day(match["day"]) if match else None
        if day:
            yield day


def _day(written: str) -> date | None:
    """The day of "3rd March 2021" or "2021-03-03"; None where the calendar has no such day."""
    numbers = [int(number) for number in NUMBERS.findall(written)]
    name = NAME.search(written)
    try:
        if name is None:
            return date(*numbers)
        day, year = numbers
        return date(year, MONTHS[name[0].rstrip(".").lower()], day)
    except (ValueError, KeyError, TypeError):
        return None
