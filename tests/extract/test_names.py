"""Names: where they begin and end, and what is none."""

import pytest

from pipeline.extract.text.document import parse
from pipeline.extract.text.findings import Span
from pipeline.extract.text.names import find


def _marked(marked: str) -> tuple[str, list[Span]]:
    """A sentence with its names in brackets -> the plain sentence and the spans of the names."""
    text, spans, start = "", [], 0
    for char in marked:
        if char == "[":
            start = len(text)
        elif char == "]":
            spans.append(Span(start, len(text)))
        else:
            text += char
    return text, spans


@pytest.mark.parametrize(
    "marked",
    [
        "On Monday [Northgate Clinic] said so.",
        "It was [Bank of Alder] and not [Fenwick] that paid.",
        "The files of [Northgate]'s patients and of [Alder]’s clients leaked.",
        "[St. Anne's Hospital] and the [Marlow Children's Hospital] closed.",
        "It hit [AT&T] and [Harrow & Sons] in one week.",
        "The site of [Mail.ru] was down.",
        "The [Department of Health and Human Services] looks into it, [Alder] and [Cobalt] do not.",
        "Later [Juniper Inc.] bought it.",
        "The app of [iCobalt] is new.",
        "The note is by Mr. [Farid Khan], who left.",
        "Much later its CEO [Ann Lee] resigned.",
        "Later [British Marlow Airways] flew again.",
        "Sports retailer [GoalPost] told shoppers. Cardholder names leaked. Reportedly [Alder] paid.",
        "They posted 40GB of it, and 3.5TB more.",
        "It was found by [Tomas Vrba] of [Alder Labs] and Dr. [Ann Lee] of [Weston College].",
        "Three men stole it from customers of [Four] and of [Five Oaks].",
        "They broke the [Computer Fraud and Abuse Act], he said, as did the [Army] and the [Navy].",
        "Staff of the [U.S. Army Intelligence and Security Command] left, [Alder] and [Weston Club] stayed.",
        "It was told to the [Ohio Attorney General's Office] and to Attorney General [Ann Lee].",
        "It hit members of [First Prairie] and later of [Next Harbour].",
        "The [Alder Hotels Group]. A clerk of [Juniper Corp.] said so.",
        "A dump of [xAlder] has turned up.",
        "The [Alder Internet Council] met on the [Internet].",
        "Eventually [Alder Bank] paid. [Early Warning Club] did not. Former [Juniper] clerks left.",
        "It paid (see: Alder Bank Pays Ransom After Crypto Attack), as did [Juniper].",
        "It was told to the [Office of the Weston Information Commissioner] and to the [Ohio Secretary of State].",
        "Guests of [Weston's Brewhouse] wrote to [Weston's Brewhouse].",
        "Guests of [Alder]'s [Vault] wrote to [Alder]. [Alder]'s [Vault] is shut.",
        "It is [Dunbar's] said [Dunbar's] was hit, and [Dunbar]'s clerks wept.",
        "They met [Google]'s [Vault], and [Google]'s [Vault] is shut.",
        "The [Commission on Elections] met, and [Alder] on [Weston Street].",
    ],
    ids=[
        *("two words", "of", "possessive", "own possessive", "ampersand", "stop inside", "and", "suffix"),
        *("small first letter", "honorific", "role", "nation", "common opener", "unit", "person of a firm", "number"),
        *("law with and", "body with and", "office", "first", "stop of no abbreviation", "small x", "internet"),
        *("opens", "cited", "offices", "named by a possessive", "owner", "own possessive said", "known owner", "on"),
    ],
)
def test_names_begin_and_end_where_a_reader_sees_them(marked: str) -> None:
    text, spans = _marked(marked)

    assert [name.span for name in find(parse(text))] == spans


@pytest.mark.parametrize(
    "text",
    [
        "hackers stole the files of a clinic.",
        "Hackers stole files. But the hackers were caught.",
        "However, nobody knew.",
        "The clinic paid on Thursday in March.",
        "British police and Russian hackers met.",
        "",
        "1.2.3.4 and 12,000",
        "The San Diego-based firm sells Internet-facing tools to Ex-employees.",
        "NOTICE OF BREACH",
        "Danish carriers and Czech lenders told Canadians.",
    ],
    ids=["small", "opens a sentence", "opener", "calendar", "nation", "empty", "numbers", "compound", "loud", "people"],
)
def test_names_are_not_found_where_there_are_none(text: str) -> None:
    assert find(parse(text)) == ()


def test_names_in_a_heading_are_those_of_the_body() -> None:
    text = "Hackers Hit Northgate Clinic In Worst Attack Ever\nOn Monday Northgate Clinic said so."

    found = find(parse(text))
    assert [name.span for name in found] == [Span(12, 28), Span(60, 76)]


def test_names_do_not_overlap_and_hold_their_tokens() -> None:
    text = "Ann Lee of Northgate Clinic met Bob Raymond, and Bank of Alder's Farid Khan spoke to the U.S. Senate."
    document = parse(text)

    end = 0
    for name in find(document):
        assert name.span.start >= end
        assert document.tokens[name.first].start == name.span.start
        assert name.span.end <= document.tokens[name.last - 1].end
        end = name.span.end
    assert end > 0
