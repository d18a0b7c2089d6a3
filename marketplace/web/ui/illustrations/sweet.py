"""Sweet things from the pantry: date syrup and black honey, amlou, shelled almonds."""

# ruff: noqa: ARG001 -- numbers are coordinates; chance is seeded

from random import Random

from marketplace.web.ui.illustrations.patterns import LOZENGES, band
from marketplace.web.ui.illustrations.shapes import (
    CREAM,
    INDIGO,
    MADDER,
    SAFFRON,
    TEAL,
    WALNUT,
    ellipse,
    group,
    inside,
    line,
    path,
    rect,
    shade,
    shadow,
    shine,
)

_BROWNS = ("#b9783c", "#c98a4c", "#a86a32")


def syrup(r: Random, ground: int) -> str:
    """A bottle of dark syrup with a spoon that drips, without a bee's comb."""
    glass = "M156 196q0-18 20-34V112h48v50q20 16 20 34v112q0 22-22 22h-44q-22 0-22-22z"
    dark, light = r.choice([("#3a1c12", "#6e3a1e"), ("#4a2414", "#7c4422"), ("#2e1710", "#5c2f1a")])
    cap = r.choice([INDIGO, TEAL, MADDER])
    picture = path(glass, dark) + shade(glass) + rect(170, 84, 60, 36, cap, 8)
    picture += rect(160, 218, 80, 72, CREAM, 8) + inside(
        glass, band(LOZENGES, 150, 296, 100, 18, light, SAFFRON)
    )
    picture += path("M200 228q20 26 20 38a20 20 0 0 1-40 0q0-12 20-38z", light)
    spoon = line("M318 176L286 268", WALNUT, 9) + ellipse(282, 282, 20, 27, "#8a5a34", 18)
    spoon += ellipse(281, 284, 13, 19, light, 18) + path("M276 304q12 18 6 26q-10-2-6-26z", light)
    return shadow(96) + picture + shine(166, 206, 8, 70, ".3") + spoon


def amlou(r: Random, ground: int) -> str:
    """A dish of the spread, with bread to dip and almonds beside it."""
    dish = "M84 236H316Q308 322 236 332H164Q92 322 84 236z"
    colour = r.choice([INDIGO, TEAL, MADDER])
    spread, swirl = r.choice([("#9c6a35", "#c18d52"), ("#8a5a2c", "#b57f45")])
    picture = path(dish, colour) + inside(dish, band(LOZENGES, 80, 266, 240, 36, CREAM, SAFFRON))
    picture += shade(dish) + ellipse(200, 236, 116, 34, CREAM) + ellipse(200, 236, 104, 27, spread)
    picture += line("M128 238q30-22 66-8t70 2M160 250q40-14 84-4", swirl, 6)
    bread = ellipse(0, 0, 62, 26, "#d9a860") + ellipse(-4, -5, 50, 17, "#e8c48a")
    picture += group(bread, "translate(272 208)rotate(-34)")
    return (
        shadow(128)
        + picture
        + "".join(
            almond_kernel(x, y, turn, r.choice(_BROWNS))
            for x, y, turn in [(78, 322, 64), (112, 338, 96), (316, 326, -58)]
        )
    )


def almond(r: Random, ground: int) -> str:
    """Shelled almonds, heaped in a bowl."""
    bowl = "M96 246H304Q296 324 232 332H168Q104 324 96 246z"
    colour = r.choice([INDIGO, TEAL, MADDER])
    heap = ""
    for level, (y, half) in enumerate([(236, 84), (212, 66), (188, 42), (168, 16)]):
        count = 6 - level
        for place in range(count):
            x = 200 - half + place * (2 * half / max(count - 1, 1))
            heap += almond_kernel(x, y, r.randint(-80, 80), r.choice(_BROWNS))
    picture = heap + path(bowl, colour) + shade(bowl)
    picture += inside(bowl, band(LOZENGES, 92, 272, 216, 36, CREAM, SAFFRON))
    picture += almond_kernel(84, 318, 70) + almond_kernel(322, 322, -64)
    return shadow(126) + picture


def almond_kernel(x: float, y: float, turn: float, fill: str = _BROWNS[0]) -> str:
    """One almond with its two grooves."""
    body = path("M0-30C22-18 24 16 0 30C-24 16-22-18 0-30z", fill)
    body += line("M-6-14Q-9 2-5 16M6-14Q9 2 5 16", "#8a5426", 2)
    return group(body, f"translate({x:.0f} {y:.0f})rotate({turn:.0f})")
