import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from pipeline.lake import Chunk, Lake, LakeError

ROOT = Path(__file__).parents[1]
ONE = pl.DataFrame({"text": ["a", "🏥"]})
NONE = pl.DataFrame(schema={"day": pl.Date, "names": pl.List(pl.String)})


def write(lake: Lake, key: str = "k") -> Chunk:
    return lake.write("articles", key, {"articles": ONE, "rejects": NONE})


def test_write_keeps_all_tables_as_they_were(lake: Lake) -> None:
    chunk = write(lake)
    assert chunk.read("articles").equals(ONE)
    assert chunk.read("rejects").equals(NONE)
    assert chunk.read("rejects").schema == NONE.schema
    assert (chunk.rows("articles"), chunk.rows("rejects")) == (2, 0)
    assert pl.read_parquet(chunk.path("articles")).equals(ONE)


def test_write_leaves_a_chunk_as_it_is(lake: Lake) -> None:
    first = write(lake)
    before = first.path("articles").stat().st_mtime_ns
    again = lake.write("articles", "k", {"articles": ONE.reverse(), "rejects": NONE})
    assert again == first
    assert again.read("articles").equals(ONE)
    assert first.path("articles").stat().st_mtime_ns == before


def test_write_puts_a_key_in_the_same_place_on_every_machine(tmp_path: Path) -> None:
    places = [write(Lake(tmp_path / name)).directory.name for name in ("here", "there")]
    assert places[0] == places[1]


def test_find_tells_keys_and_kinds_apart(lake: Lake) -> None:
    chunk = write(lake)
    assert lake.find("articles", "k") == chunk
    assert lake.find("articles", "other") is None
    assert lake.find("readings/1.0", "k") is None


def test_chunks_come_in_an_order_that_the_keys_alone_decide(tmp_path: Path) -> None:
    orders = []
    for name, keys in (("one", "abcd"), ("other", "dbca")):
        lake = Lake(tmp_path / name)
        for key in keys:
            write(lake, key)
        orders.append([chunk.key for chunk in lake.chunks("articles")])
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == list("abcd")


def test_chunks_of_a_kind_do_not_hold_those_of_another(lake: Lake) -> None:
    write(lake)
    lake.write("readings/1.0", "k", {"figures": NONE})
    lake.write("readings/1.1", "k", {"figures": NONE})
    assert len(lake.chunks("articles")) == len(lake.chunks("readings/1.0")) == 1
    assert lake.chunks("readings") == []
    assert lake.chunks("runs") == []


def test_paths_lists_a_table_of_all_chunks(lake: Lake) -> None:
    for key in "abc":
        write(lake, key)
    assert pl.read_parquet(lake.paths("articles", "articles")).height == 6


def test_write_that_dies_leaves_nothing_to_be_seen_and_the_next_one_cleans_up(lake: Lake) -> None:
    # Killed hard while the second table is written, as by a power cut.
    code = (
        "import os, sys, polars as pl\n"
        "from pathlib import Path\n"
        "from pipeline.lake import Lake\n"
        "class Deadly(pl.DataFrame):\n"
        "    def write_parquet(self, *args, **kwargs): os._exit(9)\n"
        "one = pl.DataFrame({'text': ['a']})\n"
        "Lake(Path(sys.argv[1])).write('articles', 'k', {'articles': one, 'rejects': Deadly()})\n"
    )
    died = subprocess.run([sys.executable, "-c", code, str(lake.root)], check=False, cwd=ROOT)
    assert died.returncode == 9
    assert len(list(lake.root.glob("articles/.writing-*/*.parquet"))) == 1
    assert lake.chunks("articles") == []
    assert lake.find("articles", "k") is None
    chunk = write(lake)
    assert chunk.read("articles").equals(ONE)
    assert list(lake.root.glob("articles/.writing-*")) == []


def test_write_by_many_at_once_makes_one_whole_chunk(lake: Lake) -> None:
    with ThreadPoolExecutor(8) as pool:
        chunks = list(pool.map(lambda n: write(lake, str(n % 2)), range(16)))
    assert {chunk.key for chunk in chunks} == {"0", "1"}
    assert [chunk.read("articles").equals(ONE) for chunk in lake.chunks("articles")] == [True, True]


def truncate(chunk: Chunk) -> None:
    path = chunk.directory / "articles.parquet"
    path.write_bytes(path.read_bytes()[:-7])


def turn_a_bit(chunk: Chunk) -> None:
    path = chunk.directory / "articles.parquet"
    data = bytearray(path.read_bytes())
    data[9] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        pytest.param(truncate, r"articles.parquet has \d+ bytes and not \d+", id="truncated"),
        pytest.param(turn_a_bit, r"articles.parquet is not what was written", id="a bit turned"),
        pytest.param(
            lambda chunk: (chunk.directory / "articles.parquet").unlink(),
            r"articles.parquet cannot be read: No such file or directory",
            id="a table gone",
        ),
    ],
)
def test_read_names_a_damaged_table(damage: object, complaint: str, lake: Lake) -> None:
    chunk = write(lake)
    damage(chunk)  # type: ignore[operator]
    for use in (chunk.read, chunk.path):
        with pytest.raises(LakeError, match=f"damaged chunk .*{chunk.directory.name}: {complaint}; remove the folder"):
            use("articles")
    assert chunk.read("rejects").equals(NONE)


@pytest.mark.parametrize(
    ("manifest", "complaint"),
    [
        pytest.param(None, "manifest.json cannot be read: No such file", id="half copied"),
        pytest.param("", "manifest.json is not what was written", id="empty"),
        pytest.param('{"key": "k", "tab', "manifest.json is not what was written", id="cut"),
        pytest.param(
            json.dumps({"key": "k", "tables": []}), "manifest.json is not what was written", id="another form"
        ),
    ],
)
def test_chunks_names_a_chunk_without_its_manifest(manifest: str | None, complaint: str, lake: Lake) -> None:
    path = write(lake).directory / "manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_text(manifest)
    with pytest.raises(LakeError, match=complaint):
        lake.chunks("articles")
    with pytest.raises(LakeError, match=complaint):
        lake.find("articles", "k")


def test_path_says_which_tables_there_are(lake: Lake) -> None:
    with pytest.raises(LakeError, match="it has no table figures, only articles, rejects"):
        write(lake).path("figures")


@pytest.mark.parametrize("kind", ["../away", "", "/etc", "a//b", ".hidden"])
def test_write_stays_inside_the_lake(kind: str, lake: Lake) -> None:
    with pytest.raises(ValueError, match="no kind of chunk"):
        lake.write(kind, "k", {"articles": ONE})


def test_write_of_an_unwritable_lake_fails_as_the_system_says(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("a file, not a folder")
    with pytest.raises(OSError, match=os.strerror(20)):
        write(Lake(tmp_path / "lake"))
