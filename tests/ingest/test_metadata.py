from datetime import date

import pytest

from pipeline.ingest.metadata import headline, parse
from pipeline.ingest.records import Metadata, Refused


def test_metadata_parse_takes_the_known_fields_and_ignores_the_rest() -> None:
    fields = {
        "id": 10001,
        "title": "  Clinic loses\n laptop ",
        "url": "https://news.example/1",
        "publisher": "Example Times",
        "author": ["A. Writer", "B. Writer"],
        "published_on": "2018-11-09",
        "casie": [{"realis": "Actual"}],
    }
    assert parse(fields) == Metadata(
        "10001",
        "https://news.example/1",
        "Clinic loses laptop",
        "Example Times",
        "A. Writer, B. Writer",
        date(2018, 11, 9),
    )


@pytest.mark.parametrize("nothing", [None, "", "  "], ids=["null", "empty", "blank"])
def test_metadata_parse_takes_nothing_for_unknown(nothing: str | None) -> None:
    assert parse({"title": nothing, "published_on": nothing, "id": nothing}, key="a.txt") == Metadata(key="a.txt")


@pytest.mark.parametrize(
    "written",
    [
        "2022-11-28",
        "2022-11-28T23:30:00-05:00",
        "2022-11-28 08:00",
        "2022-11-28T08:00:00Z",
        "Mon, 28 Nov 2022 10:00:00 GMT",
    ],
)
def test_metadata_parse_reads_dates(written: str) -> None:
    assert parse({"published_on": written}).published_on == date(2022, 11, 28)


@pytest.mark.parametrize(
    "written",
    ["2022-13-01", "2022-02-30", "last Thursday", "28/11/2022", "2022-11", "2022-11-28 25:00", "20221128", 1669593600],
)
def test_metadata_parse_refuses_wrong_dates(written: object) -> None:
    with pytest.raises(Refused) as refused:
        parse({"published_on": written})
    assert (refused.value.check, refused.value.column) == ("wrong_date", "published_on")
    assert str(written) in refused.value.failure


@pytest.mark.parametrize("value", [{"main": "x"}, True, ["a", 1]], ids=["object", "boolean", "mixed list"])
def test_metadata_parse_refuses_what_is_no_text(value: object) -> None:
    with pytest.raises(Refused) as refused:
        parse({"title": value})
    assert (refused.value.check, refused.value.column) == ("wrong_type", "title")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Clinic loses laptop\n\nA laptop was stolen.", "Clinic loses laptop", id="headline"),
        pytest.param("\n\nClinic loses laptop \n \nA laptop.", "Clinic loses laptop", id="blank lines around"),
        pytest.param("A laptop was stolen.\n\nIt held records.", None, id="a sentence"),
        pytest.param("Clinic loses laptop\nA laptop was stolen.", None, id="no gap"),
        pytest.param("Clinic loses laptop", None, id="nothing else"),
        pytest.param("Clinic loses laptop\n\n  \n", None, id="nothing below"),
        pytest.param("word " * 60 + "\n\nA laptop.", None, id="too long"),
    ],
)
def test_metadata_headline(text: str, expected: str | None) -> None:
    assert headline(text) == expected
