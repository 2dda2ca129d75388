"""A folder of articles, a warehouse and a Dagster home of their own, over which whole runs go as processes."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.settings import Settings
from schemas.tables import TABLES
from tests.benchmarks.prose import article

ROOT = Path(__file__).parents[2]
# `make soak`: so many times the usual rounds, and of the command line itself; 0 for the few rounds of `make test`.
SOAK = int(os.environ.get("SOAK", "0"))
LONGEST = 900  # seconds that a process may take here, whatever befalls it
# The stages without Dagster: the same work in a third of the time, for the few rounds of `make test`.
STAGES = """
import sys
from datetime import datetime
from pipeline.publish import Run
from pipeline.settings import Settings
from pipeline.stages import publish_all, read_new, resolve_all, take_in
at, settings = datetime(2024, 5, 6), Settings(articles=sys.argv[1], warehouse=sys.argv[2])
take_in(settings, at, lambda done: None)
read_new(settings, at, lambda done, total: None)
resolve_all(settings, at, sys.argv[3])
publish_all(settings, Run(sys.argv[3], at, "breach-ledger", "1"), lambda: at)
"""


@dataclass
class Place:
    """`articles` counts those that were written; `runs` the processes that were started."""

    root: Path
    articles: int = 0
    runs: int = 0

    @property
    def settings(self) -> Settings:
        return Settings(articles=str(self.root / "articles"), warehouse=str(self.root / "warehouse"))

    def write(self, count: int) -> None:
        """So many articles more, each in a file of its own."""
        self.settings.articles_folder.mkdir(parents=True, exist_ok=True)
        for number in range(self.articles, self.articles + count):
            (self.settings.articles_folder / f"{number:05}.txt").write_text(article(number), encoding="utf-8")
        self.articles += count

    def start(self) -> "subprocess.Popen[str]":
        """A run that goes by itself, in a process group of its own."""
        self.runs += 1
        articles, warehouse = self.settings.articles, self.settings.warehouse
        whole = ["-m", "pipeline", "run", "--articles", articles, "--warehouse", warehouse]
        bare = ["-c", STAGES, articles, warehouse, f"run-{self.runs}"]
        return subprocess.Popen(
            [sys.executable, *(whole if SOAK else bare)],
            cwd=ROOT,
            env={**os.environ, "DAGSTER_HOME": str(self.root / "home"), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self) -> None:
        """A run that nothing disturbs."""
        with self.start() as process:
            said, _ = process.communicate(timeout=LONGEST)
        assert process.returncode == 0, said

    def published(self) -> dict[str, int]:
        """The rows of each table of the stable name, after the checks that any reader can make; empty before any."""
        path = self.settings.published
        if not path.exists():
            assert not path.is_symlink(), "the link leads nowhere"
            return {}
        with duckdb.connect(path, read_only=True) as connection:
            ask = connection.execute
            ((snapshot,),) = ask("SELECT snapshot_id FROM v_meta").fetchall()
            assert path.resolve().name == f"incidents-{snapshot}.duckdb"
            assert ask("FROM v_provenance").fetchall() == []
            for table in TABLES:
                keys = ", ".join(table.key)
                twice = ask(f"SELECT {keys} FROM {table.name} GROUP BY {keys} HAVING count(*) > 1").fetchall()
                assert twice == [], f"{table.name}: there twice"
            totals = ask("SELECT max(articles_total) FROM pipeline_runs WHERE snapshot_id = ?", [snapshot]).fetchall()
            rows = {t.name: ask(f"SELECT count(*) FROM {t.name}").fetchall()[0][0] for t in TABLES}
            assert totals == [(rows["articles"],)]
            return rows
