from datetime import date

import pytest

from pipeline.extract.days.datelines import published
from pipeline.extract.reader import read
from pipeline.extract.rows import tables

STORY = "The clinic said that a laptop with the names of 3,000 patients was stolen on Monday."
DAY = date(2021, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"LONDON, March 4, 2021 (Reuters) - {STORY}", id="agency"),
        pytest.param(f"Clinic loses laptop\n\nNEW YORK, N.Y., March 4, 2021 /PRNewswire/ -- {STORY}", id="press"),
        pytest.param(f"WASHINGTON (AP) — Mar. 4, 2021 — {STORY}", id="agency first"),
        pytest.param(f"4 March 2021 – {STORY}", id="no place"),
        pytest.param(f"Clinic loses laptop\nBy Ada Writer, March 4, 2021\n{STORY}", id="byline"),
        pytest.param(f"Clinic loses laptop\nAda Writer | Thursday, March 4th, 2021 | 10:05 AM\n{STORY}", id="bars"),
        pytest.param(f"Clinic loses laptop\n\nThursday 4 March 2021 10:05 GMT\n\n{STORY}", id="alone"),
        pytest.param(f"Published: 2021-03-04T10:05:00Z\n{STORY}", id="iso"),
        pytest.param(f"By Ada Writer\nPublished 10 hours ago\nPosted on 4 March 2021 at 10:05\n{STORY}", id="posted"),
        pytest.param(f"By Ada | Published March 4, 2021 | Updated March 6, 2021\n{STORY}", id="published first"),
        pytest.param(f"Updated March 4, 2021\n{STORY}", id="updated alone"),
        pytest.param(f"{STORY}\n" * 12 + "First published on 4 March 2021.", id="foot"),
        pytest.param(f"{STORY} It held files of May 5, 2020.\n\nPublished March 4, 2021", id="short"),
    ],
)
def test_datelines_published_finds_the_day(text: str) -> None:
    assert published(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        STORY,
        f"LONDON, March 4 (Reuters) - {STORY}",
        f"On March 4, 2021, {STORY}",
        "The clinic said on March 4, 2021 that a laptop was stolen.",
        "Files published on March 4, 2021 by the group hold names.",
        "The data were first published March 4, 2021, the clinic said.",
        "March 4, 2021\nThe laptop is stolen.\nApril 1, 2021\nPatients are told.",
        f"Published: February 30, 2021\n{STORY}",
        f"March 2021\n{STORY}",
        "Between January 5, 2021 and March 4, 2021, a laptop was in a car.",
        f"{STORY}\n" * 20 + "March 4, 2021",
        "By March 4, 2021, all patients had been told.",
        "The breach, discovered March 4, 2021",
        "The laptop was stolen on March 4, 2021",
        "What happened when\nJan. 3, 2021 - A laptop is stolen.\nMarch 4, 2021 - Patients are told.",
        "word " * 20_000 + "published " * 5_000,
    ],
)
def test_datelines_published_leaves_the_days_of_the_story_alone(text: str) -> None:
    assert published(text) is None


def test_reader_counts_from_the_dateline_where_no_day_is_given() -> None:
    text = f"Clinic loses laptop\n\nLONDON, March 4, 2021 (Reuters) - {STORY.replace('The clinic', 'Northgate Clinic')}"
    reading = read(text)
    assert reading.published_on == DAY
    (row,) = tables("a_1", text, reading)["article_readings"]
    assert row["published_on"] == DAY
    assert date(2021, 3, 1) in {event.mention.first for event in reading.events}
    given = read(text, date(2021, 3, 9))
    assert given.published_on is None
    assert date(2021, 3, 8) in {event.mention.first for event in given.events}
