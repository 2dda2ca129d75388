"""`kill -9` at random moments of a run: readers notice nothing, and after one more run all is there, once."""

import os
import re
import signal
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired
from time import monotonic, sleep

import pytest

from pipeline.ingest.batch import KIND as ARTICLES
from pipeline.lake import Lake
from pipeline.reading import KIND as READ
from pipeline.stages import RESOLUTIONS
from tests.soak.place import LONGEST, SOAK, Place
from tests.test_runs import published, rows

ROUNDS, KILLS, NEW = 4 * SOAK, 4, 20
# Of the time that a whole run took: before, only Python is loading.
EARLIEST, LATEST = 0.4, 1.0
# Which id an incident keeps when two become one depends on which was published first, and so on the kills.
INCIDENT = re.compile("'i_[0-9a-f]{16}'")


def test_crashes_in_the_first_run_leave_nothing_that_the_second_stumbles_over(place: Place) -> None:
    place.write(10)
    begun = monotonic()
    with place.start() as process:
        while not (place.settings.lake_folder / READ).exists() and monotonic() - begun < LONGEST:
            sleep(0.005)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert place.published() == {}
    place.run()
    assert place.published()["articles"] == place.articles


@pytest.mark.skipif(not SOAK, reason="takes minutes: make soak")
def test_crashes_lose_nothing_and_double_nothing(place: Place, tmp_path: Path, tell: Callable[[str], None]) -> None:
    dice = Random(4)
    place.write(NEW)
    begun = monotonic()
    place.run()
    whole = monotonic() - begun
    fates: Counter[str] = Counter()
    for _ in range(ROUNDS):
        for _ in range(KILLS):
            before = place.published()
            place.write(NEW)
            done = reached(place)
            killed = kill(place, dice.uniform(EARLIEST, LATEST) * whole)
            fates[fate(done, reached(place)) if killed else "not in time"] += 1
            assert place.published()["articles"] >= before["articles"]
        place.run()
        assert place.published()["articles"] == place.articles
    undisturbed = Place(tmp_path / "undisturbed")
    undisturbed.write(place.articles)
    undisturbed.run()
    here, there = told(place), told(undisturbed)
    differ = {name: (told - there[name], there[name] - told) for name, told in here.items() if told != there[name]}
    assert differ == {}
    kills = fates.total() - fates["not in time"]
    assert kills
    tell(
        f"killed {kills} of {place.runs} runs over {place.articles} articles, {whole:.1f} s each: lost 0, twice 0; "
        + ", ".join(f"{name} {count}" for name, count in sorted(fates.items()))
    )


def kill(place: Place, after: float) -> bool:
    """Whether a run was still going so many seconds after its start; it is not now, nor are its processes."""
    with place.start() as process:
        try:
            said, _ = process.communicate(timeout=after)
        except TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
    assert process.returncode == 0, said
    return False


def reached(place: Place) -> tuple[set[object], ...]:
    """What each stage has left so far."""
    lake = Lake(place.settings.lake_folder)
    chunks = [{chunk.key for chunk in lake.chunks(kind)} for kind in (ARTICLES, READ, RESOLUTIONS)]
    return (*chunks, {place.settings.published.resolve()})


def fate(before: tuple[set[object], ...], after: tuple[set[object], ...]) -> str:
    """The stage that was the last to leave something new."""
    stages = ("after ingest", "after extract", "after resolve", "after publish")
    left = [stage for stage, old, new in zip(stages, before, after, strict=True) if old != new]
    return left[-1] if left else "before any stage was done"


def told(place: Place) -> dict[str, Counter[str]]:
    """The published rows, and which articles tell of one incident, whatever ids the incidents have, and had before."""
    tables = published(place.settings)
    articles: defaultdict[object, set[str]] = defaultdict(set)
    for row in rows(place.settings, "incident_articles"):
        articles[row["incident_id"]].add(str(row["article_id"]))
    return {
        "together": Counter(repr(sorted(group)) for group in articles.values()),
        **{
            name: Counter(INCIDENT.sub("an incident", repr(row)) for row in found)
            for name, found in tables.items()
            if name != "incident_aliases"
        },
    }
