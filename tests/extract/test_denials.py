"""What a clause plainly denies to have got out, and what it does not."""

from __future__ import annotations

import pytest

from pipeline.extract.data import mentions
from pipeline.extract.data.denials import denials
from pipeline.extract.text.document import parse


def denied(text: str) -> list[str]:
    """The data that a text denies to have got out."""
    document = parse(text)
    spans = [mention.span for mention in mentions.find(document)]
    found = denials(document, spans)
    return [text[span.start : span.end] for span in spans if span in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("No [names], [home addresses] or [passwords] were taken.", id="no, over a list"),
        pytest.param("NO [information] (including [names], [phone numbers]) was obtained.", id="no, over brackets"),
        pytest.param("None of the [passwords] or [security questions] were exposed.", id="none of"),
        pytest.param("Neither [medical records] nor [bank details] were seen.", id="neither, nor"),
        pytest.param("The dump holds no [names].", id="no, as an object"),
        pytest.param("There was no unauthorized access to [student records].", id="no access to"),
        pytest.param("It got in without exposing [names].", id="without"),
        pytest.param("They did not get hold of [names], [email addresses] or [grades].", id="an object"),
        pytest.param("The attackers could not have accessed the patients' [medical histories].", id="could not have"),
        pytest.param("They were unable to reach the [payment records].", id="unable to"),
        pytest.param("It was not able to read [messages].", id="not able to"),
        pytest.param("They took names, but not [card details] or [dates of birth].", id="but not"),
        pytest.param("The disk held names but did not contain [bank details].", id="but did not"),
        pytest.param("There is no evidence that [names] or [tax returns] were obtained.", id="no evidence"),
        pytest.param("It is not aware of any [payment data] being compromised.", id="not aware"),
        pytest.param("We do not believe that your [passport number] was among them.", id="not believed"),
        pytest.param("It found nothing to suggest that [health records] had been copied.", id="nothing to suggest"),
        pytest.param("It is unlikely that any [bank details] were viewed.", id="unlikely"),
        pytest.param("The inquiry ruled out any theft of [source code].", id="ruled out"),
        pytest.param("They made no attempt to copy [patient files].", id="no attempt"),
        pytest.param("At no time did the intruder have access to [messages].", id="at no time"),
        pytest.param("The intruders never touched [card data].", id="never touched"),
        pytest.param("[Bank details] are not thought to have been compromised.", id="not thought"),
        pytest.param("The [grades] had not been altered or viewed.", id="two verbs"),
        pytest.param("[Card data] is encrypted and was not accessible to them.", id="a verb before"),
        pytest.param("[Payment data] was never kept by the shop.", id="never stored"),
        pytest.param("[Names] of members have not been disclosed.", id="behind a phrase"),
        pytest.param("[Passwords] weren't among the loot.", id="not among"),
        pytest.param("Names were taken, but [passwords] and [grades] were not.", id="were not"),
        pytest.param("[SSNs] and [card numbers] were not in the account.", id="were not in"),
        pytest.param("[Names] were not taken, nor were the guests' [passwords].", id="nor were"),
        pytest.param("[SSNs], which are held elsewhere, were unaffected.", id="behind a relative clause"),
        pytest.param("Customers' [card numbers] are safe, it said.", id="safe"),
    ],
)
def test_denials_reach_over_what_they_deny(text):
    marked = [part.split("]")[0] for part in text.split("[")[1:]]
    assert denied(text.replace("[", "").replace("]", "")) == marked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hackers stole names and passwords.", id="nothing denied"),
        pytest.param("Names that were not encrypted were stolen.", id="not encrypted"),
        pytest.param("The files were not protected by a lock.", id="not protected"),
        pytest.param("Not only names but also grades were stolen.", id="not only"),
        pytest.param("Not all names were stolen.", id="not all"),
        pytest.param("It cannot rule out that names and IBANs were copied.", id="cannot rule out"),
        pytest.param("No one noticed that patient records could be read online.", id="no one"),
        pytest.param("The dump holds zero day exploits and files.", id="zero day"),
        pytest.param("It no longer holds the stolen names.", id="no longer"),
        pytest.param("Although no harm was meant, they copied names.", id="the clause turns"),
        pytest.param("The server had not been locked, exposing names.", id="a passive has no object"),
        pytest.param("We do not know how many grades were taken.", id="not known"),
        pytest.param("There is no sign the breach, which exposed names, is over.", id="a relative clause of its own"),
        pytest.param("Hackers stole names in May and the firm was not told.", id="denied of something else"),
        pytest.param("", id="empty"),
    ],
)
def test_denials_leave_what_got_out(text):
    assert denied(text) == []
