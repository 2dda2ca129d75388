"""Writes what was fitted where the extraction reads it: one JSON file a decision, the same for the same numbers."""

from __future__ import annotations

import json
from typing import Any

from pipeline.extract.weighing.weigh import FOLDER


def save(name: str, content: dict[str, Any]) -> None:
    """Write the weights of a decision in place of those before."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")
