"""Two runs at once over the same folder: one waits for the other or leaves with one line, and none corrupts."""

from collections.abc import Callable
from random import Random
from time import sleep

from tests.soak.place import LONGEST, SOAK, Place

ROUNDS = 3 * SOAK or 1
NEW = 20 if SOAK else 5


def test_two_runs_at_once_take_turns(place: Place, tell: Callable[[str], None]) -> None:
    dice, left = Random(4), 0
    for _ in range(ROUNDS):
        place.write(NEW)
        with place.start() as one:
            sleep(dice.uniform(0, 1) if SOAK else 0)
            with place.start() as two:
                said = [process.communicate(timeout=LONGEST)[0] for process in (one, two)]
        codes = (one.returncode, two.returncode)
        assert 0 in codes, said
        for code, text in zip(codes, said, strict=True):
            assert code == 0 or "another run is publishing" in text, text
        left += sum(code != 0 for code in codes)
        assert place.published()["articles"] == place.articles
    tell(f"{ROUNDS} times two runs at once over {place.articles} articles: {left} left politely, lost 0, twice 0")
