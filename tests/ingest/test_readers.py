import json
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest.folder import NoFolder, SourceFile, walk
from pipeline.ingest.readers import is_readable, read
from pipeline.ingest.records import Metadata, Record, Refusal

LIMIT = 10_000


@pytest.fixture
def items(tmp_path: Path) -> Callable[..., list[Record | Refusal]]:
    """Writes one file and reads it."""

    def written(name: str, data: bytes | str, limit: int = LIMIT) -> list[Record | Refusal]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(read(SourceFile(tmp_path, path, name), limit))

    return written


def test_plain_reads_one_article_with_even_line_ends(items: Callable[..., list[Record | Refusal]]) -> None:
    data = b"\xef\xbb\xbfClinic loses laptop\r\n\r\nIt held\rrecords. \r\n"
    text = "Clinic loses laptop\n\nIt held\nrecords. \n"
    assert items("a.TXT", data) == [Record("a.TXT", text, Metadata(key="a.TXT", title="Clinic loses laptop"))]


@pytest.mark.parametrize(
    ("data", "check"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t\r\n ", "empty", id="white space"),
        pytest.param(b"\xef\xbb\xbf", "empty", id="a mark alone"),
        pytest.param(b"before\0after", "nul_bytes", id="nul"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "binary", id="binary"),
        pytest.param(b"x" * (LIMIT + 1), "too_big", id="too big"),
    ],
)
def test_plain_refuses(items: Callable[..., list[Record | Refusal]], data: bytes, check: str) -> None:
    (refusal,) = items("a.txt", data)
    assert isinstance(refusal, Refusal)
    assert (refusal.place, refusal.check) == ("a.txt", check)


def test_jsonl_keeps_text_as_it_stands(items: Callable[..., list[Record | Refusal]]) -> None:
    text = "Line\r\nline \u2028 \ufeff 👩‍👩‍👧 a\u0301\x0b\n"
    line = {"text": text, "url": "https://news.example/1", "id": "7", "other": [1]}
    (record,) = items("a.jsonl", json.dumps(line, ensure_ascii=False) + "\n")
    assert isinstance(record, Record)
    assert record.text == text
    assert (record.place, record.source_uri) == ("a.jsonl#L1", "https://news.example/1")
    assert record.metadata == Metadata(key="7", url="https://news.example/1")


def test_jsonl_refuses_bad_lines_alone(items: Callable[..., list[Record | Refusal]]) -> None:
    good = '{"text": "A laptop was stolen."}'
    bad = {
        "{no json": "no_json",
        '{"text": "cut off': "no_json",
        "[" * 5_000: "no_json",
        '{"n": ' + "9" * 5_000 + "}": "no_json",
        '["text"]': "no_object",
        '{"title": "no text"}': "empty",
        '{"text": null}': "empty",
        '{"text": " \\n"}': "empty",
        '{"text": 5}': "wrong_type",
        '{"text": "a\\u0000b"}': "nul_bytes",
        '{"text": "a\\ud83db"}': "lone_surrogate",
        '{"text": "a", "title": "\\ud83d"}': "lone_surrogate",
        '{"text": "a", "published_on": "soon"}': "wrong_date",
        '{"text": "' + "x" * LIMIT + '"}': "too_big",
    }
    lines = [good, *(line for line in bad), "", "  ", good]
    found = items("a.jsonl", "\r\n".join(lines))
    assert [type(item) for item in found] == [Record, *(Refusal for _ in bad), Record]
    assert [(item.place, item.check) for item in found if isinstance(item, Refusal)] == [
        (f"a.jsonl#L{number}", check) for number, check in enumerate(bad.values(), 2)
    ]
    assert found[-1].place == f"a.jsonl#L{len(bad) + 4}"


def test_jsonl_reject_shows_the_record_in_a_form_that_databases_take(
    items: Callable[..., list[Record | Refusal]],
) -> None:
    (refusal,) = items("a.jsonl", '{"text": "a\\ud83d\\u0000", "published_on": NaN, "title": true, "x": 1}')
    assert isinstance(refusal, Refusal)
    assert json.loads(refusal.record or "") == {"text": "a\\ud83d\\0", "title": True, "published_on": "nan"}


def test_jsonl_reads_bytes_that_are_not_utf8(items: Callable[..., list[Record | Refusal]]) -> None:
    (record,) = items("a.jsonl", json.dumps({"text": "The café’s “secret” files"}, ensure_ascii=False).encode("cp1252"))
    assert isinstance(record, Record)
    assert record.text == "The café’s “secret” files"


def test_jsonl_refuses_utf16_as_a_whole(items: Callable[..., list[Record | Refusal]]) -> None:
    (refusal,) = items("a.jsonl", '{"text": "a"}\n{"text": "b"}\n'.encode("utf-16"))
    assert isinstance(refusal, Refusal)
    assert (refusal.place, refusal.check) == ("a.jsonl", "encoding")


def test_folder_walk_sorts_names_and_leaves_out_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden.txt", ".git/x.txt", "c.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [file for file in walk(tmp_path) if isinstance(file, SourceFile)]
    assert [file.place for file in found] == ["b.txt", "c.pdf", "a/z.txt", "a/b/c.txt"]
    assert [is_readable(file) for file in found] == [True, False, True, True]


def test_folder_walk_raises_for_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NoFolder, match=r"nowhere cannot be read: No such file"):
        list(walk(tmp_path / "nowhere"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoFolder, match=r"file cannot be read: Not a directory"):
        list(walk(tmp_path / "file"))


def test_folder_refuses_what_is_no_plain_file_below_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "up.txt").symlink_to("../outside.txt")
    (folder / "gone.txt").symlink_to(folder / "missing")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
    if os.geteuid() == 0:
        os.mknod(folder / "null.txt", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    (folder / "inside.txt").symlink_to(folder / "real.text")
    (folder / "real.text").write_text("fine")
    read_items = {
        file.place: next(read(file, LIMIT))
        for file in walk(folder)
        if isinstance(file, SourceFile) and is_readable(file)
    }
    checks = {place: item.check if isinstance(item, Refusal) else item.text for place, item in read_items.items()}
    assert checks == {
        "device.txt": "outside_folder",
        "gone.txt": "unreadable",
        "inside.txt": "fine",
        "link.txt": "outside_folder",
        "loop.txt": "unreadable",
        **({"null.txt": "not_a_file"} if os.geteuid() == 0 else {}),
        "pipe.txt": "not_a_file",
        "socket.txt": "unreadable",
        "up.txt": "outside_folder",
    }


def test_folder_place_is_one_printable_line(tmp_path: Path) -> None:
    for name in (b"new\nline.txt", b"quote'\".txt", b"bytes\xff.txt", b"a#b%.txt", "é.txt".encode()):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("x")  # noqa: PTH118
    places = sorted(file.place for file in walk(tmp_path))
    assert places == sorted(["new%0Aline.txt", "quote'\".txt", "bytes%FF.txt", "a%23b%25.txt", "é.txt"])
    assert all(place.encode() for place in places)


def test_folder_unreadable_file_and_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "shut").mkdir()
    if os.geteuid() == 0:  # root may read everything: let the system say no in its place
        monkeypatch.setattr(os, "open", _no)
    else:
        (tmp_path / "a.txt").chmod(0)
        (tmp_path / "shut").chmod(0)
    (file, *closed) = walk(tmp_path)
    assert isinstance(file, SourceFile)
    (refusal,) = read(file, LIMIT)
    assert isinstance(refusal, Refusal)
    assert (refusal.check, refusal.failure) == ("unreadable", "the file cannot be read: Permission denied")
    assert os.geteuid() == 0 or [item.place for item in closed] == ["shut"]


def _no(*args: object) -> int:
    raise PermissionError(13, "Permission denied")
