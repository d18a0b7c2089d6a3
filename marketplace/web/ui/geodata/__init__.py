"""Morocco's twelve regions as shapes: data of OpenStreetMap under the ODbL (see LICENSE.md)."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("ma_regions_simplified.geojson")
WIDTH = 356
_MIDDLE_LATITUDE = 28.3


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its ISO 3166-2 code, its names, its outline and its middle on the map."""

    code: str
    names: dict[str, str]
    outline: str
    middle: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Map:
    """All regions on one map, north up in every language."""

    regions: tuple[Region, ...]
    width: int
    height: int


@cache
def morocco() -> Map:
    """The map, projected once: degrees of longitude shrunk to those of the middle latitude."""
    features = json.loads(_SOURCE.read_text(encoding="utf-8"))["features"]
    rings = [_outer_ring(feature["geometry"]) for feature in features]
    points = [point for ring in rings for point in ring]
    west = min(x for x, _ in points)
    north = max(y for _, y in points)
    squeeze = math.cos(math.radians(_MIDDLE_LATITUDE))
    scale = WIDTH / ((max(x for x, _ in points) - west) * squeeze)
    height = math.ceil((north - min(y for _, y in points)) * scale)

    def place(point: tuple[float, float]) -> tuple[int, int]:
        return round((point[0] - west) * squeeze * scale), round((north - point[1]) * scale)

    regions = []
    for feature, ring in zip(features, rings, strict=True):
        properties = feature["properties"]
        drawn = [place(point) for point in ring]
        regions.append(
            Region(
                code=properties["iso"],
                names={code: properties[f"name_{code}"] for code in ("ar", "fr", "en")},
                outline=_path(drawn),
                middle=_middle(drawn),
            )
        )
    return Map(tuple(sorted(regions, key=lambda region: region.code)), WIDTH, height)


def _outer_ring(geometry: dict[str, list[list[tuple[float, float]]]]) -> list[tuple[float, float]]:
    return geometry["coordinates"][0]


def _path(points: list[tuple[int, int]]) -> str:
    """A closed path in relative steps, without empty ones."""
    (x, y), *rest = points
    steps = [f"M{x} {y}"]
    for nx, ny in rest:
        if (nx, ny) != (x, y):
            steps.append(f"l{nx - x} {ny - y}")
            x, y = nx, ny
    return "".join(steps) + "z"


def _middle(points: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of the area (of the shape's triangles)."""
    area = sum_x = sum_y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        sum_x += (x1 + x2) * cross
        sum_y += (y1 + y2) * cross
    if not area:
        return points[0]
    return round(sum_x / (3 * area)), round(sum_y / (3 * area))
