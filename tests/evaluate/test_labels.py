import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.labels import FigureLabel, LabelError, LabelledArticle, load_articles, load_labels, place
from schemas.vocabulary import Measure

TEXT = "Nearly 3,000 patients were told. Later, nearly 3,000 more: 3,000 in all."
FIGURE = {
    "quote": "3,000",
    "nth": 2,
    "value": 3000,
    "low": 2700,
    "high": 3000,
    "qualifier": "nearly",
    "unit": "person",
    "measure": "people_affected|people_responded",
    "incident": "i1",
}
LABELS: dict[str, Any] = {
    "doc": "7",
    "reports_incident": True,
    "incidents": [
        {"id": "i1", "is_main": True, "organization": ["Mercy Clinic"], "action": "error|unknown", "actor": "internal"}
    ],
    "figures": [FIGURE],
    "dates": [],
    "exposed_data": [],
    "statements": [],
}


def write(folder: Path, labels: dict[str, Any], name: str = "7.json") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(labels), encoding="utf-8")
    return folder


def test_labels_are_read_with_their_alternatives(tmp_path: Path) -> None:
    labels = load_labels(write(tmp_path / "labels", LABELS))["7"]

    assert labels.incidents[0].action == ("error", "unknown")
    assert labels.incidents[0].occurred is None
    assert labels.figures[0].measure == (Measure.PEOPLE_AFFECTED, Measure.PEOPLE_RESPONDED)
    assert labels.figures[0].incident == ("i1",)


@pytest.mark.parametrize(
    ("own", "span"),
    [({"nth": 1}, (7, 12)), ({"nth": 2}, (47, 52)), ({"nth": 3}, (59, 64)), ({"at": [7, 12]}, (7, 12))],
    ids=["first", "second", "third", "own offsets"],
)
def test_labels_stand_at_the_nth_occurrence_of_their_quote(own: dict[str, Any], span: tuple[int, int]) -> None:
    assert FigureLabel.model_validate(FIGURE | own).span(TEXT) == span


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"measure": "people"}, "figures[0].measure[0]"),
        ({"unit": "persons"}, "no such unit: persons"),
        ({"qualifier": "roughly"}, "figures[0].qualifier"),
        ({"nht": 2}, "figures[0].nht"),
        ({"value": "many"}, "figures[0].value"),
    ],
    ids=["measure", "unit", "qualifier", "misspelt key", "no number"],
)
def test_labels_with_a_mistake_are_refused_with_its_place(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    folder = write(tmp_path / "labels", LABELS | {"figures": [FIGURE | change]})

    with pytest.raises(LabelError) as refused:
        load_labels(folder)
    assert str(refused.value).startswith("7.json: ")
    assert told in str(refused.value)


def test_labels_name_all_their_mistakes_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "labels", LABELS | {"figures": [FIGURE | {"unit": "persons", "qualifier": "roughly"}]})
    write(folder, {"doc": "8"}, "8.json")

    with pytest.raises(LabelError) as refused:
        load_labels(folder)
    assert len(str(refused.value).splitlines()) == 2 + 6


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"figures": [FIGURE | {"nth": 4}]}, "7: figures[0]: the text has no occurrence 4 of '3,000'"),
        ({"figures": [FIGURE | {"incident": "i2"}]}, "7: figures[0]: no incident 'i2' in this article"),
        ({"incidents": LABELS["incidents"] * 2}, "7: two incidents have the same id"),
    ],
    ids=["quote not in text", "unknown incident", "id given twice"],
)
def test_labels_that_do_not_fit_their_text_are_refused(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    labels = load_labels(write(tmp_path / "labels", LABELS | change))

    with pytest.raises(LabelError, match=r"^7: ") as refused:
        place(labels, {"7": LabelledArticle(TEXT)})
    assert str(refused.value) == told


def test_labels_may_hang_a_row_on_an_incident_or_none(tmp_path: Path) -> None:
    labels = load_labels(write(tmp_path / "labels", LABELS | {"figures": [FIGURE | {"incident": "i1|None"}]}))

    place(labels, {"7": LabelledArticle(TEXT)})


def test_articles_come_from_json_lines_and_folders(tmp_path: Path) -> None:
    lines = tmp_path / "articles.jsonl"
    lines.write_text(
        '{"doc": 7, "text": "One\u2028line.", "published_on": "2021-03-04", "title": "T", "more": 1}\n\n'
        '{"id": "8", "text": "Two."}\n',
        encoding="utf-8",
    )
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "nine.txt").write_text("Three.\n", encoding="utf-8")

    assert load_articles([lines, tmp_path / "texts"]) == {
        "7": LabelledArticle("One\u2028line.", date(2021, 3, 4), "T"),
        "8": LabelledArticle("Two."),
        "nine": LabelledArticle("Three.\n"),
    }


@pytest.mark.parametrize(
    "line", ["{", '{"text": "No name."}', '{"doc": "7"}', "[]", '{"doc": "7", "text": "T", "published_on": "May"}']
)
def test_articles_that_cannot_be_read_are_refused_with_their_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"doc": "1", "text": "One."}\n' + line, encoding="utf-8")

    with pytest.raises(LabelError, match="line 2: no article"):
        load_articles([path])


def test_labels_and_articles_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no folder of labels"):
        load_labels(tmp_path / "absent")
    with pytest.raises(LabelError, match="no labels"):
        load_labels(tmp_path)
    with pytest.raises(LabelError, match="neither a file nor a folder"):
        load_articles([tmp_path / "absent.jsonl"])
