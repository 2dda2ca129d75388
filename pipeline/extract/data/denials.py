"""Whether a clause plainly denies that data got out: "no names or addresses were taken", "but not their passwords".

Each word of a sentence is one letter, and the grammar of denials a pattern over letters, before a mention and behind
it. What is merely hedged is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.extract.text.document import STEMMER, Document, Remembered, codes_by_stem
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words

# The letters of the codes of `lexicons/denials.toml`. The others: d data, x a predicate by which data get out, c one
# that contains them, z any other predicate, i an -ing form, y an -ly adverb, p the end, w any other word.
CODED = {
    "not": "n",
    "was not": "N",
    "no": "o",
    "set phrase": "f",
    "evidence": "e",
    "unlikely": "u",
    "safe": "s",
    "among": "g",
    "be": "b",
    "have": "h",
    "may": "m",
    "turn": "t",
    "which": "q",
    "and": "a",
    "get at": "x",
    "able": "v",
    "unable": "U",
    "link": "l",
    "inside": "j",
    "keep": "k",
}
# Classes of `lexicons/predicates.toml` by which data get out.
GETTING_OUT = frozenset({"take", "open", "reach", "deal", "lose", "touch", "risk"})
BEFORE = re.compile(
    r"""(?:
        # "did not access or view [names]", "was not able to reach [names]"; a passive has no object
          (?: (?<!b)n(?!t)[hmljy]{0,5} | (?:[nN]v|U)ly? ) [xck](?:[aljwy]{0,2}[xck])?[ljwydak]{0,30}
        # "no names, dates of birth or [addresses]", "but not their [addresses]"
        | (?: ob? | (?<=[ta])n(?!t) ) [wljy]{0,3}(?:[dwylj]{1,4}a{1,3})*[wljy]{0,3}
        # "no unauthorized access to [names]", "without exposing [names]", "no attempt to copy [names]"
        | o[wyil]{0,3}x{1,2}[ljwyda]{0,20}
        # "no evidence that [names] were taken", "not aware of any [names] being taken", "unlikely that [names] were"
        | (?: (?:[oN]|n(?!t))[wyljbhmxz]{0,4}e | u ) (?:(?!aq)[^tp]){0,40}
        # "at no time did the intruder have access to [names]"
        | gow[^tp]{0,40}
        )$""",
    re.VERBOSE,
)
BEHIND = re.compile(
    r"""[wdyaljki]{0,14}(?:aq[^at]{1,12}a)?(?:b[wyzk]{1,3}a)?  # "[names] of customers, which are encrypted, ..."
        (?:
        # "were not accessed", "have never been copied or kept", "weren't among ..."; not "were not encrypted"
          (?: [mbh]{1,2}n | N | n )(?!t)[bhylj]{0,3}(?:[wz]a)?[xckg]
        # "were not in the account", "are not thought to have been taken"
        | (?: bn | N )[je]
        # "Names were taken, but [passwords] were not."
        | (?: bn | N )(?:[atp]|$)
        # "are safe", "were unaffected", "are unlikely to have been taken"
        | [hm]?b[yw]?[bs]?[su]
        )""",
    re.VERBOSE,
)
GOVERNED = re.compile(r"[xckz][^tq]*$")  # an object of another verb: what is denied behind it is something else
WINDOW = 45  # words before a mention that are looked at
DENYING = frozenset(word for word, code in words("denials").items() if CODED[code] in "nNosuU")


def denials(document: Document, data: Sequence[Span]) -> frozenset[Span]:
    """Those of the mentions of data, in the order of the text, that their clause plainly denies to have got out."""
    found = []
    for index, spans in groupby(data, key=lambda span: document.sentence_index(span.start)):
        inside = document.inside[index]
        if DENYING.isdisjoint(document.lower[inside.start : inside.stop]):
            continue
        places = [(span, document.tokens_within(*span)) for span in spans]
        letters = _letters(document, inside, [place for _, place in places])
        found += [span for span, at in places if _is_denied(letters, at.start - inside.start, at.stop - inside.start)]
    return frozenset(found)


def _letters(document: Document, inside: range, data: Iterable[range]) -> str:
    """The tokens of a sentence as letters; `data` are the tokens of mentions."""
    found = [LETTERS[word] for word in document.lower[inside.start : inside.stop]]
    for at in data:
        found[at.start - inside.start : at.stop - inside.start] = "d" * len(at)
    return "".join(found)


def _is_denied(letters: str, first: int, last: int) -> bool:
    """Whether a sentence denies that the data named by its letters [first, last) got out."""
    start = max(0, first - WINDOW)
    if BEFORE.search(letters, start, first):
        return True
    return BEHIND.match(letters, last) is not None and GOVERNED.search(letters, start, first) is None


def _letter(word: str) -> str:
    code = words("denials").get(word)
    if code:
        return CODED[code]
    if not word[0].isalnum():
        return "p" if word in ".!?:" else "w"
    act = codes_by_stem("predicates").get(STEMMER.stemWord(word), "")
    if act:
        return "c" if act == "hold" else "x" if act in GETTING_OUT else "z"
    return "i" if word.endswith("ing") else "y" if word.endswith("ly") else "w"


LETTERS = Remembered(_letter)
