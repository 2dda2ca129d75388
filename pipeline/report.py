"""What one run brought, asked of the file that it published: new articles, figures, incidents touched, rejects.

The form in which Dagster shows it is `metadata`'s and `plot`'s matter.
"""

from datetime import date
from typing import NamedTuple

import duckdb

# A run that published nothing has no row, and brought nothing.
_BEGUN = "(SELECT started_at FROM pipeline_runs WHERE run_id = $run)"
BROUGHT = f"""
    SELECT
        (SELECT count(*) FROM articles),
        (SELECT count(*) FROM incidents),
        (SELECT count(*) FROM articles WHERE ingested_at >= {_BEGUN}),
        (SELECT count(*) FROM figures JOIN articles USING (article_id) WHERE ingested_at >= {_BEGUN}),
        (SELECT count(*) FROM incidents WHERE changed_at >= {_BEGUN}),
        (SELECT count(DISTINCT incident_id) FROM incident_changes WHERE run_id = $run)
"""
REJECTS = f"""
    SELECT stage, check_name, count(*) FILTER (rejected_at >= {_BEGUN}) AS new, count(*) - count(resolved_at) AS open,
        min(failure) AS example
    FROM rejects GROUP BY ALL HAVING new + open > 0 ORDER BY new DESC, open DESC, stage, check_name
"""
# An incident stands where it was first reported; what has no day stands nowhere.
MONTHS = """
    SELECT month, count(*) FILTER (what = 'article') AS articles, count(*) FILTER (what = 'incident') AS incidents
    FROM (
        SELECT date_trunc('month', published_on)::DATE AS month, 'article' AS what FROM articles
        UNION ALL SELECT date_trunc('month', first_reported_on)::DATE, 'incident' FROM incidents
    )
    WHERE month IS NOT NULL GROUP BY month ORDER BY month
"""


class Month(NamedTuple):
    """The articles published and the incidents first reported in a month, which is named by its first day."""

    month: date
    articles: int
    incidents: int


class Report(NamedTuple):
    """What the ledger holds, and what a run brought: `incidents_changed` were there before, `rejects` as in REJECTS."""

    articles: int
    incidents: int
    articles_new: int
    figures_new: int
    incidents_new: int
    incidents_changed: int
    rejects: list[dict[str, object]]
    months: list[Month]


def of_run(connection: duckdb.DuckDBPyConnection, run_id: str) -> Report:
    """The report of a run, from the published file that is open."""
    run = {"run": run_id}
    ((articles, incidents, new, figures, touched, changed),) = connection.execute(BROUGHT, run).fetchall()
    found = connection.execute(REJECTS, run)
    names = [str(column[0]) for column in found.description or ()]
    rejects = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    months = [Month(*row) for row in connection.execute(MONTHS).fetchall()]
    return Report(articles, incidents, new, figures, touched - changed, changed, rejects, months)
