"""Which data were exposed: the nouns for data, what they mean, and whether the text says that they got out."""
