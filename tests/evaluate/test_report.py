from xml.etree import ElementTree

from pipeline.evaluate.counts import Finding, Report, Share, Tally
from pipeline.evaluate.history import Change
from pipeline.evaluate.report import changes_text, markdown, plot, table

REPORT = Report(
    tallies={"dates.resolved": Tally(2, 3, 4), "statements": Tally(0, 0, 2)},
    shares={"incident.action": Share(2, 3)},
    labelled=5,
    missing=1,
    findings=(),
    judged=(),
)


def test_report_table_gives_scores_and_counts() -> None:
    lines = [line.split() for line in table(REPORT).splitlines()]

    assert ["dates.resolved", "0.6667", "0.5000", "0.5714", "2", "3", "4"] in lines
    assert ["statements", "0.0000", "0.0000", "0.0000", "0", "0", "2"] in lines
    assert ["incident.action", "0.6667", "2", "3"] in lines
    assert table(REPORT).endswith("5 labelled articles, 1 of them not read")


def test_report_markdown_gives_the_same() -> None:
    assert "| dates.resolved | 0.6667 | 0.5000 | 0.5714 | 2 | 3 | 4 |" in markdown(REPORT).splitlines()
    assert "| incident.action | 0.6667 | 2 | 3 |" in markdown(REPORT).splitlines()


def test_report_plot_is_an_image_with_a_bar_for_each_score() -> None:
    image = ElementTree.fromstring(plot(REPORT))

    texts = [element.text for element in image.iter("{http://www.w3.org/2000/svg}text")]
    bars = [
        element.attrib["width"]
        for element in image.iter("{http://www.w3.org/2000/svg}rect")
        if element.attrib["fill"] == "#4c8bb5"
    ]
    assert {"dates.resolved", "0.571", "incident.action", "0.667"} <= set(texts)
    assert bars == ["228.6", "0.0", "266.7"]


def test_report_plot_of_a_name_with_markup_is_escaped() -> None:
    report = Report({"<b>&": Tally(1, 1, 1)}, {}, 1, 0, (), ())

    assert "&lt;b&gt;&amp;" in plot(report)
    ElementTree.fromstring(plot(report))


def test_report_changes_are_named_and_counted() -> None:
    name = Finding("exposed_data", "7", "right", 5, 10, "'Names' name")
    text = changes_text([Change("gained", name), Change("gained", name), Change("newly wrong", name)])

    assert [line.split() for line in text.splitlines()] == [
        ["gained", "exposed_data", "7", "'Names'", "name"],
        ["gained", "exposed_data", "7", "'Names'", "name"],
        ["newly", "wrong", "exposed_data", "7", "'Names'", "name"],
        [],
        ["exposed_data", "2", "gained,", "1", "newly", "wrong"],
    ]
    assert changes_text([]) == "nothing gained, nothing lost"
