"""What the models share: the strict base class, the columns that many tables have, and rules in SQL.

A rule is written once, in the SQL that polars and DuckDB both understand: pandera checks it on frames, and
`schemas.render` writes it as a CHECK of the table. No table is declared here.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import pandera.polars as pa
import polars as pl


def rule(name: str, sql: str, why: str, expression: pl.Expr | None = None) -> Any:
    """A check over the columns of a row; it holds where `sql` is true or unknown.

    `expression` is for the rare rule that polars' SQL cannot say.
    """
    holds = pl.sql_expr(sql) if expression is None else expression

    def check(cls: type, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds.alias(name))

    # pandera forgets a `name=` argument once the first of several inheriting models has used it; the function's stays.
    check.__name__ = name
    columns = list(dict.fromkeys(holds.meta.root_names()))
    return pa.dataframe_check(description=why, statistics={"sql": sql, "columns": columns})(check)


def ordered(low: str, high: str, why: str = "a range runs from low to high") -> Any:
    """The rule that `low` is at most `high` where both are known."""
    return rule(f"{low}_to_{high}", f"{low} <= {high}", why)


def key(description: str) -> Any:
    """An id as `pipeline.identity` makes it: a prefix and 16 hexadecimal digits."""
    return pa.Field(str_matches=r"^[a-z]+_[0-9a-f]{16}$", description=description)


def link(table: str, description: str, *, nullable: bool = False) -> Any:
    """A column that holds a key of another table."""
    return pa.Field(nullable=nullable, description=description, metadata={"references": table})


def words(description: str, *, nullable: bool = False) -> Any:
    """Words; unknown is null, never the empty string."""
    return pa.Field(nullable=nullable, str_length={"min_value": 1}, description=description)


def code(codes: type[StrEnum] | Iterable[str], description: str, *, nullable: bool = False) -> Any:
    """One of the vocabulary's values."""
    return pa.Field(nullable=nullable, isin=[str(value) for value in codes], description=description)


def amount(description: str, *, nullable: bool = True) -> Any:
    """A count or quantity, 0 or more, and no infinity."""
    return pa.Field(nullable=nullable, in_range={"min_value": 0, "max_value": 1e18}, description=description)


def optional(description: str) -> Any:
    """A date or time that may be unknown."""
    return pa.Field(nullable=True, description=description)


class Row(pa.DataFrameModel):
    """The base of every model: exactly the declared columns, and a key that no two rows share.

    A model names its table in `Config.name` and its key in `Config.unique`; its docstring is the table's description.
    """

    class Config:
        strict = True


class Sourced(Row):
    article_id: str = link("articles", "the article that says so")


class OfIncident(Row):
    incident_id: str = link("incidents", "the incident that the row is about")


class OfIncidentOrNone(Row):
    incident_id: str = link("incidents", "the incident that the row is about; null: about none", nullable=True)


class OfReading(Row):
    reading_id: str = link("incident_readings", "the incident as this article tells it")


class OfReadingOrNone(Row):
    reading_id: str = link(
        "incident_readings", "the incident as this article tells it; null where the row is about none", nullable=True
    )


class Quoted(Row):
    """Where the text says so: `articles.text[char_start:char_end] == quote`."""

    quote: str = words("the words of the text, exactly")
    char_start: int = pa.Field(ge=0, description="where the quote begins in articles.text, in Unicode code points")
    char_end: int = pa.Field(description="where the quote ends, exclusive")

    span_is_forward = rule("span_is_forward", "char_start < char_end", "a span holds at least one character")
    quote_fills_span = rule(
        "quote_fills_span", "length(quote) = char_end - char_start", "the quote is as long as its span, in code points"
    )


class Confident(Row):
    confidence: float = pa.Field(
        in_range={"min_value": 0, "max_value": 1},
        description="0 to 1: the measured share of such rows that are right",
    )


class Told(Row):
    """How an article tells of an incident."""

    is_main: bool = pa.Field(description="the article is chiefly about this incident")


class Timed(Row):
    """A closed range of days; null is open on that side ("the past few years"), or unknown where both are."""

    date_from: dt.date = optional("first day that the expression allows; null is open or unknown")
    date_to: dt.date = optional("last day that the expression allows; null is open or unknown")

    dates_forward = ordered("date_from", "date_to")
