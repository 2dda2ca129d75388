"""What the lake has seen, in eight bytes an id: so much is held of each article, and no more.

A set of Python texts would take a hundred bytes; this lets years of articles pass through a small machine.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from heapq import merge

import polars as pl

# So many new ids are held as Python numbers before they join the sorted ones.
FRESH = 50_000


class Seen:
    """A growing set of ids as `pipeline.identity` makes them, of records, files and articles alike.

    >>> seen = Seen([pl.Series(["s_00000000000000ff", None])])
    >>> seen.add("a_0000000000000001", None)
    >>> "s_00000000000000ff" in seen, "a_0000000000000001" in seen, "a_0000000000000002" in seen
    (True, True, False)
    """

    def __init__(self, columns: Iterable[pl.Series]) -> None:
        numbers = [column.drop_nulls().str.slice(-16).str.to_integer(base=16, dtype=pl.UInt64) for column in columns]
        self._old = array("Q", pl.concat([pl.Series(dtype=pl.UInt64), *numbers]).sort())
        self._fresh: set[int] = set()

    def __contains__(self, identity: str) -> bool:
        number = _number(identity)
        if number in self._fresh:
            return True
        place = bisect_left(self._old, number)
        return place < len(self._old) and self._old[place] == number

    def add(self, *identities: str | None) -> None:
        """Remembers these; None is passed over."""
        self._fresh.update(_number(identity) for identity in identities if identity is not None)
        if len(self._fresh) >= FRESH:
            self._old = array("Q", merge(self._old, sorted(self._fresh)))
            self._fresh.clear()


def _number(identity: str) -> int:
    return int(identity[-16:], 16)
