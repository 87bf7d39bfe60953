"""Charts as inline SVG: bars, histograms, lines. Colours come from the page's style sheet.

Small on purpose: a page must be readable offline and be written after every run, also where no
plotting library is installed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from autoresearch_formal.report.page import escape

WIDTH, HEIGHT = 440, 200
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 34


def svg(body: str, label: str, width: int = WIDTH, height: int = HEIGHT) -> Markup:
    """An SVG element that scales with its column."""
    return Markup(
        f'<svg class="chart" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {width} {height}" style="max-width:{width}px">{body}</svg>'
    )


def text(x: float, y: float, words: str, anchor: str = "middle", kind: str = "tick") -> str:
    """A piece of text."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">'
        f"{escape(words)}</text>"
    )


def short(number: float) -> str:
    """A number for an axis."""
    if abs(number - round(number)) < 1e-9 and abs(number) < 10_000:
        return str(round(number))
    return f"{number:.2g}"


def ticks(top: float, count: int = 4, whole: bool = False) -> list[float]:
    """Round values from 0 to at least ``top``; ``whole`` ones only where nothing lies between."""
    if top <= 0:
        return [0.0, 1.0]
    raw = max(top / count, 1.0 if whole else 0.0)
    unit = 10 ** math.floor(math.log10(raw))
    step = next(m * unit for m in (1, 2, 5, 10) if m * unit >= raw)
    return [step * k for k in range(math.ceil(top / step - 1e-9) + 1)]


def frame(marks: Sequence[float], height: int = HEIGHT, width: int = WIDTH) -> str:
    """Horizontal lines with their values."""
    top = marks[-1] or 1.0
    parts = []
    for mark in marks:
        y = height - BOTTOM - (height - TOP - BOTTOM) * mark / top
        line = f'x1="{LEFT}" x2="{width - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
        parts.append(f'<line {line} class="grid"/>')
        parts.append(text(LEFT - 6, y + 4, short(mark), "end"))
    return "".join(parts)


def histogram(values: Sequence[float], label: str, unit: str = "", bins: int = 16) -> Markup:
    """How often values fall into equal bins; "nothing yet" for no values."""
    if not values:
        return Markup('<p class="none">nothing yet</p>')
    low, high = min(values), max(values)
    whole = all(v == int(v) for v in values)
    if whole:
        bins = int(min(bins, max(6, high - low + 1)))
        high = low + math.ceil((high - low + 1) / bins) * bins
    elif high == low:
        low, high = min(0.0, 2 * low), max(0.0, 2 * high)
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int((value - low) / (high - low) * bins))] += 1
    marks = ticks(max(counts), whole=True)
    span = (WIDTH - LEFT - RIGHT) / bins
    parts = [frame(marks)]
    for k, count in enumerate(counts):
        size = (HEIGHT - TOP - BOTTOM) * count / marks[-1]
        start = low + (high - low) * k / bins
        end = low + (high - low) * (k + 1) / bins
        if whole:
            said = short(start) if end - start == 1 else f"{short(start)} to {short(end - 1)}"
        else:
            said = f"{short(start)} to {short(end)}"
        parts.append(
            f'<rect x="{LEFT + k * span + 1:.1f}" y="{HEIGHT - BOTTOM - size:.1f}" '
            f'width="{max(1.0, span - 2):.1f}" height="{size:.1f}" class="bar">'
            f"<title>{escape(said)} {escape(unit)}: {count}</title></rect>"
        )
        if k % max(1, bins // 6) == 0:
            x = LEFT + (k + (0.5 if whole and end - start == 1 else 0.0)) * span
            parts.append(text(x, HEIGHT - BOTTOM + 15, short(start)))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 3, f"{label}, {len(values)} in all"))
    return svg("".join(parts), label)


def bars(rows: Mapping[str, Sequence[tuple[str, float]]], label: str) -> Markup:
    """One horizontal stacked bar a row: ``{"level 0": [("verified", 3), ("open", 2)]}``."""
    if not rows:
        return Markup('<p class="none">nothing yet</p>')
    width, left, high = 640, 190, 26
    most = max(sum(n for _, n in parts) for parts in rows.values()) or 1.0
    body = []
    for k, (name, parts) in enumerate(rows.items()):
        y, x = 6 + k * high, float(left)
        body.append(text(left - 8, y + 14, name, "end"))
        for kind, n in parts:
            size = (width - left - 60) * n / most
            if n > 0:
                body.append(
                    f'<rect x="{x:.1f}" y="{y}" width="{size:.1f}" height="18" rx="2" '
                    f'class="part {escape(kind.split()[0])}"><title>{escape(kind)}: {short(n)}'
                    "</title></rect>"
                )
            x += size
        body.append(text(x + 6, y + 14, " / ".join(short(n) for _, n in parts), "start"))
    return svg("".join(body), label, width, 12 + high * len(rows))


def lines(
    series: Mapping[str, Sequence[float | None]],
    label: str,
    bands: Mapping[str, Sequence[tuple[float, float] | None]] | None = None,
) -> Markup:
    """Values by round, one line a name, with confidence bands where there are any."""
    bands = bands or {}
    known = [v for values in series.values() for v in values if v is not None]
    known += [b[1] for band in bands.values() for b in band if b is not None]
    if not known:
        return Markup('<p class="none">nothing yet</p>')
    count = max(len(values) for values in series.values())
    marks = ticks(max(*known, 1e-9) if len(known) > 1 else max(known[0], 1e-9))

    def at(k: int, value: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (k / (count - 1) if count > 1 else 0.5)
        return x, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * max(0.0, value) / marks[-1]

    parts = [frame(marks)]
    for number, (name, values) in enumerate(series.items()):
        parts.append(_band(bands.get(name, ()), number % 4, at))
        parts.append(_line(name, values, number % 4, at))
    for k in range(count):
        parts.append(text(at(k, 0)[0], HEIGHT - BOTTOM + 15, str(k)))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 3, f"{label}, by round"))
    chart = svg("".join(parts), label)
    if len(series) < 2:
        return chart
    legend = "".join(
        f'<span class="key s{n % 4}">{escape(name)}</span>' for n, name in enumerate(series)
    )
    return Markup(f'{chart}<div class="legend">{legend}</div>')


Place = Callable[[int, float], tuple[float, float]]
"""Where a round's value stands in the picture."""


def _band(band: Sequence[tuple[float, float] | None], style: int, at: Place) -> str:
    """A confidence band."""
    known = [(k, b) for k, b in enumerate(band) if b is not None]
    corners = [at(k, b[1]) for k, b in known] + [at(k, b[0]) for k, b in reversed(known)]
    shape = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{shape}" class="band s{style}"/>' if known else ""


def _line(name: str, values: Sequence[float | None], style: int, at: Place) -> str:
    """The values of one name, each with a dot."""
    dots = [(k, v, *at(k, v)) for k, v in enumerate(values) if v is not None]
    track = " ".join(f"{x:.1f},{y:.1f}" for _, _, x, y in dots)
    parts = [f'<polyline points="{track}" class="line s{style}"/>']
    for k, value, x, y in dots:
        title = f"{name}, round {k}: {value:.4g}"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="dot s{style}">'
            f"<title>{escape(title)}</title></circle>"
        )
    return "".join(parts)
