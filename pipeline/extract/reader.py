"""The way of a text through extraction, top to bottom: what is found, what it means, which incident it belongs to.

One straight function; each step is a module of its own. Rows are cut in `rows.py`.
"""

from __future__ import annotations

from datetime import date

from pipeline.extract.custodians import candidates, entities, incidents
from pipeline.extract.data import exposure
from pipeline.extract.days import datelines, dates
from pipeline.extract.meaning import events, figures, tally
from pipeline.extract.numbers import numerals, quantities
from pipeline.extract.record import as_of, attributes, parties, responses
from pipeline.extract.rows import Reading
from pipeline.extract.speech import statements
from pipeline.extract.text import names
from pipeline.extract.text.document import parse


def read(text: str, published_on: date | None = None, title: str | None = None) -> Reading:
    """Everything that a careful reader finds in an article; the same for the same arguments, anywhere.

    Where no day of publication is given, the text's own dateline is looked for.
    UnicodeEncodeError where the text holds half of a surrogate pair; ingest refuses such texts.

    >>> read("Hackers stole the names of 6,200 patients of Northgate Clinic on Monday.").figures[0].quantity.value
    6200.0
    """
    told_on = None if published_on else datelines.published(text)
    document, heading = parse(text, published_on or told_on, title), parse(title or "")

    numbers = numerals.find(document)
    calendar = dates.find(document, numbers)
    amounts = quantities.find(document, numbers, [mention.span for mention in calendar])
    capitalised = names.find(document)
    named = entities.find(document, capitalised)
    spoken = statements.with_whole_names(statements.find(document), capitalised)

    likely = incidents.likely(document, heading)
    roles = incidents.roles(document, heading, named, likely)
    seen = exposure.glance(document) if likely >= incidents.UNLIKELY else ()
    reported = incidents.reported(likely, roles, [one.odds for one in seen])
    glanced = [(one.mention.span, one.odds) for one in seen]
    mains = candidates.main_odds(document, heading, roles, glanced) if reported >= incidents.REPORTS else []
    told = incidents.find(document, roles, mains, reported)

    exposed = exposure.exposed(document, seen, told, reported, roles)
    known = tally.around(document, reported, glanced, roles)
    counted = figures.find(document, amounts, told, spoken, named, known)
    dated = events.find(document, calendar, told)
    return Reading(
        published_on=told_on,
        reported=reported,
        incidents=attributes.describe(document, heading, told, counted, dated, exposed, roles),
        figures=counted,
        counted_on=as_of.days(document, counted, calendar),
        events=dated,
        exposed=exposed,
        statements=spoken,
        parties=parties.find(document, roles, told, spoken),
        responses=responses.find(document, named, told, spoken) if told else (),
    )
