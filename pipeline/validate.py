"""Splits frames by their models: the rows that pass go on, each other row becomes a reject with its reason.

What a good row is, the models in `schemas` say. Nothing is repaired here, and no file is read or written.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import pandera.polars as pa
import polars as pl

from pipeline.identity import row_id
from schemas.articles import Reject
from schemas.base import Row
from schemas.tables import Table, dtypes, frame
from schemas.vocabulary import EventKind, Stage

LONGEST_VALUE = 200  # of a failing value in the reason; the record holds the whole
_IN_WORDS = {"isin": "is no code of the vocabulary", "not_nullable": "is missing", "str_length": "is empty"}
_OCCURRENCES = (EventKind.OCCURRED.value, EventKind.BEGAN.value)


class Split(NamedTuple):
    """`accepted` has the model's columns, `rejects` those of the rejects table, one row a refused row."""

    accepted: pl.DataFrame
    rejects: pl.DataFrame


class SplitTables(NamedTuple):
    """The accepted frames by table, all of them, and the rejects of all together."""

    accepted: dict[str, pl.DataFrame]
    rejects: pl.DataFrame


class FrameError(ValueError):
    """The frame as a whole does not fit its model (a missing column, a wrong dtype): a bug, not a bad row."""


class _Fault(NamedTuple):
    column: str | None
    check: str
    failure: str


def split(
    model: type[Row], rows: pl.DataFrame, *, stage: Stage, at: datetime, sources: Mapping[str, str] | None = None
) -> Split:
    """The rows that pass the model, in their order, and a reject for each that does not; of equal keys the first stays.

    `at` is the time of the rejects in naive UTC; `sources` gives source_uri by article_id where the rows do not.
    Raises FrameError when no row can be judged.
    """
    faults = _faults(model, rows)
    passed = rows.with_row_index("_row").filter(~pl.col("_row").is_in(list(faults)))
    for row in passed.filter(~pl.struct(model.to_schema().unique).is_first_distinct())["_row"]:
        faults[row] = [_duplicate(model, rows.row(row, named=True))]
    return _divide(model, rows, faults, stage, at, sources or {})


def split_tables(
    tables: Sequence[Table],
    frames: Mapping[str, pl.DataFrame],
    *,
    stage: Stage,
    at: datetime,
    articles: pl.DataFrame | None = None,
) -> SplitTables:
    """Splits tables, parents first; a row whose parent was refused goes with it, and so does what happened too late.

    `articles` (article_id, source_uri, published_on) are the accepted ones: a row of any other article is refused,
    and so is an occurrence after its article's publication. Without it neither is looked at.
    """
    sources = {} if articles is None else dict(articles.select("article_id", "source_uri").iter_rows())
    keys: dict[str, pl.Series] = {} if articles is None else {"articles": articles["article_id"]}
    published = _published(articles, frames)
    accepted, rejects = {}, []
    for table in tables:
        good, refused = split(table.model, frames[table.name], stage=stage, at=at, sources=sources)
        faults = _merge(_orphans(table, good, keys), _too_late(table, good, published))
        good, outcast = _divide(table.model, good, faults, stage, at, sources)
        if len(table.primary_key) == 1:
            keys[table.name] = good[table.primary_key[0]]
        accepted[table.name] = good
        rejects += [refused, outcast]
    return SplitTables(accepted, pl.concat([frame(Reject), *rejects]))


def _faults(model: type[Row], rows: pl.DataFrame) -> dict[int, list[_Fault]]:
    """What pandera finds, by row number; equal keys are left to the caller, as pandera blames all of them."""
    try:
        model.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.filter(pl.col("check") != "multiple_fields_uniqueness")
    else:
        return {}
    if cases["index"].null_count():
        whole = cases.filter(pl.col("index").is_null()).select("column", "check", "failure_case").rows()
        raise FrameError(f"{model.to_schema().name}: {'; '.join(' '.join(map(str, fault)) for fault in whole)}")
    rules = {check.name: check for check in model.to_schema().checks}
    faults: dict[int, list[_Fault]] = {}
    for case in cases.iter_rows(named=True):
        name = case["check"].partition("(")[0]
        if name in rules:
            values = rows.select(rules[name].statistics["columns"]).row(case["index"], named=True)
            fault = _Fault(None, name, f"{rules[name].description}: {_show(values)}")
        else:
            value = rows[case["column"]][case["index"]]
            wrong = _IN_WORDS.get(name, f"fails {case['check']}")
            fault = _Fault(case["column"], name, f"{case['column']} {_brief(value)} {wrong}")
        faults.setdefault(case["index"], []).append(fault)
    return faults


def _duplicate(model: type[Row], row: Mapping[str, object]) -> _Fault:
    key = {name: row[name] for name in model.to_schema().unique}
    return _Fault(None, "unique", f"an earlier row has the same key: {_show(key)}")


def _orphans(table: Table, rows: pl.DataFrame, keys: Mapping[str, pl.Series]) -> dict[int, list[_Fault]]:
    """The rows that point to a row which was refused or never came."""
    faults: dict[int, list[_Fault]] = {}
    for column, parent in table.foreign_keys:
        if parent in keys:
            lost = rows.select(pl.col(column).is_not_null() & ~pl.col(column).is_in(keys[parent].implode()))
            for row in lost.to_series().arg_true():
                reason = f"{column} {rows[column][row]} is not among the accepted {parent}"
                faults.setdefault(row, []).append(_Fault(column, "foreign_key", reason))
    return faults


def _published(articles: pl.DataFrame | None, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame | None:
    """The day of publication by article: as delivered, else as its text says."""
    if articles is None or "article_readings" not in frames:
        return articles
    read = frames["article_readings"].select("article_id", read_on="published_on").unique("article_id", keep="first")
    joined = articles.select("article_id", "published_on").join(read, on="article_id", how="left")
    return joined.select("article_id", published_on=pl.coalesce("published_on", "read_on"))


def _too_late(table: Table, rows: pl.DataFrame, published: pl.DataFrame | None) -> dict[int, list[_Fault]]:
    """The rows that let something happen after the article that tells of it was published."""
    column = {"events": "date_from", "incident_readings": "occurred_from"}.get(table.name)
    if published is None or column is None:
        return {}
    dated = rows.with_row_index("_row").join(published.select("article_id", "published_on"), on="article_id")
    late = dated.filter(pl.col(column) > pl.col("published_on"))
    if table.name == "events":
        late = late.filter(pl.col("kind").is_in(_OCCURRENCES))
    reason = "no occurrence after publication: {} {}, published_on {}"
    return {
        row: [_Fault(column, "not_after_publication", reason.format(column, day, published_on))]
        for row, day, published_on in late.select("_row", column, "published_on").iter_rows()
    }


def _merge(*found: Mapping[int, list[_Fault]]) -> dict[int, list[_Fault]]:
    merged: dict[int, list[_Fault]] = {}
    for faults in found:
        for row, reasons in faults.items():
            merged.setdefault(row, []).extend(reasons)
    return merged


def _divide(
    model: type[Row],
    rows: pl.DataFrame,
    faults: Mapping[int, list[_Fault]],
    stage: Stage,
    at: datetime,
    sources: Mapping[str, str],
) -> Split:
    numbered = rows.select(list(dtypes(model))).with_row_index("_row")
    bad = pl.col("_row").is_in(list(faults))
    refused = numbered.filter(bad).drop("_row").iter_rows(named=True)
    reasons = [faults[row] for row in sorted(faults)]
    table = str(model.to_schema().name)
    rejects = frame(Reject, _rejects(table, zip(refused, reasons, strict=True), stage, at, sources))
    return Split(numbered.filter(~bad).drop("_row"), rejects)


def _rejects(
    table: str,
    refused: Iterable[tuple[dict[str, object], list[_Fault]]],
    stage: Stage,
    at: datetime,
    sources: Mapping[str, str],
) -> Iterator[dict[str, object]]:
    """One reject a row: under its first fault, with all of them in words."""
    seen: dict[str, int] = {}
    for row, faults in refused:
        # Without its times, which differ between runs: the same row is the same reject in all of them.
        lasting = {name: _spelled(value) for name, value in row.items() if not isinstance(value, datetime)}
        record = json.dumps(lasting, ensure_ascii=False, default=str)
        nth = seen[record] = seen.get(record, 0) + 1
        article = row.get("article_id")
        yield {
            "reject_id": row_id("x", stage, table, record, nth),
            "source_uri": row.get("source_uri") or sources.get(str(article)) or f"{stage}:{table}",
            "article_id": article,
            "stage": stage.value,
            "table_name": table,
            "column_name": faults[0].column,
            "check_name": faults[0].check,
            "failure": "; ".join(dict.fromkeys(fault.failure for fault in faults)),
            "record": record,
            "rejected_at": at,
        }


def _spelled(value: object) -> object:
    """NaN and infinity as words, as JSON has no number for them."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _show(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {_brief(value)}" for name, value in values.items())


def _brief(value: object) -> str:
    words = "NULL" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return words if len(words) <= LONGEST_VALUE else words[:LONGEST_VALUE] + "…"
