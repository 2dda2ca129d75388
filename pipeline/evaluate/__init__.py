"""How well extraction reads, measured against labelled articles: ours in tests/gold, or a user's own.

labels -> predictions (rows in memory, or a warehouse) -> scoring -> report, history, reliability.
The format of labels and the rules of scoring are described in tests/gold/README.md.
run.py puts it together.
"""
