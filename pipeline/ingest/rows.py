"""One object or row of a table becomes a record or a refusal: its `text` and what is known beside it, no other keys.

Where the fields come from (JSON, CSV, Parquet, the metadata of a file) is the readers' matter.
"""

from collections.abc import Mapping

from pipeline.ingest.decoding import check_characters
from pipeline.ingest.metadata import FIELDS, parse
from pipeline.ingest.records import Record, Refusal, Refused, refusal

# Characters; a thick book has as many. Reading a text costs up to a kilobyte of memory for each.
LONGEST = 1_000_000


def item(place: str, fields: Mapping[str, object]) -> Record | Refusal:
    """The record of these fields, or the refusal that shows them."""
    try:
        return record(place, fields)
    except Refused as reason:
        return refusal(place, reason, known(fields))


def record(place: str, fields: Mapping[str, object], key: str | None = None) -> Record:
    """The record of these fields; `key` where they have no `id`.

    Refused: no text, one of more than `LONGEST`, metadata that cannot be.
    """
    text = fields.get("text")
    if text is None or (isinstance(text, str) and not text.strip()):
        raise Refused("empty", "no text but white space" if text else "no text", "text")
    if not isinstance(text, str):
        raise Refused("wrong_type", f"text is no text but {type(text).__name__}", "text")
    if len(text) > LONGEST:
        raise Refused("too_big", f"a text of more than {LONGEST:,} characters: not one article", "text")
    metadata = parse(fields, key)
    for part in (text, metadata.url, metadata.title, metadata.publisher, metadata.author, metadata.key):
        check_characters(part or "")
    return Record(place, text, metadata)


def known(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that mean something."""
    return {name: fields[name] for name in ("text", *FIELDS) if name in fields}
