"""Names and texts that would do harm, were they ever taken for SQL, a shell's words, a path or a pattern."""

from pathlib import Path

import duckdb
from rich.console import Console

from pipeline.console import summary
from pipeline.console.summary import Outcome
from pipeline.settings import Settings
from tests.articles import CLINIC
from tests.soak.mutations import HOSTILE
from tests.test_runs import run

NAMES = (
    "'; DROP TABLE articles; --.txt",
    '" OR 1=1 [x](javascript:alert(1)).txt',
    "new\nline\r\x1b[2J.txt",
    "$(touch pwned) `touch pwned` & ; |.txt",
    "<img src=x onerror=alert(1)>*?[a-z]{0}%s.txt",
    "up..\\..\\..%2e%2e%2fetc.txt",
    "-rf --.txt",
    "\udcff\udcfe.txt",
)


def test_hostile_names_and_texts_stay_names_and_texts(tmp_path: Path) -> None:
    root = tmp_path / 'it\'s [a]* {x} "home"; --'
    settings = Settings(articles=str(root / "in"), warehouse=str(root / "out"))
    (root / "in" / "..." / "sub").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        text = f"{CLINIC} Case {number}. {HOSTILE[number % len(HOSTILE)]}"
        (root / "in" / name).write_text(text, encoding="utf-8", errors="replace", newline="")
        (root / "in" / "..." / "sub" / name).write_text("")
    run(settings)
    with duckdb.connect(settings.published, read_only=True) as connection:
        ask = connection.execute
        articles = dict(ask("SELECT source_uri, text FROM articles").fetchall())
        assert len(articles) == len(NAMES)
        assert ask("FROM rejects WHERE table_name = 'articles'").fetchall() == []  # a folder named ... is a hidden one
        assert ask("FROM v_provenance").fetchall() == []
        assert all(uri.isprintable() for uri in articles)
    assert {path.name for path in tmp_path.iterdir()} == {root.name}
    assert {path.name for path in root.iterdir()} == {"in", "out"}
    assert not list(tmp_path.rglob("pwned"))
    console = Console(width=200, record=True, file=(tmp_path / "screen").open("w"))
    summary.show(Outcome(8, 8, 0, "0" * 16, True, 1.0), settings, console)
    assert "\x1b[2J" not in console.export_text(styles=True)
