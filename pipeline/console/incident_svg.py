"""A panel of bars as SVG inside the page: a row a bar, labelled left and right, linked to where the text says so."""

from collections.abc import Iterator, Mapping
from html import escape

from pipeline.console.incident_bars import Bar, Panel

CSS = """
svg { min-width: 44rem; width: 100%; height: auto; display: block; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } .tick { stroke: var(--line); } svg .scale { fill: var(--soft); }
.range { stroke: #3d7cc9; stroke-width: 6; stroke-linecap: round; } .open { fill: #3d7cc9; } .best { fill: #f0a020; }
.all .range { stroke: #8a8f98; } .all .open { fill: #8a8f98; } svg a:hover text { text-decoration: underline; }
"""
WIDTH, ROW, LEFT, RIGHT, ARROW = 900, 22, 240, 660, 9
# Letters that fit to the left and to the right of the plot, and the most room that one takes.
LABEL, WORDS, LETTER = 32, 36, 7.5


def chart(panel: Panel, numbers: Mapping[str, int]) -> str:
    """The SVG element; `numbers` of the articles are part of the links."""
    height = ROW * (len(panel.bars) + 1) + 6
    bars = (
        piece for place, bar in enumerate(panel.bars) for piece in _bar(bar, place * ROW + ROW // 2, panel, numbers)
    )
    return "".join(
        (
            f'<div><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(panel.name.replace("_", " "))}">',
            *_ticks(panel, height),
            *bars,
            "</svg></div>",
        )
    )


def _ticks(panel: Panel, height: int) -> Iterator[str]:
    """A line a tick; its words where the last ones leave room."""
    written = 0.0
    for value, words in panel.scale.ticks:
        x, room = _x(value, panel), len(words) * LETTER / 2
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="0" y2="{height - ROW}"/>'
        if x - room >= written:
            written = x + room
            yield f'<text class="scale" x="{x}" y="{height - 7}" text-anchor="middle">{escape(words)}</text>'


def _bar(bar: Bar, y: int, panel: Panel, numbers: Mapping[str, int]) -> Iterator[str]:
    sources = " ".join(f"[{number}]" for number in sorted({numbers[row["article_id"]] for row in bar.rows}))
    yield f'<a href="{_place(bar, numbers)}">' if bar.rows else '<g class="all">'
    yield f"<title>{escape(f'{bar.label}: {bar.words} {sources}'.strip())}</title>"
    yield f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(_cut(bar.label, LABEL))}</text>'
    first = LEFT + ARROW if bar.low is None else _x(bar.low, panel)
    last = RIGHT - ARROW if bar.high is None else _x(bar.high, panel)
    yield f'<line class="range" x1="{first}" x2="{last}" y1="{y}" y2="{y}"/>'
    if bar.low is None:
        yield f'<path class="open" d="M{LEFT} {y}l{ARROW} -6v12z"/>'
    if bar.high is None:
        yield f'<path class="open" d="M{RIGHT} {y}l-{ARROW} -6v12z"/>'
    best = bar.best if bar.best is not None else bar.low if bar.low == bar.high else None
    if best is not None:
        yield f'<circle class="best" cx="{_x(best, panel)}" cy="{y}" r="5"/>'
    yield f'<text x="{RIGHT + 12}" y="{y + 4}">{escape(_cut(f"{bar.words} {sources}".strip(), WORDS))}</text>'
    yield "</a>" if bar.rows else "</g>"


def _place(bar: Bar, numbers: Mapping[str, int]) -> str:
    """The first place in a text that says so; an article stands for itself."""
    row = bar.rows[0]
    number = numbers[row["article_id"]]
    return f"#a{number}-{row['char_start']}" if "char_start" in row else f"#a{number}"


def _x(value: float, panel: Panel) -> float:
    return round(LEFT + panel.scale.at(value) * (RIGHT - LEFT), 1)


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"
