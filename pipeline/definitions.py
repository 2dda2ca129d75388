"""What Dagster sees: assembly only."""

import dagster as dg

from pipeline.assets import articles, incidents, readings, run_report, scores, warehouse
from pipeline.automation import hourly, new_articles, refresh
from pipeline.checks import CHECKS
from pipeline.resources import Clock, Progress, SettingsResource, log_progress


def build(settings: SettingsResource, clock: Clock, progress: Progress) -> dg.Definitions:
    """Everything, with these resources; steps run in one process, as reading brings its own."""
    return dg.Definitions(
        assets=[articles, readings, incidents, warehouse, run_report, scores],
        asset_checks=CHECKS,
        jobs=[refresh],
        sensors=[new_articles],
        schedules=[hourly],
        resources={"settings": settings, "clock": clock, "progress": progress},
        executor=dg.in_process_executor,
    )


defs = build(SettingsResource.here(), Clock(), log_progress())
