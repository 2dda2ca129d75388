"""An incident's values in words for people: amounts, days, speakers, sources, the facts of its record."""

from datetime import date

from pipeline.console.incident import Dossier, Row
from pipeline.console.query import printable
from pipeline.console.summary import days as closed

CURRENCY = 3
SHORT = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
BYTES = ((1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " kB"))
TIMES = ("hour", "day")
PLAIN = ("person", "record", "organization", "system", "item")
# Columns of the record that are shown as they are, before and after the day of the incident.
RECORD = ("organization", "action", "action_variety", "actor", "actor_name", "exposure_status", "discovery_method")
PLACE = ("sector", "country", "discovered_on", "disclosed_on")


def amount(low: float | None, best: float | None, high: float | None, unit: str) -> str:
    """The best value, and the range where it is wider.

    >>> amount(6200, 6200, 6200, "person"), amount(2700, 3000, None, "person"), amount(None, None, 9e9, "byte")
    ('6,200', '3,000 (2,700 or more)', 'up to 9 GB')
    """
    bounds = ""
    if low is not None and high is not None and low != high:
        bounds = f"{number(low, PLAIN[0] if unit in TIMES else unit)} to {number(high, unit)}"
    elif low is not None and high is None:
        bounds = f"{number(low, unit)} or more"
    elif high is not None and low is None:
        bounds = f"up to {number(high, unit)}"
    value = best if best is not None or bounds else low
    if value is None or (bounds.endswith("more") and value == low) or (bounds.startswith("up to") and value == high):
        return bounds
    return f"{number(value, unit)} ({bounds})" if bounds else number(value, unit)


def number(value: float, unit: str) -> str:
    """A number with its unit, long ones shortened where nothing is lost.

    >>> number(62000, "person"), number(145.5e6, "record"), number(5, "hour"), number(51000, "USD")
    ('62,000', '145.5 m', '5 hours', 'USD 51,000')
    """
    if unit == "byte":
        size, name = next(((size, name) for size, name in BYTES if value >= size), (1.0, " bytes"))
        return f"{value / size:,.6g}{name}"
    size, name = next((pair for pair in SHORT if value >= pair[0] and value * 100 % pair[0] == 0), (1.0, ""))
    words = f"{value / size:,.12g} {name}".strip()
    if len(unit) == CURRENCY and unit.isupper():
        return f"{unit} {words}"
    if unit == "percent":
        return f"{words} %"
    return words if unit in PLAIN else f"{words} {unit}{'' if value == 1 else 's'}"


def days(first: date | None, last: date | None) -> str:
    """A range of days in few words; an open end is said.

    >>> days(date(2022, 11, 28), date(2022, 11, 28)), days(date(2022, 12, 1), date(2022, 12, 9)), days(None, None)
    ('2022-11-28', '2022-12-01 to 2022-12-09', 'no day given')
    """
    if first is None or last is None:
        return f"from {first}" if first else f"until {last}" if last else "no day given"
    return closed(first, last)


def line(text: object) -> str:
    """Words of the text on one line, without control characters."""
    return printable(" ".join(str(text).split()))


def facts(dossier: Dossier) -> list[tuple[str, str]]:
    """What is known of the incident itself, names and values."""
    record = dossier.record
    found = [(name, record[name]) for name in RECORD]
    found += [("occurred", when(record))]
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
    return line(", ".join(filter(None, (row["speaker"], row["speaker_affiliation"]))) or "speaker unknown")


def source(article: Row) -> str:
    """An article in a few words."""
    name = article["title"] or article["source_uri"]
    return line(" · ".join(str(part) for part in (article["published_on"], article["publisher"], name) if part))


def change(row: Row) -> tuple[str, str]:
    """When a run changed the record, and what."""
    old, new = ("unknown" if value is None else line(value) for value in (row["old"], row["new"]))
    return f"{row['changed_at']:%Y-%m-%d %H:%M}", f"{row['field'].replace('_', ' ')}: {old} → {new}"


def place(article: Row) -> str:
    """How the article relates to the incident, where it came from, and the id that explanations name it by."""
    return line(f"{article['relation'].replace('_', ' ')} · {article['source_uri']} · {article['article_id']}")


def when(record: Row) -> str:
    """The days on which it may have happened; nothing where none is known."""
    first, last = record["occurred_from"], record["occurred_to"]
    return days(first, last) if first or last else ""


def count(record: Row, name: str, unit: str) -> str:
    """A count of the record with its range."""
    return amount(record[f"{name}_low"], record[name], record[f"{name}_high"], unit)
