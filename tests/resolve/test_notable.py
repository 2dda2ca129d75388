"""The newest incidents and the conflicts, as they are shown."""

from pipeline.resolve.notable import conflicts, newest
from tests.resolve.told import World


def test_notable_newest_first_ten_at_most() -> None:
    world = World()
    for number in range(12):
        world.article(f"paper {number}", f"2021-03-{number + 1:02}")
        world.tell(f"paper {number}", f"Clinic {'ABCDEFGHIJKL'[number]} Ltd", people_affected=1_000 + number)
    told = newest(world.resolve().frames)
    assert [row["last reported"].isoformat() for row in told] == [f"2021-03-{day:02}" for day in range(12, 2, -1)]  # type: ignore[attr-defined]
    assert (told[0]["incident"], told[0]["people"], told[0]["articles"], told[0]["records"]) == (
        *("Clinic L Ltd: Data exposure, 1,011 people", "1,011"),
        *(1, ""),
    )


def test_notable_conflicts_in_words() -> None:
    world = World()
    for name, people in (("gazette", 6_200), ("courier", 9_000)):
        world.article(name, "2021-03-02", publisher=name.title())
        world.count(world.tell(name, "Northgate Clinic", people_affected=people), people, f"{people:,} patients")
    (told,) = conflicts(world.resolve().frames)
    assert told["of"] == "people affected: patients"
    assert "“6,200 patients” (Gazette, 2021-03-02)" in str(told["in words"])


def test_notable_nothing() -> None:
    frames = World().resolve().frames
    assert (newest(frames), conflicts(frames)) == ([], [])
