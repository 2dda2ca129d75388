"""Visits RSS and Atom feeds: each new entry's page becomes a record or a refusal.

What was looked at is told by the lake, as of files; beside it a small file remembers what each feed asked us to send
with the next visit. Losing that file costs a download and nothing else.
"""

import html
import io
import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.identity import row_id
from pipeline.ingest import rows
from pipeline.ingest.closing import Open
from pipeline.ingest.decoding import decode
from pipeline.ingest.fetch import Got, Later, Limits, get
from pipeline.ingest.html import page
from pipeline.ingest.records import Looked, Record, Refusal, Refused, refusal
from pipeline.ingest.robots import Robots
from pipeline.ingest.seen import Seen

MEMORY = "feeds.json"
NAME = "breach-ledger"
AGENT = {"User-Agent": f"{NAME} (reads news feeds)", "Accept-Encoding": "gzip"}
# So many pages of a feed are fetched in a visit; the next visit goes on.
PAGES = 200
# A site that asks for a year is asked again tomorrow.
LONGEST_WAIT = 86_400
TAG = re.compile(r"<[^<>]*>")


class Feeds:
    """The feeds to visit, and what is remembered of them in `memory`; `at` is now in naive UTC."""

    def __init__(self, urls: tuple[str, ...], memory: Path, limits: Limits, at: datetime) -> None:
        self._urls, self._path, self._limits, self._at = urls, memory / MEMORY, limits, at
        self._memory: dict[str, dict[str, str]] = _remembered(self._path)
        self._robots = Robots(NAME, lambda address: get(address, limits, AGENT))

    def visit(self, seen: Seen, refused: Open) -> Iterator[Record | Refusal | Looked]:
        """What the feeds' new entries hold, page by page, after those that asked to wait have been left out."""
        for url in dict.fromkeys(self._urls):
            if self._memory.get(url, {}).get("not_before", "") <= self._at.isoformat():
                yield from self._feed(url, seen, refused)

    def remember(self) -> None:
        """Keeps what the feeds said; to be called when all that they held is in the lake."""
        if self._memory:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside = self._path.with_suffix(".writing")
            aside.write_text(json.dumps(self._memory, indent=1, sort_keys=True))
            aside.replace(self._path)

    def _feed(self, url: str, seen: Seen, refused: Open) -> Iterator[Record | Refusal | Looked]:
        known, mended = self._memory.setdefault(url, {}), refused.at(url.partition("#")[0])
        known.pop("not_before", None)
        sent = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("modified")}
        try:
            got = get(url, self._limits, {**AGENT, **{name: value for name, value in sent.items() if value}})
            entries, publisher = _entries(got) if got.status != 304 else ([], None)
        except Refused as reason:
            self._wait(url, reason)
            yield refusal(url, reason)
            return
        yield Looked(url, None, tuple(sorted(mended)))
        new = {digest: entry for entry in entries if (digest := _digest(entry)) not in seen}
        done = len(new) <= PAGES
        for entry in list(new.values())[:PAGES]:
            time.sleep(self._limits.pause)
            for item in self._entry(url, entry, publisher, refused):
                done = done and not (isinstance(item, Looked) and item.digest is None)
                yield item
            if "not_before" in self._memory.get(url, {}):
                return
        if done and got.status != 304:
            tags = {"etag": got.etag, "modified": got.modified}
            self._memory[url] = {name: value for name, value in tags.items() if value}

    def _entry(
        self, feed: str, entry: Mapping[str, Any], publisher: str | None, refused: Open
    ) -> Iterator[Record | Refusal | Looked]:
        """The article behind an entry, and that it was looked at; without a digest if it must be looked at again."""
        address = str(entry["link"])
        place = address.partition("#")[0]
        mended = refused.at(place)
        digest: str | None = _digest(entry)
        item: Record | Refusal
        try:
            item = self._record(address, entry, publisher)
            if item.metadata.published_on and item.metadata.published_on > self._at.date():
                digest, mended = None, set()  # it will be refused until its day has come
        except Refused as reason:
            item = refusal(place, reason, {"title": entry.get("title"), "feed": feed})
            if isinstance(reason, Later):
                self._wait(feed, reason)
                digest = None
            mended.discard(item.reject_id)
        yield item
        yield Looked(place, digest, tuple(sorted(mended)))

    def _record(self, address: str, entry: Mapping[str, Any], publisher: str | None) -> Record:
        got = get(address, self._limits, AGENT, self._robots.check)
        kind = got.content_type.partition(";")[0].strip().lower()
        if kind in ("", "text/html", "application/xhtml+xml"):
            found = page(got.body, got.charset)
        elif kind == "text/plain":
            found = {"text": decode(got.body).replace("\r\n", "\n")}
        else:
            raise Refused("no_page", f"no page but {kind[:80]}")
        said = {
            "title": _plain(entry.get("title")),
            "author": _plain(entry.get("author")),
            "published_on": _day(entry.get("published_parsed")),
        }
        # The feed's own name stands in for what the page does not say, its entries' fields come before the page's.
        fields = {**found, "publisher": found.get("publisher") or publisher, "url": address, "id": entry.get("id")}
        return rows.record(
            address.partition("#")[0], {**fields, **{name: value for name, value in said.items() if value}}
        )

    def _wait(self, feed: str, reason: Refused) -> None:
        if isinstance(reason, Later) and reason.wait:
            until = self._at + timedelta(seconds=min(reason.wait, LONGEST_WAIT))
            self._memory[feed] = {**self._memory.get(feed, {}), "not_before": until.isoformat()}


def _entries(got: Got) -> tuple[list[Mapping[str, Any]], str | None]:
    """The entries that have an address, and the feed's name. Refused: what is no feed."""
    import feedparser

    headers = {"content-type": got.content_type or "application/xml", "content-location": got.url}
    try:
        # As a stream: a text could be taken for a file's name or an address.
        feed = feedparser.parse(io.BytesIO(got.body), response_headers=headers)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise Refused("no_feed", f"the feed cannot be read: {type(error).__name__}") from error
    if not feed.get("version") and not feed.entries:
        raise Refused("no_feed", f"neither RSS nor Atom but {got.content_type[:80] or 'something else'}")
    # As plain dicts: the library's own hand out one date for another.
    return [dict(entry) for entry in feed.entries if entry.get("link")], _plain(feed.feed.get("title"))


def _digest(entry: Mapping[str, Any]) -> str:
    return row_id("s", "entry", entry["link"], entry.get("updated") or entry.get("published"))


def _plain(marked: object) -> str | None:
    """Text without the tags and entities that feeds put into titles."""
    return html.unescape(TAG.sub("", marked)).strip() or None if isinstance(marked, str) else None


def _day(parsed: Any) -> date | None:
    try:
        return date(*parsed[:3]) if parsed else None
    except (ValueError, TypeError):
        return None


def _remembered(path: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(path.read_text())
        return {str(url): {str(k): str(v) for k, v in known.items()} for url, known in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}
