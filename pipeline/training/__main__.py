"""Fits the weights of the extraction's models: `python -m pipeline.training --labels DIR --articles FILE`.

Prints, for each decision, how often it is right on articles that it was not fitted to.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.evaluate.labels import ArticleLabels, load_articles, load_labels
from pipeline.extract.weighing.weigh import FOLDER
from pipeline.training.calibration import calibrate
from pipeline.training.decisions import fit_all
from pipeline.training.examples import read


def main() -> None:
    options = _options()
    articles = load_articles(options.articles)
    labelled = [
        *read(articles, _labels(options.labels, set(articles)), is_extra=False),
        *read(articles, _labels(options.extra_labels, set(articles)), is_extra=True),
    ]
    FOLDER.mkdir(exist_ok=True)
    if options.calibrate:
        calibrate(labelled, articles)
    fit_all(labelled, options.only)


def _labels(folders: list[Path], known: set[str]) -> dict[str, ArticleLabels]:
    return {doc: label for folder in folders for doc, label in load_labels(folder).items() if doc in known}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--labels", type=Path, action="append", required=True, help="folder of labels; may be given again")
    add(
        "--articles", type=Path, action="append", required=True, help="JSON lines, or a folder of .txt; may be repeated"
    )
    add("--extra-labels", type=Path, action="append", default=[], help="of articles written to teach: they weigh less")
    add("--only", action="append", default=[], help="fit this decision alone, by the name of its weights")
    add("--calibrate", action="store_true", help="first measure how far each confidence can be believed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
