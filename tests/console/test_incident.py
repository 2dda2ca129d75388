import dataclasses
import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.console import incident_page, incident_text
from pipeline.console.incident import Dossier, incident, listed
from pipeline.console.incident_bars import Bar, Panel, figures, timeline
from pipeline.console.incident_svg import chart
from pipeline.console.incident_text import _strip
from pipeline.console.query import NoAnswer
from pipeline.console.scale import of_days, of_numbers
from pipeline.identity import article_id, row_id
from schemas.incidents import IncidentAlias, IncidentCandidate, IncidentChange, Reconciliation
from tests.ledgers import Ledger, one_of_each
from tests.ledgers import incident as told
from tests.samples import INCIDENT, OTHER_INCIDENT, TEXT, sample

OLD, LATER = row_id("i", "Harbor"), datetime(2024, 7, 1)  # noqa: DTZ001
CONFLICT = "about 1,200 patients (Harbor Times) against 4,000 patients (Bay News)"
# A text is not to be trusted: what it says is shown, and nothing in it is obeyed.
EVIL = TEXT + " <script>alert(1)</script> \x1b[2J [bold]"
TITLE = 'Leak "at" <b>Harbor</b> \x1b[31m & sons'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Harbor Clinic in two articles, and Zebra Bank in one."""
    ledger = Ledger(tmp_path_factory.mktemp("incident"))
    for name, text, incident_id, day in (
        ("first", EVIL, INCIDENT, date(2024, 5, 2)),
        ("second", TEXT, INCIDENT, date(2024, 6, 3)),
        ("zebra", TEXT, OTHER_INCIDENT, date(2024, 5, 2)),
    ):
        rows = one_of_each(name, text)
        rows["articles"][0] |= {
            "title": TITLE if name == "first" else "Clinic",
            "published_on": day,
            "ingested_at": LATER,
        }
        if name == "second":
            rows["figures"][0] |= {"value": None, "value_high": None, "qualifier": "at_least"}
        if name == "zebra":
            rows["parties"][0] |= {"name": "Zebra Bank", "role": "other"}
        ledger.add(name, **rows)
        ledger.found(**told(name, incident_id))
    harbor, _, zebra = ledger.resolution["incidents"]
    harbor |= {"last_reported_on": date(2024, 6, 3), "article_count": 2}
    zebra |= {"title": "Zebra Bank: Theft", "organization": "Zebra Bank"}
    ledger.resolution["incidents"] = [harbor, zebra]
    ledger.found(
        incident_aliases=[sample(IncidentAlias)],
        incident_candidates=[sample(IncidentCandidate)],
        incident_changes=[sample(IncidentChange, article_id=article_id("second"))],
        reconciliations=[
            sample(Reconciliation, status="conflicting", explanation=CONFLICT, figure_count=2, article_count=2)
        ],
    )
    ledger.publish()
    return ledger.current


@pytest.fixture(scope="module")
def harbor(published: Path) -> Dossier:
    return incident(published, INCIDENT)


def printed(dossier: Dossier, width: int = 100) -> str:
    with Path("/dev/null").open("w") as nowhere:
        console = Console(width=width, record=True, file=nowhere)
        incident_text.show(dossier, console)
        return console.export_text()


def cli(published: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--warehouse", str(published.parent)], env={"COLUMNS": "160"})


@pytest.mark.parametrize(
    ("organization", "since", "found"),
    [
        pytest.param(None, None, [INCIDENT, OTHER_INCIDENT], id="all, newest first"),
        pytest.param("harbor", None, [INCIDENT], id="part of the name"),
        pytest.param("zebra BANK", None, [OTHER_INCIDENT], id="in any case"),
        pytest.param("%", None, [], id="no wildcard"),
        pytest.param(None, date(2024, 5, 3), [INCIDENT], id="reported since"),
        pytest.param(None, date(2024, 6, 3), [INCIDENT], id="reported that day"),
        pytest.param("zebra", date(2024, 5, 3), [], id="both"),
    ],
)
def test_incident_listed(published: Path, organization: str | None, since: date | None, found: list[str]) -> None:
    assert [row["incident_id"] for row in listed(published, organization, since)] == found


def test_incident_reads_articles_and_findings_in_order(harbor: Dossier) -> None:
    assert list(harbor.numbers.items()) == [(article_id("first"), 1), (article_id("second"), 2)]
    assert [len(rows) for rows in harbor.found.values()] == [2] * 6
    assert [row["explanation"] for row in harbor.conflicts] == [CONFLICT]
    assert [row["incident_id"] for row in harbor.candidates] == [OTHER_INCIDENT]
    assert harbor.merged is None


def test_incident_history_of_its_figures_by_day_and_source(published: Path) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        told = connection.execute(
            "SELECT published_on, source_uri, value, value_low FROM v_figure_history WHERE incident_id = ?", [INCIDENT]
        ).fetchall()
    assert [(day, value, low) for day, _, value, low in told] == [
        (date(2024, 5, 2), 1200.0, 1080.0),
        (date(2024, 6, 3), None, 1080.0),
    ]
    assert len({source for _, source, *_ in told}) == 2


def test_incident_follows_an_alias(published: Path, harbor: Dossier) -> None:
    followed = incident(published, OLD)
    assert followed.record == harbor.record
    assert f"{INCIDENT} ({OLD} until it was merged)" in printed(followed)
    (alias,) = harbor.aliases
    for shown in (printed(harbor), incident_page.render(harbor)):
        assert "earlier ids" in shown
        assert str(alias["reason"]) in shown


def test_incident_unknown_or_nothing_published(published: Path, tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match=r"^no incident i_nothing: "):
        incident(published, "i_nothing")
    with pytest.raises(NoAnswer, match="breach-ledger run"):
        incident(tmp_path / "incidents.duckdb", INCIDENT)


def test_incident_figures_share_a_scale_and_keep_open_ends_open(harbor: Dossier) -> None:
    (panel,) = figures(harbor)
    assert (panel.name, panel.unit) == ("people_affected", "person")
    assert [(bar.words, bar.low, bar.best, bar.high) for bar in panel.bars] == [
        ("1,200 (1,080 to 1,320)", 1080, 1200, 1320),
        ("1,080 or more", 1080, None, None),
        ("1,200 (1,080 to 1,320)", 1080, 1200, 1320),
    ]
    closed, open_above, _ = (_strip(bar, panel.scale, 21) for bar in panel.bars)
    assert re.fullmatch(r" *├─*●─*┤ *", closed)
    assert re.fullmatch(r" *├─*▸", open_above)


def test_incident_timeline_merges_what_is_the_same(harbor: Dossier) -> None:
    panel = timeline(harbor)
    assert panel is not None
    assert [(bar.label, bar.words, len(bar.rows)) for bar in panel.bars] == [
        ("disclosed", "2024-04-29", 2),
        ("article published", "2024-05-02", 1),
        ("article published", "2024-06-03", 1),
    ]


@pytest.mark.parametrize("width", [60, 100, 200])
def test_incident_text_tells_all_and_sends_no_controls(harbor: Dossier, width: int) -> None:
    text = printed(harbor, width)
    flat = " ".join(text.split())
    assert "\x1b" not in text
    for heading in ("record", "conflicts", "timeline", "figures: people affected", "quotations", "articles"):
        assert f"\n{heading}\n" in text, heading
    assert "“We are sorry for this mistake,” — Ada Quill, Harbor Clinic [1]" in flat
    assert CONFLICT in flat
    assert "people affected: 1000 → 1200" in flat
    assert max(map(len, text.splitlines())) <= width


def test_incident_page_links_every_quote_to_its_place(harbor: Dossier) -> None:
    html = incident_page.render(harbor)
    places = re.findall(r'id="(a\d+-\d+)">', html)
    assert len(places) == len(set(places))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links <= set(re.findall(r'id="([^"]+)"', html))
    for rows in harbor.found.values():
        assert {f"a{harbor.numbers[row['article_id']]}-{row['char_start']}" for row in rows} <= links
    assert html.count("<svg") == 2


def test_incident_names_articles_by_their_number_and_says_what_repeats(harbor: Dossier) -> None:
    first, second = harbor.articles
    again = {**second, "duplicate_of": first["article_id"], "superseded_by": "a_elsewhere"}
    words = f"“1,200” (article {first['article_id'][2:10]}) and “900” (article 01234567) cannot all be true"
    told = dataclasses.replace(
        harbor,
        articles=[first, again],
        reconciliations=[{**row, "explanation": words} for row in harbor.reconciliations],
    )
    flat = " ".join(printed(told, 200).split())
    for shown in (flat, incident_page.render(told)):
        assert "main (0.80) · repeats [1] · replaced by a_elsewhere" in shown
        assert "“1,200” [1] and “900” (article 01234567) cannot all be true" in shown


def test_incident_measures_stand_in_the_order_of_the_contract(harbor: Dossier) -> None:
    (figure, *_) = harbor.found["figures"]
    rows = [{**figure, "measure": name} for name in ("other", "ransom", "records_exposed", "people_affected")]
    told = dataclasses.replace(harbor, found={**harbor.found, "figures": rows}, reconciliations=[])
    assert [panel.name for panel in figures(told)] == ["people_affected", "records_exposed", "ransom", "other"]


def test_incident_chart_leaves_room_between_its_ticks() -> None:
    scale = of_numbers([75_000, 100_000], "USD {:,.0f} and more".format)
    panel = Panel("ransom", "USD", scale, [Bar("$75,000", "USD 75,000", 75_000, 75_000, 75_000)])
    drawn = re.findall(r'class="scale" x="([\d.]+)"[^>]*>([^<]+)<', chart(panel, {}))
    assert 1 < len(drawn) < len(scale.ticks)
    ends = [(float(x) - len(words) * 3.7, float(x) + len(words) * 3.7) for x, words in drawn]
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


def test_incident_page_needs_nothing_and_escapes_what_texts_say(harbor: Dossier) -> None:
    html = incident_page.render(harbor)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>" not in html
    assert "Leak &quot;at&quot; &lt;b&gt;Harbor&lt;/b&gt;" in html
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import", html)
    tags = re.findall(r"<(/?)(svg|a|g|div|table|mark|article|dl)\b", html)
    for name in {tag for _, tag in tags}:
        assert tags.count(("", name)) == tags.count(("/", name)), name


def test_incident_shows_an_incident_of_which_little_is_known(harbor: Dossier) -> None:
    empty = dataclasses.replace(
        harbor,
        articles=[{**article, "published_on": None, "publisher": None} for article in harbor.articles],
        found={name: [] for name in harbor.found},
        reconciliations=[],
        aliases=[],
        candidates=[],
    )
    text = printed(empty)
    assert not re.search("timeline|figures|conflicts|quotations", text)
    assert "<svg" not in incident_page.render(empty)


@pytest.mark.parametrize(
    "values",
    [[0.0], [1.0], [0.0, 5e9], [24.0, 143e6], [6200.0, 6252.0], [1e15, 1e15]],
    ids=["zero", "one", "from zero", "tenfold", "near", "huge"],
)
def test_incident_scale_holds_its_values_and_ticks(values: list[float]) -> None:
    scale = of_numbers(values, str)
    assert all(0 <= scale.at(value) <= 1 for value in values)
    assert 1 <= len(scale.ticks) <= (8 if len(set(values)) > 1 else 1)
    assert all(-1e-9 <= scale.at(value) <= 1 + 1e-9 for value, _ in scale.ticks)


@pytest.mark.parametrize(
    "ends",
    [
        (date(2024, 5, 1), date(2024, 5, 1)),
        (date(2024, 5, 1), date(2024, 6, 20)),
        (date(1969, 1, 1), date(2024, 6, 20)),
        (date.min, date.max),
    ],
    ids=["day", "weeks", "decades", "ever"],
)
def test_incident_scale_of_days(ends: tuple[date, date]) -> None:
    scale = of_days([end.toordinal() for end in ends])
    assert all(0 <= scale.at(end.toordinal()) <= 1 for end in ends)
    assert scale.ticks
    assert all(0 <= scale.at(value) <= 1 for value, _ in scale.ticks)


def test_incident_commands(published: Path, tmp_path: Path) -> None:
    every = cli(published, "incidents", "--org", "Harbor", "--since", "2024-01-01")
    assert (every.exit_code, INCIDENT in every.output, OTHER_INCIDENT in every.output) == (0, True, False)
    shown = cli(published, "incident", OLD)
    assert (shown.exit_code, CONFLICT in shown.output) == (0, True)
    page = tmp_path / "out.html"
    assert cli(published, "incident", INCIDENT, "--html", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").endswith("</html>\n")
    unknown = cli(published, "incident", "i_nothing")
    assert (unknown.exit_code, unknown.stderr.count("\n")) == (1, 1)
    assert unknown.stderr.startswith("breach-ledger: no incident i_nothing")
