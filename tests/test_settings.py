from pathlib import Path

import dagster as dg
import pytest

from pipeline import home, settings
from pipeline.settings import Settings, SettingsFault


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BREACH_LEDGER_{name.upper()}", raising=False)
    return tmp_path


def test_settings_defaults_lie_in_the_project(root: Path) -> None:
    here = Settings.here()
    assert here.articles_folder == root / "seeds"
    assert here.published == root / "warehouse" / "incidents.duckdb"
    assert here.max_bytes == 10_000_000


def test_settings_flags_come_before_environment_before_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / ".env").write_text("BREACH_LEDGER_WAREHOUSE=one\nBREACH_LEDGER_WORKERS=1\nBREACH_LEDGER_MAX_BYTES=1\n")
    monkeypatch.setenv("BREACH_LEDGER_WORKERS", "2")
    monkeypatch.setenv("BREACH_LEDGER_MAX_BYTES", "2")
    here = Settings.here(max_bytes=3, articles=None)
    assert (here.warehouse_folder, here.workers, here.max_bytes) == (root / "one", 2, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAX_BYTES", "0"), ("WORKERS", "many"), ("STORAGE_VERSION", "1.4"), ("SCHEDULE", "hourly")],
    ids=["low", "word", "form", "cron"],
)
def test_settings_fault_names_the_variable(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"BREACH_LEDGER_{name}", value)
    with pytest.raises(SettingsFault, match=f"{name.lower()} = '{value}': .*BREACH_LEDGER_{name}"):
        Settings.here()


@pytest.mark.parametrize("schedule", ["0 * * * *", "*/15 6-22 * * 1-5", "5,35 0 1,15 */2 *", "0 0-23/2 * * 7"])
def test_settings_schedule_is_what_dagster_takes(schedule: str) -> None:
    assert Settings(schedule=schedule).schedule == schedule
    assert dg.ScheduleDefinition(job_name="refresh", cron_schedule=schedule).cron_schedule == schedule


@pytest.mark.parametrize(
    "schedule", ["", "* * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "@ every hour now ok", "a b c d e"]
)
def test_settings_schedule_is_refused(schedule: str) -> None:
    with pytest.raises(ValueError, match="no schedule as cron writes it, like"):
        Settings(schedule=schedule)


def test_settings_unknown_variable_is_named_with_the_one_that_was_meant(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BREACH_LEDGER_ARTICLE", "/srv/news")
    with pytest.raises(SettingsFault, match=r"no setting BREACH_LEDGER_ARTICLE: did you mean BREACH_LEDGER_ARTICLES\?"):
        Settings.here()
    monkeypatch.delenv("BREACH_LEDGER_ARTICLE")
    (root / ".env").write_text("BREACH_LEDGER_ZZZ=1\n")
    with pytest.raises(SettingsFault, match="no setting BREACH_LEDGER_ZZZ; the README lists all"):
        Settings.here()


def test_home_is_made_once_and_then_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "ROOT", root)
    monkeypatch.setenv("DAGSTER_HOME", "restored afterwards")
    monkeypatch.delenv("DAGSTER_HOME")
    assert home.prepare() == root / ".dagster"
    (root / ".dagster" / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    assert home.prepare() == root / ".dagster"
    assert (root / ".dagster" / "dagster.yaml").read_text() == "telemetry: {enabled: false}\n"


def test_settings_are_all_described_with_their_defaults() -> None:
    project = Path(__file__).resolve().parents[1]
    readme, example = ((project / name).read_text(encoding="utf-8") for name in ("README.md", ".env.example"))
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default != "" else "none"
        assert f"| `BREACH_LEDGER_{name.upper()}` | {default} |" in readme
        assert f"#BREACH_LEDGER_{name.upper()}=" in example
