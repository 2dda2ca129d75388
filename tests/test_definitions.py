import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipeline import automation, metadata
from pipeline.assets import REPORT, scores
from pipeline.checks import QUESTIONS
from pipeline.definitions import build, defs
from pipeline.resources import Clock, SettingsResource, log_progress
from pipeline.settings import Settings
from schemas.tables import TABLES
from tests.articles import fill

CLOCK = Clock(at="2024-05-06T07:08:09")


@pytest.fixture(scope="module")
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> SettingsResource:
    root = tmp_path_factory.mktemp("definitions")
    return SettingsResource(articles=str(fill(root / "articles")), warehouse=str(root / "warehouse"))


@pytest.fixture(scope="module")
def run(instance: dg.DagsterInstance, settings: SettingsResource) -> dg.ExecuteInProcessResult:
    job = build(settings, CLOCK, log_progress()).resolve_job_def("refresh")
    return job.execute_in_process(instance=instance)


def test_definitions_load() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dg.Definitions.validate_loadable(defs)
    graph = defs.resolve_asset_graph()
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == {
        "ingest/articles",
        "extract/readings",
        "resolve/incidents",
        "evaluate/scores",
        "report/run",
        *(f"warehouse/{table.name}" for table in TABLES),
    }


def test_definitions_group_assets_by_stage() -> None:
    graph = defs.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name == key.path[0]
        assert node.description
        if key == REPORT:  # what it tells is no table
            continue
        columns = node.metadata["dagster/column_schema"].columns
        assert columns
        assert all(column.description for column in columns)


def test_definitions_every_table_follows_from_the_articles() -> None:
    graph = defs.resolve_asset_graph()
    for table in TABLES:
        above = dg.AssetSelection.assets(["warehouse", table.name]).upstream().resolve(graph)
        assert dg.AssetKey(["ingest", "articles"]) in above


def test_definitions_one_publisher_in_a_pool() -> None:
    graph = defs.resolve_asset_graph()
    assert {graph.get(dg.AssetKey(["warehouse", table.name])).pools == {"publish"} for table in TABLES} == {True}


def test_definitions_every_published_table_must_be_fresh() -> None:
    graph = defs.resolve_asset_graph()
    windows = {key: graph.get(key).freshness_policy for key in graph.get_all_asset_keys()}
    assert {key.path[0] for key, policy in windows.items() if policy is None} == {
        *("ingest", "extract", "resolve", "evaluate", "report"),
    }
    published = [policy for policy in windows.values() if policy]
    assert len(published) == len(TABLES)
    assert {policy.fail_window.to_timedelta() for policy in published} == {timedelta(hours=Settings.here().fresh_hours)}


def test_definitions_every_table_has_its_checks() -> None:
    found = {(key.asset_key.path[-1], key.name) for key in defs.resolve_asset_graph().asset_check_keys}
    quoted = {"figures", "events", "exposed_data", "parties", "statements", "responses"}
    expected = {(table.name, name) for table in TABLES for name in ("schema", "keys")}
    assert found == expected | {(name, "provenance") for name in quoted} | {("rejects", "reject_rate")}


def test_definitions_refresh_publishes(run: dg.ExecuteInProcessResult, settings: SettingsResource) -> None:
    assert run.success
    with duckdb.connect(settings.published, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM v_provenance").fetchone() == (0,)
        record = connection.execute(
            "SELECT run_id, started_at, finished_at, articles_new FROM pipeline_runs"
        ).fetchone()
    at = datetime.fromisoformat(CLOCK.at or "")
    assert record == (run.run_id, at, at, 3)


def test_definitions_assets_show_rows_and_a_sample(run: dg.ExecuteInProcessResult) -> None:
    told = {
        event.asset_key.to_user_string(): event.step_materialization_data.materialization.metadata
        for event in run.get_asset_materialization_events()
        if event.asset_key
    }
    brought = {name: entry.value for name, entry in told.pop("report/run").items()}
    assert {name: brought[name] for name in ("articles_new", "figures_new", "incidents_new", "incidents_changed")} == {
        "articles_new": 3,
        "figures_new": told["warehouse/figures"]["dagster/row_count"].value,
        "incidents_new": 1,
        "incidents_changed": 0,
    }
    assert {(row.data["check_name"], row.data["new"], row.data["open"]) for row in brought["rejects"].records} == {
        *((check, 1, 1) for check in ("binary", "empty", "no_json", "wrong_date"))
    }
    assert str(brought["over_time"]).startswith("![articles and incidents by month](data:image/svg+xml;base64,")
    assert len(told) == len(TABLES) + 3
    for key, shown in told.items():
        assert "dagster/row_count" in shown, key
        assert "sample" in shown, key
    assert told["warehouse/articles"]["dagster/row_count"].value == 3
    assert told["ingest/articles"]["rejects_new"].value == 4
    assert told["extract/readings"]["articles_read"].value == 3


def test_definitions_incidents_show_the_newest_and_the_conflicts(run: dg.ExecuteInProcessResult) -> None:
    (told,) = (
        event.step_materialization_data.materialization.metadata
        for event in run.get_asset_materialization_events()
        if event.asset_key and event.asset_key.path == ["resolve", "incidents"]
    )
    assert str(told["newest"].value).startswith("| incident | last reported | articles |")
    assert told["conflicts"].value


@pytest.mark.parametrize("labels", ["", "tests/gold/labels"], ids=["none", "of the seeds"])
def test_definitions_scores_where_there_are_labels(
    labels: str, run: dg.ExecuteInProcessResult, settings: SettingsResource
) -> None:
    asked = SettingsResource(warehouse=settings.warehouse, labels=labels, labelled="seeds")
    scored = dg.materialize([scores], resources={"settings": asked}, instance=dg.DagsterInstance.ephemeral())
    assert scored.success
    (event,) = scored.get_asset_materialization_events()
    told = event.step_materialization_data.materialization.metadata
    if labels:
        assert str(told["plot"].value).startswith("![scores](data:image/svg+xml;base64,")
        assert told["F1 figures.found"].value == 0.0  # the seeds are not among the articles of this run
        assert "2 labelled articles, 2 of them not read" in str(told["scores"].value)
    else:
        assert "BREACH_LEDGER_LABELS" in str(told["scores"].value)


def test_metadata_page_says_what_the_values_say() -> None:
    told = metadata.page([{"said": "<b>*a*</b> | [x](y)\nz", "times": 62_000, "none": None}])
    assert told.value == (
        "| said | times | none |\n| --- | --- | --- |\n| &lt;b\\>\\*a\\*&lt;/b\\> \\| \\[x\\]\\(y\\) z | 62,000 |  |"
    )


def test_definitions_checks_pass_and_the_reject_rate_warns(run: dg.ExecuteInProcessResult) -> None:
    results = {(check.asset_key.path[-1], check.check_name): check for check in run.get_asset_check_evaluations()}
    warned = results.pop(("rejects", "reject_rate"))
    assert (warned.passed, warned.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert warned.metadata["share"].value == pytest.approx(4 / 7)
    assert {key for key, check in results.items() if not check.passed} == set()


def test_definitions_a_check_tells_what_is_wrong(run: dg.ExecuteInProcessResult, tmp_path: Path) -> None:
    settings = SettingsResource(warehouse=str(tmp_path))
    with duckdb.connect(settings.published) as connection:
        connection.execute(f"ATTACH '{run_published(run)}' AS good (READ_ONLY)")
        for table in TABLES:
            connection.execute(f"CREATE TABLE {table.name} AS FROM good.{table.name}")
        connection.execute("UPDATE figures SET quote = 'other words', value_low = value_high + 1")
        connection.execute("INSERT INTO figures FROM figures LIMIT 1")
        connection.execute("DELETE FROM articles")
        connection.execute("CREATE VIEW v_provenance AS SELECT 'figures' AS table_name FROM figures")
        (figures,) = (table for table in TABLES if table.name == "figures")
        faults = {name: question(connection, figures) for name, (_, question) in QUESTIONS.items()}
    assert {fault.what for fault in faults["schema"]} >= {"length(quote) = char_end - char_start"}
    assert "(figure_id) repeats" in {fault.what for fault in faults["keys"]}
    assert "article_id is not in articles" in {fault.what for fault in faults["keys"]}
    assert faults["provenance"][0].times > 0


def run_published(run: dg.ExecuteInProcessResult) -> str:
    (event, *_) = (
        e for e in run.get_asset_materialization_events() if e.asset_key and e.asset_key.path[0] == "warehouse"
    )
    return str(event.step_materialization_data.materialization.metadata["dagster/uri"].value)


def test_definitions_again_publishes_nothing(
    run: dg.ExecuteInProcessResult, instance: dg.DagsterInstance, settings: SettingsResource
) -> None:
    before = settings.published.resolve()
    job = build(settings, CLOCK, log_progress()).resolve_job_def("refresh")
    assert job.execute_in_process(instance=instance).success
    assert settings.published.resolve() == before


def test_automation_sensor_asks_once_for_what_is_new(
    run: dg.ExecuteInProcessResult, instance: dg.DagsterInstance, settings: SettingsResource
) -> None:
    def tick() -> list[str | None]:
        resources = {"settings": settings, "clock": CLOCK}
        with dg.build_sensor_context(instance=instance, resources=resources) as context:
            return [request.run_key for request in automation.new_articles.evaluate_tick(context).run_requests or ()]

    assert tick() == []
    (settings.articles_folder / "new.txt").write_text("A new article about a new leak at Northgate Clinic.")
    first = tick()
    assert len(first) == 1
    assert tick() == first  # the same key: Dagster starts no second run for it
    (settings.articles_folder / "other.txt").write_text("Another one.")
    assert tick() != first


def test_automation_is_there_to_be_switched() -> None:
    assert automation.new_articles.default_status == dg.DefaultSensorStatus.RUNNING
    assert automation.hourly.default_status == dg.DefaultScheduleStatus.STOPPED
    assert automation.hourly.cron_schedule == "0 * * * *"
