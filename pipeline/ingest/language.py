"""The language of a text, as ISO 639-1; `und` where the text is too short to tell."""

import py3langid

ENGLISH = "en"
UNDETERMINED = "und"
# Enough to be sure of prose, in half the time that a whole article takes.
SAMPLE = 1_000
# "Equifax hacked" could be any language: below so many letters nothing is said.
LETTERS = 40


def detect(text: str) -> str:
    """The language that the text begins in.

    >>> detect("The agency said on Thursday that it had released nearly 3,000 people.")
    'en'
    >>> detect("4,200")
    'und'
    """
    sample = text[:SAMPLE]
    if sum(char.isalpha() for char in sample) < LETTERS:
        return UNDETERMINED
    return str(py3langid.classify(sample)[0])
