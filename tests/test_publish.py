import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from pipeline.identity import article_id, row_id
from pipeline.publish import PublishError
from schemas.articles import Reject
from schemas.incidents import ReadingIncident
from schemas.render import sql_type
from schemas.tables import TABLES
from tests.ledgers import Ledger, incident, one_of_each
from tests.samples import AT, INCIDENT, OTHER_INCIDENT, TEXT, sample, spot

ROOT = Path(__file__).parents[1]


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the runs, without its times."""
    rows = {}
    with duckdb.connect(path, read_only=True) as connection:
        for table in TABLES[:-1]:
            columns = ", ".join(name for name, column in table.columns.items() if sql_type(column) != "TIMESTAMP")
            rows[table.name] = connection.execute(f"SELECT {columns} FROM {table.name}").fetchall()
    return rows


def test_publish_makes_a_file_that_says_what_was_read(ledger: Ledger) -> None:
    snapshot = ledger.publish()
    assert snapshot.is_new
    assert ledger.current.resolve() == snapshot.path == ledger.warehouse / f"incidents-{snapshot.snapshot_id}.duckdb"
    assert snapshot.rows == {
        **dict.fromkeys(("articles", "incidents", "incident_articles", "figures", "events", "exposed_data"), 1),
        **dict.fromkeys(("parties", "statements", "responses", "pipeline_runs"), 1),
        **dict.fromkeys(("incident_aliases", "incident_candidates", "incident_changes", "reconciliations"), 0),
        "rejects": 0,
    }
    columns = "figure_id, article_id, incident_id, measure, value, unit, quote, char_start, char_end"
    assert ledger.ask(f"SELECT {columns} FROM figures") == [
        (row_id("f", "first"), article_id("first"), INCIDENT, "people_affected", 1200.0, "person",
         "about 1,200 patients", 61, 81)
    ]  # fmt: skip
    assert ledger.ask("SELECT substring(text, 62, 20) FROM articles") == [("about 1,200 patients",)]
    assert ledger.ask("SELECT reports_incident, published_on_basis FROM articles") == [(True, "metadata")]


def test_publish_leaves_nothing_but_snapshots_and_the_link(ledger: Ledger) -> None:
    name = ledger.publish().path.name
    assert {path.name for path in ledger.warehouse.iterdir()} == {name, "incidents.duckdb", ".publish.lock"}
    # Relative, so that the folder can be moved.
    assert ledger.current.readlink() == Path(name)
    assert stat.S_IMODE(ledger.current.stat().st_mode) == 0o444


def test_publish_writes_the_format_that_was_asked_for(ledger: Ledger) -> None:
    ledger.publish()
    query = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name LIKE 'incidents%'"
    assert "v1.4" in str(ledger.ask(query)[0][0])


def test_publish_writes_one_row_of_meta(ledger: Ledger) -> None:
    snapshot = ledger.publish()
    assert ledger.ask("FROM v_meta") == [("1.0.0", snapshot.snapshot_id, AT + timedelta(minutes=2))]


def test_publish_of_nothing_is_an_empty_warehouse(tmp_path: Path) -> None:
    snapshot = Ledger(tmp_path).publish()
    assert sum(snapshot.rows.values()) == snapshot.rows["pipeline_runs"] == 1


def test_publish_of_the_same_content_writes_nothing(ledger: Ledger) -> None:
    first = ledger.publish()
    before = first.path.stat()
    again = ledger.publish("run-2")
    assert again == first._replace(is_new=False)
    assert first.path.stat() == before
    assert ledger.ask("SELECT run_id FROM pipeline_runs") == [("run-1",)]
    assert len(ledger.lake.chunks("runs")) == 1


def test_publish_gives_the_same_tables_whatever_the_order_and_the_time(tmp_path: Path) -> None:
    names = ["a", "b", "c"]
    made: list[Ledger] = []
    for place, order in (("here", names), ("there", names[::-1])):
        made.append(ledger := Ledger(tmp_path / place, time=AT + timedelta(days=len(made))))
        for name in order:
            rows = one_of_each(name)
            rows["articles"][0]["ingested_at"] = ledger.now()
            rows["rejects"] = [{**sample(Reject), "reject_id": row_id("x", name), "rejected_at": ledger.now()}]
            ledger.add(name, **rows)
            ledger.found(**incident(name, row_id("i", name), changed_at=ledger.now()))
    one_chunk = Ledger(tmp_path / "one chunk")
    parts = [one_of_each(name) for name in names]
    together = {table: [row for part in parts for row in part[table]] for table in parts[0]}
    one_chunk.add("all", **together, rejects=[{**sample(Reject), "reject_id": row_id("x", n)} for n in names])
    one_chunk.resolution = made[0].resolution
    snapshots = [ledger.publish(run_id) for ledger, run_id in zip([*made, one_chunk], "xyz", strict=True)]
    assert len({snapshot.snapshot_id for snapshot in snapshots}) == 1
    assert tables(made[0].current) == tables(made[1].current) == tables(one_chunk.current)


def test_publish_counts_what_is_new_and_remembers_its_runs(ledger: Ledger) -> None:
    first = ledger.publish()
    ledger.add("second", **one_of_each("second"))
    ledger.found(**incident("second", OTHER_INCIDENT))
    second = ledger.publish("run-2")
    assert second.snapshot_id != first.snapshot_id
    assert ledger.ask(
        "SELECT run_id, snapshot_id, articles_new, articles_total, incidents_total, started_at < finished_at"
        " FROM pipeline_runs ORDER BY started_at"
    ) == [("run-1", first.snapshot_id, 1, 1, 1, True), ("run-2", second.snapshot_id, 1, 2, 2, True)]


def test_publish_of_another_extractor_is_another_snapshot(ledger: Ledger) -> None:
    assert ledger.publish().snapshot_id != ledger.publish("run-2", version="2").snapshot_id


def test_publish_keeps_the_time_of_the_last_change_where_nothing_changed(ledger: Ledger) -> None:
    ledger.publish()
    ledger.add("second", **one_of_each("second"))
    ledger.found(**incident("second", OTHER_INCIDENT))
    later = AT + timedelta(days=3)
    for row in ledger.resolution["incidents"]:
        row["changed_at"] = later
    ledger.publish("run-2")
    assert dict(ledger.ask("SELECT incident_id, changed_at FROM incidents")) == {INCIDENT: AT, OTHER_INCIDENT: later}
    ledger.resolution["incidents"][0] |= {"people_affected": 1250, "changed_at": later}
    ledger.publish("run-3")
    assert ledger.ask(f"SELECT changed_at FROM incidents WHERE incident_id = '{INCIDENT}'") == [(later,)]


def test_publish_continues_from_a_snapshot_of_an_older_contract(ledger: Ledger) -> None:
    ledger.warehouse.mkdir()
    older = ledger.warehouse / "incidents-0000000000000000.duckdb"
    with duckdb.connect(older) as connection:
        connection.execute("CREATE TABLE incidents (incident_id VARCHAR, changed_at TIMESTAMP)")
        connection.execute("CREATE VIEW v_meta AS SELECT '0' AS snapshot_id")
    ledger.current.symlink_to(older.name)
    assert ledger.publish().is_new
    assert ledger.ask("SELECT articles_new FROM pipeline_runs") == [(1,)]


# What goes in, and what becomes of it


def test_publish_takes_the_day_of_publication_from_the_text_where_nobody_delivered_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    days = {"delivered": date(2024, 5, 1), "undated": None, "misread": None}
    read = {"delivered": date(2024, 4, 1), "undated": date(2024, 4, 30), "misread": date(2042, 4, 30)}
    for name, day in days.items():
        rows = one_of_each(name)
        rows["articles"][0] |= {"published_on": day, "published_on_basis": "metadata" if day else None}
        rows["article_readings"][0]["published_on"] = read[name]
        ledger.add(name, articles=rows["articles"], article_readings=rows["article_readings"])
    ledger.publish()
    assert set(ledger.ask("SELECT source_uri, published_on, published_on_basis FROM articles")) == {
        ("delivered.txt", date(2024, 5, 1), "metadata"),
        ("undated.txt", date(2024, 4, 30), "text"),
        ("misread.txt", None, None),
    }


def test_publish_lets_resolve_say_what_repeats_what(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for name, known in (("first", None), ("again", "first"), ("not again", "first"), ("of nothing", "never came")):
        rows = one_of_each(name)
        rows["articles"][0]["duplicate_of"] = article_id(known) if known else None
        ledger.add(name, articles=rows["articles"], article_readings=rows["article_readings"])
    link = {"article_id": article_id("first"), "superseded_by": article_id("again")}
    ledger.found(article_links=[link, {"article_id": article_id("not again")}])
    ledger.publish()
    names = {article_id(name): name for name in ("first", "again", "not again", "of nothing")}
    found = ledger.ask("SELECT article_id, duplicate_of, superseded_by FROM articles")
    assert {tuple(names.get(str(value)) for value in row) for row in found} == {
        ("first", None, "again"),
        ("again", "first", None),
        ("not again", None, None),
        ("of nothing", None, None),
    }


def test_publish_makes_one_of_rows_that_came_twice(ledger: Ledger) -> None:
    # The same folder, ingested by two runs at the same time: the first one counts.
    twice = one_of_each("first")
    twice["articles"][0] |= {"ingested_at": AT - timedelta(hours=1), "batch": "b_0"}
    ledger.add("again", **twice)
    assert ledger.publish().rows["articles"] == 1
    assert ledger.ask("SELECT batch, ingested_at FROM articles") == [("b_0", AT - timedelta(hours=1))]
    assert ledger.ask("SELECT count(*) FROM figures UNION ALL SELECT count(*) FROM parties") == [(1,), (1,)]


def test_publish_makes_one_of_findings_whose_readings_became_one_incident(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    rows = one_of_each("first")
    for name in ("incident_readings", "exposed_data", "parties", "responses"):
        rows[name].append({**rows[name][0], "reading_id": row_id("r", "second")})
    ledger.add("first", **rows)
    ledger.found(**incident("first"))
    ledger.found(reading_incidents=[sample(ReadingIncident, reading_id=row_id("r", "second"))])
    counts = ledger.publish().rows
    assert (counts["exposed_data"], counts["parties"], counts["responses"], counts["rejects"]) == (1, 1, 1, 0)


def test_publish_refuses_an_article_that_was_not_read_and_all_its_rows(ledger: Ledger) -> None:
    unread = one_of_each("unread")
    ledger.add("unread", articles=unread["articles"], figures=unread["figures"])
    ledger.found(**incident("unread"))
    del ledger.resolution["incidents"][1]
    ledger.publish()
    assert ledger.ask("SELECT count(*) FROM articles UNION ALL SELECT count(*) FROM figures") == [(1,), (1,)]
    unread_id = article_id("unread")
    assert ledger.ask(
        "SELECT table_name, article_id, source_uri, stage, column_name, check_name, failure"
        " FROM rejects ORDER BY table_name"
    ) == [
        ("articles", unread_id, "unread.txt", "publish", "reports_incident", "not_null", "the article was not read"),
        ("figures", unread_id, "unread.txt", "publish", "article_id", "foreign_key",
         f"article_id {unread_id} is not published"),
        ("incident_articles", unread_id, "unread.txt", "publish", "article_id", "foreign_key",
         f"article_id {unread_id} is not published"),
    ]  # fmt: skip
    assert ledger.ask("SELECT record ->> 'figure_id' FROM rejects WHERE table_name = 'figures'") == [
        (row_id("f", "unread"),)
    ]


def test_publish_refuses_rows_of_an_incident_that_is_not_published_but_not_the_background(ledger: Ledger) -> None:
    rows = one_of_each("second")
    background = {**rows["figures"][0], "figure_id": row_id("f", "background"), "reading_id": None}
    rows["figures"].append(background)
    ledger.add("second", **rows)
    counts = ledger.publish().rows
    assert counts["figures"] == 2
    assert ledger.ask("SELECT figure_id FROM figures WHERE incident_id IS NULL") == [(row_id("f", "background"),)]
    assert sorted(ledger.ask("SELECT table_name, check_name FROM rejects")) == [
        (name, "foreign_key") for name in ("events", "exposed_data", "figures", "parties", "responses", "statements")
    ]


def test_publish_gives_its_rejects_the_same_ids_again(tmp_path: Path) -> None:
    found = []
    for place in ("here", "there"):
        ledger = Ledger(tmp_path / place, time=AT + timedelta(days=len(found)))
        ledger.add("first", articles=one_of_each("first")["articles"])
        ledger.publish()
        found.append(ledger.ask("SELECT * EXCLUDE (rejected_at) FROM rejects"))
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_publish_keeps_every_reject_once(ledger: Ledger) -> None:
    later = sample(Reject, rejected_at=AT + timedelta(days=1))
    ledger.add("seen", rejects=[sample(Reject)])
    ledger.add("seen again", rejects=[later])
    ledger.found(rejects=[sample(Reject, reject_id=row_id("x", "resolve"), stage="resolve")])
    assert ledger.publish().rows["rejects"] == 2
    assert ledger.ask("SELECT rejected_at, record ->> 'bytes' FROM rejects WHERE stage = 'ingest'") == [(AT, "0")]
    assert ledger.ask("SELECT stage, reject_count FROM v_data_quality") == [("ingest", 1), ("resolve", 1)]


def test_publish_reads_files_whose_names_look_like_patterns(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "it's [a] *")
    ledger.add("first", **one_of_each("first"))
    assert ledger.publish().rows["articles"] == 1


def test_publish_has_no_use_for_other_tables(ledger: Ledger) -> None:
    ledger.files["gossip"] = []
    with pytest.raises(ValueError, match="the warehouse has no use for gossip"):
        ledger.publish()


# What may go wrong


def state(ledger: Ledger) -> dict[str, object]:
    """What readers can see of a warehouse."""
    return {path.name: path.read_bytes() if path.is_file() else None for path in sorted(ledger.warehouse.iterdir())}


def break_provenance(ledger: Ledger) -> None:
    rows = one_of_each("second")
    rows["figures"][0] |= spot("patients 🏥 to the wrong ")  # as long as the quote that it replaces
    rows["figures"][0]["quote"] = "patients 🏥 to the right "
    ledger.add("second", **rows)
    ledger.found(**incident("second", OTHER_INCIDENT))


def break_a_check(ledger: Ledger) -> None:
    rows = one_of_each("second")
    rows["articles"][0]["char_count"] = 3
    ledger.add("second", **rows)


def break_a_file(ledger: Ledger) -> None:
    ledger.add("second", **one_of_each("second"))
    path = ledger.files["events"][-1]
    path.write_bytes(path.read_bytes()[:-9])


def lose_a_file(ledger: Ledger) -> None:
    ledger.add("second", **one_of_each("second"))
    ledger.files["events"][-1].unlink()


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        pytest.param(break_provenance, r"is not sound: quotes are not what their text holds \(1 times\)", id="quote"),
        pytest.param(break_a_check, "could not be built: Constraint Error: CHECK", id="check"),
        pytest.param(break_a_file, "could not be built: .*parquet", id="damaged Parquet"),
        pytest.param(lose_a_file, "could not be built: IO Error: No files found", id="missing Parquet"),
    ],
)
def test_publish_that_fails_changes_nothing(damage: Callable[[Ledger], None], complaint: str, ledger: Ledger) -> None:
    ledger.publish()
    before = state(ledger)
    damage(ledger)
    with pytest.raises(PublishError, match=complaint):
        ledger.publish("run-2")
    assert state(ledger) == before
    assert len(ledger.lake.chunks("runs")) == 1


def test_publish_that_dies_changes_nothing_and_the_next_one_cleans_up(ledger: Ledger) -> None:
    ledger.publish()
    before = state(ledger)
    ledger.add("second", **one_of_each("second"))
    # Killed hard after the rows were loaded, with the file open.
    code = (
        "import os, sys\nfrom datetime import datetime\nfrom pathlib import Path\n"
        "from pipeline.lake import Lake\nfrom pipeline.publish import Run, publish\n"
        "times = iter([datetime(2024, 5, 6)])\n"
        "root, sources = Path(sys.argv[1]), {k: [Path(p) for p in v] for k, v in eval(sys.argv[2]).items()}\n"
        "publish(sources, {}, Run('r', datetime(2024, 5, 6), 'rules', '1'), warehouse=root / 'warehouse',\n"
        "        lake=Lake(root / 'lake'), now=lambda: next(times, None) or os._exit(9))\n"
    )
    sources = repr({name: [str(path) for path in paths] for name, paths in ledger.files.items()})
    died = subprocess.run([sys.executable, "-c", code, str(ledger.root), sources], check=False, cwd=ROOT)
    assert died.returncode == 9
    left = ledger.warehouse / ".building"
    assert any(left.glob("incidents-*.duckdb"))
    assert {name: data for name, data in state(ledger).items() if name != ".building"} == before
    assert ledger.ask("SELECT run_id FROM pipeline_runs") == [("run-1",)]
    ledger.found(**incident("second", OTHER_INCIDENT))
    assert ledger.publish("run-2").rows["articles"] == 2
    assert not left.exists()


def test_publish_waits_for_nobody(ledger: Ledger) -> None:
    ledger.publish()
    ledger.add("second", **one_of_each("second"))
    before = state(ledger)
    with (
        FileLock(ledger.warehouse / ".publish.lock"),
        pytest.raises(PublishError, match=f"another run is publishing to {ledger.warehouse}: try again"),
    ):
        ledger.publish("run-2")
    assert state(ledger) == before
    assert ledger.publish("run-2").is_new


def test_publish_replaces_a_current_file_that_cannot_be_read(ledger: Ledger) -> None:
    path = ledger.publish().path
    whole = tables(path)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:5000])
    assert ledger.publish("run-2").is_new
    assert tables(ledger.current) == whole


def test_publish_says_that_it_may_not_write(tmp_path: Path) -> None:
    (tmp_path / "warehouse").write_text("a file, not a folder")
    with pytest.raises(PublishError, match=r"cannot be a folder: .* BREACH_LEDGER_WAREHOUSE"):
        Ledger(tmp_path).publish()


def test_publish_keeps_the_latest_snapshots(ledger: Ledger) -> None:
    ledger.keep = 2
    made = [ledger.publish(f"run-{n}", version=str(n)).path for n in range(3)]
    assert sorted(ledger.warehouse.glob("incidents-*")) == sorted(made[-2:])
    ledger.keep = 1
    made.append(ledger.publish("run-4", version="4").path)
    assert list(ledger.warehouse.glob("incidents-*")) == made[-1:]


def test_publish_goes_back_to_content_that_was_published_before(ledger: Ledger) -> None:
    first = ledger.publish("run-1", version="1")
    ledger.publish("run-2", version="2")
    again = ledger.publish("run-3", version="1")
    assert (again.snapshot_id, again.is_new) == (first.snapshot_id, True)
    assert ledger.current.resolve() == first.path
    assert ledger.ask("SELECT run_id FROM pipeline_runs ORDER BY finished_at") == [("run-1",), ("run-2",), ("run-3",)]


# Readers


def test_publish_leaves_a_reader_its_snapshot_and_shows_a_new_connection_the_new_one(ledger: Ledger) -> None:
    ledger.keep = 1  # the old file is even removed
    ledger.publish()
    with duckdb.connect(ledger.current, read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        ledger.add("second", **one_of_each("second"))
        ledger.found(**incident("second", OTHER_INCIDENT))
        ledger.publish("run-2")
        assert reader.execute("SELECT count(*), max(length(text)) FROM articles").fetchone() == (1, len(TEXT))
        assert ledger.ask("SELECT count(*) FROM articles") == [(2,)]


def test_publish_is_not_held_up_by_a_reader_in_another_process(ledger: Ledger) -> None:
    ledger.publish()
    code = (
        "import sys, duckdb\n"
        "reader = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for line in sys.stdin:\n"
        "    print(*reader.execute('SELECT count(*) FROM articles').fetchone(), flush=True)\n"
        "    print(*duckdb.connect(sys.argv[1], read_only=True).execute('SELECT count(*) FROM articles').fetchone(),"
        " flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(ledger.current)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def counts() -> tuple[str, str]:
            reader.stdin.write("go\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip(), reader.stdout.readline().strip()

        assert counts() == ("1", "1")
        ledger.add("second", **one_of_each("second"))
        ledger.publish("run-2")
        assert counts() == ("1", "2")
        reader.stdin.close()
        assert reader.wait(10) == 0
