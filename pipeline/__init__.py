"""breach-ledger: news articles about data breaches in, a proved DuckDB warehouse out.

The way of an article:
    ingest    a file or a line of a file becomes an article or a reject          (pipeline.ingest)
    extract   text and publication date in, findings with their spans out        (pipeline.extract, pipeline.reading)
    resolve   the same incident and the same quantity, across articles           (pipeline.resolve)
    validate  every row against its model: accepted, or a reject with a reason   (pipeline.validate)
    publish   a new DuckDB file beside the old one, proved, then flipped in      (pipeline.publish)
Between the stages lie immutable Parquet chunks (pipeline.lake); Dagster runs the stages (pipeline.definitions).
"""
