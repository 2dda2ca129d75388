"""What Dagster's pages show of a table: its columns with their descriptions, its rows, a sample. Forms, no content."""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg

from pipeline.evaluate import reliability, report
from pipeline.evaluate.counts import Report
from pipeline.inspection import Sample
from schemas.render import sql_type
from schemas.tables import Table

# A sample is stored with every run: so many characters of a value are enough to see what it is.
SHOWN = 60
# What Markdown reads as more than itself.
MARKS = re.compile(r"[\\`*_{}\[\]()#+!|~>&]")

SCORES = dg.TableSchema(
    columns=[
        dg.TableColumn("part", "text", description="what is scored: figures.measured are figures of the right measure"),
        dg.TableColumn("precision", "float", description="share of the published rows that the labels bear out"),
        dg.TableColumn("recall", "float", description="share of the labels that are published"),
        dg.TableColumn("F1", "float", description="harmonic mean of precision and recall"),
    ]
)


def column_schema(table: Table) -> dg.TableSchema:
    """The columns of a table, rendered from its model."""
    links = dict(table.foreign_keys)
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name,
                sql_type(column),
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable,
                    unique=table.primary_key == (name,),
                    other=[f"REFERENCES {links[name]}"] if name in links else [],
                ),
            )
            for name, column in table.columns.items()
        ]
    )


def rows(sample: Sample) -> dg.MetadataValue[Any]:
    """A few rows as a table, what they say before their ids."""
    order = sorted(range(len(sample.columns)), key=lambda place: sample.columns[place].endswith("_id"))
    return records({sample.columns[place]: row[place] for place in order} for row in sample.rows)


def counts(counted: Counter[str], of: str) -> dg.MetadataValue[Any]:
    """What was counted, most frequent first."""
    return records({of: name, "count": count} for name, count in counted.most_common())


def picture(svg: str, alt: str) -> dg.MetadataValue[Any]:
    """A picture; Dagster shows those that stand in Markdown itself."""
    if not svg:
        return dg.MetadataValue.text("none")
    return dg.MetadataValue.md(f"![{alt}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})")


def records(found: Iterable[Mapping[str, object]]) -> dg.MetadataValue[Any]:
    """A table, or the word none."""
    shown = [{name: _shown(value) for name, value in record.items()} for record in found]
    if not shown:
        return dg.MetadataValue.text("none")
    columns = [dg.TableColumn(name) for name in shown[0]]
    return dg.MetadataValue.table([dg.TableRecord(record) for record in shown], dg.TableSchema(columns))


def page(found: Sequence[Mapping[str, object]]) -> dg.MetadataValue[Any]:
    """A table whose cells are shown whole, as Markdown that says nothing else than the values do."""
    if not found:
        return dg.MetadataValue.text("none")
    lines = [list(found[0]), ["---"] * len(found[0]), *([_escaped(value) for value in row.values()] for row in found)]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(line)} |" for line in lines))


def scores(found: Report) -> dict[str, Any]:
    """An evaluation: its tables, its plot, and each score as a number that Dagster follows from run to run."""
    return {
        "scores": dg.MetadataValue.md(report.markdown(found)),
        "plot": picture(report.plot(found), "scores"),
        "reliability": dg.MetadataValue.md(reliability.markdown(reliability.reliability(found.judged))),
        **{f"F1 {part}": round(tally.f1, 4) for part, tally in found.tallies.items()},
        **{f"accuracy {field}": round(share.accuracy, 4) for field, share in found.shares.items()},
    }


def _escaped(value: object) -> str:
    """A value as Markdown shows it: no mark-up of its own, one line."""
    told = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return MARKS.sub(r"\\\g<0>", " ".join(told.split())).replace("<", "&lt;")


def _shown(value: object) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = ", ".join(map(str, value))
    text = value.isoformat(" ", "seconds") if hasattr(value, "hour") else str(value)  # type: ignore[attr-defined]
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
