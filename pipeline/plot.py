"""A small picture of articles and incidents over time, as SVG. It holds numbers and days, and no word of an article."""

from collections.abc import Sequence
from datetime import date

from pipeline.report import Month

WIDTH, HEIGHT = 640, 90  # of one of the two rows of bars, in pixels
LEFT, TOP, GAP = 60, 22, 14
COLORS = {"articles": "#4f6bed", "incidents": "#d1495b"}
LEAST = 12  # months that share the width, so that a single one is no wall


def svg(months: Sequence[Month]) -> str:
    """Bars by month: articles published above, incidents first reported below; empty months have their place."""
    if not months:
        return ""
    first, last = _number(months[0].month), _number(months[-1].month)
    count = max(last - first + 1, LEAST)
    rows = [
        _row(name, [(_number(one.month) - first, getattr(one, name)) for one in months], count, place)
        for place, name in enumerate(COLORS)
    ]
    height = 2 * (TOP + HEIGHT + GAP) + 10
    years = "".join(
        _text(LEFT + (month - first) * WIDTH / count, height - 6, str(month // 12), "start")
        for month in range(first, first + count)
        if month % 12 == 0 or (month == first and month % 12 < 9)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 30}" height="{height}" '
        f'font-family="sans-serif" font-size="12">{"".join(rows)}{years}</svg>'
    )


def _row(name: str, bars: Sequence[tuple[int, int]], count: int, place: int) -> str:
    most = max(1, *(size for _, size in bars))
    ground = place * (TOP + HEIGHT + GAP) + TOP + HEIGHT
    step = WIDTH / count
    drawn = "".join(
        f'<rect x="{LEFT + month * step:.1f}" y="{ground - size / most * HEIGHT:.1f}" width="{max(1, step - 1):.1f}" '
        f'height="{size / most * HEIGHT:.1f}" fill="{COLORS[name]}"/>'
        for month, size in bars
        if size
    )
    total = sum(size for _, size in bars)
    return (
        f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{ground}" y2="{ground}" stroke="#999"/>'
        f"{_text(LEFT, ground - HEIGHT - 8, f'{name} by month, {total:,} with a known day', 'start')}"
        f"{_text(LEFT - 6, ground - HEIGHT + 10, f'{most:,}', 'end')}{_text(LEFT - 6, ground, '0', 'end')}{drawn}"
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#777">{words}</text>'


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1
