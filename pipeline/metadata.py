"""What Dagster's pages show of a table: its columns with their descriptions, its rows, a sample. Forms, no content."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg

from pipeline.inspection import Sample
from schemas.render import sql_type
from schemas.tables import Table

# A sample is stored with every run: so many characters of a value are enough to see what it is.
SHOWN = 60


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


def records(found: Iterable[Mapping[str, object]]) -> dg.MetadataValue[Any]:
    """A table, or the word none."""
    shown = [{name: _shown(value) for name, value in record.items()} for record in found]
    if not shown:
        return dg.MetadataValue.text("none")
    columns = [dg.TableColumn(name) for name in shown[0]]
    return dg.MetadataValue.table([dg.TableRecord(record) for record in shown], dg.TableSchema(columns))


def _shown(value: object) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = ", ".join(map(str, value))
    text = value.isoformat(" ", "seconds") if hasattr(value, "hour") else str(value)  # type: ignore[attr-defined]
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
