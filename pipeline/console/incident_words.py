"""What is known of an incident in words for people: the facts of its record, who says so, in which articles."""

import re
from collections.abc import Mapping

from pipeline.console.amounts import amount, days
from pipeline.console.incident import Dossier, Row
from pipeline.console.query import printable
from schemas.vocabulary import Sector

# How an explanation names an article whose publisher is not known.
UNNAMED = re.compile(r"\(article ([0-9a-f]{8})\)|\barticle ([0-9a-f]{8})\b")
# Columns of the record that are shown as they are, before and after the day of the incident.
RECORD = ("organization", "action", "action_variety", "actor", "actor_name", "exposure_status", "discovery_method")
PLACE = ("country", "discovered_on", "disclosed_on")


def line(text: object) -> str:
    """Words of the text on one line, without control characters."""
    return printable(" ".join(str(text).split()))


def facts(dossier: Dossier) -> list[tuple[str, str]]:
    """What is known of the incident itself, names and values."""
    record = dossier.record
    found = [(name, record[name]) for name in RECORD]
    found += [("occurred", when(record))]
    found += [("sector", record["sector"] and f"{Sector(record['sector']).meaning} ({record['sector']})")]
    found += [(name, record[name]) for name in PLACE]
    found += [("people_affected", count(record, "people_affected", "person"))]
    found += [("records_exposed", count(record, "records_exposed", "record"))]
    found += [("data_types", ", ".join(record["data_types"]).replace("_", " "))]
    if record["first_reported_on"]:
        found += [("reported", days(record["first_reported_on"], record["last_reported_on"]))]
    found += [
        ("confidence", f"{record['confidence']:.2f}"),
        ("changed_at", f"{record['changed_at']:%Y-%m-%d %H:%M} UTC"),
    ]
    return [(name.replace("_", " "), line(value)) for name, value in found if value not in (None, "", "unknown")]


def speaker(row: Row) -> str:
    """Who said it, as far as the text tells."""
    named = dict.fromkeys(filter(None, (row["speaker"], row["speaker_affiliation"])))
    return line(", ".join(named) or "speaker unknown")


def source(article: Row) -> str:
    """An article in a few words."""
    name = article["title"] or article["source_uri"]
    return line(" · ".join(str(part) for part in (article["published_on"], article["publisher"], name) if part))


def change(row: Row) -> tuple[str, str]:
    """When a run changed the record, and what."""
    old, new = ("unknown" if value is None else line(value) for value in (row["old"], row["new"]))
    return f"{row['changed_at']:%Y-%m-%d %H:%M}", f"{row['field'].replace('_', ' ')}: {old} → {new}"


def place(article: Row, numbers: Mapping[str, int]) -> str:
    """How the article relates to the incident and how surely, what it repeats, where it came from, and its id."""
    told = [f"{article['relation'].replace('_', ' ')} ({article['link']:.2f})"]
    for column, words in (("duplicate_of", "repeats"), ("superseded_by", "replaced by")):
        if other := article[column]:
            told.append(f"{words} {f'[{numbers[other]}]' if other in numbers else other}")
    return line(" · ".join((*told, article["source_uri"], article["article_id"])))


def explanation(row: Row, numbers: Mapping[str, int]) -> str:
    """A comparison in words; articles without a publisher by their number in the list."""
    short = {article.removeprefix("a_")[:8]: number for article, number in numbers.items()}

    def numbered(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return f"[{short[name]}]" if name in short else found[0]

    return line(UNNAMED.sub(numbered, row["explanation"]))


def when(record: Row) -> str:
    """The days on which it may have happened; nothing where none is known."""
    return days(record["occurred_from"], record["occurred_to"])


def count(record: Row, name: str, unit: str) -> str:
    """A count of the record with its range."""
    return amount(record[f"{name}_low"], record[name], record[f"{name}_high"], unit)
