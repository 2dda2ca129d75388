"""The merged record of an incident: each attribute from the source that a rule prefers, never an average.

Reports before mentions; what most of them say, then the earlier one; the narrowest range of days; confirmed before
claimed; counts as `figures` decides them. A count on which no rule decides is NULL, with the range of all that is said.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.resolve.articles import Account
from pipeline.resolve.cases import Case
from pipeline.resolve.figures import Verdict
from pipeline.resolve.organizations import Directory, is_acronym, spelling
from pipeline.resolve.quantities import Amount, count
from pipeline.resolve.topics import is_whole
from schemas.vocabulary import ActionKind, ActorKind, DataType, DiscoveryMethod, ExposureStatus, Measure, Relation

UNKNOWN = "unknown"
# What a source may say of the exposure, the surest first: a denial answers a claim.
SUREST = tuple(
    status.value
    for status in (
        ExposureStatus.CONFIRMED,
        ExposureStatus.DENIED,
        ExposureStatus.POSSIBLE,
        ExposureStatus.CLAIMED,
        ExposureStatus.UNKNOWN,
    )
)
DATA_TYPES = {data_type.value: place for place, data_type in enumerate(DataType)}
# The share of its doubt that a report keeps where another article reports the same. Measured on labelled articles: of
# 34 that others bear out, 29 were right, and they claimed as much as 24 for themselves.
DOUBT_LEFT = 0.5
ACTION_WORDS = {
    ActionKind.ERROR.value: "Error",
    ActionKind.HACKING.value: "Hacking",
    ActionKind.MALWARE.value: "Malware",
    ActionKind.SOCIAL.value: "Deception",
    ActionKind.MISUSE.value: "Misuse",
    ActionKind.PHYSICAL.value: "Theft or loss",
    ActionKind.ENVIRONMENTAL.value: "Accident",
    ActionKind.UNKNOWN.value: "Data exposure",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A row of `incidents` without its id and times; `sources` names the article that gave a column its value."""

    values: dict[str, Any]
    sources: dict[str, str]


def record(case: Case, verdicts: Sequence[Verdict], directory: Directory) -> Record:
    """The merged record of a case."""
    told = sorted(case.accounts, key=lambda account: account.order)
    reports = [account for account in told if account.relation != Relation.MENTION] or told
    sources: dict[str, str] = {}

    def chosen(column: str, found: tuple[Any, str | None]) -> Any:
        value, article = found
        if article is not None:
            sources[column] = article
        return value

    days = [account.published_on for account in told if account.published_on]
    action = chosen("action", _most(reports, lambda account: _known(account.action))) or ActionKind.UNKNOWN.value
    variety = _most([a for a in reports if a.action == action], lambda account: account.action_variety)
    occurred = chosen("occurred_from", _occurred(reports, max(days, default=None)))
    values: dict[str, Any] = {
        "organization": chosen("organization", _organization(reports, told, directory)),
        "action": action,
        "action_variety": chosen("action_variety", variety),
        "actor": chosen("actor", _most(reports, lambda account: _known(account.actor))) or ActorKind.UNKNOWN.value,
        "actor_name": chosen("actor_name", _most(reports, lambda account: account.actor_name)),
        "occurred_from": occurred and occurred[0],
        "occurred_to": occurred and occurred[1],
        "discovered_on": chosen("discovered_on", _most(reports, lambda account: account.discovered_on)),
        "disclosed_on": chosen("disclosed_on", _most(reports, lambda account: account.disclosed_on)),
        **_amount("people_affected", chosen("people_affected", _total(told, verdicts, Measure.PEOPLE_AFFECTED))),
        **_amount("records_exposed", chosen("records_exposed", _total(told, verdicts, Measure.RECORDS_EXPOSED))),
        "data_types": sorted({kind for account in reports for kind in account.data_types}, key=DATA_TYPES.__getitem__),
        "exposure_status": chosen("exposure_status", _surest(reports)),
        "discovery_method": chosen("discovery_method", _most(reports, lambda account: _known(account.discovery_method)))
        or DiscoveryMethod.UNKNOWN.value,
        "sector": chosen("sector", _most(reports, lambda account: account.sector)),
        "country": chosen("country", _most(reports, lambda account: account.country)),
        "article_count": max(1, len({account.article_id for account in told if account.stands})),
        "publisher_count": len({account.publisher for account in told if account.stands and account.publisher}),
        "first_reported_on": min(days, default=None),
        "last_reported_on": max(days, default=None),
        "confidence": _confidence(reports),
    }
    if "occurred_from" in sources:
        sources["occurred_to"] = sources["occurred_from"]
    return Record({"title": _headline(values, told), **values}, sources)


def borne_out(account: Account, told: Iterable[Account]) -> float:
    """The probability that an account is right among all that are told of its incident, 0 to 1."""
    others = any(other.stands and other.rank < 2 and other.article_id != account.article_id for other in told)
    return 1 - (1 - account.confidence) * (DOUBT_LEFT if others else 1)


def _known(value: str) -> str | None:
    return None if value == UNKNOWN else value


def _most(accounts: Iterable[Account], value: Callable[[Account], Any]) -> tuple[Any, str | None]:
    """What most of the accounts say, the first of them deciding a tie, and the first article that says it."""
    told = [(said, account.article_id) for account in accounts if (said := value(account)) is not None]
    if not told:
        return None, None
    votes = Counter(said for said, _ in told)
    return max(told, key=lambda item: votes[item[0]])


def _organization(reports: list[Account], told: list[Account], directory: Directory) -> tuple[str | None, str | None]:
    """The custodian: as the alias list calls it, else the full name that most reports use."""
    named = [account for account in reports if account.custodian] or [account for account in told if account.custodian]
    if not named:
        return None, None
    called, _ = _most(named, lambda account: account.called)
    for key in (called, named[0].custodian or ""):
        if name := directory.names.get(key):
            return name, None
    full = [account for account in named if spelling(account.organization or "") == called]
    return _most(full or named, lambda account: account.organization)


def _occurred(accounts: list[Account], last: date | None) -> tuple[tuple[date, date] | None, str | None]:
    """The narrowest range of days; where as narrow ones differ, the one told most often, else the range over them."""
    told = [
        (account.occurred, account.article_id)
        for account in accounts
        if account.occurred and (last is None or account.occurred[0] <= last)
    ]
    if not told:
        return None, None
    least = min(range_.last - range_.first for range_, _ in told)
    votes = Counter(range_ for range_, _ in told if range_.last - range_.first == least)
    most = [range_ for range_ in votes if votes[range_] == max(votes.values())]
    chosen = (min(range_[0] for range_ in most), max(range_[1] for range_ in most))
    return chosen, next(article for range_, article in told if range_ in most)


def _total(told: list[Account], verdicts: Sequence[Verdict], measure: Measure) -> tuple[Amount | None, str | None]:
    """The count that most articles' figures of a measure give, else the first account's; and an article saying so."""
    mine = [verdict for verdict in verdicts if verdict.topic.measure == measure]
    if mine:
        verdict = max(mine, key=_standing)
        article = next((a.article_id for a, f in verdict.topic.members if f.amount.value == verdict.best), None)
        return verdict.amount, article
    for account in told:
        amount = account.people if measure == Measure.PEOPLE_AFFECTED else account.records
        if amount is not None:
            return amount, account.article_id
    return None, None


def _standing(verdict: Verdict) -> tuple[int, int, int, float]:
    """How much speaks for a topic as the total: articles that give it as theirs, closed numbers first, and its size."""
    totals = [figure.amount for account, figure in verdict.topic.members if is_whole(account, figure)]
    closed = sum(amount.width < math.inf for amount in totals)
    return closed, len(totals), len(verdict.topic.articles), verdict.amount.size


def _amount(column: str, amount: Amount | None) -> dict[str, int | None]:
    """The three columns of a count, in whole numbers."""
    found = amount or Amount(None, None, None)
    return {
        column: None if found.value is None else round(found.value),
        f"{column}_low": None if found.low is None else round(found.low),
        f"{column}_high": None if found.high is None else round(found.high),
    }


def _surest(accounts: list[Account]) -> tuple[str, str]:
    account = min(accounts, key=lambda account: SUREST.index(account.exposure_status))
    return account.exposure_status, account.article_id


def _confidence(reports: list[Account]) -> float:
    """The probability that the incident is right: that of its surest report, and what other articles add to it."""
    return round(max(borne_out(account, reports) for account in reports), 3)


def _headline(values: dict[str, Any], told: list[Account]) -> str:
    """A short headline: "ICE: Publishing error, 6,200 people"."""
    what = values["action_variety"] or ACTION_WORDS[values["action"]]
    if values["organization"]:
        who = _short(values["organization"], told)
    else:
        who = "Unnamed organization"
        what += f" by {values['actor_name']}" if values["actor_name"] else ""
    for column, unit in (("people_affected", "people"), ("records_exposed", "records")):
        value, low = values[column], values[f"{column}_low"]
        if value or low:
            return f"{who}: {what}, {'' if value else 'at least '}{count(value or low)} {unit}"
    return f"{who}: {what}"


def _short(organization: str, told: list[Account]) -> str:
    """The acronym that the articles use for an organization, else its name."""
    acronyms = Counter(name for account in told for name in account.names if is_acronym(name, organization))
    return min(acronyms, key=lambda name: (-acronyms[name], name)) if acronyms else organization
