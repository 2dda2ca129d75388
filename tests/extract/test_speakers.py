"""Who is given as the speaker of a statement, and for whom."""

from __future__ import annotations

import pytest

from pipeline.extract.speech import statements
from pipeline.extract.text.document import parse

Q = "“We found the door open on Monday,”"
S = "“We found the door open on Monday.”"
P = "“a door that nobody had shut”"


def speakers(text: str) -> list[tuple[str | None, str | None]]:
    found = statements.find(parse(text))
    return [
        (
            text[s.speaker.start : s.speaker.end] if s.speaker else None,
            text[s.affiliation.start : s.affiliation.end] if s.affiliation else None,
        )
        for s in found
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "affiliation"),
    [
        pytest.param(f"{Q} said Jane Roe.", "Jane Roe", None, id="said X"),
        pytest.param(f"{Q} Jane Roe said.", "Jane Roe", None, id="X said"),
        pytest.param(f"{Q} said Jane Roe, a spokeswoman for Acme Labs.", "Jane Roe", "Acme Labs", id="said X, of Y"),
        pytest.param(
            f"{Q} Jane Roe, head of research at Acme Labs, told Wire News.",
            "Jane Roe",
            "Acme Labs",
            id="X, of Y, told W",
        ),
        pytest.param(f"{Q} said Acme Labs CEO Jane Roe.", "Jane Roe", "Acme Labs", id="title before the name"),
        pytest.param(
            f"{Q} says the clinic’s director, Jane Roe.", "Jane Roe", None, id="title and comma before the name"
        ),
        pytest.param(f"{Q} according to Jane Roe.", "Jane Roe", None, id="according to, behind"),
        pytest.param(
            f"According to Jane Roe of Acme Labs, {Q} and more.", "Jane Roe", "Acme Labs", id="according to, ahead"
        ),
        pytest.param(f"Dr. Jane Roe, Medical Director for Acme Labs, said: {S}", "Jane Roe", "Acme Labs", id="colon"),
        pytest.param(f"Jane Roe wrote on Twitter that {Q} and left.", "Jane Roe", None, id="indirect"),
        pytest.param(
            "Acme Labs said the leak was “not a danger to anyone alive”.", "Acme Labs", None, id="part of a sentence"
        ),
        pytest.param(f"{Q} an Acme Labs spokesman said.", "Acme Labs spokesman", "Acme Labs", id="role with its firm"),
        pytest.param(f"{Q} said a spokesman for Acme Labs.", "spokesman", "Acme Labs", id="role for a firm"),
        pytest.param(f"{Q} researchers at Acme Labs warn.", "researchers", "Acme Labs", id="researchers at"),
        pytest.param(f"{Q} one of the researchers said.", "researchers", None, id="one of"),
        pytest.param(f"Acme Data Services (ADS) said: {S}", "Acme Data Services", "ADS", id="acronym"),
        pytest.param(
            f"As stated in the Acme Labs advisory, {Q} it is.", "Acme Labs advisory", "Acme Labs", id="as stated in"
        ),
        pytest.param(f"The Acme Labs letter reads: {S}", "Acme Labs letter", "Acme Labs", id="document"),
        pytest.param(f"{Q} reads the report from Acme Labs.", "report", "Acme Labs", id="reads the report"),
        pytest.param(
            f"{Q} a Ministry of Roe spokesperson said.",
            "Ministry of Roe spokesperson",
            "Ministry of Roe",
            id="of in a name",
        ),
        pytest.param(f"{Q} the group's Deputy Director, Jane Roe, says.", "Jane Roe", None, id="role, then the name"),
        pytest.param(
            f"{Q} said Jane Roe, director of Roe Studies at Acme Labs.", "Jane Roe", "Acme Labs", id="at rather than of"
        ),
        pytest.param(f"At this point, Acme Labs has {Q} and more.", "Acme Labs", None, id="no verb of saying"),
        pytest.param(f"Acme Labs apologised and said: {S}", "Acme Labs", None, id="second verb"),
        pytest.param(
            f"{Q} said Deputy Head of Research (North) Jane Roe.",
            "Jane Roe",
            None,
            id="title with prepositions, behind",
        ),
        pytest.param(
            f"{Q} Acme Labs director of data for Europe Jane Roe said.",
            "Jane Roe",
            "Acme Labs",
            id="title and prepositions, ahead",
        ),
        pytest.param(f"{Q} US Attorney Jane Roe said.", "Jane Roe", None, id="US is no us"),
        pytest.param(f"{Q} clinic IT director Jane Roe said.", "Jane Roe", None, id="IT is no it"),
        pytest.param(f"{Q} a state official said.", "state official", None, id="state is no verb"),
        pytest.param("“A door was open” when they left, Jane Roe said.", "Jane Roe", None, id="behind a clause"),
        pytest.param(
            f"{Q} on Tuesday Acme Labs CEO Jane Roe said.", "Jane Roe", "Acme Labs", id="day before the subject"
        ),
        pytest.param(
            "“Who would leave a door open?” an unnamed member of Acme Labs’ night staff wrote.",
            "unnamed member",
            "Acme Labs",
            id="question",
        ),
        pytest.param(f"{Q} the start of the Acme Labs letter reads.", "Acme Labs letter", "Acme Labs", id="start of"),
        pytest.param(f"Jane Roe found that nobody shut {P} at night.", "Jane Roe", None, id="found that"),
        pytest.param(f"{Q} the banner read.", "banner", None, id="read at the end"),
        pytest.param(f"{S} — Jane Roe, director of Acme Labs.", "Jane Roe", "Acme Labs", id="dash"),
        pytest.param(f"{S} — Acme Desk (@acmedesk) May 5.", "Acme Desk", None, id="dash and handle"),
        pytest.param(
            f"The Acme Labs clerk who found the door said it was {P}.", "Acme Labs clerk", "Acme Labs", id="who"
        ),
        pytest.param(f"Wire News quoted Jane Roe as saying it was {P}.", "Jane Roe", None, id="quoted by somebody"),
        pytest.param(
            f"According to Wire News, a clerk was quoted as saying: {S}", "clerk", "Wire News", id="quoted, passive"
        ),
        pytest.param(f"It has a note from Acme Labs stating that {P} was found.", "note", "Acme Labs", id="stating"),
        pytest.param(
            "Jane Roe waited until May, but Acme Labs missed it because of “a door that stood open”.",
            "Acme Labs",
            None,
            id="subject of the last clause",
        ),
        pytest.param(
            f"After the leak, on Monday, Jane Roe found {P} in the cellar.", "Jane Roe", None, id="behind two openings"
        ),
        pytest.param(
            f"At noon, a clerk came in. {Q} André Roe-Smith said.", "André Roe-Smith", None, id="accents and hyphens"
        ),
    ],
)
def test_speakers_in_the_clause(text: str, speaker: str, affiliation: str | None) -> None:
    assert speakers(text) == [(speaker, affiliation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Jane Roe, director of Acme Labs, came by. {Q} Roe said.", [("Jane Roe", "Acme Labs")], id="surname"
        ),
        pytest.param(f"Jane Roe of Acme Labs was there. {Q} she said.", [("Jane Roe", "Acme Labs")], id="she"),
        pytest.param(
            f"Jane Roe said so. John Poe, who sat beside her, said nothing. {Q} she said. {Q} he said.",
            [("Jane Roe", None), ("John Poe", None)],
            id="she and he",
        ),
        pytest.param(f"Acme Labs lost a drive. {Q} the company said.", [("Acme Labs", None)], id="the company"),
        pytest.param(f"Mayor Jane Roe was late. It rained. {Q} the mayor said.", [("Jane Roe", None)], id="the mayor"),
        pytest.param(
            f"Acme Labs researchers saw it. {Q} the researchers said.",
            [("Acme Labs researchers", "Acme Labs")],
            id="the researchers",
        ),
        pytest.param(f"Acme Labs published a statement. {Q} it said.", [("Acme Labs", None)], id="it"),
        pytest.param(f"{Q} Jane Roe said. “Nobody else was in there.”", [("Jane Roe", None)] * 2, id="goes on"),
        pytest.param(
            "“We found it on Monday,” Jane Roe said, adding: “Nobody else was in there.”",
            [("Jane Roe", None)] * 2,
            id="adding",
        ),
        pytest.param(f"Jane Roe disagrees. {S}", [("Jane Roe", None)], id="sentence before"),
        pytest.param(f"Nothing stirred. {S}", [(None, None)], id="nobody"),
        pytest.param(f"{Q} he said. John Poe, a clerk, had come in.", [("John Poe", None)], id="named only later"),
        pytest.param(
            f"{Q} Jane Roe said. John Poe, of Acme Labs, disagreed. {S}",
            [("Jane Roe", None), ("John Poe", "Acme Labs")],
            id="another takes over",
        ),
    ],
)
def test_speakers_by_their_fullest_mention(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{S} A clerk said that Jane Roe left early.", id="a new sentence behind"),
        pytest.param(f"The breach reports of Acme Labs grew. {S}", id="a noun that looks like a verb"),
    ],
)
def test_speakers_do_not_come_from(text: str) -> None:
    assert speakers(text)[0][0] != "Jane Roe"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            f"The firm Acme Labs found a worm dubbed Wormy. Wormy steals and asks for money. {Q} the company said.",
            "Acme Labs",
            id="no thing speaks",
        ),
        pytest.param(
            f"Acme Labs lost files to a variant of Wormy. {Q} the company said.",
            "Acme Labs",
            id="no variant speaks",
        ),
        pytest.param(
            f"It was reported by Wire News. Wire News said it saw files. Acme Labs confirmed it. {Q} the firm said.",
            "Acme Labs",
            id="a medium reports",
        ),
        pytest.param(
            f"Roe Inns lost cards. Poe Bank lost none. {Q} the inn chain said.",
            "Roe Inns",
            id="the noun of the name",
        ),
        pytest.param(
            f"Roe Inns lost cards. Acme Labs issued a warning. {Q} the advisory read.", "advisory", id="who issued it"
        ),
        pytest.param(
            f"Researchers at Acme Labs found it. Wormy spreads by email. {Q} they said.", "Researchers", id="they"
        ),
        pytest.param(
            f"Hackers took the files. Experts looked into it. {Q} they explained.",
            "Experts",
            id="not the hackers",
        ),
        pytest.param(
            f"Jane Roe of Acme Labs left. Later a clinic spokeswoman called. {Q} she said.",
            "clinic spokeswoman",
            id="spokeswoman",
        ),
        pytest.param(f"Ms Roe was shocked. John Poe was not. {Q} she said.", "Roe", id="title and surname"),
        pytest.param(
            f"Jane Roe, a researcher at Acme Labs, came. The door stood open. {Q} the researcher wrote.",
            "Jane Roe",
            id="the researcher",
        ),
        pytest.param(
            f"Acme Labs CEO Jane Roe came late. It rained. {Q} Acme Labs’ CEO said.", "Jane Roe", id="the only one"
        ),
        pytest.param(f"A phishing email went out. It rained. The message reads: {S}", "phishing email", id="message"),
        pytest.param(
            f"A fake email went to all staff with the subject line {S} at noon.", "fake email", id="subject line"
        ),
    ],
)
def test_speakers_by_what_stands_elsewhere(text: str, speaker: str) -> None:
    assert [name for name, _ in speakers(text)] == [speaker]


def test_speakers_of_a_villain_s_letter_are_the_villains() -> None:
    assert speakers(f"Hackers broke into Acme Labs. It rained. {Q} the message said.") == [("message", "Hackers")]


def test_speakers_are_sooner_those_of_the_headline() -> None:
    text = f"Acme Labs met Roe Labs. {Q} the company said."
    found = [statements.find(parse(text, title=title))[0].speaker for title in ("", "Files of Roe Labs are gone")]
    assert [text[span.start : span.end] for span in found if span] == ["Acme Labs", "Roe Labs"]
