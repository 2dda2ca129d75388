"""The scores against those of the independent scorer that lies beside the repository, where it is there.

Rows are made from the labels by spoiling some of them, so that every rule has cases on both sides.
"""

import importlib.util
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline.evaluate.counts import Report
from pipeline.evaluate.labels import LabelledArticle, load_articles, load_labels
from pipeline.evaluate.predictions import from_warehouse
from pipeline.evaluate.scoring import score

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
MEASURES = ("people_affected", "people_subset", "records_exposed", "background", "other")

TABLES = """
CREATE TABLE articles (article_id VARCHAR, text VARCHAR, reports_incident BOOLEAN, duplicate_of VARCHAR);
CREATE TABLE incidents (incident_id VARCHAR, organization VARCHAR, action VARCHAR, actor VARCHAR, occurred_from DATE,
    occurred_to DATE, people_affected BIGINT, confidence DOUBLE);
CREATE TABLE incident_articles (incident_id VARCHAR, article_id VARCHAR, is_main BOOLEAN, confidence DOUBLE);
CREATE TABLE figures (article_id VARCHAR, char_start BIGINT, char_end BIGINT, quote VARCHAR, value DOUBLE,
    value_low DOUBLE, value_high DOUBLE, qualifier VARCHAR, unit VARCHAR, measure VARCHAR, incident_id VARCHAR,
    confidence DOUBLE);
CREATE TABLE events (article_id VARCHAR, char_start BIGINT, char_end BIGINT, quote VARCHAR, date_from DATE,
    date_to DATE, kind VARCHAR, incident_id VARCHAR, confidence DOUBLE);
CREATE TABLE exposed_data (article_id VARCHAR, char_start BIGINT, char_end BIGINT, quote VARCHAR, data_type VARCHAR,
    incident_id VARCHAR);
CREATE TABLE statements (article_id VARCHAR, char_start BIGINT, char_end BIGINT, quote VARCHAR, speaker VARCHAR,
    speaker_affiliation VARCHAR);
"""


@pytest.fixture(scope="module")
def twin() -> ModuleType:
    """The independent scorer as a module."""
    path = SHARED / "score.py"
    if not path.is_file():
        pytest.skip("the independent scorer is not here")
    spec = importlib.util.spec_from_file_location("twin_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scoring_agrees_with_the_independent_scorer(twin: ModuleType, tmp_path: Path, seed: int) -> None:
    labels, texts = _corpus()
    warehouse = tmp_path / "incidents.duckdb"
    _spoiled_warehouse(warehouse, labels, texts, random.Random(seed))

    theirs, _ = twin.score(warehouse, json.loads(json.dumps(labels)), texts)
    _write_labels(tmp_path / "labels", labels)
    articles = {doc: LabelledArticle(text) for doc, text in texts.items()}
    ours = score(from_warehouse(warehouse, articles), load_labels(tmp_path / "labels"), articles)

    assert _as_twin(ours) == theirs
    assert all(0 < tally.hit < tally.gold for part, tally in ours.tallies.items() if part != "detection")


def _corpus() -> tuple[dict[str, Any], dict[str, str]]:
    """All labels that are here: the seeds', and where they lie beside the repository, many more."""
    folders = [ROOT / "tests/gold/labels", SHARED / "gold/labels"]
    files = [file for file in (SHARED / "casie/dev.jsonl",) if file.is_file()]
    labels = {
        path.stem: json.loads(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.json"))
    }
    texts = {doc: article.text for doc, article in load_articles([ROOT / "seeds", *files]).items()}
    labels = {doc: label for doc, label in labels.items() if doc in texts}
    return labels, {doc: texts[doc] for doc in labels}


def _write_labels(folder: Path, labels: dict[str, Any]) -> None:
    folder.mkdir()
    for doc, label in labels.items():
        (folder / f"{doc}.json").write_text(json.dumps(label), encoding="utf-8")


def _as_twin(report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        part: {
            "precision": round(t.precision, 4),
            "recall": round(t.recall, 4),
            "f1": round(t.f1, 4),
            "hit": t.hit,
            "predicted": t.predicted,
            "gold": t.gold,
        }
        for part, t in report.tallies.items()
    }
    for field, share in report.shares.items():
        result[field] = {"accuracy": round(share.accuracy, 4), "hit": share.hit, "of": share.of}
    return {**result, "articles": {"labelled": report.labelled, "missing": report.missing}}


def _spoiled_warehouse(path: Path, labels: dict[str, Any], texts: dict[str, str], dice: random.Random) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
    for doc, label in sorted(labels.items()):
        if dice.random() < 0.05:
            continue
        # Stored without the white space at the head, or with other white space.
        head = dice.choice(["", "  ", "\n"])
        text = head + texts[doc].strip()
        shift = len(head) - (len(texts[doc]) - len(texts[doc].lstrip()))
        rows["articles"].append((doc, text, label["reports_incident"] != (dice.random() < 0.2), None))
        if dice.random() < 0.1:
            rows["articles"].append((f"copy of {doc}", text, False, doc))
        _Spoiler(rows, doc, texts[doc], text, shift, dice).spoil(label)
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
        for name, found in rows.items():
            parquet = path.with_name(f"{name}.parquet")
            columns = [column[0] for column in connection.execute(f"FROM {name} LIMIT 0").description or ()]
            pl.DataFrame(found, schema=columns, orient="row", infer_schema_length=None).write_parquet(parquet)
            connection.execute(f"INSERT INTO {name} FROM '{parquet}'")


_COLUMNS = ("articles", "incidents", "incident_articles", "figures", "events", "exposed_data", "statements")


@dataclass(frozen=True, slots=True)
class _Spoiler:
    """Makes rows of one article that are like its labels but for the faults that the dice give them."""

    rows: dict[str, list[tuple[Any, ...]]]
    article: str
    labelled: str
    text: str
    shift: int
    dice: random.Random

    def spoil(self, label: dict[str, Any]) -> None:
        for incident in label["incidents"]:
            self.incident(incident, label)
        for figure in label["figures"]:
            for _ in range(self.times()):
                self.figure(figure)
        for day in label["dates"]:
            for _ in range(self.times()):
                self.day(day)
        for exposed in label["exposed_data"]:
            for _ in range(self.times()):
                kind = self.or_else(exposed["data_type"], "name", "email")
                self.rows["exposed_data"].append((self.article, *self.place(exposed), kind, None))
        for said in label["statements"]:
            for _ in range(self.times()):
                speaker = self.or_else((said["speaker"] or "").split("|")[-1] or None, "Someone Else", None)
                affiliation = self.or_else(None, (said["speaker"] or "").split("|")[0] or None)
                self.rows["statements"].append((self.article, *self.place(said), speaker, affiliation))

    def incident(self, label: dict[str, Any], whole: dict[str, Any]) -> None:
        name = (label["organization"] or [None])[-1]
        occurred = label["occurred"] or [None, None]
        people = [f["value"] for f in whole["figures"] if f["measure"] == "people_affected" and f["value"] is not None]
        for copy in range(self.times()):
            key = f"{self.article}-{label['id']}-{copy}"
            affected = self.or_else(round(people[0]) if people else None, 7, None)
            self.rows["incidents"].append(
                (
                    key,
                    self.or_else(name, None, f"The {name}, Inc.", "Nobody"),
                    self.or_else(label["action"].split("|")[0], "error"),
                    self.or_else(label["actor"].split("|")[0], "unknown"),
                    self.or_else(occurred[0], None),
                    self.or_else(occurred[1], None),
                    affected,
                    0.5,
                )
            )
            self.rows["incident_articles"].append((key, self.article, self.or_else(label["is_main"], False), 0.5))

    def figure(self, label: dict[str, Any]) -> None:
        incident = str(label["incident"]).split("|")[0]
        value = self.or_else(label["value"], label["low"], None)
        self.rows["figures"].append(
            (
                self.article,
                *self.place(label),
                value,
                self.or_else(label["low"], None, 10),
                self.or_else(label["high"], None, 10),
                self.or_else(label["qualifier"], "exact", "about"),
                self.or_else(label["unit"].split("|")[-1], "person"),
                self.or_else(label["measure"].split("|")[-1], *MEASURES),
                self.or_else(f"{self.article}-{incident}-0", f"{self.article}-i1-0", None),
                0.5,
            )
        )

    def day(self, label: dict[str, Any]) -> None:
        last = self.or_else(label["to"], None)
        if last and self.dice.random() < 0.1:
            last = str(date.fromisoformat(last) + timedelta(1))
        self.rows["events"].append((self.article, *self.place(label), label["from"], last, "occurred", None, 0.5))

    def place(self, label: dict[str, Any]) -> tuple[int, int, str]:
        start = -1
        for _ in range(label.get("nth", 1)):
            start = self.labelled.find(label["quote"], start + 1)
        start += self.shift
        end = start + len(label["quote"])
        if self.dice.random() < 0.2:
            start, end = max(0, start - self.dice.randrange(9)), min(len(self.text), end + self.dice.randrange(60))
        return start, end, self.text[start:end]

    def times(self) -> int:
        return self.dice.choice([0, 1, 1, 1, 1, 1, 2])

    def or_else(self, right: Any, *wrong: Any) -> Any:
        return right if self.dice.random() < 0.8 else self.dice.choice(wrong)
