"""What starts runs by itself: a sensor that looks for new articles, and a schedule. Both can be switched in the UI.

State decides, not events: a tick that is lost or repeated does no harm.
"""

from collections.abc import Iterator

import dagster as dg

from pipeline.liveness import close_dead_runs, is_any_alive
from pipeline.resources import FEEDS, NOT_VISITED, Clock, SettingsResource
from pipeline.settings import Settings
from pipeline.stages import waiting

# Scores are asked for, not brought up to date.
refresh = dg.define_asset_job(
    "refresh",
    dg.AssetSelection.all() - dg.AssetSelection.groups("evaluate"),
    description="Take in what is new, read it, resolve, publish, check.",
)


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks into the folder of articles and asks for one run for all files that are new; visits no feed.",
)
def new_articles(
    context: dg.SensorEvaluationContext, settings: SettingsResource, clock: Clock
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Asks for one run for all files that the lake has not seen; for the same files once a day, should a run fail."""
    close_dead_runs(context.instance)
    if is_any_alive(context.instance):  # half way, it leaves another state at each stage
        yield dg.SkipReason("a run is going")
        return
    state = waiting(settings)
    if state is None:
        yield dg.SkipReason("no new article")
    else:
        # New files may come every minute; nobody's feed is asked as often.
        yield dg.RunRequest(run_key=f"{clock().date()} {state}", tags={FEEDS: NOT_VISITED})


hourly = dg.ScheduleDefinition(
    name="hourly",
    job=refresh,
    cron_schedule=Settings.here().schedule,
    execution_timezone="UTC",
    description="Takes in what is new and visits the feeds; the setting BREACH_LEDGER_SCHEDULE says when.",
)
