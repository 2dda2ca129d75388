"""Feeds and pages from a real local server, well-behaved and not."""

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from pipeline.ingest import fetch
from pipeline.ingest.batch import Loaded
from pipeline.ingest.closing import closed
from pipeline.ingest.feeds import MEMORY, Feeds
from pipeline.ingest.fetch import Later, Limits, get
from pipeline.ingest.load import load
from pipeline.ingest.records import Refused
from pipeline.lake import Lake
from tests.ingest import server
from tests.ingest.server import Site, leads, packed, says

AT = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001
LIMITS = Limits(max_bytes=100_000, seconds=0.5, pause=0.0, allow_private=True)
BODY = (
    "The clinic said on Monday that a laptop with the names of {} patients had been stolen from a car.",
    "Patients were told by letter, the clinic’s director said, and the police have begun an investigation.",
)


def page(number: int = 3_000, charset: str = "") -> str:
    paragraphs = "".join(f"<p>{part.format(number)}</p>" for part in BODY)
    return (
        f"<html><head><title>From the page</title>{charset}</head><body><article>{paragraphs}</article></body></html>"
    )


def rss(*items: tuple[str, str]) -> str:
    entries = "".join(
        f"<item><title>Clinic &amp;amp; &lt;b&gt;laptop&lt;/b&gt;</title><link>{link}</link><guid>{link}</guid>"
        f"<author>Ada</author><pubDate>{when}</pubDate></item>"
        for link, when in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Example Times</title>{entries}</channel></rss>'


WHEN = "Sat, 04 May 2024 10:00:00 GMT"


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serve() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


def take(folder: Path, lake: Lake, *urls: str, at: datetime = AT, limits: Limits = LIMITS) -> Loaded:
    feeds = Feeds(urls, lake.root, limits, at)
    loaded = load(folder, lake, at=at, max_bytes=100_000, chunk_articles=1_000, visit=feeds.visit)
    feeds.remember()
    return loaded


def table(lake: Lake, name: str) -> list[dict[str, object]]:
    return pl.concat([chunk.read(name) for chunk in lake.chunks("articles")]).rows(named=True)


def refused(lake: Lake) -> dict[str, str]:
    return {
        str(row["source_uri"])
        .partition(
            "/",
        )[2]
        .rpartition("/")[2]: str(row["check_name"])
        for row in table(lake, "rejects")
    }


def test_feeds_take_each_new_entry_once(site: Site, folder: Path, lake: Lake) -> None:
    feed, one, two = site.url("/feed"), site.url("/one"), site.url("/two")
    site.answers = {
        "/feed": says(200, rss((one, WHEN)), ETag='"1"', Last_Modified=WHEN, Content_Type="application/rss+xml"),
        "/one": says(200, page(), Content_Type="text/html; charset=utf-8"),
        "/two": says(200, page(4_000), Content_Type="text/html"),
    }
    assert take(folder, lake, feed).articles == 1
    (row,) = table(lake, "articles")
    wanted = {
        "source_uri": one,
        "title": "Clinic & laptop",
        "publisher": "Example Times",
        "author": "Ada",
        "published_on": date(2024, 5, 4),
        "published_on_basis": "metadata",
        "text": "\n".join(BODY).format(3_000),
    }
    assert {name: row[name] for name in wanted} == wanted
    assert site.asked[0][1]["user-agent"].startswith("breach-ledger")
    assert site.paths() == ["/feed", "/one"]

    site.answers["/feed"] = says(304)
    assert take(folder, lake, feed).articles == 0
    assert {site.asked[0][1][name] for name in ("if-none-match", "if-modified-since")} == {'"1"', WHEN}
    assert site.paths() == ["/feed"]

    site.answers["/feed"] = says(200, rss((two, WHEN), (one, WHEN)))
    assert take(folder, lake, feed).articles == 1
    assert site.paths() == ["/feed", "/two"]
    assert table(lake, "rejects") == []


def test_feeds_read_atom_and_updated_pages_supersede(site: Site, folder: Path, lake: Lake) -> None:
    def atom(updated: str) -> str:
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A</title><id>1</id>'
            f'<link href="one#top"/><published>2024-05-01T08:00:00Z</published><updated>{updated}</updated></entry>'
            "</feed>"
        )

    site.answers = {"/feed": says(200, atom("2024-05-01T09:00:00Z")), "/one": packed(page())}
    take(folder, lake, site.url("/feed"))
    site.answers = {"/feed": says(200, atom("2024-05-02T09:00:00Z")), "/one": packed(page(3_500))}
    assert take(folder, lake, site.url("/feed"), at=AT + timedelta(days=1)).articles == 1
    assert {row["source_uri"] for row in table(lake, "articles")} == {site.url("/one#top")}
    assert len({row["source"] for row in table(lake, "fingerprints")}) == 1


def test_feeds_ask_again_for_what_failed_and_close_its_reject(site: Site, folder: Path, lake: Lake) -> None:
    feed, one, gone = site.url("/feed"), site.url("/one"), site.url("/gone")
    site.answers = {"/feed": says(200, rss((one, WHEN), (gone, WHEN)), ETag='"1"'), "/one": says(500)}
    take(folder, lake, feed)
    assert refused(lake) == {"one": "http_status", "gone": "http_status"}
    site.paths()
    site.answers["/one"] = says(200, page())
    assert take(folder, lake, feed, at=AT + timedelta(hours=1)).articles == 1
    assert "if-none-match" not in site.asked[0][1]
    assert site.paths() == ["/feed", "/one"]
    names = {row["reject_id"]: row["source_uri"] for row in table(lake, "rejects")}
    assert [names[reject] for reject in closed(lake.chunks("articles"))["reject_id"]] == [one]


@pytest.mark.parametrize("path", ["/feed", "/one"], ids=["feed", "page"])
def test_feeds_wait_as_long_as_asked(site: Site, folder: Path, lake: Lake, path: str) -> None:
    feed = site.url("/feed")
    site.answers = {"/feed": says(200, rss((site.url("/one"), WHEN), (site.url("/two"), WHEN)))}
    site.answers[path] = says(429, Retry_After="3600")
    take(folder, lake, feed)
    assert site.paths()[-1] == path
    take(folder, lake, feed, at=AT + timedelta(minutes=59))
    assert site.paths() == []
    take(folder, lake, feed, at=AT + timedelta(minutes=61))
    assert site.paths()[0] == "/feed"


def test_feeds_that_are_none_are_refused_and_the_others_go_on(site: Site, folder: Path, lake: Lake) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    site.answers = {
        "/bomb": says(200, bomb + "]><rss version='2.0'><channel><title>&j;</title></channel></rss>"),
        "/page": says(200, page()),
        "/empty": says(200, ""),
        "/broken": says(200, rss((site.url("/one"), WHEN))[:-30]),
        "/one": says(200, page()),
    }
    urls = [site.url(path) for path in ("/page", "/empty", "/bomb", "/nowhere", "/broken")]
    assert take(folder, lake, *urls, "ftp://news.example/feed", "not an address").articles == 1
    checks = {row["source_uri"]: row["check_name"] for row in table(lake, "rejects")}
    assert checks.pop(site.url("/bomb"), "no_feed") == "no_feed"
    assert checks == {
        **dict.fromkeys(urls[:2], "no_feed"),
        site.url("/nowhere"): "http_status",
        "ftp://news.example/feed": "bad_address",
        "not an address": "bad_address",
    }


def test_feeds_forget_nothing_when_their_memory_is_damaged(site: Site, folder: Path, lake: Lake) -> None:
    site.answers = {"/feed": says(200, rss((site.url("/one"), WHEN))), "/one": says(200, page())}
    take(folder, lake, site.url("/feed"))
    (lake.root / MEMORY).write_text("{broken")
    assert take(folder, lake, site.url("/feed")) == Loaded(0, 0, 0, *({}, {}))
    assert json.loads((lake.root / MEMORY).read_text()) == {site.url("/feed"): {}}


def test_feeds_refuse_pages_that_are_none(site: Site, folder: Path, lake: Lake) -> None:
    site.answers = {
        "/pdf": says(200, b"%PDF-1.7", Content_Type="application/pdf"),
        "/blank": says(200, "<html></html>", Content_Type="text/html"),
        "/bomb": packed("x" * 5_000_000),
        "/plain": says(200, " ".join(BODY), Content_Type="text/plain"),
        "/future": says(200, page(5), Content_Type="text/html"),
    }
    links = [(site.url(path), WHEN) for path in site.answers]
    links[-1] = (links[-1][0], "Sat, 04 May 2030 10:00:00 GMT")
    site.answers["/feed"] = says(200, rss(*links, ("file:///etc/passwd", WHEN), ("javascript:alert(1)", WHEN)))
    assert take(folder, lake, site.url("/feed")).articles == 1
    found = refused(lake)
    assert {name: found[name] for name in ("pdf", "blank", "bomb", "future")} == {
        "pdf": "no_page",
        "blank": "no_article",
        "bomb": "gzip_bomb",
        "future": "future_date",
    }
    assert set(found.values()) == {"no_page", "no_article", "gzip_bomb", "future_date", "bad_address"}


def visits(site: Site) -> list[str]:
    return [path for path, _ in site.asked]


def test_feeds_ask_each_site_once_in_a_run_what_they_may_fetch(site: Site, folder: Path, lake: Lake) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: breach-ledger\nDisallow: /private/\nDisallow: /moved\n"
    paths = ("/one", "/private/two", "/to-moved", "/three", "/private/user%5B")
    site.answers = {
        "/robots.txt": says(200, rules),
        "/feed": says(200, rss(*((site.url(path), WHEN) for path in paths))),
        "/one": says(200, page(1)),
        "/three": says(200, page(3)),
        "/to-moved": leads("/moved"),
    }
    assert take(folder, lake, site.url("/feed")).articles == 2
    assert visits(site) == ["/feed", "/robots.txt", "/one", "/to-moved", "/three"]
    assert refused(lake) == {"two": "robots", "to-moved": "robots", "user%5B": "robots"}
    (why, *_) = {row["failure"] for row in table(lake, "rejects")}
    assert why == f"{site.url('/robots.txt')} asks not to fetch this page"
    site.asked.clear()
    take(folder, lake, site.url("/feed"))
    assert visits(site) == ["/feed"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        pytest.param(says(404), {}, id="none"),
        pytest.param(says(403), {}, id="forbidden"),
        pytest.param(leads("/robots.txt"), {}, id="circle"),
        pytest.param(says(200, b"\xff\xfe\0 nonsense\n" * 99), {}, id="nonsense"),
        pytest.param(
            says(200, "User-agent: breach-ledger\nAllow: /\n\nUser-agent: *\nDisallow: /"), {}, id="open to us"
        ),
        pytest.param(says(200, "User-agent: *\nDisallow: /"), {"one": "robots", "two": "robots"}, id="closed"),
        pytest.param(says(503), {"one": "http_status", "two": "http_status"}, id="failing"),
        pytest.param(server.is_silent, {"one": "timeout", "two": "timeout"}, id="silent"),
        pytest.param(packed(b"#" * 9_000_000), {"one": "gzip_bomb", "two": "gzip_bomb"}, id="bomb"),
    ],
)
def test_feeds_heed_the_rules_of_a_site(
    site: Site, folder: Path, lake: Lake, answer: server.Answer, found: dict[str, str]
) -> None:
    site.answers = {
        "/robots.txt": answer,
        "/feed": says(200, rss((site.url("/one"), WHEN), (site.url("/two"), WHEN)), ETag='"1"'),
        "/one": says(200, page(1)),
        "/two": says(200, page(2)),
    }
    take(folder, lake, site.url("/feed"))
    assert refused(lake) == found
    assert ("/one" in visits(site)) == (not found)


def test_feeds_go_on_when_a_site_gives_its_rules_again(site: Site, folder: Path, lake: Lake) -> None:
    feed = site.url("/feed")
    site.answers = {
        "/robots.txt": says(503, Retry_After="60"),
        "/feed": says(200, rss((site.url("/one"), WHEN)), ETag='"1"'),
        "/one": says(200, page()),
    }
    assert take(folder, lake, feed).articles == 0
    site.answers["/robots.txt"] = says(404)
    site.asked.clear()
    assert take(folder, lake, feed, at=AT + timedelta(seconds=30)).articles == 0
    assert visits(site) == []
    assert take(folder, lake, feed, at=AT + timedelta(hours=1)).articles == 1
    assert list(closed(lake.chunks("articles"))["reject_id"]) == [table(lake, "rejects")[0]["reject_id"]]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "nonsense", "utf-16"])
def test_feeds_pages_are_read_whatever_charset_is_claimed(site: Site, folder: Path, lake: Lake, charset: str) -> None:
    site.answers = {
        "/feed": says(200, rss((site.url("/one"), WHEN))),
        "/one": says(200, page(), Content_Type=f"text/html; charset={charset}"),
    }
    take(folder, lake, site.url("/feed"))
    (row,) = table(lake, "articles")
    assert row["text"] == "\n".join(BODY).format(3_000)


@pytest.mark.parametrize(
    ("answer", "check", "later"),
    [
        pytest.param(server.drips, "timeout", True, id="drips"),
        pytest.param(server.drips_headers, "timeout", True, id="drips headers"),
        pytest.param(server.is_silent, "timeout", True, id="silent"),
        pytest.param(server.is_endless, "too_big", False, id="endless"),
        pytest.param(server.is_cut_off, "no_connection", True, id="cut off"),
        pytest.param(server.talks_nonsense, "no_connection", True, id="nonsense"),
        pytest.param(packed(b"\0" * 50_000_000), "gzip_bomb", False, id="bomb"),
        pytest.param(
            says(200, gzip.compress(b"x" * 99)[:-9], Content_Encoding="gzip"), "broken_gzip", False, id="gzip"
        ),
        pytest.param(says(200, b"plain", Content_Encoding="gzip"), "broken_gzip", False, id="no gzip"),
        pytest.param(says(200, b"?", Content_Encoding="br"), "encoding", False, id="brotli"),
        pytest.param(says(500), "http_status", True, id="500"),
        pytest.param(says(403), "http_status", False, id="403"),
        pytest.param(leads("/bad"), "redirects", False, id="circle"),
        pytest.param(leads("file:///etc/passwd"), "bad_address", False, id="to a file"),
        pytest.param(leads("http://[::1"), "no_connection", True, id="to nothing"),
    ],
)
def test_fetch_refuses_bad_answers_in_time(site: Site, answer: server.Answer, check: str, later: bool) -> None:
    site.answers["/bad"] = answer
    begun = time.monotonic()
    with pytest.raises(Refused) as reason:
        get(site.url("/bad"), LIMITS, {})
    assert (reason.value.check, isinstance(reason.value, Later)) == (check, later), reason.value
    assert time.monotonic() - begun < 1.5


def test_fetch_follows_a_few_redirects(site: Site) -> None:
    for number in range(5):
        site.answers[f"/{number}"] = leads(f"/{number + 1}")
    site.answers["/5"] = says(200, "there")
    assert get(site.url("/0"), LIMITS, {}).body == b"there"
    site.answers["/5"], site.answers["/6"] = leads("/6"), says(200, "too far")
    with pytest.raises(Refused, match="redirects"):
        get(site.url("/0"), LIMITS, {})


def test_fetch_speaks_to_no_private_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    public = LIMITS._replace(allow_private=False)
    port = site.server_address[1]
    hosts = (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
    )
    for host in hosts:
        with pytest.raises(Refused) as reason:
            get(f"http://{host}:{port}/", public, {})
        assert reason.value.check == "private_address", host
    # After a redirect: the first address counts as public here, the second does not.
    site.answers["/"] = leads(f"http://localhost:{port}/secret")
    judged: list[str] = []
    monkeypatch.setattr(fetch, "_is_public", lambda address: not judged.append(address) and len(judged) == 1)
    with pytest.raises(Refused) as reason:
        get(site.url("/"), public, {})
    assert reason.value.check == "private_address"
    assert site.paths() == ["/"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_fetch_tells_public_addresses(address: str, public: bool) -> None:
    assert fetch._is_public(address) == public
