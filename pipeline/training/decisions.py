"""The order in which the reader's decisions are fitted: each later one is given what the earlier ones say.

What an earlier model says of an article is taken from a fit that had left the article out.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.custodians.incidents import REPORTS
from pipeline.training import examples
from pipeline.training.examples import Read
from pipeline.training.fitting import Fitting
from pipeline.training.forests import grow

SEEMS = 0.3  # odds of reporting an incident at which an article teaches what its figures tell


def fit_all(articles: Sequence[Read], only: Sequence[str] = ()) -> None:
    """Fit every decision, or those named in `only`, and write their weights."""
    fit = Fitting(only, {r.doc for r in articles if r.is_extra})
    true = [r for r in articles if not r.is_extra]
    words_say = fit("report", [e for r in true for e in examples.report_examples(r)], 0.05, by_length=True)
    # With rare evidence counting for more, the custodian of the main incident is named wrongly more often.
    roles = fit("custody", [e for r in articles for e in examples.custody_examples(r)], 0.06, by_rarity=False)
    first = fit("exposed_first", [e for r in articles for e in examples.exposed_first_examples(r)], 0.1)
    found = [
        examples.reported_sample(r, words_say[r.doc][0]["yes"], roles.get(r.doc, []), first.get(r.doc, []))
        for r in true
    ]
    # What an article written to teach reports is known; no model tells, as its words as a whole are not true to life.
    reported = {r.doc: 0.95 if r.labels.reports_incident else 0.05 for r in articles if r.is_extra}
    reported |= {doc: odds[0] for doc, odds in fit.line("reported", found, 0.1).items()}

    # Who the main custodian is, and whether a figure tells of an incident, is asked where one seems to be reported.
    seeming = [r for r in articles if r.labels.reports_incident or reported[r.doc] >= SEEMS]
    if fit.writes("main"):
        held = [s for r in seeming for s in examples.main_samples(r, roles.get(r.doc, []), first.get(r.doc, []))]
        fit.line("main", held, 0.3)
    counted = [(r, *examples.counted(r, reported[r.doc], roles.get(r.doc, []), first.get(r.doc, []))) for r in seeming]
    fit("told", [e for one in counted for e in examples.told_examples(*one)], 0.1)
    if fit.writes("telling"):
        grow("telling", [s for one in counted for s in examples.telling_samples(*one)], fit.extra)
    if fit.writes("exposed"):
        likely = [r for r in articles if r.labels.reports_incident or reported[r.doc] >= REPORTS]
        looked = [
            sample
            for r in likely
            for sample in examples.exposed_samples(r, first.get(r.doc, []), reported[r.doc], roles.get(r.doc, []))
        ]
        grow("exposed", looked, fit.extra)

    # What follows is asked only where an incident was found.
    telling = [r for r in articles if r.labels.reports_incident]
    actions = examples.shares(telling, lambda i: i.action)
    actors = examples.shares(telling, lambda i: i.actor)
    fit("data_type", [e for r in telling for e in examples.data_type_examples(r, first.get(r.doc, []))], 0.3)
    fit("measure", [e for r in telling for e in examples.measure_examples(r)], 0.5)
    fit("event", [e for r in telling for e in examples.event_examples(r)], 0.2)
    fit("link", [e for r in telling for e in examples.link_examples(r)], 0.1)
    fit("action", [e for r in telling for e in examples.act_examples(r, lambda i: i.action, actions)], 0.15)
    fit("actor", [e for r in telling for e in examples.act_examples(r, lambda i: i.actor, actors)], 0.2)
