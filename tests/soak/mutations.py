"""Good files of every format, and what may become of them on the way: the same for the same number."""

import gzip
import io
import json
from collections.abc import Callable
from random import Random

import polars as pl

from tests.articles import CLINIC
from tests.benchmarks.prose import article

# Text that would do harm wherever it is taken for more than text.
HOSTILE = (
    "'; DROP TABLE articles; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![x](file:///etc/passwd) | a | b |",
    "$(touch pwned) `touch pwned` %s {0.__class__} {{7*7}}",
    "[bold red]not markup[/] \x1b[2J\u202e\u200b\ufeff",
    "../../../etc/passwd\r\nContent-Type: text/html",
    "\\u0000 \\ud800 &#0; &#xD800; \U0010ffff",
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "a" * 50
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(9))
    + '<!ENTITY out SYSTEM "file:///etc/passwd">]>'
)


KINDS = tuple(
    plain + packed for plain in (".txt", ".md", ".html", ".jsonl", ".csv", ".parquet") for packed in ("", ".gz")
)


def good(kind: str, number: int) -> bytes:
    """A file of this kind that can be read; no two numbers have an article in common."""
    if kind.endswith(".gz"):
        return gzip.compress(good(kind.removesuffix(".gz"), number), mtime=0)
    # Of clinics of their own: hundreds of articles about one incident are another matter.
    name = "".join(chr(97 + number // 26**place % 26) for place in range(3)).title()
    own = CLINIC.replace("Northgate", f"{name}gate")
    texts = [f"{own}\n\nCase {number}, {text}" for text in ("as told first.", article(number), article(number + 1))]
    paragraphs = "".join(f"<p>{part}</p>" for part in texts[1].split("\n\n"))
    rows = [{"text": text, "title": "Clinic", "published_on": "2023-01-02", "author": "Ada"} for text in texts]
    match kind:
        case ".txt":
            written = f"---\ntitle: Clinic\ndate: 2023-01-02\n---\n{texts[0]}"
        case ".md":
            written = (
                f"---\ntitle: Clinic\n---\n# Clinic\n\n> *{texts[0]}*\n\n- [a](b)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
            )
        case ".html":
            written = f"<html><head><title>Clinic</title></head><body><article>{paragraphs}</article></body></html>"
        case ".jsonl":
            written = "\n".join(map(json.dumps, rows))
        case ".csv":
            written = pl.DataFrame(rows).write_csv()
        case _:
            parquet = io.BytesIO()
            pl.DataFrame(rows).write_parquet(parquet)
            return parquet.getvalue()
    return written.encode()


def mutated(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    """The file after one to three mishaps; `longest` bytes is the longest text that may be taken in."""
    if kind.endswith(".gz") and dice.random() < 0.7:  # before it was packed
        return gzip.compress(mutated(kind.removesuffix(".gz"), gzip.decompress(data), dice, longest), mtime=0)
    for _ in range(dice.randint(1, 3)):
        data = dice.choice(MISHAPS)(kind, data, dice, longest)
    return data


def flipped(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.choice((1, 5, 50)) if spoilt else 0):
        spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
    return bytes(spoilt)


def truncated(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def shuffled(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    """A part of it moved, doubled or overwritten with noise."""
    start, end, to = sorted(dice.randrange(len(data) + 1) for _ in range(3))
    return dice.choice(
        (
            data[:start] + data[end:to] + data[start:end] + data[to:],
            data[:end] + data[start:],
            data[:start] + dice.randbytes(end - start) + data[end:],
        )
    )


def interrupted(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    """Something hostile in the midst of it."""
    place = dice.randrange(len(data) + 1)
    foreign = dice.choice((*(text.encode() for text in HOSTILE), BOMB.encode(), b"\0", b"\xff\xfe", b"\xed\xa0\x80"))
    return data[:place] + foreign + data[place:]


def nested(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    """As deep as the format lets anybody write it."""
    opening = {
        ".txt": b"---\na: [",
        ".md": dice.choice((b"> ", b"[", b"*", b"- ", b"![")),
        ".html": dice.choice((b"<div>", b"<p><b>", b"<table><tr><td>", b"<ul><li>", b"<svg><a>")),
        ".jsonl": dice.choice((b"[", b'{"text":', b'{"text": "a", "id": [')),
        ".csv": b'"',
    }.get(kind, b"(")
    return opening * dice.choice((50, 5_000, longest // 20)) + data


def endless(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    """A line, a word or a number that does not end."""
    piece = dice.choice((b"a", b"9", b" ", b"-", b"The 1,000 ", b"\xe2\x80\x9c", b"&amp;", b"<p>", b'"', b"\n", b"\r"))
    place = dice.randrange(len(data) + 1)
    return data[:place] + piece * (dice.choice((longest // 2, longest, 2 * longest)) // len(piece)) + data[place:]


def disguised(kind: str, data: bytes, dice: Random, longest: int) -> bytes:
    """In another encoding or another wrapping than its name says."""
    if kind.endswith((".gz", ".parquet")) or dice.random() < 0.3:
        return dice.choice(
            (
                gzip.compress(data, mtime=0),
                gzip.compress(b"\n" * (3 * longest), mtime=0),
                b"PAR1" + data,
                b"%PDF-1.7" + data,
            )
        )
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(("utf-16", "utf-32", "utf-7", "cp1252", "utf-8-sig", "cp037")), "replace")


MISHAPS: tuple[Callable[[str, bytes, Random, int], bytes], ...] = (
    flipped,
    truncated,
    shuffled,
    interrupted,
    nested,
    endless,
    disguised,
)
