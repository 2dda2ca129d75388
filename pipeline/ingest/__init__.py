"""Files become articles or rejects. Text is cleaned here, once, and never again: offsets hold from here on.

`load` is the way in; `folder` finds the files, `feeds` the pages; `readers` knows the formats; `decoding` makes bytes
text; `near` and `versions` tell repeats and later texts; `closing` which rejects still hold.
What an article says is not looked at here, but for its language.
"""
