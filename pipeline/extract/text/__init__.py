"""The text itself: sentences, tokens and their stems, capitalised names, and the words that lexicons look for."""
