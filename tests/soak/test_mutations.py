"""Files that went wrong in every way: each is an article or a reject, in bounded memory and time."""

import resource
from collections import Counter
from collections.abc import Callable
from random import Random

import duckdb

from tests.soak.mutations import KINDS, good, mutated
from tests.soak.place import SOAK, Place

ROUNDS, FILES = (4 * SOAK, 500) if SOAK else (1, 40)
# The longest text that is taken in here, in bytes; one file in a hundred is measured by the longest by default.
LONGEST, USUAL = 50_000, 10_000_000
# What a run may hold at most, in MB: some hundred of it are Python, polars, DuckDB and Dagster.
MEMORY = 1_500


def test_mutations_become_articles_or_rejects(place: Place, tell: Callable[[str], None]) -> None:
    folder = place.settings.articles_folder
    folder.mkdir()
    for number in range(ROUNDS * FILES):
        dice = Random(number)
        kind = dice.choice(KINDS)
        longest = USUAL if SOAK and number % 100 == 0 else LONGEST
        (folder / f"{number:05}{kind}").write_bytes(mutated(kind, good(kind, number), dice, longest))
        if (number + 1) % FILES == 0:
            place.run()
    published = place.published()
    with duckdb.connect(place.settings.published, read_only=True) as connection:
        places = connection.execute(
            "SELECT source_uri FROM articles UNION ALL SELECT source_uri FROM rejects"
        ).fetchall()
        checks = Counter(check for (check,) in connection.execute("SELECT check_name FROM rejects").fetchall())
    assert {path.name for path in folder.iterdir()} - {str(uri).partition("#")[0] for (uri,) in places} == set()
    assert "extractor_failed" not in checks
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    assert megabytes < MEMORY
    often = ", ".join(f"{check} {count}" for check, count in checks.most_common())
    tell(
        f"{ROUNDS * FILES} mutated files in {ROUNDS} runs: {published['articles']} articles, {checks.total()} rejects "
        f"({often}), none lost, {megabytes} MB at most"
    )
