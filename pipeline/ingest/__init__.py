"""Files become articles or rejects. Text is cleaned here, once, and never again: offsets hold from here on.

`load` is the way in; `folder` finds the files; `readers` knows the formats; `decoding` makes bytes text.
What an article says is not looked at here, but for its language.
"""
