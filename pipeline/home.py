"""Where Dagster keeps what it records: `.dagster` in the project, unless DAGSTER_HOME says otherwise."""

import os
from pathlib import Path
from shutil import copyfile

from pipeline.settings import ROOT

TEMPLATE = Path(__file__).with_name("dagster.yaml")
WORKSPACE = Path(__file__).with_name("workspace.yaml")
VARIABLE = "DAGSTER_HOME"


def folder() -> Path:
    """Where it is, there or not."""
    return Path(os.environ.get(VARIABLE) or ROOT / ".dagster").absolute()


def prepare() -> Path:
    """The home, made and configured if it was not, and set in the environment for this process and its children."""
    home = folder()
    os.environ[VARIABLE] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    if not (home / TEMPLATE.name).exists():
        copyfile(TEMPLATE, home / TEMPLATE.name)
    return home
