"""What the robots.txt of a site lets us fetch: asked for once in a run, for each site that pages come from.

A feed is asked for as its reader's user wishes; the pages that it leads to are the site's to allow (RFC 9309).
"""

from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from pipeline.ingest.fetch import Got, Later, parsed
from pipeline.ingest.records import Refused

# What a site without rules answers, or one whose rules lie behind redirects without end.
NO_RULES = frozenset({"http_status", "redirects"})


class Robots:
    """The rules for `agent` of the sites met so far; `fetch` gets a robots.txt."""

    def __init__(self, agent: str, fetch: Callable[[str], Got]) -> None:
        self._agent, self._fetch = agent, fetch
        self._sites: dict[str, RobotFileParser | Refused] = {}

    def check(self, url: str) -> None:
        """Refused: an address that its site's rules close to us, or none. Later: a site that gives no rules now."""
        site = str(parsed(url).copy_with(path="/robots.txt", query=None, fragment=None))
        if site not in self._sites:
            self._sites[site] = self._rules(site)
        rules = self._sites[site]
        if isinstance(rules, Refused):
            raise rules
        try:
            is_open = rules.can_fetch(self._agent, url)
        except ValueError as error:  # brackets that are no IPv6, once they are unquoted
            raise Refused("bad_address", f"no address: {error}") from error
        if not is_open:
            raise Refused("robots", f"{site} asks not to fetch this page")

    def _rules(self, site: str) -> RobotFileParser | Refused:
        rules = RobotFileParser()
        try:
            rules.parse(self._fetch(site).body.decode("utf-8", "replace").splitlines())
        except Later as reason:
            return Later(reason.check, f"{site}: {reason.failure}", reason.wait)
        except Refused as reason:
            if reason.check not in NO_RULES:
                return Refused(reason.check, f"{site}: {reason.failure}")
            rules.parse([])
        return rules
