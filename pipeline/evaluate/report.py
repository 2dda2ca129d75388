"""Evaluations for the eye: the table, the changes, a plot of the scores as SVG.

Nothing is counted here.
"""

from collections import Counter
from collections.abc import Sequence
from html import escape

from pipeline.evaluate.counts import Report
from pipeline.evaluate.history import ORDER, Change

ROW, LEFT, WIDTH, RIGHT = 22, 190, 400, 60  # pixels: a bar's row, its name, the scale, its number


def table(report: Report) -> str:
    """The scores as lines of text, one a part: precision, recall and F1, or accuracy, with the counts behind them."""
    lines = [f"{'':24}{'precision':>10}{'recall':>8}{'F1':>8}{'right':>8}{'predicted':>10}{'labels':>8}"]
    for part, t in report.tallies.items():
        scores = f"{t.precision:>10.4f}{t.recall:>8.4f}{t.f1:>8.4f}"
        lines.append(f"{part:24}{scores}{t.hit:>8}{t.predicted:>10}{t.gold:>8}")
    lines += ["", f"{'':24}{'accuracy':>10}{'right':>8}{'of':>8}"]
    for field, share in report.shares.items():
        lines.append(f"{field:24}{share.accuracy:>10.4f}{share.hit:>8}{share.of:>8}")
    lines += ["", f"{report.labelled} labelled articles, {report.missing} of them not read"]
    return "\n".join(lines)


def markdown(report: Report) -> str:
    """The scores as Markdown tables."""
    lines = ["| | precision | recall | F1 | right | predicted | labels |", "| --- |" + " ---: |" * 6]
    for part, t in report.tallies.items():
        lines.append(
            f"| {part} | {t.precision:.4f} | {t.recall:.4f} | {t.f1:.4f} | {t.hit} | {t.predicted} | {t.gold} |"
        )
    lines += ["", "| | accuracy | right | of |", "| --- |" + " ---: |" * 3]
    lines += [
        f"| {field} | {share.accuracy:.4f} | {share.hit} | {share.of} |" for field, share in report.shares.items()
    ]
    return "\n".join([*lines, "", f"{report.labelled} labelled articles, {report.missing} of them not read", ""])


def changes_text(changes: Sequence[Change]) -> str:
    """Gained and lost findings by name, one a line, then their number in each part."""
    if not changes:
        return "nothing gained, nothing lost"
    width = max(map(len, ORDER))
    lines = [f"{c.change:{width}}  {c.finding.part:22} {c.finding.doc:10} {c.finding.what}" for c in changes]
    counts = Counter((c.finding.part, c.change) for c in changes)
    lines.append("")
    for part in dict.fromkeys(c.finding.part for c in changes):
        told = ", ".join(f"{counts[part, change]} {change}" for change in ORDER if counts[part, change])
        lines.append(f"{part:24}{told}")
    return "\n".join(lines)


def plot(report: Report) -> str:
    """The scores as an SVG image: F1 of each part and accuracy of each field as bars from 0 to 1.

    A tick on a bar marks its precision (dark) and its recall (light).
    """
    bars: list[tuple[str, float, tuple[float, ...]]] = [
        *((part, t.f1, (t.precision, t.recall)) for part, t in report.tallies.items()),
        *((field, share.accuracy, ()) for field, share in report.shares.items()),
    ]
    height = ROW * (len(bars) + 2)
    body = [
        f'<line x1="{_x(n / 10)}" x2="{_x(n / 10)}" y1="0" y2="{height - 2 * ROW}" stroke="#d5dbe0"/>'
        f'<text x="{_x(n / 10)}" y="{height - ROW - 6}" text-anchor="middle">{n / 10:g}</text>'
        for n in range(0, 11, 2)
    ]
    body.append(f'<text x="{LEFT}" y="{height - 6}">bar: F1 or accuracy, dark: precision, light: recall</text>')
    for index, (name, value, ticks) in enumerate(bars):
        top = index * ROW
        body += [
            f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{top + 4}" width="{WIDTH * value:.1f}" height="{ROW - 8}" fill="#4c8bb5"/>',
            f'<text x="{LEFT + WIDTH + 8}" y="{top + 15}">{value:.3f}</text>',
        ]
        for tick, colour in zip(ticks, ("#123", "#9fd3f2"), strict=False):
            body.append(f'<rect x="{_x(tick) - 1:.1f}" y="{top + 2}" width="2" height="{ROW - 4}" fill="{colour}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + RIGHT}" height="{height}" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>{"".join(body)}</svg>'
    )


def _x(value: float) -> float:
    return LEFT + WIDTH * value
