"""Metadata attached to a text: YAML front matter at its head, or a file NAME.meta.json beside it.

What the fields mean, `metadata` says. Nothing that could grow out of a few lines (aliases, deep nesting) is unfolded.
"""

import json
import re
from collections.abc import Mapping

import yaml

from pipeline.ingest.decoding import decode
from pipeline.ingest.folder import SourceFile
from pipeline.ingest.metadata import FIELDS
from pipeline.ingest.records import Refused

FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Front matter and sidecars are a few lines; what is longer is something else.
LONGEST = 64_000
# What site generators call them.
ALSO = {"date": "published_on", "link": "url", "source": "publisher", "authors": "author"}


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """The known fields at the head of a text, and the text below; a text that begins with a mere line is all text.

    Refused: front matter that is no YAML.

    >>> front_matter("---\\ntitle: Clinic loses laptop\\n---\\nA laptop was stolen.")
    ({'title': 'Clinic loses laptop'}, 'A laptop was stolen.')
    """
    match = FRONT.match(text[:LONGEST]) if text.startswith("---") else None
    fields = _known(_yaml(match[1])) if match and ":" in match[1] else {}
    return (fields, text[match.end() :].lstrip("\n")) if match and fields else ({}, text)


def beside(file: SourceFile) -> dict[str, object]:
    """The known fields of the file's sidecar; none where there is no sidecar. Refused: a sidecar that is no object."""
    other = file.beside()
    if other is None:
        return {}
    try:
        fields = json.loads(decode(other.read(LONGEST)))
    except Refused as reason:
        raise Refused("sidecar", f"{other.name}: {reason.failure}") from reason
    except (ValueError, RecursionError) as error:
        raise Refused("sidecar", f"{other.name} is no JSON: {error}") from error
    if not isinstance(fields, dict):
        raise Refused("sidecar", f"{other.name} is no object but {type(fields).__name__}")
    return _known(fields)


def _yaml(block: str) -> object:
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block)):
            raise Refused("front_matter", "the front matter has YAML aliases")
        return yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise Refused("front_matter", f"the front matter is no YAML: {problem}") from error


def _known(fields: object) -> dict[str, object]:
    """The fields that mean something, by their own names."""
    if not isinstance(fields, Mapping):
        return {}
    renamed = {ALSO.get(name, name): value for name, value in fields.items() if name in ALSO}
    return renamed | {name: fields[name] for name in FIELDS if name in fields}
