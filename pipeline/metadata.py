"""What Dagster's pages show of a table: its columns with their descriptions, its rows, a sample. Forms, no content."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import dagster as dg

from pipeline.inspection import Sample
from schemas.render import sql_type
from schemas.tables import Table

# A sample is stored with every run: so many characters of a value are enough to see what it is.
SHOWN = 80


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


def rows(sample: Sample) -> dg.TableMetadataValue:
    """A few rows as a table."""
    return records(dict(zip(sample.columns, row, strict=True)) for row in sample.rows)


def counts(counted: Counter[str], of: str) -> dg.TableMetadataValue:
    """What was counted, most frequent first."""
    return records({of: name, "count": count} for name, count in counted.most_common())


def records(found: Iterable[Mapping[str, object]]) -> dg.TableMetadataValue:
    shown = [{name: _shown(value) for name, value in record.items()} for record in found]
    columns = [dg.TableColumn(name) for name in (shown[0] if shown else ("nothing",))]
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
