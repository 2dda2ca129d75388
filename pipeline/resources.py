"""What Dagster hands to the assets: the settings (shown and changeable in its UI), the clock, who hears of progress.

The settings themselves are described in `pipeline.settings`. Nowhere else is the time asked for.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from pipeline.liveness import hold, let_go
from pipeline.settings import Settings

# The stage, the articles done, and of how many where that is known.
Progress = Callable[[str, int, int | None], None]
# The tag of a run that tells whether it visits the feeds; a run without it does.
FEEDS, NOT_VISITED = "breach-ledger/feeds", "not visited"
# So many articles between two lines of a run's log.
LOGGED = 1_000


class SettingsResource(Settings, dg.ConfigurableResource[Any]):
    """The settings of this ledger. Environment variables (BREACH_LEDGER_WAREHOUSE, ...) change them for good."""

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Every step asks for the settings, so this is where a run begins: from here on it counts as alive."""
        if context.instance and context.run:
            hold(context.instance, context.run.run_id)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        if context.instance and context.run:
            let_go(context.instance, context.run.run_id)


class Clock(dg.ConfigurableResource[Any]):
    """The time, in naive UTC; `at` stops it, for tests and for runs that must come out the same."""

    at: str | None = None

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.at) if self.at else datetime.now(UTC).replace(tzinfo=None)

    def of(self, timestamp: float | None) -> datetime:
        """A timestamp (seconds since 1970, None for now) as naive UTC; a stopped clock knows only its own."""
        if self.at or timestamp is None:
            return self()
        return datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)


def log_progress() -> Progress:
    """Writes a line into the run's log now and then."""
    heard: dict[str, int] = {}

    def hear(stage: str, done: int, total: int | None) -> None:
        if done - heard.get(stage, 0) >= LOGGED or done == total:
            heard[stage] = done
            dg.get_dagster_logger().info("%s: %s articles", stage, f"{done:,} of {total:,}" if total else f"{done:,}")

    return hear
