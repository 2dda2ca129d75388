"""Across articles: which readings tell of one incident, what its merged record is, and what the figures say together.

`ledger` is the page to read first. From there: names (`organizations`, `companions`) and homes (`blocks`) say who may
meet, `cases`, `evidence`, `nearness` and `incidents` who is one, `records`, `topics`, `figures` and `sums` what they
say together, `history` and `changes` what that means for the ids and rows of the run before, `decisions` what an
analyst says.
"""
