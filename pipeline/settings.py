"""Every setting, with its default: the one place where they are described. Environment and flags override them.

`BREACH_LEDGER_WAREHOUSE=/srv/ledger`, say, in the environment or in a file `.env` in the project's folder.
"""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

from dotenv import dotenv_values
from pydantic import BaseModel, Field, ValidationError, field_validator

PREFIX = "BREACH_LEDGER_"
# Minute, hour, day of the month, month, day of the week: the least and the most that each may be.
CRON = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def _root() -> Path:
    """The checkout that this package runs from, else the working directory."""
    checkout = Path(__file__).resolve().parents[1]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()


# Relative paths in the environment and below are taken from here.
ROOT = _root()


class SettingsFault(ValueError):
    """A setting that cannot be; the message names it, its value and what is wrong."""


class Settings(BaseModel):
    """What a run needs to know; paths are absolute once they come from `settings`."""

    articles: str = Field(default="seeds", description="Folder of articles, searched with all folders below it")
    warehouse: str = Field(default="warehouse", description="Folder of the lake and of the published file")
    max_bytes: int = Field(default=10_000_000, ge=1, description="The longest file, line or page, in bytes")
    chunk_articles: int = Field(default=1_000, ge=1, description="Articles in a chunk of the lake: bounds the memory")
    workers: int = Field(default=0, ge=0, description="Processes that read articles; 0: one a core")
    storage_version: str = Field(default="v1.4.0", description="The oldest DuckDB that can open the published file")
    feeds: str = Field(default="", description="Addresses of RSS and Atom feeds, separated by spaces")
    feeds_allow_private: bool = Field(
        default=False, description="Whether feeds may lead to addresses of this machine and its network"
    )
    fetch_seconds: float = Field(default=30.0, gt=0, description="The longest time for a download, in seconds")
    fetch_pause: float = Field(default=1.0, ge=0, description="The time between two downloads from a feed, in seconds")
    schedule: str = Field(
        default="0 * * * *",
        description="When the schedule takes in what is new and visits the feeds, as cron writes it, in UTC",
    )
    fresh_hours: int = Field(
        default=24, ge=1, description="Hours without a run after which the published tables count as out of date"
    )
    snapshots_kept: int = Field(default=3, ge=1, description="Published snapshots that are kept, the newest included")
    labels: str = Field(default="", description="Folder of labels that the asset of scores holds the ledger against")
    labelled: str = Field(
        default="", description="The labelled articles: .jsonl files or folders of .txt, separated by spaces"
    )

    @property
    def articles_folder(self) -> Path:
        return Path(self.articles)

    @property
    def feed_addresses(self) -> tuple[str, ...]:
        return tuple(self.feeds.replace(",", " ").split())

    @property
    def labels_folder(self) -> Path | None:
        return ROOT / self.labels if self.labels else None

    @property
    def labelled_articles(self) -> list[Path]:
        return [ROOT / path for path in self.labelled.split()]

    @property
    def warehouse_folder(self) -> Path:
        return Path(self.warehouse)

    @property
    def lake_folder(self) -> Path:
        return self.warehouse_folder / "lake"

    @property
    def published(self) -> Path:
        """The stable name that readers open."""
        return self.warehouse_folder / "incidents.duckdb"

    @field_validator("storage_version")
    @classmethod
    def _is_a_version(cls, value: str) -> str:
        if not re.fullmatch(r"v\d+\.\d+\.\d+", value):
            raise ValueError("no version of DuckDB like v1.4.0")
        return value

    @field_validator("schedule")
    @classmethod
    def _is_a_schedule(cls, value: str) -> str:
        fields = value.split()
        if len(fields) != len(CRON) or not all(map(_fits, fields, CRON)):
            raise ValueError("no schedule as cron writes it, like 0 6 * * 1-5 for six o'clock from Monday to Friday")
        return value

    @classmethod
    def here(cls, **flags: object) -> Self:
        """The settings here: flags before environment before `.env` before defaults. Raises SettingsFault."""
        written = {**dotenv_values(ROOT / ".env"), **os.environ}
        _refuse_unknown({name for name in written if name.startswith(PREFIX)})
        values: dict[str, Any] = {
            name: written[PREFIX + name.upper()] for name in cls.model_fields if written.get(PREFIX + name.upper())
        }
        values |= {name: value for name, value in flags.items() if value is not None}
        try:
            settings = cls(**values)
        except ValidationError as error:
            raise SettingsFault("; ".join(_explain(fault) for fault in error.errors())) from None
        return settings.model_copy(
            update={name: str(ROOT / getattr(settings, name)) for name in ("articles", "warehouse")}
        )


def _refuse_unknown(variables: set[str]) -> None:
    known = [name.upper() for name in Settings.model_fields]
    for variable in sorted(variables - {PREFIX + name for name in known}):
        near = get_close_matches(variable.removeprefix(PREFIX), known, 1)
        meant = f": did you mean {PREFIX}{near[0]}?" if near else ""
        raise SettingsFault(f"there is no setting {variable}{meant or '; the README lists all'}")


def _fits(field: str, bounds: tuple[int, int]) -> bool:
    """Whether a field of a schedule is *, numbers within the bounds, ranges and steps of them."""
    numbers = r"\d+(?:-\d+)?"
    is_one = re.fullmatch(rf"(?:\*|{numbers})(?:/\d+)?(?:,(?:\*|{numbers})(?:/\d+)?)*", field)
    return bool(is_one) and all(bounds[0] <= int(number) <= bounds[1] for number in re.findall(r"(?<!/)\b\d+", field))


def _explain(fault: Any) -> str:
    name = ".".join(str(part) for part in fault["loc"])
    said = fault["msg"].removeprefix("Value error, ")
    return f"{name} = {fault['input']!r}: {said} (environment {PREFIX}{name.upper()}, or the flag)"
