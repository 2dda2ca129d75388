"""Where Dagster keeps what it records: `.dagster` in the project, unless DAGSTER_HOME says otherwise."""

import os
from pathlib import Path
from shutil import copyfile

from pipeline.settings import ROOT

TEMPLATE = Path(__file__).with_name("dagster.yaml")
WORKSPACE = Path(__file__).with_name("workspace.yaml")


def prepare() -> Path:
    """The home, made and configured if it was not, and set in the environment for this process and its children."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(ROOT / ".dagster")))
    home.mkdir(parents=True, exist_ok=True)
    if not (home / TEMPLATE.name).exists():
        copyfile(TEMPLATE, home / TEMPLATE.name)
    return home
