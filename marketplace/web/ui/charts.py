"""Geometry of the charts: coordinates from values; templates draw, the stylesheet colours.

In a right-to-left page time runs from right to left and the value axis is on the right: x is
mirrored here, digits are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.web.ui.components import Bar

WIDTH, HEIGHT = 404, 192
_FLOOR, _CEILING = 170, 20
_AXIS = 46
_GAP = 1.5
_STEPS = 4
_SIGN = 7
_NICE = (1, 2, 2.5, 4, 5, 10)


def at(value: float) -> str:
    """A coordinate for SVG: at most one decimal, a point in every language."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Box:
    """A segment of a bar, and its series (from 1)."""

    x: str
    y: str
    width: str
    height: str
    series: int


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of the chart: its segments, its label under the axis and its total above."""

    label: str
    middle: str
    top: str
    total: int
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its value."""

    value: int
    y: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Bars by month with their grid; ``axis_x`` is the position of the grid's values."""

    columns: list[Column]
    ticks: list[Tick]
    axis_x: int
    axis_anchor: str
    grid_from: int
    grid_to: int


def column_chart(bars: Sequence[Bar], *, rtl: bool) -> ColumnChart:
    """Lay out stacked bars on a zero base."""
    totals = [sum(bar.values) for bar in bars]
    top = nice_top(max(totals, default=0))
    scale = (_FLOOR - _CEILING) / top
    slot = (WIDTH - _AXIS) / max(len(bars), 1)
    wide = min(slot * 2 / 3, 40)
    columns = []
    for place, (bar, total) in enumerate(zip(bars, totals, strict=True)):
        middle = _AXIS + slot * (place + 0.5)
        middle = WIDTH - middle if rtl else middle
        columns.append(
            Column(
                label=bar.label,
                middle=at(middle),
                top=at(_FLOOR - total * scale - 6),
                total=total,
                boxes=_stack(bar.values, middle - wide / 2, wide, scale),
            )
        )
    return ColumnChart(
        columns=columns,
        ticks=_ticks(top, scale),
        axis_x=WIDTH - _AXIS + 6 if rtl else _AXIS - 6,
        axis_anchor="start" if rtl else "end",
        grid_from=0 if rtl else _AXIS,
        grid_to=WIDTH - _AXIS if rtl else WIDTH,
    )


def _ticks(top: int, scale: float) -> list[Tick]:
    return [
        Tick(top * step // _STEPS, at(_FLOOR - top * step / _STEPS * scale))
        for step in range(_STEPS + 1)
    ]


def nice_top(highest: int) -> int:
    """The axis's end: the smallest 4 × (1, 2, 2.5, 4, 5) × 10^n above the highest bar."""
    if highest <= _STEPS:
        return _STEPS
    power: int = 10 ** (len(str(highest // _STEPS)) - 1)
    for factor in _NICE:
        step = int(factor * power)
        if step * _STEPS >= highest:
            return step * _STEPS
    return 10 * power * _STEPS


def labels_fit(bars: Sequence[Bar]) -> bool:
    """Whether each bar has room for its total: the longest is no wider than a bar's slot."""
    highest = max((sum(bar.values) for bar in bars), default=0)
    digits = len(str(highest))
    signs = digits + (digits - 1) // 3
    return len(bars) * signs * _SIGN <= WIDTH - _AXIS


def _stack(values: Sequence[int], x: float, wide: float, scale: float) -> list[Box]:
    boxes: list[Box] = []
    base = float(_FLOOR)
    for series, value in enumerate(values, start=1):
        height = max(value * scale - (_GAP if boxes else 0), 0)
        base -= height + (_GAP if boxes else 0)
        if value > 0:
            boxes.append(Box(at(x), at(base), at(wide), at(height), series))
    return boxes


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a share bar, in hundredths of its width."""

    x: str
    width: str


def segments(values: Sequence[int]) -> list[Segment]:
    """Shares of a whole, side by side over a width of 100."""
    total = sum(values) or 1
    found, x = [], 0.0
    for value in values:
        width = value * 100 / total
        found.append(Segment(at(x), at(max(width - 0.5, 0.5))))
        x += width
    return found
