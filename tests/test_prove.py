import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest

from pipeline.prove import ProofError, prove
from schemas.tables import RESOLVED, frame
from tests.ledgers import Ledger


@pytest.mark.parametrize(
    ("tampering", "complaint"),
    [
        pytest.param("DELETE FROM figures", r"figures misses given rows \(1 times\)", id="row lost"),
        pytest.param(
            "INSERT INTO parties SELECT * REPLACE ('Zebra Bank' AS name) FROM parties",
            r"parties has rows that were not given \(1 times\)",
            id="row invented",
        ),
        pytest.param("INSERT INTO parties FROM parties", r"parties repeats keys \(1 times\)", id="row doubled"),
        pytest.param(
            "UPDATE parties SET quote = 'Harbor Clinik'",
            r"quotes are not what their text holds \(1 times\)",
            id="quote",
        ),
        pytest.param(
            "CREATE OR REPLACE VIEW v_conflicts AS SELECT error('no') AS x FROM articles",
            "v_conflicts does not run: .*no",
            id="view",
        ),
        pytest.param("DROP VIEW v_provenance", "cannot be read: .*v_provenance", id="no view"),
    ],
)
def test_prove_finds_what_is_wrong(tampering: str, complaint: str, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "tampered.duckdb"
    shutil.copy(ledger.publish().path, path)
    given = {**ledger.files, **resolved(ledger, tmp_path)}
    prove(path, given)
    path.chmod(0o644)
    with duckdb.connect(path) as connection:
        connection.execute(tampering)
    with pytest.raises(ProofError, match=complaint):
        prove(path, given)


def test_prove_wants_the_file_closed(ledger: Ledger, tmp_path: Path) -> None:
    path = ledger.publish().path
    path.with_name(path.name + ".wal").touch()
    with pytest.raises(ProofError, match="was not closed: its write-ahead log is still there"):
        prove(path, {})


def resolved(ledger: Ledger, folder: Path) -> Mapping[str, Sequence[Path]]:
    paths = {}
    for table in RESOLVED:
        paths[table.name] = [folder / f"{table.name}.parquet"]
        frame(table.model, ledger.resolution.get(table.name, ())).write_parquet(paths[table.name][0])
    return paths
