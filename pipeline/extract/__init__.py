"""The extraction library: a text and its publication date in, findings with spans out.

`reader.read` is where to begin. Nothing here knows of Dagster, DuckDB, the time, or files but its own lexicons and
weights. The rooms in the order of the way, each importing only earlier ones: weighing, text, numbers, days, speech,
custodians, data, meaning, record.
"""

# Goes up with every change of what is read, so that every article is read again.
EXTRACTOR_VERSION = "4"
