"""Ids that live on: what continues what when articles arrive, when stories merge and when they split."""

from datetime import date, datetime

import pytest

from pipeline.identity import row_id
from pipeline.resolve.history import Past, Present, new_id, succeed

EARLY, LATE = datetime.fromisoformat("2026-01-01T00:00"), datetime.fromisoformat("2026-02-01T00:00")


def past(name: str, readings: str, *, founded: datetime = EARLY, reported: date | None = None, mains: str = "") -> Past:
    """An incident of the last run with readings of one letter each; `mains` are its articles, all chiefly about it."""
    return Past(name, founded, reported, frozenset(readings), frozenset(mains), frozenset(mains))


def present(readings: str, *, founding: str | None = None, mains: str = "", articles: str = "") -> Present:
    return Present(founding or readings[0], frozenset(readings), frozenset(mains), frozenset(articles or mains))


def test_history_new_incident_is_named_by_its_founding_reading() -> None:
    assert succeed([], [present("ab")]).ids == (row_id("i", "a"),)


@pytest.mark.parametrize(
    ("before", "now", "ids", "merged"),
    [
        pytest.param([past("i_1", "ab")], [present("abc")], ("i_1",), {}, id="grows"),
        pytest.param([past("i_1", "abc")], [present("ab")], ("i_1",), {}, id="shrinks"),
        pytest.param(
            [past("i_1", "ab", founded=LATE), past("i_2", "c")], [present("abc")], ("i_2",), {"i_1": "i_2"}, id="older"
        ),
        pytest.param(
            [past("i_2", "ab", reported=date(2021, 3, 2)), past("i_1", "c", reported=date(2021, 3, 1))],
            [present("abc")],
            ("i_1",),
            {"i_2": "i_1"},
            id="of one age, the one reported first",
        ),
        pytest.param(
            [past("i_1", "abc")], [present("bc", founding="b"), present("a")], ("i_1", "i_0"), {}, id="the larger part"
        ),
        pytest.param(
            [past("i_1", "abc"), past("i_2", "de", founded=LATE)],
            [present("abd", founding="a"), present("ce", founding="c")],
            ("i_1", "i_2"),
            {},
            id="halves change places",
        ),
    ],
)
def test_history_succession(
    before: list[Past], now: list[Present], ids: tuple[str, ...], merged: dict[str, str]
) -> None:
    found = succeed(before, now)
    named = tuple("i_0" if each == new_id(case.founding) else each for each, case in zip(found.ids, now, strict=True))
    assert (named, dict(found.merged), found.ended) == (ids, merged, ())


def test_history_part_that_holds_the_founding_reading_gets_a_new_id_if_the_larger_part_keeps_the_old() -> None:
    whole = succeed([], [present("abc")])
    found = succeed([past(whole.ids[0], "abc")], [present("bc"), present("a")])
    assert found.ids == (whole.ids[0], row_id("i", "a", 2))


def test_history_new_id_is_never_one_that_lives_elsewhere() -> None:
    assert succeed([], [present("a")], taken=[new_id("a"), row_id("i", "a", 2)]).ids == (row_id("i", "a", 3),)


@pytest.mark.parametrize(
    ("now", "heir"),
    [
        pytest.param([present("x", mains="B"), present("y", mains="A")], 1, id="its main article"),
        pytest.param([present("x", mains="B"), present("y", articles="A")], 1, id="an article that recalls it"),
        pytest.param([present("x", mains="B")], None, id="none"),
    ],
)
def test_history_new_extractor_names_readings_anew_and_the_article_tells_the_heir(
    now: list[Present], heir: int | None
) -> None:
    found = succeed([past("i_1", "a", mains="A")], now)
    assert (found.ids.index("i_1") if "i_1" in found.ids else None) == heir
    assert found.ended == (() if heir is not None else ("i_1",))


def test_history_order_of_what_was_and_what_is_does_not_matter() -> None:
    before = [past("i_1", "abc"), past("i_2", "de"), past("i_3", "f", founded=LATE)]
    now = [present("abd"), present("ce"), present("f")]
    ids = dict(zip("acf", succeed(before, now).ids, strict=True))
    turned = dict(zip("fca", succeed(before[::-1], now[::-1]).ids, strict=True))
    assert ids == turned
