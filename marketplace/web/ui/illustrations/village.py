"""A village before its mountains, at any width: for cooperatives' cards and banners."""

from random import Random

from marketplace.web.ui.illustrations.shapes import at, circle, leaf, path, rect

# Sky, sun, far ridge, near ridge, earth.
_MORNING = ("#f8dfc0", "#f0b13c", "#d79a7c", "#b8664b", "#7d3b2c")
_NIGHTFALL = ("#dbe6f4", "#fff3d0", "#9db2d8", "#6379b4", "#2f3d80")
_GREEN = ("#e6ecd9", "#f4cf6a", "#b5c596", "#7f9560", "#4a5f3c")
_ROSE = ("#f4d9d6", "#fbeccb", "#d69a96", "#a85b66", "#6a3446")
_ALL = (_MORNING, _NIGHTFALL, _GREEN, _ROSE)
_OF_REGION = {
    "MA-01": (_NIGHTFALL, _GREEN),
    "MA-02": (_GREEN, _MORNING),
    "MA-03": (_GREEN, _NIGHTFALL),
    "MA-05": (_GREEN, _NIGHTFALL),
    "MA-07": (_ROSE, _MORNING),
    "MA-08": (_MORNING, _ROSE),
    "MA-09": (_MORNING, _GREEN),
    "MA-10": (_MORNING,),
    "MA-11": (_MORNING, _NIGHTFALL),
    "MA-12": (_NIGHTFALL, _MORNING),
}
_WIDE = 500
_WALLS = ("#e3b98c", "#d6a273", "#edcaa0")


def village(r: Random, region: str, width: int) -> str:
    """Sky, two ridges, houses of rammed earth, a field before them."""
    sky, sun, far, near, earth = r.choice(_OF_REGION.get(region, _ALL))
    scene = rect(0, 0, width, 400, sky)
    scene += circle(width * (0.25 + 0.5 * r.random()), 120, 46, sun)
    scene += path(_ridge(r, width, 220, 110, max(2, width // 170)), far)
    scene += path(_ridge(r, width, 270, 80, max(3, width // 150)), near)
    scene += _houses(r, width, earth)
    third, half = width // 3, width // 2
    scene += path(f"M0 346Q{third} 322 {half} 342T{width} 334V400H0z", earth)
    plants = max(6, width // 110)
    return scene + "".join(
        leaf(width * r.random(), 388, r.randint(30, 54), 12, near, r.randint(-20, 20))
        for _ in range(plants)
    )


def _ridge(r: Random, width: int, y: int, height: int, peaks: int) -> str:
    step = width / peaks
    tops = "".join(
        f"L{at(step * (i + 0.5))} {at(y - height * (0.5 + r.random()))}"
        f"L{at(step * (i + 1))} {at(y - height * 0.2 * r.random())}"
        for i in range(peaks)
    )
    return f"M0 400V{y}{tops}V400z"


def _houses(r: Random, width: int, earth: str) -> str:
    gaps = (-8, 4, 40, 70) if width < _WIDE else (-8, 4, 90, 150)
    row, x = "", width * 0.08
    while x < width * 0.92:
        high, wide = r.randint(46, 96), r.randint(44, 72)
        row += rect(x, 330 - high, wide, high + 20, r.choice(_WALLS))
        row += rect(x + wide * 0.62, 330 - high, wide * 0.38, high + 20, "#000", 0, 'opacity=".1"')
        row += path(f"M{at(x + wide * 0.3)} 350v-22a8 8 0 0 1 16 0v22z", earth)
        row += rect(x + wide * 0.2, 344 - high, 8, 10, earth)
        row += rect(x + wide * 0.6, 344 - high, 8, 10, earth)
        x += wide + r.choice(gaps)
    return row
