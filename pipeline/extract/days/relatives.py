"""Reads matches that point from a day: last year, two weeks ago, the past two years, the next day.

None where they only look so: "for two months", "more than eight months after", "alerts last 90 days".
What they point from is decided in `anchors`.
"""

from __future__ import annotations

import re

from pipeline.extract.days.calendar_grammar import (
    CLASSES,
    NAMED,
    WEEKDAYS,
    Expression,
    count,
    month,
    number,
    part,
    spanned,
    which,
)
from pipeline.extract.text.document import Document

OVER = frozenset({"within", "over", "in", "during", "throughout"})  # "within the last year" is twelve months
BESIDE = {
    "same": "same",
    "following": "following",
    "previous": "previous",
    "preceding": "previous",
    "prior": "previous",
}


def shifted(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A year, month, week ... beside the one of publication: "late last month", "next Tuesday", "last May"."""
    pointing = " ".join(match["which"].lower().split())
    unit = (match["unit"] or "").lower()
    if pointing == "the":  # "the start of the year"
        if not (match["part"] or "").lower().endswith("of") or unit not in ("year", "month", "week"):
            return None
        pointing = "this"
    name = match["month"] or match["weekday"]
    if name:
        if not name[0].isupper() or pointing in BESIDE or pointing == "current":
            return None
        if match["weekday"]:
            return Expression(spanned(match), "weekday", weekday=WEEKDAYS[name.lower()], which=pointing)
        return Expression(
            spanned(match), "calendar", year=number(match["year"]), month=month(name), which=pointing,
            part=part(match["part"]), unit="month",
        )  # fmt: skip
    if pointing in BESIDE or (pointing == "next" and unit == "day"):
        if unit in ("decade", "weekend", "quarter"):
            return None
        unit = unit if unit in ("year", "month", "week") else "day"
        return Expression(spanned(match), "beside", which=BESIDE.get(pointing, "following"), unit=unit)
    if unit == "day":
        return None
    return Expression(spanned(match), "shifted", which=pointing, unit=unit, part=part(match["part"]))


def window(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """So many units up to the publication, or from it on: "the past two years", "the coming weeks"."""
    pointing, unit = match["which"].lower(), match["unit"].lower()
    lead = document.lower[index]
    before = document.lower[index - 1] if index else ""
    if not match["plural"] and not match["count"]:
        counted = pointing == "past" or (pointing == "last" and before in OVER)
        if unit in ("weekend", "quarter") or lead != "the" or not counted:
            return None
    elif lead in ("last", "next") and unit != "hour" and before not in CLASSES["before a window"]:
        return None
    many = count(match["count2"] or match["count"])
    if unit == "hour" and (many is None or not match["count"]):
        return None
    if many is None or (match["plural"] and not match["count"]):
        return Expression(spanned(match), "vague", which=pointing if match["count"] else "recent")
    return Expression(spanned(match), "window", which=pointing, unit=unit, count=many + 0.5 if match["half"] else many)


def ago(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """So many units before or after: "two weeks ago", "ten days later", "a day after"."""
    many, direction, unit = count(match["count"]), match["direction"].lower(), match["unit"].lower()
    before = document.lower[max(0, index - 2) : index]
    if direction == "ago":
        if not match["count"] or many is None:
            return Expression(spanned(match), "vague", which="ago")
    elif not match["count"] or many is None or unit in ("hour", "weekend"):
        return None
    elif direction in ("before", "after", "prior") and not match["that"]:
        lasting = many > 1 and before and before[-1] in CLASSES["before a duration"]
        if direction == "before" or lasting:
            return None
    return Expression(
        spanned(match), "ago", which=direction, unit=unit, count=many,
        count2=count(match["count2"]) if match["count2"] else None, qualifier=before,
    )  # fmt: skip


def beside(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """The unit beside the last one told: "the next day", "the week before last"."""
    if match["which"]:
        unit = match["unit"].lower()
        pointing = {"next": "following"}.get(which(match["which"]), which(match["which"]))
        return Expression(
            spanned(match),
            "beside",
            which=BESIDE.get(pointing, pointing),
            unit="day" if unit in ("morning", "evening", "night") else unit,
        )
    last = (match["last"] or "").lower()
    if not last and document.lower[index] != "the":
        return None
    pointing = {"after": "following"}.get(match["direction"].lower(), "previous")
    return Expression(
        spanned(match), "beside", which=f"before {last}" if last else pointing, unit=match["unit2"].lower()
    )


def weekend(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """The weekend before the publication."""
    return Expression(spanned(match), "shifted", which="last", unit="weekend")


def named(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """Today, yesterday and tomorrow with a part of the day before them."""
    return Expression(spanned(match), "named", count=NAMED[match["day"].lower()])
