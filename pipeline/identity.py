"""Stable ids from content: the same on every machine, in every run, for ever.

Nothing here knows what is identified; a change in this module gives every row of the ledger a new id.
"""

from hashlib import blake2b

DIGITS = 16


def article_id(text: str) -> str:
    """The id of the article with this text, e.g. `a_1f0c…` (16 hexadecimal digits).

    >>> article_id("One text.") == article_id("One text.")
    True
    """
    return row_id("a", text)


def row_id(prefix: str, *parts: object) -> str:
    """`prefix_` and 16 hexadecimal digits over the parts in their order; None and "" are different parts.

    Parts are written by `str`, so give text, whole numbers, dates and codes, not floats or containers.

    >>> row_id("f", "a_1", 10, 25)
    'f_a4fa9eccda6f7594'
    >>> row_id("f", "a_11", 0, 25) == row_id("f", "a_1", 10, 25)
    False
    """
    digest = blake2b(digest_size=DIGITS // 2)
    for part in parts:
        data = b"" if part is None else str(part).encode("utf-8", "surrogatepass")
        # The length in front keeps ("ab", "c") and ("a", "bc") apart; None has no length.
        digest.update(b"-" if part is None else b"%d:" % len(data))
        digest.update(data)
    return f"{prefix}_{digest.hexdigest()}"
