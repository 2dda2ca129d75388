"""Readers of the stable name during many publishes: those that come and go, and those that stay."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.identity import row_id
from tests.ledgers import Ledger, incident, one_of_each
from tests.soak.place import LONGEST, SOAK

# On two cores ten readers that never rest leave a publisher a tenth of its time: a publish takes five seconds, not one.
COME_AND_GO, STAY, PUBLISHES = (8, 2, 12 * SOAK) if SOAK else (1, 1, 2)
# Says "open" when it has seen the first snapshot, then reads until the file `argv[2]` is there.
# A snapshot that is torn would not hold what its own record of the run says.
READER = """
import json, sys, time
from pathlib import Path
import duckdb
name, end, stays = sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "stays"
QUERY = '''
    SELECT (SELECT snapshot_id FROM v_meta), (SELECT count(*) FROM articles), (SELECT count(*) FROM v_provenance),
        (SELECT count(*) FROM figures WHERE length(quote) > 0), r.articles_total, r.figures_total
    FROM pipeline_runs AS r WHERE r.snapshot_id = (SELECT snapshot_id FROM v_meta)
'''
seen, reads, errors = [], 0, []
kept = duckdb.connect(name, read_only=True)
deadline = time.monotonic() + 3600  # should nobody write the file
last = False
while time.monotonic() < deadline and not errors:
    last = end.exists()  # looked at first, so that the last read comes after the last publish
    try:
        with kept.cursor() if stays else duckdb.connect(name, read_only=True) as connection:
            ((snapshot, articles, lies, figures, articles_told, figures_told),) = connection.execute(QUERY).fetchall()
        if (articles, figures, lies) != (articles_told, figures_told, 0):
            errors.append(f"torn: {snapshot}")
        if not seen or seen[-1] != snapshot:
            seen.append(snapshot)
    except Exception as error:
        errors.append(repr(error))
    reads += 1
    if reads == 1:
        if not stays:
            kept.close()
        print("open", flush=True)
    if last:
        break
print(json.dumps([reads, seen, errors]))
"""


def test_readers_see_whole_snapshots_while_others_are_published(
    ledger: Ledger, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    snapshots, end = [ledger.publish("run-0").snapshot_id], tmp_path / "end"
    kinds = ["comes and goes"] * COME_AND_GO + ["stays"] * STAY
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(ledger.current), str(end), kind], stdout=subprocess.PIPE, text=True
        )
        for kind in kinds
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "open\n"
        for number in range(1, PUBLISHES + 1):
            ledger.add(f"more {number}", **one_of_each(f"more {number}"))
            ledger.found(**incident(f"more {number}", row_id("i", f"more {number}")))
            snapshots.append(ledger.publish(f"run-{number}").snapshot_id)
    finally:
        end.touch()
        told = [json.loads(reader.communicate(timeout=LONGEST)[0]) for reader in readers]
    assert [errors for _, _, errors in told if errors] == []
    for kind, (_, seen, _) in zip(kinds, told, strict=True):
        if kind == "stays":
            assert seen == snapshots[:1]
        else:
            assert seen[-1] == snapshots[-1]
            # In the order of publishing, and none twice.
            assert seen == [snapshot for snapshot in snapshots if snapshot in seen]
    reads = sum(reads for reads, _, _ in told)
    fewest = min(len(seen) for _, seen, _ in told[:COME_AND_GO])
    tell(
        f"{COME_AND_GO} readers that come and go and {STAY} that stay, {reads} reads during {PUBLISHES} publishes: "
        f"errors 0, torn 0; each that comes and goes saw {fewest} or more of {len(snapshots)} snapshots"
    )
