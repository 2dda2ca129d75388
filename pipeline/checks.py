"""Asset checks on the published tables, made by loops over them; the questions themselves stand in `inspection`.

The file was proved before it was published, so these never hold it back: they show that it holds, and go on showing.
"""

from collections.abc import Callable, Iterator, Mapping

import dagster as dg
import duckdb

from pipeline import metadata
from pipeline.inspection import Fault, key_faults, opened, provenance_faults, reject_share, schema_faults
from pipeline.resources import SettingsResource
from schemas.base import Quoted
from schemas.tables import TABLES, Table

Question = Callable[[duckdb.DuckDBPyConnection, Table], list[Fault]]
QUESTIONS: Mapping[str, tuple[str, Question]] = {
    "schema": ("Columns, types and every rule of the model hold.", schema_faults),
    "keys": ("Keys are unique, and what they point to is there.", key_faults),
    "provenance": ("Each quote is what the article's text holds there.", provenance_faults),
}
# More refused than this is worth a look at the sources.
REJECTS = 0.05


def _asked(table: Table) -> list[str]:
    return [name for name in QUESTIONS if name != "provenance" or issubclass(table.model, Quoted)]


@dg.multi_asset_check(
    name="published_tables",
    specs=[
        dg.AssetCheckSpec(name, asset=["warehouse", table.name], description=QUESTIONS[name][0])
        for table in TABLES
        for name in _asked(table)
    ],
    can_subset=True,
)
def published_tables(
    context: dg.AssetCheckExecutionContext, settings: SettingsResource
) -> Iterator[dg.AssetCheckResult]:
    """Schema, keys and provenance of every published table."""
    tables = {table.name: table for table in TABLES}
    with opened(settings.published) as connection:
        for key in sorted(context.selected_asset_check_keys):
            faults = QUESTIONS[key.name][1](connection, tables[key.asset_key.path[-1]])
            yield dg.AssetCheckResult(
                asset_key=key.asset_key,
                check_name=key.name,
                passed=not faults,
                metadata={"faults": metadata.records(fault._asdict() for fault in faults)},
            )


@dg.asset_check(asset=["warehouse", "rejects"], description=f"At most {REJECTS:.0%} of what came in was refused.")
def reject_rate(settings: SettingsResource) -> dg.AssetCheckResult:
    """Warns where many sources became no article."""
    with opened(settings.published) as connection:
        share = reject_share(connection)
    return dg.AssetCheckResult(
        passed=share <= REJECTS,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{share:.1%} of what came in was refused; the asset report/run has the reasons.",
        metadata={"share": share},
    )


CHECKS = [published_tables, reject_rate]
