"""Tags of charts and maps: inline SVG, coloured by the stylesheet, always with the values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.utils.translation import get_language

from marketplace.web.ui import charts, geodata
from marketplace.web.ui.components import Bar, Share
from marketplace.web.ui.tags.components import inherit
from marketplace.web.ui.tags.page import format_of

_CLASSES = 5


def month_chart(
    context: Context, bars: Sequence[Bar], series: Sequence[str] = (), title: str = ""
) -> dict[str, Any]:
    """Bars by month; ``series`` names the stacked values (at most five), ``title`` is read out."""
    rtl = format_of(context).direction == "rtl"
    return inherit(
        context,
        chart=charts.column_chart(bars, rtl=rtl),
        series=list(enumerate(series, start=1)),
        title=title,
        with_totals=charts.labels_fit(bars),
        bars=bars,
        size=(charts.WIDTH, charts.HEIGHT),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    value: int
    width: str
    url: str


def bar_list(
    context: Context, bars: Sequence[Bar], currency: str = "", title: str = ""
) -> dict[str, Any]:
    """Horizontal bars with their values; with ``currency`` the values are minor units of it."""
    highest = max((bar.values[0] for bar in bars), default=0) or 1
    rows = [
        _Row(bar.label, bar.values[0], charts.at(bar.values[0] * 100 / highest), bar.url)
        for bar in bars
    ]
    return inherit(context, rows=rows, currency=currency, title=title)


def share_bar(context: Context, shares: Sequence[Share], title: str = "") -> dict[str, Any]:
    """The division of a whole, with every share named: at most five."""
    found = charts.segments([share.value for share in shares])
    rows = [
        (share, segment, n) for n, (share, segment) in enumerate(zip(shares, found, strict=True), 1)
    ]
    return inherit(context, rows=rows, title=title)


@dataclass(frozen=True, slots=True)
class _Shape:
    code: str
    name: str
    outline: str
    value: int
    step: int


def region_map(
    context: Context,
    values: Mapping[str, int],
    bounds: Sequence[int] | None = None,
    *,
    title: str = "",
    country: str = "MA",
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A quantity by region (ISO 3166-2 code → whole number), in five named classes.

    ``bounds`` are the four numbers where the second to fifth class begin. Countries whose shapes
    we do not have are shown as a list with bars, as are values of regions that are not on the map;
    ``names`` gives their regions' names.
    """
    if country.upper() != "MA":
        bars = [Bar((names or {}).get(code, code), [value]) for code, value in values.items()]
        bars.sort(key=lambda bar: -bar.values[0])
        return bar_list(context, bars, title=title) | {"shapes": []}
    starts = list(bounds or _even_bounds(values.values()))
    sheet = geodata.morocco()
    shapes = _shapes(values, starts)
    ranked = sorted(shapes, key=lambda shape: -shape.value)
    drawn = {shape.code for shape in shapes}
    off_the_map = [
        Bar((names or {}).get(code, code) or code, [value])
        for code, value in values.items()
        if code not in drawn
    ]
    return bar_list(context, off_the_map, title=title) | {
        "shapes": shapes,
        "ranked": ranked,
        "sheet": sheet,
        "legend": _legend(starts),
    }


def _shapes(values: Mapping[str, int], starts: Sequence[int]) -> list[_Shape]:
    return [
        _Shape(
            region.code,
            _name(region),
            region.outline,
            values.get(region.code, 0),
            1 + sum(values.get(region.code, 0) >= start for start in starts),
        )
        for region in geodata.morocco().regions
    ]


def locator_map(context: Context, region: str, label: str = "") -> dict[str, Any]:
    """A region on the map of its country; nothing for an unknown region."""
    sheet = geodata.morocco()
    here = next((found for found in sheet.regions if found.code == region.upper()), None)
    name = label or (_name(here) if here else "")
    return inherit(context, sheet=sheet, here=here, label=name)


def _name(region: geodata.Region) -> str:
    return region.names.get((get_language() or "en")[:2], region.names["en"])


def _even_bounds(values: Any) -> list[int]:
    """Five classes of equal width up to a round number."""
    step = max(charts.nice_top(max(values, default=0)) // (_CLASSES - 1), 1)
    return [max(step * n // 2, n) for n in (1, 2, 3, 4)]


def _legend(starts: Sequence[int]) -> list[tuple[int, int | None, int | None]]:
    """(class, from, to) for each class; None where it is open."""
    edges: list[int | None] = [None, *starts, None]
    found = []
    for place in range(len(edges) - 1):
        upper = edges[place + 1]
        found.append((place + 1, edges[place], None if upper is None else upper - 1))
    return found
