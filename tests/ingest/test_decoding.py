import codecs

import pytest

from pipeline.ingest.decoding import check_characters, decode
from pipeline.ingest.records import Refused

PROSE = (
    "The hospital’s spokeswoman said “about 3,000” patients were told — the café’s, too.\nNothing else was lost.\n" * 3
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PROSE.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + PROSE.encode(), id="utf-8 with a mark"),
        pytest.param(PROSE.encode("utf-16"), id="utf-16 with a mark"),
        pytest.param(codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), id="utf-16 big-endian with a mark"),
        pytest.param(PROSE.encode("utf-32"), id="utf-32 with a mark"),
        pytest.param(PROSE.encode("cp1252"), id="windows-1252"),
    ],
)
def test_decoding_finds_the_encoding_and_drops_the_mark(data: bytes) -> None:
    assert decode(data) == PROSE


@pytest.mark.parametrize(
    "text", ["", "plain", "tab\tand\r\nreturn", "👩‍👩‍👧 é שלום"], ids=["empty", "ascii", "line ends", "beyond"]
)
def test_decoding_leaves_utf8_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "check"),
    [
        pytest.param(b"%PDF-1.7\n1 0 obj", "binary", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "binary", id="zip"),
        pytest.param(bytes(range(256)) * 40, "binary", id="every byte"),
        pytest.param(bytes(range(1, 32)) * 40, "binary", id="control characters"),
        pytest.param(PROSE.encode()[:-40] + b"\xff\xfe\xc3(" + PROSE.encode(), "encoding", id="damaged utf-8"),
        pytest.param(codecs.BOM_UTF8 + b"caf\xe9 was hacked", "encoding", id="a mark that lies"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a", "encoding", id="broken utf-16"),
    ],
)
def test_decoding_refuses_what_is_no_text(data: bytes, check: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.check == check
    assert refused.value.failure


@pytest.mark.parametrize(
    ("text", "check"),
    [
        pytest.param("before\0after", "nul_bytes", id="nul"),
        pytest.param("half \ud83d of an emoji", "lone_surrogate", id="lone surrogate"),
    ],
)
def test_decoding_check_characters_refuses(text: str, check: str) -> None:
    with pytest.raises(Refused) as refused:
        check_characters(text)
    assert (refused.value.check, refused.value.column) == (check, "text")


def test_decoding_check_characters_passes_the_rest() -> None:
    check_characters("é 👩‍👩‍👧 \u200b\u202e a\u0301\r\n\t")
