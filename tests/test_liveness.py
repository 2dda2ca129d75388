import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipeline import home
from pipeline.liveness import close_dead_runs, hold, is_any_alive, let_go, watch

# A process with a run that has a place in the pool, as while it publishes; it says so and waits to be killed.
HOLDER = """
    import sys, time
    import dagster as dg
    from pipeline.liveness import hold
    instance, run_id = dg.DagsterInstance.get(), sys.argv[1]
    hold(instance, run_id)
    instance.event_log_storage.initialize_concurrency_limit_to_default("publish")
    print(instance.event_log_storage.claim_concurrency_slot("publish", run_id, "warehouse").is_claimed, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    home.prepare()
    with dg.DagsterInstance.get() as instance:
        yield instance


@pytest.fixture
def started(instance: dg.DagsterInstance) -> Callable[[str], str]:
    """Records a run that has started."""

    def record(run_id: str) -> str:
        run = dg.DagsterRun(job_name="refresh", run_id=run_id, status=dg.DagsterRunStatus.STARTED)
        instance.add_run(run)
        return run_id

    return record


@pytest.fixture
def holder(instance: dg.DagsterInstance) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []

    def start(run_id: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", textwrap.dedent(HOLDER), run_id]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_liveness_leaves_a_living_run_alone_and_closes_it_when_killed(
    instance: dg.DagsterInstance,
    started: Callable[[str], str],
    holder: Callable[[str], subprocess.Popen[str]],
) -> None:
    run_id = started("00000000-0000-0000-0000-000000000001")
    process = holder(run_id)
    assert close_dead_runs(instance) == []
    assert status(instance, run_id) == dg.DagsterRunStatus.STARTED
    assert is_any_alive(instance)

    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not is_any_alive(instance)
    assert close_dead_runs(instance) == [run_id]
    assert status(instance, run_id) == dg.DagsterRunStatus.FAILURE
    assert instance.event_log_storage.get_concurrency_info("publish").active_slot_count == 0
    assert close_dead_runs(instance) == []


def test_liveness_says_nothing_of_a_run_that_was_never_held(
    instance: dg.DagsterInstance, started: Callable[[str], str]
) -> None:
    run_id = started("00000000-0000-0000-0000-000000000002")
    assert close_dead_runs(instance) == []
    assert status(instance, run_id) == dg.DagsterRunStatus.STARTED


def test_liveness_own_run_is_alive_until_it_lets_go(
    instance: dg.DagsterInstance, started: Callable[[str], str], tmp_path: Path
) -> None:
    run_id = started("00000000-0000-0000-0000-000000000003")
    hold(instance, run_id)
    hold(instance, run_id)
    assert is_any_alive(instance)
    with watch(instance):
        assert status(instance, run_id) == dg.DagsterRunStatus.STARTED
    let_go(instance, run_id)
    assert not is_any_alive(instance)
    assert list((tmp_path / "alive").iterdir()) == []
