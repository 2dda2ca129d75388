"""Bytes become text, or are refused. Nothing here knows of formats, files or articles.

UTF-8 first, then what a byte order mark says, then what charset-normalizer finds, Windows-1252 before its likes.
"""

import codecs

from charset_normalizer import from_bytes

from pipeline.ingest.records import Refused

# The longer mark first: UTF-32's begins like UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a file that is no text at all begins with, whatever its name says.
SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x1f\x8b": "gzip data",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"{\\rtf": "a rich text document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"PAR1": "a Parquet file",
}
SAMPLE = 1 << 16
# More control characters than this share of the text: what was decoded is no prose.
CONTROLS = 0.01


def decode(data: bytes) -> str:
    """The text of these bytes, without a byte order mark. Refused: binary data, and bytes in no known encoding."""
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise Refused("binary", f"not text but {what}")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged(data, error)
        text = _decoded(data, _encoding(data))
    if _controls(text) > CONTROLS:
        raise Refused("binary", "not text: full of control characters")
    return text


def check_characters(text: str) -> None:
    """Refuses what neither a database nor a reader can hold: NUL, and halves of surrogate pairs."""
    if "\0" in text:
        raise Refused("nul_bytes", f"a NUL character at position {text.index(chr(0))}", "text")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise Refused("lone_surrogate", "half of a surrogate pair: not valid Unicode", "text")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused("encoding", f"not readable as {encoding}: {error}") from error


def _refuse_damaged(data: bytes, error: UnicodeDecodeError) -> None:
    """UTF-8 with a broken place would be read as some other encoding, all its quotation marks wrong: rather not."""
    text = data[:SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # A character cut in two by the sample's end is no damage.
    whole = sum(char > "\x7f" for char in text) - broken
    if whole > broken:
        raise Refused("encoding", f"UTF-8 that is broken at byte {error.start}")


def _encoding(data: bytes) -> str:
    if b"\0" in data:
        raise Refused("binary", f"not text: a NUL byte at position {data.index(0)}")
    matches = from_bytes(data[:SAMPLE])
    best = matches.best()
    if best is None:
        raise Refused("encoding", "neither UTF-8 nor any other known encoding")
    # Windows-1252 is what English newsrooms used; its nearest relatives differ in letters that English never writes.
    likely = any("cp1252" in (match.encoding, *match.could_be_from_charset) for match in matches)
    return "cp1252" if likely and _fits(data, "cp1252") else best.encoding


def _fits(data: bytes, encoding: str) -> bool:
    try:
        return bool(data.decode(encoding))
    except UnicodeDecodeError:
        return False


def _controls(text: str) -> float:
    sample = text[:SAMPLE]
    return sum(char < " " and char not in "\t\n\r\f\v\0" for char in sample) / max(1, len(sample))
